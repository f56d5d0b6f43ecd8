//! M003: no row number.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M003,
    severity: Severity::Warning,
    title: ["番号が読めない", "No row number"],
    what: ["番号の欄が空か、数として読めません。", "The number of the row is empty or not a number."],
    example: None,
    action: ["元の表で番号を確かめてください。", "Check the number in the original table."],
    case: Case::Fixture("M003.txt"),
};

/// A row without a number.
#[must_use]
pub fn unreadable(row: Run) -> Finding {
    let ja = "行の番号が読み取れません";
    let en = "the row has no number that can be read";
    Finding::new(Code::M003, ja, en).at(row)
}
