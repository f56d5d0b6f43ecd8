//! A001: characters missing.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::A001,
    severity: Severity::Error,
    title: ["文字の欠落", "Characters missing"],
    what: [
        "元の文書にある文字が、どの項目にも remainder にもありません。",
        "Visible characters of the source are in no field and not in the remainder.",
    ],
    example: None,
    action: ["この記録は使わず、ファイルを添えて開発元に知らせてください。", "Do not use this record; report the file."],
    case: Case::Test("crates/audit/src/coverage.rs"),
};

/// So many characters that nothing holds.
#[must_use]
pub fn missing(count: usize, at: Run) -> Finding {
    let ja = format!("{count} 文字がどこにもありません");
    let en = format!("{count} characters are nowhere");
    Finding::new(Code::A001, ja, en).at(at)
}
