//! M004: row numbers repeat or jump.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M004,
    severity: Severity::Warning,
    title: ["番号の重複・欠番", "Row numbers repeat or jump"],
    what: [
        "番号が前の行の次になっていません。行が抜けたか、重なった可能性があります。",
        "The number does not follow the one before. A row may be missing or doubled.",
    ],
    example: None,
    action: ["元の表で行を数えてください。", "Count the rows in the original table."],
    case: Case::Fixture("M004.txt"),
};

/// A number that does not follow the one before.
#[must_use]
pub fn jump(number: u32, before: u32) -> Finding {
    let ja = format!("番号 {before} の次が {number} です");
    let en = format!("number {number} follows {before}");
    Finding::new(Code::M004, ja, en)
}
