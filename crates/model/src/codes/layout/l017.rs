//! L017: a row of a text with more cells than its table has columns.

use crate::Run;
use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::L017,
    severity: Severity::Warning,
    title: ["区切りが多すぎる行", "A row with too many cells"],
    what: [
        "CSV などの行に、ほかの行より多くの区切りがあります。引用符のない「1,200」のように数字の中の区切りと見えるものはつなぎました。つなげない行では、どこから列がずれているか分かりません。",
        "A row of a CSV has more cells than the others. Where an unquoted sign cut a figure, as in 1,200, the two parts were put \
together. Elsewhere nothing says from which cell on the row is out of its columns.",
    ],
    example: None,
    action: [
        "その行の値を元のファイルと見比べ、区切りの入った欄を引用符で囲んで保存し直してください。",
        "Compare the values of the row with the file, and save it again with such cells in quotation marks.",
    ],
    case: Case::Fixture("L017.csv"),
};

/// A cell of such a row: one that was put together, or one that may stand in another column.
#[must_use]
pub fn cut(text: &str, is_shifted: bool, run: Run) -> Finding {
    let (ja, en) = if is_shifted {
        (
            format!("行の区切りが多く、「{text}」は別の列の値かもしれません"),
            format!("the row has too many cells; “{text}” may be of another column"),
        )
    } else {
        (format!("区切りで切れた「{text}」をつなぎました"), format!("“{text}” was cut by a separator and put together"))
    };
    Finding::new(Code::L017, ja, en).at(run)
}
