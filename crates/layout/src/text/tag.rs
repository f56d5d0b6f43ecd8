//! Where the tags of an HTML text begin and end.

use std::ops::Range;

/// Elements without an end.
pub(super) const VOID: [&str; 13] = ["br", "hr", "img", "input", "wbr", "col", "meta", "link", "base", "area", "embed", "source", "track"];

/// The span widened to the angle brackets, or none where there are none (the end of a broken file).
pub(super) fn whole_tag(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let start = text.get(..=span.start)?.rfind('<')?;
    let end = span.end.saturating_sub(1).max(start);
    let end = end + text.get(end..)?.find('>')? + 1;
    Some(start..end)
}

/// Elements that end where one of their like begins, though no tag says so; and those that they do not end beyond.
pub(super) const ENDS: [(&str, &[&str], &str); 8] = [
    ("li", &["li"], "ul"),
    ("p", &["p"], "td"),
    ("td", &["td", "th"], "tr"),
    ("th", &["td", "th"], "tr"),
    ("tr", &["td", "th", "tr"], "table"),
    ("dt", &["dt", "dd"], "dl"),
    ("dd", &["dt", "dd"], "dl"),
    ("option", &["option"], "select"),
];

/// Elements of a line: they leave it whole.
pub(super) const FLOWING: [&str; 29] = [
    "b", "strong", "i", "em", "u", "s", "span", "font", "a", "sub", "sup", "small", "big", "nobr", "wbr", "label", "ins", "del", "mark",
    "q", "cite", "code", "time", "abbr", "ruby", "rt", "rp", "button", "select",
];
