//! What a page end cut is put together again on evidence that the document states, and left as it is on demand.

use crate::support::{convert, fixtures, folder_of};
use serde_json::{Value, json};
use std::ffi::OsStr;

/// Two pages: the second row's methods and a row of its own stand on the second one.
const TABLE: &str = "令和7年度 組織目標展開整理表\n\
    番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\n\
    1\t窓口の改善\t待ち時間が半分になっている。\t予約制を始める。\t9月\n\
    2\t防災訓練\t全地区で行われている。\t各地区の自主防災組織と調\t3月\n\u{c}\
    番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\n\
    \t\t\t整し、日程を決める。\t\n\
    3\t広報\t毎月届いている。\t紙面を見直す。\t随時\n";

fn document(arguments: &[&OsStr]) -> Value {
    let mut documents = convert(arguments).documents();
    documents.pop_first().expect("a document").1
}

fn table(options: &[&str]) -> Value {
    let folder = crate::support::folder_of(&[("table.txt", TABLE.as_bytes())]);
    let mut arguments: Vec<&OsStr> = options.iter().map(OsStr::new).collect();
    arguments.push(folder.path().as_os_str());
    document(&arguments)
}

#[test]
fn a_row_cut_by_a_page_end_is_one_again_and_says_why() {
    let document = table(&[]);
    assert_eq!(document["goals"][1]["methods"], json!(["各地区の自主防災組織と調整し、日程を決める。"]));
    assert_eq!(
        document["page_joins"],
        json!([
            {"what": "table", "pages": [1, 2], "pointer": null, "evidence": ["repeated_header", "same_columns"]},
            {"what": "row", "pages": [1, 2], "pointer": "/goals/1", "evidence": ["no_number", "no_item", "unfinished_sentence"]},
        ])
    );
}

#[test]
fn pages_are_left_as_they_are_on_demand() {
    let document = table(&["--no-page-joins"]);
    let methods: Vec<&Value> = document["goals"].as_array().expect("goals").iter().map(|g| &g["methods"]).collect();
    assert_eq!(methods[1..3], [&json!(["各地区の自主防災組織と調"]), &json!(["整し、日程を決める。"])]);
    assert!(document["goals"][2]["number"].is_null());
    assert!(document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "M003"), "the part says that it has no number");
    assert!(document["page_joins"].as_array().expect("joins").iter().all(|j| j["what"] != "row"));
}

#[test]
fn paragraphs_over_a_page_end_are_joined_or_left() {
    let policy = "令和8年度 市民部の運営方針\n\n1 窓口の改善\n(1) 待ち時間を短くするため、予約の仕組みを\n\u{c}整えること。\n(2) 案内を分かりやすくすること。\n";
    let folder = crate::support::folder_of(&[("policy.txt", policy.as_bytes())]);
    let joined = document(&[folder.path().as_os_str()]);
    assert_eq!(joined["sections"][0]["children"][0]["text"], "待ち時間を短くするため、予約の仕組みを整えること。");
    assert_eq!(joined["page_joins"][0]["pointer"], "/sections/0/children/0/text");
    let left = document(&["--no-page-joins".as_ref(), folder.path().as_os_str()]);
    assert_eq!(left["sections"][0]["children"][0]["body"], json!(["整えること。"]));
}

#[test]
fn a_table_of_another_form_keeps_its_grid() {
    // 事業名, 番号 and 主管課 are words of a goal table too, but most of its columns are not.
    let text =
        "番号\t主管課\t事業名\t前年度\t本年度\t増減\t国\t県\n1\t財政課\t基金管理\t100\t120\t20\t0\t0\n2\t総務課\t研修\t10\t12\t2\t0\t0\n";
    let folder = crate::support::folder_of(&[("budget.txt", text.as_bytes())]);
    let document = document(&[folder.path().as_os_str()]);
    assert_eq!((&document["kind"], &document["tables"][0]["cols"]), (&json!("table"), &json!(8)));
    assert!(document["remainder"].as_array().expect("remainder").is_empty(), "every cell is in the table");
}

