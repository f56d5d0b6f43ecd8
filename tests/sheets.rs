//! Goals on sheets and cards, in lines with labels and in tables that lie on their side: each is a goal with its own values, in
//! whatever words its labels are.

use crate::support::{convert, folder_of};
use serde_json::{Value, json};

fn document(name: &str, text: &str) -> Value {
    let folder = folder_of(&[(name, text.as_bytes())]);
    convert(&[folder.path()]).documents().remove(name).expect("a document")
}

/// The goals as item, first target, methods, deadline and divisions.
fn goals(document: &Value) -> Vec<Value> {
    let all = document["goals"].as_array().expect("goals").iter();
    all.map(|g| json!([g["number"], g["item"], g["target"], g["methods"], g["deadline"]["raw"], g["divisions"]])).collect()
}

fn wanted() -> Vec<Value> {
    vec![
        json!([
            1,
            "橋りょうの長寿命化",
            ["橋りょう12橋の補修工事が完了している。"],
            ["工事を5月に発注", "工程会議を毎月開催"],
            "3月",
            ["道路管理課"]
        ]),
        json!([
            2,
            "公園の遊具の更新",
            ["老朽化した遊具20基の更新が完了している。"],
            ["利用者の声を集めて種類を選定"],
            "10月",
            ["公園緑地課"]
        ]),
        json!([
            3,
            "水路の浚渫",
            ["浸水した3地区の水路の浚渫が終わっている。"],
            ["地元と時期を協議", "現地を調査"],
            "12月",
            ["河川課", "下水道課"]
        ]),
    ]
}

const HEAD: &str = "令和7年度　土木部の約束表\n令和7年4月1日\n土木部長　森下 和也\n";

/// The goals in lines, each value behind what stands for its field.
fn lines(number: &dyn Fn(u32) -> String, labels: [&str; 5], behind: &str) -> String {
    let goal = |goal: &Value| {
        let list = |at: usize, mark: &str| -> String {
            let all: Vec<String> =
                goal[at].as_array().into_iter().flatten().map(|v| format!("{mark}{}", v.as_str().unwrap_or(""))).collect();
            all.join("\n")
        };
        let text = |at: usize| goal[at].as_str().unwrap_or_default().to_owned();
        let number = number(goal[0].as_u64().unwrap_or(0) as u32);
        let values = [text(1), list(2, ""), list(3, "・"), text(4), list(5, "").replace('\n', "、")];
        let first = if labels[0].is_empty() { values[0].clone() } else { format!("{}{behind}{}", labels[0], values[0]) };
        let rest: String = (1..5).map(|at| format!("{}{behind}{}\n", labels[at], values[at])).collect();
        format!("{number}{first}\n{rest}\n")
    };
    format!("{HEAD}\n{}", wanted().iter().map(goal).collect::<String>())
}

#[test]
fn labels_that_come_again_in_lines_are_those_of_goals() {
    let own = ["がんばること", "こうなりたい姿", "すること", "いつごろ", "受け持ち"];
    let known = ["実施項目", "どの水準まで", "どのような方法で", "いつまで", "担当課"];
    let bracketed = ["【がんばること】", "【こうなりたい姿】", "【すること】", "【いつごろ】", "【受け持ち】"];
    let unlabelled = ["", "こうなりたい姿", "すること", "いつごろ", "受け持ち"];
    let cases = [
        ("colon", lines(&|n| format!("番号：{n}\n"), own, "：")),
        ("known", lines(&|n| format!("番号：{n}\n"), known, "：")),
        ("brackets", lines(&|n| format!("【その】{n}\n"), bracketed, "\n")),
        ("title", lines(&|n| format!("{n}　"), unlabelled, "：")),
        ("blank", lines(&|n| format!("番号 {n}\n"), known, "　")),
    ];
    for (name, text) in cases {
        let document = document(&format!("{name}.txt"), &text);
        assert_eq!(goals(&document), wanted(), "{name}\n{text}");
        assert_eq!((&document["department"], &document["fiscal_year"]["gregorian"]), (&json!("土木部"), &json!(2025)), "{name}");
        let missing = document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "X001" || f["code"] == "X002");
        assert!(!missing, "{name}: no character is lost");
    }
}

/// A label that only some goals have is no part of the value before it; one that no form knows and that no colon shows is not
/// guessed.
#[test]
fn a_label_of_few_goals_is_a_label_and_a_word_before_a_blank_is_none() {
    let known = ["実施項目", "どの水準まで", "どのような方法で", "いつまで", "担当課"];
    let text = lines(&|n| format!("番号 {n}\n"), known, "　").replace("公園緑地課\n", "公園緑地課\n達成状況　ほぼ達成した\n");
    let document_ = document("few.txt", &text);
    assert_eq!(document_["goals"][1]["divisions"], json!(["公園緑地課"]));
    assert_eq!(document_["goals"][1]["achievement"]["raw"], "ほぼ達成した");
    let strange = ["がんばること", "こうなりたい姿", "すること", "いつごろ", "受け持ち"];
    let document = document("strange.txt", &lines(&|n| format!("その {n}\n"), strange, "　"));
    assert_eq!(document["goals"].as_array().map(Vec::len), Some(0), "not guessed");
    assert!(document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "M011"), "and said");
}

