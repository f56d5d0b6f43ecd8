//! X107: PDF without text. Its words are those of `seisho_extract::Error`.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X107,
    severity: Severity::Error,
    title: ["文字のない PDF", "PDF without text"],
    what: [
        "どの頁にも文字がなく、頁を覆う画像もありません。または、「お待ちください」という仮の頁しかありません（XFA フォーム）。",
        "No page has text, and none is a picture as a whole; or there is only a page that asks to wait (an XFA form).",
    ],
    example: Some(["白紙、文字を線で描いた図面。", "blank pages, drawings whose letters are lines."]),
    action: [
        "文字のある PDF を作り直すか、印刷してスキャンしたものを変換してください。",
        "Make a PDF with text again, or print it and convert the scan.",
    ],
    case: Case::Fixture("X107.pdf"),
};
