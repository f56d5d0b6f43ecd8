//! The review as a workbook: filled in by others' programs, saved again by LibreOffice, and read back as the page's work.

use super::review::{data, work};
use crate::print::tools::{as_office, has_module, program, python_program};
use crate::support::{Converted, Outcome, convert, fixtures, folder_of, read, seisho, top};
use serde_json::{Value, json};
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

fn run(args: &[&dyn AsRef<OsStr>]) -> Outcome {
    seisho(&args.iter().map(|a| a.as_ref().to_owned()).collect::<Vec<OsString>>())
}

fn tools_are_there() -> bool {
    let is_there = program(&["soffice"]).is_some() && has_module("openpyxl");
    assert!(is_there || std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "openpyxl or LibreOffice is not installed");
    if !is_there {
        eprintln!("skipped: openpyxl or LibreOffice is not installed");
    }
    is_there
}

fn fill(book: &Path, to: &Path, what: &str) {
    let output = Command::new(python_program()).arg(top().join("tests/audit/fill.py")).args([book, to]).arg(what).output().expect("Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Documents of all kinds, and values that a workbook takes for something else.
fn converted() -> (TempDir, Converted) {
    let odd = "令和7年4月1日\n令和7年度 市民部の運営方針\n市民部長 玉木 実\n\n1 窓口の改善\n(1) =1+1\n(2) +81の番号を案内すること。\n(3) @窓口 -3 と書くこと。\n\
               (4) _x0041_ と 𠮷野 を残すこと。\n(5) 2025/10/1\n(6) 0012\n";
    let more = folder_of(&[("方針.txt", odd.as_bytes())]);
    let converted = convert(&[fixtures().join("documents"), more.path().to_owned()]);
    (more, converted)
}

/// Lines of a ledger without the time, in an order of their own.
fn said(ledger: &Path) -> Vec<String> {
    let text = String::from_utf8(read(ledger)).expect("UTF-8");
    let without_time = |line: &str| {
        let mut line: Value = serde_json::from_str(line).expect("JSON");
        line["at"] = Value::Null;
        line.to_string()
    };
    let mut lines: Vec<String> = text.lines().map(without_time).collect();
    lines.sort();
    lines
}

#[test]
fn a_filled_in_workbook_says_what_the_page_says_through_other_programs_too() {
    if !tools_are_there() {
        return;
    }
    let (_inputs, converted) = converted();
    let out = converted.folder.path();
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    for name in ["book.xlsx", "again.xlsx", "page.html"] {
        let made = run(&[&"review", &out, &"--all", &"--to", &at(name)]);
        assert_eq!(made.code, 0, "{}", made.stderr);
    }
    assert!(read(&at("book.xlsx")) == read(&at("again.xlsx")), "the same list gives the same bytes");
    let judged = work(&at("page.html"), &|at| match at {
        at if at % 10 == 3 => ("wrong", Some(format!("直した{at}"))),
        at if at % 50 == 9 => ("unknown", None),
        _ => ("right", None),
    });
    let mut judged = judged;
    for (at, item) in judged["items"].as_array_mut().expect("items").iter_mut().enumerate().filter(|(at, _)| at % 20 == 3) {
        item["reason"] = json!("紙と違う");
        assert!(at % 10 == 3);
    }
    std::fs::write(at("work.json"), judged.to_string()).expect("a work");
    let corrections = |work: &str, to: &str| {
        let made = run(&[&"audit", &"corrections", &at(work), &"--to", &at(to)]);
        assert_eq!(made.code, 0, "{work}: {}", made.stderr);
        said(&at(to))
    };
    let wanted = corrections("work.json", "page.jsonl");
    assert!(wanted.len() > 50, "{}", wanted.len());

    fill(&at("book.xlsx"), &at("filled.xlsx"), "all");
    assert!(corrections("filled.xlsx", "filled.jsonl") == wanted, "filled in by openpyxl");
    let office = TempDir::new().expect("a folder");
    as_office(&at("filled.xlsx"), "xlsx", office.path());
    std::fs::rename(office.path().join("filled.xlsx"), at("saved.xlsx")).expect("LibreOffice saved it");
    assert!(corrections("saved.xlsx", "saved.jsonl") == wanted, "filled in, then saved by LibreOffice");
    as_office(&at("book.xlsx"), "xlsx", office.path());
    fill(&office.path().join("book.xlsx"), &at("second.xlsx"), "all");
    assert!(corrections("second.xlsx", "second.jsonl") == wanted, "saved by LibreOffice, then filled in");

    // Saved at another time, it adds nothing.
    let again = run(&[&"audit", &"corrections", &at("saved.xlsx"), &at("filled.xlsx"), &"--to", &at("filled.jsonl")]);
    assert!(again.stdout.contains("0 corrections added"), "{} {}", again.stdout, again.stderr);
    let laid = convert(&[fixtures().join("documents").as_os_str(), "--corrections".as_ref(), at("filled.jsonl").as_os_str()]);
    let ran: Value = serde_json::from_slice(&read(&laid.folder.path().join("run.json"))).expect("JSON");
    assert!(ran["corrections"]["by_source"].as_u64() > Some(40), "{}", ran["corrections"]);
}

#[test]
fn a_sample_is_decided_on_by_a_workbook() {
    if !tools_are_there() {
        return;
    }
    let (_inputs, converted) = converted();
    let out = converted.folder.path();
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    run(&[&"audit", &"plan", &out, &"--rate", &"5%", &"--to", &at("plan.json")]);
    let made = run(&[&"review", &out, &"--sample", &at("plan.json"), &"--to", &at("book.xlsx")]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let empty = run(&[&"audit", &"decide", &at("plan.json"), &at("book.xlsx")]);
    assert!(empty.code == 2 && empty.stderr.contains("nothing is chosen"), "{}", empty.stderr);
    fill(&at("book.xlsx"), &at("filled.xlsx"), "all");
    let decided = run(&[&"audit", &"decide", &at("plan.json"), &at("filled.xlsx"), &"--to", &at("decision.json")]);
    assert!(decided.code == 1 && decided.stdout.starts_with("REJECTED"), "{} {}", decided.stdout, decided.stderr);
    let decision: Value = serde_json::from_slice(&read(&at("decision.json"))).expect("JSON");
    assert!(decision["counts"]["wrong"].as_u64() > Some(2) && decision["counts"]["open"].as_u64() > Some(0), "{decision}");
    let report = run(&[&"audit", &"report", &out, &"--plan", &at("plan.json"), &"--work", &at("filled.xlsx"), &"--to", &at("report.html")]);
    assert_eq!(report.code, 0, "{}", report.stderr);
}

#[test]
fn what_does_not_fit_is_said_by_row_and_nothing_is_taken() {
    if !tools_are_there() {
        return;
    }
    let converted = convert(&[fixtures().join("documents/goals-ruled.pdf")]);
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    run(&[&"review", &converted.folder.path(), &"--all", &"--to", &at("book.xlsx")]);
    for (what, said) in [
        ("verdict", "row 2: the judgement \"たぶん\" is none of"),
        ("right", "row 2: judged right, and yet"),
        ("same", "row 2: judged wrong, and yet"),
        ("open", "row 2: there is a corrected value, but no judgement"),
        ("value", "row 2: the column 値 was changed"),
        ("hidden", "row 2: the hidden columns were changed"),
        ("gone", "hidden column that rows are known by \"identity\" is gone"),
        ("shifted", "row 2: document and field are not those of the hidden columns"),
        ("added", "the hidden columns are empty"),
        ("twice", "row 3: is the value of row 2 again"),
        ("nobody", "names no reader"),
    ] {
        fill(&at("book.xlsx"), &at("filled.xlsx"), what);
        let told = run(&[&"audit", &"corrections", &at("filled.xlsx"), &"--to", &at("ledger.jsonl")]);
        assert!(told.code == 2 && told.stderr.contains(said), "{what}: {} {}", told.stdout, told.stderr);
        assert!(!at("ledger.jsonl").exists(), "{what}");
    }
    let named = run(&[&"audit", &"corrections", &at("filled.xlsx"), &"--by", &"佐藤", &"--to", &at("ledger.jsonl")]);
    assert!(named.stdout.contains("1 corrections added"), "{} {}", named.stdout, named.stderr);
    assert!(said(&at("ledger.jsonl"))[0].contains("佐藤"));
}

#[test]
fn a_second_reader_writes_what_is_on_paper_without_seeing_what_was_read() {
    if !tools_are_there() {
        return;
    }
    let converted = convert(&[fixtures().join("documents/goals-ruled.pdf")]);
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    run(&[&"review", &converted.folder.path(), &"--all", &"--to", &at("page.html")]);
    run(&[&"review", &converted.folder.path(), &"--all", &"--blind", &"--to", &at("blind.xlsx")]);
    fill(&at("blind.xlsx"), &at("filled.xlsx"), "blind");
    std::fs::write(at("first.json"), work(&at("page.html"), &|_| ("right", None)).to_string()).expect("a work");
    let told = run(&[&"audit", &"agree", &at("first.json"), &at("filled.xlsx")]);
    let all = data(&at("page.html"))["items"].as_array().map_or(0, Vec::len);
    assert!(told.code == 1 && told.stdout.contains(&format!("{all} values looked at by both, 0 alike")), "{} {}", told.stdout, told.stderr);
}

#[test]
fn an_encrypted_paper_is_shown_with_its_password() {
    let file = fixtures().join("findings/X105.pdf");
    let converted = convert(&["--password".as_ref(), "secret".as_ref(), file.as_os_str()]);
    let secret = folder_of(&[("secret", b"secret\n")]);
    let (secret, out) = (secret.path().join("secret"), converted.folder.path());
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let locked = run(&[&"review", &out, &"--all", &"--to", &at("locked.html")]);
    assert!(locked.code == 0 && locked.stdout.contains("1 documents cannot be drawn"), "{} {}", locked.stdout, locked.stderr);
    for name in ["open.html", "open.xlsx"] {
        let made = run(&[&"review", &out, &"--all", &"--password-file", &secret, &"--to", &at(name)]);
        assert!(made.code == 0 && !made.stdout.contains("cannot be drawn"), "{} {}", made.stdout, made.stderr);
    }
    assert!(String::from_utf8(read(&at("open.html"))).expect("UTF-8").contains("data:image/svg+xml"));
    assert!(read(&at("open.xlsx")).windows(10).any(|name| name == b"image1.png"));
}
