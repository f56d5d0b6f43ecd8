//! M014: which row a text belongs to is uncertain.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M014,
    severity: Severity::Warning,
    title: ["行への割り当てが不確か", "Which row a text belongs to is uncertain"],
    what: [
        "この欄の文字は、ほかの行のものかもしれません（またはほかの行にある文字がこの欄のものかもしれません）。suggestion はその番号です。",
        "The text of this field may belong to another row, or text of another row to this field. suggestion names that row's number.",
    ],
    example: None,
    action: ["元の表で、その欄を確かめてください。", "Check the field in the original table."],
    case: Case::Fixture("M014.txt"),
};

/// A field that may not be of the row of this number.
#[must_use]
pub fn of_row(field: FieldNames, number: &str) -> Finding {
    let ja = format!("{}が番号 {number} の行のものかどうか、確かではありません", field[0]);
    let en = format!("whether this {} belongs to row {number} is uncertain", field[1]);
    Finding::new(Code::M014, ja, en)
}

/// A field of a table whose rows part inside a sentence.
#[must_use]
pub fn torn(field: FieldNames) -> Finding {
    let ja = format!("行の境目が文の途中にあります。{}がこの行のものかどうか、確かではありません", field[0]);
    let en = format!("rows part inside a sentence; whether this {} is of this row is uncertain", field[1]);
    Finding::new(Code::M014, ja, en)
}

/// A field with a line that could be of the row above or below.
#[must_use]
pub fn unclear_end(field: FieldNames) -> Finding {
    let ja = format!("行の境目がはっきりしません。{}の一部は上か下の行のものかもしれません", field[0]);
    let en = format!("where this row ends is not clear; some of this {} may be of the row above or below", field[1]);
    Finding::new(Code::M014, ja, en)
}

/// A field that nearly all other rows have.
#[must_use]
pub fn missing(field: FieldNames) -> Finding {
    let ja = format!("ほかの行にある{}が見当たりません。隣の欄の行の終わりにあるかもしれません", field[0]);
    let en = format!("other rows have a {}, this one shows none; it may stand at the end of a line beside it", field[1]);
    Finding::new(Code::M014, ja, en)
}

/// A field of a row whose values stand in the columns of others.
#[must_use]
pub fn displaced(field: FieldNames, date: &str) -> Finding {
    let ja = format!("この行は欄がずれているようです（「{date}」が期限の欄にありません）。{}も隣の欄のものかもしれません", field[0]);
    let en = format!(
        "the cells of this row seem to be displaced ({date} does not stand in the column of deadlines); its {} may be of another column",
        field[1]
    );
    Finding::new(Code::M014, ja, en)
}

/// A field of which some may be of the column beside it.
#[must_use]
pub fn beside(field: FieldNames) -> Finding {
    let ja = format!("欄の境目がはっきりしません。{}の一部は隣の欄のものかもしれません（または隣の欄にあるかもしれません）", field[0]);
    let en = format!("where this column ends is not clear; some of this {} may be of the column beside it, or stand there", field[1]);
    Finding::new(Code::M014, ja, en)
}
