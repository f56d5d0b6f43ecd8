//! Glyphs that the reader of PDFs cannot name: a second reader is asked in a process of its own, and believed only
//! where it agrees on everything else and its answer fits the shapes.

use crate::support::{convert, fixtures};
use serde_json::{Value, json};

fn document(path: &str) -> Value {
    let mut documents = convert(&[fixtures().join(path)]).documents();
    documents.pop_first().expect("a document").1
}

#[test]
fn what_a_second_reader_names_is_marked_as_a_guess() {
    let document = document("second/narrow.pdf");
    assert_eq!(document["preamble"], json!(["Budget 2026", "abc"]));
    let evidence = &document["evidence"]["/preamble/1"];
    assert_eq!(evidence["raw"], "\u{FFFD}\u{FFFD}\u{FFFD}", "what the file says stays as it is");
    let edits = evidence["edits"].as_array().expect("edits");
    assert!(edits.len() == 3 && edits.iter().all(|e| e["rule"] == "second-reader" && e["trust"] == "guess"), "{edits:?}");
    let finding = document["findings"].as_array().expect("findings").iter().find(|f| f["code"] == "X006").expect("X006").clone();
    assert_eq!((&finding["suggestion"], &finding["at"][0]["page"]), (&json!("abc"), &json!(1)));
}

#[test]
fn letters_as_wide_as_an_em_are_not_believed() {
    // Glyphs of a full em whose codes happen to be those of a, b and c.
    let document = document("second/wide.pdf");
    assert_eq!(document["preamble"], json!(["Budget 2026", "\u{FFFD}\u{FFFD}\u{FFFD}"]));
}

#[test]
fn a_second_reader_that_panics_takes_nothing_with_it() {
    // pdf-extract panics on this file's Japanese font.
    let document = document("findings/X006.pdf");
    assert_eq!(document["preamble"][0], "読める文字");
    assert!(document["findings"].as_array().expect("findings").iter().any(|f| f["code"] == "X006" && f["suggestion"].is_null()));
}
