//! The heading of a table: the lines right above its body, and what each of their texts stands over.

use super::groups::Group;
use super::parts::{Line, Part};
use seisho_model::geometry::exceeds;
use std::ops::Range;

/// A heading has no more lines above those that share the columns.
const MOST_ROWS: usize = 5;
/// They are no farther apart, in percent of an em.
const FAR_PERCENT: i32 = 120;

/// The first line of a table with the lines of its heading above those that share its columns.
pub(super) fn start(lines: &[Line], group: &Group, taken: usize) -> usize {
    let mut start = group.rows.start;
    while start > taken && group.rows.start - start < MOST_ROWS && is_heading(&lines[start - 1], &lines[start], group) {
        start -= 1;
    }
    start
}

/// Whether a line right above a table is of its heading: several texts, or one that stands over some of its columns.
fn is_heading(line: &Line, below: &Line, group: &Group) -> bool {
    let (left, right) = (group.columns[0].0, group.columns[group.columns.len() - 1].1);
    let is_inside = line.rect.x0.0 >= left - line.em && line.rect.x1.0 <= right + line.em;
    let is_title = line.parts.len() == 1 && line.parts[0].from < group.columns[0].1.max(group.columns[1].0);
    !exceeds(line.gap(below), FAR_PERCENT, line.em) && is_inside && !is_title
}

/// The texts below that a text of a heading stands over: those that it reaches over, or those whose middle is its own.
pub(super) fn under(part: &Part, below: &[Part], em: i32) -> Range<usize> {
    let middle = |p: &Part| i32::midpoint(p.from, p.to);
    let touched: Vec<usize> = (0..below.len()).filter(|&b| below[b].from < part.to && part.from < below[b].to).collect();
    let off = |range: &Range<usize>| (i32::midpoint(middle(&below[range.start]), middle(&below[range.end - 1])) - middle(part)).abs();
    let ranges = (0..below.len()).flat_map(|a| (a..below.len()).map(move |b| a..b + 1));
    let fits = |range: &Range<usize>| touched.iter().all(|b| range.contains(b));
    let best = ranges.filter(fits).min_by_key(|range| (off(range) / (em / 2).max(1), range.len()));
    best.unwrap_or(0..0)
}
