//! A004: a correction that was made on another file.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::A004,
    severity: Severity::Info,
    title: ["ほかのファイルでの訂正", "A correction made on another file"],
    what: [
        "この値の訂正は、同じ文書の別のファイル（スキャンや書き出しのし直しなど）か、同じファイルの別の場所でしたものです。表題・年度・日付・番号・実施項目・前の値が同じなので当てました。",
        "This value was put right on another file of the same document (another scan or export), or elsewhere in the same file. Title, year, dates, number, item and the text before are the same, so it was put right here too.",
    ],
    example: None,
    action: ["念のため、元の文書で確かめてください。", "Check it against the source."],
    case: Case::Test("tests/audit/ledger.rs"),
};

/// A correction from one text to another that was made on another file.
#[must_use]
pub fn elsewhere(was: &str, now: &str, path: &str) -> Finding {
    Finding::new(
        Code::A004,
        format!("{path} での訂正「{was}」→「{now}」を、内容が同じなので当てました"),
        format!("the correction {was:?} to {now:?}, made on {path}, was made here by the content around it"),
    )
}
