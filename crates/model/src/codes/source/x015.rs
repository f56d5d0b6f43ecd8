//! X015: somebody put a comment to the text.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X015,
    severity: Severity::Info,
    title: ["コメントが付いている", "Somebody commented on it"],
    what: [
        "Excel・Word のセルや文章にコメントが付いています。コメントは文書の文字ではないので値に入れず、remainder の annotation に残し、誰のものかをここで言います。",
        "A cell or a sentence of an office file has a comment. It is no text of the document itself: it is in no value, but in the remainder as annotation, and here it is said whose it is.",
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
    let mut shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = shown.char_indices().nth(LONGEST) {
        shown.truncate(end);
        shown.push('…');
    }
    let author = author.map(str::trim).filter(|author| !author.is_empty());
    let ja = author.map_or_else(|| "書いた人の分からないコメント".to_owned(), |author| format!("{author} のコメント"));
    let en = author.map_or_else(|| "a comment that does not say whose it is".to_owned(), |author| format!("a comment of {author}"));
    Finding::new(Code::X015, format!("{ja}があります: {shown}"), format!("there is {en}: {shown}"))
}

/// Characters of a comment that its finding shows; the whole stands in the remainder.
const LONGEST: usize = 80;
