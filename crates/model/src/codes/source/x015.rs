//! X015: somebody put a comment to the text.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::units::geometry::Rect;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X015,
    severity: Severity::Info,
    title: ["コメントが付いている", "Somebody commented on it"],
    what: [
        "Excel・Word のセルや文章、または PDF の頁に、コメント（付箋、書き込み、取消線、スタンプ、入力欄）が付いているか、セルの上に文字のある図形（テキストボックス）が置かれています。コメントは文書の\
文字ではないので値に入れず、誰のものかと内容をここで言います（Excel・Word のものは remainder の annotation にも残します）。PDF で紙面に\
見える書き込みは、本文と同じに読んでいます。",
        "A cell or a sentence of an office file, or a page of a PDF, has a comment: a note, typed text, a line through text, a stamp, \
a form field; or a shape or text box with text lies over the cells. It is no text of the document itself and in no value; here it is said whose it is and what it says (those of office files \
stand in the remainder as annotation too). What shows on the page of a PDF is read as its text.",
    ],
    example: None,
    action: [
        "コメントに、値を変える内容（「9月に変更」など）がないか確かめてください。",
        "See whether the comment changes the value (such as \"moved to September\").",
    ],
    case: Case::Fixture("X015.xlsx"),
};

/// A comment that somebody put to the text.
#[must_use]
pub fn comment(author: Option<&str>, text: &str) -> Finding {
    let shown = short(text);
    let author = author.map(str::trim).filter(|author| !author.is_empty());
    let ja = author.map_or_else(|| "書いた人の分からないコメント".to_owned(), |author| format!("{author} のコメント"));
    let en = author.map_or_else(|| "a comment that does not say whose it is".to_owned(), |author| format!("a comment of {author}"));
    Finding::new(Code::X015, format!("{ja}があります: {shown}"), format!("there is {en}: {shown}"))
}

/// The text of a box or a shape that is drawn over the cells of an office file.
#[must_use]
pub fn text_box(text: &str) -> Finding {
    let shown = short(text);
    let ja = format!("図形（テキストボックス）に文字があります: {shown}（値には入れていません）");
    let en = format!("a shape or text box holds text, which is in no value: {shown}");
    Finding::new(Code::X015, ja, en).with_severity(Severity::Warning)
}

fn short(text: &str) -> String {
    let mut shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = shown.char_indices().nth(LONGEST) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

/// An annotation of a page of a PDF: its kind, who wrote it, what it says.
#[must_use]
pub fn annotation(page: u32, kind: [&str; 2], author: &str, text: &str, rect: Rect) -> Finding {
    let (by, from) = if author.is_empty() { Default::default() } else { (format!("（{author}）"), format!(" by {author}")) };
    let (says, en_says) = if text.is_empty() { Default::default() } else { (format!("：「{text}」"), format!(": “{text}”")) };
    let ja = format!("{page} 頁に注釈（{}）{by}があります{says}", kind[0]);
    let en = format!("page {page} has an annotation ({}){from}{en_says}", kind[1]);
    Finding::new(Code::X015, ja, en).at_boxes(page, vec![rect]).with_severity(Severity::Warning)
}

/// Characters of a comment that its finding shows; the whole stands in the remainder.
const LONGEST: usize = 80;
