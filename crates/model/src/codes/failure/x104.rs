//! X104: file cannot be read. Its words are those of the batch, which knows why.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X104,
    severity: Severity::Error,
    title: ["ファイルを開けない", "File cannot be read"],
    what: ["権限がない、読み取り中に消えた、装置の誤りなどで開けません。", "No permission, gone while reading, or a device error."],
    example: None,
    action: ["権限と装置を確かめ、もう一度実行してください。", "Check permission and device, then run again."],
    case: Case::Test("tests/cli.rs"),
};