#[test]
fn fixtures_give_the_same_goals_whichever_way_their_pages_are_joined() {
    // No fixture has a row over a page end: only the joins themselves may differ.
    let source = fixtures().join("documents/goals-ruled.pdf");
    let with = document(&[source.as_os_str()]);
    let without = document(&["--no-page-joins".as_ref(), source.as_os_str()]);
    assert_eq!(with["goals"], without["goals"]);
}

/// Rows of amounts inside a policy: as many columns as they have, or lines of their own; no two numbers become one.
#[test]
fn amounts_in_running_text_are_cells_of_a_table_and_never_glued() {
    const ROWS: [[&str; 5]; 5] = [
        ["", "科目", "前年度", "本年度", "増減"],
        ["1", "道路費", "1,200", "1,300", "100"],
        ["2", "橋りょう費", "820", "790", "△30"],
        ["3", "河川費", "455", "455", "0"],
        ["4", "公園費", "95", "120", "25"],
    ];
    let text = |columns: std::ops::Range<usize>, blank: &str| {
        let line = |row: &[&str; 5]| {
            let width = |c: char| if c.is_ascii() { 1 } else { 2 };
            let pad = |cell: &&str| {
                let of_cell: usize = cell.chars().map(width).sum();
                (*cell).to_owned() + &blank.repeat((14 - of_cell) / blank.chars().map(width).sum::<usize>())
            };
            row[columns.clone()].iter().map(pad).collect::<String>().trim_end().to_owned() + "\n"
        };
        let table: String = ROWS.iter().map(line).collect();
        format!("令和6年度 都市整備部 運営方針\n\n１ 基本方針\n(1) 道路を守る。\n\n２ 予算\n{table}\n３ その他\n(1) 職員の健康を守る。\n")
    };
    for (columns, blank) in [(0..5, " "), (1..5, " "), (0..4, " "), (1..4, " "), (1..4, "　")] {
        let folder = folder_of(&[("a.txt", text(columns.clone(), blank).as_bytes())]);
        let document = convert(&[folder.path()]).documents().remove("a.txt").expect("a document");
        let cells = document["tables"][0]["cells"].as_array().expect("a table");
        let cell = |row: usize, col: usize| {
            let is_here = |c: &&serde_json::Value| c["row"][0] == row && c["col"][0] == col;
            cells.iter().find(is_here).map_or("", |c| c["text"].as_str().expect("text"))
        };
        for (row, wanted) in ROWS.iter().enumerate() {
            let found: Vec<&str> = (0..columns.len()).map(|col| cell(row, col)).collect();
            assert_eq!(found, wanted[columns.clone()], "{columns:?} {blank:?}");
        }
        let labels: Vec<&str> = document["sections"].as_array().expect("sections").iter().filter_map(|s| s["label"].as_str()).collect();
        assert_eq!(labels, ["１", "２", "３"], "{columns:?} {blank:?}");
        assert!(document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "L016" && f["pointer"] == "/tables/0"));
    }
    // Two columns are no table; their lines stay apart, and a number does not go on in the next line unsaid.
    let text = "令和6年度 都市整備部 運営方針\n\n１ 目標\n　窓口の件数　　１，２００\n　道路の延長　　３００\n２ 体制\n職員数は765\n2 人増やす。\n";
    let folder = folder_of(&[("b.txt", text.as_bytes())]);
    let document = convert(&[folder.path()]).documents().remove("b.txt").expect("a document");
    assert_eq!(document["sections"][0]["body"], serde_json::json!(["窓口の件数　　１，２００", "道路の延長　　３００"]));
    assert_eq!(document["sections"][1]["body"], serde_json::json!(["職員数は765", "2 人増やす。"]));
}

