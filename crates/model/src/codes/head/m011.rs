//! M011: no form fits.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M011,
    severity: Severity::Info,
    title: ["当てはまる様式がない", "No form fits"],
    what: [
        "目標表でも方針でもないので、表と段落をそのまま記録しました。",
        "It is neither a goal table nor a policy: tables and paragraphs are recorded as they are.",
    ],
    example: None,
    action: ["対象の文書なら、様式をプロファイルとして加えてください。", "If it should be one, add its form as a profile."],
    case: Case::Fixture("M011.txt"),
};

/// A document of no form.
#[must_use]
pub fn no_form() -> Finding {
    let ja = "当てはまる様式がありません";
    let en = "no form fits";
    Finding::new(Code::M011, ja, en)
}
