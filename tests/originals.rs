//! Most documents were made in an office program: the file that it saved says the same as its print, field by field. The
//! prints are those of `render.rs`.

use crate::print::forms::Form;
use crate::print::paper::Paper;
use crate::print::tools::{Producer, as_office};
use crate::render::{Case, GOAL_TABLES, LETTER, OPEN, POLICIES, ROWS, SPLIT, cases, wrong};
use crate::support::{convert, convert_hostile, folder_of};
use serde_json::Value;
use std::io::Write;
use tempfile::TempDir;

/// Saves, converts and compares with the record that was written; panics with every difference.
fn come_back(producer: Producer, formats: &[&str], cases: &[Case]) {
    if !producer.is_there() {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "{} is not installed", producer.name());
        eprintln!("skipped: {} is not installed", producer.name());
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let papers: Vec<Paper> = cases.iter().map(|case| case.paper.clone()).collect();
    formats.iter().for_each(|format| producer.save(&papers, format, folder.path()));
    let converted = convert(&[folder.path()]);
    let documents = converted.documents();
    let mut found = Vec::new();
    for case in cases {
        for format in formats {
            let name = format!("{}.{format}", case.paper.name);
            let document = documents.get(&name).unwrap_or_else(|| panic!("{name}: {}", converted.outcome.stderr));
            found.extend(wrong(&case.want, document).into_iter().map(|difference| format!("{name}: {difference}")));
        }
    }
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

#[test]
fn texts_say_what_their_print_says() {
    let mut all = cases(&GOAL_TABLES, &[OPEN, SPLIT, ROWS]);
    all.extend(cases(&POLICIES, &[LETTER]));
    come_back(Producer::Writer, &["docx", "odt"], &all);
}

#[test]
fn books_say_what_their_print_says() {
    let form = |name, form: Form| Form { name, ..form };
    come_back(Producer::Calc, &["xlsx", "ods", "xls"], &cases(&GOAL_TABLES, &[form("calc-open", OPEN), form("calc-split", SPLIT)]));
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("a part");
    }
    archive.finish().expect("an archive").into_inner()
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(targets: &[(&str, &str)]) -> String {
    let one = |(n, (kind, target)): (usize, &(&str, &str))| format!("<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/{kind}\" {target}/>");
    format!("<Relationships>{}</Relationships>", targets.iter().enumerate().map(one).collect::<String>())
}

fn word(body: &str, comments: &str) -> Vec<u8> {
    archive(&[
        ("word/document.xml", format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").as_bytes()),
        ("word/_rels/document.xml.rels", relations(&[("comments", "Target=\"comments.xml\"")]).as_bytes()),
        ("word/comments.xml", format!("<w:comments xmlns:w=\"w\">{comments}</w:comments>").as_bytes()),
    ])
}

/// The comments that a document says: whose, on which value, and that the text is kept apart.
fn comments(document: &Value) -> Vec<(String, String)> {
    let said = document["findings"].as_array().into_iter().flatten().filter(|f| f["code"] == "X015");
    said.map(|f| (f["message"]["en"].as_str().unwrap_or_default().to_owned(), f["pointer"].as_str().unwrap_or("-").to_owned())).collect()
}

fn kept(document: &Value) -> Vec<String> {
    let remainder = document["remainder"].as_array().into_iter().flatten().filter(|r| r["role"] == "annotation");
    remainder.map(|r| r["text"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn comments_of_word_are_said_at_what_they_are_about_and_are_in_no_value() {
    let paragraph = |text: &str, comment: Option<u32>| {
        let reference = comment.map_or(String::new(), |id| format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>"));
        format!("<w:p><w:r><w:t>{text}</w:t></w:r>{reference}</w:p>")
    };
    let lines = [
        ("令和8年4月1日", None),
        ("令和8年度 市民部の運営方針", None),
        ("市民部長 玉木 実", None),
        ("1 窓口の改善", None),
        ("(1) 待ち時間を短くすること。", Some(7)),
    ];
    let body: String = lines.into_iter().map(|(text, comment)| paragraph(text, comment)).collect();
    let comment = |id, author: &str, text: &str| {
        format!("<w:comment w:id=\"{id}\" w:author=\"{author}\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>")
    };
    let both = comment(7, "森 一郎", "何分にするか") + &comment(8, "", "どこにも付いていない");
    let folder = folder_of(&[("方針.docx", &word(&body, &both))]);
    let converted = convert(&[folder.path()]);
    let document = &converted.documents()["方針.docx"];
    assert_eq!(document["sections"][0]["children"][0]["text"], "待ち時間を短くすること。");
    let said = comments(document);
    assert!(
        said.contains(&("there is a comment of 森 一郎: 何分にするか".to_owned(), "/sections/0/children/0/text".to_owned())),
        "{said:?}"
    );
    assert!(said.iter().any(|(text, _)| text.contains("does not say whose it is: どこにも")), "{said:?}");
    assert_eq!(kept(document), ["何分にするか", "どこにも付いていない"]);
}

#[test]
fn hidden_text_of_word_is_in_no_value_and_told() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!("<w:p>{}{}{}</w:p>", run("", "窓口を"), run("<w:vanish/>", "当面は"), run("<w:vanish w:val=\"0\"/>", "増やす。"));
    let folder = folder_of(&[("案.docx", &word(&body, ""))]);
    let document = &convert(&[folder.path()]).documents()["案.docx"];
    assert_eq!(document["preamble"][0], "窓口を増やす。", "{document:#}");
    let said = document["findings"].to_string();
    assert!(said.contains("3 characters that are formatted as hidden text") && !document.to_string().contains("当面は"), "{said}");
}

/// What is struck out in a book is in no value, whichever program saved it.
#[test]
fn struck_cells_of_books_stay_apart() {
    if !Producer::Calc.is_there() {
        eprintln!("skipped: LibreOffice is not installed");
        return;
    }
    let cell = |name: &str, style: u32, text: &str| format!("<c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = [
        [("番号", 0), ("実施項目", 0), ("どの水準まで", 0), ("どのような方法で", 0), ("いつまで", 0)],
        [("1", 0), ("窓口の案内", 0), ("10分以内", 0), ("番号札を配る", 0), ("3月", 0)],
        [("2", 0), ("開庁時間", 0), ("希望が分かる", 0), ("古い方法", 1), ("9月", 0)],
    ];
    let row = |(n, row): (usize, &[(&str, u32); 5])| {
        let cells =
            row.iter().enumerate().map(|(at, (text, style))| cell(&format!("{}{}", char::from(b'A' + at as u8), n + 1), *style, text));
        format!("<row r=\"{}\">{}</row>", n + 1, cells.collect::<String>())
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheet =
        format!("<worksheet xmlns=\"{main}\"><sheetData>{}</sheetData></worksheet>", rows.iter().enumerate().map(row).collect::<String>());
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
        <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
        <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
    let related = |targets: &[(&str, &str)]| {
        relations(targets)
            .replace("<Relationships>", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">")
    };
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><fonts count=\"2\"><font/><font><strike/></font></fonts><fills count=\"1\"><fill/></fills>\
         <borders count=\"1\"><border/></borders><cellXfs count=\"2\"><xf fontId=\"0\"/><xf fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>"
    );
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId0\"/></sheets></workbook>"
    );
    let bytes = archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", related(&[("officeDocument", "Target=\"xl/workbook.xml\"")]).as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            related(&[("worksheet", "Target=\"worksheets/sheet1.xml\""), ("styles", "Target=\"styles.xml\"")]).as_bytes(),
        ),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let folder = folder_of(&[("表.xlsx", &bytes)]);
    ["ods", "xls"].iter().for_each(|format| as_office(&folder.path().join("表.xlsx"), format, folder.path()));
    let documents = convert(&[folder.path()]).documents();
    for name in ["表.xlsx", "表.ods", "表.xls"] {
        let document = &documents[name];
        assert_eq!(document["goals"][1]["item"], "開庁時間", "{name}");
        assert_eq!(document["goals"][1]["methods"], serde_json::json!([]), "{name}");
        let struck = document["remainder"].as_array().expect("a list").iter().find(|r| r["role"] == "struck");
        assert_eq!(struck.map(|r| &r["text"]), Some(&Value::from("古い方法")), "{name}");
    }
}

