//! What is done, kept in the folder of results from file to file: an entry a file, and behind it its lines of
//! `records.jsonl`. A run that was killed at any moment leaves entries that are whole, and perhaps a torn last one.

pub(crate) mod edited;
mod kept;
pub(crate) mod laid;
mod origins;
mod touched;

pub(crate) use kept::{Kept, entry_and_records_at, entry_at};
pub(crate) use origins::Origins;
pub(crate) use touched::Change;

use crate::Error;
use crate::files::{RelativePath, WriteError, Writer, place};
use crate::options::{Conversion, Shard};
use seisho_model::output::ManifestLine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{BufWriter, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The journal's folder in the folder of results.
const FOLDER: &str = ".seisho";
/// A power cut takes what was written after the last of these.
const SYNC_EVERY: Duration = Duration::from_secs(2);
/// So long a lock that is held is asked for again before another run is said to have it.
const LEFT_OVER: Duration = Duration::from_secs(3);
/// A journal of another format is not read.
const FORMAT: u32 = 2;

/// What all entries have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Heading {
    pub(crate) format: u32,
    /// The program, by its content.
    pub(crate) program: String,
    pub(crate) conversion: Conversion,
    pub(crate) shard: Option<Shard>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) manifest: ManifestLine,
    /// Bytes of the source.
    pub(crate) size: u64,
    /// The documents as they were written: one, or several where the file holds several.
    pub(crate) documents: Vec<Sum>,
    /// Not taken apart, whatever it holds: another input has the name of its second document.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) as_one: bool,
    records: Sum,
}

/// Bytes that are elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Sum {
    bytes: u64,
    crc: u32,
}

impl Sum {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, crc: crc32fast::hash(bytes) }
    }
}

/// How far a run is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Start {
    /// Its inputs.
    pub(crate) inputs: u64,
    /// When, RFC 3339.
    pub(crate) at: String,
    pub(crate) process: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Heading(Heading),
    Start(Start),
    Entry(Entry),
    /// All inputs of the run are in the journal and in the results.
    Finished(u64),
}

impl Line {
    /// As it stands in the journal: JSON, a tab, its checksum. A line that says something else than what was written is
    /// none: what it stands for is done again.
    fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut line = serde_json::to_vec(self)?;
        let sum = crc32fast::hash(&line);
        line.extend_from_slice(format!("\t{sum:08x}\n").as_bytes());
        Ok(line)
    }

    /// None where it is not whole.
    fn read(line: &[u8]) -> Option<Self> {
        let (json, sum) = line.strip_suffix(b"\n")?.split_at_checked(line.len().checked_sub(10)?)?;
        let is_whole = sum.first() == Some(&b'\t') && sum[1..] == *format!("{:08x}", crc32fast::hash(json)).as_bytes();
        if is_whole { serde_json::from_slice(json).ok() } else { None }
    }
}

/// An open journal; nobody else has it open.
#[derive(Debug)]
pub(crate) struct Journal {
    folder: PathBuf,
    writer: Writer,
    file: File,
    end: u64,
    synced: Instant,
    kept: Kept,
    /// Documents that a killed run wrote, or was about to write, which this may not know.
    announced: BTreeSet<Sum>,
    _lock: File,
}

/// What a run begins with.
pub(crate) enum Beginning<'p> {
    /// Nothing.
    Anew,
    /// All that is kept.
    Kept,
    /// What is kept of these paths, with another heading.
    Some(Vec<&'p RelativePath>),
}

impl Heading {
    /// Whether all but the ledger is the same.
    pub(crate) fn is_but_for_ledger(&self, other: &Self) -> bool {
        let without =
            |heading: &Self| Self { conversion: Conversion { corrections: Vec::new(), ..heading.conversion.clone() }, ..heading.clone() };
        without(self) == without(other)
    }

    pub(crate) fn new(program: String, conversion: Conversion, shard: Option<Shard>) -> Self {
        Self { format: FORMAT, program, conversion, shard }
    }
}

/// What files are called before they get their names.
const ASIDE: &str = "aside-";

/// What the lists of documents that are about to be written end with.
const ANNOUNCED: &str = ".list";

/// Notes that a document is about to be written by way of a file aside.
pub(crate) fn announce(aside: &Path, document: &[u8], writer: &Writer) -> Result<(), WriteError> {
    let Sum { bytes, crc } = Sum::of(document);
    let mut list = aside.as_os_str().to_owned();
    list.push(ANNOUNCED);
    let mut list = writer.own(Path::new(&list))?;
    list.seek(SeekFrom::End(0))?;
    Ok(writeln!(list, "{bytes} {crc}")?)
}

