//! X103: file too large. Its words are those of `seisho_extract::Error`.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X103,
    severity: Severity::Error,
    title: ["大きすぎるファイル", "File too large"],
    what: [
        "上限を超える大きさです。壊れているか、別の種類のファイルである場合がほとんどです。",
        "The file is over the limit. Such files are nearly always damaged or something else.",
    ],
    example: None,
    action: ["本当に文書なら分割してください。", "If it is a document, split it."],
    case: Case::Test("tests/cli.rs"),
};
