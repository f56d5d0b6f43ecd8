//! L008: a raised mark beside a value.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L008,
    severity: Severity::Info,
    title: ["注の印", "A mark of a note"],
    what: [
        "小さく上げて書かれた文字です。注の印とみて値から分け、その他の文字（remainder）に `note` として記録しています。べき指数のこともあります。",
        "The text is raised and small. It is taken for the mark of a note, in no value, and recorded in the remainder as `note`; \
it may be an exponent.",
    ],
    example: None,
    action: ["注の印か、数の一部（10³ など）かを確かめてください。", "See whether it marks a note or is part of a number (10³)."],
    case: Case::Fixture("L008.html"),
};

/// A raised text.
#[must_use]
pub fn mark(text: &str, run: Run) -> Finding {
    let ja = format!("小さく上げて書かれた「{text}」を、注の印とみて値から分けました");
    let en = format!("the raised “{text}” is taken for the mark of a note, and is in no value");
    Finding::new(Code::L008, ja, en).at(run)
}

/// The mark of a note whose text is known.
#[must_use]
pub fn linked(mark: &str, note: &str) -> Finding {
    let ja = format!("「{mark}」は注の印です。注：「{note}」");
    let en = format!("“{mark}” marks a note: “{note}”");
    Finding::new(Code::L008, ja, en)
}

/// A note that belongs to a value.
#[must_use]
pub fn note(note: &str) -> Finding {
    let ja = format!("この値には注があります：「{note}」");
    let en = format!("a note belongs to the value: “{note}”");
    Finding::new(Code::L008, ja, en)
}
