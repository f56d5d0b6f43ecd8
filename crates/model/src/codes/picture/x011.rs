//! X011: a red seal that was left out.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::units::geometry::Rect;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X011,
    severity: Severity::Warning,
    title: ["読み取りから除いた朱印", "A red seal that was left out"],
    what: [
        "スキャンにある赤い印影を、重なった黒い字を読むために除きました。印影の字はどの値にも入っていません。線や文字の形の赤（朱書き）は除かず、読んでいます。",
        "A red seal in a scan was left out, so that black text under it can be read. What the seal says is in no value. Other red ink (letters, lines) is not left out, it is read.",
    ],
    example: None,
    action: ["その場所にあるのが印影だけか、紙面で確かめてください。", "See on the page that nothing but a seal stands there."],
    case: Case::Test("crates/scan/src/findings.rs"),
};

/// Seals of a page, from 1, that were left out.
#[must_use]
pub fn left_out(page: usize, seals: Vec<Rect>) -> Finding {
    let count = seals.len();
    let ja = format!("{page} 頁の赤い印影 {count} 個を、読み取りから除きました");
    let en = format!("{count} red seals on page {page} were left out of the reading");
    Finding::new(Code::X011, ja, en).at_boxes(page as u32, seals)
}
