//! X101: empty file. Its words are those of `seisho_extract::Error`.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X101,
    severity: Severity::Error,
    title: ["空のファイル", "Empty file"],
    what: ["ファイルの大きさが0か、空白しか入っていません。", "The file has no bytes, or nothing but white space."],
    example: None,
    action: ["元の文書から作り直してください。", "Make it again from the original document."],
    case: Case::Fixture("X101.txt"),
};
