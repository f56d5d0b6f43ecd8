//! X108: no text recognition installed.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X108,
    severity: Severity::Error,
    title: ["文字認識の部品がない", "No text recognition installed"],
    what: [
        "画像の頁（スキャン）を読むには Tesseract 5 と日本語データが要りますが、見つかりません。ほかの文書は読めます。",
        "Pages that are pictures (scans) need Tesseract 5 and its Japanese data, which were not found. Other documents are read without.",
    ],
    example: None,
    action: [
        "Debian・Ubuntu: apt-get install tesseract-ocr tesseract-ocr-jpn。Windows: UB Mannheim の Tesseract 5 を日本語（Japanese）つきで入れてください。seisho doctor で確かめられます。",
        "Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-jpn. Windows: install UB Mannheim's Tesseract 5 with Japanese. seisho doctor shows what is found.",
    ],
    case: Case::Test("tests/cli.rs"),
};

/// Pages, from 1, that are pictures, where nothing reads them.
#[must_use]
pub fn unread(pages: &[usize]) -> Finding {
    let list = pages.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let ja = format!("{list} 頁は画像で、読み取っていません");
    let en = format!("pages {list} are pictures and were not read");
    Finding::new(Code::X108, ja, en)
}
