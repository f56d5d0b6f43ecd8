//! Numbers that Word makes by itself: what one sees before a paragraph is in the record, counted as Word counts.

use crate::print::tools::{Producer, as_office};
use crate::support::{convert, fixtures, folder_of, provisions};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{Cursor, Write};

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PART: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

fn docx(body: &str, numbering: &str, styles: &str) -> Vec<u8> {
    let of = |part: &str| {
        format!(
            "<Override PartName=\"/word/{part}.xml\" ContentType=\"{PART}.{}+xml\"/>",
            if part == "document" { "document.main" } else { part }
        )
    };
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}</Types>",
        ["document", "numbering", "styles"].map(of).concat()
    );
    let relations = |all: &[(&str, &str)]| {
        let mut inside = String::new();
        for (id, (kind, target)) in all.iter().enumerate() {
            let _ = write!(inside, "<Relationship Id=\"r{id}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>");
        }
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inside}</Relationships>")
    };
    let parts = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml")])),
        ("word/_rels/document.xml.rels", relations(&[("numbering", "numbering.xml"), ("styles", "styles.xml")])),
        ("word/document.xml", format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", format!("<w:numbering {NAMES}>{numbering}</w:numbering>")),
        ("word/styles.xml", format!("<w:styles {NAMES}>{styles}</w:styles>")),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn document(bytes: &[u8]) -> Value {
    let folder = folder_of(&[("a.docx", bytes)]);
    convert(&[folder.path()]).documents().remove("a.docx").expect("a document")
}

/// A kind of list of these levels, each a format and a pattern.
fn kind(id: u32, levels: &[(&str, &str)]) -> String {
    let level = |(at, (format, pattern)): (usize, &(&str, &str))| {
        format!("<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{pattern}\"/></w:lvl>")
    };
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.iter().enumerate().map(level).collect::<String>())
}

fn list(id: u32, kind: u32, more: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{kind}\"/>{more}</w:num>")
}

/// A paragraph with these properties.
fn set(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn p(text: &str) -> String {
    set("", text)
}

fn place(list: u32, level: u32) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
}

fn n(list: u32, level: u32, text: &str) -> String {
    set(&place(list, level), text)
}

fn head() -> String {
    p("令和8年4月1日") + &p("令和8年度 市民部の運営方針") + &p("市民部長 玉木 実")
}

const LEVELS: [(&str, &str); 4] = [("decimal", "%1"), ("decimal", "(%2)"), ("aiueoFullWidth", "%3"), ("bullet", "・")];

fn said(document: &Value) -> Vec<&str> {
    let all = document["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == "X014");
    all.map(|f| f["message"]["en"].as_str().expect("words")).collect()
}

/// A policy whose numbers are Word's: of lists, of styles, that begin anew, with paragraphs that nobody sees.
fn policy(is_in_part_hidden: bool) -> Vec<u8> {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"H\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"I\"><w:name w:val=\"I\"/><w:basedOn w:val=\"H\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/></w:lvlOverride>";
    let numbering = kind(0, &LEVELS) + &list(1, 0, "") + &list(2, 0, anew);
    let deleted = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr></w:pPr>\
        <w:del w:id=\"2\" w:author=\"a\"><w:r><w:delText>やめたこと。</w:delText></w:r></w:del></w:p>";
    let hidden = format!(
        "<w:p><w:pPr>{}<w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠すこと。</w:t></w:r></w:p>",
        place(1, 1)
    );
    let style = |style: &str, text: &str| set(&format!("<w:pStyle w:val=\"{style}\"/>"), text);
    let body = [
        head(),
        style("H", "窓口の改善"),
        style("I", "待ち時間を短くすること。"),
        deleted.to_owned(),
        if is_in_part_hidden { hidden } else { String::new() },
        n(1, 1, "案内を増やすこと。"),
        n(1, 2, "掲示を直すこと。"),
        n(1, 2, "放送を増やすこと。"),
        style("H", "財政の健全化"),
        style("I", "支出を見直すこと。"),
        n(2, 0, "施設の維持"),
        n(1, 0, "職員の育成"),
    ];
    docx(&body.concat(), &numbering, styles)
}

const LABELS: [&str; 9] = [
    "1 窓口の改善",
    "(1) 待ち時間を短くすること。",
    "(2) 案内を増やすこと。",
    "ア 掲示を直すこと。",
    "イ 放送を増やすこと。",
    "2 財政の健全化",
    "(1) 支出を見直すこと。",
    "3 施設の維持",
    "4 職員の育成",
];

#[test]
fn a_policy_that_word_numbers_is_a_policy() {
    let document = document(&policy(true));
    assert_eq!((&document["kind"], provisions(&document)), (&json!("policy"), LABELS.map(str::to_owned).to_vec()), "{document:#}");
    assert!(matches!(said(&document).as_slice(), [words] if words.contains("hidden text")), "{document:#}");
}

/// LibreOffice counts the same, and saves what it counts.
#[test]
fn numbers_are_those_that_another_program_shows() {
    if !Producer::Writer.is_there() {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "LibreOffice is not installed");
        eprintln!("skipped: LibreOffice is not installed");
        return;
    }
    let folder = folder_of(&[("policy.docx", policy(false).as_slice())]);
    as_office(&folder.path().join("policy.docx"), "odt", folder.path());
    as_office(&fixtures().join("documents/policy-lists.odt"), "docx", folder.path());
    let documents = convert(&[folder.path(), &fixtures().join("documents/policy-lists.odt")]).documents();
    assert_eq!(provisions(&documents["policy.odt"]), LABELS);
    for field in ["kind", "title", "dates", "authors", "preamble", "sections"] {
        assert_eq!(documents["policy-lists.docx"][field], documents["policy-lists.odt"][field], "{field}");
    }
    // A printed page has what the record has.
    let kinds = ["decimal", "decimalZero", "japaneseCounting", "ideographTraditional", "irohaFullWidth", "upperRoman", "lowerLetter"];
    let numbering: String = (0..).zip(kinds).map(|(id, format)| kind(id, &[(format, "第%1条"), ("decimal", "%1-%2")])).collect();
    let lists: String = (0..7).map(|id| list(id + 1, id, "")).collect();
    let body: String = (1..8).flat_map(|id| [0, 1, 0, 0, 1, 1].map(|level| n(id, level, "を定める。"))).collect();
    let folder = folder_of(&[("all.docx", docx(&body, &(numbering + &lists), "").as_slice())]);
    as_office(&folder.path().join("all.docx"), "pdf", folder.path());
    let documents = convert(&[folder.path()]).documents();
    assert_eq!(letters(&documents["all.docx"]), letters(&documents["all.pdf"]));
    assert!(letters(&documents["all.docx"]).contains("第二条を定める。"));
}

