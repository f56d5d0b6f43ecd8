//! X102: unsupported format. Its words are those of `seisho_extract::Error`.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X102,
    severity: Severity::Error,
    title: ["扱えない形式", "Unsupported format"],
    what: [
        "内容から判定した形式を、この版では読めません（拡張子ではなく中身で判定します）。",
        "This version cannot read the format that the content shows (the content decides, not the name).",
    ],
    example: None,
    action: [
        "テキスト、HTML または対応する形式に書き出してから変換してください。",
        "Export it as text, HTML or another supported format, and convert that.",
    ],
    case: Case::Fixture("X102-zip.pdf"),
};
