//! Which files to convert, in an order that does not depend on how they were named.

use crate::Error;
use crate::files::{self, OpenError, RelativePath};
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{ManifestLine, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// An input and what is to become of it.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Where it is.
    pub(crate) file: PathBuf,
    /// The folder that it was found in; none where it was named itself.
    pub(crate) found_in: Option<Arc<Path>>,
    /// Its path below the root that was named.
    pub(crate) path: RelativePath,
    /// What was named: the folder that it was found in, or the file itself.
    pub(crate) root: Arc<str>,
    /// Whether it is a file that nothing may write to.
    pub(crate) is_file: bool,
    /// What becomes of it, where that is known without reading it.
    pub(crate) known: Option<Known>,
}

impl Input {
    /// That of a result of an earlier run, where it was then.
    pub(crate) fn kept(path: RelativePath, root: &str) -> Self {
        let named = Path::new(root);
        let file = if named.is_dir() { path.below(named) } else { named.to_owned() };
        let found_in = named.is_dir().then(|| Arc::from(named));
        Self { file, found_in, path, root: root.into(), is_file: true, known: None }
    }

    /// Opens it. Where it was found in a folder, nothing below that folder is a link, even if one was put there since.
    pub(crate) fn open(&self) -> Result<File, OpenError> {
        match self.found_in.as_deref().and_then(|folder| Some((folder, self.file.strip_prefix(folder).ok()?))) {
            Some((folder, below)) => files::open_below(folder, below),
            None => files::open(&self.file),
        }
    }
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
    pub(crate) fn manifest(&self, path: &RelativePath) -> ManifestLine {
        ManifestLine::without_document(path.as_str(), None, self.status, self.code, self.reason.clone())
    }

    /// No result can have the name that follows from the input's.
    fn nameless(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status: Status::Failed, code: Some(Code::X112), reason: Message::new(ja, en) }
    }
}

/// An input as it was found.
struct Found {
    /// Which of the roots it was found below.
    root: usize,
    /// Whether its path is its name letter by letter: none of its bytes had to be written otherwise.
    is_exact: bool,
    input: Input,
}

/// Finds all inputs, sorted by path. The folder of results holds none, nor does that of what is set aside, where it
/// lies in an input: what a run puts there must not be an input of the next one.
pub(crate) fn find(roots: &[PathBuf], out: &Path, quarantine: Option<&Path>) -> Result<Vec<Input>, Error> {
    let mut found: BTreeMap<RelativePath, Vec<Found>> = BTreeMap::new();
    let canonical = |folder: &Path| std::fs::canonicalize(folder).ok();
    let own = Own { out: canonical(out), quarantine: quarantine.and_then(canonical) };
    for (number, root) in roots.iter().enumerate() {
        let kind = std::fs::metadata(root).map_err(|e| Error::Missing(root.clone(), e))?;
        let files = if kind.is_dir() { in_folder(number, root, &own) } else { vec![single(number, root, kind.is_file())] };
        // What stands behind such a name is another file in every process.
        let is_of_process = ["/dev", "/proc"].iter().any(|own| root.starts_with(own));
        let name: Arc<str> = canonical(root).filter(|_| !is_of_process).unwrap_or_else(|| root.clone()).to_string_lossy().into();
        for mut next in files {
            next.input.root = Arc::clone(&name);
            let others = found.entry(next.input.path.clone()).or_default();
            let is_known = others.iter().any(|o| is_same_file(&o.input.file, &next.input.file));
            match others.iter().find(|o| o.root != next.root && !is_known) {
                Some(other) => return Err(clash(&other.input, &next.input)),
                None if is_known => {}
                None => others.push(next),
            }
        }
    }
    let mut inputs = each_with_its_path(found);
    fail_below_files(&mut inputs);
    Ok(inputs)
}

/// Where bytes that are no UTF-8 make two names one, the result is that of one input alone: of the one that has the
/// name letter by letter, or the first by its bytes. The others fail.
fn each_with_its_path(found: BTreeMap<RelativePath, Vec<Found>>) -> Vec<Input> {
    let mut inputs: BTreeMap<RelativePath, Input> = BTreeMap::new();
    let mut others = Vec::new();
    for (path, mut of_one_path) in found {
        of_one_path.sort_by(|a, b| rank(a).cmp(&rank(b)));
        let mut of_one_path = of_one_path.into_iter().map(|f| f.input);
        inputs.extend(of_one_path.next().map(|first| (path, first)));
        others.extend(of_one_path);
    }
    for Input { file, found_in, path, root, is_file, known } in others {
        let of_another =
            || Known::nameless(format!("{path} は別の入力の結果の名前です"), format!("{path} is the name of another input's result"));
        let known = Some(known.unwrap_or_else(of_another));
        let free = (2..).map(|n| RelativePath::nearest(&format!("{path}~{n}"))).find(|free| !inputs.contains_key(free));
        if let Some(free) = free {
            inputs.insert(free.clone(), Input { file, found_in, path: free, root, is_file, known });
        }
    }
    inputs.into_values().collect()
}

