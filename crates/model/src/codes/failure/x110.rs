//! X110: over a limit of time or memory. Its words are those of the batch, which knows why.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X110,
    severity: Severity::Error,
    title: ["制限を超えた変換", "Over a limit of time or memory"],
    what: [
        "変換に使うメモリか時間が上限を超えたので、その文書だけを止めました。もう一度、単独で試した結果です。壊れているか、細工された文書がほとんどです。",
        "The conversion of this file went over a limit of memory or time and was stopped, alone. It was tried once more on its own. Such files are nearly always damaged or made to harm.",
    ],
    example: None,
    action: [
        "大切な文書なら --max-memory、--max-cpu、--max-wall を上げて、もう一度実行してください。",
        "If the document matters, raise --max-memory, --max-cpu or --max-wall and run again.",
    ],
    case: Case::Test("tests/hostile.rs"),
};
