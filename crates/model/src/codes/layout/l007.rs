//! L007: text that is struck out.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L007,
    severity: Severity::Warning,
    title: ["取り消された文字", "Text that is struck out"],
    what: [
        "取消線などで消された文字です。値には含めず、その他の文字（remainder）に `struck` として記録しています。",
        "The text is struck out. It is in no value; it is recorded in the remainder as `struck`.",
    ],
    example: None,
    action: [
        "消された文字と残った文字の範囲が正しいか、元の文書と見比べてください。",
        "Compare with the original what is struck out and what stands.",
    ],
    case: Case::Fixture("L007.html"),
};

/// A text that is struck out.
#[must_use]
pub fn struck(text: &str, run: Run) -> Finding {
    let ja = format!("「{text}」は取り消されています（値に含めていません）");
    let en = format!("“{text}” is struck out; it is in no value");
    Finding::new(Code::L007, ja, en).at(run)
}
