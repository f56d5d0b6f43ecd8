//! X112: a name that no result can have. Its words are those of the batch, which knows why.

use crate::codes::finding::Severity;
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X112,
    severity: Severity::Error,
    title: ["結果を書けない名前", "A name that no result can have"],
    what: [
        "入力の名前から作る結果のファイルを、この名前では書けません（長すぎる、使えない文字がある、同じ名前のフォルダが要る、別の入力の結果と同じ名前になる、または入力そのものに重なる）。",
        "The result cannot be written under the name that follows from the input's: too long, with characters that the disk does not take, where a folder of that name is needed, that of another input's result, or of an input itself.",
    ],
    example: None,
    action: ["入力のファイル名を短くするか変えて、もう一度実行してください。", "Shorten or change the input's name and run again."],
    case: Case::Test("tests/hostile.rs"),
};
