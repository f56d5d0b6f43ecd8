//! Where the inputs of a folder of results came from: what was named on the command line, by path. It is of this machine
//! and of no result, so it stands beside the journal.

use crate::Error;
use crate::files::{self, RelativePath, Writer, json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What was named, and the paths below it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Origins(BTreeMap<String, Vec<String>>);

impl Origins {
    /// Of a folder of results; empty where it says none.
    pub(crate) fn read(out: &Path) -> Self {
        let mut text = String::new();
        let read = files::open(&place(out)).ok().and_then(|mut f| f.read_to_string(&mut text).ok());
        read.and_then(|_| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Of these paths, each with what was named.
    pub(crate) fn of<'a>(inputs: impl Iterator<Item = (&'a RelativePath, &'a str)>) -> Self {
        let mut roots: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, root) in inputs {
            roots.entry(root.to_owned()).or_default().push(path.to_string());
        }
        Self(roots)
    }

    /// What was named, by path.
    pub(crate) fn by_path(&self) -> BTreeMap<&str, &str> {
        self.0.iter().flat_map(|(root, paths)| paths.iter().map(|p| (p.as_str(), root.as_str()))).collect()
    }

    /// What was named.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(Path::new)
    }

    /// The files, as far as their paths are their names.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        // Of a file that was named alone, the path is its name.
        self.0.iter().flat_map(|(root, paths)| {
            let root = Path::new(root);
            std::iter::once(root.to_owned()).chain(paths.iter().map(|path| root.join(path)))
        })
    }

    /// Writes it, whole.
    pub(crate) fn write(&self, out: &Path, writer: &Writer) -> Result<(), Error> {
        let path = place(out);
        writer.whole(&path, &json::line(self)?).map_err(|e| Error::cannot_write(&path, e))
    }
}

fn place(out: &Path) -> PathBuf {
    out.join(super::FOLDER).join("origins.json")
}
