//! M017: a check of the profile fails.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M017,
    severity: Severity::Warning,
    title: ["プロファイルの検査に合わない", "A check of the profile fails"],
    what: [
        "プロファイルの checks に書かれたことが成り立ちません: 番号の連なり、年度の中の日付、合計、重複。",
        "What the profile says in checks does not hold: numbers in a row, dates inside the year, sums, no value twice.",
    ],
    example: None,
    action: [
        "原本がそうなのか、読み違いかを見てください。値は変えていません。",
        "See whether the source says so or it was misread. No value was changed.",
    ],
    case: Case::Test("tests/profiles.rs"),
};

/// Numbers that do not run from 1.
#[must_use]
pub fn out_of_row(number: u32, wanted: u32) -> Finding {
    Finding::new(Code::M017, format!("番号が {wanted} のはずの所が {number} です"), format!("the number is {number} where {wanted} is due"))
}

/// A date outside the document's fiscal year.
#[must_use]
pub fn outside_the_year(field: &str, day: &str, year: &str) -> Finding {
    let ja = format!("「{field}」の {day} は{year}の外です");
    Finding::new(Code::M017, ja, format!("{day} of {field} is outside {year}"))
}

/// A total that is not the sum of its parts.
#[must_use]
pub fn other_sum(field: &str, total: &str, sum: &str) -> Finding {
    let ja = format!("「{field}」は {total} ですが、内訳の合計は {sum} です");
    Finding::new(Code::M017, ja, format!("{field} is {total}, its parts make {sum}")).suggesting(sum)
}

/// A value that another record has.
#[must_use]
pub fn twice(field: &str, value: &str) -> Finding {
    let ja = format!("「{field}」の「{value}」が二度あります");
    Finding::new(Code::M017, ja, format!("{value} of {field} comes twice"))
}
