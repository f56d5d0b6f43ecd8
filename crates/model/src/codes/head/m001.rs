//! M001: no title.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::pointer::Pointer;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M001,
    severity: Severity::Warning,
    title: ["表題がない", "No title"],
    what: ["文書の表題が見つかりません。", "No title of the document was found."],
    example: None,
    action: ["元の文書を確かめてください。", "Check the original."],
    case: Case::Fixture("M001.txt"),
};

/// A document without a title.
#[must_use]
pub fn missing() -> Finding {
    let ja = "表題が見つかりません";
    let en = "no title was found";
    Finding::new(Code::M001, ja, en).about(Pointer::of("title"))
}
