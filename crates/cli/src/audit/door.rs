//! The one door through which audits write: a new name, or a file of the same kind that an audit wrote before. Anything else
//! that stands there, an input, a result, a plan, what a person filled in, is left alone.

use super::results::write;
use crate::screen::lang::Stop;
use seisho_batch::files::open;
use seisho_review::book;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// What the list of slips is called, and how its table begins.
pub(super) const SLIPS: &str = "seisho-slips-1";
pub(super) const SLIPS_HEADINGS: &str = "\u{FEFF}path,pointer,place,code,severity,origin,found,suggestion,context,message_ja,message_en";

/// What the figures of a comparison are called.
pub(super) const COMPARISON: &str = "seisho-comparison-1";

/// What a decision is called.
pub(super) const DECISION: &str = "seisho-decision/1";

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plan,
    Decision,
    Slips,
    SlipsTable,
    Comparison,
    ComparisonPage,
    Report,
    ReportPage,
    ReviewPage,
    ReviewBook,
}

/// Nothing, where a file may be written.
pub(super) fn check(file: &Path, kind: Kind) -> Result<(), Stop> {
    if file.is_dir() {
        let name = file.display();
        return Err(Stop::new(
            format!("{name} はフォルダです。ファイルの名前を指定してください"),
            format!("{name} is a folder; name a file"),
        ));
    }
    if let Some(name) = own_folder(file) {
        return Err(Stop::new(
            format!("{} は、変換の結果の「{name}」の中です。外の名前を指定してください", file.display()),
            format!("{} is inside {name} of results of a conversion; name a file outside", file.display()),
        ));
    }
    if std::fs::symlink_metadata(file).is_err() {
        return Ok(());
    }
    let mut bytes = Vec::new();
    let read = open(file).ok().and_then(|mut source| source.read_to_end(&mut bytes).ok());
    // A file that holds nothing loses nothing.
    if read.is_some() && (bytes.is_empty() || kind.is_of(&bytes)) {
        return Ok(());
    }
    let name = file.display();
    if kind == Kind::ReviewBook && book::read(&bytes).is_ok_and(|work| !work.items.is_empty()) {
        return Err(Stop::new(
            format!("{name} には判定が記入されています。上書きしません。別の名前を指定するか、先に取り込んで移してください"),
            format!("{name} holds judgements and is not overwritten; name another file, or take them in and move it away first"),
        ));
    }
    let (ja, en) = kind.name();
    Err(Stop::new(
        format!("{name} は、前に書いた{ja}ではありません。上書きしません。別の名前を指定するか、移してください"),
        format!("{name} is no {en} that was written before, and is not overwritten; name another file, or move it away"),
    ))
}

/// Writes a file, where it may be.
pub(super) fn put(file: &Path, kind: Kind, bytes: &[u8]) -> Result<(), Stop> {
    check(file, kind)?;
    write(file, bytes)
}

/// Writes a file of JSON, where it may be.
pub(super) fn put_json(file: &Path, kind: Kind, value: &impl serde::Serialize) -> Result<(), Stop> {
    put(file, kind, &seisho_batch::pretty(value)?)
}

/// The program's own folder in results in which a file would stand: what is added there is taken for a document.
fn own_folder(file: &Path) -> Option<&'static str> {
    let file = std::path::absolute(file).ok()?;
    let mut below = file.as_path();
    while let Some(folder) = below.parent() {
        let own = ["documents", ".seisho"].into_iter().find(|name| below.file_name().is_some_and(|n| n == *name));
        if own.is_some() && folder.join(".seisho").is_dir() {
            return own;
        }
        below = folder;
    }
    None
}

impl Kind {
    /// Whether bytes are of this kind.
    fn is_of(self, bytes: &[u8]) -> bool {
        let text = || std::str::from_utf8(bytes).unwrap_or_default();
        let format = |names: &[&str]| {
            let said = serde_json::from_slice::<Value>(bytes).unwrap_or_default();
            names.contains(&said["format"].as_str().unwrap_or_default())
        };
        let is_page = |title: &str| text().starts_with("<!DOCTYPE html>") && text().contains(&format!("<title>{title}"));
        match self {
            Self::Plan => format(&["seisho-plan/1"]),
            // Decisions of before name no format.
            Self::Decision => format(&[DECISION]) || is_nameless_decision(bytes),
            Self::Slips => format(&[SLIPS]),
            Self::SlipsTable => text().starts_with(SLIPS_HEADINGS),
            Self::Comparison => format(&[COMPARISON]),
            Self::ComparisonPage => is_page("比較</title>"),
            Self::Report => format(&[seisho_audit::report::FORMAT, seisho_audit::report::FIRST_FORMAT]),
            Self::ReportPage => (is_page("検査報告書") || is_page("Inspection report")) && text().contains("class=\"seal\""),
            Self::ReviewPage => text().starts_with("<!DOCTYPE html>") && text().contains("id=\"data\">") && text().contains("seisho-work"),
            Self::ReviewBook => book::is_blank(bytes),
        }
    }

    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Plan => ("計画", "plan"),
            Self::Decision => ("決定", "decision"),
            Self::Slips => ("誤字の一覧（JSON）", "list of slips (JSON)"),
            Self::SlipsTable => ("誤字の一覧（CSV）", "list of slips (CSV)"),
            Self::Comparison => ("比較（JSON）", "comparison (JSON)"),
            Self::ComparisonPage => ("比較の頁", "page of a comparison"),
            Self::Report => ("報告書の JSON", "JSON of a report"),
            Self::ReportPage => ("報告書の頁", "page of a report"),
            Self::ReviewPage => ("見直しの頁", "page of a review"),
            Self::ReviewBook => ("見直しのブック（記入のないもの）", "workbook of a review without judgements"),
        }
    }
}

fn is_nameless_decision(bytes: &[u8]) -> bool {
    let said = serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    said.get("format").is_none() && ["outcome", "counts", "weighted_bounds"].iter().all(|name| said.get(name).is_some())
}
