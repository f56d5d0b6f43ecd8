//! From the documents of an office to what it works with, by one command, and nothing endangered on the way.

use crate::support::{bytes_of, convert, convert_into, fixtures, folder_of, read, seisho};
use serde_json::Value;
use std::ffi::OsStr;
use std::path::Path;
use tempfile::TempDir;

const POLICY: &[u8] =
    "令和8年4月1日\n令和8年度 市民部の運営方針\n市民部長 玉木 実\n\n1 窓口の改善\n(1) 待ち時間を短くすること。\n".as_bytes();
const GOALS: &str = "番号,実施項目,どの水準まで,どのような方法で,いつまで,課名\n1,研修,行う,講師を招く,3月,人事課\n";

fn with<'a>(options: &'a [&'a str], input: &'a Path) -> Vec<&'a OsStr> {
    options.iter().map(AsRef::as_ref).chain([input.as_os_str()]).collect()
}

#[test]
fn one_command_converts_and_exports_and_says_both() {
    let folder = folder_of(&[("方針 案/髙橋.txt", POLICY)]);
    let converted = convert(&with(&["--format", "xlsx,csv"], folder.path()));
    assert_eq!(converted.outcome.code, 0, "{}", converted.outcome.stderr);
    let said = &converted.outcome.stdout;
    assert!(said.contains("1 converted") && said.contains("Exported to"), "{said}");
    let exported = bytes_of(&converted.folder.path().join("export"));
    // The same as by two commands.
    let to = TempDir::new().expect("a folder");
    let out = converted.folder.path().to_string_lossy().into_owned();
    assert_eq!(seisho(&["export", &out, "--to", &to.path().to_string_lossy(), "--format", "xlsx,csv"]).code, 0);
    assert!(exported.len() > 10 && exported == bytes_of(to.path()));

    // What was exported is no document and no input, and the same command changes nothing.
    let before = converted.bytes();
    let again = converted.again(&with(&["--format", "xlsx,csv"], folder.path()));
    assert_eq!((again.unchanged(), again.run("strays")), (1, 0));
    assert_eq!(again.bytes(), before);
    let quiet = again.again(&with(&["--format", "csv", "--quiet"], folder.path()));
    assert_eq!(quiet.outcome.stdout, "");
}

#[test]
fn failed_inputs_are_in_the_export_and_in_the_exit_code() {
    let folder = folder_of(&[("a.txt", POLICY), ("空.txt", b"")]);
    let converted = convert(&with(&["--format", "csv"], folder.path()));
    assert_eq!(converted.outcome.code, 1);
    let documents = String::from_utf8(read(&converted.folder.path().join("export/documents.csv"))).expect("UTF-8");
    assert!(documents.lines().any(|line| line.starts_with("空.txt,failed,X101")), "{documents}");
}

/// It is said before hours of converting, and nothing is written.
#[test]
fn a_place_where_nothing_may_be_exported_is_refused_before_anything_is_converted() {
    let folder = folder_of(&[("docs/a.txt", POLICY)]);
    let docs = folder.path().join("docs");
    let out = folder.path().join("out");
    for (to, says) in [("out/documents", "part of the results themselves"), ("docs/表", "would take it for inputs")] {
        let to = folder.path().join(to).to_string_lossy().into_owned();
        let refused = convert_into(&out, &with(&["--format", "csv", "--to", &to], &docs));
        assert!(refused.code == 2 && refused.stderr.contains(says), "{}", refused.stderr);
        assert_eq!(bytes_of(folder.path()).len(), 1);
    }
    // The results may lie among the documents: they are never inputs.
    let inside = convert_into(&docs.join("out"), &with(&["--format", "csv"], &docs));
    assert_eq!(inside.code, 0, "{}", inside.stderr);
    assert!(docs.join("out/export/provisions.csv").is_file());
    let unknown = convert_into(&out, &with(&["--format", "xls"], &docs));
    assert!(
        unknown.code == 2 && unknown.stderr.contains("[possible values: xlsx, csv, sqlite, parquet, datapackage]"),
        "{}",
        unknown.stderr
    );
}

/// The bytes are no longer those that were converted: it is known by its place.
#[test]
fn an_input_that_was_changed_since_is_not_replaced() {
    let folder = folder_of(&[("goals.csv", GOALS.as_bytes()), ("sub/entries.csv", GOALS.as_bytes())]);
    let out = TempDir::new().expect("a folder");
    convert_into(out.path(), &[folder.path()]);
    let changed = GOALS.replace("研修", "全員の研修");
    let export = |to: &Path| seisho(&["export", &out.path().to_string_lossy(), "--to", &to.to_string_lossy(), "--format", "csv"]);
    for name in ["goals.csv", "sub/entries.csv"] {
        let file = folder.path().join(name);
        std::fs::write(&file, &changed).expect("a file");
        let refused = export(file.parent().expect("a folder"));
        assert!(refused.code == 2 && refused.stderr.contains("no input is ever written to"), "{}", refused.stderr);
        assert_eq!(read(&file), changed.as_bytes());
    }
    assert_eq!(bytes_of(folder.path()).len(), 2);
    // A file named alone, and one that was reached by a link.
    let single = TempDir::new().expect("a folder");
    convert_into(single.path(), &[folder.path().join("goals.csv")]);
    std::fs::write(folder.path().join("goals.csv"), "また変えた").expect("a file");
    let refused = seisho(&["export", &single.path().to_string_lossy(), "--to", &folder.path().to_string_lossy(), "--format", "csv"]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert_eq!(read(&folder.path().join("goals.csv")), "また変えた".as_bytes());
}

#[test]
fn a_place_inside_the_inputs_is_told() {
    let folder = folder_of(&[("a.txt", POLICY)]);
    let converted = convert(&[folder.path()]);
    let (out, to) = (converted.folder.path().to_string_lossy(), folder.path().join("表").to_string_lossy().into_owned());
    let done = seisho(&["export", &out, "--to", &to, "--format", "csv"]);
    assert!(done.code == 0 && done.stdout.contains("takes the exported files for inputs"), "{}", done.stdout);
}

/// What is doubted of a row of a table is told by its cell, and what is doubted of the document on every line of it.
#[test]
fn a_line_says_what_is_doubted_of_it_and_where_it_stands() {
    let documents = fixtures().join("findings");
    let converted = convert(&[documents.join("M001.txt"), documents.join("M008.txt"), fixtures().join("documents")]);
    let lines = converted.lines("records.jsonl");
    let of = |path: &str| lines.iter().filter(move |l| l["source_path"] == path).collect::<Vec<&Value>>();
    let says = |line: &Value, field: &str, code: &str| {
        let doubts = line["doubts"].as_array().into_iter().flatten();
        let of_code = |f: &Value| f["findings"].as_array().is_some_and(|c| c.iter().any(|c| c == code));
        doubts.filter(|d| d["field"] == field && d["code"] == code).count() == 1 && of_code(line)
    };
    for (path, field, code) in [("M001.txt", "title", "M001"), ("M008.txt", "authors", "M008")] {
        let own = of(path);
        assert!(!own.is_empty() && own.iter().all(|line| says(line, field, code)), "{path}: {own:#?}");
    }
    for line in &lines {
        let doubts = line["doubts"].as_array().map_or(0, Vec::len);
        assert_eq!(doubts == 0, line["findings"].as_array().is_some_and(Vec::is_empty), "{line}");
        let is_drawn = line["source_path"].as_str().is_some_and(|path| path.ends_with(".pdf"));
        assert!(!is_drawn || (line["page"].is_u64() && line["box"].is_array()), "{line}");
    }
}
