//! X105: PDF with a password. Its words are those of `seisho_extract::Error`.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X105,
    severity: Severity::Error,
    title: ["パスワードつきの PDF", "PDF with a password"],
    what: ["PDF が暗号化されていて、開けません。", "The PDF is encrypted and cannot be opened."],
    example: None,
    action: [
        "--password-file で指定するか、パスワードを外した PDF を変換してください。",
        "Give it with --password-file, or convert a copy without one.",
    ],
    case: Case::Fixture("X105.pdf"),
};
