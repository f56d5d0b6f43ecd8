//! X009: reading uncertain.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X009,
    severity: Severity::Warning,
    title: ["読み取りが不確か", "Reading uncertain"],
    what: ["スキャンから読み取った値に、確かさの低い文字があります。", "A value read from a scan has characters that are not certain."],
    example: Some(["0 と 9、一 と ー、かすれた字。", "0 and 9, 一 and ー, faint print."]),
    action: ["紙面のその場所で値を確かめてください。", "Check the value at its place on the page."],
    case: Case::Test("crates/schema/src/recorder.rs"),
};

/// A value that is right with so many percent of chance, and its uncertain characters.
#[must_use]
pub fn weak(percent: f64, doubtful: &str) -> Finding {
    let mut ja = format!("読み取りが不確かです（正しい見込み {percent}%）");
    let mut en = format!("uncertain reading ({percent} % likely right)");
    if !doubtful.is_empty() {
        ja.push_str(&format!("。不確かな字: {doubtful}"));
        en.push_str(&format!("; uncertain: {doubtful}"));
    }
    Finding::new(Code::X009, ja, en)
}

/// A character of a name that could be its variant; the name with the variant is the suggestion.
#[must_use]
pub fn variant(read: &str, other: &str) -> Finding {
    let ja = format!("「{read}」は「{other}」かもしれません");
    let en = format!("{read} could be {other}");
    Finding::new(Code::X009, ja, en)
}

/// A value that is nearly another one of its field.
#[must_use]
pub fn near(value: &str, other: &str) -> Finding {
    let ja = format!("「{value}」は「{other}」と1字しか違いません");
    let en = format!("{value} differs from {other} by one character");
    Finding::new(Code::X009, ja, en)
}

/// A value with a stroke at its end.
#[must_use]
pub fn odd_end(value: &str) -> Finding {
    let ja = format!("「{value}」の端に罫線の残りのような字があります");
    let en = format!("{value} begins or ends with what may be the rest of a rule");
    Finding::new(Code::X009, ja, en)
}

/// A division that ends like none.
#[must_use]
pub fn no_division(value: &str) -> Finding {
    let ja = format!("「{value}」は課名の終わり方をしていません");
    let en = format!("{value} does not end like the name of a division");
    Finding::new(Code::X009, ja, en)
}

/// A value that nothing else confirms.
#[must_use]
pub fn unlisted(value: &str) -> Finding {
    let ja = format!("「{value}」は様式の一覧にも文書のほかの場所にもありません");
    let en = format!("{value} is in no list of the form and nowhere else in the document");
    Finding::new(Code::X009, ja, en)
}
