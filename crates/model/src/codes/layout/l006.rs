//! L006: rows of a dump put together.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L006,
    severity: Severity::Info,
    title: ["位置の失われた表の復元", "Rows of a dump put together"],
    what: [
        "表の線も位置もないテキストから、番号・語・並びを手掛かりに行を組み立て直しました。確かでない行と欄は M013・M014 で示します。",
        "The text has neither rules nor places; its rows were put together again by numbers, words and order. What is uncertain is said by M013 and M014.",
    ],
    example: None,
    action: ["M013・M014 の付いた行を元の表で確かめてください。", "Check the rows with M013 and M014 in the original table."],
    case: Case::Fixture("L006.txt"),
};

/// By what the rows were put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The rows follow each other by their numbers.
    Numbers,
    /// Texts that share words.
    Words,
    /// Columns that keep their order.
    Columns,
}

/// A dump whose rows were put together.
#[must_use]
pub fn rebuilt(by: By) -> Finding {
    let (how_ja, how_en) = match by {
        By::Numbers => ("番号の順に並んだ", "row by row"),
        By::Words => ("語のつながりから組にした", "by the words that they share"),
        By::Columns => ("列ごとの並びからたどった", "by the order of the columns"),
    };
    let ja = format!("位置の失われた表を、{how_ja}行として復元しました");
    let en = format!("the rows of a dump were put together {how_en}");
    Finding::new(Code::L006, ja, en)
}
