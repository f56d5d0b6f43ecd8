//! Kinds of fault that people met with other tools: what is chosen, struck out, hidden, noted, coded. Each is right, or said at
//! the value that it concerns.

use crate::support::{convert, folder_of};
use serde_json::Value;

const HEAD: &str = "令和7年度　組織目標展開整理表\n令和7年4月1日\n環境部長　森下 和也\n";
pub(crate) const COLUMNS: [&str; 7] =
    ["番号", "実施項目", "計画・方針等の分類", "どの水準まで", "どのような方法で", "いつまで", "共通/課名"];
const ROWS: [[&str; 7]; 3] = [
    ["1", "街路灯の更新", "施政方針", "350基を更新する。", "・工事の発注", "3月", "道路管理課"],
    ["2", "ごみ減量の啓発", "個別計画", "580グラム以下とする。", "・講座の開催", "9月末", "ごみ減量課"],
    ["3", "公園の点検", "その他", "48か所を点検する。", "・業者への委託", "年度末", "公園緑地課"],
];

/// The rows with other texts in one column.
pub(crate) fn rows(column: usize, texts: [&str; 3]) -> Vec<Vec<String>> {
    let row =
        |(row, text): (&[&str; 7], &str)| row.iter().enumerate().map(|(c, t)| if c == column { text } else { t }.to_owned()).collect();
    ROWS.iter().zip(texts).map(row).collect()
}

pub(crate) fn html(style: &str, rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, cells: &[String]| cells.iter().map(|c| format!("<{tag}>{c}</{tag}>")).collect::<String>();
    let head: String = HEAD.lines().map(|l| format!("<p>{l}</p>")).collect();
    let body: String = rows.iter().map(|r| format!("<tr>{}</tr>", cells("td", r))).collect();
    let columns = cells("th", &COLUMNS.map(str::to_owned));
    format!("<!DOCTYPE html><html><head><style>{style}</style></head><body>{head}<table><tr>{columns}</tr>{body}</table></body></html>")
}

pub(crate) fn tabs(rows: &[Vec<String>]) -> String {
    let body: String = rows.iter().map(|r| r.join("\t") + "\n").collect();
    format!("{HEAD}{}\n{body}", COLUMNS.join("\t"))
}

pub(crate) fn document(name: &str, bytes: &[u8]) -> Value {
    let folder = folder_of(&[(name, bytes)]);
    convert(&[folder.path()]).documents().remove(name).expect("a document")
}

/// Codes of the findings at a pointer.
pub(crate) fn at<'d>(document: &'d Value, pointer: &str) -> Vec<&'d str> {
    let all = document["findings"].as_array().expect("findings").iter();
    all.filter(|f| f["pointer"] == pointer).filter_map(|f| f["code"].as_str()).collect()
}

pub(crate) fn remainder(document: &Value, role: &str) -> Vec<String> {
    let all = document["remainder"].as_array().expect("remainder").iter();
    all.filter(|r| r["role"] == role).filter_map(|r| r["text"].as_str().map(str::to_owned)).collect()
}

