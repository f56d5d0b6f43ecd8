//! L002: text in a column without a heading.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L002,
    severity: Severity::Warning,
    title: ["見出しのない列に文字", "Text in a column without a heading"],
    what: [
        "見出し行より列が多い行に文字があります。どの項目か分からないので、記録せず remainder に残しました。",
        "A row has text in a column that no heading covers. It is in no field, it stays in the remainder.",
    ],
    example: None,
    action: ["元の表で、その文字がどの列のものか確かめてください。", "See in the original which column it belongs to."],
    case: Case::Fixture("L002.txt"),
};

/// Text in such a column.
#[must_use]
pub fn beyond(at: Run) -> Finding {
    let ja = "見出しのない列に文字があります";
    let en = "text stands in a column without a heading";
    Finding::new(Code::L002, ja, en).at(at)
}
