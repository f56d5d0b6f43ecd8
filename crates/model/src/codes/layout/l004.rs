//! L004: a table without vertical rules.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L004,
    severity: Severity::Warning,
    title: ["罫線のない表", "A table without vertical rules"],
    what: [
        "縦の罫線がない表です。列は文字の並びから、行は横の罫線か空きから推定しました。",
        "The table has no vertical rules. Its columns were told by alignment, its rows by horizontal rules or white bands.",
    ],
    example: None,
    action: ["列と行の取り違えがないか、元の表と見比べてください。", "Compare rows and columns with the original."],
    case: Case::Fixture("L004.pdf"),
};

/// The heading row of a table whose columns were told by alignment.
#[must_use]
pub fn aligned(heading: Run) -> Finding {
    let ja = "縦の罫線がない表の列を、文字の並びから推定しました";
    let en = "the columns of a table without vertical rules were told by alignment";
    Finding::new(Code::L004, ja, en).at(heading)
}
