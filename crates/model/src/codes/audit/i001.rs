//! I001: internal error. Its words are those of the batch, which knows why.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::I001,
    severity: Severity::Error,
    title: ["内部の誤り", "Internal error"],
    what: [
        "プログラムの誤りでこのファイルを変換できませんでした。ほかのファイルには影響しません。",
        "A fault in the program stopped this file's conversion. Other files are not affected.",
    ],
    example: None,
    action: ["ファイルを添えて開発元に知らせてください。", "Report it with the file."],
    case: Case::Test("tests/hostile.rs"),
};
