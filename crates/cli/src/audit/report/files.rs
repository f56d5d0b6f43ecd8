//! The files that a report is bound to, where they stand now.

use super::super::results::unreadable;
use crate::screen::lang::Stop;
use seisho_audit::report::{Hashed, Link, Look, Report, Role, bind};
use seisho_batch::files::{RelativePath, open};
use seisho_model::record::document_name;
use seisho_pipeline::{sha256, sha256_of};
use std::path::{Component, Path, PathBuf};

/// Files of a folder of results beside its documents. What is kept in `.seisho/` is the program's own and may change.
const RESULTS: [&str; 3] = ["manifest.jsonl", "records.jsonl", "run.json"];

/// The folder of documents in results.
const DOCUMENTS: &str = "documents";

/// What is given to a report beside the results.
pub(super) struct Given<'g> {
    pub(super) plan: Option<&'g Path>,
    pub(super) works: &'g [PathBuf],
    pub(super) ledger: Option<&'g Path>,
}

/// Binds a report that goes to `to` to all that it speaks of.
pub(super) fn bound(report: &mut Report, out: &Path, given: &Given<'_>, to: &Path) -> Result<(), Stop> {
    let folder = folder_of(to);
    let mut files: Vec<Hashed> = Vec::new();
    let documents = documents(out);
    let of_results = documents.into_iter().map(|path| (Role::Document, path));
    for (role, path) in of_results.chain(RESULTS.map(|name| (Role::Result, name.to_owned()))) {
        let (bytes, hash) = hashed(&out.join(&path)).ok_or_else(|| unreadable(&out.join(&path)))?;
        files.push((role, path, bytes, hash));
    }
    let plan = given.plan.iter().map(|file| (Role::Plan, *file));
    let works = given.works.iter().map(|file| (Role::Work, file.as_path()));
    let ledger = given.ledger.iter().map(|file| (Role::Ledger, *file));
    for (role, file) in plan.chain(works).chain(ledger) {
        let (bytes, hash) = hashed(file).ok_or_else(|| unreadable(file))?;
        files.push((role, from(&folder, file), bytes, hash));
    }
    report.results_at = from(&folder, out);
    report.bound = bind(report.files.last().map_or("", |link: &Link| &link.chain), files);
    Ok(())
}

/// The hash of the document of a path; of the hashes of all of them where there are several.
pub(super) fn document_hash(out: &Path, path: &str, documents: Option<u32>) -> Option<String> {
    let path = RelativePath::parse(path).ok()?;
    let hash = |number: u32| Some(hashed(&out.join(DOCUMENTS).join(format!("{}.json", document_name(path.as_str(), number))))?.1);
    let all: Vec<String> = (1..=documents.unwrap_or(1)).map(hash).collect::<Option<_>>()?;
    Some(if documents.is_none() { all.concat() } else { sha256(all.join("\n").as_bytes()) })
}

/// The files around a report as they are now.
pub(super) struct Around {
    /// The folder of the report.
    folder: PathBuf,
    /// The folder of results; none where it is not looked at.
    pub(super) results: Option<PathBuf>,
}

impl Around {
    /// Of a report's file; the results stand where they are said to, else where they stood.
    pub(super) fn of(file: &Path, report: &Report, out: Option<&Path>) -> Self {
        let folder = folder_of(file);
        let there = || Some(folder.join(&report.results_at)).filter(|_| !report.results_at.is_empty()).filter(|p| p.is_dir());
        Self { results: out.map(Path::to_owned).or_else(there), folder }
    }
}

impl Look for Around {
    fn document(&self, path: &str, documents: Option<u32>) -> Option<String> {
        document_hash(self.results.as_ref()?, path, documents)
    }

    fn file(&self, role: Role, path: &str) -> Option<(u64, String)> {
        if role.is_of_results() {
            return hashed(&self.results.as_ref()?.join(RelativePath::parse(path).ok()?.as_str()));
        }
        // What was handed on together with the report stands beside it.
        let beside = Path::new(path).file_name().map(|name| self.folder.join(name));
        hashed(&self.folder.join(path)).or_else(|| hashed(&beside?))
    }

    fn documents(&self) -> Option<Vec<String>> {
        self.results.as_deref().map(documents)
    }
}

/// Size and hash of a file.
fn hashed(file: &Path) -> Option<(u64, String)> {
    let source = open(file).ok()?;
    let bytes = source.metadata().ok()?.len();
    Some((bytes, sha256_of(source).ok()?))
}

/// All files below `documents/`, in order.
fn documents(out: &Path) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![DOCUMENTS.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(out.join(&folder)).into_iter().flatten().flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() { folders.push(name) } else { found.push(name) }
        }
    }
    found.sort();
    found
}

fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::canonicalize(folder).unwrap_or_else(|_| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()))
}

/// The way from a folder to a file, where both are on one disk.
fn from(folder: &Path, file: &Path) -> String {
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let parts = |path: &Path| path.components().map(|c| c.as_os_str().to_owned()).collect::<Vec<_>>();
    let (a, b) = (parts(folder), parts(&file));
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    if same == 0 || matches!(file.components().nth(same), Some(Component::Prefix(_))) {
        return file.display().to_string();
    }
    let up = std::iter::repeat_n("..".to_owned(), a.len() - same);
    let down = b[same..].iter().map(|part| part.to_string_lossy().into_owned());
    let way = up.chain(down).collect::<Vec<_>>().join("/");
    if way.is_empty() { ".".to_owned() } else { way }
}
