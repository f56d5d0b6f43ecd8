//! M019: a date of the head that is not settled.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M019,
    severity: Severity::Warning,
    title: ["作成日などを決められない", "A date of the head is not settled"],
    what: [
        "頭書きの日付の書き方から、年月日を一つに決められません。iso は null です。",
        "The way in which a date of the head is written does not settle on one day. iso is null.",
    ],
    example: None,
    action: ["日付を確かめ、必要なら記録に補ってください。", "Check the date and supply it where needed."],
    case: Case::Fixture("M019.txt"),
};

/// A date that could be any of some days, or none.
#[must_use]
pub fn unsettled(raw: &str, candidates: &[String]) -> Finding {
    let could = if candidates.is_empty() { String::new() } else { format!("（候補：{}）", candidates.join("、")) };
    let en_could = if candidates.is_empty() { String::new() } else { format!("; it could be {}", candidates.join(", ")) };
    let ja = format!("「{raw}」を日付に決められません{could}");
    let en = format!("{raw} does not settle on one day{en_could}");
    let finding = Finding::new(Code::M019, ja, en);
    match candidates.first() {
        Some(first) => finding.suggesting(first),
        None => finding,
    }
}
