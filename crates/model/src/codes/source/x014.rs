//! X014: what a sheet does not show as it is stored, or does not show at all.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X014,
    severity: Severity::Info,
    title: ["表計算で隠れているか、表示のしかたが分からないもの", "Hidden in a sheet, or of an unknown format"],
    what: [
        "Excel の隠れたシート・行・列にある文字は、紙にも画面にも出ないので読みません。表示形式の分からない数は、保存されているとおりに書きます。",
        "Text in hidden sheets, rows and columns of Excel files is not read: nobody sees it. Numbers of an unknown format are written as they are stored.",
    ],
    example: None,
    action: ["元のファイルで、隠れたものと数の見え方を確かめてください。", "See in the original what is hidden, and how the numbers look."],
    case: Case::Fixture("X014.xlsx"),
};

/// A sheet that is hidden.
#[must_use]
pub fn hidden_sheet(name: &str) -> Finding {
    let ja = format!("隠れたシート「{name}」は読んでいません");
    let en = format!("the hidden sheet {name} is not read");
    Finding::new(Code::X014, ja, en)
}

/// Cells in hidden rows and columns.
#[must_use]
pub fn hidden_cells(sheet: &str, count: usize) -> Finding {
    let ja = format!("シート「{sheet}」の隠れた行か列にある {count} 個のセルは読んでいません");
    let en = format!("{count} cells in hidden rows or columns of sheet {sheet} are not read");
    Finding::new(Code::X014, ja, en)
}

/// Numbers of formats that are not known.
#[must_use]
pub fn as_stored(sheet: &str, count: usize) -> Finding {
    let ja = format!("シート「{sheet}」の {count} 個の数は表示形式が分からず、保存されているとおりに書きました");
    let en = format!("{count} numbers of sheet {sheet} have an unknown format and are written as they are stored");
    Finding::new(Code::X014, ja, en).with_severity(Severity::Warning)
}
