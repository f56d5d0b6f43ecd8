//! Files that are written whole or not at all: aside, then renamed.

use crate::lang::Stop;
use serde::Serialize;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file whole.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    write_by(&aside(path), path, bytes).map_err(|e| cannot_write(path, e))
}

/// Writes a file whole: first under another name on the same disk.
pub(crate) fn write_by(aside: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(aside, bytes)?;
    fs::rename(aside, path)
}

/// A value as pretty JSON with a line end.
pub(crate) fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Stop> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| Stop::new("JSON にできません", "not representable as JSON").because(e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A value as one line of JSON.
pub(crate) fn line(value: &impl Serialize) -> Result<Vec<u8>, Stop> {
    let mut bytes = serde_json::to_vec(value).map_err(|e| Stop::new("JSON にできません", "not representable as JSON").because(e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A file of lines in the making; it appears under its name when it is finished.
pub(crate) struct Lines {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Lines {
    /// Starts a file.
    pub(crate) fn create(path: PathBuf) -> Result<Self, Stop> {
        let file = File::create(aside(&path)).map_err(|e| cannot_write(&path, e))?;
        Ok(Self { path, file: BufWriter::new(file) })
    }

    /// Adds bytes that end with a line end.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.file.write_all(bytes).map_err(|e| cannot_write(&self.path, e))
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        let named = flushed.and_then(|()| fs::rename(aside(&self.path), &self.path));
        named.map_err(|e| cannot_write(&self.path, e))
    }
}

fn aside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    path.with_file_name(name)
}

/// What to tell people where a file cannot be written.
pub(crate) fn cannot_write(path: &Path, error: std::io::Error) -> Stop {
    let name = path.display();
    Stop::new(
        format!("{name} に書けません。空き容量と権限を確かめ、もう一度実行してください"),
        format!("cannot write {name}; check free space and permissions, then run again"),
    )
    .because(error)
}
