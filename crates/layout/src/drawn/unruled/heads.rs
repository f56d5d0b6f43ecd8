//! The heading of a table whose columns are told by alignment, where its words stand at other heights: names set in the
//! middle of high cells, and groups over several of them.

use crate::drawn::grid::Grid;
use crate::drawn::lines::{self, Mark};
use seisho_model::Page;
use seisho_model::geometry::{Pt, Rect, exceeds};
use std::ops::Range;

/// Rows of a heading stand no farther apart than this, in percent of an em; its last one no farther from the body.
const APART_PERCENT: i32 = 200;
/// Words of two columns are this far apart, in percent of an em.
const WHITE_PERCENT: i32 = 25;
/// A heading names so many of the columns, in percent.
const NAMED_PERCENT: usize = 75;

/// A text of the heading in its column.
struct Name {
    col: usize,
    rect: Rect,
    /// Over another name of its column, or over the edge of two.
    is_group: bool,
}

/// A table that begins with its body, with the heading above it. `rows`: those that no other table has taken, from top to
/// bottom, `first`: that with which the table begins; gives the row with which the heading does.
pub(super) fn with_heading(page: &Page, rows: &[Vec<Mark>], table: Range<usize>, free: Range<usize>, grid: &Grid) -> Option<(usize, Grid)> {
    let first = table.start;
    let body = Body::new(rows.get(table)?, grid)?;
    let (mut start, mut names) = (first, Vec::new());
    while start > free.start {
        let Some(more) = names_of(page, &rows[start - 1], &rows[start], &names, &body) else { break };
        names = more;
        start -= 1;
    }
    // Over most of the columns they are the first lines of names, with remarks below them.
    let over_one = |n: &Name| n.is_group && !body.is_over_two(n.rect);
    if names.iter().filter(|n| over_one(n)).count() * 2 > columns(grid) {
        names.iter_mut().filter(|n| over_one(n)).for_each(|n| n.is_group = false);
    }
    let named = (0..columns(grid)).filter(|c| names.iter().any(|n| n.col == *c && !n.is_group)).count();
    (start < first && named * 100 >= columns(grid) * NAMED_PERCENT)
        .then(|| (start, joined(&names, &body.with_edges(&names, grid), body.em)))
}

fn columns(grid: &Grid) -> usize {
    grid.xs.len() - 1
}

/// What stands below a heading: how far the texts of each column reach. A name may go on beyond them, into the white
/// between two columns, where the edge was only supposed.
struct Body {
    em: i32,
    reach: Vec<(i32, i32)>,
}

