//! J005: a list whose marks are lost.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::J005,
    severity: Severity::Info,
    title: ["印の失われた箇条書き", "A list whose marks are lost"],
    what: [
        "箇条書きの印がなく、空白だけで区切られています。語の切れ目から項目に分けました。",
        "The marks of a list are gone and only spaces separate its items. It was split where the words allow it.",
    ],
    example: None,
    action: ["項目の数を元の文書と見比べてください。", "Compare the number of items with the original."],
    case: Case::Fixture("J005.txt"),
};

/// A list that was split by its words.
#[must_use]
pub fn unmarked(list: Run) -> Finding {
    let ja = "箇条書きの印がなく、項目の切れ目は推定です";
    let en = "the list has no marks; where its items begin is a guess";
    Finding::new(Code::J005, ja, en).at(list)
}
