//! What stands among the text of a document and is no part of it, and what is drawn over it: apart from the values, and
//! said at the value that it stands in.

use crate::support::{convert, fixtures, folder_of};
use serde_json::Value;

/// The document of a file of `fixtures/findings`.
fn finding_of(name: &str) -> Value {
    let documents = convert(&[fixtures().join("findings").join(name)]).documents();
    documents.into_values().next().expect("a document")
}

/// The document of a text.
fn document_of(name: &str, text: &str) -> Value {
    let folder = folder_of(&[(name, text.as_bytes())]);
    convert(&[folder.path()]).documents().into_values().next().expect("a document")
}

/// Pointers of the findings with a code.
fn pointers<'d>(document: &'d Value, code: &str) -> Vec<&'d str> {
    let all = document["findings"].as_array().expect("findings").iter();
    all.filter(|f| f["code"] == code).filter_map(|f| f["pointer"].as_str()).collect()
}

/// The texts of the remainder with a role, in one.
fn remainder(document: &Value, role: &str) -> String {
    let all = document["remainder"].as_array().expect("remainder").iter();
    all.filter(|r| r["role"] == role).filter_map(|r| r["text"].as_str()).collect()
}

#[test]
fn a_drawn_page_is_read_without_what_is_struck_raised_or_behind_it() {
    let document = finding_of("L012.pdf");
    let goals = document["goals"].as_array().expect("goals");
    // The third row is struck out as a whole: no goal.
    assert_eq!(goals.len(), 2);
    assert_eq!(goals[0]["target"][0], "30橋の点検を終えている。");
    assert_eq!(goals[1]["deadline"]["raw"], "12月");
    assert_eq!(goals[1]["deadline"]["until"], "2026-12-31");
    assert!(remainder(&document, "struck").contains("3月") && remainder(&document, "struck").contains("水路の調査"));
    assert_eq!(remainder(&document, "note"), "1");
    assert_eq!(remainder(&document, "watermark"), "部外秘");
    assert!(pointers(&document, "L007").contains(&"/goals/1/deadline"));
    assert_eq!(pointers(&document, "L008"), ["/goals/0/target/0"]);
}

#[test]
fn the_choice_with_a_ring_around_it_is_the_suggestion() {
    let document = finding_of("L012.pdf");
    let ring = document["findings"].as_array().expect("findings").iter().find(|f| f["code"] == "L012").expect("a ring").clone();
    assert_eq!(ring["pointer"], "/goals/0/achievement");
    assert_eq!(ring["suggestion"], "一部達成");
}

#[test]
fn lines_printed_over_each_other_are_not_woven() {
    let document = finding_of("L011.pdf");
    let methods = document["goals"][0]["methods"].to_string();
    assert!(methods.contains("業者への委託") && methods.contains("現地での打合せを開催"), "{methods}");
    assert!(pointers(&document, "L011").iter().all(|p| p.starts_with("/goals/0/methods")));
}

#[test]
fn deleted_words_of_html_are_kept_apart_and_said() {
    let document = finding_of("L007.html");
    assert_eq!(document["goals"][0]["target"][0], "30橋の点検を終えている。");
    assert_eq!(document["goals"][0]["deadline"]["until"], "2026-12-31");
    assert_eq!(remainder(&document, "struck"), "209月");
    assert_eq!(pointers(&document, "L007"), ["/goals/0/target/0", "/goals/0/deadline"]);
}

#[test]
fn a_raised_figure_behind_a_number_is_a_mark_and_behind_a_unit_part_of_it() {
    let document = finding_of("L008.html");
    assert_eq!(document["goals"][0]["target"][0], "30橋、500m2の点検を終えている。");
    assert_eq!(remainder(&document, "note"), "1");
}

