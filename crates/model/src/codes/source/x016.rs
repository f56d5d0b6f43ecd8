//! X016: files inside a file.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X016,
    severity: Severity::Warning,
    title: ["添付・埋め込みファイル", "Files inside the file"],
    what: [
        "PDF にほかのファイルが添付または埋め込まれています（ポートフォリオを含む）。それらは読んでいません。",
        "The PDF holds other files, as attachments or as a portfolio. They are not read.",
    ],
    example: None,
    action: [
        "PDF 閲覧ソフトで添付ファイルを取り出し、別のファイルとして変換してください。",
        "Save the attached files with a PDF reader and convert them as files of their own.",
    ],
    case: Case::Fixture("X016.pdf"),
};

/// Files that a PDF holds, by their names.
#[must_use]
pub fn attached(names: &[String], is_portfolio: bool) -> Finding {
    let listed = if names.is_empty() { String::new() } else { format!("：{}", names.join("、")) };
    let en_listed = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
    let (ja, en) = if is_portfolio {
        (
            format!("PDF ポートフォリオです。埋め込まれた文書は読んでいません{listed}"),
            format!("this is a PDF portfolio; the embedded documents are not read{en_listed}"),
        )
    } else {
        (format!("添付ファイルがあります。読んでいません{listed}"), format!("there are attached files; they are not read{en_listed}"))
    };
    Finding::new(Code::X016, ja, en)
}

/// A form whose content only one reader shows.
#[must_use]
pub fn xfa() -> Finding {
    let ja = "XFA 形式の入力フォームです。入力内容が頁に描かれていないことがあります";
    let en = "this is an XFA form; what was filled in may not be drawn on its pages";
    Finding::new(Code::X016, ja, en)
}