#[test]
fn the_chosen_one_of_several_is_named_or_it_is_said_that_none_was_read() {
    let marked = |mark: &dyn Fn(&str) -> String, other: &dyn Fn(&str) -> String| -> [String; 3] {
        let all = ["施政方針", "個別計画", "その他"];
        [0, 1, 2].map(|chosen| {
            all.iter().enumerate().map(|(n, t)| if n == chosen { mark(t) } else { other(t) }).collect::<Vec<_>>().join("<br>")
        })
    };
    let plain = |t: &str| t.to_owned();
    let looks: [(&str, [String; 3]); 6] = [
        ("", marked(&|t| format!("<b>{t}</b>"), &plain)),
        (".on{border:1px solid red}", marked(&|t| format!("<span class=\"on\">{t}</span>"), &plain)),
        ("", marked(&|t| format!("<span style=\"color:red\">{t}</span>"), &plain)),
        ("", marked(&|t| format!("<input type=\"checkbox\" checked>{t}"), &|t| format!("<input type=\"checkbox\">{t}"))),
        ("", marked(&|t| format!("■{t}"), &|t| format!("□{t}"))),
        ("", marked(&|t| format!("○{t}"), &plain)),
    ];
    for (style, texts) in &looks {
        let document = document("a.html", html(style, &rows(2, texts.each_ref().map(String::as_str))).as_bytes());
        for (goal, chosen) in document["goals"].as_array().expect("goals").iter().zip(["施政方針", "個別計画", "その他"]) {
            assert_eq!(goal["choice"]["plan_category"], chosen, "{}", texts[0]);
        }
    }
    // Bold and the like are no certain signs: said.
    let bold = document("a.html", html("", &rows(2, looks[0].1.each_ref().map(String::as_str))).as_bytes());
    assert_eq!(at(&bold, "/goals/1/plan_category"), ["L012"]);
    let same = document("a.html", html("", &rows(2, ["施政方針<br>個別計画<br>その他"; 3])).as_bytes());
    assert_eq!((at(&same, "/goals/2/plan_category"), &same["goals"][2]["choice"]), (vec!["L015"], &Value::Null));
    // What wraps is no list.
    let wrapped = document("a.html", html("", &rows(2, ["総合計画の<br>重点施策"; 3])).as_bytes());
    assert!(at(&wrapped, "/goals/0/plan_category").is_empty());
}

#[test]
fn what_is_struck_out_or_not_shown_is_in_no_value() {
    let struck = document(
        "a.html",
        html("", &rows(5, ["<s>3月</s>12月", "9月末", "年度末"]))
            .replace("<tr><td>2", "<tr style=\"text-decoration:line-through\"><td>2")
            .as_bytes(),
    );
    assert_eq!(struck["goals"].as_array().map(Vec::len), Some(2));
    assert_eq!((&struck["goals"][0]["deadline"]["until"], at(&struck, "/goals/0/deadline")), (&Value::from("2025-12-31"), vec!["L007"]));
    assert!(remainder(&struck, "struck").contains(&"ごみ減量の啓発".to_owned()));

    let hidden = [
        "<span style=\"opacity:0\">秘密課</span>",
        "<span style=\"font-size:0\">秘密課</span>",
        "<span style=\"color:#fff\">秘密課</span>",
        "<span style=\"position:absolute;left:-9999px\">秘密課</span>",
        "<span class=\"sr\">秘密課</span>",
    ];
    for text in hidden {
        let style = ".sr{position:absolute;width:1px;clip:rect(0,0,0,0)}";
        let document = document("a.html", html(style, &rows(6, [&format!("道路管理課{text}"), "ごみ減量課", "公園緑地課"])).as_bytes());
        assert_eq!(document["goals"][0]["divisions"], serde_json::json!(["道路管理課"]), "{text}");
        let codes: Vec<&Value> = document["findings"].as_array().expect("findings").iter().map(|f| &f["code"]).collect();
        assert!(codes.contains(&&Value::from("X005")), "{text}");
    }
    // White letters on a ground are seen.
    let seen = document(
        "a.html",
        html("th{background:#333}", &rows(6, ["<span style=\"color:#fff;background:#333\">道路管理課</span>", "ごみ減量課", "公園緑地課"]))
            .as_bytes(),
    );
    assert_eq!(seen["goals"][0]["divisions"], serde_json::json!(["道路管理課"]));
}

