//! X010: a reading mended by knowledge.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry, FieldNames};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X010,
    severity: Severity::Warning,
    title: ["読み取りの補正", "A reading mended by knowledge"],
    what: [
        "スキャンの読み取りを、番号の続き方や文書のほかの箇所の語から補正しました。原文（読み取ったまま）は根拠に残っています。",
        "What was read in a scan was mended by the sequence of numbers or the words of the rest of the document. The raw reading stays in the evidence.",
    ],
    example: Some(["@ → ②、市長待命 → 市長特命。", "@ → ②."]),
    action: ["紙面で正しい字を確かめてください。", "Check the right character on the page."],
    case: Case::Test("crates/schema/src/recorder.rs"),
};

/// Characters that were read where the page has no ink.
#[must_use]
pub fn surplus(before: &str) -> Finding {
    let ja = format!("「{before}」は字の数が紙面より多いので除きました");
    let en = format!("{before} was left out: the page has no ink for it");
    Finding::new(Code::X010, ja, en)
}

/// A text that was taken for another.
#[must_use]
pub fn taken_for(before: &str, after: &str) -> Finding {
    let ja = format!("「{before}」を「{after}」と読みました");
    let en = format!("{before} was taken for {after}");
    Finding::new(Code::X010, ja, en)
}

/// A misread heading and the field that it was taken for.
#[must_use]
pub fn heading(raw: &str, field: FieldNames) -> Finding {
    let ja = format!("見出し「{raw}」を「{}」の欄と読みました", field[0]);
    let en = format!("heading {raw} was taken for {}", field[1]);
    Finding::new(Code::X010, ja, en)
}
