//! M009: unknown heading.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M009,
    severity: Severity::Warning,
    title: ["知らない見出し", "Unknown heading"],
    what: [
        "表の見出しがどの項目にも当たりません。その列の文字は remainder に残ります。",
        "A heading of the table matches no field. The text of its column stays in the remainder.",
    ],
    example: None,
    action: ["様式の語をプロファイルに加えてください。", "Add the form's word to the profile."],
    case: Case::Fixture("M009.txt"),
};

/// A heading that is none of the form.
#[must_use]
pub fn unknown(heading: &str, at: Run) -> Finding {
    let ja = format!("見出し「{heading}」はどの項目にも当たりません");
    let en = format!("heading {heading} matches no field");
    Finding::new(Code::M009, ja, en).at(at)
}
