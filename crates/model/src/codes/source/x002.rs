//! X002: private-use character (gaiji).

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use std::ops::Range;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X002,
    severity: Severity::Warning,
    title: ["外字（私用領域の文字）", "Private-use character (gaiji)"],
    what: [
        "その機関だけの外字で、ほかの環境では別の字や空白に見えます。人名に多く使われます。",
        "The character is the office's own (gaiji): elsewhere it shows as another one or as nothing. Common in names.",
    ],
    example: Some(["CP932 の F040。", "CP932 F040."]),
    action: ["紙面または外字一覧で字形を確かめてください。", "Compare its shape with the paper or the list of gaiji."],
    case: Case::Fixture("X002.txt"),
};

/// A gaiji at these bytes of a text file.
#[must_use]
pub fn in_bytes(gaiji: char, places: Vec<Range<u64>>) -> Finding {
    let (point, n) = (u32::from(gaiji), places.len());
    let ja = format!("外字 U+{point:04X} が {n} か所あります");
    let en = format!("private-use character U+{point:04X} in {n} places");
    Finding::new(Code::X002, ja, en).at_bytes(places)
}

/// So many gaiji on a page, from 1, of a PDF.
#[must_use]
pub fn on_page(page: usize, count: usize) -> Finding {
    let ja = format!("{page} 頁に外字が {count} 字あります");
    let en = format!("page {page} has {count} private-use characters");
    Finding::new(Code::X002, ja, en)
}

/// A value that holds gaiji.
#[must_use]
pub fn in_value(count: usize) -> Finding {
    let ja = format!("この値に外字が {count} 字あります");
    let en = format!("the value holds {count} private-use characters");
    Finding::new(Code::X002, ja, en)
}
