//! M016: a required value is missing.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M016,
    severity: Severity::Warning,
    title: ["必須の項目がない", "A required value is missing"],
    what: [
        "プロファイルが必須とした項目が空か、その列や見出しが文書に見つかりません。",
        "A field that the profile requires is empty, or its column or label is not in the document.",
    ],
    example: None,
    action: [
        "原本も空か見てください。見出しの言い方が違うなら、headings に加えてください。",
        "See whether it is empty in the source too. Where its heading is worded otherwise, add the wording to headings.",
    ],
    case: Case::Test("tests/profiles.rs"),
};

/// A required field that is empty.
#[must_use]
pub fn missing(field: &str) -> Finding {
    Finding::new(Code::M016, format!("必須の「{field}」がありません"), format!("{field} is required and missing"))
}
