//! `seisho audit corrections` and `seisho audit agree`: what readers found, as lines of the ledger, and where two differ.

use super::{results, works};
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::ledger::{Correction, edits};
use seisho_audit::work::{self, Found, Judged};
use seisho_batch::Error;
use seisho_batch::files::{RelativePath, Writer};
use seisho_model::record::Document;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the lines come from.
pub(crate) enum From<'a> {
    /// Works of the review, who did those that do not say it, and whether what is right is a line too.
    Works(&'a [PathBuf], Option<&'a str>, bool),
    /// Documents of a folder of results that somebody changed by hand.
    Edited(&'a Path, &'a str),
}

/// Adds the lines that a ledger does not have yet.
pub(crate) fn corrections(from: &From<'_>, to: &Path, lang: Lang) -> Result<End, Stop> {
    let now = jiff::Timestamp::now().to_string();
    let mut lines = Vec::new();
    let mut others = Vec::new();
    match from {
        From::Works(files, by, confirmed) => {
            for file in *files {
                let mut work = works::load(file)?;
                if work.reader.is_empty() {
                    work.reader = by.map(str::to_owned).ok_or_else(|| nobody(file))?;
                }
                lines.extend(work::corrections(&work, &now, *confirmed));
            }
        }
        From::Edited(out, by) => edited(out, by, &now, &mut lines, &mut others)?,
    }
    let there = if to.exists() { seisho_batch::files::corrections::load(to)? } else { Vec::new() };
    let known: BTreeSet<String> = there.iter().map(Correction::id).collect();
    // A workbook that was only saved again says the same at another time.
    let last: BTreeMap<_, _> = there.iter().map(|line| (value(line), said_of(line))).collect();
    let is_fresh = |line: &&Correction| !known.contains(&line.id()) && last.get(&value(line)) != Some(&said_of(line));
    let fresh: String = lines.iter().filter(is_fresh).map(Correction::line).collect();
    let count = fresh.lines().count();
    // An editor may have left the last line open.
    let is_open = !there.is_empty() && std::fs::read(to).is_ok_and(|bytes| !bytes.ends_with(b"\n"));
    let fresh = if is_open && count > 0 { format!("\n{fresh}") } else { fresh };
    let mut file = Writer::default().append(to).map_err(|e| Error::cannot_write(to, e))?;
    file.write_all(fresh.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| Error::cannot_write(to, e))?;
    print(&match lang {
        Lang::Ja => format!("訂正 {count} 行を足しました（同じ行が {} ありました）: {}", lines.len() - count, to.display()),
        Lang::En => format!("{count} corrections added ({} were there already): {}", lines.len() - count, to.display()),
    })?;
    for other in others {
        print(&match lang {
            Lang::Ja => format!("  訂正にできない変更: {other}"),
            Lang::En => format!("  a change that is no correction of a value: {other}"),
        })?;
    }
    Ok(End::AllConverted)
}

/// Which value a line is about.
fn value(line: &Correction) -> (&str, &str, &str) {
    (&line.source.path, &line.source.sha256, line.pointer.as_str())
}

/// What it says of it.
fn said_of(line: &Correction) -> [&str; 4] {
    [&line.was, &line.now, &line.by, line.reason.as_deref().unwrap_or_default()]
}

fn nobody(file: &Path) -> Stop {
    let name = file.display();
    Stop::new(
        format!("{name} に確認者の名前がありません。シート「使い方」の「確認者」に書くか、--by 名前 を付けてください"),
        format!("{name} names no reader; write the name into 確認者 of the sheet 使い方, or add --by NAME"),
    )
}

/// Documents kept aside, against what was read anew.
fn edited(out: &Path, by: &str, now: &str, lines: &mut Vec<Correction>, others: &mut Vec<String>) -> Result<(), Stop> {
    let mut files = Vec::new();
    if !out.join("documents").is_dir() {
        let name = out.display();
        return Err(Stop::new(
            format!("{name} は変換結果のフォルダではありません（documents がありません）"),
            format!("{name} is no folder of results: it has no documents"),
        ));
    }
    below(&out.join("edited"), &mut files);
    files.sort();
    for file in files {
        let edited: Document = results::json(&file)?;
        let path = RelativePath::parse(edited.source.document()).map_err(Error::from)?;
        let read: Document = results::json(&out.join("documents").join(format!("{path}.json")))?;
        if read.source.id() != edited.source.id() {
            others.push(format!("{path} (sha256)"));
            continue;
        }
        let found = edits(&read, &edited, by, now, "edited");
        lines.extend(found.corrections);
        others.extend(found.others.into_iter().map(|pointer| format!("{path}#{pointer}")));
    }
    Ok(())
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { below(&path, files) } else { files.push(path) }
    }
}

/// Lists where two readers differ.
pub(crate) fn agree(first: &Path, second: &Path, lang: Lang) -> Result<End, Stop> {
    let works = [works::load(first)?, works::load(second)?];
    let found = work::agreement(&works[0], &works[1]);
    print(&match lang {
        Lang::Ja => format!("二人とも見た値 {}、同じ {}、違う {}", found.both, found.same, found.differ.len()),
        Lang::En => format!("{} values looked at by both, {} alike, {} different", found.both, found.same, found.differ.len()),
    })?;
    for pair in &found.differ {
        print(&format!("{}#{}", pair[0].path, pair[0].pointer))?;
        for (work, judged) in works.iter().zip(pair) {
            print(&format!("  {}: {}", work.reader, said(judged, lang)))?;
        }
    }
    Ok(if found.differ.is_empty() { End::AllConverted } else { End::SomeFailed })
}

fn said(judged: &Judged, lang: Lang) -> String {
    let now = judged.now.as_deref().unwrap_or("?");
    match judged.found() {
        Found::Right => format!("{} {}", lang.pick("正しい", "right:"), judged.text),
        Found::Wrong => format!("{} {} → {now}", lang.pick("違う", "wrong:"), judged.text),
        Found::Unknown => lang.pick("分からない", "cannot tell").to_owned(),
    }
}
