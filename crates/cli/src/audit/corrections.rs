//! `seisho audit corrections` and `seisho audit agree`: what readers found, as lines of the ledger, and where two differ.

use super::results;
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::ledger::{Correction, edits};
use seisho_audit::work::{self, Found, Judged, Work};
use seisho_batch::Error;
use seisho_batch::files::{RelativePath, Writer};
use seisho_model::record::Document;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the lines come from.
pub(crate) enum From<'a> {
    /// Works of the review.
    Works(&'a [PathBuf]),
    /// Documents of a folder of results that somebody changed by hand.
    Edited(&'a Path, &'a str),
}

/// Adds the lines that a ledger does not have yet.
pub(crate) fn corrections(from: &From<'_>, to: &Path, lang: Lang) -> Result<End, Stop> {
    let now = jiff::Timestamp::now().to_string();
    let mut lines = Vec::new();
    let mut others = Vec::new();
    match from {
        From::Works(files) => {
            for file in *files {
                let work: Work = results::json(file)?;
                check(&work, file)?;
                lines.extend(work::corrections(&work, &now));
            }
        }
        From::Edited(out, by) => edited(out, by, &now, &mut lines, &mut others)?,
    }
    let known: BTreeSet<String> = match to.exists() {
        true => seisho_batch::files::corrections::load(to)?.iter().map(Correction::id).collect(),
        false => BTreeSet::new(),
    };
    let fresh: String = lines.iter().filter(|line| !known.contains(&line.id())).map(Correction::line).collect();
    let count = fresh.lines().count();
    let mut file = Writer::default().append(to).map_err(|e| Error::cannot_write(to, e))?;
    file.write_all(fresh.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| Error::cannot_write(to, e))?;
    print(&match lang {
        Lang::Ja => format!("訂正 {count} 行を足しました（同じ行が {} ありました）: {}", lines.len() - count, to.display()),
        Lang::En => format!("{count} corrections added ({} were there already): {}", lines.len() - count, to.display()),
    });
    for other in others {
        print(&match lang {
            Lang::Ja => format!("  訂正にできない変更: {other}"),
            Lang::En => format!("  a change that is no correction of a value: {other}"),
        });
    }
    Ok(End::AllConverted)
}

fn check(work: &Work, file: &Path) -> Result<(), Stop> {
    let name = file.display();
    if work.format != work::FORMAT {
        return Err(Stop::new(format!("{name} は見直しの結果ではありません"), format!("{name} is no work of a review")));
    }
    Ok(())
}

/// Documents kept aside, against what was read anew.
fn edited(out: &Path, by: &str, now: &str, lines: &mut Vec<Correction>, others: &mut Vec<String>) -> Result<(), Stop> {
    let mut files = Vec::new();
    below(&out.join("edited"), &mut files);
    files.sort();
    for file in files {
        let edited: Document = results::json(&file)?;
        let path = RelativePath::parse(edited.source.path.clone()).map_err(Error::from)?;
        let read: Document = results::json(&out.join("documents").join(format!("{path}.json")))?;
        if read.source.sha256 != edited.source.sha256 {
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
    let works = [results::json::<Work>(first)?, results::json::<Work>(second)?];
    check(&works[0], first)?;
    check(&works[1], second)?;
    let found = work::agreement(&works[0], &works[1]);
    print(&match lang {
        Lang::Ja => format!("二人とも見た値 {}、同じ {}、違う {}", found.both, found.same, found.differ.len()),
        Lang::En => format!("{} values looked at by both, {} alike, {} different", found.both, found.same, found.differ.len()),
    });
    for pair in &found.differ {
        print(&format!("{}#{}", pair[0].path, pair[0].pointer));
        for (work, judged) in works.iter().zip(pair) {
            print(&format!("  {}: {}", work.reader, said(judged, lang)));
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
