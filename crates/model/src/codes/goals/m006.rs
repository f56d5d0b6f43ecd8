//! M006: taken from the row above.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M006,
    severity: Severity::Info,
    title: ["上の行から引き継いだ欄", "Taken from the row above"],
    what: [
        "空欄を縦に結合されたセルの続きと判断して、または「〃」「同上」の欄に、上の行の文字を入れました（inherited に元の番号）。",
        "A blank cell was taken as part of a vertically merged one, or a cell says “as above” (〃, 同上); it was given the text of the \
row above (see inherited).",
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

/// A mark that says "as above" below nothing.
#[must_use]
pub fn unresolved(mark: &str) -> Finding {
    let ja = format!("「{mark}」（同上）に当たる上の行の値がありません");
    let en = format!("“{mark}” (as above) stands below no value");
    Finding::new(Code::M006, ja, en).with_severity(Severity::Warning)
}

/// A blank cell of a text in which merged cells are blank too.
#[must_use]
pub fn perhaps(field: FieldNames, above: &str) -> Finding {
    let ja = format!("{}が空欄です。結合セルの続きなら、上の行の「{above}」です", field[0]);
    let en = format!("this {} is blank; if the cell was merged with the one above, it is “{above}”", field[1]);
    Finding::new(Code::M006, ja, en).with_severity(Severity::Warning).suggesting(above)
}
