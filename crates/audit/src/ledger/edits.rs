//! What a person changed in a document by hand, as corrections.

use super::{Correction, SourceName, anchors};
use crate::gaps::{gaps, with_gaps};
use crate::values::{Value, entered_at, values};
use seisho_model::Pointer;
use seisho_model::record::Document;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// What was changed by hand.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// Values that say something else.
    pub corrections: Vec<Correction>,
    /// Values that are gone, entries that were added to a list: no correction can say so.
    pub others: Vec<String>,
}

/// Compares what was read with what a person made of it. The copy of the person may be older than other corrections: what
/// it leaves as it was read is no change of theirs.
#[must_use]
pub fn edits(read: &Document, edited: &Document, by: &str, at: &str, reason: &str) -> Edits {
    let (missing, json) = (gaps(read), serde_json::to_value(edited).unwrap_or_default());
    let (before, after) = (with_gaps(read, &missing), values(edited));
    let mut found = Edits::default();
    // Places whose differences are dealt with.
    let mut told: Vec<Pointer> = before.iter().filter(|v| v.text != v.read).map(|v| v.pointer.clone()).collect();
    for (value, anchor) in before.iter().zip(anchors(read, &before)) {
        let is_as_read = |other: &Value<'_>| other.text == value.read && !edited.corrections.contains_key(value.pointer);
        let is_there = |other: &&Value<'_>| other.pointer == value.pointer;
        // All entries of a list that was empty are one value.
        let is_of_texts =
            |list: &Pointer| json.pointer(list.as_str()).and_then(Json::as_array).is_some_and(|l| l.iter().all(Json::is_string));
        let list_of = |value: &Value<'_>| value.pointer.parent().filter(|list| !value.is_read() && is_of_texts(list));
        let entered = || entered_at(&json, value.pointer).map(|text| Value { text, ..Value::missing(value.pointer) });
        let other = if value.is_read() { after.iter().find(is_there).cloned() } else { entered() };
        match other {
            // What was missing, or what was entered and is not in an older copy, is no change.
            None if !value.is_read() => told.extend(list_of(value)),
            None => {
                found.others.push(value.pointer.to_string());
                told.push(value.pointer.clone());
            }
            Some(other) if other.text == value.text || is_as_read(&other) => {}
            Some(other) => {
                told.push(value.pointer.clone());
                told.extend(list_of(value));
                found.corrections.push(Correction {
                    source: SourceName { path: read.source.document(), sha256: read.source.id() },
                    pointer: value.pointer.clone(),
                    anchor,
                    was: value.read.clone(),
                    now: other.text.clone(),
                    by: by.to_owned(),
                    at: at.to_owned(),
                    reason: Some(reason.to_owned()),
                });
            }
        }
    }
    let mut differ = Vec::new();
    differences(&content(read), &content(edited), &Pointer::document(), &mut differ);
    found
        .others
        .extend(differ.iter().filter(|at| !told.iter().any(|told| at.is_within(told) || told.is_within(at))).map(Pointer::to_string));
    found
}

/// What a document says, without what is said about it.
fn content(document: &Document) -> Json {
    let mut json = serde_json::to_value(document).unwrap_or_default();
    if let Some(fields) = json.as_object_mut() {
        fields.retain(|name, _| {
            !matches!(name.as_str(), "schema_version" | "source" | "evidence" | "corrections" | "confirmed" | "findings")
        });
    }
    json
}

/// The places at which two documents differ.
fn differences(before: &Json, after: &Json, at: &Pointer, found: &mut Vec<Pointer>) {
    match (before, after) {
        _ if before == after => {}
        (Json::Object(a), Json::Object(b)) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                differences(a.get(name).unwrap_or(&Json::Null), b.get(name).unwrap_or(&Json::Null), &at.clone().field(name), found);
            }
        }
        (Json::Array(a), Json::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                differences(a.get(index).unwrap_or(&Json::Null), b.get(index).unwrap_or(&Json::Null), &at.clone().item(index), found);
            }
        }
        _ => found.push(at.clone()),
    }
}
