//! M006: taken from the row above.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M006,
    severity: Severity::Info,
    title: ["上の行から引き継いだ欄", "Taken from the row above"],
    what: [
        "空欄を、縦に結合されたセルの続きと判断して上の行の文字を入れました（inherited に元の番号）。",
        "A blank cell was taken as part of a vertically merged one and given the text of the row above (see inherited).",
    ],
    example: None,
    action: ["元の表で結合を確かめてください。", "Check the merge in the original table."],
    case: Case::Fixture("M006.txt"),
};

/// Blank cells of a row that were taken as part of merged ones.
#[must_use]
pub fn from_above(fields: &[FieldNames]) -> Finding {
    let names = |language: usize, comma: &str| fields.iter().map(|names| names[language]).collect::<Vec<_>>().join(comma);
    let ja = format!("空欄（{}）を上の行の続きとしました", names(0, "、"));
    let en = format!("blank cells ({}) were taken from above", names(1, ", "));
    Finding::new(Code::M006, ja, en)
}
