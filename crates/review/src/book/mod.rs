//! The list as a workbook, for offices that work in Excel, and what was filled in there read back.
//!
//! A row is known by its hidden columns and not by its place: rows may be sorted, filtered and deleted. What the reader
//! may not change (document, field, value) is held against them.

mod identity;
mod look;
mod read;
mod typed;
mod write;

pub use read::{Unfit, is_blank, read};
pub use write::{Cut, Shown, write};

use crate::page::Review;

/// The sheet of values, and that of what to do.
const SHEET: &str = "見直し";
const GUIDE: &str = "使い方";
/// What stands left of the reader's name in the guide.
const READER: &str = "確認者";

/// A column that is seen, with its width in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Number,
    Document,
    Page,
    Field,
    Value,
    Raw,
    Confidence,
    Findings,
    Candidates,
    Paper,
    Verdict,
    Now,
    Memo,
}

impl Column {
    const ALL: [Self; 13] = [
        Self::Number,
        Self::Document,
        Self::Page,
        Self::Field,
        Self::Value,
        Self::Raw,
        Self::Confidence,
        Self::Findings,
        Self::Candidates,
        Self::Paper,
        Self::Verdict,
        Self::Now,
        Self::Memo,
    ];

    fn heading(self) -> &'static str {
        match self {
            Self::Number => "番号",
            Self::Document => "文書",
            Self::Page => "頁",
            Self::Field => "欄",
            Self::Value => "値",
            Self::Raw => "原文",
            Self::Confidence => "確かさ",
            Self::Findings => "指摘",
            Self::Candidates => "候補",
            Self::Paper => "元の文書",
            Self::Verdict => "判定",
            Self::Now => "直した値",
            Self::Memo => "メモ",
        }
    }

    fn width(self) -> u16 {
        match self {
            Self::Number | Self::Page => 6,
            Self::Confidence => 8,
            Self::Verdict => 11,
            Self::Document | Self::Candidates | Self::Memo => 16,
            Self::Field => 20,
            Self::Raw | Self::Findings => 24,
            Self::Value | Self::Now => 28,
            Self::Paper => 60,
        }
    }
}

/// What a reader says of a value, as it stands in the sheet.
const RIGHT: &str = "正しい";
const WRONG: &str = "違う";
const UNKNOWN: &str = "分からない";

/// What stands in the place of a value that was not read, and in that of one that is not on paper either.
const EMPTY: &str = "（なし）";
/// What paths of files with the same bytes begin with, below that of the document.
const SAME: &str = "\n＝ ";

/// Hidden columns: source, value, hash of the value, all of them and the rest as JSON (which goes on in further columns).
const HIDDEN: [&str; 4] = ["source_sha256", "pointer", "text_sha256", "identity"];

/// Whether what was read is not shown, so that a second reader is not led.
fn is_hidden_when_blind(column: Column) -> bool {
    matches!(column, Column::Value | Column::Raw | Column::Confidence | Column::Findings | Column::Candidates)
}

/// Rows of values that a sheet holds, below its headings.
const MOST: usize = 1_048_575;

impl Review {
    /// Whether all values have a row in a workbook.
    #[must_use]
    pub fn fits_a_workbook(&self) -> bool {
        self.items.len() <= MOST
    }
}
