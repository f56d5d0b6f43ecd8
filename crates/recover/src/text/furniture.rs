//! What is on every page and of none: page numbers, captions, lines that pages have at their edge. Knows lines and
//! pages; refuses to know the form.

use crate::text::segments::Segment;
use seisho_forms::page_numbers::{self, PageNumberStyle};
use std::collections::{BTreeMap, BTreeSet};

/// For every segment whether it is of no row and no head.
pub(crate) fn find(segments: &[Segment]) -> Vec<bool> {
    let mut lines: BTreeMap<usize, String> = BTreeMap::new();
    let mut pages: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for segment in segments {
        lines.entry(segment.line).or_default().push_str(&segment.text);
        pages.entry(segment.page()).or_insert((segment.line, segment.line)).1 = segment.line;
    }
    let is_at_edge = |s: &Segment| pages.get(&s.page()).is_some_and(|&(first, last)| s.line == first || s.line == last);
    let mut at_edges: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for segment in segments.iter().filter(|s| is_at_edge(s)) {
        at_edges.entry(&segment.text).or_default().insert(segment.page());
    }
    let comes_again = |s: &Segment| s.of == 1 && is_at_edge(s) && at_edges.get(s.text.as_str()).is_some_and(|pages| pages.len() > 1);
    let of_line: BTreeMap<usize, bool> = lines.iter().map(|(&line, text)| (line, is_numbering(text))).collect();
    segments.iter().map(|s| of_line[&s.line] || comes_again(s)).collect()
}

/// A page number in its dress, or a caption: 表2 課税課.
fn is_numbering(line: &str) -> bool {
    let is_caption = line.strip_prefix('表').is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric()));
    is_caption || matches!(page_numbers::parse(line), Some((PageNumberStyle::Decorated, _)))
}
