//! M020: another document begins.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;
use crate::pointer::Pointer;
use crate::record::Part;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M020,
    severity: Severity::Warning,
    title: ["一つのファイルに複数の文書", "Several documents in one file"],
    what: [
        "一つのファイルに、年度か作成者か部署の異なる文書がいくつか入っています。頁または行で分けられるときは文書ごとに記録し（NAME.json、NAME.2.json …、source.part）、分けられないとき（頁の途中から始まるとき）は一つの文書として記録しています。",
        "A file holds several documents, with other fiscal years, authors or departments. Where pages or lines part them, each is recorded by itself (NAME.json, NAME.2.json …, source.part); where they do not (one begins in the middle of a page), all is recorded as one document.",
    ],
    example: None,
    action: [
        "分け方が正しいか確かめてください。一つとして記録されたときは、文書ごとにファイルを分けて、変換し直してください。",
        "See whether they are parted rightly. Where all is one record, split the file, a document each, and convert again.",
    ],
    case: Case::Fixture("M020.txt"),
};

/// The head of a second document.
#[must_use]
pub fn begins(title: &str, run: Run) -> Finding {
    let ja = format!("「{title}」から別の文書が始まっています");
    let en = format!("another document begins at “{title}”");
    Finding::new(Code::M020, ja, en).at(run)
}

/// A record that stands behind the head of another document, and bears the head of the one before.
#[must_use]
pub fn behind(record: Pointer) -> Finding {
    let ja = "別の文書の表題より後にあります。年度・作成者・部署は前の文書のものです";
    let en = "it stands behind the title of another document; year, authors and department are those of the one before";
    Finding::new(Code::M020, ja, en).about(record)
}

/// One of several documents of a file.
#[must_use]
pub fn parted(part: &Part) -> Finding {
    let Part { number, of, .. } = part;
    let (ja, en) = match (part.pages, part.lines) {
        (Some([a, b]), _) => (format!("（{a}–{b} 頁）"), format!(" (pages {a} to {b})")),
        (None, Some([a, b])) => (format!("（{a}–{b} 行）"), format!(" (lines {a} to {b})")),
        (None, None) => (String::new(), String::new()),
    };
    let ja = format!("このファイルを {of} 件の文書に分けました。これは {number} 件目です{ja}");
    let en = format!("the file was parted into {of} documents; this is number {number}{en}");
    Finding::new(Code::M020, ja, en)
}
