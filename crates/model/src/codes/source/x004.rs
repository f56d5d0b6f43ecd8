//! X004: control characters.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use std::ops::Range;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X004,
    severity: Severity::Warning,
    title: ["制御文字", "Control characters"],
    what: [
        "文書の文字ではない制御文字（NUL など）が含まれています。ファイルが壊れているか、別の形式かもしれません。",
        "The text holds control characters (NUL and the like) that no document has: the file may be damaged or of another kind.",
    ],
    example: None,
    action: ["元のファイルを開いて内容を確かめてください。", "Open the original and check it."],
    case: Case::Fixture("X004.txt"),
};

/// A control character at these bytes of a text file.
#[must_use]
pub fn in_bytes(control: char, places: Vec<Range<u64>>) -> Finding {
    let (point, n) = (u32::from(control), places.len());
    let ja = format!("制御文字 U+{point:04X} が {n} か所あります");
    let en = format!("control character U+{point:04X} in {n} places");
    Finding::new(Code::X004, ja, en).at_bytes(places)
}
