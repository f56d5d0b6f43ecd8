//! M005: a required cell is empty.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M005,
    severity: Severity::Warning,
    title: ["必要な欄が空", "A required cell is empty"],
    what: ["実施項目など、空のはずがない欄に文字がありません。", "A field that every row has, such as the item, is empty."],
    example: None,
    action: ["元の表を確かめてください。", "Check the original table."],
    case: Case::Fixture("M005.txt"),
};

/// A row without an item.
#[must_use]
pub fn no_item() -> Finding {
    let ja = "実施項目が空です";
    let en = "the item is empty";
    Finding::new(Code::M005, ja, en)
}
