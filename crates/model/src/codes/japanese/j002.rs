//! J002: outside the era.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::J002,
    severity: Severity::Warning,
    title: ["元号の範囲外", "Outside the era"],
    what: [
        "その元号が使われていなかった日付や年度です。西暦には換算しました。",
        "The era was not in use on that day or in that year. It was converted all the same.",
    ],
    example: Some(["平成32年度。", "平成32年度."]),
    action: [
        "改元前に作られた文書なら問題ありません。そうでなければ元号を確かめてください。",
        "Fine in a document older than the change of era; otherwise check the era.",
    ],
    case: Case::Fixture("J002.txt"),
};

/// A date or year outside its era.
#[must_use]
pub fn outside(raw: &str) -> Finding {
    let ja = format!("「{raw}」は元号の期間に合いません");
    let en = format!("{raw} lies outside its era");
    Finding::new(Code::J002, ja, en)
}
