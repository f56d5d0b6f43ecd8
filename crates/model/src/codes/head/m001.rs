//! M001: no title.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::pointer::Pointer;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M001,
    severity: Severity::Warning,
    title: ["表題がない、または推定", "No title, or one by its looks"],
    what: [
        "文書の表題が見つからないか、様式の語がないので、場所・大きさ・年度・末尾の語から行を選びました（参考）。",
        "No title of the document was found, or none of the form's words is in it and a line was taken by its place, size, fiscal year and last word (info).",
    ],
    example: None,
    action: ["元の文書を確かめてください。", "Check the original."],
    case: Case::Fixture("M001.txt"),
};

/// A title that no word of a form names.
#[must_use]
pub fn by_looks(title: &str) -> Finding {
    let ja = format!("表題に様式の語がないので、場所と形から「{title}」としました");
    let en = format!("no title has a word of the form; {title} was taken by its place and looks");
    Finding::new(Code::M001, ja, en).with_severity(Severity::Info).about(Pointer::of("title"))
}

/// A document without a title.
#[must_use]
pub fn missing() -> Finding {
    let ja = "表題が見つかりません";
    let en = "no title was found";
    Finding::new(Code::M001, ja, en).about(Pointer::of("title"))
}
