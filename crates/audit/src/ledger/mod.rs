//! Corrections that an office owns: lines in one file that is only ever added to. They are laid over results; where one
//! finds no place, or two, it is listed and never laid over something else.

mod anchor;
mod answered;
mod edits;
mod lay;

pub use anchor::{Anchor, Named, anchors};
pub use edits::{Edits, edits};
pub use lay::{Derive, Laying, lay};

use crate::values::sha256;
use seisho_model::Pointer;
use serde::{Deserialize, Serialize};

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The file that it was made on.
    pub source: SourceName,
    /// The value in its document.
    pub pointer: Pointer,
    /// By what the value is known again in another file.
    pub anchor: Anchor,
    /// What was read.
    pub was: String,
    /// What it should say.
    pub now: String,
    /// Who says so.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A file by name and content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceName {
    /// Path below the input root, with that number too.
    pub path: String,
    /// SHA-256 of its bytes, in hex; behind it a point and the number of the document, from the second of the file on.
    pub sha256: String,
}

impl Correction {
    /// What the line is called: the first 16 digits of the hash of all that it says.
    #[must_use]
    pub fn id(&self) -> String {
        let said = [&self.source.sha256, self.pointer.as_str(), &self.was, &self.now, &self.by, &self.at].join("\n");
        sha256(said.as_bytes())[..16].to_owned()
    }

    /// As it stands in the file, with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        // A correction has nothing that JSON cannot hold.
        serde_json::to_string(self).map(|line| line + "\n").unwrap_or_default()
    }
}

/// The lines of a ledger.
///
/// # Errors
/// The first line that is none, from 1, and what is wrong with it.
pub fn parse(text: &str) -> Result<Vec<Correction>, (usize, String)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|e| (at + 1, e.to_string()))).collect()
}
