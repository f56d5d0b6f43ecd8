//! What a person changed in a document by hand, as corrections.

use super::{Correction, SourceName, anchors};
use crate::values::values;
use seisho_model::record::Document;

/// What was changed by hand.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// Values that say something else.
    pub corrections: Vec<Correction>,
    /// Values that are gone, or that stand where none was read: no correction can say so.
    pub others: Vec<String>,
}

/// Compares what was read with what a person made of it.
#[must_use]
pub fn edits(read: &Document, edited: &Document, by: &str, at: &str, reason: &str) -> Edits {
    let (before, after) = (values(read), values(edited));
    let mut found = Edits::default();
    for (value, anchor) in before.iter().zip(anchors(read, &before)) {
        match after.iter().find(|v| v.pointer == value.pointer) {
            None => found.others.push(value.pointer.to_string()),
            Some(other) if other.text == value.text => {}
            Some(other) => found.corrections.push(Correction {
                source: SourceName { path: read.source.document(), sha256: read.source.id() },
                pointer: value.pointer.clone(),
                anchor,
                was: value.read.clone(),
                now: other.text.clone(),
                by: by.to_owned(),
                at: at.to_owned(),
                reason: Some(reason.to_owned()),
            }),
        }
    }
    let is_new = |pointer: &seisho_model::Pointer| before.iter().all(|v| v.pointer != pointer);
    found.others.extend(after.iter().filter(|v| is_new(v.pointer)).map(|v| v.pointer.to_string()));
    found
}
