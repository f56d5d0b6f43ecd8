//! M015: a value of another kind.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M015,
    severity: Severity::Warning,
    title: ["プロファイルの種類に合わない値", "A value of another kind"],
    what: [
        "プロファイルが数・金額・率・日付・選択肢とした項目に、そう読めない値があります。raw は印字のまま、value は null です。",
        "A value is no number, sum, rate, date or choice although the profile says so. raw is as printed, value is null.",
    ],
    example: None,
    action: [
        "原本を見て、値が正しければプロファイルの kind、unit、choices を直してください。",
        "Look at the source; where the value is right, mend kind, unit or choices in the profile.",
    ],
    case: Case::Test("tests/profiles.rs"),
};

/// A value that its kind cannot hold. `wanted`: what the profile says, Japanese and English.
#[must_use]
pub fn unreadable(field: &str, raw: &str, wanted: [&str; 2]) -> Finding {
    let ja = format!("「{field}」の値「{raw}」は{}として読めません", wanted[0]);
    Finding::new(Code::M015, ja, format!("the value {raw} of {field} is no {}", wanted[1]))
}
