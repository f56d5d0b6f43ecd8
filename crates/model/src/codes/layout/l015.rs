//! L015: several choices, and no mark that says which.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L015,
    severity: Severity::Warning,
    title: ["選択肢が並んだまま", "Choices without a mark"],
    what: [
        "欄に選択肢が並んでいて、どれが選ばれたかを示す印が読み取れません。印が手書きか、絵か、書式だけのことがあります。",
        "Several choices stand in the cell, and no mark was read that says which one is chosen. It may be drawn by hand, a picture, \
or a look.",
    ],
    example: None,
    action: ["原本で、選ばれたものを確かめてください。", "See in the original which one is chosen."],
    case: Case::Fixture("L015.html"),
};

/// A value of several choices.
#[must_use]
pub fn unmarked(choices: &[String]) -> Finding {
    let all = choices.join("・");
    let ja = format!("選択肢「{all}」のどれが選ばれたか読み取れません");
    let en = format!("which of {all} is chosen was not read");
    Finding::new(Code::L015, ja, en)
}
