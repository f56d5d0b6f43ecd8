//! What became of a ledger in all documents of a run: which lines two documents claim, and which found none.

use super::{Entry, Journal};
use crate::files::RelativePath;
use seisho_audit::ledger::Correction;
use seisho_model::output::{Laid, LedgerRun, ListedLine, Unlaid};
use std::collections::{BTreeMap, BTreeSet};

/// Ids of lines that two documents claim, of which at most one is the file that they were made on.
pub(crate) fn in_two_documents(journal: &Journal, paths: &[&RelativePath]) -> BTreeSet<String> {
    // Files that are the same byte by byte are one document.
    let mut own: BTreeSet<String> = BTreeSet::new();
    let mut others: BTreeMap<String, BTreeSet<(Option<String>, usize)>> = BTreeMap::new();
    for (entry, laid) in entries(journal, paths) {
        own.extend(laid.by_source);
        let is_held = laid.listed.into_iter().filter(|l| l.why == Unlaid::TwoDocuments).map(|l| l.id);
        for id in laid.by_content.into_iter().chain(is_held) {
            let files = others.entry(id).or_default();
            // Of a file of several documents it says how many of them.
            let which = if entry.documents.len() > 1 { files.len() } else { 0 };
            files.insert((entry.manifest.sha256.clone(), which));
        }
    }
    others.into_iter().filter(|(id, files)| files.len() > 1 || own.contains(id)).map(|(id, _)| id).collect()
}

/// Whether an entry rests on one of these lines by content alone.
pub(crate) fn rests_on(entry: &Entry, held: &BTreeSet<String>) -> bool {
    entry.manifest.corrections.as_ref().is_some_and(|laid| laid.by_content.iter().any(|id| held.contains(id)))
}

/// What became of a ledger; none where there is none.
pub(crate) fn of_run(journal: &Journal, paths: &[&RelativePath], ledger: &[Correction]) -> Option<LedgerRun> {
    if ledger.is_empty() {
        return None;
    }
    let lines: BTreeMap<String, &Correction> = ledger.iter().map(|line| (line.id(), line)).collect();
    let (mut all, mut listed) = (Laid::default(), Vec::new());
    for (entry, laid) in entries(journal, paths) {
        for found in &laid.listed {
            listed.extend(lines.get(&found.id).map(|line| listing(&found.id, line, Some(entry.manifest.path.clone()), found.why)));
        }
        all.by_source.extend(laid.by_source);
        all.by_content.extend(laid.by_content);
        all.settled.extend(laid.settled);
        all.superseded.extend(laid.superseded);
    }
    let named: BTreeSet<&String> = [&all.by_source, &all.by_content, &all.settled, &all.superseded]
        .into_iter()
        .flatten()
        .chain(listed.iter().map(|l| &l.id))
        .collect();
    let nowhere: Vec<ListedLine> =
        lines.iter().filter(|(id, _)| !named.contains(id)).map(|(id, line)| listing(id, line, None, Unlaid::NoDocument)).collect();
    let count = |ids: &[String]| ids.iter().collect::<BTreeSet<_>>().len() as u64;
    let (by_source, by_content) = (count(&all.by_source), count(&all.by_content));
    let (settled, superseded) = (count(&all.settled), count(&all.superseded));
    listed.extend(nowhere);
    Some(LedgerRun { lines: lines.len() as u64, by_source, by_content, settled, superseded, listed })
}

fn listing(id: &str, line: &Correction, path: Option<String>, why: Unlaid) -> ListedLine {
    let (was, now) = (line.was.clone(), line.now.clone());
    ListedLine { id: id.to_owned(), path, pointer: line.pointer.to_string(), was, now, why }
}

fn entries(journal: &Journal, paths: &[&RelativePath]) -> impl Iterator<Item = (Entry, Laid)> {
    paths.iter().filter_map(|path| journal.entry(path)).filter_map(|entry| {
        let laid = entry.manifest.corrections.clone()?;
        Some((entry, laid))
    })
}
