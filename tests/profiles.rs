//! Forms that a user describes: a TOML file and nothing else makes a form known, what it says is what comes out, and
//! what is wrong in it is said.

use crate::support::{Converted, convert, folder_of, seisho, shared, top};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const HEADINGS: [&str; 9] = ["整番", "しごと", "めざす景色", "あゆみ方", "しめ", "にない手", "ふりかえり", "おかね（千円）", "ものさし"];
const ROWS: [[&str; 9]; 3] = [
    [
        "1",
        "窓口の待ち時間を短くする",
        "待ち時間が平均10分以内になっている",
        "・番号札を二系統にする<br>・案内係を置く",
        "9月末",
        "市民課",
        "",
        "1,200",
        "松",
    ],
    ["2", "公園の遊具を点検する", "全ての遊具に点検の記録がある", "委託業者と月一回まわる", "3月", "公園緑地課", "実施した", "△850", "竹"],
    ["3", "避難所の名簿を作る", "全避難所に名簿がそろっている", "自主防災会と作る", "12月", "防災課、福祉課", "", "－", "梅"],
];
/// The order in which the made-up form has its columns.
const ORDER: [usize; 9] = [2, 1, 8, 3, 0, 4, 7, 5, 6];

fn page(body: &str) -> String {
    format!(
        "<html><meta charset=utf-8><body><h1>令和6年度 ミッションシート</h1><p>作成日 令和6年4月1日</p><p>市民部長 山田 太郎</p>{body}</body></html>"
    )
}

fn cells(tag: &str, texts: impl Iterator<Item = &'static str>) -> String {
    texts.map(|t| format!("<{tag}>{t}</{tag}>")).collect()
}

