//! The files of a run as a whole, from its journal: in the order of the inputs, whichever was done first.

use super::journal::Journal;
use crate::lang::Stop;
use crate::output::{self, Lines};
use seisho_model::output::{Status, Totals};
use std::path::Path;

/// Writes `records.jsonl` and `manifest.jsonl`.
pub(crate) fn write(out: &Path, journal: &Journal, paths: &[&str]) -> Result<Totals, Stop> {
    let mut records = Lines::create(out.join("records.jsonl"))?;
    let mut manifest = Lines::create(out.join("manifest.jsonl"))?;
    let mut totals = Totals::default();
    for path in paths {
        let (entry, lines) = journal.entry(path).ok_or_else(|| lost(path))?;
        records.add(&lines)?;
        manifest.add(&output::line(&entry.manifest)?)?;
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
    records.finish()?;
    manifest.finish()?;
    Ok(totals)
}

fn lost(path: &str) -> Stop {
    Stop::new(
        format!("{path} の記録を読み返せません。ディスクを確かめ、もう一度実行してください"),
        format!("what became of {path} cannot be read back; check the disk and run again"),
    )
}
