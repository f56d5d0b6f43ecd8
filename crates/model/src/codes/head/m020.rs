//! M020: another document begins.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M020,
    severity: Severity::Warning,
    title: ["一つのファイルに複数の文書", "Several documents in one file"],
    what: [
        "ファイルの途中で、年度か作成者の異なる別の文書が始まっています。一つの文書として記録しています。",
        "Another document, with another fiscal year or another author, begins inside the file. All is recorded as one document.",
    ],
    example: None,
    action: ["文書ごとにファイルを分けて、変換し直してください。", "Split the file, a document each, and convert again."],
    case: Case::Fixture("M020.txt"),
};

/// The head of a second document.
#[must_use]
pub fn begins(title: &str, run: Run) -> Finding {
    let ja = format!("「{title}」から別の文書が始まっています");
    let en = format!("another document begins at “{title}”");
    Finding::new(Code::M020, ja, en).at(run)
}
