//! Where the tags of an HTML text begin and end.

use std::ops::Range;

/// Elements without an end.
pub(super) const VOID: [&str; 6] = ["br", "hr", "img", "input", "wbr", "col"];

/// The span widened to the angle brackets, or none where there are none (the end of a broken file).
pub(super) fn whole_tag(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let start = text.get(..=span.start)?.rfind('<')?;
    let end = span.end.saturating_sub(1).max(start);
    let end = end + text.get(end..)?.find('>')? + 1;
    Some(start..end)
}
