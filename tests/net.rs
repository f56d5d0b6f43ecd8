//! A net under changes that are to change nothing: the digest of every file that the program writes for every document at
//! hand, scans with recorded answers of the engine. Where a change of output is meant, `SEISHO_UPDATE=1 cargo test -p seisho
//! net` writes the digests anew, and the commit says what changed and why.

use crate::support::{convert, fixtures, shared, top};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What is converted: folders of `fixtures/`, then those of `../shared` with a name for their digests.
const OWN: [&str; 2] = ["documents", "findings"];
const SHARED: [(&str, &str); 7] = [
    ("seeds", "seeds"),
    ("corpus", "corpus/docs"),
    ("real", "corpus/real"),
    ("forms", "forms/docs"),
    ("cases", "cases/cases"),
    ("layout", "cases/layout"),
    ("reality", "cases/real"),
];

/// What was written for a set of documents.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    /// What the program returned: 1 where a file could not be read.
    pub(crate) code: i32,
    pub(crate) documents: BTreeMap<String, Value>,
    /// The first half of the SHA-256 of every file.
    digests: BTreeMap<String, String>,
}

impl Set {
    fn of(name: &'static str, folder: &Path) -> Self {
        let answers = top().join("tests/net/answers.recording");
        let converted = convert(&[folder.as_os_str(), "--tesseract".as_ref(), answers.as_os_str()]);
        assert!(matches!(converted.outcome.code, 0 | 1), "{}: {}", folder.display(), converted.outcome.stderr);
        let files = converted.bytes().into_iter().filter(|(path, _)| !path.starts_with(".seisho"));
        let digest = |bytes: &[u8]| seisho_pipeline::sha256(bytes)[..32].to_owned();
        let digests = files.map(|(path, bytes)| (path.to_string_lossy().into_owned(), digest(&bytes))).collect();
        Self { name, code: converted.outcome.code, documents: converted.documents(), digests }
    }
}

/// All sets that are at hand, converted once for all tests that look at them.
pub(crate) fn sets() -> &'static [Set] {
    static SETS: OnceLock<Vec<Set>> = OnceLock::new();
    SETS.get_or_init(|| {
        let mut folders: Vec<(&str, PathBuf)> = OWN.iter().map(|name| (*name, fixtures().join(name))).collect();
        if let Some(shared) = shared() {
            folders.extend(SHARED.iter().map(|(name, at)| (*name, shared.join(at))));
        }
        folders.iter().map(|(name, folder)| Set::of(name, folder)).collect()
    })
}

#[test]
fn what_is_written_is_what_was_written() {
    let mut changed = Vec::new();
    for Set { name, digests, .. } in sets() {
        let stored = top().join(format!("tests/net/{name}.tsv"));
        if std::env::var_os("SEISHO_UPDATE").is_some() {
            std::fs::write(&stored, written(digests)).expect("the digests are written");
            continue;
        }
        let want = read(&stored);
        let paths = want.keys().chain(digests.keys()).collect::<BTreeSet<_>>();
        changed.extend(paths.into_iter().filter(|p| want.get(*p) != digests.get(*p)).map(|p| format!("{name}/{p}")));
    }
    assert!(changed.is_empty(), "{} files are not as they were:\n{}", changed.len(), changed.join("\n"));
}

fn written(digests: &BTreeMap<String, String>) -> String {
    digests.iter().map(|(path, digest)| format!("{digest}\t{path}\n")).collect()
}

fn read(stored: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(stored).unwrap_or_else(|e| panic!("{}: {e}", stored.display()));
    text.lines().filter_map(|line| line.split_once('\t')).map(|(digest, path)| (path.to_owned(), digest.to_owned())).collect()
}