/// Takes away what a killed run left in the making, and gives what runs that did not come to their end were about to write.
fn tidy(folder: &Path, writer: &Writer) -> Result<BTreeSet<Sum>, WriteError> {
    let mut announced = BTreeSet::new();
    for path in asides(folder)? {
        if path.to_string_lossy().ends_with(ANNOUNCED) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let sum =
                |line: &str| line.split_once(' ').and_then(|(bytes, crc)| Some(Sum { bytes: bytes.parse().ok()?, crc: crc.parse().ok()? }));
            announced.extend(text.lines().filter_map(sum));
        } else {
            writer.remove(&path)?;
        }
    }
    Ok(announced)
}

fn asides(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) && entry.file_type()?.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

impl Journal {
    /// Opens the journal of a folder of results, which comes to be where it is not.
    pub(crate) fn open(out: &Path, writer: &Writer) -> Result<Self, Error> {
        let folder = out.join(FOLDER);
        let path = self::path(out);
        let open = || -> Result<_, WriteError> {
            fs::create_dir_all(&folder)?;
            Ok((writer.own(&folder.join("lock"))?, writer.own(&path)?))
        };
        let (lock, mut file) = open().map_err(|e| Error::cannot_write(out, e))?;
        match locked(&lock) {
            Ok(()) => {}
            // Some network disks know no locks; a journal is of use without one.
            Err(TryLockError::Error(e)) if e.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::WouldBlock) => return Err(Error::InUse(out.to_owned())),
            Err(TryLockError::Error(e)) => return Err(Error::cannot_write(out, e)),
        }
        let announced = tidy(&folder, writer).map_err(|e| Error::cannot_write(out, e))?;
        let kept = Kept::read(&mut file).map_err(|e| Error::cannot_write(&path, e))?;
        let (end, synced) = (kept.end, Instant::now());
        file.set_len(end).map_err(|e| Error::cannot_write(&path, e))?;
        Ok(Self { folder, writer: writer.clone(), file, end, synced, kept, announced, _lock: lock })
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Whether a run that was killed wrote these bytes, or was about to.
    pub(crate) fn has_announced(&self, sum: Sum) -> bool {
        self.announced.contains(&sum)
    }

    /// A file for one thread to write into before it gets its name.
    pub(crate) fn aside(&self, thread: usize) -> PathBuf {
        self.folder.join(format!("{ASIDE}{thread}"))
    }

    /// Begins a run.
    pub(crate) fn begin(&mut self, heading: Heading, start: Start, with: &Beginning<'_>) -> Result<(), Error> {
        match with {
            Beginning::Kept => {}
            Beginning::Anew => {
                self.file.set_len(0).map_err(|e| Error::cannot_write(self.path(), e))?;
                self.end = 0;
                self.kept = Kept::default();
                self.append(&Line::Heading(heading.clone()), &[])?;
                self.kept.heading = Some(heading);
            }
            Beginning::Some(paths) => {
                self.kept.heading = Some(heading);
                self.replace(paths, None)?;
                let path = self.path();
                self.file = self.writer.own(&path).map_err(|e| Error::cannot_write(&path, e))?;
                self.kept = Kept::read(&mut self.file).map_err(|e| Error::cannot_write(&path, e))?;
                self.end = self.kept.end;
            }
        }
        self.append(&Line::Start(start), &[])?;
        Ok(())
    }

    /// Keeps what became of a file.
    pub(crate) fn add(&mut self, entry: Entry, records: &[u8]) -> Result<(), Error> {
        let path = RelativePath::parse(entry.manifest.path.as_str())?;
        let at = self.append(&Line::Entry(entry), records)?;
        self.kept.entries.insert(path, at);
        if self.synced.elapsed() >= SYNC_EVERY {
            self.file.sync_data().map_err(|e| Error::cannot_write(self.path(), e))?;
            self.synced = Instant::now();
        }
        Ok(())
    }

    fn append(&mut self, line: &Line, records: &[u8]) -> Result<u64, Error> {
        let mut bytes = line.bytes()?;
        bytes.extend_from_slice(records);
        let at = self.end;
        let written = self.file.seek(SeekFrom::Start(at)).and_then(|_| self.file.write_all(&bytes));
        written.map_err(|e| Error::cannot_write(self.path(), e))?;
        self.end += bytes.len() as u64;
        Ok(at)
    }

    /// The entry of a path.
    pub(crate) fn entry(&self, path: &RelativePath) -> Option<Entry> {
        entry_at(&self.file, *self.kept.entries.get(path)?)
    }

    /// The entry of a path and its records.
    pub(crate) fn entry_and_records(&self, path: &RelativePath) -> Option<(Entry, Vec<u8>)> {
        entry_and_records_at(&self.file, *self.kept.entries.get(path)?)
    }