/// A heading that was typed by hand beside its columns names them in its order.
#[test]
fn a_heading_beside_its_columns_names_them_in_their_order() {
    let row = |n: u32| format!("{n}  事業の推進{n}      ・窓口の待ち時間が短縮されている。   ・手順を見直す。        9月   総務課\n");
    let text = "令和6年度 総務部 目標管理一覧\n番  項目          水準                     方法                 期限  課名\n".to_owned()
        + &(0..12).map(row).collect::<String>();
    let folder = folder_of(&[("a.txt", text.as_bytes())]);
    let document = convert(&[folder.path()]).documents().remove("a.txt").expect("a document");
    let goals = document["goals"].as_array().expect("goals");
    assert_eq!(goals.len(), 12);
    assert_eq!((&goals[3]["item"], &goals[3]["target"]), (&"事業の推進3".into(), &json!(["窓口の待ち時間が短縮されている。"])));
    assert_eq!((&goals[3]["deadline"]["raw"], &goals[3]["divisions"][0]), (&"9月".into(), &"総務課".into()));
}

/// A table whose first goal has these methods, in a quoted cell.
fn cell(methods: &str, budget: &str) -> Value {
    let table = format!(
        "令和7年度 組織目標展開整理表,,,,\n番号,実施項目,どの水準まで,どのような方法で,いつまで,予算（千円）\n\
         1,河川の改修,修繕設計が終わっている。,\"{methods}\",3月,\"{budget}\"\n2,防災訓練,全地区で行われている。,日程を決める。,9月,200\n"
    );
    let folder = folder_of(&[("table.csv", table.as_bytes())]);
    document(&[folder.path().as_os_str()])
}

/// The findings that point into the first goal.
fn of_first(document: &Value) -> Vec<(&str, &str)> {
    let findings = document["findings"].as_array().expect("findings").iter();
    let of = findings.filter_map(|f| Some((f["code"].as_str()?, f["pointer"].as_str()?)));
    of.filter(|(code, pointer)| pointer.starts_with("/goals/0") && *code != "M009").collect()
}

#[test]
fn lines_that_an_author_ended_are_entries_without_marks_too() {
    let apart = cell("設計委託の発注\n河川管理者との協議", "100");
    assert_eq!(apart["goals"][0]["methods"], json!(["設計委託の発注", "河川管理者との協議"]));
    assert_eq!(of_first(&apart), []);
    let sentence = cell("河川管理者と協議し、\n工事の日程を決める。", "100");
    assert_eq!(sentence["goals"][0]["methods"], json!(["河川管理者と協議し、工事の日程を決める。"]));
    let months = cell("4月　設計委託の発注\n9月　河川管理者との協議", "100");
    assert_eq!(months["goals"][0]["methods"], json!(["4月　設計委託の発注", "9月　河川管理者との協議"]));
}

#[test]
fn figures_on_two_lines_are_two_figures() {
    for (printed, read) in [("765\n2", ["765", "2"]), ("12,340\n12,000", ["12,340", "12,000"]), ("50.0%\n60.5%", ["50.0%", "60.5%"])] {
        assert_eq!(cell("協議する。", printed)["goals"][0]["other"], json!([{"heading": "予算（千円）", "text": read}]), "{printed}");
    }
}

#[test]
fn a_number_that_may_have_been_cut_is_said() {
    let table = "<h1>令和7年度 組織目標展開整理表</h1><table><tr><th>番号<th>実施項目<th>どの水準まで<th>どのような方法で<th>いつまで</tr>\
        <tr><td>1<td>橋りょう 765<br>2橋の点検<td>点検が終わっている。<td>点検する。<td>3月</tr></table>";
    let folder = folder_of(&[("table.html", table.as_bytes())]);
    let document = document(&[folder.path().as_os_str()]);
    assert_eq!(of_first(&document), [("J004", "/goals/0/item")]);
}
