//! The files that a report speaks of, each with size and hash, so that a change of any of them is seen.

use super::links::{self, Chained};
use crate::values::sha256;
use serde::{Deserialize, Serialize};

/// A file that a report is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// What it is to the report.
    pub role: Role,
    /// Of documents and results: below the folder of results; of others: from the folder of the report.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// SHA-256 of this and of the chain before it, which begins with the files of the batch.
    pub chain: String,
}

/// What a file is to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A document in `documents/`; those too that belong to no input.
    Document,
    /// `records.jsonl`, `manifest.jsonl`, `run.json`.
    Result,
    /// The plan.
    Plan,
    /// A work of the review.
    Work,
    /// The ledger of corrections.
    Ledger,
}

impl Role {
    /// Whether it stands in the folder of results, which may be moved as a whole.
    #[must_use]
    pub fn is_of_results(self) -> bool {
        matches!(self, Self::Document | Self::Result)
    }
}

/// The page that is printed and signed. It prints the seal, so that its hash is taken with the seal as zeros.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its name, beside the report's JSON.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, with zeros where it prints the seal.
    pub sha256: String,
}

/// What a page prints before it is sealed.
#[must_use]
pub fn no_seal() -> String {
    "0".repeat(64)
}

impl Page {
    /// Of a page that prints no seal yet.
    #[must_use]
    pub fn of(name: &str, html: &str) -> Self {
        Self { name: name.to_owned(), bytes: html.len() as u64, sha256: sha256(html.as_bytes()) }
    }

    /// Whether these are the bytes of the page that was sealed, and it prints this seal, once.
    #[must_use]
    pub fn is(&self, bytes: &[u8], seal: &str) -> bool {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        !seal.is_empty() && text.matches(seal).count() == 1 && *self == Self::of(&self.name, &text.replace(seal, &no_seal()))
    }
}

/// A file by role, path, size and hash.
pub type Hashed = (Role, String, u64, String);

impl Chained for Bound {
    fn chain(&self) -> &str {
        &self.chain
    }

    fn with_chain(self, chain: String) -> Self {
        Self { chain, ..self }
    }
}

/// Binds files to each other and to the chain before them.
#[must_use]
pub fn bind(before: &str, files: Vec<Hashed>) -> Vec<Bound> {
    let bound = |(role, path, bytes, sha256): Hashed| Bound { role, path, bytes, sha256, chain: String::new() };
    links::bind(before.to_owned(), files.into_iter().map(bound))
}