#[test]
fn notes_are_told_at_the_values_that_bear_their_marks() {
    let table = tabs(&rows(3, ["350基※1を更新する。", "580グラム以下とする。", "48か所を点検する。"])) + "\n※1 令和6年度末の数。\n";
    let document_of_table = document("a.txt", table.as_bytes());
    assert_eq!(at(&document_of_table, "/goals/0/target/0"), ["L008"]);
    let policy = "令和7年4月1日\n\n令和7年度環境部の運営方針\n\n環境部長　森下 和也\n\n1 基本姿勢\n(1) 街路灯350基※1を更新すること。\n2 経費\n(1) 契約を見直すこと。\n\n※1 令和6年度末の数\n";
    let policy = document("p.txt", policy.as_bytes());
    assert_eq!(policy["sections"][1]["children"][0]["body"], serde_json::json!([]));
    assert_eq!(
        (remainder(&policy, "note"), at(&policy, "/sections/0/children/0/text")),
        (vec!["※1 令和6年度末の数".to_owned()], vec!["L008"])
    );
}

#[test]
fn totals_are_no_goals_and_signs_for_above_take_what_is_above() {
    let mut with_total = rows(5, ["3月", "\"", "''"]);
    with_total.push(["合　計", "3件", "", "", "", "", ""].map(str::to_owned).to_vec());
    let document = document("a.txt", tabs(&with_total).as_bytes());
    let goals = document["goals"].as_array().expect("goals");
    assert_eq!(goals.iter().map(|g| g["deadline"]["until"].as_str()).collect::<Vec<_>>(), [Some("2026-03-31"); 3]);
    assert_eq!(goals[2]["inherited"]["deadline"], 1);
}

#[test]
fn dates_that_say_no_day_and_seals_beside_names_are_not_taken_for_more() {
    for text in ["令和　年　月　日", "45748", "4月1日", "Apr 1, 2025", "作成：７．４．１"] {
        let document = document("a.txt", tabs(&rows(5, ["3月", "9月末", "年度末"])).replace("令和7年4月1日", text).as_bytes());
        assert_eq!((&document["dates"]["issued"], at(&document, "/dates/issued")), (&serde_json::json!([]), vec!["M019"]), "{text}");
    }
    for seal in ["　(印)", " [印]", " ◯印", "　職印", "㊞"] {
        let text = tabs(&rows(5, ["3月", "9月末", "年度末"])).replace("森下 和也", &format!("森下 和也{seal}"));
        assert_eq!(document("a.txt", text.as_bytes())["authors"][0]["name"], "森下 和也", "{seal}");
    }
    let season = document("a.txt", tabs(&rows(5, ["2026年春", "9月末", "年度末"])).as_bytes());
    assert_eq!((&season["goals"][0]["deadline"]["until"], at(&season, "/goals/0/deadline")), (&Value::Null, vec!["M002"]));
}

#[test]
fn text_that_is_coded_or_may_be_another_language_is_said() {
    let korean = b"2025\xb3\xe2\xb5\xb5 \xc8\xaf\xb0\xe6\xba\xce \xbf\xee\xbf\xb5\xb9\xe6\xc4\xa7\n\n1 \xb1\xe2\xba\xbb\xc0\xda\xbc\xbc\n(1) \xc7\xf6\xc0\xe5\xc0\xbb \xbc\xd2\xc1\xdf\xc8\xf7 \xc7\xd2 \xb0\xcd.\n";
    let cases: [(&str, &[u8]); 4] = [
        ("korean.txt", korean),
        ("utf7.txt", b"+TuRUjA-7+XnRepg-\n"),
        ("quoted.txt", b"=E4=BB=A4=E5=92=8C7=E5=B9=B4=E5=BA=A6\n"),
        ("escapes.txt", b"\\u4ee4\\u548c7\\u5e74\\u5ea6\n"),
    ];
    for (name, bytes) in cases {
        let document = document(name, bytes);
        let codes: Vec<&Value> = document["findings"].as_array().expect("findings").iter().map(|f| &f["code"]).collect();
        assert!(codes.contains(&&Value::from("X003")), "{name}: {codes:?}");
    }
}

