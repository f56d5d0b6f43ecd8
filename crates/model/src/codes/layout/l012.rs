//! L012: a ring or a tick at a value.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L012,
    severity: Severity::Warning,
    title: ["丸囲み・チェックの印", "A ring or a tick"],
    what: [
        "選択肢の一つに、図形の丸囲みやチェックが付いているか、その一つだけが強調（太字・色・下線・枠など）されています。値は印刷されたとおり全部の選択肢で、選ばれたとみられるものを choice と候補に示します。",
        "A ring is drawn around one of several choices, a tick beside it, or it alone is bold, coloured, underlined or framed. The \
value is all that is printed; what seems to be chosen is the suggestion, and `choice`.",
    ],
    example: None,
    action: ["選ばれたものを確かめてください。", "See which one is chosen."],
    case: Case::Fixture("L012.pdf"),
};

/// A sign at a part of a value.
#[must_use]
pub fn chosen(part: &str, run: Run) -> Finding {
    let ja = format!("「{part}」に丸囲みかチェックの印が付いています");
    let en = format!("a ring or a tick is drawn at “{part}”");
    Finding::new(Code::L012, ja, en).at(run).suggesting(part)
}

/// One of several choices that alone is set otherwise.
#[must_use]
pub fn set_otherwise(part: &str) -> Finding {
    let ja = format!("選択肢のうち「{part}」だけが強調（太字・色・下線・枠など）されています");
    let en = format!("of several choices “{part}” alone is bold, coloured, underlined or framed");
    Finding::new(Code::L012, ja, en).suggesting(part)
}
