//! J003: a date that contradicts itself.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::J003,
    severity: Severity::Warning,
    title: ["日付の食い違い", "A date that contradicts itself"],
    what: ["併記された元号と西暦、または範囲の前後が合いません。", "Two labels of one year, or the two ends of a range, do not agree."],
    example: Some(["令和8年（2025年）。", "令和8年（2025年）."]),
    action: ["どちらが正しいか確かめてください。", "Find out which is right."],
    case: Case::Fixture("J003.txt"),
};

/// A text whose dates do not agree.
#[must_use]
pub fn contradicts(raw: &str) -> Finding {
    let ja = format!("「{raw}」の中で日付が食い違っています");
    let en = format!("{raw} contradicts itself");
    Finding::new(Code::J003, ja, en)
}
