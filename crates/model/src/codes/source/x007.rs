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
        "文字のある PDF の頁、Word・Excel・OpenDocument の本文やシート、HTML に、画像（図、グラフを含む）があります。画像に写った文字は読んでいません。",
        "A page of a PDF with text, the body of an office file, or a web page, holds a picture (or a chart or diagram). Text in the picture was not read.",
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

/// Pictures that begin at a cell of a sheet.
#[must_use]
pub fn on_sheet(sheet: &str, cell: &str, count: usize) -> Finding {
    let ja =
        format!("シート「{sheet}」の {cell} から置かれた画像・グラフ {count} 点は読んでいません（文字が写っていれば記録にありません）");
    let en = format!("{count} pictures or charts that begin at {cell} of sheet {sheet} were not read; text in them is in no record");
    Finding::new(Code::X007, ja, en)
}

/// Pictures of a web page.
#[must_use]
pub fn in_page(count: usize) -> Finding {
    let ja = format!("ページの画像 {count} 点は読んでいません（文字が写っていれば記録にありません）");
    let en = format!("{count} pictures of the page were not read; text in them is in no record");
    Finding::new(Code::X007, ja, en)
}

/// Pictures in a text, behind other text.
#[must_use]
pub fn in_text(before: &str, count: usize) -> Finding {
    let (place, en_place) = match before {
        "" => ("本文の初めにある".to_owned(), "at the start of the text".to_owned()),
        before => (format!("「{before}」の後にある"), format!("behind “{before}”")),
    };
    let ja = format!("{place}画像・図 {count} 点は読んでいません（文字が写っていれば記録にありません）");
    let en = format!("{count} pictures or charts {en_place} were not read; text in them is in no record");
    Finding::new(Code::X007, ja, en)
}