/// What is converted goes before what is not.
fn rank(found: &Found) -> (bool, bool, &OsStr) {
    (found.input.known.is_some(), !found.is_exact, found.input.file.as_os_str())
}

/// The document of `a` is `a.json`; where there is a folder of that name as well, what is in it has no place.
fn fail_below_files(inputs: &mut [Input]) {
    let files: BTreeSet<String> = inputs.iter().filter(|i| i.known.is_none()).map(|i| format!("{}.json", i.path)).collect();
    for input in inputs.iter_mut().filter(|i| i.known.is_none()) {
        let path = input.path.as_str();
        let above = path.match_indices('/').map(|(at, _)| &path[..at]).find(|folder| files.contains(*folder));
        if let Some(folder) = above {
            input.known = Some(Known::nameless(
                format!("{folder} は別の入力の結果の名前です"),
                format!("{folder} is the name of another input's result"),
            ));
        }
    }
}

fn single(root: usize, file: &Path, is_file: bool) -> Found {
    let name = Path::new(file.file_name().unwrap_or(file.as_os_str()));
    Found::new(root, file.to_owned(), name, is_file, None)
}

/// Folders that the run itself writes to.
struct Own {
    out: Option<PathBuf>,
    quarantine: Option<PathBuf>,
}

impl Own {
    fn has(&self, entry: &walkdir::DirEntry) -> bool {
        if !entry.file_type().is_dir() || self.out.is_none() && self.quarantine.is_none() {
            return false;
        }
        let folder = std::fs::canonicalize(entry.path()).ok();
        // A folder that is named as an input is one, even if it is to hold copies too.
        folder.is_some() && (folder == self.out || entry.depth() > 0 && folder == self.quarantine)
    }
}

fn in_folder(number: usize, root: &Path, own: &Own) -> Vec<Found> {
    let mut inputs = Vec::new();
    let folder: Arc<Path> = Arc::from(root);
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|e| !own.has(e)) {
        let (file, is_file, known) = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => (entry.path().to_owned(), entry.file_type().is_file(), reason_to_skip(&entry)),
            Err(error) => (error.path().unwrap_or(root).to_owned(), false, unlisted(&error)),
        };
        let below = file.strip_prefix(root).ok().filter(|p| !p.as_os_str().is_empty()).map(Path::to_owned);
        let name = below.unwrap_or_else(|| root.file_name().unwrap_or_default().into());
        let mut found = Found::new(number, file, &name, is_file, known);
        found.input.found_in = Some(Arc::clone(&folder));
        inputs.push(found);
    }
    inputs
}

impl Found {
    fn new(root: usize, file: PathBuf, name: &Path, is_file: bool, known: Option<Known>) -> Self {
        let parts: Vec<_> = name.components().map(|c| escaped(c.as_os_str())).collect();
        let text = parts.join("/");
        let (path, known) = match RelativePath::parse(text.as_str()) {
            Ok(path) => (path, known),
            Err(error) => {
                let ja = format!("{text:?} はフォルダの中のパスになりません");
                (RelativePath::nearest(&text), Some(known.unwrap_or_else(|| Known::nameless(ja, error.to_string()))))
            }
        };
        let is_exact = name.to_str().is_some() && path.as_str() == text;
        Self { root, is_exact, input: Input { file, found_in: None, path, root: Arc::from(""), is_file, known } }
    }
}

/// Why a folder could not be looked into; none for what fails when it is read.
fn unlisted(error: &walkdir::Error) -> Option<Known> {
    let why = error.io_error().filter(|_| error.path().is_some_and(Path::is_dir))?;
    let reason = Message::new(format!("フォルダの中を見られません（{why}）"), format!("the folder cannot be listed ({why})"));
    Some(Known { status: Status::Failed, code: Some(Code::X104), reason })
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

fn clash(a: &Input, b: &Input) -> Error {
    Error::Clash { files: Box::new([a.file.clone(), b.file.clone()]), path: b.path.to_string() }
}
