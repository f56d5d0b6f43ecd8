//! A002: characters doubled.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::A002,
    severity: Severity::Error,
    title: ["文字の重複", "Characters doubled"],
    what: ["元の文書の同じ文字が二つの項目に入っています。", "The same characters of the source are in two fields."],
    example: None,
    action: ["この記録は使わず、ファイルを添えて開発元に知らせてください。", "Do not use this record; report the file."],
    case: Case::Test("crates/audit/src/coverage.rs"),
};

/// So many characters that two values hold.
#[must_use]
pub fn doubled(count: usize, at: Run) -> Finding {
    let ja = format!("{count} 文字が二重に入っています");
    let en = format!("{count} characters are held twice");
    Finding::new(Code::A002, ja, en).at(at)
}
