//! What need not be done again: the source, and the document that was made of it, are still as they were.

use crate::files;
use crate::inputs::Input;
use crate::journal::{Entry, Sum};
use crate::work::place;
use seisho_model::Code;
use seisho_model::output::{Status, Unlaid};
use std::io::Read;
use std::path::Path;

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
            !passes && manifest.sha256.is_some() && manifest.sha256 == sha256(&input.file)
        }
        Status::Converted => {
            // Without an engine nothing better can be had.
            let is_read_anew = manifest.engine.is_some() && engine().is_some_and(|e| manifest.engine != Some(e));
            // What a helper that could not run left out may be had this time.
            let lacks_a_helper = manifest.counts.as_ref().is_some_and(|c| c.findings.contains_key(Code::X013.name()));
            // Whether another document claims a correction as well is seen anew.
            let is_held = manifest.corrections.as_ref().is_some_and(|l| l.listed.iter().any(|l| l.why == Unlaid::TwoDocuments));
            let document = read(&place(out, &input.path));
            !is_read_anew
                && !is_held
                && !lacks_a_helper
                && document.is_some_and(|bytes| Some(Sum::of(&bytes)) == entry.document)
                && manifest.sha256 == sha256(&input.file)
        }
    }
}

/// SHA-256 of a file in hex; none where it cannot be read.
pub(crate) fn sha256(file: &Path) -> Option<String> {
    seisho_pipeline::sha256_of(files::open(file).ok()?).ok()
}

fn read(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    files::open(file).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
