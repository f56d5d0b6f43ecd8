//! L018: a value that the print may have cut off.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L018,
    severity: Severity::Warning,
    title: ["欄に入りきらず切れた文字", "Text cut off at the end of its cell"],
    what: [
        "罫線の欄が文字でいっぱいで、文が途中で終わっています。表計算ソフトの行の高さが足りないまま印刷すると、入りきらない文字は紙面にも PDF にも残りません。",
        "The cell is full and its text stops in the middle. Where rows of a sheet are too low when it is printed, what does not \
fit is neither on paper nor in the PDF.",
    ],
    example: None,
    action: [
        "元の表計算ファイルがあれば、その欄の全文を確かめてください。",
        "Look up the whole text in the sheet that was printed, if there is one.",
    ],
    case: Case::Fixture("L018.pdf"),
};

/// A field of a row whose cell is full and whose text stops in the middle.
#[must_use]
pub fn cut_off(field: FieldNames) -> Finding {
    let ja = format!("{}の欄がいっぱいで、文が途中で切れているようです", field[0]);
    let en = format!("the cell is full, and this {} seems to be cut off", field[1]);
    Finding::new(Code::L018, ja, en)
}

/// A list of a row that fills its cell, in a table whose cells are cut off.
#[must_use]
pub fn may_lack_lines(field: FieldNames) -> Finding {
    let ja = format!("この表は欄に入りきらない文字が切れているようです。{}の続きの行も切れているかもしれません", field[0]);
    let en = format!("cells of this table seem to be cut off; further lines of this {} may be missing", field[1]);
    Finding::new(Code::L018, ja, en)
}
