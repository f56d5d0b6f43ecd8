//! OpenDocument texts: what one shows is in the record, at its place; what it hides, strikes out or was told beside is not.

use crate::print::tools::{Producer, as_office};
use crate::support::{convert, convert_hostile, fixtures, folder_of, provisions};
use serde_json::{Value, json};
use std::io::{Cursor, Write};

const TEXT: &str = "application/vnd.oasis.opendocument.text";
const ROOT: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" xmlns:fo=\"fo\" xmlns:svg=\"svg\" xmlns:dc=\"dc\" xmlns:loext=\"loext\"";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // Programs tell the kind of the file by this part without unpacking it.
        let stored = if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        archive.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(stored)).expect("a part");
        archive.write_all(text.as_bytes()).expect("bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// Looks that the tests use: `S` strikes out, `H` hides, `B` is bold, `X` crosses a cell.
const LOOKS: &str = "<style:style style:name=\"S\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
    <style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>\
    <style:style style:name=\"B\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
    <style:style style:name=\"X\" style:family=\"table-cell\"><style:table-cell-properties style:diagonal-tl-br=\"0.5pt solid #000000\"/></style:style>";

fn content(looks: &str, body: &str) -> String {
    format!(
        "<office:document-content {ROOT}><office:automatic-styles>{LOOKS}{looks}</office:automatic-styles><office:body><office:text>{body}\
         </office:text></office:body></office:document-content>"
    )
}

fn odt_with(looks: &str, body: &str, styles: &str) -> Vec<u8> {
    let styles = format!("<office:document-styles {ROOT}>{styles}</office:document-styles>");
    archive(&[("mimetype", TEXT), ("content.xml", &content(looks, body)), ("styles.xml", &styles)])
}

fn odt(body: &str) -> Vec<u8> {
    odt_with("", body, "")
}

fn document(bytes: &[u8]) -> Value {
    let folder = folder_of(&[("a.odt", bytes)]);
    convert(&[folder.path()]).documents().remove("a.odt").expect("a document")
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

fn row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        if text.starts_with("<table:") { (*text).to_owned() } else { format!("<table:table-cell>{}</table:table-cell>", p(text)) }
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

const COLUMNS: [&str; 6] = ["番号", "実施項目", "どの水準まで", "どのような方法で", "いつまで", "担当課"];
const GOAL: [&str; 6] = ["1", "防災訓練", "300人が参加する。", "訓練を行う。", "9月", "危機管理課"];

/// A table of goals with these rows.
fn goals(rows: &str) -> String {
    let head = p("令和8年度 危機管理部 組織目標展開整理表") + &p("令和8年4月1日　危機管理部長　森 一郎");
    let table = format!("<table:table><table:table-column table:number-columns-repeated=\"6\"/>{}{rows}</table:table>", row(&COLUMNS));
    head + &table + &p("以上")
}

/// A table of one goal, one of whose cells holds something else.
fn goal_with(at: usize, inside: &str) -> String {
    let mut cells = GOAL;
    cells[at] = inside;
    goals(&row(&cells))
}

/// Messages of the findings with a code, with what they point at.
fn said<'d>(document: &'d Value, code: &str) -> Vec<(&'d str, Option<&'d str>)> {
    let all = document["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == code);
    all.map(|f| (f["message"]["en"].as_str().expect("words"), f["pointer"].as_str())).collect()
}

fn kept(document: &Value, role: &str) -> Vec<String> {
    let all = document["remainder"].as_array().expect("a list").iter().filter(|r| r["role"] == role);
    all.map(|r| r["text"].as_str().unwrap_or_default().to_owned()).collect()
}

/// LibreOffice saves the Word file in the other format: the records are the same.
#[test]
fn a_word_file_saved_as_a_text_of_open_document_says_the_same() {
    if !Producer::Writer.is_there() {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "LibreOffice is not installed");
        eprintln!("skipped: LibreOffice is not installed");
        return;
    }
    let word = fixtures().join("documents/goals-word.docx");
    let folder = folder_of(&[]);
    ["odt", "ott", "fodt"].iter().for_each(|format| as_office(&word, format, folder.path()));
    let documents = convert(&[folder.path(), &word]).documents();
    let of_word = &documents["goals-word.docx"];
    for name in ["goals-word.odt", "goals-word.ott", "goals-word.fodt"] {
        for field in ["kind", "title", "fiscal_year", "dates", "authors", "department", "goals", "findings", "remainder"] {
            assert_eq!(documents[name][field], of_word[field], "{name}: {field}");
        }
        assert_eq!(documents[name]["source"]["media_type"], TEXT, "{name}");
    }
}

#[test]
fn numbers_of_lists_are_written_as_they_are_shown() {
    let level = |at: u32, format: &str, around: &str| {
        format!("<text:list-level-style-number text:level=\"{at}\" style:num-format=\"{format}\" {around}/>")
    };
    let looks = format!(
        "<text:list-style style:name=\"L\">{}{}{}</text:list-style>",
        level(1, "1", ""),
        level(2, "1", "style:num-prefix=\"(\" style:num-suffix=\")\""),
        level(3, "ア, イ, ウ, ...", "loext:num-list-format=\"%3%\"")
    );
    let item = |inside: &str| format!("<text:list-item>{inside}</text:list-item>");
    let list = |attributes: &str, inside: &str| format!("<text:list {attributes}>{inside}</text:list>");
    let first =
        list("", &(item(&p("待ち時間を短くすること。")) + &item(&(p("案内を増やすこと。") + &list("", &item(&p("掲示を直すこと。")))))));
    let body = [
        p("令和8年4月1日"),
        p("令和8年度 市民部の運営方針"),
        p("市民部長 玉木 実"),
        list("xml:id=\"a\" text:style-name=\"L\"", &item(&(p("窓口の改善") + &first))),
        p("これは途中の段落である。"),
        // What goes on in the level below needs no item above it.
        list("text:continue-list=\"a\" text:style-name=\"L\"", &item(&list("", &item(&p("記録を残すこと。"))))),
        list("text:continue-numbering=\"true\" text:style-name=\"L\"", &item(&p("財政の健全化"))),
        list(
            "text:continue-numbering=\"true\" text:style-name=\"L\"",
            &format!("<text:list-item text:start-value=\"3\">{}</text:list-item>", p("施設の維持")),
        ),
    ];
    let document = document(&odt_with(&looks, &body.concat(), ""));
    assert_eq!(document["kind"], "policy", "{document:#}");
    let found = provisions(&document);
    let want = [
        "1 窓口の改善",
        "(1) 待ち時間を短くすること。",
        "(2) 案内を増やすこと。",
        "ア 掲示を直すこと。",
        "(3) 記録を残すこと。",
        "2 財政の健全化",
        "3 施設の維持",
    ];
    assert_eq!(found, want);
    assert!(said(&document, "X014").is_empty());
}

#[test]
fn lists_in_cells_are_entries_and_a_number_alone_is_what_the_cell_says() {
    let looks =
        "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/></text:list-style>";
    let list = |attributes: &str, texts: &[&str]| {
        let items: String = texts.iter().map(|text| format!("<text:list-item>{}</text:list-item>", p(text))).collect();
        format!("<table:table-cell><text:list text:style-name=\"L\" {attributes}>{items}</text:list></table:table-cell>")
    };
    let number = |n| list(if n == 1 { "xml:id=\"n\"" } else { "text:continue-list=\"n\"" }, &[""]);
    let entries = list("", &["講座を開く", "広報紙に載せる"]);
    let rows: String = [1, 2].map(|n| row(&[&number(n), GOAL[1], GOAL[2], &entries, GOAL[4], GOAL[5]])).concat();
    let document = document(&odt_with(looks, &goals(&rows), ""));
    assert_eq!([0, 1].map(|n| document["goals"][n]["number"].as_u64()), [Some(1), Some(2)], "{document:#}");
    assert_eq!(document["goals"][1]["methods"], json!(["講座を開く", "広報紙に載せる"]));
    assert!(matches!(said(&document, "X014").as_slice(), [(words, None)] if words.starts_with("4 paragraphs have numbers")));
}

#[test]
fn merged_and_repeated_cells_are_where_the_table_shows_them() {
    let wide = format!("<table:table-cell table:number-columns-spanned=\"2\">{}</table:table-cell>", p("水準と方法を兼ねる。"));
    let high = format!("<table:table-cell table:number-rows-spanned=\"2\">{}</table:table-cell>", p("防災訓練"));
    let covered = "<table:covered-table-cell/>";
    let nested = format!("<table:table-cell>{}<table:table>{}</table:table></table:table-cell>", p("次のとおり。"), row(&["春は訓練。"]));
    let rows = row(&["1", &high, &wide, covered, "9月", "危機管理課"])
        + &row(&["2", covered, &nested, "講座を開く。", "3月", "防災課"])
        + "<table:table-row><table:table-cell table:number-columns-repeated=\"6\"/></table:table-row>";
    let document = document(&odt(&goals(&rows)));
    let goals = document["goals"].as_array().expect("goals");
    assert_eq!(goals.len(), 2, "{goals:#?}");
    assert_eq!([&goals[0]["item"], &goals[1]["item"]], ["防災訓練", "防災訓練"]);
    assert_eq!(goals[1]["target"].to_string().matches("次のとおり。").count(), 1);
    assert!(goals[1]["target"].to_string().contains("春は訓練。") && goals[1]["deadline"]["raw"] == "3月", "{goals:#?}");
}

#[test]
fn what_was_deleted_or_struck_out_is_apart_and_what_was_put_in_is_not() {
    let changes = format!(
        "<text:tracked-changes><text:changed-region xml:id=\"d\"><text:deletion>{}</text:deletion></text:changed-region>\
         <text:changed-region xml:id=\"i\"><text:insertion/></text:changed-region></text:tracked-changes>",
        p("9月")
    );
    let cell = "<text:change text:change-id=\"d\"/><text:change-start text:change-id=\"i\"/>11月<text:change-end text:change-id=\"i\"/>";
    let document_changed = document(&odt(&(changes + &goal_with(4, cell))));
    assert_eq!(document_changed["goals"][0]["deadline"]["raw"], "11月");
    assert_eq!(kept(&document_changed, "struck"), ["9月"]);
    let struck = document(&odt(&goal_with(4, "<text:span text:style-name=\"S\">9月</text:span>11月")));
    assert_eq!((&struck["goals"][0]["deadline"]["raw"], kept(&struck, "struck")), (&json!("11月"), vec!["9月".to_owned()]));
    let crossed = format!("<table:table-cell table:style-name=\"X\">{}</table:table-cell>", p("訓練を行う。"));
    let crossed = document(&odt(&goal_with(3, &crossed)));
    assert_eq!((&crossed["goals"][0]["methods"], kept(&crossed, "struck")), (&json!([]), vec!["訓練を行う。".to_owned()]));
}

#[test]
fn hidden_text_is_in_no_value_and_told() {
    let cell = "訓練を<text:span text:style-name=\"H\">当面は</text:span><text:hidden-text text:is-hidden=\"true\" text:string-value=\"秘密に\"/>行う。";
    let section = format!("<text:section text:display=\"none\">{}</text:section>", p("誰も見ない。"));
    let paragraph = p("<text:hidden-paragraph text:is-hidden=\"true\"/>これも見ない。");
    let document = document(&odt(&(goal_with(3, cell) + &section + &paragraph)));
    assert_eq!(document["goals"][0]["methods"], json!(["訓練を行う。"]));
    let all = document.to_string();
    assert!(!["当面は", "秘密に", "誰も見ない", "これも見ない"].iter().any(|hidden| all.contains(hidden)), "{all}");
    assert!(matches!(said(&document, "X014").as_slice(), [(words, None)] if words.starts_with("19 characters")), "{document:#}");
}

#[test]
fn comments_notes_readings_boxes_and_pictures_are_said_at_their_value() {
    let frame = |inside: &str| format!("<draw:frame svg:width=\"5cm\" svg:height=\"2cm\">{inside}<svg:desc>説明</svg:desc></draw:frame>");
    let cells = [
        "1",
        "防災<text:ruby><text:ruby-base>訓練</text:ruby-base><text:ruby-text>くんれん</text:ruby-text></text:ruby>",
        &format!(
            "300人が参加する。<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>",
            p("住民を含む。")
        ),
        &format!("訓練を行う。{}", frame("<draw:image/>")),
        &format!(
            "9月<office:annotation><dc:creator>森 一郎</dc:creator><dc:date>2026-04-01</dc:date>{}</office:annotation>",
            p("八月では")
        ),
        &format!("危機管理課{}", frame(&format!("<draw:text-box>{}</draw:text-box>", p("防災課に移す")))),
    ];
    let document = document(&odt(&goals(&row(&cells))));
    let goal = &document["goals"][0];
    assert_eq!(
        (&goal["item"], &goal["target"], &goal["methods"]),
        (&json!("防災訓練"), &json!(["300人が参加する。"]), &json!(["訓練を行う。"]))
    );
    assert_eq!((&goal["deadline"]["raw"], &goal["divisions"]), (&json!("9月"), &json!(["危機管理課"])));
    assert_eq!(kept(&document, "annotation"), ["八月では", "防災課に移す"]);
    assert_eq!(kept(&document, "note"), ["以上", "住民を含む。"]);
    assert!(said(&document, "L008").iter().any(|(words, at)| words.contains("住民を含む。") && *at == Some("/goals/0/target/0")));
    assert_eq!(said(&document, "X007").iter().map(|f| f.1).collect::<Vec<_>>(), [Some("/goals/0/methods/0")]);
    let comments = said(&document, "X015");
    assert!(comments.iter().any(|(words, at)| words.contains("森 一郎: 八月では") && *at == Some("/goals/0/deadline")), "{comments:?}");
    assert!(comments.iter().any(|(words, at)| words.contains("防災課に移す") && *at == Some("/goals/0/divisions/0")), "{comments:?}");
}

#[test]
fn a_choice_in_bold_is_the_choice() {
    let cell = "未着手・<text:span text:style-name=\"B\">順調</text:span>・遅れ";
    let columns = ["番号", "実施項目", "どの水準まで", "どのような方法で", "達成状況", "担当課"];
    let body = goal_with(4, cell).replace(&row(&COLUMNS), &row(&columns));
    assert_eq!(document(&odt(&body))["goals"][0]["achievement"]["choice"], "順調");
}

#[test]
fn headers_and_footers_of_the_pages_in_use_are_read_once() {
    let page = |name: &str, header: &str| {
        format!(
            "<style:master-page style:name=\"{name}\"><style:header>{}</style:header><style:header-left style:display=\"false\">{}</style:header-left></style:master-page>",
            p(header),
            p("左の頁")
        )
    };
    let pages = page("Standard", "危機管理部 資料1") + &page("Same", "危機管理部 資料1") + &page("Unused", "使わない頁");
    let looks = "<style:style style:name=\"P\" style:family=\"paragraph\" style:master-page-name=\"Same\"/>";
    let body = goals(&row(&GOAL)) + "<text:p text:style-name=\"P\">次の頁</text:p>";
    let document = document(&odt_with(looks, &body, &format!("<office:master-styles>{pages}</office:master-styles>")));
    let all = document["remainder"].to_string() + &document["preamble"].to_string();
    assert_eq!(all.matches("危機管理部 資料1").count(), 1, "{document:#}");
    assert!(!document.to_string().contains("使わない頁") && !document.to_string().contains("左の頁"));
}

/// White space of the XML is no text, and that of elements is.
#[test]
fn a_flat_file_says_what_the_archive_says() {
    let body = goal_with(3, "訓練を\n      行う。<text:line-break/>講座を<text:s text:c=\"2\"/>開く。");
    let flat = content("", &body)
        .replace("office:document-content ", &format!("office:document office:mimetype=\"{TEXT}\" "))
        .replace("office:document-content", "office:document");
    let flat = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{flat}");
    let folder = folder_of(&[("a.odt", odt(&body).as_slice()), ("b.fodt", flat.as_bytes())]);
    let documents = convert(&[folder.path()]).documents();
    let (archive, flat) = (&documents["a.odt"], &documents["b.fodt"]);
    assert_eq!(archive["goals"][0]["methods"], json!(["訓練を行う。", "講座を開く。"]));
    for field in ["kind", "title", "goals", "remainder", "findings"] {
        assert_eq!(archive[field], flat[field], "{field}");
    }
}

#[test]
fn files_that_cannot_be_read_say_why_and_hostile_ones_fail_soon() {
    let manifest = "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/>\
        </manifest:file-entry></manifest:manifest>";
    let whole =
        "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"encrypted-package\"/></manifest:manifest>";
    let cell = format!(
        "<table:table-cell table:number-columns-repeated=\"1000000\" table:number-columns-spanned=\"4000000000\">{}</table:table-cell>",
        p(&"あ".repeat(1000))
    );
    let many = format!("<table:table><table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row></table:table>");
    let spaces = format!("<table:table>{}</table:table>", row(&["あ<text:s text:c=\"4000000000\"/>い"]));
    let covered = "<table:covered-table-cell table:number-columns-repeated=\"1000000\"/>".repeat(100_000);
    let wide = format!("<table:table><table:table-row table:number-rows-repeated=\"1000\">{covered}</table:table-row></table:table>");
    let slides = format!("<office:document-content {ROOT}><office:body><office:presentation/></office:body></office:document-content>");
    let bomb = " ".repeat(110_000_000);
    // A deletion whose text holds its own mark.
    let cycle = "<text:tracked-changes><text:changed-region xml:id=\"d\"><text:deletion><text:p>古い<text:change text:change-id=\"d\"/></text:p>\
        </text:deletion></text:changed-region></text:tracked-changes><text:p>新しい<text:change text:change-id=\"d\"/></text:p>";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("locked.odt", archive(&[("mimetype", TEXT), ("content.xml", "\u{1}\u{2}"), ("META-INF/manifest.xml", manifest)]), "X102"),
        ("whole.odt", archive(&[("mimetype", TEXT), ("encrypted-package", "\u{1}"), ("META-INF/manifest.xml", whole)]), "X102"),
        ("slides.odp", archive(&[("mimetype", "application/vnd.oasis.opendocument.presentation"), ("content.xml", &slides)]), "X102"),
        ("cut.odt", odt(&p("令和8年度"))[..300].to_vec(), "X106"),
        ("deep.odt", odt(&"<text:section>".repeat(100_000)), "X106"),
        ("bomb.odt", archive(&[("mimetype", TEXT), ("content.xml", &bomb)]), "X103"),
        ("many.odt", odt(&many), "X103"),
        ("wide.odt", odt(&(p("あ") + &wide)), "X106"),
        ("blank.odt", odt("<text:p/>"), "X101"),
        ("spaces.odt", odt(&spaces), ""),
        ("cycle.odt", odt(cycle), ""),
    ];
    let files: Vec<(&str, &[u8])> = cases.iter().map(|(name, bytes, _)| (*name, bytes.as_slice())).collect();
    let converted = convert_hostile(&files);
    for (name, _, code) in &cases {
        let line = converted.line(name);
        assert_eq!(line["code"].as_str().unwrap_or_default(), *code, "{name}: {line}");
    }
    for name in ["locked.odt", "whole.odt"] {
        let reason = converted.line(name)["reason"]["en"].as_str().expect("a reason").to_owned();
        assert!(reason.contains("behind a password") && reason.contains("take the password off"), "{reason}");
    }
}
