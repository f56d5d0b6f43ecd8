//! Accuracy on the project's own cases: every value of every fixture is what a person read in it.
//!
//! `SEISHO_UPDATE=1 cargo test -p seisho golden` writes the gold anew; read the difference before committing it.

use crate::support::{convert, fixtures, read};
use serde_json::{Value, json};

/// What a person can check against the page: everything but places, edits and the file's own data.
fn readable(document: &Value) -> Value {
    let mut out = json!({});
    for field in ["kind", "title", "fiscal_year", "dates", "authors", "department", "goals", "preamble", "sections", "tables"] {
        out[field] = document[field].clone();
    }
    let list = |field: &str| document[field].as_array().cloned().unwrap_or_default();
    out["pages"] = document["source"]["pages"].clone();
    out["encoding"] = document["source"]["encoding"].clone();
    out["remainder"] = list("remainder").iter().map(|r| json!([r["role"], r["text"]])).collect();
    out["findings"] = list("findings").iter().map(|f| json!([f["code"], f["pointer"]])).collect();
    out
}

#[test]
fn every_fixture_reads_as_its_gold_says() {
    let converted = convert(&[fixtures().join("documents")]);
    assert_eq!(converted.outcome.code, 0, "{}", converted.outcome.stderr);
    let documents = converted.documents();
    assert!(documents.len() >= 17, "fixtures are missing");
    for (path, document) in documents {
        let file = fixtures().join("gold").join(format!("{path}.json"));
        let got = readable(&document);
        if std::env::var_os("SEISHO_UPDATE").is_some() {
            std::fs::write(&file, format!("{got:#}\n")).expect("gold is written");
        }
        let want: Value = serde_json::from_slice(&read(&file)).expect("gold is JSON");
        for field in want.as_object().expect("an object").keys() {
            assert_eq!(got[field], want[field], "{path}: {field}");
        }
    }
}
