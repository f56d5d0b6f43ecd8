//! J006: names of divisions: where they end is uncertain.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::J006,
    severity: Severity::Warning,
    title: ["課名の区切りが不確か", "Names of divisions: where they end is uncertain"],
    what: [
        "空白や改行が課名の途中なのか区切りなのか、決め手がありません。",
        "Nothing tells whether a space or line end is inside a name or between two.",
    ],
    example: None,
    action: ["元の文書で課名を確かめてください。", "Check the names in the original."],
    case: Case::Fixture("J006.txt"),
};

/// A name whose end is a guess.
#[must_use]
pub fn open_end(name: &str) -> Finding {
    let ja = format!("課名「{name}」の区切りは推定です");
    let en = format!("where the name {name} ends is a guess");
    Finding::new(Code::J006, ja, en)
}
