//! M018: two profiles fit equally well.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M018,
    severity: Severity::Warning,
    title: ["二つのプロファイルが同じくらい合う", "Two profiles fit equally well"],
    what: [
        "文書にある見出しの数が同じプロファイルが二つあります。id の順で先のものを使いました。",
        "Two profiles have as many headings in the document. The first by id was used.",
    ],
    example: None,
    action: ["titles か marks で見分けられるようにしてください。", "Tell them apart by titles or marks."],
    case: Case::Test("tests/profiles.rs"),
};

/// The profile that was used, and the other.
#[must_use]
pub fn two(used: &str, other: &str) -> Finding {
    let ja = format!("プロファイル「{used}」を使いましたが、「{other}」も同じくらい合います");
    Finding::new(Code::M018, ja, format!("profile {used} was used, but {other} fits as well"))
}
