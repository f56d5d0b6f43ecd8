//! J004: joined or separate: uncertain.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::J004,
    severity: Severity::Warning,
    title: ["つなぐか分けるか不確か", "Joined or separate: uncertain"],
    what: [
        "改行や空白の前後が一続きの文か別の文か、文字からは決められません。結果は推定です。",
        "The text does not tell whether what stands before and after a gap is one text or two. The result is a guess.",
    ],
    example: None,
    action: ["元の文書で段落の切れ目を確かめてください。", "Check the paragraph in the original."],
    case: Case::Fixture("J004.txt"),
};

/// A line that was taken to go on with the paragraph before.
#[must_use]
pub fn joined(line: Run) -> Finding {
    let ja = "前の段落の続きと推定しました";
    let en = "this was taken to go on with the paragraph before";
    Finding::new(Code::J004, ja, en).at(line)
}

/// A line that was taken to begin a paragraph.
#[must_use]
pub fn parted(line: Run) -> Finding {
    let ja = "新しい段落と推定しました";
    let en = "this was taken for a new paragraph";
    Finding::new(Code::J004, ja, en).at(line)
}

/// Digits at the end of a line and at the start of the next that were taken for one number.
#[must_use]
pub fn figures(text: Run) -> Finding {
    let ja = "行末の数字と次の行の頭の数字を、一つの数としました";
    let en = "digits at the end of a line and at the start of the next were taken for one number";
    Finding::new(Code::J004, ja, en).at(text).with_severity(Severity::Info)
}

/// Lines of a cell that were joined though they are not full.
#[must_use]
pub fn lines(cell: Run) -> Finding {
    let ja = "行の途中で改行された文字を、言葉のつながりから一続きとしました";
    let en = "lines that are not full were joined, since their words go on";
    Finding::new(Code::J004, ja, en).at(cell).with_severity(Severity::Info)
}
