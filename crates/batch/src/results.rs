//! The files of a run as a whole, from its journal: in the order of the inputs, whichever was done first.

use crate::Error;
use crate::files::json;
use crate::files::{RelativePath, Writer};
use crate::journal::{Journal, laid};
use jiff::Timestamp;
use seisho_audit::ledger::Correction;
use seisho_model::output::{Options, Run, Status, Totals};
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
    /// Documents that had been changed by hand.
    pub(crate) edited: Vec<String>,
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
    let totals = write(out, writer, journal, paths)?;
    let corrections = laid::of_run(journal, paths, notes.corrections);
    journal.finish(paths)?;
    let run = Run {
        schema_version: SCHEMA_VERSION.to_owned(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        options: notes.options,
        started: started.at.to_string(),
        seconds: started.clock.elapsed().as_secs_f64(),
        unchanged: unchanged as u64,
        strays: documents(out).saturating_sub(totals.converted),
        totals,
        corrections,
        edited: notes.edited,
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

/// Writes `records.jsonl` and `manifest.jsonl`.
fn write(out: &Path, writer: &Writer, journal: &Journal, paths: &[&RelativePath]) -> Result<Totals, Error> {
    let (records_path, manifest_path) = (out.join(RECORDS), out.join(MANIFEST));
    let mut records = writer.lines(records_path.clone()).map_err(|e| Error::cannot_write(&records_path, e))?;
    let mut manifest = writer.lines(manifest_path.clone()).map_err(|e| Error::cannot_write(&manifest_path, e))?;
    let mut totals = Totals::default();
    for path in paths {
        let (entry, lines) = journal.entry_and_records(path).ok_or_else(|| Error::Lost(path.to_string()))?;
        records.add(&lines).map_err(|e| Error::cannot_write(&records_path, e))?;
        manifest.add(&json::line(&entry.manifest)?).map_err(|e| Error::cannot_write(&manifest_path, e))?;
        *match entry.manifest.status {
            Status::Converted => &mut totals.converted,
            Status::Failed => &mut totals.failed,
            Status::Skipped => &mut totals.skipped,
        } += 1;
        totals.bytes += entry.size;
        if let Some(counts) = &entry.manifest.counts {
            totals.counts.add(counts);
        }
    }
    records.finish().map_err(|e| Error::cannot_write(&records_path, e))?;
    manifest.finish().map_err(|e| Error::cannot_write(&manifest_path, e))?;
    Ok(totals)
}