    /// Puts another journal in the place of this one, with the entries of these paths in their order: the same for
    /// any order in which they came to be done.
    pub(crate) fn finish(&mut self, paths: &[&RelativePath]) -> Result<(), Error> {
        self.replace(paths, Some(&Line::Finished(paths.len() as u64)))?;
        let clear = || asides(&self.folder)?.iter().try_for_each(|path| self.writer.remove(path));
        clear().map_err(|e: WriteError| Error::cannot_write(&self.folder, e))
    }

    /// Puts another journal in the place of this one: a moment before it is this one, a moment after the other.
    fn replace(&self, paths: &[&RelativePath], last: Option<&Line>) -> Result<(), Error> {
        let path = self.path();
        let aside = self.folder.join("journal.tmp");
        let write = || -> Result<(), WriteError> {
            let mut file = BufWriter::new(self.writer.fresh(&aside)?);
            if let Some(heading) = &self.kept.heading {
                file.write_all(&Line::Heading(heading.clone()).bytes()?)?;
            }
            for (entry, records) in paths.iter().filter_map(|p| self.entry_and_records(p)) {
                file.write_all(&Line::Entry(entry).bytes()?)?;
                file.write_all(&records)?;
            }
            if let Some(line) = last {
                file.write_all(&line.bytes()?)?;
            }
            file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
            Ok(fs::rename(&aside, &path)?)
        };
        write().map_err(|e| Error::cannot_write(&path, e))
    }

    fn path(&self) -> PathBuf {
        self.folder.join("journal")
    }
}

/// Takes the lock. One that is held is asked for again for a while: a run that was killed while it started a process
/// leaves a child that holds its lock until it has become another program.
fn locked(lock: &File) -> Result<(), TryLockError> {
    let begun = Instant::now();
    loop {
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) if begun.elapsed() < LEFT_OVER => std::thread::sleep(LEFT_OVER / 100),
            taken => return taken,
        }
    }
}

/// Where the journal of a folder of results is.
pub(crate) fn path(out: &Path) -> PathBuf {
    out.join(FOLDER).join("journal")
}

impl Entry {
    /// Whether the documents that were written are still there, by their lengths.
    pub(crate) fn has_its_documents(&self, out: &Path, path: &RelativePath) -> bool {
        let is_there = |place: &Path, sum: &Sum| fs::metadata(place).is_ok_and(|there| there.is_file() && there.len() == sum.bytes);
        self.places(out, path).zip(&self.documents).all(|(place, sum)| is_there(&place, sum))
    }

    pub(crate) fn new(manifest: ManifestLine, size: u64, documents: Vec<Sum>, as_one: bool, records: &[u8]) -> Self {
        Self { manifest, size, documents, as_one, records: Sum::of(records) }
    }

