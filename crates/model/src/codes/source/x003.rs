//! X003: encoding uncertain.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X003,
    severity: Severity::Warning,
    title: ["文字コードの判定が不確か", "Encoding uncertain"],
    what: [
        "手掛かりになる文字が少ないか、ほかの文字コードでも読めるため、文字コードを確定できません。または、文字が別の符号（UTF-7 など）で書かれたままです。",
        "There is too little text to be sure of the encoding, or another one reads as well; or the text is still coded (UTF-7 …).",
    ],
    example: Some(["漢字が2字しかない Shift_JIS のファイル。", "a Shift_JIS file with two kanji."]),
    action: ["変換結果が文字化けしていないか確かめてください。", "Check that the result is not garbled."],
    case: Case::Fixture("X003.txt"),
};

/// The encoding was taken on too little evidence.
#[must_use]
pub fn guessed(encoding: &str) -> Finding {
    let ja = format!("文字コードは {encoding} と推定しましたが、手掛かりが足りません");
    let en = format!("the encoding was taken for {encoding} on too little evidence");
    Finding::new(Code::X003, ja, en)
}

/// The text stands for other text.
#[must_use]
pub fn coded(coding: &str) -> Finding {
    let ja = format!("文字が別の符号（{coding}）で書かれたままのようです。そのまま記録しています");
    let en = format!("the text seems to be coded ({coding}); it is kept as it is");
    Finding::new(Code::X003, ja, en)
}
