//! M010: numbering out of order.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M010,
    severity: Severity::Warning,
    title: ["項番の乱れ", "Numbering out of order"],
    what: [
        "項番が前の項番の次になっていません。項が抜けたか、本文の一部を項番と読んだ可能性があります。番号のない見出しの下で番号が始まり直すときは、その見出しを番号のない項（label は空）とし、そのことを言います。",
        "A label does not follow the one before: a provision may be missing, or part of a text was read as a label. A heading without a number, \
below which numbers begin anew, is a provision with an empty label, and is said.",
    ],
    example: None,
    action: ["元の文書で項番を確かめてください。", "Check the numbering in the original."],
    case: Case::Fixture("M010.txt"),
};

/// A label that does not follow the one before.
#[must_use]
pub fn jump(label: &str) -> Finding {
    let ja = format!("項番「{label}」は前の項番の次ではありません");
    let en = format!("label {label} does not follow the one before");
    Finding::new(Code::M010, ja, en)
}

/// A heading without a number, below which numbers begin anew.
#[must_use]
pub fn unnumbered() -> Finding {
    let ja = "番号のない見出しを、項の見出しとしました（下の番号が 1 から始まるため）";
    let en = "a heading without a number was taken for one of provisions: the numbers below it begin anew";
    Finding::new(Code::M010, ja, en).with_severity(Severity::Info)
}

/// A number that counts like those of provisions, in a text.
#[must_use]
pub fn begins_anew() -> Finding {
    let ja = "番号が始まり直しています。前の項の本文としましたが、別の項かもしれません";
    let en = "numbers begin anew here; it was taken for the text of the provision before, and may be one of its own";
    Finding::new(Code::M010, ja, en)
}
