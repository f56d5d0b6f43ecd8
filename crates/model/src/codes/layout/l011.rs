//! L011: text printed over other text.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L011,
    severity: Severity::Warning,
    title: ["重なって印字された文字", "Text printed over other text"],
    what: [
        "文字の上に別の文字が重なって印字されています。描かれた順に分けましたが、別の欄の文字が入ることがあります。",
        "Text is printed over other text. It was taken apart by the order in which it was drawn; text of another cell may be in it.",
    ],
    example: None,
    action: ["元の文書と見比べてください。", "Compare with the original."],
    case: Case::Fixture("L011.pdf"),
};

/// A value with text printed over it.
#[must_use]
pub fn over(run: Run) -> Finding {
    let ja = "別の文字と重なって印字されています";
    let en = "other text is printed over this text";
    Finding::new(Code::L011, ja, en).at(run)
}
