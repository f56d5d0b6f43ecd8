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
        assert_eq!(said.code, 0, "{typed}: {} {}", said.stdout, said.stderr);
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

/// A CSV file with one cell that says something else, by the name of its column and its row.
fn with_cell(from: &Path, to: &Path, column: &str, row: usize, instead: &str) {
    let mut rows: Vec<csv::StringRecord> =
        csv::ReaderBuilder::new().has_headers(false).from_path(from).expect("CSV").records().collect::<Result<_, _>>().expect("rows");
    let at = rows[0].iter().position(|name| name.trim_start_matches('\u{FEFF}') == column).expect("a column");
    rows[row] = rows[row].iter().enumerate().map(|(place, cell)| if place == at { instead } else { cell }).collect();
    let mut writer = csv::WriterBuilder::new().from_path(to).expect("a file");
    rows.iter().for_each(|row| writer.write_record(row).expect("a row"));
}

#[test]
fn every_column_that_a_table_states_is_compared_or_named() {
    let converted = convert(&[fixtures().join("documents")]);
    let (out, place) = (converted.folder.path(), TempDir::new().expect("a folder"));
    let at = |name: &str| place.path().join(name);
    run(&[&"export", &out, &"--to", &at("export"), &"--format", &"csv"]);
    for table in ["goals", "provisions", "forms", "table_rows", "texts", "documents"] {
        let exported = at("export").join(format!("{table}.csv"));
        if String::from_utf8(read(&exported)).expect("UTF-8").lines().count() < 2 {
            assert_eq!(table, "forms", "the documents hold no such rows");
            continue;
        }
        let same = run(&[&"audit", &"compare", &exported, &out, &"--json", &at("found.json")]);
        assert_eq!(same.code, 0, "{table}: {} {}", same.stdout, same.stderr);
        let notes = figures(&at("found.json"))["notes"].clone();
        let text = String::from_utf8(read(&exported)).expect("UTF-8");
        for column in text.trim_start_matches('\u{FEFF}').lines().next().expect("headings").split(',') {
            let typed = at(&format!("{table}.csv"));
            with_cell(&exported, &typed, column, 1, "77");
            let said = run(&[&"audit", &"compare", &typed, &out]);
            let is_note = notes.as_array().expect("notes").iter().any(|name| name == column);
            // Rows of a document that is not there are alone.
            let is_seen = column == "source_path" || !is_note;
            assert_eq!(said.code, i32::from(is_seen), "{table}/{column}: {} {}", said.stdout, said.stderr);
            assert!(is_seen || said.stdout.contains(column), "{table}/{column}: {}", said.stdout);
        }
    }
}

/// What is typed otherwise.
type Change<'c> = &'c dyn Fn(&mut Value);

#[test]
fn every_field_that_a_typed_document_states_is_compared_or_named() {
    let converted = convert(&[fixtures().join("documents/goals-ruled.pdf")]);
    let (out, place) = (converted.folder.path(), TempDir::new().expect("a folder"));
    let typed = place.path().join("truth.json");
    let (_, document) = converted.documents().into_iter().next().expect("a document");
    let changes: [(&str, Change<'_>); 9] = [
        ("goal/number", &|d| d["goals"][1]["number"] = 7.into()),
        ("goal/band", &|d| d["goals"][1]["band"] = "柱1".into()),
        ("goal/other", &|d| d["goals"][1]["other"] = serde_json::json!([{"heading": "備考", "text": ["あ"]}])),
        ("goal/achievement", &|d| d["goals"][1]["achievement"] = serde_json::json!({"raw": "12％", "rate": {"min": 12, "max": 12}})),
        ("goal/deadline.until", &|d| d["goals"][0]["deadline"]["until"] = "2030-01-01".into()),
        ("goal/fields.budget", &|d| d["goals"][0]["fields"] = serde_json::json!({"budget": {"raw": "5千円"}})),
        ("head/kind", &|d| d["kind"] = "form".into()),
        ("head/title", &|d| d["title"] = "別の題".into()),
        ("table_row", &|d| {
            d["tables"] = serde_json::json!([{"page": 1, "rows": 1, "cols": 1, "cells": [{"row": [0, 1], "col": [0, 1], "text": "x"}]}])
        }),
    ];
    for (field, change) in changes {
        let mut truth = document.clone();
        change(&mut truth);
        std::fs::write(&typed, truth.to_string()).expect("a file");
        let said = run(&[&"audit", &"compare", &typed, &out]);
        let shown = said.stdout.contains(field) || field == "table_row" && said.stdout.contains("(1 and 0 in one only)");
        assert!(said.code == 1 && shown, "{field}: {} {}", said.stdout, said.stderr);
    }
    // What is typed by hand states only what it names.
    let goals: Vec<Value> = document["goals"]
        .as_array()
        .expect("goals")
        .iter()
        .map(|g| serde_json::json!({"number": g["number"], "item": g["item"]}))
        .collect();
    std::fs::write(&typed, serde_json::json!({"source": "goals-ruled.pdf", "goals": goals, "remainder": []}).to_string()).expect("a file");
    let said = run(&[&"audit", &"compare", &typed, &out]);
    assert_eq!(said.code, 0, "{} {}", said.stdout, said.stderr);
    assert!(said.stdout.contains("notes of the program, not compared") && said.stdout.contains("remainder"), "{}", said.stdout);
    assert!(
        said.stdout.lines().any(|line| line.starts_with("fields in the second only") && line.contains("goal/target")),
        "{}",
        said.stdout
    );
}

#[test]
fn a_table_without_its_columns_says_which_are_missing() {
    let converted = convert(&[fixtures().join("documents")]);
    let (out, place) = (converted.folder.path(), TempDir::new().expect("a folder"));
    let at = |name: &str| place.path().join(name);
    run(&[&"export", &out, &"--to", &at("export"), &"--format", &"csv"]);
    let exported = at("export").join("goals.csv");
    with_cell(&exported, &at("goals.csv"), "source_path", 0, "ファイル");
    let nameless = run(&[&"audit", &"compare", &at("goals.csv"), &out]);
    assert!(nameless.code == 2 && nameless.stderr.contains("column source_path"), "{} {}", nameless.stdout, nameless.stderr);
    with_cell(&exported, &at("goals.csv"), "item", 0, "実施事項");
    let renamed = run(&[&"audit", &"compare", &at("goals.csv"), &out]);
    assert!(renamed.stdout.lines().any(|line| line.starts_with("unknown columns") && line.contains("実施事項")), "{}", renamed.stdout);
    assert!(
        renamed.stdout.lines().any(|line| line.starts_with("fields in the second only") && line.contains("goal/item")),
        "{}",
        renamed.stdout
    );
    std::fs::write(at("goals.csv"), "あ,い\n1,2\n").expect("a file");
    let foreign = run(&[&"audit", &"compare", &at("goals.csv"), &out]);
    assert!(foreign.code == 2 && foreign.stderr.contains("no heading is known"), "{}", foreign.stderr);
}