#[test]
fn what_a_browser_does_not_show_is_in_no_value_and_said() {
    let text = "<html><head><style>.old{display:none}</style></head><body><h1>令和8年度市民部の運営方針</h1>\
        <p>1 基本姿勢<span class=\"old\">と経費</span></p><p>(1) 話をよく聴くこと。</p><p style=\"display: none\">(2) 経費を減らすこと。</p></body></html>";
    let document = document_of("policy.html", text);
    assert_eq!(document["sections"][0]["text"], "基本姿勢");
    assert_eq!(document["sections"][0]["children"].as_array().expect("children").len(), 1);
    let hidden = document["findings"].as_array().expect("findings").iter().find(|f| f["code"] == "X005").expect("X005").clone();
    assert!(hidden["message"]["ja"].as_str().expect("words").contains("と経費"));
}

#[test]
fn annexes_branches_and_notes_are_no_body_of_the_last_provision() {
    let text = "令和8年度市民部の運営方針\n\n1 基本姿勢\n\n(1) 話をよく聴くこと。\n\n1の2 安全\n\n(1) 点検を行うこと。\n\n2 経費\n\n\
        (1) 契約を見直すこと。\n\n附　則\n\nこの方針は、令和8年4月1日から施行する。\n";
    let document = document_of("policy.txt", text);
    let labels: Vec<&str> = document["sections"].as_array().expect("sections").iter().filter_map(|s| s["label"].as_str()).collect();
    assert_eq!(labels, ["1", "1の2", "2"]);
    assert_eq!(document["sections"][2]["children"][0]["body"], serde_json::json!([]));
    assert!(remainder(&document, "supplement").contains("施行する"));
}

#[test]
fn a_ditto_mark_takes_the_value_above_and_keeps_its_own_evidence() {
    let text = "令和8年度 組織目標展開整理表\n番号\t実施項目\tどの水準まで\tどのような方法で\tいつまで\t課名\n\
        1\t橋の点検\t終えている。\t委託\t9月\t道路課\n2\t公園の清掃\t終えている。\t〃\t同上\t〃\n";
    let document = document_of("goals.tsv", text);
    let goal = &document["goals"][1];
    assert_eq!((&goal["methods"][0], &goal["deadline"]["raw"], &goal["divisions"][0]), (&"委託".into(), &"9月".into(), &"道路課".into()));
    assert_eq!(document["evidence"]["/goals/1/deadline"]["raw"], "同上");
    assert_eq!(pointers(&document, "M006"), ["/goals/1/inherited"]);
}

#[test]
fn dates_of_the_head_are_read_as_offices_abbreviate_them_or_said_to_be_open() {
    let issued = |date: &str| {
        let document = document_of("policy.txt", &format!("{date}\n\n令和8年度市民部の運営方針\n\n1 基本姿勢\n\n(1) 話をよく聴くこと。\n"));
        let iso = document["dates"]["issued"][0]["iso"].as_str().unwrap_or("open").to_owned();
        (iso, !pointers(&document, "M019").is_empty())
    };
    for (date, iso) in
        [("令8・4・1", "2026-04-01"), ("20260401", "2026-04-01"), ("令和8年4月吉日", "2026-04"), ("平成廿九年四月一日", "2017-04-01")]
    {
        assert_eq!(issued(date), (iso.to_owned(), false), "{date}");
    }
    for date in ["8.4.1", "26/4/1", "昭和111年4月1日"] {
        assert_eq!(issued(date), ("open".to_owned(), true), "{date}");
    }
}

#[test]
fn lines_of_a_cell_that_are_entries_stay_apart() {
    let text = "品名,内訳,備考\n花だん,\"手入れ 765\n2 塗装 93\",なし\n看板,\"取替え 237\n点検\",なし\n";
    let document = document_of("table.csv", text);
    let cells: Vec<&str> = document["tables"][0]["cells"].as_array().expect("cells").iter().filter_map(|c| c["text"].as_str()).collect();
    assert!(cells.contains(&"手入れ 765\n2 塗装 93"), "{cells:?}");
}
