//! Books of other offices: what one says, it says in every format; what cannot be read says what it is and what to do.

use crate::print::tools::Producer;
use crate::support::{convert, fixtures, folder_of};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A book in other formats, by LibreOffice; none where it is not installed, which is said.
fn as_book(book: &Path, formats: &[&str]) -> Option<TempDir> {
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

/// Goals without their budgets, whose numbers older books do not say how to show.
fn goals(document: &Value) -> Vec<Value> {
    let mut goals = document["goals"].as_array().expect("a list").clone();
    for goal in &mut goals {
        goal.as_object_mut().expect("a goal").remove("other");
    }
    goals
}

fn codes(document: &Value) -> Vec<&str> {
    document["findings"].as_array().expect("a list").iter().filter_map(|f| f["code"].as_str()).collect()
}

#[test]
fn a_book_says_the_same_in_every_format() {
    let book = fixtures().join("documents/goals-book.xlsx");
    let Some(books) = as_book(&book, &["ods", "xls"]) else { return };
    let converted = convert(&[books.path(), &book]);
    assert_eq!(converted.outcome.code, 0, "{}", converted.outcome.stderr);
    let documents = converted.documents();
    let (xlsx, ods, xls) = (&documents["goals-book.xlsx"], &documents["goals-book.ods"], &documents["goals-book.xls"]);
    for field in ["kind", "title", "fiscal_year", "dates", "authors", "department", "goals", "findings"] {
        assert_eq!(ods[field], xlsx[field], "{field}");
    }
    assert_eq!(ods["evidence"]["/goals/0/item"]["at"], xlsx["evidence"]["/goals/0/item"]["at"], "sheet and cell");
    assert_eq!(goals(xls), goals(xlsx));
    assert_eq!(xls["title"], xlsx["title"]);
    // How an older book shows its numbers is not known, and that is said.
    assert!(codes(xls).contains(&"X014") && !codes(ods).contains(&"X014"), "{:?} {:?}", codes(xls), codes(ods));
    assert_eq!(xls["dates"]["issued"][0]["iso"], xlsx["dates"]["issued"][0]["iso"]);
}

#[test]
fn hidden_sheets_and_struck_cells_are_told_in_open_document_too() {
    let Some(books) = as_book(&fixtures().join("findings/X014.xlsx"), &["ods"]) else { return };
    let converted = convert(&[books.path()]);
    let documents = converted.documents();
    let document = &documents["X014.ods"];
    let of_xlsx = convert(&[fixtures().join("findings/X014.xlsx")]).documents();
    let said = |d: &Value| -> Vec<String> {
        let list = d["findings"].as_array().expect("a list").iter();
        // What a sheet shows of a number stands in an OpenDocument file: no format is unknown there.
        let said = list.filter(|f| f["code"] == "X014").map(|f| f["message"]["en"].as_str().unwrap_or_default().to_owned());
        said.filter(|m| m.contains("hidden")).collect()
    };
    assert_eq!(said(document), said(&of_xlsx["X014.xlsx"]));
    assert!(!said(document).is_empty());
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
