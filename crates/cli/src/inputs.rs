//! Which files to convert, in an order that does not depend on how they were named.

use crate::lang::Stop;
use seisho_model::finding::Message;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// An input and what is to become of it.
#[derive(Debug)]
pub(crate) struct Input {
    /// Where it is.
    pub(crate) file: PathBuf,
    /// Its path below the root that was named, with `/`.
    pub(crate) path: String,
    /// Why it is not to be converted, if it is not.
    pub(crate) skip: Option<Message>,
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
    Ok(found.into_values().collect())
}

fn single(file: &Path) -> Input {
    let name = file.file_name().unwrap_or(file.as_os_str());
    Input { file: file.to_owned(), path: name.to_string_lossy().into_owned(), skip: None }
}

fn in_folder(root: &Path, out: Option<&Path>) -> Vec<Input> {
    let is_out = |entry: &walkdir::DirEntry| {
        entry.file_type().is_dir() && out.is_some() && std::fs::canonicalize(entry.path()).ok().as_deref() == out
    };
    let mut inputs = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|e| !is_out(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => inputs.push(Input { skip: reason_to_skip(&entry), path: below(root, entry.path()), file: entry.into_path() }),
            Err(error) => {
                let file = error.path().unwrap_or(root).to_owned();
                inputs.push(Input { path: below(root, &file), file, skip: None }); // it fails when it is read
            }
        }
    }
    inputs
}

/// Links may lead out of the folder, hidden files are no documents.
fn reason_to_skip(entry: &walkdir::DirEntry) -> Option<Message> {
    let name = entry.file_name().to_string_lossy();
    if entry.path_is_symlink() {
        return Some(Message::new("リンクはたどりません", "links are not followed"));
    }
    if !entry.file_type().is_file() {
        return Some(Message::new("通常のファイルではありません", "not a regular file"));
    }
    let is_hidden = name.starts_with('.') || name.eq_ignore_ascii_case("thumbs.db") || name.eq_ignore_ascii_case("desktop.ini");
    is_hidden.then(|| Message::new("隠しファイルです", "a hidden file"))
}

fn below(root: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { root.display().to_string() } else { parts.join("/") }
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
