//! Where documents of inputs are. Of a file that holds several, the first is `PATH.json`, the second `PATH.2.json`: an
//! input of that name keeps it, and the file is then not taken apart.

use super::relative::RelativePath;
use seisho_model::record::document_name;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where a document of an input is, by its number.
pub(crate) fn place(out: &Path, path: &RelativePath, number: u32) -> PathBuf {
    let mut place = path.below(&out.join("documents")).into_os_string();
    place.push(document_name("", number) + ".json");
    place.into()
}

/// Inputs beside which lies one that has the name of a further document of theirs.
pub(crate) struct Names(BTreeSet<RelativePath>);

impl Names {
    /// Of all inputs.
    pub(crate) fn of<'p>(paths: impl Iterator<Item = &'p RelativePath>) -> Self {
        let first = |path: &RelativePath| {
            let (first, number) = path.as_str().rsplit_once('.')?;
            number.parse::<u32>().ok().and_then(|_| RelativePath::parse(first).ok())
        };
        Self(paths.filter_map(first).collect())
    }

    /// Whether an input is of one document, whatever it holds.
    pub(crate) fn is_one(&self, path: &RelativePath) -> bool {
        self.0.contains(path)
    }
}
