//! The heading of a table: the lines right above its body, and what each of their texts stands over.

use super::groups::Group;
use super::parts::{Line, Part};
use std::ops::Range;

/// A heading has no more lines above those that share the columns.
const MOST_ROWS: usize = 5;
/// The heading of a first column is no longer, in ems.
const LONGEST_STUB: i32 = 8;
/// They are no farther apart, in percent of an em or of what the lines of the table are.
const FAR_PERCENT: i32 = 120;
const FARTHER_PERCENT: i32 = 150;

/// The first line of a table with the lines of its heading above those that share its columns.
pub(super) fn start(lines: &[Line], group: &Group, taken: usize) -> usize {
    let mut start = group.rows.start;
    let far = farthest(lines, group);
    let is_next = |at: usize| lines[at].gap(&lines[at + 1]) <= far && is_heading(&lines[at], group);
    while start > taken && group.rows.start - start < MOST_ROWS {
        if is_next(start - 1) {
            start -= 1;
        } else if start > taken + 1 && is_stub(&lines[start - 1], group) && is_next(start - 2) {
            start -= 2;
        } else {
            break;
        }
    }
    start
}

/// Whether a lone text can be the heading of the first column, in the middle of a heading of several lines.
fn is_stub(line: &Line, group: &Group) -> bool {
    let [part] = line.parts[..] else { return false };
    part.to <= group.columns[0].1 && part.from >= group.columns[0].0 && part.to - part.from <= LONGEST_STUB * line.em
}

/// How far a heading may stand from what is below it: hardly farther than the lines of the table from each other.
fn farthest(lines: &[Line], group: &Group) -> i32 {
    let mut gaps: Vec<i32> = lines[group.rows.clone()].windows(2).map(|w| w[0].gap(&w[1])).collect();
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    (usual / 100 * FARTHER_PERCENT).max(lines[group.rows.start].em / 100 * FAR_PERCENT)
}

/// Whether a line right above a table is of its heading: several texts, or one that stands over some of its columns.
fn is_heading(line: &Line, group: &Group) -> bool {
    let (left, right) = (group.columns[0].0, group.columns[group.columns.len() - 1].1);
    let is_inside = line.rect.x0.0 >= left - line.em && line.rect.x1.0 <= right + line.em;
    let is_title = line.parts.len() == 1 && line.parts[0].from < group.columns[0].1.max(group.columns[1].0);
    is_inside && !is_title
}

/// The texts below that a text of a line of names stands over: those that it reaches over, and as many as have their middle
/// under its own, of those that are nearer to it than to its neighbours.
pub(super) fn under(line: &Line, index: usize, below: &[Part]) -> Range<usize> {
    let part = &line.parts[index];
    let middle = |p: &Part| i32::midpoint(p.from, p.to);
    let nearest = |b: &Part| (0..line.parts.len()).min_by_key(|&i| (apart(&line.parts[i], b), (middle(&line.parts[i]) - middle(b)).abs()));
    let own = |b: &usize| nearest(&below[*b]) == Some(index);
    let touched: Vec<usize> = (0..below.len()).filter(|&b| apart(part, &below[b]) == 0).collect();
    let off = |range: &Range<usize>| (i32::midpoint(middle(&below[range.start]), middle(&below[range.end - 1])) - middle(part)).abs();
    let is_near = |range: &Range<usize>| off(range) <= (line.em / 2).max((below[range.end - 1].to - below[range.start].from) / 10);
    let ranges = (0..below.len()).flat_map(|a| (a..below.len()).map(move |b| a..b + 1));
    let fits = |range: &Range<usize>| touched.iter().all(|b| range.contains(b)) && range.clone().all(|b| own(&b)) && is_near(range);
    ranges.filter(fits).max_by_key(|range| (range.len(), -off(range))).unwrap_or(0..0)
}

/// White between two texts of two lines, across the page.
fn apart(a: &Part, b: &Part) -> i32 {
    (b.from - a.to).max(a.from - b.to).max(0)
}
