//! L003: a table whose geometry is lost.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::pointer::Pointer;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L003,
    severity: Severity::Warning,
    title: ["表の位置が失われたテキスト", "A table whose geometry is lost"],
    what: [
        "目標表の見出し語はありますが、行と列の位置も、行の番号の並びもありません（PDF から取り出した文字列など）。行は復元せず、文字はすべて remainder にあります。",
        "The heading words of a goal table are there, but neither its rows and columns nor a run of row numbers (a text dump of a PDF). Rows are not rebuilt; all text is in the remainder.",
    ],
    example: None,
    action: ["元の PDF か、表の形を保った書き出しを変換してください。", "Convert the original PDF, or an export that keeps the table."],
    case: Case::Fixture("L003.txt"),
};

/// A dump that has no run of numbers.
#[must_use]
pub fn no_rows() -> Finding {
    let ja = "目標表の見出しがありますが、行と列の位置が失われているため、行を復元していません";
    let en = "the headings of a goal table are there, but rows and columns are lost; no rows were rebuilt";
    Finding::new(Code::L003, ja, en).about(Pointer::of("goals"))
}

/// Words of headings below the title of a goal table, and nothing that shows a table.
#[must_use]
pub fn perhaps() -> Finding {
    let ja = "表題と見出しらしい語は目標表のものですが、目標は読み取れませんでした";
    let en = "the title and some words are those of a goal table, but no goals could be read";
    Finding::new(Code::L003, ja, en).about(Pointer::of("goals"))
}
