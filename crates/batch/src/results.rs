//! The files of a run as a whole, from its journal: in the order of the inputs, whichever was done first.

use crate::Error;
use crate::files::json;
use crate::files::{RelativePath, Writer, place};
use crate::journal::{Journal, Origins, laid};
use jiff::Timestamp;
use seisho_audit::ledger::Correction;
use seisho_model::output::{Confinement, Options, Run, Status, Totals};
use seisho_model::record::SCHEMA_VERSION;
use std::path::Path;
use std::time::Instant;
use walkdir::WalkDir;

/// When a run started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Started {
    pub(crate) at: Timestamp,
    clock: Instant,
}

impl Started {
    pub(crate) fn now() -> Self {
        Self { at: Timestamp::now(), clock: Instant::now() }
    }
}

/// What `run.json` says beside what became of the inputs.
pub(crate) struct Notes<'r> {
    pub(crate) options: Options,
    /// The ledger whose lines were laid over the results.
    pub(crate) corrections: &'r [Correction],
    /// Lines of the ledger of the run before, where there is none now.
    pub(crate) left_out: Option<u64>,
    /// Documents that had been changed by hand.
    pub(crate) edited: Vec<String>,
    /// What the worker processes could not reach.
    pub(crate) confinement: Option<Confinement>,
}

/// Files of a run as a whole.
const RECORDS: &str = "records.jsonl";
const MANIFEST: &str = "manifest.jsonl";
const RUN: &str = "run.json";

/// Sees before a run begins that none of its files is an input.
pub(crate) fn check(out: &Path, writer: &Writer) -> Result<(), Error> {
    [RECORDS, MANIFEST, RUN]
        .iter()
        .map(|name| out.join(name))
        .try_for_each(|path| writer.check(&path).map_err(|e| Error::cannot_write(&path, e)))
}

/// Sees before anything is written that a folder without a journal holds nothing that a run would write over: what stands
/// there is somebody else's. Inputs are left alone anyway.
pub(crate) fn check_foreign<'p>(
    out: &Path,
    journal: &Journal,
    writer: &Writer,
    paths: impl Iterator<Item = &'p RelativePath>,
) -> Result<(), Error> {
    if journal.kept().heading.is_some() || Origins::read(out).roots().next().is_some() {
        return Ok(());
    }
    let own = [RECORDS, MANIFEST, RUN].iter().map(|name| out.join(name));
    match own.chain(paths.map(|path| place(out, path, 1))).find(|file| file.exists() && writer.check(file).is_ok()) {
        Some(file) => Err(Error::Foreign(file)),
        None => Ok(()),
    }
}

/// Writes everything that is of the run as a whole. What these files speak of is on the disk before they are.
pub(crate) fn finish(
    out: &Path,
    writer: &Writer,
    journal: &mut Journal,
    paths: &[&RelativePath],
    unchanged: usize,
    started: Started,
    notes: Notes<'_>,
) -> Result<Run, Error> {
    sync(out).map_err(|e| Error::cannot_write(out, e))?;
    let (totals, written) = write(out, writer, journal, paths)?;
    let corrections = laid::of_run(journal, paths, notes.corrections);
    journal.finish(paths)?;
    let run = Run {
        schema_version: SCHEMA_VERSION.to_owned(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        options: notes.options,
        started: started.at.to_string(),
        seconds: started.clock.elapsed().as_secs_f64(),
        unchanged: unchanged as u64,
        strays: documents(out).saturating_sub(written),
        totals,
        corrections,
        corrections_left_out: notes.left_out,
        edited: notes.edited,
        confinement: notes.confinement,
    };
    let path = out.join(RUN);
    writer.whole(&path, &json::pretty(&run)?).map_err(|e| Error::cannot_write(&path, e))?;
    Ok(run)
}

/// Documents in a folder of results, those of earlier runs too.
fn documents(out: &Path) -> u64 {
    let files = WalkDir::new(out.join("documents")).into_iter().filter_map(Result::ok);
    files.filter(|f| f.file_type().is_file()).count() as u64
}

#[cfg(target_os = "linux")]
fn sync(out: &Path) -> std::io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(out)?)?)
}

/// Where there is no such call, the next run sees which documents a power cut took.
#[cfg(not(target_os = "linux"))]
fn sync(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Writes `records.jsonl` and `manifest.jsonl`; gives how many documents they speak of besides.
fn write(out: &Path, writer: &Writer, journal: &Journal, paths: &[&RelativePath]) -> Result<(Totals, u64), Error> {
    let (records_path, manifest_path) = (out.join(RECORDS), out.join(MANIFEST));
    let mut records = writer.lines(records_path.clone()).map_err(|e| Error::cannot_write(&records_path, e))?;
    let mut manifest = writer.lines(manifest_path.clone()).map_err(|e| Error::cannot_write(&manifest_path, e))?;
    let (mut totals, mut written) = (Totals::default(), 0);
    for path in paths {
        let (entry, lines) = journal.entry_and_records(path).ok_or_else(|| Error::Lost(path.to_string()))?;
        if !entry.has_its_documents(out, path) {
            return Err(Error::TakenAway(place(out, path, 1)));
        }
        records.add(&lines).map_err(|e| Error::cannot_write(&records_path, e))?;
        manifest.add(&json::line(&entry.manifest)?).map_err(|e| Error::cannot_write(&manifest_path, e))?;
        *match entry.manifest.status {
            Status::Converted => &mut totals.converted,
            Status::Failed => &mut totals.failed,
            Status::Skipped => &mut totals.skipped,
        } += 1;
        totals.bytes += entry.size;
        written += entry.documents.len() as u64;
        if let Some(counts) = &entry.manifest.counts {
            totals.counts.add(counts);
        }
    }
    records.finish().map_err(|e| Error::cannot_write(&records_path, e))?;
    manifest.finish().map_err(|e| Error::cannot_write(&manifest_path, e))?;
    Ok((totals, written))
}