/// A table that no form fits: which cell of the row is doubted, and why, stands in the line.
#[test]
fn a_row_of_a_table_says_which_cell_is_doubted() {
    let cell = |text: &str, comment: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r>{comment}</w:p></w:tc>");
    let reference = "<w:r><w:commentReference w:id=\"1\"/></w:r>";
    let row = |a: &str, b: &str, c: &str, comment| format!("<w:tr>{}{}{}</w:tr>", cell(a, ""), cell(b, comment), cell(c, ""));
    let body = format!("<w:tbl>{}{}</w:tbl>", row("会場", "定員", "備え", ""), row("一階", "百人", "椅子", reference));
    let comment = "<w:comment w:id=\"1\" w:author=\"森\"><w:p><w:r><w:t>八十人では</w:t></w:r></w:p></w:comment>";
    let folder = folder_of(&[("会場.docx", &word(&body, comment))]);
    let converted = convert(&[folder.path()]);
    let lines = converted.lines("records.jsonl");
    let line = lines.iter().find(|l| l["type"] == "table_row" && l["cells"][1]["text"] == "百人").unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!((&line["doubts"][0]["field"], &line["doubts"][0]["code"]), (&Value::from("cells.1"), &Value::from("X015")), "{line}");
    assert_eq!(line["findings"], serde_json::json!(["X015"]));
}