#[test]
fn style_sheets_reach_elements_inside_others() {
    let css = ".old span { text-decoration: line-through } tr.gone > td { text-decoration: line-through } .x em.hid { display: none } \
               p .gone, td + td { display: none }";
    let cells = ["350基", "<b class=\"old\"><span>580</span></b>570グラム", "48<i class=x>か<em class=hid>秘密</em></i>所"];
    let page = html(css, &rows(3, cells)).replace("<tr><td>1</td>", "<tr class=gone><td>1</td>");
    let document = document("a.html", page.as_bytes());
    let goals = document["goals"].as_array().expect("goals");
    let targets: Vec<&Value> = goals.iter().map(|g| &g["target"][0]).collect();
    assert_eq!(targets, ["570グラム", "48か所"], "the first row is struck out as a whole");
    assert!(!document.to_string().contains("秘密か所") && at(&document, "/goals/0/target/0").contains(&"L007"), "{document}");
    // A part of a page is HTML too.
    let bare = page.split_once("<body>").expect("a body").1.replace("</body></html>", "");
    let part = self::document("b.html", format!("<h1>表題</h1>{bare}").as_bytes());
    assert_eq!(part["goals"].as_array().map(Vec::len), Some(3));
}

#[test]
fn signs_that_strike_raise_and_give_readings_are_no_text() {
    let texts =
        ["5\u{336}8\u{336}0\u{336}570グラムとする。", "350²と500m²を点検する。", "｜塵芥《じんかい》と四阿《あずまや》と《重点》を見る。"];
    for (name, bytes) in [("a.tsv", tabs(&rows(3, texts))), ("a.html", html("", &rows(3, texts)))] {
        let document = document(name, bytes.as_bytes());
        let target = |n: usize| document["goals"][n]["target"][0].as_str().expect("a target").to_owned();
        assert_eq!(
            [target(0), target(1), target(2)],
            ["570グラムとする。", "350と500m²を点検する。", "塵芥と四阿と《重点》を見る。"],
            "{name}"
        );
        assert_eq!(remainder(&document, "ruby"), ["じんかい", "あずまや"], "{name}");
        assert_eq!((at(&document, "/goals/0/target/0"), at(&document, "/goals/1/target/0")), (vec!["L007"], vec!["L008"]), "{name}");
    }
}

#[test]
fn deadlines_of_another_time_are_doubted_and_what_goes_on_ends_where_a_remark_says() {
    let document = document("a.tsv", tabs(&rows(5, ["平成7年9月末", "随時（3月まで）", "随時"])).as_bytes());
    let until = |n: usize| document["goals"][n]["deadline"]["until"].clone();
    assert_eq!(at(&document, "/goals/0/deadline"), ["J003"]);
    assert_eq!([until(1), until(2)], [Value::from("2026-03-31"), Value::Null]);
}

#[test]
fn a_row_whose_cells_are_displaced_is_doubted_as_a_whole() {
    let mut rows: Vec<Vec<String>> =
        (0..3).flat_map(|_| rows(3, ["350基を更新する。", "580グラムとする。", "48か所を点検する。"])).collect();
    rows.iter_mut().zip(1..).for_each(|(row, n): (_, u32)| row[0] = n.to_string());
    rows[2].remove(3);
    rows[5].insert(3, "余分".to_owned());
    let document = document("a.tsv", tabs(&rows).as_bytes());
    for row in [2, 5] {
        for field in ["target", "methods", "deadline", "divisions"] {
            let pointer = format!("/goals/{row}/{field}");
            let codes: Vec<&str> = at(&document, &pointer).into_iter().chain(at(&document, &format!("{pointer}/0"))).collect();
            assert!(!codes.is_empty(), "{pointer}");
        }
    }
    assert!(at(&document, "/goals/1/target").is_empty() && at(&document, "/goals/4/methods").is_empty());
}

