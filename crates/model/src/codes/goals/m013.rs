//! M013: the row's number is open.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M013,
    severity: Severity::Warning,
    title: ["番号が一つに定まらない", "The row's number is open"],
    what: [
        "どの番号の行か、元のテキストからは決まりません。number は最も合うもの、number_candidates はあり得る番号のすべてです。",
        "The text does not say which number this row has. number is the best guess, number_candidates holds every number that it could have.",
    ],
    example: None,
    action: ["元の表で番号を確かめてください。", "Check the number in the original table."],
    case: Case::Fixture("M013.txt"),
};

/// A row that could have any of these numbers.
#[must_use]
pub fn open(numbers: &[u32]) -> Finding {
    let listed = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let ja = format!("番号は {listed} のどれかで、一つに定まりません");
    let en = format!("the number is one of {listed}; the text does not say which");
    Finding::new(Code::M013, ja, en).suggesting(listed)
}
