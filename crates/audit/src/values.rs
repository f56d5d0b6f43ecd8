//! The values of a document: all that has evidence, each with what it says now and what was read.

use seisho_model::Pointer;
use seisho_model::codes::finding::Severity;
use seisho_model::reading::Trust;
use seisho_model::record::{Document, Evidence, Finding};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A value of a document.
#[derive(Clone, Debug)]
pub struct Value<'d> {
    /// Its name in the document.
    pub pointer: &'d Pointer,
    /// What it says.
    pub text: String,
    /// What was read; another text where the value was corrected.
    pub read: String,
    /// Where it came from.
    pub evidence: &'d Evidence,
}

/// What stands behind a value that was not read.
const NOTHING: &Evidence = &Evidence { raw: String::new(), at: Vec::new(), edits: Vec::new(), confidence: None };

impl<'d> Value<'d> {
    /// A value that was not read, and that nobody has entered.
    #[must_use]
    pub fn missing(pointer: &'d Pointer) -> Self {
        Self { pointer, text: String::new(), read: String::new(), evidence: NOTHING }
    }

    /// Whether it was read, whatever it says now.
    #[must_use]
    pub fn is_read(&self) -> bool {
        !self.evidence.at.is_empty() || !self.evidence.raw.is_empty() || !self.read.is_empty()
    }
}

/// All values of a document, in the order of its evidence; behind them those that a person entered where none was read.
#[must_use]
pub fn values(document: &Document) -> Vec<Value<'_>> {
    let json = serde_json::to_value(document).unwrap_or_default();
    let value = |pointer, evidence| {
        let text = text_at(&json, pointer)?;
        let read = document.corrections.get(pointer).map_or_else(|| text.clone(), |c| c.was.clone());
        Some(Value { pointer, text, read, evidence })
    };
    let mut all: Vec<Value<'_>> = document.evidence.0.iter().filter_map(|(pointer, evidence)| value(pointer, evidence)).collect();
    if document.corrections.values().any(|c| c.was.is_empty()) {
        let held: BTreeSet<&Pointer> = all.iter().map(|v| v.pointer).collect();
        let entered = document.corrections.iter().filter(|(pointer, c)| c.was.is_empty() && !held.contains(pointer));
        let entered = entered.filter_map(|(pointer, _)| Some(Value { text: entered_at(&json, pointer)?, ..Value::missing(pointer) }));
        all.extend(entered.collect::<Vec<_>>());
    }
    all
}

/// What stands where nothing was read: the text, or all entries of the list that begins there, each on a line of its own.
#[must_use]
pub fn entered_at(document: &Json, pointer: &Pointer) -> Option<String> {
    let is_first = pointer.steps().next_back().is_some_and(|step| step == "0");
    let list = pointer.parent().filter(|_| is_first).and_then(|list| document.pointer(list.as_str())?.as_array());
    let texts: Option<Vec<&str>> = list.and_then(|entries| entries.iter().map(Json::as_str).collect());
    let text = texts.map_or_else(|| text_at(document, pointer), |texts| Some(texts.join("\n")))?;
    (!text.is_empty()).then_some(text)
}

/// The text of the value at a pointer: a string, a number, or the `raw` of a date and the like.
#[must_use]
pub fn text_at(document: &Json, pointer: &Pointer) -> Option<String> {
    text_of(document.pointer(pointer.as_str())?)
}

fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Object(fields) => fields.get("raw")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// The findings that are about a value: of itself, of what it is in within its record, or of a part of it.
pub fn findings_of<'d>(document: &'d Document, pointer: &Pointer) -> impl Iterator<Item = &'d Finding> {
    let (pointer, record) = (pointer.clone(), pointer.record());
    document.findings.iter().filter(move |finding| {
        finding.pointer.as_ref().is_some_and(|about| {
            // What is said of a whole document is said of no value.
            let is_of_it = pointer.is_within(about) || about.is_within(&pointer);
            is_of_it && about.steps().count() > 0 && (record.as_ref() != Some(about) || pointer.is_within(about))
        })
    })
}

/// Whether a person said what a value says, or that it is right as it was read.
#[must_use]
pub fn is_answered(document: &Document, pointer: &Pointer) -> bool {
    let is_of_it = |f: &Finding| f.answered.is_some() && f.pointer.as_ref() == Some(pointer);
    let is_said = document.corrections.contains_key(pointer) || document.confirmed.contains_key(pointer);
    is_said || document.findings.iter().any(is_of_it)
}

/// A reading below this is doubted.
const SURE: f64 = 0.9;

/// Whether anything speaks against a value that nobody has answered: a warning, a low confidence, a guess.
#[must_use]
pub fn is_doubted(document: &Document, value: &Value<'_>) -> bool {
    let is_open = !is_answered(document, value.pointer);
    let is_guessed = value.evidence.edits.iter().any(|e| e.trust == Trust::Guess);
    let is_unsure = value.evidence.confidence.is_some_and(|c| c < SURE);
    let is_found = findings_of(document, value.pointer).any(|f| f.answered.is_none() && f.severity >= Severity::Warning);
    (is_open && (is_guessed || is_unsure)) || is_found
}

/// A text without white space: what line ends and blanks change is no change.
#[must_use]
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
