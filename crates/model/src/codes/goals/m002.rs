//! M002: deadline not understood.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M002,
    severity: Severity::Warning,
    title: ["期限を日付にできない", "Deadline not understood"],
    what: [
        "期限の欄の文字から、月や日や年度末などを一つに決められません。until は null です。",
        "The text of the deadline does not settle on one month, day or year end. until is null.",
    ],
    example: None,
    action: ["期限を確かめ、必要なら記録に補ってください。", "Check the deadline and supply it where needed."],
    case: Case::Fixture("M002.txt"),
};

/// A deadline that gives no day.
#[must_use]
pub fn unsettled(raw: &str) -> Finding {
    let ja = format!("期限「{raw}」を日付にできません");
    let en = format!("deadline {raw} does not settle on one day");
    Finding::new(Code::M002, ja, en)
}