    /// Where its documents are.
    pub(crate) fn places(&self, out: &Path, path: &RelativePath) -> impl Iterator<Item = PathBuf> {
        (1..=self.documents.len() as u32).map(|number| place(out, path, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::output::Status;

    fn heading() -> Heading {
        Heading::new("1".to_owned(), Conversion::default(), None)
    }

    fn first(journal: &Journal) -> Beginning<'static> {
        if journal.kept().heading.is_none() { Beginning::Anew } else { Beginning::Kept }
    }

    fn start() -> Start {
        Start { inputs: 3, at: "2026-04-01T00:00:00Z".to_owned(), process: 1 }
    }

    fn path(text: &str) -> RelativePath {
        RelativePath::parse(text).unwrap()
    }

    fn entry(path: &str, records: &[u8]) -> Entry {
        let (path, status) = (path.to_owned(), Status::Converted);
        let manifest = ManifestLine {
            path,
            sha256: None,
            status,
            code: None,
            reason: None,
            kind: None,
            engine: None,
            counts: None,
            documents: None,
            corrections: None,
        };
        Entry::new(manifest, 1, vec![Sum::of(b"document")], false, records)
    }

    #[test]
    fn a_journal_cut_anywhere_keeps_its_whole_entries_and_goes_on() {
        let out = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(out.path(), &Writer::default()).unwrap();
        journal.begin(heading(), start(), &first(&journal)).unwrap();
        journal.add(entry("a", b"{1}\n{2}\n"), b"{1}\n{2}\n").unwrap();
        let whole = journal.end;
        journal.add(entry("b", b"{3}\n"), b"{3}\n").unwrap();
        let file = journal.path();
        drop(journal);
        let bytes = fs::read(&file).unwrap();
        for cut in whole..bytes.len() as u64 {
            fs::write(&file, &bytes[..cut as usize]).unwrap();
            let mut journal = Journal::open(out.path(), &Writer::default()).unwrap();
            assert_eq!(journal.kept().entries.keys().collect::<Vec<_>>(), [&path("a")], "cut at {cut}");
            journal.begin(heading(), start(), &first(&journal)).unwrap();
            journal.add(entry("b", b"{4}\n"), b"{4}\n").unwrap();
            assert_eq!(journal.entry_and_records(&path("a")).unwrap(), (entry("a", b"{1}\n{2}\n"), b"{1}\n{2}\n".to_vec()));
            assert_eq!(journal.entry_and_records(&path("b")).unwrap().1, b"{4}\n");
        }
    }

    #[test]
    fn a_line_of_which_a_byte_was_changed_is_not_believed() {
        let out = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(out.path(), &Writer::default()).unwrap();
        journal.begin(heading(), start(), &first(&journal)).unwrap();
        journal.add(entry("a", b"{1}\n"), b"{1}\n").unwrap();
        let whole = journal.end;
        journal.add(entry("b", b"{2}\n"), b"{2}\n").unwrap();
        let file = journal.path();
        drop(journal);
        let bytes = fs::read(&file).unwrap();
        for at in whole as usize..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            fs::write(&file, &changed).unwrap();
            assert_eq!(
                Journal::open(out.path(), &Writer::default()).unwrap().kept().entries.keys().collect::<Vec<_>>(),
                [&path("a")],
                "byte {at}"
            );
        }
    }

    #[test]
    fn records_that_a_power_cut_emptied_are_not_believed() {
        let out = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(out.path(), &Writer::default()).unwrap();
        journal.begin(heading(), start(), &first(&journal)).unwrap();
        journal.add(entry("a", b"{1}\n"), b"\0\0\0\0").unwrap();
        drop(journal);
        assert!(Journal::open(out.path(), &Writer::default()).unwrap().kept().entries.is_empty());
    }

    #[test]
    fn two_runs_do_not_share_a_folder() {
        let out = tempfile::tempdir().unwrap();
        let _first = Journal::open(out.path(), &Writer::default()).unwrap();
        let second = Journal::open(out.path(), &Writer::default()).unwrap_err();
        assert!(second.to_string().contains("another run is writing into"));
        assert!(Kept::is_in_use(out.path()));
    }

    /// The child of a run that was killed between fork and exec holds what the run had open, its lock too.
    #[cfg(unix)]
    #[test]
    fn a_lock_that_a_killed_run_left_to_a_child_is_waited_for() {
        let out = tempfile::tempdir().unwrap();
        let first = Journal::open(out.path(), &Writer::default()).unwrap();
        let left = std::process::Stdio::from(first._lock.try_clone().unwrap());
        let mut child = std::process::Command::new("/bin/sleep").arg("1").stdin(left).spawn().unwrap();
        drop(first);
        assert!(Kept::is_in_use(out.path()), "the child holds the lock");
        Journal::open(out.path(), &Writer::default()).unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_run_that_begins_anew_keeps_nothing() {
        let out = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(out.path(), &Writer::default()).unwrap();
        journal.begin(heading(), start(), &first(&journal)).unwrap();
        journal.add(entry("a", b""), b"").unwrap();
        journal.begin(Heading { program: "2".to_owned(), ..heading() }, start(), &Beginning::Anew).unwrap();
        assert!(journal.entry(&path("a")).is_none());
        drop(journal);
        assert!(Journal::open(out.path(), &Writer::default()).unwrap().kept().entries.is_empty());
    }

    #[test]
    fn a_run_with_another_ledger_keeps_what_it_is_told_to() {
        let out = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(out.path(), &Writer::default()).unwrap();
        journal.begin(heading(), start(), &Beginning::Anew).unwrap();
        for name in ["a", "b", "c"] {
            journal.add(entry(name, name.as_bytes()), name.as_bytes()).unwrap();
        }
        let (a, c) = (path("a"), path("c"));
        let other = Heading { program: "2".to_owned(), ..heading() };
        journal.begin(other.clone(), start(), &Beginning::Some(vec![&a, &c])).unwrap();
        journal.add(entry("b", b"new"), b"new").unwrap();
        drop(journal);
        let journal = Journal::open(out.path(), &Writer::default()).unwrap();
        assert_eq!(journal.kept().heading, Some(other));
        let records = ["a", "b", "c"].map(|name| journal.entry_and_records(&path(name)).unwrap().1);
        assert_eq!(records, [b"a".to_vec(), b"new".to_vec(), b"c".to_vec()]);
        assert!(!journal.kept().finished);
    }

    #[test]
    fn a_finished_journal_does_not_tell_in_which_order_it_came_to_be() {
        let orders = [["a", "b"], ["b", "a"]].map(|order| {
            let out = tempfile::tempdir().unwrap();
            let mut journal = Journal::open(out.path(), &Writer::default()).unwrap();
            journal.begin(heading(), start(), &first(&journal)).unwrap();
            for path in order {
                journal.add(entry(path, path.as_bytes()), path.as_bytes()).unwrap();
            }
            journal.finish(&[&path("a"), &path("b")]).unwrap();
            fs::read(journal.path()).unwrap()
        });
        assert_eq!(orders[0], orders[1]);
    }
}
