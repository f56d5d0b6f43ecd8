//! What the cases of the checks stand on: a document of a few texts.

use super::{Checker, Slip, Usage};
use seisho_model::record::Document;
use serde_json::json;

/// A goal table with these methods.
pub(crate) fn document(methods: &[&str]) -> Document {
    let goals: Vec<_> = methods.iter().enumerate().map(|(index, text)| goal(index + 1, text)).collect();
    made(json!({ "goals": goals }))
}

/// One goal.
pub(crate) fn goal(number: usize, text: &str) -> serde_json::Value {
    json!({ "number": number, "page": 1, "item": null, "plan_category": null, "target": [], "methods": [text],
        "deadline": null, "divisions": [], "achievement": null, "inherited": null, "number_candidates": null })
}

/// A document of 令和8年度 that says this, with evidence for every text.
pub(crate) fn made(says: serde_json::Value) -> Document {
    let mut whole = json!({
        "schema_version": "1", "kind": "goal_table", "profile": null, "title": null, "department": null,
        "source": { "path": "a.txt", "sha256": "0".repeat(64), "bytes": 1, "media_type": "text/plain", "encoding": "UTF-8",
            "pages": 1, "method": "text", "engine": null },
        "fiscal_year": { "raw": "令和8年度", "era": "令和", "year": 8, "gregorian": 2026, "start": "2026-04-01", "end": "2027-03-31" },
        "dates": { "issued": [], "revised": [] }, "authors": [], "goals": [], "preamble": [], "sections": [], "tables": [],
        "page_joins": [], "remainder": [], "evidence": {}, "findings": []
    });
    for (name, value) in says.as_object().expect("an object") {
        whole[name] = value.clone();
    }
    let mut evidence = serde_json::Map::new();
    strings(&json!({ "goals": whole["goals"], "sections": whole["sections"], "authors": whole["authors"] }), String::new(), &mut evidence);
    whole["evidence"] = evidence.into();
    serde_json::from_value(whole).expect("a document")
}

fn strings(value: &serde_json::Value, at: String, evidence: &mut serde_json::Map<String, serde_json::Value>) {
    match value {
        serde_json::Value::Object(fields) if fields.contains_key("raw") => {
            evidence.insert(at, json!({ "raw": fields["raw"], "at": [], "edits": [], "confidence": null }));
        }
        serde_json::Value::Object(fields) => fields.iter().for_each(|(name, value)| strings(value, format!("{at}/{name}"), evidence)),
        serde_json::Value::Array(items) => items.iter().enumerate().for_each(|(i, value)| strings(value, format!("{at}/{i}"), evidence)),
        serde_json::Value::String(text) => {
            evidence.insert(at, json!({ "raw": text, "at": [], "edits": [], "confidence": null }));
        }
        _ => {}
    }
}

/// All slips of a document.
pub(crate) fn slips(document: &Document) -> Vec<Slip> {
    let (mut usage, mut checker) = (Usage::default(), Checker::new().expect("the words"));
    checker.learn(document, &mut usage);
    checker.check(document, &usage)
}

/// What one check says of a document: `found → suggestion`.
pub(crate) fn said(code: &str, document: &Document) -> Vec<String> {
    let of = |slip: Slip| match slip.suggestion {
        Some(instead) => format!("{} → {instead}", slip.found),
        None => slip.found,
    };
    slips(document).into_iter().filter(|slip| slip.code == code).map(of).collect()
}

/// What one check says of some texts.
pub(crate) fn found(code: &str, texts: &[&str]) -> Vec<String> {
    said(code, &document(texts))
}

#[test]
fn a_slip_of_a_doubted_reading_is_the_readings() {
    let mut document = document(&["整合をを図る。"]);
    assert_eq!(slips(&document)[0].origin, super::Origin::Source);
    document.evidence.0.iter_mut().for_each(|(_, evidence)| evidence.confidence = Some(0.4));
    assert_eq!(slips(&document)[0].origin, super::Origin::Reading);
}

#[test]
fn every_code_is_once_in_the_list_and_explains_itself() {
    for (place, check) in super::CHECKS.iter().enumerate() {
        assert_eq!(check.code, format!("K{:03}", place + 1));
        assert!(check.title.iter().chain(&check.what).all(|text| !text.is_empty()) && !check.example.is_empty());
    }
}