#[test]
fn sheets_below_each_other_in_one_table_are_a_goal_each() {
    const LABELS: [&str; 6] = ["番号", "目標名", "めざす姿", "取組内容", "達成時期", "担当課"];
    let values = |n: usize| {
        [
            n.to_string(),
            format!("施設{n}の更新"),
            format!("{n}か所が使われている。"),
            "工事を発注する。".into(),
            "9月".into(),
            "公園課".into(),
        ]
    };
    let two = |n: usize| LABELS.iter().zip(values(n)).map(|(l, v)| format!("{l}\t{v}\n")).collect::<String>();
    let four = |n: usize| {
        let [number, item, target, methods, deadline, division] = values(n);
        format!(
            "番号\t{number}\t目標名\t{item}\nめざす姿\t{target}\t\t\n取組内容\t{methods}\t\t\n達成時期\t{deadline}\t担当課\t{division}\n"
        )
    };
    for text in [(1..6).map(two).collect::<String>(), (1..6).map(four).collect()] {
        let document = document("a.tsv", format!("令和7年度　目標管理シート\n環境部\n{text}").as_bytes());
        let goals = document["goals"].as_array().expect("goals");
        let found: Vec<(&Value, &Value, &Value)> = goals.iter().map(|g| (&g["number"], &g["item"], &g["divisions"][0])).collect();
        let items: Vec<Value> = (1..6).map(|n| Value::from(format!("施設{n}の更新"))).collect();
        let wanted: Vec<(Value, &Value, Value)> =
            (1..6).zip(&items).map(|(n, item)| (Value::from(n), item, Value::from("公園課"))).collect();
        assert_eq!(found, wanted.iter().map(|(n, i, d)| (n, *i, d)).collect::<Vec<_>>(), "{text}");
    }
}

/// The goals of a table of five columns, each with its band.
fn bands(rows: &str) -> Vec<(Option<u64>, Option<String>)> {
    let table = format!("令和7年度 組織目標展開整理表\n番号,実施項目,どの水準まで,どのような方法で,いつまで\n{rows}");
    let folder = folder_of(&[("table.csv", table.as_bytes())]);
    let document = convert(&[folder.path()]).documents().into_values().next().expect("a document");
    let goals = document["goals"].as_array().expect("goals").clone();
    goals.iter().map(|g| (g["number"].as_u64(), g["band"].as_str().map(str::to_owned))).collect()
}

#[test]
fn a_band_may_stand_in_the_column_of_the_items() {
    let rows = ",安全・安心,,,\n1,橋の修繕,設計が終わっている。,設計を委託する。,2月\n,,,,\n,みどり,,,\n2,公園の更新,更新が終わっている。,工事を発注する。,3月\n";
    assert_eq!(bands(rows), [(Some(1), Some("安全・安心".to_owned())), (Some(2), Some("みどり".to_owned()))]);
}

