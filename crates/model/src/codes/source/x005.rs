//! X005: text that nobody sees.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

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

/// So many characters of a page, from 1, that nobody sees.
#[must_use]
pub fn hidden(page: usize, count: usize) -> Finding {
    let ja = format!("{page} 頁に、紙面に見えない文字が {count} 字あります（記録していません）");
    let en = format!("page {page} has {count} characters that nobody sees; they are not recorded");
    Finding::new(Code::X005, ja, en)
}
