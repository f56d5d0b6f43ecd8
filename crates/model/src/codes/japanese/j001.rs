//! J001: a date that does not exist.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::J001,
    severity: Severity::Error,
    title: ["存在しない日付", "A date that does not exist"],
    what: [
        "暦にない日付です。別の日に読み替えず、iso は null にしました。",
        "The calendar has no such day. It is not rolled to another; iso is null.",
    ],
    example: Some(["令和8年2月29日。", "令和8年2月29日."]),
    action: ["正しい日付を作成課に確かめてください。", "Ask the author for the right date."],
    case: Case::Fixture("J001.txt"),
};

/// A date that the calendar has not.
#[must_use]
pub fn no_such_day(raw: &str) -> Finding {
    let ja = format!("「{raw}」は暦にありません");
    let en = format!("there is no day {raw}");
    Finding::new(Code::J001, ja, en)
}
