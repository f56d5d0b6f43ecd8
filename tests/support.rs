//! Running the real program and reading what it wrote.

use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub(crate) use crate::heldout::measure::squeezed;

/// What a run printed and returned.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program in English, wherever the tests run.
pub(crate) fn command<S: AsRef<OsStr>>(args: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seisho"));
    command.env("LC_ALL", "C").args(args);
    command
}

/// Runs the program.
pub(crate) fn seisho<S: AsRef<OsStr>>(args: &[S]) -> Outcome {
    let output = command(args).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("messages are UTF-8");
    Outcome { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Whether scans can be read here; with `SEISHO_REQUIRE_TOOLS` set they must.
pub(crate) fn has_reader() -> bool {
    let is_there = seisho(&["doctor"]).code == 0;
    assert!(is_there || std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "Tesseract is not installed");
    is_there
}

/// The code of a picture that fails for a reason of its own: where no reader is, that comes first.
pub(crate) fn of_picture(code: &str) -> &str {
    if has_reader() { code } else { "X108" }
}

/// The results of one conversion.
pub(crate) struct Converted {
    pub(crate) folder: TempDir,
    pub(crate) outcome: Outcome,
}

impl Converted {
    /// What is in a folder of results already.
    pub(crate) fn again<S: AsRef<OsStr>>(self, args: &[S]) -> Self {
        let outcome = convert_into(self.folder.path(), args);
        Self { outcome, ..self }
    }

    /// The line of `manifest.jsonl` for a path.
    pub(crate) fn line(&self, path: &str) -> Value {
        let lines = self.lines("manifest.jsonl");
        lines.iter().find(|l| l["path"] == path).unwrap_or_else(|| panic!("no line for {path}: {lines:#?}")).clone()
    }

    /// How many inputs the last run found done.
    pub(crate) fn unchanged(&self) -> u64 {
        self.run("unchanged")
    }

    /// A number in `run.json`.
    pub(crate) fn run(&self, name: &str) -> u64 {
        let run: Value = serde_json::from_slice(&read(&self.folder.path().join("run.json"))).expect("JSON");
        run[name].as_u64().expect("a number")
    }

    /// Documents by their names: the path of their source, with their number behind it from the second of a file on.
    pub(crate) fn documents(&self) -> BTreeMap<String, Value> {
        files(&self.folder.path().join("documents"))
            .into_iter()
            .map(|file| {
                let document: Value = serde_json::from_slice(&read(&file)).expect("a document is JSON");
                let number = document["source"]["part"]["number"].as_u64().filter(|n| *n > 1);
                let path = document["source"]["path"].as_str().expect("a path").to_owned();
                (number.map_or(path.clone(), |n| format!("{path}.{n}")), document)
            })
            .collect()
    }

    /// The lines of `records.jsonl` or `manifest.jsonl`.
    pub(crate) fn lines(&self, name: &str) -> Vec<Value> {
        let text = String::from_utf8(read(&self.folder.path().join(name))).expect("UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// All files but `run.json`, by name: what must not differ between two runs.
    pub(crate) fn bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        bytes_of(self.folder.path())
    }
}

/// All files of a folder of results but those that say where and when it was made, by name.
pub(crate) fn bytes_of(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    // Those two are of the machine and the moment.
    let all = files(root).into_iter().filter(|f| !f.ends_with("run.json") && !f.ends_with("origins.json"));
    all.map(|f| (f.strip_prefix(root).expect("below the root").to_owned(), read(&f))).collect()
}

/// Changes what the journal of a folder of results says, line by line, as one would who knows its checksums.
pub(crate) fn forge_journal(out: &Path, change: impl Fn(&str) -> String) {
    let file = out.join(".seisho/journal");
    let text = String::from_utf8(read(&file)).expect("UTF-8");
    let forged = |line: &str| match line.rsplit_once('\t') {
        Some((json, _)) => {
            let json = change(json);
            format!("{json}\t{:08x}\n", crc32fast::hash(json.as_bytes()))
        }
        None => format!("{line}\n"),
    };
    std::fs::write(&file, text.lines().map(forged).collect::<String>()).expect("a file");
}

/// Converts inputs into a new folder.
pub(crate) fn convert<S: AsRef<OsStr>>(args: &[S]) -> Converted {
    let folder = TempDir::new().expect("a folder");
    let outcome = convert_into(folder.path(), args);
    Converted { folder, outcome }
}

/// Converts inputs into a folder.
pub(crate) fn convert_into<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Outcome {
    seisho(&convert_args(folder, args))
}

/// The arguments of a conversion into a folder.
pub(crate) fn convert_args<'a, S: AsRef<OsStr>>(folder: &'a Path, args: &'a [S]) -> Vec<&'a OsStr> {
    let mut all: Vec<&OsStr> = vec![OsStr::new("convert"), OsStr::new("--out"), folder.as_os_str()];
    all.extend(args.iter().map(AsRef::as_ref));
    all
}

/// Writes files into a new folder.
pub(crate) fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, bytes) in files {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(file, bytes).expect("a file");
    }
    folder
}

/// The top of the repository.
pub(crate) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The project's own cases.
pub(crate) fn fixtures() -> PathBuf {
    top().join("fixtures")
}

/// The material beside the repository that CI has and a clone alone has not; says that a test is skipped.
pub(crate) fn shared() -> Option<PathBuf> {
    let shared = top().join("../shared");
    if shared.is_dir() {
        return Some(shared);
    }
    eprintln!("skipped: ../shared is not there");
    None
}

/// All files below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

pub(crate) fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// Labels and texts of provisions, in order.
pub(crate) fn provisions(document: &Value) -> Vec<String> {
    fn walk(provisions: &Value, found: &mut Vec<String>) {
        for provision in provisions.as_array().into_iter().flatten() {
            found.push(format!("{} {}", provision["label"].as_str().unwrap_or_default(), provision["text"].as_str().unwrap_or_default()));
            walk(&provision["children"], found);
        }
    }
    let mut found = Vec::new();
    walk(&document["sections"], &mut found);
    found
}

/// Files that want more than there is: they are done with in a minute, whatever becomes of them.
pub(crate) fn convert_hostile(files: &[(&str, &[u8])]) -> Converted {
    let folder = folder_of(files);
    let started = std::time::Instant::now();
    let converted = convert(&["--max-stream".as_ref(), "100000000".as_ref(), folder.path().as_os_str()]);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    converted
}
