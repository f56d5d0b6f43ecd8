//! X111: the conversion crashed. Its words are those of the batch, which knows why.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X111,
    severity: Severity::Error,
    title: ["変換の異常終了", "The conversion crashed"],
    what: [
        "変換のプロセスが途中で異常終了しました。もう一度、単独で試した結果です。ほかの文書には影響しません。",
        "The process that converted this file crashed, twice: once among others, once on its own. Other files are not affected.",
    ],
    example: None,
    action: [
        "元のソフトで開けるか確かめ、開けるなら PDF に書き出し直してください。",
        "See whether its own software opens it; if so, export it again.",
    ],
    case: Case::Test("tests/hostile.rs"),
};
