//! L014: a text over several columns.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L014,
    severity: Severity::Warning,
    title: ["いくつかの列にまたがる文字列", "A text over several columns"],
    what: [
        "ある行の文字列が、いくつかの列にまたがっています。列を結合したセルか、縦の罫線のない表で列の間を越えて続く文字列です。初めの列の一つの値として読みましたが、ほかの列の値か、いくつかの列の値かもしれません。",
        "A text of one row reaches over several columns: its cell is merged over them, or in a table without vertical rules it goes \
on over the white between them. It was read as one value of the first column; it may be of another, or of several.",
    ],
    example: None,
    action: ["その行の値が一つか二つか、元の表と見比べてください。", "See in the original whether the row has one value there or two."],
    case: Case::Fixture("L014.pdf"),
};

/// A text that reaches over so many columns.
#[must_use]
pub fn over_columns(text: Run, columns: u32) -> Finding {
    let ja = format!("一つの文字列が {columns} 列にまたがっています");
    let en = format!("a text reaches over {columns} columns");
    Finding::new(Code::L014, ja, en).at(text)
}
