//! X008: the text layer of a scan reads differently.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X008,
    severity: Severity::Warning,
    title: ["スキャンの文字層と読みの違い", "The text layer of a scan reads differently"],
    what: [
        "スキャンに他のソフトの読み取り結果（見えない文字）が付いていて、この読み取りと違います。値にはこの読み取りを使い、文字層の読みは提案に残しました。大きく違う頁は頁ごと、ほかはセルごとに言います。",
        "A scan came with text that other software read (nobody sees it), and it differs from our own reading. Our reading is in the values, that of the layer is the suggestion: for a page that differs much as a whole, else cell by cell.",
    ],
    example: None,
    action: ["紙面で二つの読みを見比べてください。", "Compare both readings with the page."],
    case: Case::Test("crates/reading/src/mend/text_layer.rs"),
};

/// The layer of a page, from 1, that says something else as a whole: only so many percent of the characters agree.
#[must_use]
pub fn unlike(page: usize, percent: usize, layer: &str) -> Finding {
    let ja = format!("{page} 頁に付いていた文字層は、この読み取りと {percent}% しか合いません");
    let en = format!("the text layer of page {page} shares {percent} % of its characters with this reading");
    Finding::new(Code::X008, ja, en).suggesting(layer)
}

/// A place that the layer reads differently; the two readings, cut for a message.
#[must_use]
pub fn differs(ours: &str, theirs: &str) -> Finding {
    let ja = format!("ここの読みは「{ours}」、文字層は「{theirs}」です");
    let en = format!("this reads {ours}, the text layer says {theirs}");
    Finding::new(Code::X008, ja, en)
}

/// A place where the layer was believed; the two readings, cut for a message.
#[must_use]
pub fn taken(theirs: &str, ours: &str) -> Finding {
    let ja = format!("ここは文字層に従い「{theirs}」としました。自らの読みは「{ours}」です");
    let en = format!("taken from the text layer: {theirs}; read here: {ours}");
    Finding::new(Code::X008, ja, en)
}

/// The layer of a page, from 1, says something where nothing was read.
#[must_use]
pub fn nowhere(page: usize, theirs: &str) -> Finding {
    let ja = format!("{page} 頁の文字層にある「{theirs}」は、紙面には読めませんでした");
    let en = format!("the text layer of page {page} says {theirs} where nothing was read");
    Finding::new(Code::X008, ja, en)
}
