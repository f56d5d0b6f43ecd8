//! X015: comments on a page.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::units::geometry::Rect;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X015,
    severity: Severity::Warning,
    title: ["注釈（コメント）", "A comment on the page"],
    what: [
        "PDF に、あとから付けられた注釈（付箋、文字、取消線、スタンプ、入力欄）があります。紙面に見える文字は本文と同じに読み、\
見えない内容は値に入れていません。",
        "Somebody put a comment on a page of the PDF: a note, text, a line through text, a stamp, a form field. What shows on the \
page is read as its text; what does not is in no value.",
    ],
    example: None,
    action: ["注釈が訂正や取下げを述べていないか、確かめてください。", "See whether the comment corrects or withdraws something."],
    case: Case::Test("tests/apart.rs"),
};

/// A comment: its kind, who wrote it, what it says.
#[must_use]
pub fn comment(page: u32, kind: [&str; 2], author: &str, text: &str, rect: Rect) -> Finding {
    let (by, from) = if author.is_empty() { Default::default() } else { (format!("（{author}）"), format!(" by {author}")) };
    let (says, en_says) = if text.is_empty() { Default::default() } else { (format!("：「{text}」"), format!(": “{text}”")) };
    let ja = format!("{page} 頁に注釈（{}）{by}があります{says}", kind[0]);
    let en = format!("page {page} has an annotation ({}){from}{en_says}", kind[1]);
    Finding::new(Code::X015, ja, en).at_boxes(page, vec![rect])
}
