//! Tables of a text between rules that are written: `│ ─ ┼`, `| - +`. The same goals come back from every style, and every
//! character of the text stays countable.

use crate::kinds::{COLUMNS, at, document, remainder};
use crate::print::tools::Producer;
use crate::support::{folder_of, read};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

const HEAD: &str = "令和7年度　組織目標展開整理表\n令和7年4月1日\n環境部長　森下 和也\n\n";
const WIDTHS: [usize; 7] = [4, 12, 12, 14, 16, 8, 14];
const ROWS: [[&str; 7]; 3] = [
    [
        "1",
        "街路灯の更新",
        "施政方針",
        "・350基を更新する。",
        "・工事の設計を年度内に終え、順に発注する。\n・住民への説明",
        "3月",
        "道路管理課",
    ],
    ["2", "ごみ減量の啓発", "個別計画", "580グラム以下とする。", "・講座の開催", "9月末", "ごみ減量課"],
    ["3", "公園の点検", "その他", "48か所を点検する。", "・業者への委託", "年度末", "公園緑地課"],
];

/// What rules are written with: a bar, what goes across, corners at the top, between rows and at the bottom, and whether a sign
/// of a rule is as wide as two half-width characters.
struct Style {
    bar: &'static str,
    across: &'static str,
    corners: [[&'static str; 3]; 3],
    wide: bool,
}

const BOX: Style =
    Style { bar: "│", across: "─", corners: [["┌", "┬", "┐"], ["├", "┼", "┤"], ["└", "┴", "┘"]], wide: true };
const HEAVY: Style =
    Style { bar: "┃", across: "━", corners: [["┏", "┳", "┓"], ["┣", "╋", "┫"], ["┗", "┻", "┛"]], wide: true };
const NARROW: Style = Style { wide: false, ..BOX };
const SIGNS: Style = Style { bar: "|", across: "-", corners: [["+"; 3]; 3], wide: false };

/// The lines of a cell, cut at its width.
fn cut(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in text.split('\n') {
        let mut line = String::new();
        for c in entry.chars() {
            if line.width_cjk() + c.to_string().width_cjk() > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
        lines.push(line);
    }
    lines
}

/// A row, each line as wide as its columns; where they are filled by eye, now and then a blank too few.
fn row(style: &Style, cells: &[&str], by_eye: bool) -> String {
    let cells: Vec<Vec<String>> = cells.iter().zip(WIDTHS).map(|(text, width)| cut(text, width)).collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for line in 0..lines {
        for (col, (cell, width)) in cells.iter().zip(WIDTHS).enumerate() {
            let text = cell.get(line).map_or("", String::as_str);
            let lacking = usize::from(by_eye && (line + col) % 3 == 0) * 2;
            out += &format!("{}{text}{}", style.bar, " ".repeat((width - text.width_cjk()).saturating_sub(lacking)));
        }
        out += &format!("{}\n", style.bar);
    }
    out
}

fn rule(style: &Style, at: usize) -> String {
    let [left, middle, right] = style.corners[at];
    let parts = WIDTHS.map(|width| style.across.repeat(if style.wide { width / 2 } else { width }));
    format!("{left}{}{right}\n", parts.join(middle))
}

fn written(style: &Style, by_eye: bool) -> String {
    let rows: Vec<String> = ROWS.iter().map(|cells| row(style, cells, by_eye)).collect();
    let [top, between, bottom] = [0, 1, 2].map(|at| rule(style, at));
    format!("{HEAD}{top}{}{between}{}{bottom}以上\n", row(style, &COLUMNS, by_eye), rows.join(&between))
}

fn assert_goals(document: &Value, name: &str) {
    let goals = document["goals"].as_array().expect("goals");
    assert_eq!(document["kind"], "goal_table", "{name}");
    assert_eq!(goals.len(), 3, "{name}: {goals:#?}");
    assert_eq!(goals[0]["methods"], json!(["工事の設計を年度内に終え、順に発注する。", "住民への説明"]), "{name}");
    for (goal, cells) in goals.iter().zip(ROWS) {
        assert_eq!(goal["number"].to_string(), cells[0], "{name}");
        assert_eq!([&goal["item"], &goal["plan_category"]], [cells[1], cells[2]], "{name}");
        assert_eq!(goal["target"], json!([cells[3].trim_start_matches('・')]), "{name}");
        assert_eq!([&goal["deadline"]["raw"], &goal["divisions"][0]], [cells[5], cells[6]], "{name}");
    }
    assert!(remainder(document, "unread").is_empty(), "{name}");
}

#[test]
fn goals_come_back_from_rules_of_every_style() {
    for (name, style) in [("box", BOX), ("heavy", HEAVY), ("narrow", NARROW), ("signs", SIGNS)] {
        assert_goals(&document("goals.txt", written(&style, false).as_bytes()), name);
    }
    assert_goals(&document("goals.txt", written(&BOX, true).as_bytes()), "filled by eye");
}

#[test]
fn rows_that_no_rule_parts_are_told_by_their_numbers() {
    let text = written(&BOX, false);
    let between = rule(&BOX, 1);
    let (heading, body) = text.split_once(&between).expect("a rule below the heading");
    assert_goals(&document("goals.txt", format!("{heading}{between}{}", body.replace(&between, "")).as_bytes()), "one rule");
}

#[test]
fn a_cell_without_a_rule_goes_on_below_and_one_without_a_bar_is_doubted() {
    let text = "令和7年度　組織目標一覧\n総務部長　森下 和也\n\n\
        ┌────┬──────┬──────┬──┐\n\
        │区分    │目標        │取組内容    │期限│\n\
        ├────┼──────┼──────┼──┤\n\
        │        │文書の整理  │研修を行う。│９月│\n\
        │内部管理├──────┼──────┼──┤\n\
        │        │契約の適正化│手引の改訂  │12月│\n\
        ├────┼──────┴──────┼──┤\n\
        │人事    │定員の管理を計画のとおり行う│３月│\n\
        └────┴─────────────┴──┘\n";
    let document = document("goals.txt", text.as_bytes());
    let goals = document["goals"].as_array().expect("goals");
    let categories: Vec<&Value> = goals.iter().map(|goal| &goal["plan_category"]).collect();
    assert_eq!(categories, ["内部管理", "内部管理", "人事"]);
    assert_eq!(goals[1]["item"], "契約の適正化");
    for pointer in ["/goals/2/item", "/goals/2/methods"] {
        assert!(at(&document, pointer).contains(&"L014"), "{pointer}: {:#}", document["findings"]);
    }
}

#[test]
fn frames_and_boxes_side_by_side_of_a_head_are_read() {
    let text = "　　┌────────────────┐\n　　│令和7年度 組織目標展開整理表　　│\n　　└────────────────┘\n\
        ┌───┬────┐　┌───┬─────┐\n│職　名│福祉部長│　│氏　名│佐藤　花子│\n└───┴────┘　└───┴─────┘\n";
    let table = written(&BOX, false);
    let (_, table) = table.split_once("\n\n").expect("a table");
    let document = document("goals.txt", format!("{text}{table}").as_bytes());
    assert_goals(&document, "boxes");
    assert_eq!(document["title"], "令和7年度 組織目標展開整理表");
    assert_eq!(document["authors"], json!([{ "post": "福祉部長", "name": "佐藤　花子" }]));
}

#[test]
fn text_that_html_shows_as_typed_keeps_its_lines_and_tables() {
    let text = written(&BOX, false).replace('&', "&amp;");
    let page = format!("<!DOCTYPE html><html><head><title>x</title></head><body><pre>{text}</pre></body></html>");
    let document = document("goals.html", page.as_bytes());
    assert_goals(&document, "pre");
    assert_eq!(document["authors"], json!([{ "post": "環境部長", "name": "森下 和也" }]));
}

#[test]
fn rules_that_are_set_as_characters_on_a_page_are_drawn_lines() {
    if !Producer::Chromium.is_there() {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "chromium is not installed");
        return;
    }
    let style = "@page { size: A4 landscape; margin: 10mm } pre { font: 9pt/1.2 'Noto Sans Mono CJK JP' }";
    let page = format!("<html><head><style>{style}</style></head><body><pre>{}</pre></body></html>", written(&BOX, false));
    let folder = folder_of(&[("goals.html", page.as_bytes())]);
    let made = tempfile::TempDir::new().expect("a folder");
    Producer::Chromium.print_files(&[folder.path().join("goals.html")], made.path(), folder.path());
    assert_goals(&document("goals.pdf", &read(&made.path().join("goals.pdf"))), "page");
}
