//! M012: a provision without text.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M012,
    severity: Severity::Warning,
    title: ["本文のない項", "A provision without text"],
    what: [
        "項番だけがあり、その本文が見つかりません。本文が別の項に入っている可能性があります。",
        "A label stands alone and no text was found for it. Its text may have gone to another provision.",
    ],
    example: None,
    action: ["元の文書で、その項番の後の文を確かめてください。", "Look in the original at what follows the label."],
    case: Case::Fixture("M012.txt"),
};

/// A label with nothing after it.
#[must_use]
pub fn no_text(label: &str) -> Finding {
    let ja = format!("項番「{label}」の本文がありません");
    let en = format!("provision {label} has no text");
    Finding::new(Code::M012, ja, en)
}