#[test]
fn goals_behind_the_name_of_another_author_say_so() {
    let table = |rows: &str| format!("<table><tr><th>番号<th>実施項目<th>どの水準まで<th>どのような方法で<th>いつまで</tr>{rows}</table>");
    let row = |n: u32, item: &str| format!("<tr><td>{n}<td>{item}<td>終わっている。<td>進める。<td>3月</tr>");
    let page = format!(
        "<h1>令和7年度 組織目標展開整理表</h1><p>都市整備部長　大久保 健</p>{}<p>健康福祉部長　三浦 由紀</p>{}",
        table(&row(1, "橋の修繕")),
        table(&row(1, "健診の勧奨"))
    );
    let folder = folder_of(&[("page.html", page.as_bytes())]);
    let document = convert(&[folder.path()]).documents().into_values().next().expect("a document");
    let said = document["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == "M020");
    let pointers: Vec<&serde_json::Value> = said.map(|f| &f["pointer"]).collect();
    assert!(pointers.contains(&&serde_json::json!("/goals/1")) && !pointers.contains(&&serde_json::json!("/goals/0")), "{pointers:?}");
}

fn policy(body: &str) -> Value {
    document("policy.txt", format!("令和7年度　環境部運営方針\n\n令和7年4月1日\n環境部長　森下 和也\n\n{body}").as_bytes())
}

/// Labels of provisions with the depth of each.
fn labels(provisions: &Value, depth: usize) -> Vec<(usize, String)> {
    let all = provisions.as_array().expect("provisions").iter();
    let own = |p: &Value| (depth, if p["label"] == "" { p["text"].clone() } else { p["label"].clone() });
    let one = |p: &Value| {
        let (depth, text) = own(p);
        std::iter::once((depth, text.as_str().expect("text").to_owned())).chain(labels(&p["children"], depth + 1)).collect::<Vec<_>>()
    };
    all.flat_map(one).collect()
}

#[test]
fn numbers_that_begin_anew_below_headings_without_one_are_provisions_and_said() {
    let flat = policy("重点施策\n1　窓口を改善すること。\n2　問合せに答えること。\n組織運営\n1　会議を減らすこと。\n");
    let want = [(0, "重点施策"), (1, "1"), (1, "2"), (0, "組織運営"), (1, "1")].map(|(d, l)| (d, l.to_owned()));
    assert_eq!(labels(&flat["sections"], 0), want);
    assert_eq!(at(&flat, "/sections/1/label"), ["M010"]);
    let below = policy("第１　窓口\n来庁者\n(1)　名札を付けること。\n電話\n(1)　所属を名乗ること。\n第２　組織\n(1)　会議を減らすこと。\n");
    let want = [(0, "第１"), (1, "来庁者"), (2, "(1)"), (1, "電話"), (2, "(1)"), (0, "第２"), (1, "(1)")].map(|(d, l)| (d, l.to_owned()));
    assert_eq!(labels(&below["sections"], 0), want);
    let text = policy("１　窓口\n①　名札を付けること。\n②　挨拶をすること。\nなお、次の点に留意する。\n①　所属を名乗ること。\n");
    assert!(at(&text, "/sections/0/children/1/body/1").contains(&"M010"), "{:#}", text["findings"]);
}

#[test]
fn a_history_behind_the_last_provision_is_apart() {
    let document = policy("１　窓口を改善すること。\n２　組織を見直すこと。\n\n改定履歴\n令和5年4月1日　制定\n令和6年10月1日　一部改定\n");
    assert_eq!(remainder(&document, "supplement"), ["改定履歴", "令和5年4月1日　制定", "令和6年10月1日　一部改定"]);
    assert_eq!(document["sections"][1]["body"], serde_json::json!([]));
    // One day alone is the signature's.
    let signed = policy("１　窓口を改善すること。\n\n備考\n令和5年4月1日　市長　山田太郎\n");
    assert!(remainder(&signed, "supplement").is_empty(), "{signed:#}");
}

#[test]
fn a_section_behind_a_gap_is_a_section_and_the_gap_is_said() {
    let policy = "令和7年度 総務部の運営方針\n\n1 行政運営の推進\n\n(1) 業務の効率化を図ること。\n\n2 財政の健全化\n\n(1) 歳入の確保に努めること。\n\n4 人材の育成\n\n(1) 研修を充実すること。\n";
    let folder = folder_of(&[("policy.txt", policy.as_bytes())]);
    let document = convert(&[folder.path()]).documents().into_values().next().expect("a document");
    let labels: Vec<&str> = document["sections"].as_array().expect("sections").iter().filter_map(|s| s["label"].as_str()).collect();
    assert_eq!(labels, ["1", "2", "4"]);
    assert!(document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "M010" && f["pointer"] == "/sections/2/label"));
}

#[test]
fn a_date_may_be_spread_over_the_cells_of_a_head() {
    let table = "令和7年度 組織目標展開整理表,,,,,,\n,,令和,7,年,4,月,8,日\n番号,実施項目,どの水準まで,どのような方法で,いつまで,課名,備考,,\n\
        1,橋の修繕,設計が終わっている。,設計を委託する。,2月,道路課,,,\n2,公園の更新,更新が終わっている。,工事を発注する。,3月,公園課,,,\n";
    let folder = folder_of(&[("table.csv", table.as_bytes())]);
    let document = convert(&[folder.path()]).documents().into_values().next().expect("a document");
    assert_eq!(document["dates"]["issued"][0]["iso"], "2025-04-08");
}

