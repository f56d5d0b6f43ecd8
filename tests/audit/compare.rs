//! Two readings of the same documents held against each other, as an office does it: a result and what was typed.

use crate::support::{convert, fixtures, read, seisho};
use serde_json::Value;
use std::ffi::OsString;
use std::path::Path;
use tempfile::TempDir;

fn run(args: &[&dyn AsRef<std::ffi::OsStr>]) -> crate::support::Outcome {
    seisho(&args.iter().map(|a| a.as_ref().to_owned()).collect::<Vec<OsString>>())
}

fn figures(file: &Path) -> Value {
    serde_json::from_slice::<Value>(&read(file)).expect("JSON")["comparison"].clone()
}

#[test]
fn a_result_is_itself_and_its_own_export() {
    let converted = convert(&[fixtures().join("documents")]);
    let (out, place) = (converted.folder.path(), TempDir::new().expect("a folder"));
    let at = |name: &str| place.path().join(name);
    let same = run(&[&"audit", &"compare", &out, &out]);
    assert_eq!(same.code, 0, "{} {}", same.stdout, same.stderr);
    let exported = run(&[&"export", &out, &"--to", &at("export"), &"--format", &"csv,xlsx"]);
    assert_eq!(exported.code, 0, "{}", exported.stderr);
    for typed in ["goals.csv", "provisions.csv", "seisho.xlsx"] {
        let said = run(&[&"audit", &"compare", &at("export").join(typed), &out, &"--json", &at("found.json")]);
        let found = figures(&at("found.json"));
        let (fields, exact) = (&found["all"]["fields"], &found["all"]["exact"]);
        assert!(fields == exact && fields.as_u64() > Some(10), "{typed}: {exact} of {fields}\n{}\n{}", said.stdout, found["differences"]);
    }
}

#[test]
fn what_was_typed_otherwise_is_shown_and_a_third_reading_decides() {
    let converted = convert(&[fixtures().join("documents/goals-ruled.pdf")]);
    let (out, place) = (converted.folder.path(), TempDir::new().expect("a folder"));
    let at = |name: &str| place.path().join(name);
    let (_, document) = converted.documents().into_iter().next().expect("a document");
    let item = document["goals"][0]["item"].as_str().expect("an item").to_owned();
    let typed = |name: &str, instead: &str| {
        let mut typed = document.clone();
        typed["goals"][0]["item"] = instead.into();
        std::fs::write(at(name), typed.to_string()).expect("a file");
    };
    typed("truth.json", &format!("<{item}>"));
    typed("third.json", &item);
    let said = run(&[
        &"audit",
        &"compare",
        &at("truth.json"),
        &out,
        &"--third",
        &at("third.json"),
        &"--html",
        &at("page.html"),
        &"--json",
        &at("found.json"),
    ]);
    assert_eq!(said.code, 1, "{} {}", said.stdout, said.stderr);
    let found = figures(&at("found.json"));
    assert_eq!((&found["all"]["edits"], &found["differences"][0]["decided"]), (&2.into(), &"second".into()));
    let page = String::from_utf8(read(&at("page.html"))).expect("UTF-8");
    assert!(page.contains("<del>&lt;</del>") && !page.contains("http"), "{page}");
}

#[test]
fn two_runs_say_what_changed_and_why() {
    let file = fixtures().join("documents/goals-ruled.pdf");
    let before = convert(std::slice::from_ref(&file));
    let same = run(&[&"audit", &"diff", &before.folder.path(), &convert(std::slice::from_ref(&file)).folder.path()]);
    assert_eq!(same.code, 0, "{} {}", same.stdout, same.stderr);
    let after = convert(&["--no-page-joins".as_ref(), file.as_os_str()]);
    let said = run(&[&"audit", &"diff", &before.folder.path(), &after.folder.path()]);
    assert!(said.stdout.contains("page_joins: true → false"), "{} {}", said.stdout, said.stderr);
}
