//! Which files to convert, in an order that does not depend on how they were named.

use crate::lang::Stop;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{ManifestLine, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// An input and what is to become of it.
#[derive(Debug)]
pub(crate) struct Input {
    /// Where it is.
    pub(crate) file: PathBuf,
    /// Its path below the root that was named, with `/`.
    pub(crate) path: String,
    /// What becomes of it, where that is known without reading it.
    pub(crate) known: Option<Known>,
}

/// What becomes of an input that is not read.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) status: Status,
    pub(crate) code: Option<Code>,
    pub(crate) reason: Message,
}

impl Known {
    /// Its line of `manifest.jsonl`.
    pub(crate) fn manifest(&self, path: &str) -> ManifestLine {
        ManifestLine::without_document(path, None, self.status, self.code, self.reason.clone())
    }
}

/// Finds all inputs, sorted by path.
pub(crate) fn find(roots: &[PathBuf], out: &Path) -> Result<Vec<Input>, Stop> {
    let mut found: BTreeMap<String, Input> = BTreeMap::new();
    let out = std::fs::canonicalize(out).ok();
    for root in roots {
        let kind = std::fs::metadata(root).map_err(|e| {
            let name = root.display();
            Stop::new(format!("{name} がありません。名前を確かめてください"), format!("{name} cannot be found; check the name")).because(e)
        })?;
        let files = if kind.is_dir() { in_folder(root, out.as_deref()) } else { vec![single(root)] };
        for input in files {
            if let Some(other) = found.get(&input.path).filter(|o| !is_same_file(&o.file, &input.file)) {
                return Err(clash(other, &input));
            }
            found.insert(input.path.clone(), input);
        }
    }
    let mut inputs: Vec<Input> = found.into_values().collect();
    fail_below_files(&mut inputs);
    Ok(inputs)
}

/// The document of `a` is `a.json`; where there is a folder of that name as well, what is in it has no place.
fn fail_below_files(inputs: &mut [Input]) {
    let files: BTreeSet<String> = inputs.iter().filter(|i| i.known.is_none()).map(|i| format!("{}.json", i.path)).collect();
    for input in inputs.iter_mut().filter(|i| i.known.is_none()) {
        let above = input.path.match_indices('/').map(|(at, _)| &input.path[..at]).find(|folder| files.contains(*folder));
        if let Some(folder) = above {
            let reason =
                Message::new(format!("{folder} は別の入力の結果の名前です"), format!("{folder} is the name of another input's result"));
            input.known = Some(Known { status: Status::Failed, code: Some(Code::X112), reason });
        }
    }
}

fn single(file: &Path) -> Input {
    let name = file.file_name().unwrap_or(file.as_os_str());
    Input { file: file.to_owned(), path: escaped(name), known: None }
}

fn in_folder(root: &Path, out: Option<&Path>) -> Vec<Input> {
    let is_out = |entry: &walkdir::DirEntry| {
        entry.file_type().is_dir() && out.is_some() && std::fs::canonicalize(entry.path()).ok().as_deref() == out
    };
    let mut inputs = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|e| !is_out(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => inputs.push(Input { known: reason_to_skip(&entry), path: below(root, entry.path()), file: entry.into_path() }),
            Err(error) => {
                let file = error.path().unwrap_or(root).to_owned();
                inputs.push(Input { path: below(root, &file), file, known: None }); // it fails when it is read
            }
        }
    }
    inputs
}

/// Links may lead out of the folder, hidden files are no documents.
fn reason_to_skip(entry: &walkdir::DirEntry) -> Option<Known> {
    let skipped = |ja: &str, en: &str| Some(Known { status: Status::Skipped, code: None, reason: Message::new(ja, en) });
    let name = entry.file_name().to_string_lossy();
    if entry.path_is_symlink() {
        return skipped("リンクはたどりません", "links are not followed");
    }
    if !entry.file_type().is_file() {
        return skipped("通常のファイルではありません", "not a regular file");
    }
    let is_hidden = name.starts_with('.') || name.eq_ignore_ascii_case("thumbs.db") || name.eq_ignore_ascii_case("desktop.ini");
    if is_hidden { skipped("隠しファイルです", "a hidden file") } else { None }
}

fn below(root: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<_> = relative.components().map(|c| escaped(c.as_os_str())).collect();
    if parts.is_empty() { escaped(root.file_name().unwrap_or_default()) } else { parts.join("/") }
}

/// A name as text. Bytes that are no UTF-8 become `%` and two hex digits, so that different names stay different.
fn escaped(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("%{byte:02X}")));
    }
    text
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (std::fs::canonicalize(a), std::fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn clash(a: &Input, b: &Input) -> Stop {
    let (a, b, path) = (a.file.display(), b.file.display(), &b.path);
    Stop::new(
        format!("{a} と {b} は、どちらも {path} として書き出されます。共通の親フォルダを指定するか、--out を分けてください"),
        format!("{a} and {b} would both be written as {path}; name their common parent folder, or use two --out folders"),
    )
}