/// What a hostile book does costs a moment and its own document, and says why.
#[test]
fn hostile_office_files_fail_clearly_and_soon() {
    let sheets: String = (0..1_000_000).map(|n| format!("<sheet name=\"{n}\" sheetId=\"{n}\" r:id=\"rId0\"/>")).collect();
    let book = |sheets: &str| format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>");
    let one = "<sheet name=\"表\" sheetId=\"1\" r:id=\"rId0\"/>";
    let to_sheet = relations(&[("worksheet", "Target=\"worksheets/sheet1.xml\"")]);
    let cell = |value: &str| {
        format!("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{value}</t></is></c></row></sheetData></worksheet>")
    };
    let xlsx = |head: &str, sheets: &str, relations: &str, sheet: &str| {
        archive(&[
            ("xl/workbook.xml", book(sheets).as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.xml", format!("{head}{sheet}").as_bytes()),
        ])
    };
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let deep = "<p>".repeat(100_000);
    let bomb = vec![b' '; 110_000_000];
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("sheets.xlsx", xlsx("", &sheets, &to_sheet, &cell("一")), "X1"),
        ("outside.xlsx", xlsx(entities, one, &to_sheet, &cell("&c;")), "X1"),
        ("entities.xlsx", xlsx(entities, one, &to_sheet, &cell("&b;")), "X1"),
        ("deep.docx", word(&deep, ""), "X1"),
        ("bomb.xlsx", archive(&[("xl/workbook.xml", &bomb)]), "X1"),
        ("linked.xlsx", xlsx("", one, &relations(&[("worksheet", "Target=\"file:///etc/passwd\" TargetMode=\"External\"")]), ""), "X1"),
        ("cycle.xlsx", xlsx("", one, &relations(&[("worksheet", "Target=\"workbook.xml\"")]), ""), "X1"),
        ("above.xlsx", xlsx("", one, &relations(&[("worksheet", "Target=\"../../../../etc/passwd\"")]), ""), "X1"),
    ];
    let files: Vec<(&str, &[u8])> = cases.iter().map(|(name, bytes, _)| (*name, bytes.as_slice())).collect();
    let converted = convert_hostile(&files);
    for (name, _, code) in &cases {
        let line = converted.line(name);
        let (got, reason) = (line["code"].as_str().unwrap_or_default(), line["reason"]["en"].as_str().unwrap_or_default());
        assert!(line["status"] == "failed" && got.starts_with(code) && !reason.is_empty(), "{name}: {line}");
        // It is the file that is at fault: no process was lost over it.
        assert!(!["X110", "X111"].contains(&got), "{name}: {line}");
    }
}
