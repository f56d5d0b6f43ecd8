//! X001: bytes that do not decode.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use std::ops::Range;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X001,
    severity: Severity::Error,
    title: ["読み取れないバイト", "Bytes that do not decode"],
    what: [
        "判定した文字コードでは文字にならないバイトがあります。その箇所は U+FFFD（�）で示し、位置をバイトで記録します。",
        "Some bytes are no character in the encoding that was found. They are shown as U+FFFD and their byte offsets are kept.",
    ],
    example: Some(["CP932 の文書に 0xFF が混じっている。", "a 0xFF inside a CP932 file."]),
    action: [
        "元のファイルをその位置で確かめ、正しい文字を補ってください。",
        "Look at the original at that offset and supply the right character.",
    ],
    case: Case::Fixture("X001.txt"),
};

/// Bytes that are no text in the encoding that was found.
#[must_use]
pub fn malformed(encoding: &str, places: Vec<Range<u64>>) -> Finding {
    let n = places.len();
    let ja = format!("{encoding} として読めないバイトが {n} か所あります");
    let en = format!("{n} places are no {encoding}");
    Finding::new(Code::X001, ja, en).at_bytes(places)
}

/// A value that holds characters for such bytes.
#[must_use]
pub fn in_value(count: usize) -> Finding {
    let ja = format!("この値に、読み取れないバイトを示す � が {count} 字あります");
    let en = format!("the value holds {count} � for bytes that do not decode");
    Finding::new(Code::X001, ja, en)
}
