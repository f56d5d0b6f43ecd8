//! J003: a date that contradicts itself.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::J003,
    severity: Severity::Warning,
    title: ["日付の食い違い", "A date that contradicts itself"],
    what: [
        "併記された元号と西暦、範囲の前後、または期限と文書の年度が合いません。",
        "Two labels of one year, the two ends of a range, or a deadline and the year of its document do not agree.",
    ],
    example: Some(["令和8年（2025年）。", "令和8年（2025年）."]),
    action: ["どちらが正しいか確かめてください。", "Find out which is right."],
    case: Case::Fixture("J003.txt"),
};

/// A deadline years before the fiscal year of its document, which begins in this year.
#[must_use]
pub fn long_before(raw: &str, year: i16) -> Finding {
    let ja = format!("期限「{raw}」は、文書の年度（{year} 年度）より前です");
    let en = format!("the deadline {raw} lies before the document's fiscal year {year}");
    Finding::new(Code::J003, ja, en)
}

/// A text whose dates do not agree.
#[must_use]
pub fn contradicts(raw: &str) -> Finding {
    let ja = format!("「{raw}」の中で日付が食い違っています");
    let en = format!("{raw} contradicts itself");
    Finding::new(Code::J003, ja, en)
}
