//! Files bound to each other by their hashes.

use super::Report;
use crate::values::sha256;
use seisho_model::output::{ManifestLine, Status};
use serde::{Deserialize, Serialize};

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

/// Binds the files of a manifest; each with the hash of its document.
#[must_use]
pub fn chain(files: Vec<(ManifestLine, Option<String>)>) -> Vec<Link> {
    let mut before = String::new();
    let link = |(line, document_sha256): (ManifestLine, Option<String>)| {
        let pages = line.counts.as_ref().map_or(0, |c| c.pages);
        let reason = line.reason.map(|r| r.ja);
        let mut link = Link {
            path: line.path,
            source_sha256: line.sha256,
            status: line.status,
            code: line.code,
            reason,
            pages,
            documents: line.documents,
            document_sha256,
            chain: String::new(),
        };
        link.chain = bound(&before, &link);
        before.clone_from(&link.chain);
        link
    };
    files.into_iter().map(link).collect()
}

fn bound(before: &str, link: &Link) -> String {
    let said = serde_json::to_string(&Link { chain: String::new(), ..link.clone() }).unwrap_or_default();
    sha256(format!("{before}\n{said}").as_bytes())
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
    /// The document of this file, or the file is gone.
    Document(String),
}

/// The hash of the document of a path, or of so many documents, as it is now; none where there is none.
pub type HashOf<'h> = dyn Fn(&str, Option<u32>) -> Option<String> + 'h;

/// Holds a report against itself and against the documents as they are now.
#[must_use]
pub fn verify(report: &Report, document: Option<&HashOf<'_>>) -> Vec<Broken> {
    let mut broken = Vec::new();
    if seal(report) != report.seal {
        broken.push(Broken::Seal);
    }
    let mut before = String::new();
    for link in &report.files {
        if bound(&before, link) != link.chain {
            broken.push(Broken::Chain(link.path.clone()));
            break;
        }
        before.clone_from(&link.chain);
    }
    let now = |link: &&Link| {
        document.is_some_and(|hash| link.document_sha256.is_some() && hash(&link.path, link.documents) != link.document_sha256)
    };
    broken.extend(report.files.iter().filter(now).map(|link| Broken::Document(link.path.clone())));
    broken
}
