//! L013: columns of another page.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L013,
    severity: Severity::Info,
    title: ["別の頁に印刷された列", "Columns of another page"],
    what: [
        "表の右側の列が、番号の列のない別の頁に印刷されています。行の順に並べて、一つの表として読みました。",
        "The right half of the table is printed on another page, without the column of numbers. Its rows were put beside those of \
the left half, in their order.",
    ],
    example: None,
    action: ["行の対応が正しいか、元の表と見比べてください。", "Compare with the original which rows belong together."],
    case: Case::Fixture("L013.html"),
};

/// A column that was put beside the rows of another table.
#[must_use]
pub fn put_beside(field: FieldNames) -> Finding {
    let ja = format!("「{}」の列は別の表にあり、行の順に並べました", field[0]);
    let en = format!("the column of {} is in another table; its rows were taken in their order", field[1]);
    Finding::new(Code::L013, ja, en)
}
