//! Words behind or over the text of a page, large ones or on lines that lean: 部外秘, 案, 写.

use crate::drawn::lines::Mark;
use seisho_model::TextRange;
use std::collections::BTreeSet;

/// A watermark's letters are so many times as large as the usual ones, in percent. A title is twice as large, and has no
/// text inside its letters.
const LARGE_PERCENT: i32 = 200;

/// Sets letters of watermarks apart: on lines that lean where most do not, and those much larger than the others, with
/// letters of the text inside their boxes.
pub(super) fn without(marks: Vec<Mark>, slanted: &[TextRange]) -> (Vec<Mark>, Vec<Mark>) {
    let leans = |mark: &Mark| slanted.binary_search(&mark.range).is_ok();
    if slanted.is_empty() || marks.iter().filter(|m| leans(m)).count() * 2 >= marks.len() {
        // Nothing leans, or the whole page does.
        return without_large(marks);
    }
    let (leaning, level): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(leans);
    let (text, large) = without_large(level);
    (text, leaning.into_iter().chain(large).collect())
}

fn without_large(marks: Vec<Mark>) -> (Vec<Mark>, Vec<Mark>) {
    let mut sizes: Vec<i32> = marks.iter().map(|m| m.size).collect();
    sizes.sort_unstable();
    let Some(&usual) = sizes.get(sizes.len() / 2) else { return (marks, Vec::new()) };
    let is_large = |m: &&Mark| m.size.saturating_mul(100) >= usual.saturating_mul(LARGE_PERCENT);
    let large: Vec<Mark> = marks.iter().filter(is_large).copied().collect();
    if large.is_empty() {
        return (marks, Vec::new());
    }
    let mut by_middle = marks.clone();
    by_middle.sort_unstable_by_key(|m| (m.rect.center().0, m.range));
    let holds = |m: &Mark| {
        let from = by_middle.partition_point(|other| other.rect.center().0 < m.rect.x0);
        let near = by_middle[from..].iter().take_while(|other| other.rect.center().0 <= m.rect.x1);
        near.into_iter().any(|other| other.size * 2 <= m.size && m.rect.contains(other.rect.center()))
    };
    // Letters that a file writes one behind the other, in one size, are of one word.
    let words = large.chunk_by(|a, b| a.size == b.size);
    let found: BTreeSet<TextRange> = words.filter(|word| word.iter().any(holds)).flatten().map(|m| m.range).collect();
    let (found, text) = marks.into_iter().partition(|m| found.contains(&m.range));
    (text, found)
}
