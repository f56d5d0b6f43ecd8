//! M007: no fiscal year.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::pointer::Pointer;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M007,
    severity: Severity::Warning,
    title: ["年度がない", "No fiscal year"],
    what: ["年度が見つからないため、月だけの期限を日付にできません。", "No fiscal year was found, so a month alone cannot become a date."],
    example: None,
    action: ["年度を確かめてください。", "Check which year the document is about."],
    case: Case::Fixture("M007.txt"),
};

/// A document without a fiscal year.
#[must_use]
pub fn missing() -> Finding {
    let ja = "年度が見つかりません";
    let en = "no fiscal year was found";
    Finding::new(Code::M007, ja, en).about(Pointer::of("fiscal_year"))
}

/// A fiscal year that the file's name or a folder gives.
#[must_use]
pub fn of_path(raw: &str) -> Finding {
    let ja = format!("年度は本文になく、ファイルかフォルダーの名前から「{raw}」としました");
    let en = format!("the document names no fiscal year; {raw} is from the name of the file or a folder");
    Finding::new(Code::M007, ja, en).with_severity(Severity::Info).about(Pointer::of("fiscal_year"))
}

/// A fiscal year that the user gave.
#[must_use]
pub fn given(raw: &str) -> Finding {
    let ja = format!("年度は本文になく、指定された「{raw}」としました");
    let en = format!("the document names no fiscal year; {raw} was given");
    Finding::new(Code::M007, ja, en).with_severity(Severity::Info).about(Pointer::of("fiscal_year"))
}
