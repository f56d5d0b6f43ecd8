//! X012: text under a black stamp.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::units::geometry::Rect;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X012,
    severity: Severity::Warning,
    title: ["黒い丸印の下の字", "Text under a black stamp"],
    what: [
        "スキャンにある黒い丸印（受付印など）の輪と横線を除いて、下の字を読みました。その場所の字はどれも不確かで、印の中の字が混ざることがあります。",
        "The ring and bars of a black round stamp in a scan were taken out to read what is under them. All that stands there is in doubt, and letters of the stamp may be among it.",
    ],
    example: None,
    action: ["その場所の値を紙面で確かめてください。", "Check the values at that place on the page."],
    case: Case::Test("crates/scan/src/findings.rs"),
};

/// Stamps of a page, from 1, whose rings were taken out.
#[must_use]
pub fn taken_out(page: usize, stamps: Vec<Rect>) -> Finding {
    let count = stamps.len();
    let ja = format!("{page} 頁の黒い丸印 {count} 個の輪を除いて、下の字を読みました");
    let en = format!("the rings of {count} black stamps on page {page} were taken out to read what is under them");
    Finding::new(Code::X012, ja, en).at_boxes(page as u32, stamps)
}
