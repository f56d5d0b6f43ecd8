//! Files bound to each other by their hashes.

use super::Report;
use super::bound::Role;
use super::links::{Chained, bind, first_broken};
use crate::values::sha256;
use seisho_model::output::{ManifestLine, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A file of a batch, bound to those before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Path of the source.
    pub path: String,
    /// SHA-256 of the source.
    pub source_sha256: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Why it was not converted.
    pub code: Option<String>,
    /// The same in words.
    pub reason: Option<String>,
    /// Its pages.
    pub pages: u64,
    /// Documents that were made of it, where it held several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<u32>,
    /// SHA-256 of the document as it was written; of the digests of all of them, a line each, where there are several.
    pub document_sha256: Option<String>,
    /// SHA-256 of this line and of the chain before it.
    pub chain: String,
}

impl Chained for Link {
    fn chain(&self) -> &str {
        &self.chain
    }

    fn with_chain(self, chain: String) -> Self {
        Self { chain, ..self }
    }
}

/// Binds the files of a manifest; each with the hash of its document.
#[must_use]
pub fn chain(files: Vec<(ManifestLine, Option<String>)>) -> Vec<Link> {
    let link = |(line, document_sha256): (ManifestLine, Option<String>)| {
        let pages = line.counts.as_ref().map_or(0, |c| c.pages);
        let reason = line.reason.map(|r| r.ja);
        Link {
            path: line.path,
            source_sha256: line.sha256,
            status: line.status,
            code: line.code,
            reason,
            pages,
            documents: line.documents,
            document_sha256,
            chain: String::new(),
        }
    };
    bind(String::new(), files.into_iter().map(link))
}

/// The hash of all that a report says.
#[must_use]
pub fn seal(report: &Report) -> String {
    sha256(serde_json::to_string(&Report { seal: String::new(), ..report.clone() }).unwrap_or_default().as_bytes())
}

/// What is not as it was when a report was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The report itself.
    Seal,
    /// The chain, from this file on.
    Chain(String),
    /// The document of this file, or the file is gone (of reports of the first format).
    Document(String),
    /// A file that the report is bound to.
    File(Role, String, State),
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It says something else.
    Changed,
    /// It is gone.
    Missing,
    /// It was not there.
    New,
}

/// The files as they are now.
pub trait Look {
    /// The hash of the document of a path, or of so many documents; none where there is none.
    fn document(&self, path: &str, documents: Option<u32>) -> Option<String>;
    /// Size and hash of a file; none where there is none.
    fn file(&self, role: Role, path: &str) -> Option<(u64, String)>;
    /// All documents that stand there; none where the results are not looked at.
    fn documents(&self) -> Option<Vec<String>>;
}

/// Holds a report against itself and against the files as they are now. Files of results are left out where they are not
/// looked at.
#[must_use]
pub fn verify(report: &Report, look: &dyn Look) -> Vec<Broken> {
    let mut broken = Vec::new();
    if seal(report) != report.seal {
        broken.push(Broken::Seal);
    }
    let last = report.files.last().map_or("", |link| &link.chain);
    let from = first_broken("", &report.files).map(|link| &link.path);
    let from = from.or_else(|| first_broken(last, &report.bound).map(|bound| &bound.path));
    broken.extend(from.map(|path| Broken::Chain(path.clone())));
    let there = look.documents();
    if report.bound.is_empty() {
        let has_changed =
            |link: &&Link| link.document_sha256.is_some() && look.document(&link.path, link.documents) != link.document_sha256;
        let changed = report.files.iter().filter(|link| there.is_some() && has_changed(link));
        broken.extend(changed.map(|link| Broken::Document(link.path.clone())));
        return broken;
    }
    for file in report.bound.iter().filter(|file| there.is_some() || !file.role.is_of_results()) {
        let state = match look.file(file.role, &file.path) {
            None => State::Missing,
            Some((bytes, sha256)) if bytes == file.bytes && sha256 == file.sha256 => continue,
            Some(_) => State::Changed,
        };
        broken.push(Broken::File(file.role, file.path.clone(), state));
    }
    let known: BTreeSet<&str> = report.bound.iter().filter(|b| b.role == Role::Document).map(|b| b.path.as_str()).collect();
    let fresh = there.into_iter().flatten().filter(|path| !known.contains(path.as_str()));
    broken.extend(fresh.map(|path| Broken::File(Role::Document, path, State::New)));
    broken
}
