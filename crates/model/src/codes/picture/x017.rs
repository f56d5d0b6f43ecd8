//! X017: figures of a scanned table that do not agree.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X017,
    severity: Severity::Warning,
    title: ["表の計算に合わない数字", "A figure that does not agree with its table"],
    what: [
        "スキャンの表で、合計、数量と単価の積、前年度との差などが、読み取った数字と合いません。数字は読み取ったままで、合う数字が1つのときは候補に示します。",
        "In a scanned table a total, a product of quantity and unit price, or a difference is not what the figures that were read make. The figure is left as it was read; the one that would agree is suggested where it is nearly the same.",
    ],
    example: Some(["数量 3、単価 1,900、金額 5.700。", "3 at 1,900 make 5,700, and 5.700 was read."]),
    action: ["その数字を紙面で確かめてください。", "Check the figure on the page."],
    case: Case::Test("crates/schema/src/sums.rs"),
};

/// A figure that does not agree with others of its table, and the one that would.
#[must_use]
pub fn odd(read: &str, with: Option<&str>) -> Finding {
    let (ja, en) = match with {
        Some(with) => (
            format!("「{read}」は表の計算に合いません。「{with}」なら合います"),
            format!("{read} does not agree with its table; {with} would"),
        ),
        None => (format!("「{read}」は表の計算に合いません"), format!("{read} does not agree with its table")),
    };
    Finding::new(Code::X017, ja, en)
}