#[test]
fn what_a_signature_is_called_is_no_part_of_the_post() {
    let page = "令和7年度 組織目標展開整理表\n所属長職・氏名：都市整備部長　大久保 健\n\n番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\n\
        1\t橋の修繕\t設計が終わっている。\t設計を委託する。\t2月\n2\t公園の更新\t更新が終わっている。\t工事を発注する。\t3月\n";
    let folder = folder_of(&[("page.txt", page.as_bytes())]);
    let document = convert(&[folder.path()]).documents().into_values().next().expect("a document");
    assert_eq!(document["authors"], serde_json::json!([{"post": "都市整備部長", "name": "大久保 健"}]));
}

#[test]
fn whom_to_ask_and_what_is_annexed_are_no_provision_and_a_remark_is_no_name() {
    let text = "令和7年度 都市整備部の運営方針\n令和7年4月1日\n都市整備部長　早川　昇（職務代理）\n\n１　備えの充実\n（１）在庫を点検すること。\n\
                （１の２）備蓄を更新すること。\n（２）連絡体制を改めること。\n\n（問合せ先）\n管理課　内線 2314\n電話 042-555-0199（直通）\n";
    let policy = document("policy.txt", text.as_bytes());
    assert_eq!(policy["authors"][0], serde_json::json!({ "post": "都市整備部長", "name": "早川　昇" }));
    let children = policy["sections"][0]["children"].as_array().expect("children");
    let labels: Vec<&str> = children.iter().filter_map(|child| child["label"].as_str()).collect();
    assert_eq!(labels, ["（１）", "（１の２）", "（２）"]);
    assert_eq!(children[2]["body"], serde_json::json!([]));
    assert_eq!(remainder(&policy, "footer"), ["（問合せ先）", "管理課　内線 2314", "電話 042-555-0199（直通）"]);

    let annexed = text.replace("\n（問合せ先）", "\n別表　備蓄品の点検周期\n（問合せ先）");
    let policy = document("annexed.txt", annexed.as_bytes());
    assert_eq!(policy["sections"][0]["children"][2]["body"], serde_json::json!([]));
    assert_eq!(remainder(&policy, "supplement"), ["別表　備蓄品の点検周期"]);
}

#[test]
fn a_csv_is_read_whatever_parts_its_cells_and_whatever_stands_about_its_rows() {
    let rows = rows(6, ["道路管理課", "ごみ減量課", "公園緑地課"]);
    let lines = |sign: &str, quote: &str| {
        let line = |cells: Vec<String>| cells.iter().map(|c| format!("{quote}{c}{quote}")).collect::<Vec<_>>().join(sign);
        let head: String = HEAD.lines().map(|l| format!("{quote}{l}{quote}\n")).collect();
        let body: String = rows.iter().map(|r| line(r.clone()) + "\n").collect();
        format!("{head}（単位：件）\n{}\n{body}以上\n", line(COLUMNS.map(str::to_owned).to_vec()))
    };
    for (name, text) in [
        ("a.csv", lines(",", "")),
        ("b.csv", lines(",", "\"")),
        ("c.csv", lines("，", "")),
        ("d.csv", lines(";", "")),
        ("e.txt", lines("|", "")),
    ] {
        let table = document(name, text.as_bytes());
        assert_eq!(table["title"], "令和7年度　組織目標展開整理表", "{name}");
        assert_eq!(table["authors"][0]["name"], "森下 和也", "{name}");
        let items: Vec<&str> = table["goals"].as_array().expect("goals").iter().filter_map(|g| g["item"].as_str()).collect();
        assert_eq!(items, ["街路灯の更新", "ごみ減量の啓発", "公園の点検"], "{name}");
    }
    // What an export leaves of merged cells.
    let merged = lines(",", "").replace("ごみ減量課", "");
    let table = document("merged.csv", merged.as_bytes());
    assert_eq!((&table["goals"][1]["divisions"], at(&table, "/goals/1/divisions")), (&serde_json::json!([]), vec!["M006"]));
}