/// A paper of policies whose paragraphs begin with the same words is none of goals.
#[test]
fn provisions_with_words_before_colons_stay_provisions() {
    let text = "令和7年度　市民部　運営方針\n令和7年4月1日\n市民部長　森下 和也\n１　窓口の改善\n(1) 現状：待ち時間が長い。\n(2) 対応：番号札を配る。\n２　相談の充実\n(1) 現状：予約が取れない。\n(2) 対応：相談日を増やす。\n";
    let document = document("policy.txt", text);
    assert_eq!(document["kind"], "policy");
    assert_eq!(document["sections"][1]["children"][1]["text"], "対応：相談日を増やす。");
}

fn table(rows: &[Vec<String>]) -> String {
    let row =
        |row: &Vec<String>| format!("<tr>{}</tr>", row.iter().map(|c| format!("<td>{}</td>", c.replace('\n', "<br>"))).collect::<String>());
    format!("<table border=1>{}</table>", rows.iter().map(row).collect::<String>())
}

/// A goal's label and value, row by row.
fn card(goal: &Value) -> Vec<[String; 2]> {
    let text = |v: &Value| v.as_str().map_or_else(|| v.as_u64().map_or_else(String::new, |n| n.to_string()), str::to_owned);
    let list =
        |v: &Value, mark: &str| v.as_array().into_iter().flatten().map(|e| format!("{mark}{}", text(e))).collect::<Vec<_>>().join("\n");
    [
        ("No.", text(&goal[0])),
        ("取組テーマ", text(&goal[1])),
        ("到達目標", list(&goal[2], "")),
        ("実施内容", list(&goal[3], "・")),
        ("完了時期", text(&goal[4])),
        ("主管課", list(&goal[5], "").replace('\n', "、")),
    ]
    .map(|(label, value)| [label.to_owned(), value])
    .to_vec()
}

fn page(body: &str) -> String {
    let head: String = HEAD.lines().map(|l| format!("<p>{l}</p>")).collect();
    format!("<!DOCTYPE html><html><meta charset=utf-8><body>{head}{body}</body></html>")
}

#[test]
fn cards_beside_and_below_each_other_in_one_table_are_a_goal_each() {
    let cards: Vec<Vec<[String; 2]>> = wanted().iter().map(card).collect();
    let beside: Vec<Vec<String>> = (0..6).map(|row| [&cards[0], &cards[1]].iter().flat_map(|c| c[row].clone()).collect()).collect();
    let below: Vec<Vec<String>> =
        cards[2].iter().map(|pair| vec![pair[0].clone(), pair[1].clone(), String::new(), String::new()]).collect();
    let document_ = document("beside.html", &page(&table(&beside)));
    assert_eq!(goals(&document_), wanted()[..2]);
    let both: Vec<Vec<String>> = beside.into_iter().chain(below).collect();
    let in_rows: Vec<Vec<String>> = cards.iter().flatten().map(|pair| pair.to_vec()).collect();
    for (name, rows) in [("rows.html", in_rows), ("both.html", both)] {
        let document = document(name, &page(&table(&rows)));
        assert_eq!(goals(&document).len(), 3, "{name}: {:?}", goals(&document));
        assert_eq!(goals(&document), wanted(), "{name}");
    }
}

/// Fields down and goals across, in two blocks below a title, a date and an author in the same table.
#[test]
fn tables_on_their_side_keep_their_head_and_every_block() {
    let cards: Vec<Vec<[String; 2]>> = wanted().iter().map(card).collect();
    let mut rows: Vec<Vec<String>> = HEAD.lines().map(|l| vec![l.to_owned(), String::new(), String::new()]).collect();
    for block in [&cards[..2], &cards[1..]] {
        for row in 0..6 {
            rows.push(std::iter::once(block[0][row][0].clone()).chain(block.iter().map(|c| c[row][1].clone())).collect());
        }
    }
    let text: String = rows.iter().map(|r| r.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",") + "\n").collect();
    let document = document("turned.csv", &text);
    let expected = [&wanted()[..2], &wanted()[1..]].concat();
    assert_eq!(goals(&document), expected);
    assert_eq!((&document["department"], &document["title"]), (&json!("土木部"), &json!("令和7年度　土木部の約束表")));
}

