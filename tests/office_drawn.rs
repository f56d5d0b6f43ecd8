//! What office files hold beside plain text: pictures, texts of boxes and shapes, fields of forms, dates in formats of their
//! own. Each is read, or said with its place.

use crate::office::as_book;
use crate::support::{convert, folder_of};
use serde_json::Value;
use std::io::{Cursor, Write};

const COLUMNS: [&str; 6] = ["番号", "実施項目", "どの水準まで", "いつまで", "達成状況", "担当課"];

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A Word file of a table of goals: the cells are the insides of paragraphs; what stands below the table.
fn word(rows: &[[&str; 6]], below: &str) -> Vec<u8> {
    let run = |text: &str| if text.starts_with('<') { text.to_owned() } else { format!("<w:r><w:t>{text}</w:t></w:r>") };
    let row = |cells: &[&str; 6]| {
        let cells: String = cells.iter().map(|c| format!("<w:tc><w:p>{}</w:p></w:tc>", run(c))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let head = ["令和7年度　組織目標展開整理表", "令和7年4月1日", "環境部長　森下 和也"].map(|line| format!("<w:p>{}</w:p>", run(line)));
    let table: String = std::iter::once(&COLUMNS).chain(rows).map(row).collect();
    let body = format!("{}<w:tbl>{table}</w:tbl>{below}", head.concat());
    let document = format!(
        "<w:document xmlns:w=\"w\" xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:pic=\"pic\" xmlns:w14=\"w14\" xmlns:wps=\"wps\"><w:body>{body}</w:body></w:document>"
    );
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

fn picture(width: u32, height: u32) -> String {
    let (cx, cy) = (width * 36_000, height * 36_000);
    format!(
        "<w:r><w:drawing><wp:inline><wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"1\"/><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

const ROWS: [[&str; 6]; 2] = [
    ["1", "街路灯の更新", "350基を更新する。", "3月", "順調", "道路管理課"],
    ["2", "公園の点検", "48か所を点検する。", "9月", "遅れ", "公園緑地課"],
];

fn document(name: &str, bytes: &[u8]) -> Value {
    let folder = folder_of(&[(name, bytes)]);
    convert(&[folder.path()]).documents().remove(name).expect("a document")
}

/// Messages of the findings with a code, with what they point at.
fn said<'d>(document: &'d Value, code: &str) -> Vec<(&'d str, Option<&'d str>)> {
    let all = document["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == code);
    all.map(|f| (f["message"]["ja"].as_str().expect("words"), f["pointer"].as_str())).collect()
}

#[test]
fn pictures_of_a_word_file_are_said_with_their_place_and_small_ones_are_not() {
    let below = format!("<w:p><w:r><w:t>次の図のとおり</w:t></w:r></w:p><w:p>{}</w:p>", picture(150, 33));
    let document_below = document("a.docx", &word(&ROWS, &below));
    let found = said(&document_below, "X007");
    assert!(matches!(found.as_slice(), [(words, None)] if words.contains("「次の図のとおり」の後")), "{found:?}");
    // A picture in a cell is told at its value.
    let mut rows = ROWS;
    let cell = format!("<w:r><w:t>350基を更新する。</w:t></w:r>{}", picture(40, 30));
    rows[0][2] = &cell;
    assert_eq!(said(&document("a.docx", &word(&rows, "")), "X007").iter().map(|f| f.1).collect::<Vec<_>>(), [Some("/goals/0/target/0")]);
    let sign = format!("<w:p>{}</w:p>", picture(12, 12));
    assert!(said(&document("a.docx", &word(&ROWS, &sign)), "X007").is_empty());
}

#[test]
fn a_text_box_over_a_cell_of_word_is_said_at_the_value_and_kept_apart() {
    let mut rows = ROWS;
    let cell = "<w:r><w:t>3月</w:t></w:r><w:r><w:drawing><wp:anchor><wp:extent cx=\"1\" cy=\"1\"/><wps:txbx><w:txbxContent><w:p><w:r>\
        <w:t>1月に前倒し</w:t></w:r></w:p></w:txbxContent></wps:txbx></wp:anchor></w:drawing></w:r>";
    rows[0][3] = cell;
    let document = document("a.docx", &word(&rows, ""));
    assert_eq!(document["goals"][0]["deadline"]["raw"], "3月");
    let found = said(&document, "X015");
    assert!(matches!(found.as_slice(), [(words, Some("/goals/0/deadline"))] if words.contains("1月に前倒し")), "{found:?}");
    assert!(document["remainder"].to_string().contains("1月に前倒し"));
}

#[test]
fn fields_of_a_form_of_word_say_what_they_show() {
    let list = |result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList>{result}<w:listEntry w:val=\"未着手\"/><w:listEntry w:val=\"順調\"/>\
             </w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let tick = |state: &str, text: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r><w:r>\
             <w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>{text}　</w:t></w:r>"
        )
    };
    let sign = |code: &str, text: &str| format!("<w:r><w:sym w:font=\"Wingdings\" w:char=\"{code}\"/><w:t>{text}　</w:t></w:r>");
    let (first, second) = (list("<w:result w:val=\"1\"/>"), list(""));
    let rows = [
        ["1", "街路灯の更新", "350基を更新する。", "3月", &first, "道路管理課"],
        ["2", "公園の点検", "48か所を点検する。", "9月", &second, "公園緑地課"],
    ];
    let lists = document("a.docx", &word(&rows, ""));
    assert_eq!([0, 1].map(|n| lists["goals"][n]["achievement"]["raw"].as_str()), [Some("順調"), Some("未着手")]);
    let ticked = tick("<w:default w:val=\"0\"/>", "達成") + &tick("<w:default w:val=\"0\"/><w:checked/>", "未達成");
    let signed = sign("F0FE", "達成") + &sign("F0A8", "未達成");
    let rows = [
        ["1", "街路灯の更新", "350基を更新する。", "3月", &ticked, "道路管理課"],
        ["2", "公園の点検", "48か所を点検する。", "9月", &signed, "公園緑地課"],
    ];
    let choices = document("a.docx", &word(&rows, ""));
    assert_eq!([0, 1].map(|n| choices["goals"][n]["achievement"]["choice"].as_str()), [Some("未達成"), Some("達成")]);
}

/// A book of a table of goals with a picture, shapes, a comment under a name of its own, and a month as western sheets show it.
fn book() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let kind = "application/vnd.openxmlformats-officedocument";
    let mut rows = vec![vec!["令和7年度　組織目標展開整理表"], vec!["令和7年4月1日　環境部長　森下 和也"], Vec::new(), COLUMNS.to_vec()];
    rows.extend(ROWS.iter().map(|row| row.to_vec()));
    let cell = |row: usize, col: usize, text: &str| {
        let name = format!("{}{}", char::from(b'A' + col as u8), row + 1);
        // 2025-12-01.
        if name == "D6" {
            return format!("<c r=\"{name}\" s=\"1\"><v>45992</v></c>");
        }
        format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let rows: String = rows
        .iter()
        .enumerate()
        .map(|(r, cells)| {
            let cells: String = cells.iter().enumerate().map(|(c, text)| cell(r, c, text)).collect();
            format!("<row r=\"{}\">{cells}</row>", r + 1)
        })
        .collect();
    let sheet = format!("<worksheet xmlns=\"{main}\" xmlns:r=\"{office}\"><sheetData>{rows}</sheetData><drawing r:id=\"d\"/></worksheet>");
    let anchor = |row: u32, col: u32, inside: &str| {
        let corner = |name: &str, row: u32, col: u32| {
            format!(
                "<xdr:{name}><xdr:col>{col}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
            )
        };
        let ends = corner("from", row, col) + &corner("to", row + 3, col + 3);
        format!("<xdr:twoCellAnchor>{ends}{inside}<xdr:clientData/></xdr:twoCellAnchor>")
    };
    let looks = "<xdr:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"2000000\" cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></xdr:spPr>";
    let shape = format!(
        "<xdr:sp macro=\"\" textlink=\"\"><xdr:nvSpPr><xdr:cNvPr id=\"3\" name=\"a\"/><xdr:cNvSpPr/></xdr:nvSpPr>{looks}<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>4件に修正予定</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    );
    let picture = format!(
        "<xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"2\" name=\"b\"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed=\"p\"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>{looks}</xdr:pic>"
    );
    let drawing = format!(
        "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"{office}\">{}{}</xdr:wsDr>",
        anchor(4, 2, &shape),
        anchor(9, 0, &picture)
    );
    let comments = format!(
        "<comments xmlns=\"{main}\"><authors><author>森</author></authors><commentList><comment ref=\"C6\" authorId=\"0\"><text><t>暫定値</t></text></comment></commentList></comments>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf/><xf numFmtId=\"17\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    );
    let relations = |all: &[(&str, &str, &str)]| {
        let all: String = all
            .iter()
            .map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>"))
            .collect();
        format!("<Relationships xmlns=\"{package}\">{all}</Relationships>")
    };
    let of_type = |part: &str, of: &str| format!("<Override PartName=\"/{part}\" ContentType=\"{kind}.{of}+xml\"/>");
    let content = format!(
        "<Types xmlns=\"{types}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>{}{}{}{}{}</Types>",
        of_type("xl/workbook.xml", "spreadsheetml.sheet.main"),
        of_type("xl/styles.xml", "spreadsheetml.styles"),
        of_type("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
        of_type("xl/drawings/drawing9.xml", "drawing"),
        of_type("xl/comments/comment1.xml", "spreadsheetml.comments"),
    );
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"目標\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
    );
    let image = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"40\"><rect width=\"90\" height=\"40\"/></svg>";
    archive(&[
        ("[Content_Types].xml", &content),
        ("_rels/.rels", &relations(&[("b", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations(&[("s", "worksheet", "worksheets/sheet1.xml"), ("t", "styles", "styles.xml")])),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", &sheet),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            &relations(&[("d", "drawing", "../drawings/drawing9.xml"), ("c", "comments", "/xl/comments/comment1.xml")]),
        ),
        ("xl/drawings/drawing9.xml", &drawing),
        ("xl/drawings/_rels/drawing9.xml.rels", &relations(&[("p", "image", "../media/a.svg")])),
        ("xl/media/a.svg", image),
        ("xl/comments/comment1.xml", &comments),
    ])
}

#[test]
fn what_is_drawn_over_a_sheet_is_read_or_said_at_its_cell_in_every_format() {
    let folder = folder_of(&[("a.xlsx", &book())]);
    let path = folder.path().join("a.xlsx");
    let books = as_book(&path, &["ods", "xls"]);
    let inputs: Vec<&std::path::Path> = std::iter::once(path.as_path()).chain(books.as_ref().map(|b| b.path())).collect();
    for (name, document) in convert(&inputs).documents() {
        assert_eq!(document["goals"][0]["target"][0], "350基を更新する。", "{name}");
        let shapes = said(&document, "X015");
        assert!(shapes.iter().any(|(words, at)| words.contains("4件に修正予定") && *at == Some("/goals/0/target/0")), "{name}: {shapes:?}");
        assert!(document["remainder"].to_string().contains("4件に修正予定"), "{name}");
        let pictures = said(&document, "X007");
        assert!(matches!(pictures.as_slice(), [(words, _)] if words.contains("目標")), "{name}: {pictures:?}");
        // The month is a month, whatever edition wrote it.
        let deadline = &document["goals"][1]["deadline"];
        assert_eq!((&deadline["raw"], &deadline["until"]), (&Value::from("Dec-25"), &Value::from("2025-12-31")), "{name}");
        if name == "a.xlsx" {
            assert!(pictures[0].0.contains("A10"), "{pictures:?}");
            assert!(shapes.iter().any(|(words, at)| words.contains("暫定値") && *at == Some("/goals/1/target/0")), "{shapes:?}");
        }
    }
}
