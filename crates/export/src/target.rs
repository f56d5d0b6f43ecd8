//! The folder that is exported to: files are written aside and get their names at the end, all of them or none.

use crate::error::Error;
use crate::results::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};

/// Says of a file whether it is an input of the conversion.
pub type IsInput = Box<dyn Fn(&Path) -> bool>;

/// The folder that is exported to.
pub(crate) struct Target {
    folder: PathBuf,
    /// SHA-256 of each input of the conversion.
    inputs: BTreeSet<String>,
    is_input: IsInput,
    /// Where files stand now, and where they will.
    staged: Vec<[PathBuf; 2]>,
}

impl Target {
    /// Makes the folder, unless it is part of the results.
    pub(crate) fn open(folder: &Path, results: &Path, inputs: BTreeSet<String>, is_input: IsInput) -> Result<Self, Error> {
        // Looked at before it is made: what lies among the results is not even begun.
        check_place(folder, results)?;
        fs::create_dir_all(folder).map_err(|e| Error::cannot_write(folder, e))?;
        Ok(Self { folder: folder.to_owned(), inputs, is_input, staged: Vec::new() })
    }

    /// Where a file of this name will stand.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The path at which a file of this name is to be written.
    pub(crate) fn stage(&mut self, name: &str) -> Result<PathBuf, Error> {
        let (aside, path) = (self.folder.join(format!(".{name}.seisho-tmp")), self.path(name));
        if path.is_file() && ((self.is_input)(&path) || self.has_bytes_of_input(&path)?) {
            return Err(Error::IsInput(path));
        }
        // What an earlier run left, or a link in the way; it is not followed.
        match fs::remove_file(&aside) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::cannot_write(aside, error)),
            _ => {}
        }
        self.staged.push([aside.clone(), path]);
        Ok(aside)
    }

    /// A new file for this name.
    pub(crate) fn create(&mut self, name: &str) -> Result<File, Error> {
        let aside = self.stage(name)?;
        File::options().write(true).create_new(true).open(&aside).map_err(|e| Error::cannot_write(self.path(name), e))
    }

    /// Gives all files their names.
    pub(crate) fn commit(mut self) -> Result<(), Error> {
        for [aside, path] in &self.staged {
            let sync = || File::open(aside)?.sync_all();
            sync().and_then(|()| fs::rename(aside, path)).map_err(|e| Error::cannot_write(path, e))?;
        }
        self.staged.clear();
        Ok(())
    }

    fn has_bytes_of_input(&self, path: &Path) -> Result<bool, Error> {
        let mut digest = Sha256::new();
        let mut read = || std::io::copy(&mut File::open(path)?, &mut Hashing(&mut digest));
        read().map_err(|e| Error::CannotRead(path.to_owned(), e))?;
        Ok(self.inputs.contains(&hex(&digest.finalize())))
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        for [aside, _] in &self.staged {
            let _ = fs::remove_file(aside);
        }
    }
}

struct Hashing<'d>(&'d mut Sha256);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Nothing, where what is exported may stand in a folder: beside the results, or anywhere else, but not among them.
///
/// # Errors
/// When the folder holds the results themselves.
pub fn check_place(folder: &Path, results: &Path) -> Result<(), Error> {
    let (Some(real), Some(results)) = (real(folder), real(results)) else { return Ok(()) };
    let is_among = real == results || ["documents", ".seisho"].iter().any(|own| real.starts_with(results.join(own)));
    if is_among { Err(Error::AmongResults(folder.to_owned())) } else { Ok(()) }
}

/// Whether a folder stands in another, or is it; neither need be there yet.
#[must_use]
pub fn is_below(folder: &Path, above: &Path) -> bool {
    matches!((real(folder), real(above)), (Some(folder), Some(above)) if folder.starts_with(&above))
}

/// A path without links, even where the end of it is not there yet.
fn real(path: &Path) -> Option<PathBuf> {
    let real = |path: &Path| if path.as_os_str().is_empty() { Path::new(".") } else { path }.canonicalize().ok();
    let (above, real) = path.ancestors().find_map(|above| real(above).map(|real| (above, real)))?;
    let mut whole = real;
    for part in path.strip_prefix(above).ok()?.components() {
        match part {
            Component::ParentDir => _ = whole.pop(),
            part => whole.push(part),
        }
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_among_the_results_or_over_an_input() {
        let place = tempfile::tempdir().unwrap();
        let results = place.path().join("out");
        fs::create_dir_all(results.join("documents")).unwrap();
        for among in ["", "documents", "documents/new/deep", ".seisho/x", "new/../documents/x", "new/.."] {
            let opened = Target::open(&results.join(among), &results, BTreeSet::new(), Box::new(|_| false));
            assert!(matches!(opened, Err(Error::AmongResults(_))), "{among}");
        }
        assert!(!results.join("documents/new").exists());
        let inputs = BTreeSet::from([hex(&Sha256::digest(b"input"))]);
        let mut target = Target::open(&results.join("export"), &results, inputs, Box::new(|path| path.ends_with("texts.csv"))).unwrap();
        fs::write(target.path("goals.csv"), "input").unwrap();
        fs::write(target.path("texts.csv"), "an input that was changed since").unwrap();
        for name in ["goals.csv", "texts.csv"] {
            assert!(matches!(target.create(name), Err(Error::IsInput(_))), "{name}");
        }
        assert_eq!(fs::read_to_string(target.path("goals.csv")).unwrap(), "input");
    }

    #[test]
    fn what_is_not_finished_leaves_nothing_and_changes_nothing() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("a.csv"), "before").unwrap();
        fs::create_dir(place.path().join("out")).unwrap();
        let mut target = Target::open(place.path(), &place.path().join("out"), BTreeSet::new(), Box::new(|_| false)).unwrap();
        target.create("a.csv").unwrap();
        drop(target);
        assert_eq!(fs::read_to_string(place.path().join("a.csv")).unwrap(), "before");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
    }
}
