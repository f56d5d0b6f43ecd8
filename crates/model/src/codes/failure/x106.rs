//! X106: damaged PDF. Its words are those of `seisho_extract::Error`.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X106,
    severity: Severity::Error,
    title: ["壊れた PDF", "Damaged PDF"],
    what: ["PDF の構造が壊れていて、頁を取り出せません。", "The structure of the PDF is damaged: its pages cannot be found."],
    example: None,
    action: ["元の文書から作り直してください。", "Make it again from the original document."],
    case: Case::Fixture("X106.pdf"),
};
