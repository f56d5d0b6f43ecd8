//! `seisho audit check`: slips that a careful reader would find, on the screen, as JSON and as CSV.

use super::door::{self, Kind};
use super::results;
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::checks::{CHECKS, Checker, Origin, Slip, Usage};
use seisho_model::Severity;
use seisho_model::record::Place;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// Lists the slips of a folder of results.
pub(crate) fn check(out: &Path, to_json: Option<&Path>, to_csv: Option<&Path>, lang: Lang) -> Result<End, Stop> {
    let targets = [to_json.map(|file| (file, Kind::Slips)), to_csv.map(|file| (file, Kind::SlipsTable))];
    targets.into_iter().flatten().try_for_each(|(file, kind)| door::check(file, kind))?;
    let no_words = || Stop::new("辞書を読めません", "the dictionary cannot be read");
    let (mut checker, mut usage) = (Checker::new().ok_or_else(no_words)?, Usage::default());
    // Twice through the documents: what is usual in all of them, then each by itself.
    results::each(out, |document| {
        checker.learn(&document, &mut usage);
        Ok(())
    })?;
    let mut slips = Vec::new();
    let documents = results::each(out, |document| {
        slips.extend(checker.check(&document, &usage));
        Ok(())
    })?;
    show(&slips, documents, lang)?;
    if let Some(file) = to_json {
        door::put_json(file, Kind::Slips, &json!({ "format": door::SLIPS, "documents": documents, "slips": slips }))?;
    }
    if let Some(file) = to_csv {
        door::put(file, Kind::SlipsTable, csv(&slips).as_bytes())?;
    }
    let is_clean = slips.iter().all(|slip| slip.severity < Severity::Warning);
    Ok(if is_clean { End::AllConverted } else { End::SomeFailed })
}

fn show(slips: &[Slip], documents: u64, lang: Lang) -> Result<(), Stop> {
    let mut path = "";
    for slip in slips {
        if slip.path != path {
            path = &slip.path;
            print(path)?;
        }
        let origin = match slip.origin {
            Origin::Source => lang.pick("原文", "source"),
            Origin::Reading => lang.pick("読み取り", "reading"),
        };
        let place = slip.at.first().map(|at| format!(" {}", placed(at, lang))).unwrap_or_default();
        print(&format!(
            "  {} [{origin}] {}{place}: {}  …{}…",
            slip.code,
            slip.pointer,
            lang.of(&slip.message),
            slip.context.replace('\n', " ")
        ))?;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    slips.iter().for_each(|slip| *counts.entry(slip.code).or_default() += 1);
    print(&match lang {
        Lang::Ja => format!("文書 {documents}、疑い {} 件", slips.len()),
        Lang::En => format!("{documents} documents, {} suspected slips", slips.len()),
    })?;
    for check in CHECKS {
        if let Some(count) = counts.get(check.code) {
            print(&format!("  {} {count:6}  {}", check.code, lang.pick(check.title[0], check.title[1])))?;
        }
    }
    Ok(())
}

fn placed(at: &Place, lang: Lang) -> String {
    match at {
        Place::Box(at) => format!("{} {}", lang.pick("頁", "page"), at.page),
        Place::Line(at) => format!("{} {}", lang.pick("行", "line"), at.line),
        Place::Bytes(at) => format!("{} {}", lang.pick("バイト", "byte"), at.bytes[0]),
        Place::Cell(at) => format!("{}!{}", at.sheet, at.cell),
    }
}

/// With a byte order mark, so that Excel knows its encoding.
fn csv(slips: &[Slip]) -> String {
    let mut text = format!("{}\r\n", door::SLIPS_HEADINGS);
    for slip in slips {
        let severity = serde_json::to_value(slip.severity).unwrap_or_default();
        let origin = serde_json::to_value(slip.origin).unwrap_or_default();
        let place = slip.at.first().map(|at| placed(at, Lang::En)).unwrap_or_default();
        let cells = [
            &slip.path,
            slip.pointer.as_str(),
            &place,
            slip.code,
            severity.as_str().unwrap_or_default(),
            origin.as_str().unwrap_or_default(),
            &slip.found,
            slip.suggestion.as_deref().unwrap_or_default(),
            &slip.context,
            &slip.message.ja,
            &slip.message.en,
        ];
        text.push_str(&cells.map(quoted).join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
