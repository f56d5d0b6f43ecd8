//! X007: a picture that was not read.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::units::geometry::Rect;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X007,
    severity: Severity::Warning,
    title: ["読んでいない画像", "A picture that was not read"],
    what: [
        "文字のある PDF の頁に大きな画像があります。画像に写った文字は読んでいません。",
        "A page of a PDF with text holds a large picture. Text in the picture was not read.",
    ],
    example: None,
    action: ["画像に文字があるか、紙面で確かめてください。", "See on the page whether the picture holds text."],
    case: Case::Fixture("X007.pdf"),
};

/// Pictures of a page, from 1, that were not read.
#[must_use]
pub fn unread(page: u32, pictures: Vec<Rect>) -> Finding {
    let n = pictures.len();
    let ja = format!("{page} 頁の画像 {n} 点は読んでいません（文字が写っていれば記録にありません）");
    let en = format!("{n} pictures of page {page} were not read; text in them is in no record");
    Finding::new(Code::X007, ja, en).at_boxes(page, pictures)
}