#[test]
fn labels_over_their_values_make_a_sheet_and_no_row_of_labels_is_a_goal() {
    let sheet = |goal: &Value| {
        let pairs = card(goal);
        let rows = [[0, 1], [2, 3], [4, 5]];
        let row = |at: usize, of: [usize; 2]| of.iter().map(|&i| pairs[i][at].clone()).collect::<Vec<String>>();
        table(&rows.iter().flat_map(|&of| [row(0, of), row(1, of)]).collect::<Vec<_>>())
    };
    let body: Vec<String> = wanted().iter().map(sheet).collect();
    let document = document("above.html", &page(&body.join("<p></p>")));
    assert_eq!(goals(&document), wanted());
}

#[test]
fn what_counts_the_rows_is_their_number_without_a_heading_and_a_remark_below_is_no_goal() {
    let rows: String =
        wanted().iter().map(card).map(|pairs| pairs.iter().map(|p| format!("\"{}\"", p[1])).collect::<Vec<_>>().join(",") + "\n").collect();
    let text = format!("{HEAD},取組テーマ,到達目標,実施内容,完了時期,主管課\n{rows}※ 完了時期は予定であり、変更することがある。,,,,,\n");
    let document = document("unnumbered.csv", &text);
    assert_eq!(goals(&document), wanted());
    let notes = document["remainder"]
        .as_array()
        .expect("remainder")
        .iter()
        .any(|r| r["role"] == "note" && r["text"].as_str().is_some_and(|t| t.starts_with('※')));
    assert!(notes, "{}", document["remainder"]);
}

#[test]
fn a_mark_is_the_valuation_and_what_was_done_is_not() {
    let rows = [("Ａ", "予定より早く終えた"), ("Ｂ", "一部を翌年度に繰り延べた"), ("Ａ", "予定より早く終えた")];
    let row = |(goal, (mark, done)): (&Value, &(&str, &str))| {
        let cells: Vec<String> = card(goal).into_iter().map(|p| p[1].clone()).chain([(*mark).to_owned(), (*done).to_owned()]).collect();
        cells.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",") + "\n"
    };
    let body: String = wanted().iter().zip(&rows).map(row).collect();
    let text = format!("{HEAD}No.,取組テーマ,到達目標,実施内容,完了時期,主管課,評価区分,取組実績\n{body}");
    let document = document("marks.csv", &text);
    let seen: Vec<&Value> = document["goals"].as_array().expect("goals").iter().map(|g| &g["achievement"]["raw"]).collect();
    assert_eq!(seen, ["Ａ", "Ｂ", "Ａ"]);
    assert_eq!(document["goals"][1]["other"], json!([{"heading": "取組実績", "text": ["一部を翌年度に繰り延べた"]}]));
}

/// Two departments under the same title, whatever its words: the goals of the second are not the first one's.
#[test]
fn another_department_under_the_same_title_is_another_document() {
    let part = |department: &str, goals: &[Value]| {
        let rows: Vec<Vec<String>> =
            std::iter::once(["No.", "取組テーマ", "到達目標", "実施内容", "完了時期", "主管課"].map(str::to_owned).to_vec())
                .chain(goals.iter().map(|g| card(g).into_iter().map(|p| p[1].clone()).collect()))
                .collect();
        format!("<p>令和7年度　部の約束一覧</p><p>部名：{department}　　記入日：令和7年4月1日</p>{}", table(&rows))
    };
    let body = format!("{}{}", part("土木部", &wanted()[..2]), part("消防本部", &wanted()[2..]));
    let folder = folder_of(&[("parts.html", format!("<html><meta charset=utf-8><body>{body}</body></html>").as_bytes())]);
    let documents = convert(&[folder.path()]).documents();
    let found: Vec<(&str, usize)> =
        documents.values().map(|d| (d["department"].as_str().unwrap_or(""), d["goals"].as_array().map_or(0, Vec::len))).collect();
    assert_eq!(found, [("土木部", 2), ("消防本部", 1)], "{:?}", documents.keys());
}

/// Cells that a goal's row is parted into stay apart.
#[test]
fn cells_of_rows_inside_a_row_are_entries_of_their_own() {
    let body = "<table border=1><tr><td>No.</td><td>取組テーマ</td><td>到達目標</td><td>実施内容</td><td>完了時期</td><td>主管課</td></tr><tr><td rowspan=2>1</td><td rowspan=2>食品ロスの削減</td><td rowspan=2>回収量が年3トンに達している。</td><td>回収窓口を広げる</td><td rowspan=2>9月</td><td rowspan=2>環境課</td></tr><tr><td>協力店を60店とする</td></tr><tr><td>2</td><td>河川の保全</td><td>基準に適合している。</td><td>毎月の採水</td><td>3月</td><td>環境課</td></tr></table>";
    let document = document("inside.html", &page(body));
    assert_eq!(document["goals"][0]["methods"], json!(["回収窓口を広げる", "協力店を60店とする"]));
}
