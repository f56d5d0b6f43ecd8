//! L010: rows inside a row.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L010,
    severity: Severity::Warning,
    title: ["一つの行の中の複数の行", "Rows inside a row"],
    what: [
        "一つの項目の中で、方法と期限と課などが数行に分かれています。欄ごとにまとめたため、どれとどれが組かは記録に残りません。",
        "Inside one goal, methods, deadlines, units and the like stand in rows of their own. Each column was put together, so that \
which goes with which is not in the record.",
    ],
    example: None,
    action: ["元の表で組み合わせを確かめてください。", "See in the original which of them belong together."],
    case: Case::Fixture("L010.html"),
};

/// A field that stands in so many rows.
#[must_use]
pub fn sub_rows(field: FieldNames, rows: u32) -> Finding {
    let ja = format!("「{}」は {rows} 行に分かれています。ほかの欄との対応は記録されません", field[0]);
    let en = format!("{} stands in {rows} rows; which goes with which of the other columns is not recorded", field[1]);
    Finding::new(Code::L010, ja, en)
}
