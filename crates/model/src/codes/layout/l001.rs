//! L001: table cells overlap.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L001,
    severity: Severity::Warning,
    title: ["表のセルの重なり", "Table cells overlap"],
    what: [
        "HTML の rowspan・colspan が、ほかのセルと重なるか、表に収まりません。セルは空いた場所に置きました。",
        "rowspan or colspan make cells overlap, or claim more places than a table has. The cell was put into the next free place.",
    ],
    example: None,
    action: ["元の表と見比べてください。", "Compare with the original table."],
    case: Case::Fixture("L001.html"),
};

/// A cell whose span does not fit.
#[must_use]
pub fn overlap(at: Run) -> Finding {
    let ja = "表のセルの広がりが、ほかのセルや表の大きさと合いません";
    let en = "the span of a table cell does not fit the others or the table";
    Finding::new(Code::L001, ja, en).at(at)
}
