//! The vertical rules of a written table: which bar of a line is which of them.

use super::signs::Line;
use std::collections::BTreeMap;
use std::ops::Range;

/// A written rule stands no farther from its place, in columns of a half-width character: authors fill cells by eye.
const NEAR: u32 = 1;
/// So many of a hundred bars stand below corners of the rules where the text is set in the measure that it was written in.
const KEPT_PERCENT: usize = 80;

/// The columns that vertical rules stand in, from left to right.
pub(super) fn edges(lines: &[Line]) -> Vec<u32> {
    let corners = clusters(lines.iter().filter(|l| l.has_rules()));
    let bars = || lines.iter().filter(|l| !l.is_rule).flat_map(|l| &l.marks);
    let kept = bars().filter(|mark| is_near(&corners, mark.column)).count();
    if corners.len() > 1 && kept * 100 >= bars().count() * KEPT_PERCENT {
        return corners;
    }
    // Where bars stand anywhere, most lines have one for each rule.
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    lines.iter().filter(|l| !l.is_rule).for_each(|l| *counts.entry(l.marks.len()).or_default() += 1);
    let most = counts.into_iter().max_by_key(|&(marks, lines)| (lines, marks)).map_or(0, |(marks, _)| marks);
    let usual: Vec<&Line> = lines.iter().filter(|l| l.marks.len() == most && most > 0).collect();
    let middle = |at: usize| {
        let mut columns: Vec<u32> = usual.iter().map(|l| l.marks[at].column).collect();
        columns.sort_unstable();
        columns[columns.len() / 2]
    };
    (0..most).map(middle).collect()
}

/// How many different columns the marks of lines stand in: few in the measure that they were written in.
pub(super) fn spread(lines: &[Line]) -> usize {
    clusters(lines.iter()).len()
}

fn clusters<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<u32> {
    let mut columns: Vec<u32> = lines.flat_map(|l| l.marks.iter().map(|mark| mark.column)).collect();
    columns.sort_unstable();
    columns.dedup_by(|next, last| *next - *last <= NEAR);
    columns
}

fn is_near(edges: &[u32], column: u32) -> bool {
    let at = edges.partition_point(|&edge| edge + NEAR < column);
    edges.get(at).is_some_and(|&edge| edge <= column + NEAR)
}

/// A part of a line: the columns of the table that it stands in.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) cols: Range<usize>,
    pub(super) bytes: Range<usize>,
    pub(super) is_ruled: bool,
}

/// The parts of a line between the edges, and what stands outside of them. A bar that is no edge is text.
pub(super) fn segments(line: &Line, edges: &[u32]) -> (Vec<Segment>, Vec<Range<usize>>) {
    let places = places(line, edges);
    let between = line.between();
    let mut inside: Vec<Segment> = Vec::new();
    let mut outside = Vec::new();
    let mut last: Option<usize> = None;
    // The next part goes on where the bar before it is none.
    let mut waiting: Option<(Range<usize>, bool)> = None;
    for (at, bytes) in between.iter().enumerate() {
        let (bytes, is_ruled) = match waiting.take() {
            Some((before, ruled)) => (before.start..bytes.end, ruled && line.ruled[at]),
            None => (bytes.clone(), line.ruled[at]),
        };
        let next = if at < line.marks.len() { places[at] } else { None };
        match (last, next) {
            (_, None) if at < line.marks.len() => {
                waiting = Some((bytes, is_ruled));
                continue;
            }
            (Some(from), Some(to)) => inside.push(Segment { cols: from..to, bytes, is_ruled }),
            _ => outside.push(bytes),
        }
        last = next.or(last);
    }
    (inside, outside)
}

/// The edge that each mark of a line is; none for one that is text. In their order, as near to them as can be.
fn places(line: &Line, edges: &[u32]) -> Vec<Option<usize>> {
    let marks = line.marks.len();
    if marks == edges.len() {
        return (0..marks).map(Some).collect();
    }
    // cost[m][e]: of the marks before m on the edges before e, each of the fewer ones on one of the others.
    let few_marks = marks < edges.len();
    let (rows, cols) = if few_marks { (marks, edges.len()) } else { (edges.len(), marks) };
    let away = |row: usize, col: usize| {
        let (mark, edge) = if few_marks { (row, col) } else { (col, row) };
        u64::from(line.marks[mark].column.abs_diff(edges[edge]))
    };
    let mut cost = vec![vec![u64::MAX; cols + 1]; rows + 1];
    cost[0].fill(0);
    for row in 0..rows {
        for col in row..cols {
            let here = cost[row][col].saturating_add(away(row, col));
            cost[row + 1][col + 1] = here.min(cost[row + 1][col]);
        }
    }
    let mut found = vec![None; marks];
    let (mut row, mut col) = (rows, cols);
    while row > 0 {
        if cost[row][col] == cost[row][col - 1] && col > row {
            col -= 1;
            continue;
        }
        (row, col) = (row - 1, col - 1);
        let (mark, edge) = if few_marks { (row, col) } else { (col, row) };
        found[mark] = Some(edge);
    }
    found
}
