//! What need not be done again: the source, and the document that was made of it, are still as they were.

use crate::files;
use crate::inputs::Input;
use crate::journal::{Entry, Sum};
use seisho_model::Code;
use seisho_model::output::{Status, Unlaid};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Failures that may have another cause than the document: tried again by every run.
const PASSING: [Code; 7] = [Code::X104, Code::X105, Code::X108, Code::X110, Code::X111, Code::X112, Code::I001];

/// Whether an entry still holds for an input. What another engine than this one has read does not.
pub(crate) fn is_unchanged(entry: &Entry, input: &Input, out: &Path, engine: impl Fn() -> Option<String>) -> bool {
    let manifest = &entry.manifest;
    if let Some(known) = &input.known {
        return known.manifest(&input.path) == *manifest;
    }
    match manifest.status {
        Status::Skipped => false,
        Status::Failed => {
            let passes = PASSING.iter().any(|code| manifest.code.as_deref() == Some(code.name()));
            !passes && manifest.sha256.is_some() && manifest.sha256 == sha256(input)
        }
        Status::Converted => {
            // Without an engine nothing better can be had.
            let is_read_anew = manifest.engine.is_some() && engine().is_some_and(|e| manifest.engine != Some(e));
            // What a helper that could not run left out may be had this time.
            let lacks_a_helper = manifest.counts.as_ref().is_some_and(|c| c.findings.contains_key(Code::X013.name()));
            let is_as_written = |(file, sum): (PathBuf, &Sum)| read(&file).is_some_and(|bytes| Sum::of(&bytes) == *sum);
            !is_read_anew
                && !is_held(entry)
                && !lacks_a_helper
                && !entry.documents.is_empty()
                && entry.places(out, &input.path).zip(&entry.documents).all(is_as_written)
                && manifest.sha256 == sha256(input)
        }
    }
}

/// Whether a correction was not laid because another document claims it as well, which is seen anew.
pub(crate) fn is_held(entry: &Entry) -> bool {
    entry.manifest.corrections.as_ref().is_some_and(|laid| laid.listed.iter().any(|l| l.why == Unlaid::TwoDocuments))
}

/// SHA-256 of an input in hex; none where it cannot be read.
pub(crate) fn sha256(input: &Input) -> Option<String> {
    seisho_pipeline::sha256_of(input.open().ok()?).ok()
}

fn read(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    files::open(file).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
