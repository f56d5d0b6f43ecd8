//! How good a batch is, and what is put right: plans and decisions, the ledger of corrections, the page of the review.

mod book;
mod browser;
mod check;
mod compare;
mod decide;
mod door;
mod gaps;
mod ledger;
mod review;
mod seal;
mod survival;

use crate::support::read;
use seisho_audit::ledger::{Correction, SourceName, anchors};
use seisho_audit::values::values;
use seisho_model::record::Document;
use std::path::{Path, PathBuf};

/// A document of a folder of results.
pub(crate) fn document(out: &Path, path: &str) -> Document {
    serde_json::from_slice(&read(&out.join("documents").join(format!("{path}.json")))).expect("a document")
}

/// A correction of every value of a document.
pub(crate) fn corrections_of(document: &Document) -> Vec<Correction> {
    let values = values(document);
    let anchors = anchors(document, &values);
    let line = |(value, anchor): (&seisho_audit::values::Value<'_>, _)| Correction {
        source: SourceName { path: document.source.path.clone(), sha256: document.source.sha256.clone() },
        pointer: value.pointer.clone(),
        anchor,
        was: value.read.clone(),
        now: instead_of(&value.pointer.root(), &value.pointer.name(), &value.read),
        by: "山田".to_owned(),
        at: "2026-04-01T00:00:00Z".to_owned(),
        reason: None,
    };
    values.iter().zip(anchors).map(line).collect()
}

/// Another text that the field can hold.
fn instead_of(root: &str, field: &str, was: &str) -> String {
    match (root, field) {
        (_, "number") => "77".to_owned(),
        (_, "deadline") => if was == "9月" { "8月" } else { "9月" }.to_owned(),
        ("fiscal_year", _) => "令和3年度".to_owned(),
        ("dates", _) => "令和3年2月1日".to_owned(),
        _ => format!("{was}〔訂〕"),
    }
}

/// A ledger as a file.
pub(crate) fn write_ledger(folder: &Path, lines: &[Correction]) -> PathBuf {
    let file = folder.join("corrections.jsonl");
    std::fs::write(&file, lines.iter().map(Correction::line).collect::<String>()).expect("a ledger");
    file
}
