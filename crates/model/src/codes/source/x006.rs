//! X006: glyphs without a character.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X006,
    severity: Severity::Warning,
    title: ["文字の分からない字形", "Glyphs without a character"],
    what: [
        "PDF が字形だけを持ち、どの文字かを言わないため、U+FFFD（�）で示しました。",
        "The PDF has the shape of a glyph and does not say which character it is. It is shown as U+FFFD.",
    ],
    example: None,
    action: ["紙面で字を確かめてください。", "Read the character on the page."],
    case: Case::Fixture("X006.pdf"),
};

/// Glyphs of a page, from 1, whose character nobody says; `at` has a piece for each.
#[must_use]
pub fn unnamed(page: u32, at: Run) -> Finding {
    let n = at.0.len();
    let ja = format!("{page} 頁に、文字の分からない字形が {n} あります（�で示します）");
    let en = format!("page {page} has {n} glyphs without a character, shown as U+FFFD");
    Finding::new(Code::X006, ja, en).at(at)
}

/// Such glyphs that another reader of PDF names.
#[must_use]
pub fn named(page: u32, at: Run, said: String) -> Finding {
    let n = at.0.len();
    let ja = format!("{page} 頁に、文字の分からない字形が {n} あり、第二の読み手に従いました");
    let en = format!("page {page} has {n} glyphs without a character, which a second reader named");
    Finding::new(Code::X006, ja, en).at(at).suggesting(said)
}