/// What a document says, without blanks, from its evidence or its texts.
fn letters(document: &Value) -> String {
    fn walk(value: &Value, out: &mut String) {
        match value {
            Value::String(text) => out.extend(text.chars().filter(|c| !c.is_whitespace())),
            Value::Array(all) => all.iter().for_each(|v| walk(v, out)),
            Value::Object(all) => ["label", "text", "body", "children"].iter().filter_map(|k| all.get(*k)).for_each(|v| walk(v, out)),
            _ => {}
        }
    }
    let mut out = String::new();
    ["preamble", "sections", "remainder"].iter().for_each(|part| walk(&document[part], &mut out));
    out
}

#[test]
fn lists_in_cells_are_entries_and_a_number_alone_is_what_the_cell_says() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let head_row = ["番号", "実施項目", "どの水準まで", "どのような方法で", "いつまで", "担当課"].map(|t| cell(&p(t)));
    let style = "<w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"B\"/><w:pPr><w:numPr><w:ilvl w:val=\"3\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let marked = |text: &str| set("<w:pStyle w:val=\"B\"/>", text);
    let goal = |methods: String| {
        [cell(&n(1, 0, "")), cell(&p("防災訓練")), cell(&p("300人が参加する。")), cell(&methods), cell(&p("9月")), cell(&p("危機管理課"))]
    };
    // An empty entry shows its number beside the others, and says nothing.
    let numbered = goal(n(2, 0, "講座を開く") + &n(2, 0, "広報紙に載せる") + &n(2, 0, ""));
    let body = p("令和8年度 危機管理部 組織目標展開整理表")
        + &p("令和8年4月1日　危機管理部長　森 一郎")
        + &format!("<w:tbl>{}{}{}</w:tbl>", row(&head_row), row(&numbered), row(&goal(marked("訓練を行う") + &marked("講座を開く"))));
    let numbering = kind(0, &LEVELS) + &kind(1, &LEVELS) + &list(1, 0, "") + &list(2, 1, "");
    let document = document(&docx(&body, &numbering, style));
    assert_eq!([0, 1].map(|n| document["goals"][n]["number"].as_u64()), [Some(1), Some(2)], "{document:#}");
    assert_eq!(document["goals"][0]["methods"], json!(["講座を開く", "広報紙に載せる"]));
    assert_eq!(document["goals"][1]["methods"], json!(["訓練を行う", "講座を開く"]));
    assert!(matches!(said(&document).as_slice(), [words] if words.starts_with("2 paragraphs have numbers")), "{document:#}");
}

#[test]
fn hostile_lists_cost_nothing_and_are_said() {
    let long = "%1".repeat(100_000);
    let circle = |id: &str, base: &str| format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{base}\"/></w:style>");
    let start = |n: &str| format!("<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{n}\"/></w:lvlOverride>");
    let mut numbering = kind(0, &LEVELS) + &kind(1, &[("decimal", long.as_str()), ("klingon", "%2")]);
    (0..20_000).for_each(|id| numbering += &list(id, id % 3, &start("1000000000")));
    numbering += &(list(30_000, 0, &start("99999999999999")) + &list(30_001, 0, &start("-5")));
    let mut body = head() + &set("<w:pStyle w:val=\"A\"/>", "輪になったもの。");
    (0..20_000).for_each(|id| body += &n(id, [0, 1, 4_000_000_000][id as usize % 3], "続く。"));
    body += &(n(30_000, 0, "多すぎる。") + &n(30_001, 0, "少なすぎる。") + &n(40_000, 0, "ないもの。"));
    let bytes = docx(&body, &numbering, &(circle("A", "B") + &circle("B", "A")));
    let started = std::time::Instant::now();
    let document = document(&bytes);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    assert!(said(&document).iter().any(|words| words.contains("paragraphs have numbers")), "{:?}", said(&document));
}
