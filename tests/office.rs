//! Books of other offices: what one says, it says in every format; what cannot be read says what it is and what to do.

use crate::print::tools::Producer;
use crate::support::{convert, fixtures, folder_of};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A book in other formats, by LibreOffice; none where it is not installed, which is said.
pub(crate) fn as_book(book: &Path, formats: &[&str]) -> Option<TempDir> {
    let is_there = Producer::Calc.is_there();
    assert!(is_there || std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "LibreOffice is not installed");
    if !is_there {
        eprintln!("skipped: LibreOffice is not installed");
        return None;
    }
    let (folder, work) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let profile = format!("-env:UserInstallation=file://{}", work.path().join("profile").display());
    for format in formats {
        let mut soffice = Command::new("soffice");
        soffice.arg(&profile).args(["--headless", "--convert-to", format, "--outdir"]).arg(folder.path()).arg(book);
        let done = soffice.output().expect("LibreOffice starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    Some(folder)
}

#[test]
fn a_book_says_the_same_in_every_format() {
    let book = fixtures().join("documents/goals-book.xlsx");
    let Some(books) = as_book(&book, &["ods", "xls"]) else { return };
    let converted = convert(&[books.path(), &book]);
    assert_eq!(converted.outcome.code, 0, "{}", converted.outcome.stderr);
    let documents = converted.documents();
    let (xlsx, ods, xls) = (&documents["goals-book.xlsx"], &documents["goals-book.ods"], &documents["goals-book.xls"]);
    // Dates of the era and budgets (1,200千円) as the sheet shows them, in the older format too.
    assert!(xlsx["dates"]["issued"][0]["raw"].as_str().is_some_and(|raw| raw.starts_with("令和8年")), "{}", xlsx["dates"]);
    for book in [ods, xls] {
        for field in ["kind", "title", "fiscal_year", "dates", "authors", "department", "goals", "findings"] {
            assert_eq!(book[field], xlsx[field], "{field}");
        }
        assert_eq!(book["evidence"]["/goals/0/item"]["at"], xlsx["evidence"]["/goals/0/item"]["at"], "sheet and cell");
    }
}

/// The number whose format is not known is doubted itself, not the sheet.
#[test]
fn a_number_of_an_unknown_look_is_told_at_its_value() {
    let Some(books) = as_book(&fixtures().join("findings/X014.xlsx"), &["xls"]) else { return };
    let documents = convert(&[books.path(), &fixtures().join("findings/X014.xlsx")]).documents();
    for name in ["X014.xlsx", "X014.xls"] {
        let findings = documents[name]["findings"].as_array().expect("a list");
        let said: Vec<&Value> =
            findings.iter().filter(|f| f["message"]["en"].as_str().is_some_and(|m| m.contains("as it is stored"))).collect();
        assert_eq!(said.len(), 1, "{name}: {findings:#?}");
        assert_eq!(said[0]["pointer"], "/goals/1/deadline", "{name}");
        assert_eq!(said[0]["at"], serde_json::json!([{"sheet": "目標", "cell": "E5"}]), "{name}");
    }
}

#[test]
fn comments_are_told_at_their_cells_and_are_in_no_value() {
    let book = fixtures().join("findings/X015.xlsx");
    let Some(books) = as_book(&book, &["ods", "xls"]) else { return };
    let documents = convert(&[books.path(), &book]).documents();
    for name in ["X015.xlsx", "X015.ods", "X015.xls"] {
        let document = &documents[name];
        assert_eq!(document["goals"][0]["deadline"]["raw"], "3月", "{name}");
        let said: Vec<(String, &str)> = document["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|f| f["code"] == "X015")
            .map(|f| (f["message"]["en"].as_str().unwrap_or_default().to_owned(), f["pointer"].as_str().unwrap_or_default()))
            .collect();
        assert!(said.iter().any(|(m, p)| m.contains("9月に早める方向で 調整中") && *p == "/goals/0/deadline"), "{name}: {said:?}");
        assert!(said.iter().any(|(m, p)| m.contains("項目名を確認") && *p == "/goals/1/item"), "{name}: {said:?}");
        let whose = said.iter().filter(|(m, _)| m.contains("a comment of 森 一郎") || m.contains("a comment of 玉井 理加")).count();
        // LibreOffice, which wrote the others here, leaves out who it was.
        assert_eq!(whose, if name == "X015.xlsx" { 2 } else { 0 }, "{name}: {said:?}");
        let kept = document["remainder"].as_array().expect("a list").iter().filter(|r| r["role"] == "annotation").count();
        assert_eq!(kept, 3, "{name}: lines of the comments");
    }
}

#[test]
fn hidden_sheets_and_struck_cells_are_told_in_other_formats_too() {
    let Some(books) = as_book(&fixtures().join("findings/X014.xlsx"), &["ods", "xls"]) else { return };
    let converted = convert(&[books.path()]);
    let documents = converted.documents();
    let of_xlsx = convert(&[fixtures().join("findings/X014.xlsx")]).documents();
    let said = |d: &Value| -> Vec<String> {
        let list = d["findings"].as_array().expect("a list").iter();
        // What a sheet shows of a number stands in an OpenDocument file: no format is unknown there.
        let said = list.filter(|f| f["code"] == "X014").map(|f| f["message"]["en"].as_str().unwrap_or_default().to_owned());
        said.filter(|m| m.contains("hidden")).collect()
    };
    for document in [&documents["X014.ods"], &documents["X014.xls"]] {
        assert_eq!(said(document), said(&of_xlsx["X014.xlsx"]));
        assert!(!said(document).is_empty() && !document.to_string().contains("誰も見ない"));
    }
}

/// An OLE file that holds a stream of this name, as far as its directory goes.
fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(512, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

#[test]
fn what_cannot_be_read_says_what_it_is_and_how_a_readable_file_is_made_of_it() {
    let files = [
        ("方針.doc", ole("WordDocument"), "an older Word file (.doc)", "save it as docx or PDF"),
        ("説明.ppt", ole("PowerPoint Document"), "an older PowerPoint file (.ppt)", "save it as PDF"),
        ("目標.jtd", ole("JSRV_SegmentInformation"), "an Ichitaro file (.jtd)", "open it in Ichitaro and save it as PDF"),
        ("秘密.xlsx", ole("EncryptedPackage"), "behind a password", "take the password off"),
        ("連絡.msg", ole("__substg1.0_0037001F"), "a mail of Outlook (.msg)", "save the documents attached to it"),
        ("通知.xdw", b"\x60\x0E\x82\x01\x00\x00rest".to_vec(), "a DocuWorks file (.xdw)", "convert it to PDF in DocuWorks Desk"),
        ("覚え.rtf", b"{\\rtf1 hello}".to_vec(), "rich text (RTF)", "open it in Word"),
    ];
    let given: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes, ..)| (*name, bytes.as_slice())).collect();
    let folder = folder_of(&given);
    let converted = convert(&[folder.path()]);
    assert_eq!(converted.outcome.code, 1);
    for (name, _, what, remedy) in files {
        let line = converted.line(name);
        let said = line["reason"]["en"].as_str().expect("a reason");
        assert!(line["code"] == "X102" && said.contains(what) && said.contains(remedy), "{name}: {said}");
    }
}
