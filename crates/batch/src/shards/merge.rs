//! The results of all shards as one run would have written them.

use crate::Error;
use crate::files::{self, OpenError, RelativePath, Writer};
use crate::journal::{self, Beginning, Entry, Heading, Journal, Kept, Start, entry_and_records_at};
use crate::options::Shard;
use crate::results::{self, Notes, Started};
use seisho_model::output::{Options, Run};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The results of a shard.
struct Part<'p> {
    folder: &'p Path,
    kept: Kept,
    file: File,
    heading: Heading,
    shard: Shard,
}

/// Puts the results of all shards together.
///
/// # Errors
/// When the folders are not all shards of one run, finished and as they were written, or the whole cannot be written.
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Run, Error> {
    let started = Started::now();
    let parts: Vec<Part<'_>> = folders.iter().map(|folder| part(folder)).collect::<Result<_, _>>()?;
    let heading = check(&parts)?;
    let entries = entries(&parts)?;
    // A folder that is merged is no place for the whole.
    let writer = Writer::sparing(folders.iter().map(|folder| journal::path(folder)));
    let mut journal = Journal::open(out, &writer)?;
    results::check_foreign(out, &journal, &writer, entries.keys().copied())?;
    let start = Start { inputs: entries.len() as u64, at: started.at.to_string(), process: std::process::id() };
    journal.begin(heading.clone(), start, &Beginning::Anew)?;
    for (path, (part, at)) in &entries {
        let (entry, records) = entry_and_records_at(&part.file, *at).ok_or_else(|| damaged(part.folder))?;
        copy(part.folder, out, &entry, path, &writer, &journal)?;
        journal.add(entry, &records)?;
    }
    let paths: Vec<&RelativePath> = entries.keys().copied().collect();
    let options = Options {
        inputs: folders.iter().map(|p| p.display().to_string()).collect(),
        jobs: 1,
        max_bytes: heading.conversion.bounds.max_bytes,
        page_joins: !heading.conversion.no_page_joins,
        shard: None,
    };
    let notes = Notes { options, corrections: &heading.conversion.corrections, left_out: None, edited: Vec::new(), confinement: None };
    results::finish(out, &writer, &mut journal, &paths, entries.len(), started, notes)
}

fn part(folder: &Path) -> Result<Part<'_>, Error> {
    let (kept, file) = Kept::look(folder).ok_or_else(|| Error::NoRun(folder.to_owned()))?;
    if let Some(path) = kept.foreign {
        return Err(Error::Tampered { folder: folder.to_owned(), path });
    }
    let shard = kept.heading.as_ref().and_then(|h| h.shard);
    match (kept.heading.clone(), shard) {
        (Some(heading), Some(shard)) if kept.finished => Ok(Part { folder, kept, file, heading, shard }),
        (Some(_), None) => Err(Error::NoShard(folder.to_owned())),
        _ => Err(Error::Unfinished(folder.to_owned())),
    }
}

/// The heading that a run of the whole has, if these are all parts of one.
fn check(parts: &[Part<'_>]) -> Result<Heading, Error> {
    let whole = |part: &Part<'_>| Heading { shard: None, ..part.heading.clone() };
    let first = &parts[0];
    for part in parts {
        if whole(part) != whole(first) || part.shard.parts != first.shard.parts {
            return Err(Error::Different(Box::new([first.folder, part.folder].map(Path::to_owned))));
        }
    }
    let mut numbers: Vec<u32> = parts.iter().map(|p| p.shard.part).collect();
    numbers.sort_unstable();
    let all: Vec<u32> = (1..=first.shard.parts).collect();
    if numbers == all {
        return Ok(whole(first));
    }
    Err(Error::Incomplete { parts: first.shard.parts, named: numbers })
}

/// Where the entries of all paths are, in the order of one run.
fn entries<'p>(parts: &'p [Part<'p>]) -> Result<BTreeMap<&'p RelativePath, (&'p Part<'p>, u64)>, Error> {
    let mut entries = BTreeMap::new();
    for part in parts {
        for (path, &at) in &part.kept.entries {
            if let Some((other, _)) = entries.insert(path, (part, at)) {
                let other: &Part<'_> = other;
                let folders = Box::new([other.folder, part.folder].map(Path::to_owned));
                return Err(Error::Twice { path: path.to_string(), folders });
            }
        }
    }
    Ok(entries)
}

/// Copies the documents of an entry, if they are still as they were written.
fn copy(from: &Path, out: &Path, entry: &Entry, path: &RelativePath, writer: &Writer, journal: &Journal) -> Result<(), Error> {
    for ((sum, file), to) in entry.documents.iter().zip(entry.places(from, path)).zip(entry.places(out, path)) {
        let bytes = read_inside(from, &file).map_err(|e| Error::Damaged(from.to_owned(), Some(e)))?;
        if journal::Sum::of(&bytes) != *sum {
            return Err(damaged(from));
        }
        writer.whole_by(&journal.aside(0), &to, &bytes).map_err(|e| Error::cannot_write(&to, e))?;
    }
    Ok(())
}

/// A document; links do not lead out of the folder.
fn read_inside(folder: &Path, file: &Path) -> Result<Vec<u8>, OpenError> {
    let file = file.canonicalize()?;
    if !file.starts_with(folder.canonicalize()?) {
        return Err(files::NotRegular::Other.into());
    }
    let mut bytes = Vec::new();
    files::open(&file)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn damaged(folder: &Path) -> Error {
    Error::Damaged(folder.to_owned(), None)
}
