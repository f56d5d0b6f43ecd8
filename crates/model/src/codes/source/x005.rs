//! X005: text that nobody sees.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};
use crate::geometry::Rect;
use crate::page::{Pages, Piece, Run};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X005,
    severity: Severity::Warning,
    title: ["紙面に見えない文字", "Text that nobody sees"],
    what: [
        "透明、白、枠外などで紙面に見えない文字が PDF に入っています。見える文字と混ぜず、記録していません。",
        "The PDF holds text that is transparent, white, clipped or off the page. It is not mixed with what can be seen, and not recorded.",
    ],
    example: None,
    action: ["隠された文字に意味があるか、元の文書で確かめてください。", "See in the original whether the hidden text matters."],
    case: Case::Fixture("X005.pdf"),
};

/// No more texts are quoted.
const MOST_QUOTED: usize = 3;

/// Texts of a text source that a browser does not show.
#[must_use]
pub fn unshown(pages: &Pages, texts: &[Piece]) -> Finding {
    let quoted: Vec<String> = texts.iter().take(MOST_QUOTED).map(|&piece| format!("「{}」", pages.text(piece))).collect();
    let (quoted, count) = (quoted.concat(), texts.len());
    let ja = format!("画面に表示されない文字が {count} か所にあります：{quoted}（記録していません）");
    let en = format!("text in {count} places is not shown on the screen: {quoted}; it is not recorded");
    Finding::new(Code::X005, ja, en).at(Run(texts.to_vec()))
}

/// Text in the cell of a value that nobody sees.
#[must_use]
pub fn in_cell(page: u32, boxes: Vec<Rect>, field: FieldNames) -> Finding {
    let ja = format!("「{}」の欄に、紙面に見えない文字があります（値に入れていません）", field[0]);
    let en = format!("the cell of {} holds text that nobody sees; it is not in the value", field[1]);
    Finding::new(Code::X005, ja, en).at_boxes(page, boxes)
}

/// So many characters of a page, from 1, that nobody sees, and where they would stand.
#[must_use]
pub fn hidden(page: usize, count: usize, boxes: Vec<Rect>) -> Finding {
    let ja = format!("{page} 頁に、紙面に見えない文字が {count} 字あります（記録していません）");
    let en = format!("page {page} has {count} characters that nobody sees; they are not recorded");
    Finding::new(Code::X005, ja, en).at_boxes(page as u32, boxes)
}