fn rows(data: &[[&'static str; 9]]) -> String {
    let heading = cells("th", ORDER.iter().map(|&i| HEADINGS[i]));
    let rows: String = data.iter().map(|r| format!("<tr>{}</tr>", cells("td", ORDER.iter().map(|&i| r[i])))).collect();
    page(&format!("<table border=1><tr>{heading}</tr>{rows}</table>"))
}

fn turned() -> String {
    let row = |&i: &usize| format!("<tr><th>{}</th>{}</tr>", HEADINGS[i], cells("td", ROWS.iter().map(|r| r[i])));
    page(&format!("<table border=1>{}</table>", ORDER.iter().map(row).collect::<String>()))
}

fn cards() -> String {
    let pair = |i: usize, r: &[&str; 9], span: u32| format!("<th>{}</th><td colspan={span}>{}</td>", HEADINGS[i], r[i]);
    let card = |r: &[&str; 9]| {
        let first = format!("<tr>{}{}{}</tr>", pair(0, r, 1), pair(8, r, 1), pair(4, r, 1));
        let wide: String = [1, 2, 3, 6].map(|i| format!("<tr>{}</tr>", pair(i, r, 5))).concat();
        format!("<table border=1>{first}{wide}<tr>{}{}</tr></table><p></p>", pair(5, r, 2), pair(7, r, 2))
    };
    page(&ROWS.iter().map(card).collect::<String>())
}

fn profiles() -> PathBuf {
    top().join("tests/profiles")
}

/// Converts files with the profiles of a folder.
fn converted(files: &[(&str, &str)], profiles: &Path) -> Converted {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = folder_of(&files);
    let converted = convert(&[folder.path().as_os_str(), "--profiles".as_ref(), profiles.as_os_str()]);
    assert_eq!(converted.outcome.code, 0, "{}", converted.outcome.stderr);
    converted
}

/// The findings of a document, code and pointer.
fn findings(document: &Value) -> Vec<(&str, &str)> {
    let list = document["findings"].as_array().expect("a list");
    list.iter().map(|f| (f["code"].as_str().unwrap_or_default(), f["pointer"].as_str().unwrap_or_default())).collect()
}

/// A profile on the made-up form, with other lines in place of some.
fn folder_with(changes: &[(&str, &str)]) -> TempDir {
    let mut text = std::fs::read_to_string(profiles().join("minato.toml")).expect("it is there");
    for (line, instead) in changes {
        assert!(text.contains(line), "{line}");
        text = text.replace(line, instead);
    }
    folder_of(&[("minato.toml", text.as_bytes())])
}

#[test]
fn a_form_of_other_words_and_order_is_whole_by_a_profile_of_a_few_lines() {
    let lines = std::fs::read_to_string(profiles().join("minato.toml")).expect("it is there").lines().count();
    assert!(lines < 30, "{lines} lines");
    let folder = folder_with(&[]);
    let (table, turned, cards) = (rows(&ROWS), turned(), cards());
    let converted = converted(&[("rows.html", &table), ("turned.html", &turned), ("cards.html", &cards)], folder.path());
    let goal = |number: u32| {
        let r = ROWS[number as usize - 1];
        let until = ["2024-09-30", "2025-03-31", "2024-12-31"][number as usize - 1];
        let yen = [json!(1_200_000), json!(-850_000), Value::Null][number as usize - 1].clone();
        let unit = if yen.is_null() { Value::Null } else { json!("円") };
        json!({
            "number": number,
            "page": 1,
            "item": r[1],
            "plan_category": null,
            "target": [r[2]],
            "methods": r[3].split("<br>").map(|m| m.trim_start_matches('・')).collect::<Vec<_>>(),
            "deadline": {"raw": r[4], "kind": "month", "until": until},
            "divisions": r[5].split('、').collect::<Vec<_>>(),
            "achievement": if r[6].is_empty() { Value::Null } else { json!({"raw": r[6], "rate": null}) },
            "inherited": null,
            "number_candidates": null,
            "fields": {
                "cost": {"raw": r[7], "kind": "money", "value": yen, "unit": unit},
                "rank": {"raw": r[8], "kind": "choice", "value": r[8], "unit": null},
            },
        })
    };
    for (path, document) in converted.documents() {
        assert_eq!(document["profile"], json!({"id": "minato-goals", "version": "1"}), "{path}");
        assert_eq!(document["schema_version"], "1.1", "{path}");
        assert_eq!(document["title"], "令和6年度 ミッションシート", "{path}");
        let mut goals = document["goals"].clone();
        for goal in goals.as_array_mut().expect("a list") {
            goal["page"] = json!(1);
        }
        assert_eq!(goals, json!([goal(1), goal(2), goal(3)]), "{path}");
        assert_eq!(findings(&document), [], "{path}");
        assert_eq!(document["evidence"]["/goals/0/fields/cost"]["raw"], "1,200", "{path}");
    }
    // Each line of the stream has them too.
    let lines = converted.lines("records.jsonl");
    assert_eq!(lines.iter().filter(|l| l["fields"]["rank"]["value"] == "松").count(), 3);
}

#[test]
fn what_a_profile_asks_and_the_document_lacks_is_a_finding_at_the_value() {
    let mut data = ROWS;
    data[0][7] = "1,200〜1,500";
    data[1][8] = "桜";
    data[2][4] = "令和8年3月";
    data[2][0] = "5";
    data[1][1] = "窓口の待ち時間を短くする";
    data[0][3] = "";
    let rule = r#"checks = [{ rule = "date_in_year", fields = ["deadline"] }, { rule = "numbers_run" }]"#;
    let more = r#"checks = [
  { rule = "date_in_year", fields = ["deadline"] },
  { rule = "numbers_run" },
  { rule = "unique", fields = ["item"] },
]"#;
    let folder = folder_with(&[(rule, more), (r#"headings = ["あゆみ方"] }"#, r#"headings = ["あゆみ方"], required = true }"#)]);
    let converted = converted(&[("rows.html", &rows(&data))], folder.path());
    let document = &converted.documents()["rows.html"];
    for wanted in [
        ("M015", "/goals/0/fields/cost"),
        ("M015", "/goals/1/fields/rank"),
        ("M016", "/goals/0/methods"),
        ("M017", "/goals/2/deadline"),
        ("M017", "/goals/2/number"),
        ("M017", "/goals/1/item"),
    ] {
        assert!(findings(document).contains(&wanted), "{wanted:?}: {:?}", findings(document));
    }
    assert_eq!(document["goals"][0]["fields"]["cost"], json!({"raw": "1,200〜1,500", "kind": "money", "value": null, "unit": null}));
    assert_eq!(document["goals"][1]["fields"]["rank"]["value"], Value::Null);
}

#[test]
fn two_profiles_that_fit_equally_are_said() {
    let text = std::fs::read_to_string(profiles().join("minato.toml")).expect("it is there");
    let other = text.replace("minato-goals", "aoba-goals");
    let folder = folder_of(&[("a.toml", text.as_bytes()), ("b.toml", other.as_bytes())]);
    let converted = converted(&[("rows.html", &rows(&ROWS))], folder.path());
    let document = &converted.documents()["rows.html"];
    assert_eq!(document["profile"]["id"], "aoba-goals");
    assert!(findings(document).contains(&("M018", "")), "{:?}", findings(document));
}

#[test]
fn another_document_does_not_follow_the_profile() {
    let folder = folder_with(&[]);
    let path = top().join("fixtures/documents/goals-sheets.pdf");
    let with = convert(&[path.as_os_str(), "--profiles".as_ref(), folder.path().as_os_str()]);
    let without = convert(&[path.as_os_str()]);
    assert_eq!(with.documents(), without.documents());
}

#[test]
fn a_unit_in_the_heading_goes_before_the_profiles_and_two_of_them_leave_it_open() {
    let folder = folder_with(&[(r#"headings = ["おかね（千円）"]"#, r#"headings = ["おかね"]"#)]);
    let table = rows(&ROWS);
    let (millions, both) =
        (table.replace("おかね（千円）", "おかね（百万円）"), format!("{table}{}", table.replace("おかね（千円）", "おかね（円）")));
    let converted = converted(&[("millions.html", &millions), ("both.html", &both)], folder.path());
    let documents = converted.documents();
    assert_eq!(documents["millions.html"]["goals"][0]["fields"]["cost"]["value"], json!(1_200_000_000_i64));
    // The profile's own unit is all that is left where headings say different ones: that is doubted or null, never mixed.
    let of_both = &documents["both.html"];
    let costs: Vec<&Value> = of_both["goals"].as_array().expect("a list").iter().map(|g| &g["fields"]["cost"]["value"]).collect();
    assert!(costs.iter().all(|c| c.is_null()), "{costs:?}");
}

#[test]
fn a_changed_profile_converts_its_documents_again() {
    let files = folder_of(&[("rows.html", rows(&ROWS).as_bytes())]);
    let (before, after) = (folder_with(&[]), folder_with(&[(r#"version = "1""#, r#"version = "2""#)]));
    let args = |p: &TempDir| vec![files.path().as_os_str().to_owned(), "--profiles".into(), p.path().as_os_str().to_owned()];
    let first = convert(&args(&before));
    let again = first.again(&args(&before));
    assert_eq!(again.unchanged(), 1);
    let changed = again.again(&args(&after));
    assert_eq!(changed.unchanged(), 0);
    assert_eq!(changed.documents()["rows.html"]["profile"]["version"], "2");
    // By workers or in this process: the same bytes.
    let mut args = args(&after);
    args.push("--in-process".into());
    assert_eq!(
        convert(&args).bytes().into_iter().filter(|(p, _)| p.starts_with("documents")).collect::<Vec<_>>(),
        changed.bytes().into_iter().filter(|(p, _)| p.starts_with("documents")).collect::<Vec<_>>()
    );
}

#[test]
fn what_is_wrong_in_a_profile_is_said_with_file_line_and_remedy_before_anything_is_converted() {
    let sound = std::fs::read_to_string(profiles().join("minato.toml")).expect("it is there");
    let wrong = sound.replace("titles", "titels").replace(r#"kind = "money""#, r#"kind = "yen""#);
    let latin = [b"id = \"x\" # ", [0xE9_u8].as_slice(), b"\n"].concat();
    let folder = folder_of(&[("a.toml", wrong.as_bytes()), ("b.toml", &latin), ("c.toml", sound.as_bytes()), ("d.toml", sound.as_bytes())]);
    let files = folder_of(&[("rows.html", rows(&ROWS).as_bytes())]);
    let converted = convert(&[files.path().as_os_str(), "--profiles".as_ref(), folder.path().as_os_str()]);
    assert_eq!(converted.outcome.code, 2);
    let said = converted.outcome.stderr;
    for line in [
        "a.toml:3: there is no key titels; did you mean titles?",
        "a.toml:12: there is no kind yen; choose from text, number, money, rate, date, choice",
        "b.toml: is not UTF-8; save it as UTF-8 in your editor",
        "d.toml: minato-goals is also the id of c.toml; change one of them",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!converted.folder.path().join("documents").exists(), "nothing was converted");
    let empty = TempDir::new().expect("a folder");
    let none = convert(&[files.path().as_os_str(), "--profiles".as_ref(), empty.path().as_os_str()]);
    assert_eq!(none.outcome.code, 2);
    assert!(none.outcome.stderr.contains("has no profiles (.toml) in it"), "{}", none.outcome.stderr);
}

#[test]
fn a_draft_is_a_profile_and_fits_its_samples() {
    let files = folder_of(&[("rows.html", rows(&ROWS).as_bytes()), ("cards.html", cards().as_bytes())]);
    for name in ["rows.html", "cards.html"] {
        let sample = files.path().join(name);
        let draft = files.path().join("draft.toml");
        let made = seisho(&["profile".as_ref(), "new".as_ref(), sample.as_os_str(), "--out".as_ref(), draft.as_os_str()]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        let text = std::fs::read_to_string(&draft).expect("a draft");
        for heading in HEADINGS {
            assert!(text.contains(&format!("\"{heading}\"")), "{name}: {heading}\n{text}");
        }
        assert!(text.contains(r#"kind = "money", unit = "千円""#), "{text}");
        let checked = seisho(&["profile".as_ref(), "check".as_ref(), draft.as_os_str(), sample.as_os_str()]);
        assert_eq!(checked.code, 0, "{}{}", checked.stdout, checked.stderr);
        assert!(checked.stdout.contains("おかね（千円） → おかね"), "{}", checked.stdout);
        // A document of another form is told.
        let other = top().join("fixtures/documents/goals-sheets.pdf");
        let checked = seisho(&["profile".as_ref(), "check".as_ref(), draft.as_os_str(), other.as_os_str()]);
        assert_eq!(checked.code, 1, "{}", checked.stdout);
        assert!(checked.stdout.contains("NOT of this form"), "{}", checked.stdout);
        assert!(checked.stdout.contains("fields whose headings are not there: "), "{}", checked.stdout);
    }
}

#[test]
fn the_schema_of_a_profile_states_its_fields() {
    let folder = folder_with(&[]);
    let printed =
        seisho(&["schema".as_ref(), "--profile".as_ref(), "minato-goals".as_ref(), "--profiles".as_ref(), folder.path().as_os_str()]);
    assert_eq!(printed.code, 0, "{}", printed.stderr);
    let schema: Value = serde_json::from_str(&printed.stdout).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let converted = converted(&[("rows.html", &rows(&ROWS))], folder.path());
    let mut document = converted.documents()["rows.html"].clone();
    assert!(validator.is_valid(&document));
    document["goals"][0]["fields"]["rank"]["value"] = json!("桜");
    assert!(!validator.is_valid(&document), "no choice of the profile");
    let other = seisho(&["schema".as_ref(), "--profile".as_ref(), "kita".as_ref(), "--profiles".as_ref(), folder.path().as_os_str()]);
    assert_eq!(other.code, 2);
    assert!(other.stderr.contains("there is no profile kita"), "{}", other.stderr);
}

#[test]
fn profiles_follow_their_own_schema() {
    let schema: Value =
        serde_json::from_slice(&std::fs::read(top().join("schemas/profile.schema.json")).expect("it is there")).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    for name in ["tests/profiles/minato.toml", "tests/profiles/ikeda.toml", "data/profiles/goal-table.toml", "data/profiles/policy.toml"] {
        let profile: Value = toml::from_str(&std::fs::read_to_string(top().join(name)).expect("it is there")).expect("TOML");
        let errors: Vec<String> = validator.iter_errors(&profile).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// Two real sheets, whose profiles were drafted by the program and finished by hand: every labelled value.
#[test]
fn real_evaluation_sheets_come_out_whole_by_a_finished_draft() {
    let Some(shared) = shared() else { return };
    let real = |name: &str| shared.join("corpus/real").join(name);
    let args =
        [real("ikeda-r7-101.pdf").into_os_string(), real("kyoto-r6-010.pdf").into_os_string(), "--profiles".into(), profiles().into()];
    let documents = convert(&args).documents();
    let value = |path: &str, id: &str| -> Value {
        let entries = documents[path]["form"].as_array().expect("a list");
        let found: Vec<&Value> = entries.iter().filter(|e| e["field"] == id).collect();
        assert!(!found.is_empty(), "{path}: {id}");
        found[0]["typed"]["value"].clone()
    };
    let ikeda = "ikeda-r7-101.pdf";
    assert_eq!(documents[ikeda]["profile"]["id"], "ikeda-jimu-jigyo");
    for (id, wanted) in [
        ("担当部署名", json!("子ども未来課")),
        ("事務事業名", json!("子育て短期支援事業")),
        ("施策の柱", json!("②子どもと大人の未来を育てるまちづくり")),
        ("施策名称", json!("①子ども・子育て支援の充実")),
        ("実施形態", json!("一部委託")),
        ("事業の手段方法", json!("児童養護施設等において一定期間保護を行う。")),
        ("決算", json!(44_000)),
        ("R５年度_決算", json!(28_000)),
        ("予算", json!(219_000)),
        ("R６年度_決算", json!(77_000)),
        ("国府支出金_R６年度_予算", json!(144_000)),
        ("一般財源_R６年度_決算", json!(31_000)),
        ("R５年度実績", json!(7)),
        ("R９年度見込", json!(30)),
        ("成果指標の達成状況", json!("A.順調に推移している")),
        ("事業の効率性", json!("B.改善の余地がある")),
        ("R７年度以降の事業の方向性", json!("現状維持")),
        ("達成状況の理由", json!("市民のニーズに対して、必要な支援を施設等と調整して提供することができた。")),
    ] {
        assert_eq!(value(ikeda, id), wanted, "{id}");
    }
    let why = value(ikeda, "方向性の理由");
    assert!(why.as_str().is_some_and(|w| w.starts_with("児童福祉法に規定する") && w.ends_with("検討を進める。")), "{why}");
    assert_eq!(findings(&documents[ikeda]), []);
    let kyoto = "kyoto-r6-010.pdf";
    for (id, wanted) in [
        ("令和５年度予算現額", json!("26,200(16,100)")),
        ("令和５年度決算", json!("24,255(15,522)")),
        ("令和６年度当初予算", json!("26,200(14,747)")),
        ("予算案経費", json!("26,700（22,050）")),
        ("方向性", json!("現状のまま継続")),
    ] {
        assert_eq!(value(kyoto, id), wanted, "{id}");
    }
    let goals = value(kyoto, "事業目標");
    assert!(goals[0] == "＜実施成果(アウトプット)＞" && goals.as_array().is_some_and(|g| g.len() == 4), "{goals}");
}
