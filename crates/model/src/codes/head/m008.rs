//! M008: posts and names do not pair up.

use crate::codes::finding::{Finding, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;
use crate::pointer::Pointer;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::M008,
    severity: Severity::Warning,
    title: ["職名と氏名の組が不確か", "Posts and names do not pair up"],
    what: ["職名と氏名の片方だけがあるか、数が合いません。", "A post or a name stands alone, or their numbers differ."],
    example: None,
    action: ["文書の頭書を確かめてください。", "Check the head of the document."],
    case: Case::Fixture("M008.txt"),
};

/// A head without any author.
#[must_use]
pub fn none() -> Finding {
    let ja = "作成者の職名も氏名も見当たりません";
    let en = "no post and no name of an author was found";
    Finding::new(Code::M008, ja, en).about(Pointer::of("authors"))
}

/// So many posts and so many names.
#[must_use]
pub fn unpaired(posts: usize, names: usize) -> Finding {
    let ja = format!("職名が {posts}、氏名が {names} で、組になりません");
    let en = format!("{posts} posts and {names} names do not pair up");
    Finding::new(Code::M008, ja, en).about(Pointer::of("authors"))
}

/// A name without a post, which would have said the department.
#[must_use]
pub fn no_department() -> Finding {
    let ja = "職名がないため、部署が分かりません";
    let en = "there is no post that would say the department";
    Finding::new(Code::M008, ja, en).about(Pointer::of("department"))
}

/// A name that stands far from what says that it is one.
#[must_use]
pub fn far(name: &str, at: Run) -> Finding {
    let ja = format!("「{name}」は職名や「氏名」から離れています。氏名とみなしました");
    let en = format!("\"{name}\" stands apart from its post and label; it was taken for the name");
    Finding::new(Code::M008, ja, en).about(Pointer::of("authors")).at(at)
}
