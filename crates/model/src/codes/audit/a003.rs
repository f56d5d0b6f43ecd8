//! A003: a correction is laid over nothing.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::output::Unlaid;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::A003,
    severity: Severity::Warning,
    title: ["当てられない訂正", "A correction that fits no value"],
    what: [
        "訂正の台帳（--corrections）に、この文書についての訂正で、当てられないものがあります。場所が見つからないか、前の値と違うか、二つの場所に当てはまるか、よく似た値のどれだったのか決められません。値は読み取ったままです。",
        "The ledger of corrections (--corrections) has one for this document that is laid over nothing: its place is not found, the value is another than before, two places fit, or it cannot be told which of several alike was meant. The value is as it was read.",
    ],
    example: None,
    action: [
        "元の文書で確かめ、まだ要るなら、見直し（seisho review）から訂正し直してください。",
        "Check the source; where the correction is still needed, make it anew from a review (seisho review).",
    ],
    case: Case::Test("tests/audit/ledger.rs"),
};

/// A correction from one text to another, and why it is laid over nothing; what the value says now, where one is there.
#[must_use]
pub fn unlaid(was: &str, now: &str, why: Unlaid, says: Option<&str>) -> Finding {
    let said = says.map(|s| (format!("（今は「{s}」）"), format!(" (now {s:?})"))).unwrap_or_default();
    let (ja, en) = match why {
        Unlaid::NoPlace | Unlaid::NoDocument => ("その値が見つかりません", "the value is not found"),
        Unlaid::Changed => ("値が訂正の前と違います", "the value is another than before"),
        Unlaid::TwoPlaces => ("当てはまる値が二つ以上あります", "more than one value fits"),
        Unlaid::OneOfSeveral => (
            "元は同じ値が二つ以上あり、どれが残ったのか決められません",
            "several values were alike, and it cannot be told which of them this is",
        ),
        Unlaid::TwoDocuments => ("当てはまる文書が二つ以上あります", "more than one document fits"),
        Unlaid::Unreadable => ("その欄の値（番号や年度）として読めません", "it cannot be read as what the field holds"),
    };
    Finding::new(
        Code::A003,
        format!("訂正「{was}」→「{now}」を当てていません: {ja}{}", said.0),
        format!("the correction {was:?} to {now:?} was not made: {en}{}", said.1),
    )
}
