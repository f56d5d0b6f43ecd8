//! Which documents another ledger changes: those that a line concerns which is new, gone, or in another order. All others
//! are what they would be if they were done again.

use super::Entry;
use crate::files::{self, RelativePath};
use seisho_audit::ledger::{Correction, Named};
use seisho_audit::values::values;
use seisho_model::record::Document;
use std::io::Read;
use std::path::Path;

/// The lines in which two ledgers differ.
pub(crate) struct Change<'l> {
    before: &'l [Correction],
    after: &'l [Correction],
}

impl<'l> Change<'l> {
    /// What is not the same from the start and from the end.
    pub(crate) fn of(before: &'l [Correction], after: &'l [Correction]) -> Self {
        let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        let (before, after) = (&before[same..], &after[same..]);
        let same = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
        Self { before: &before[..before.len() - same], after: &after[..after.len() - same] }
    }

    /// Whether it changes a document that was done.
    pub(crate) fn touches(&self, entry: &Entry, out: &Path, path: &RelativePath) -> bool {
        if entry.documents.is_empty() || (self.before.is_empty() && self.after.is_empty()) {
            return false;
        }
        let documents: Option<Vec<Document>> = entry.places(out, path).map(|file| read(&file)).collect();
        documents.is_none_or(|documents| documents.iter().any(|document| self.concerns(document)))
    }

    fn concerns(&self, document: &Document) -> bool {
        // What is computed of these is not kept as it was before they were corrected.
        let is_told_otherwise = document.corrections.keys().any(|at| matches!(&*at.root(), "fiscal_year" | "dates"));
        let (id, named) = (document.source.id(), Named::of(document, &values(document)));
        let concerns = |line: &&Correction| line.source.sha256 == id || line.anchor.document.is(&named);
        is_told_otherwise || !self.before.iter().filter(concerns).eq(self.after.iter().filter(concerns))
    }
}

fn read(file: &Path) -> Option<Document> {
    let mut bytes = Vec::new();
    files::open(file).ok()?.read_to_end(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
