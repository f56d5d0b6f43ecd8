//! L009: the same page twice.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L009,
    severity: Severity::Warning,
    title: ["同じ頁が二度ある", "The same page twice"],
    what: ["同じ内容の頁がファイルに二度入っています。両方とも記録しています。", "Two pages of the file say the same. Both are recorded."],
    example: None,
    action: ["重複した頁の項目を、必要なら除いてください。", "Leave out what is there twice, where needed."],
    case: Case::Fixture("L009.txt"),
};

/// Two pages, from 1, that say the same.
#[must_use]
pub fn again(first: usize, second: usize) -> Finding {
    let ja = format!("{second} 頁は {first} 頁と同じ内容です");
    let en = format!("page {second} says the same as page {first}");
    Finding::new(Code::L009, ja, en)
}
