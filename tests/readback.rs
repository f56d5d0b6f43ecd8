//! What was written can be read back as the types that it was written from, without losing a byte: audit, export and
//! merge read finished results.

use crate::support::{command, convert, files, fixtures, read};
use seisho_model::output::{Failure, ManifestLine, Record, Run};
use seisho_model::record::Document;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Write;
use std::process::Stdio;

/// As documents and `run.json` are written.
fn pretty(value: &impl Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).expect("JSON"))
}

fn assert_lines_read_back<T: Serialize + DeserializeOwned>(lines: &str) {
    assert!(!lines.is_empty());
    for line in lines.lines() {
        let value: T = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert_eq!(serde_json::to_string(&value).expect("JSON"), line);
    }
}

#[test]
fn every_document_and_line_reads_back_to_the_same_bytes() {
    let converted = convert(&[fixtures()]);
    let folder = converted.folder.path();
    let text = |name: &str| String::from_utf8(read(&folder.join(name))).expect("UTF-8");
    for file in files(&folder.join("documents")) {
        let bytes = read(&file);
        let document: Document = serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        assert_eq!(pretty(&document), String::from_utf8_lossy(&bytes), "{}", file.display());
    }
    assert_lines_read_back::<Record>(&text("records.jsonl"));
    assert_lines_read_back::<ManifestLine>(&text("manifest.jsonl"));
    let run: Run = serde_json::from_str(&text("run.json")).expect("a run");
    assert_eq!(pretty(&run), text("run.json"));
}

#[test]
fn a_failure_reads_back() {
    let mut worker = command(&["worker"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a worker");
    let mut stdin = worker.stdin.take().expect("a pipe");
    writeln!(stdin, r#"{{"name": "empty.txt", "base64": ""}}"#).expect("a request");
    drop(stdin);
    let said = String::from_utf8(worker.wait_with_output().expect("it ends").stdout).expect("UTF-8");
    assert_lines_read_back::<Failure>(&said);
    let failure: Failure = serde_json::from_str(&said).expect("a failure");
    assert_eq!(failure.error.code.as_deref(), Some("X101"));
}

#[test]
fn a_document_with_a_field_that_is_not_known_is_refused() {
    let converted = convert(&[fixtures().join("documents/policy-export.txt")]);
    let mut document = converted.documents().into_values().next().expect("a document");
    document["sections"][0]["note"] = "kept by nobody".into();
    let refused = serde_json::from_value::<Document>(document).expect_err("a field would be lost");
    assert!(refused.to_string().contains("note"), "{refused}");
}
