//! What a journal holds, read back: everything up to the first line that is not whole.

use super::{Entry, FOLDER, FORMAT, Heading, Line, Start, Sum};
use crate::files::{self, RelativePath};
use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{BufRead, BufReader, Read, Result, Seek, SeekFrom};
use std::path::Path;

/// What a journal holds.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) heading: Option<Heading>,
    pub(crate) start: Option<Start>,
    pub(crate) finished: bool,
    /// Where the entry of a path begins.
    pub(crate) entries: BTreeMap<RelativePath, u64>,
    /// A path that leads out of the folder. No run has written it; nothing is read from there on.
    pub(crate) foreign: Option<String>,
    /// Where what is whole ends.
    pub(super) end: u64,
}

impl Kept {
    /// Of a folder of results that another run may be writing; none where there is no journal.
    pub(crate) fn look(out: &Path) -> Option<(Self, File)> {
        let mut file = files::open(&super::path(out)).ok()?;
        let kept = Self::read(&mut file).ok()?;
        Some((kept, file))
    }

    /// Whether a run is writing into a folder of results.
    pub(crate) fn is_in_use(out: &Path) -> bool {
        let lock = files::open(&out.join(FOLDER).join("lock"));
        lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// Everything up to the first line that is not whole.
    pub(super) fn read(file: &mut File) -> Result<Self> {
        file.seek(SeekFrom::Start(0))?;
        let mut from = BufReader::with_capacity(1 << 16, file);
        let mut kept = Self::default();
        let mut line = Vec::new();
        let mut records = Vec::new();
        loop {
            line.clear();
            from.read_until(b'\n', &mut line)?;
            let Some(read) = Line::read(&line) else { return Ok(kept) };
            let mut length = line.len() as u64;
            match read {
                Line::Heading(heading) if heading.format == FORMAT => kept = Self { heading: Some(heading), ..Self::default() },
                Line::Heading(_) => return Ok(Self::default()),
                Line::Start(start) => (kept.start, kept.finished) = (Some(start), false),
                Line::Finished(_) => kept.finished = true,
                Line::Entry(entry) => {
                    records.clear();
                    (&mut from).take(entry.records.bytes).read_to_end(&mut records)?;
                    if Sum::of(&records) != entry.records {
                        return Ok(kept);
                    }
                    match RelativePath::parse(entry.manifest.path.as_str()) {
                        Ok(path) => kept.entries.insert(path, kept.end),
                        Err(_) => return Ok(Self { foreign: Some(entry.manifest.path), ..kept }),
                    };
                    length += entry.records.bytes;
                }
            }
            kept.end += length;
        }
    }
}

/// The entry that begins here.
pub(crate) fn entry_at(file: &File, at: u64) -> Option<Entry> {
    read_entry(&mut reader_at(file, at)?)
}

/// The entry that begins here, and its records.
pub(crate) fn entry_and_records_at(file: &File, at: u64) -> Option<(Entry, Vec<u8>)> {
    let mut from = reader_at(file, at)?;
    let entry = read_entry(&mut from)?;
    let mut records = Vec::new();
    from.take(entry.records.bytes).read_to_end(&mut records).ok()?;
    Some((entry, records))
}

fn reader_at(mut file: &File, at: u64) -> Option<BufReader<&File>> {
    file.seek(SeekFrom::Start(at)).ok()?;
    Some(BufReader::new(file))
}

fn read_entry(from: &mut impl BufRead) -> Option<Entry> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line).ok()?;
    if let Line::Entry(entry) = Line::read(&line)? { Some(entry) } else { None }
}