impl Body {
    fn new(rows: &[Vec<Mark>], grid: &Grid) -> Option<Self> {
        let of = |x: &[Pt]| -> (i32, i32) {
            let inside = rows.iter().flatten().filter(|m| (x[0]..x[1]).contains(&m.rect.center().0));
            let ends = inside.map(|m| (m.rect.x0.0, m.rect.x1.0)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            ends.unwrap_or((x[0].0, x[1].0))
        };
        Some(Self { em: rows.first()?.first()?.size, reach: grid.xs.windows(2).map(of).collect() })
    }

    fn overlap(&self, col: usize, rect: Rect) -> i32 {
        let (from, to) = self.reach[col];
        rect.x1.0.min(to) - rect.x0.0.max(from)
    }

    /// The column that a text is over most of, or next to.
    fn column_of(&self, rect: Rect) -> Option<usize> {
        (0..self.reach.len()).max_by_key(|&col| (self.overlap(col, rect), std::cmp::Reverse(col)))
    }

    /// The grid with its edges in the middle of what the names leave white.
    fn with_edges(&self, names: &[Name], grid: &Grid) -> Grid {
        let reach = |col: usize| {
            let of_names = names.iter().filter(|n| n.col == col && !n.is_group).map(|n| (n.rect.x0.0, n.rect.x1.0));
            of_names.fold(self.reach[col], |a, b| (a.0.min(b.0), a.1.max(b.1)))
        };
        let mut grid = grid.clone();
        for col in 1..self.reach.len() {
            let (left, right) = (reach(col - 1).1, reach(col).0);
            if left < right {
                grid.xs[col] = Pt((left + right) / 2);
            }
        }
        let last = self.reach.len() - 1;
        grid.xs[0] = grid.xs[0].min(Pt(reach(0).0 - self.em / 2));
        grid.xs[last + 1] = grid.xs[last + 1].max(Pt(reach(last).1 + self.em / 2));
        grid
    }

    /// Whether a text is over the texts of two columns.
    fn is_over_two(&self, rect: Rect) -> bool {
        (0..self.reach.len()).filter(|&col| self.overlap(col, rect) > self.em / 2).count() > 1
    }
}

/// The names so far with those of the row above them; none where the row is not of the heading.
fn names_of(page: &Page, row: &[Mark], below: &[Mark], names: &[Name], body: &Body) -> Option<Vec<Name>> {
    let em = body.em;
    let gap = lines::bounds(below).y0.0 - lines::bounds(row).y1.0;
    if exceeds(gap, APART_PERCENT, em) || !lines::is_like(row[0].size, em) {
        return None;
    }
    let mut all: Vec<Name> = names.iter().map(|n| Name { ..*n }).collect();
    for segment in lines::segments(row).into_iter().flat_map(|s| parted(s, body)) {
        let rect = lines::bounds(&segment);
        let col = body.column_of(rect)?;
        let is_over = body.is_over_two(rect);
        // The lines of one name touch; another one in the same column is of what stands below it.
        let next = all.iter_mut().filter(|n| n.col == col && !n.is_group).min_by_key(|n| n.rect.y0);
        match next {
            Some(name) if !is_over && lines::is_wrapped(name.rect.y0.0 - rect.y1.0, em) => name.rect = name.rect.union(rect),
            next => {
                let is_group = is_over || next.is_some();
                // A date or a number above the names is of the head.
                let has_figures = segment.iter().any(|m| page.slice(m.range).contains(char::is_numeric));
                if is_group && has_figures || is_over && names.is_empty() {
                    return None;
                }
                all.push(Name { col, rect, is_group });
            }
        }
    }
    Some(all)
}

/// Names of neighbouring columns may stand closer than words of a line do: what reaches over an edge is parted where it is
/// white, if that leaves words and no letters.
fn parted(segment: Vec<Mark>, body: &Body) -> Vec<Vec<Mark>> {
    let is_over = |marks: &Vec<Mark>| body.is_over_two(lines::bounds(marks));
    if !is_over(&segment) {
        return vec![segment];
    }
    let parts = lines::stretches(&segment, WHITE_PERCENT);
    let are_words = parts.len() > 1 && parts.iter().all(|p| p.len() > 1 && !is_over(p));
    if are_words { parts } else { vec![segment] }
}

/// The grid with rows for its heading above.
fn joined(names: &[Name], grid: &Grid, em: i32) -> Grid {
    let top = names.iter().map(|n| n.rect.y0.0).min().unwrap_or(grid.ys[0].0);
    let groups: Vec<&Name> = names.iter().filter(|n| n.is_group).collect();
    let cols = columns(grid) as u32;
    let shifted = |by: u32| grid.cells.iter().map(move |(rows, cols)| (rows.start + by..rows.end + by, cols.clone()));
    if groups.is_empty() {
        let mut cells: Vec<_> = (0..cols).map(|c| (0..1, c..c + 1)).collect();
        cells.extend(shifted(1));
        let ys = [Pt(top - em / 4)].into_iter().chain(grid.ys.iter().copied()).collect();
        return Grid { xs: grid.xs.clone(), ys, cells };
    }
    let bottom = names.iter().map(|n| n.rect.y1.0).max().unwrap_or(top);
    let (group_top, group_end) =
        (groups.iter().map(|g| g.rect.y0.0).min().unwrap_or(top), groups.iter().map(|g| g.rect.y1.0).max().unwrap_or(top));
    // A name below a group stands in the middle of what the group leaves; others in the middle of the whole.
    let is_below = |col: usize| -> bool {
        let of_col = names.iter().filter(|n| n.col == col && !n.is_group).map(|n| n.rect).reduce(Rect::union);
        of_col.is_some_and(|rect| {
            let middle = rect.y0.0 + rect.y1.0;
            (middle - group_end - bottom).abs() < (middle - group_top - bottom).abs()
        })
    };
    let below: Vec<bool> = (0..columns(grid)).map(is_below).collect();
    let mut cells: Vec<(Range<u32>, Range<u32>)> = Vec::new();
    let mut col = 0;
    while col < columns(grid) {
        let end = (col..columns(grid)).take_while(|&c| below[c] == below[col]).last().unwrap_or(col) + 1;
        let over = if below[col] { shared_out(&groups, col..end, grid) } else { Vec::new() };
        if over.is_empty() {
            cells.extend((col..end).map(|c| (0..2, c as u32..c as u32 + 1)));
        }
        for group in over {
            cells.push((0..1, group.start as u32..group.end as u32));
            cells.extend(group.map(|c| (1..2, c as u32..c as u32 + 1)));
        }
        col = end;
    }
    let lowest = names.iter().filter(|n| !n.is_group && below[n.col]).map(|n| n.rect.y0.0).min().unwrap_or(group_end);
    cells.extend(shifted(2));
    cells.sort_by_key(|(rows, cols)| (rows.start, cols.start));
    let ys = [Pt(top - em / 4), Pt((group_end + lowest) / 2)].into_iter().chain(grid.ys.iter().copied()).collect();
    Grid { xs: grid.xs.clone(), ys, cells }
}

/// The columns side by side that are below each of the groups over them: so that each group stands as near the middle of its
/// own as may be.
fn shared_out(groups: &[&Name], cols: Range<usize>, grid: &Grid) -> Vec<Range<usize>> {
    let bounds = grid.xs[cols.start].0..grid.xs[cols.end].0;
    let mut centers: Vec<i32> = groups.iter().map(|g| g.rect.center().0.0).filter(|c| bounds.contains(c)).collect();
    centers.sort_unstable();
    if centers.is_empty() || centers.len() > cols.len() {
        return Vec::new();
    }
    let off = |from: usize, to: usize, center: i32| i64::from(((grid.xs[from].0 + grid.xs[to].0) / 2 - center).abs());
    // best[i]: the cheapest way for the groups so far to end before column `cols.start + i`, with the ends on that way.
    let mut best: Vec<Option<(i64, Vec<usize>)>> = vec![None; cols.len() + 1];
    best[0] = Some((0, Vec::new()));
    for &center in &centers {
        let mut after: Vec<Option<(i64, Vec<usize>)>> = vec![None; cols.len() + 1];
        for (to, place) in after.iter_mut().enumerate().skip(1) {
            let ways = (0..to).filter_map(|from| Some((best[from].as_ref()?, from)));
            let way = ways.map(|((cost, ends), from)| (cost + off(cols.start + from, cols.start + to, center), ends));
            *place = way.min_by_key(|(cost, _)| *cost).map(|(cost, ends)| (cost, [ends.as_slice(), &[to]].concat()));
        }
        best = after;
    }
    let ends = best.pop().flatten().map(|(_, ends)| ends).unwrap_or_default();
    let starts = [0].into_iter().chain(ends.iter().copied());
    starts.zip(&ends).map(|(from, to)| cols.start + from..cols.start + to).collect()
}
