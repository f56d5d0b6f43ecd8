//! X109: damaged image.

use crate::codes::finding::{Finding, Message, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X109,
    severity: Severity::Error,
    title: ["壊れた画像", "Damaged image"],
    what: [
        "画像ファイル、または PDF の頁の画像を展開できません。",
        "An image file, or the image that is a page of a PDF, cannot be decoded.",
    ],
    example: None,
    action: [
        "スキャンし直すか、別の形式（TIFF、PNG、JPEG、PDF）で保存し直してください。",
        "Scan again, or save it in another format (TIFF, PNG, JPEG, PDF).",
    ],
    case: Case::Fixture("X109.png"),
};

/// The picture of a page, from 1, that cannot be read, and why.
#[must_use]
pub fn undecoded(page: usize, why: &Message) -> Finding {
    let ja = format!("{page} 頁の画像を読めません（{}）", why.ja);
    let en = format!("the picture of page {page} cannot be read ({})", why.en);
    Finding::new(Code::X109, ja, en)
}
