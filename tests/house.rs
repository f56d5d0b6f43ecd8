//! The plan of the house, held against the source: which crate may know which, no circles between files, folders that one
//! can look over. ARCHITECTURE.md says why.

use crate::support::top;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What each crate may know of the others, beside `model`, which all may know.
pub(crate) const MAY_KNOW: [(&str, &[&str]); 18] = [
    ("model", &[]),
    ("dictionary", &[]),
    ("ocr", &[]),
    ("extract", &[]),
    ("layout", &[]),
    ("inspect", &[]),
    ("audit", &["japanese"]),
    ("export", &[]),
    ("review", &["audit"]),
    ("japanese", &["dictionary"]),
    ("scan", &["ocr"]),
    ("reading", &["japanese"]),
    ("forms", &["japanese"]),
    ("recover", &["reading", "forms", "japanese"]),
    ("schema", &["recover", "reading", "forms", "japanese"]),
    ("pipeline", &["audit", "dictionary", "extract", "forms", "japanese", "layout", "ocr", "reading", "scan", "schema"]),
    ("batch", &["pipeline", "audit", "extract"]),
    ("", &["audit", "batch", "inspect", "pipeline", "japanese", "extract", "export", "review"]),
];
/// A folder holds no more files and folders than one takes in at a glance. Those of findings hold one file a code.
const LOOKED_OVER: usize = 12;

/// The name by which the list above has a crate; the program's own is empty.
fn short(name: &str) -> Option<&str> {
    name.strip_prefix("seisho").map(|rest| rest.trim_start_matches('-'))
}

#[test]
fn a_crate_knows_only_what_it_may() {
    let said =
        Command::new(env!("CARGO")).args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(top()).output();
    let metadata: Value = serde_json::from_slice(&said.expect("cargo runs").stdout).expect("JSON");
    for package in metadata["packages"].as_array().expect("packages") {
        let name = short(package["name"].as_str().expect("a name")).expect("a crate of ours");
        let allowed = MAY_KNOW.iter().find(|(n, _)| *n == name).unwrap_or_else(|| panic!("{name} is not in the list")).1;
        for dependency in package["dependencies"].as_array().expect("dependencies").iter().filter(|d| d["kind"].is_null()) {
            let Some(known) = short(dependency["name"].as_str().expect("a name")) else { continue };
            assert!(known == "model" || allowed.contains(&known), "{name} knows {known}, which it may not");
        }
    }
}

#[test]
fn no_two_files_know_each_other() {
    let mut circles = Vec::new();
    for source in sources() {
        circles.extend(Files::of(&source).circles().into_iter().map(|circle| format!("{}: {circle:?}", source.display())));
    }
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn folders_can_be_looked_over() {
    let mut large = Vec::new();
    let mut folders: Vec<PathBuf> = sources();
    while let Some(folder) = folders.pop() {
        let entries: Vec<PathBuf> = std::fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
        if entries.len() > LOOKED_OVER && !folder.components().any(|part| part.as_os_str() == "codes") {
            large.push(format!("{}: {}", folder.display(), entries.len()));
        }
        folders.extend(entries.into_iter().filter(|e| e.is_dir()));
    }
    assert!(large.is_empty(), "{}", large.join("\n"));
}

/// The source folders of all crates.
fn sources() -> Vec<PathBuf> {
    let crates = std::fs::read_dir(top().join("crates")).expect("crates");
    crates.map(|e| e.expect("an entry").path().join("src")).collect()
}

/// The files of a crate, by module path, with the modules that each names.
struct Files(BTreeMap<Vec<String>, BTreeSet<Vec<String>>>);

impl Files {
    fn of(source: &Path) -> Self {
        let mut texts = BTreeMap::new();
        let mut folders = vec![source.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else if entry.extension().is_some_and(|e| e == "rs") {
                    let path = entry.strip_prefix(source).expect("below").with_extension("");
                    let mut module: Vec<String> = path.iter().map(|p| p.to_string_lossy().into_owned()).collect();
                    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                        module.pop();
                    }
                    texts.insert(module, without_tests(&std::fs::read_to_string(&entry).expect("text")));
                }
            }
        }
        let names = |module: &Vec<String>, text: &str| -> BTreeSet<Vec<String>> {
            let named = paths(module, text).into_iter().filter_map(|mut path| {
                while !texts.contains_key(&path) {
                    path.pop()?;
                }
                Some(path)
            });
            // What stands at the face of a folder is for all below it.
            named.filter(|path| !module.starts_with(path)).collect()
        };
        Self(texts.iter().map(|(module, text)| (module.clone(), names(module, text))).collect())
    }

    /// Pairs of files that reach each other.
    fn circles(&self) -> Vec<[String; 2]> {
        let reach = |from: &Vec<String>| {
            let mut seen: BTreeSet<&Vec<String>> = BTreeSet::new();
            let mut open: Vec<&Vec<String>> = self.0[from].iter().collect();
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(&self.0[next]);
                }
            }
            seen
        };
        let reached: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> = self.0.keys().map(|module| (module, reach(module))).collect();
        let pairs = reached.iter().flat_map(|(a, of_a)| of_a.iter().map(move |b| (*a, *b)));
        pairs.filter(|(a, b)| a < b && reached[b].contains(a)).map(|(a, b)| [a.join("::"), b.join("::")]).collect()
    }
}

/// The source without comments and without its tests, which stand at the end.
fn without_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The paths inside the crate that a module's source names.
fn paths(module: &[String], text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for root in ["crate::", "super::"] {
        for (at, _) in text.match_indices(root) {
            if at > 0 && (bytes[at - 1] == b':' || bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_') {
                continue;
            }
            let mut base: Vec<String> = if root == "crate::" { Vec::new() } else { module.to_vec() };
            let mut rest = &text[at..];
            while let Some(up) = rest.strip_prefix("super::") {
                base.pop();
                rest = up;
            }
            rest = rest.strip_prefix("crate::").unwrap_or(rest);
            tree(&base, rest, &mut found);
        }
    }
    found
}

/// Reads `a::b::{c, d::e}` and adds each path behind `base`; gives what is left of the text.
fn tree<'t>(base: &[String], mut text: &'t str, found: &mut Vec<Vec<String>>) -> &'t str {
    let mut path = base.to_vec();
    loop {
        text = text.trim_start();
        if let Some(mut inner) = text.strip_prefix('{') {
            loop {
                inner = tree(&path, inner, found).trim_start();
                match inner.strip_prefix(',') {
                    Some(more) if !more.trim_start().starts_with('}') => inner = more,
                    other => {
                        let end = other.unwrap_or(inner).trim_start();
                        return end.strip_prefix('}').unwrap_or(end);
                    }
                }
            }
        }
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        if end > 0 && &text[..end] != "self" {
            path.push(text[..end].to_owned());
        }
        text = &text[end..];
        match text.strip_prefix("::") {
            Some(more) => text = more,
            None => break,
        }
    }
    found.push(path);
    // `as name`
    let rest = text.trim_start();
    rest.strip_prefix("as ").map_or(text, |alias| alias.trim_start().trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'))
}
