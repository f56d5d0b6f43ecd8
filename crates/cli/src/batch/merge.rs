//! `seisho merge`: the results of all shards as one run would have written them.

use super::jobs::place;
use super::journal::{self, Entry, Heading, Journal, Kept, Start, entry_and_records_at};
use super::results::{self, Started};
use crate::args::Shard;
use crate::files::{self, OpenError, RelativePath, Writer};
use crate::lang::{Lang, Stop};
use crate::output::cannot_write;
use crate::{End, progress, summary};
use seisho_model::output::Options;
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
pub(crate) fn merge(folders: &[PathBuf], out: &Path, lang: Lang) -> Result<End, Stop> {
    let started = Started::now();
    let parts: Vec<Part<'_>> = folders.iter().map(|folder| part(folder)).collect::<Result<_, _>>()?;
    let heading = check(&parts)?;
    let entries = entries(&parts)?;
    // A folder that is merged is no place for the whole.
    let writer = Writer::sparing(folders.iter().map(|folder| journal::path(folder)));
    let mut journal = Journal::open(out, &writer)?;
    let start = Start { inputs: entries.len() as u64, at: started.at.to_string(), process: std::process::id() };
    journal.begin(heading.clone(), start, true)?;
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
    let run = results::finish(out, &writer, &mut journal, &paths, entries.len(), started, options)?;
    progress::print(&summary::text(&run, out, lang));
    Ok(End::of(&run))
}

fn part(folder: &Path) -> Result<Part<'_>, Stop> {
    let name = folder.display();
    let (kept, file) = Kept::look(folder)
        .ok_or_else(|| Stop::new(format!("{name} に変換の記録がありません"), format!("{name} holds no journal of a run")))?;
    if let Some(path) = &kept.foreign {
        return Err(Stop::new(
            format!("{name} の記録に、フォルダの外を指すパスがあります（{path:?}）。書き換えられた記録は使いません"),
            format!("the journal in {name} holds a path that leads out of its folder ({path:?}): it was tampered with and is not used"),
        ));
    }
    let shard = kept.heading.as_ref().and_then(|h| h.shard);
    match (kept.heading.clone(), shard) {
        (Some(heading), Some(shard)) if kept.finished => Ok(Part { folder, kept, file, heading, shard }),
        (Some(_), None) => {
            Err(Stop::new(format!("{name} は --shard で分けた結果ではありません"), format!("{name} was not converted with --shard")))
        }
        _ => Err(Stop::new(
            format!("{name} の変換はまだ終わっていません。同じコマンドで終わらせてください"),
            format!("the run in {name} is not finished; finish it with the same command"),
        )),
    }
}

/// The heading that a run of the whole has, if these are all parts of one.
fn check(parts: &[Part<'_>]) -> Result<Heading, Stop> {
    let whole = |part: &Part<'_>| Heading { shard: None, ..part.heading.clone() };
    let first = &parts[0];
    for part in parts {
        if whole(part) != whole(first) || part.shard.parts != first.shard.parts {
            let (a, b) = (first.folder.display(), part.folder.display());
            return Err(Stop::new(
                format!("{a} と {b} は、プログラム・オプション・分け方のどれかが違います"),
                format!("{a} and {b} differ in program, options or number of shards"),
            ));
        }
    }
    let mut numbers: Vec<u32> = parts.iter().map(|p| p.shard.part).collect();
    numbers.sort_unstable();
    let all: Vec<u32> = (1..=first.shard.parts).collect();
    if numbers == all {
        return Ok(whole(first));
    }
    let n = first.shard.parts;
    Err(Stop::new(
        format!("1/{n} から {n}/{n} までを1つずつ指定してください（指定されたのは {numbers:?}）"),
        format!("name each of 1/{n} to {n}/{n} once (named: {numbers:?})"),
    ))
}

/// Where the entries of all paths are, in the order of one run.
fn entries<'p>(parts: &'p [Part<'p>]) -> Result<BTreeMap<&'p RelativePath, (&'p Part<'p>, u64)>, Stop> {
    let mut entries = BTreeMap::new();
    for part in parts {
        for (path, &at) in &part.kept.entries {
            if let Some((other, _)) = entries.insert(path, (part, at)) {
                let other: &Part<'_> = other;
                let (a, b) = (other.folder.display(), part.folder.display());
                return Err(Stop::new(
                    format!("{path} が {a} と {b} の両方にあります（途中で中身が変わりました）"),
                    format!("{path} is in both {a} and {b}: its content changed between the runs"),
                ));
            }
        }
    }
    Ok(entries)
}

/// Copies a document, if it is still as it was written.
fn copy(from: &Path, out: &Path, entry: &Entry, path: &RelativePath, writer: &Writer, journal: &Journal) -> Result<(), Stop> {
    let Some(sum) = entry.document else { return Ok(()) };
    let bytes = read_inside(from, path).map_err(|e| damaged(from).because(e))?;
    if journal::Sum::of(&bytes) != sum {
        return Err(damaged(from));
    }
    let to = place(out, path);
    writer.whole_by(&journal.aside(0), &to, &bytes).map_err(|e| cannot_write(&to, e))
}

/// The document of a path; links do not lead out of the folder.
fn read_inside(folder: &Path, path: &RelativePath) -> Result<Vec<u8>, OpenError> {
    let file = place(folder, path).canonicalize()?;
    if !file.starts_with(folder.canonicalize()?) {
        return Err(files::NotRegular::Other.into());
    }
    let mut bytes = Vec::new();
    files::open(&file)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn damaged(folder: &Path) -> Stop {
    let folder = folder.display();
    Stop::new(
        format!("{folder} の結果が変わっています。同じ convert のコマンドで作り直してください"),
        format!("the results in {folder} are not as they were written; run the same convert command again"),
    )
}
