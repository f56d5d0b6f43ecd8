//! Rulings to grids: edges, what they touch, the cells between them.

use seisho_model::geometry::{Pt, Rect};
use seisho_model::groups::Groups;
use seisho_model::ink::{Axis, Ruling};
use std::ops::Range;

/// A grid of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// Positions of the vertical edges, from left to right.
    pub(super) xs: Vec<Pt>,
    /// Positions of the horizontal edges, from top to bottom.
    pub(super) ys: Vec<Pt>,
    /// Rows and columns of every cell; they tile the grid.
    pub(super) cells: Vec<(Range<u32>, Range<u32>)>,
}

/// Edges this close are one: double rules, and rules of neighbouring cells. In thousandths of a point.
pub(super) const SNAP: i32 = 3_000;
/// Parts of a rule this close are one rule: dashes, and borders drawn cell by cell.
const JOIN: i32 = 4_000;
/// Rules that miss each other by this much still meet.
const REACH: i32 = 3_000;
/// An outer border may be missing where rules run on by at least this much.
const OVERHANG: i32 = 8_000;
/// More edges than this on one axis are a drawing, not a table.
const MOST_EDGES: usize = 400;

impl Grid {
    /// A grid of which every place is a cell, but for those of a column that no edge parts.
    pub(super) fn columns(xs: Vec<Pt>, ys: Vec<Pt>, is_parted: impl Fn(Pt, Range<Pt>) -> bool) -> Self {
        let rows = ys.len() as u32 - 1;
        let mut cells = Vec::with_capacity((ys.len() - 1) * (xs.len() - 1));
        for (col, x) in (0..).zip(xs.windows(2)) {
            let ends = (1..).zip(&ys[1..]).filter(|&(row, &y)| row == rows || is_parted(y, x[0]..x[1])).map(|(row, _)| row);
            let mut top = 0;
            for end in ends {
                cells.push((top..end, col..col + 1));
                top = end;
            }
        }
        Self { xs, ys, cells }
    }

    /// The grid with the rows that its bands hold, each between two rules and with cells of its own: the edges between them.
    pub(super) fn parted(&self, rows_between: impl Fn(usize) -> Vec<Pt>) -> Self {
        let mut is_whole = vec![true; self.ys.len() - 1];
        for (rows, _) in self.cells.iter().filter(|(rows, cols)| rows.len() > 1 || cols.len() > 1) {
            is_whole[rows.start as usize..rows.end as usize].fill(false);
        }
        let inner = |(row, whole): (usize, &bool)| if *whole { rows_between(row) } else { Vec::new() };
        let inner: Vec<Vec<Pt>> = is_whole.iter().enumerate().map(inner).collect();
        let mut ys = Vec::with_capacity(self.ys.len());
        // Where each row begins among all of them.
        let mut starts: Vec<u32> = Vec::with_capacity(self.ys.len());
        for (row, &y) in self.ys.iter().enumerate() {
            starts.push(ys.len() as u32);
            ys.push(y);
            ys.extend(inner.get(row).into_iter().flatten());
        }
        let parted = |(rows, cols): &(Range<u32>, Range<u32>)| {
            let (from, to) = (starts[rows.start as usize], starts[rows.end as usize]);
            let step = if is_whole[rows.start as usize] { 1 } else { (to - from) as usize };
            (from..to).step_by(step).map(|row| (row..row + step as u32, cols.clone())).collect::<Vec<_>>()
        };
        Self { xs: self.xs.clone(), ys, cells: self.cells.iter().flat_map(parted).collect() }
    }

    /// The box of the whole grid.
    pub(super) fn bounds(&self) -> Rect {
        let ends = |v: &[Pt]| (v.first().copied().unwrap_or_default(), v.last().copied().unwrap_or_default());
        let ((x0, x1), (y0, y1)) = (ends(&self.xs), ends(&self.ys));
        Rect { x0, y0, x1, y1 }
    }

    /// The cell that holds a position, by index.
    pub(super) fn cell_at(&self, (x, y): (Pt, Pt)) -> Option<usize> {
        let step = |edges: &[Pt], v: Pt| Some((edges.partition_point(|&e| e <= v).max(1) as u32 - 1).min(edges.len() as u32 - 2));
        let (row, col) = (step(&self.ys, y)?, step(&self.xs, x)?);
        self.cells.iter().position(|(rows, cols)| rows.contains(&row) && cols.contains(&col))
    }
}

/// The grids that rulings make, from top to bottom. A lone box is no grid.
pub(super) fn grids(rulings: &[Ruling]) -> Vec<Grid> {
    let edges = merge(rulings);
    let mut grids: Vec<Grid> = components(&edges).iter().filter_map(|part| grid(part)).collect();
    grids.sort_by_key(|g| (g.bounds().y0, g.bounds().x0));
    grids
}

/// Rulings on one line, joined where they touch.
pub(super) fn merge(rulings: &[Ruling]) -> Vec<Ruling> {
    let mut merged = Vec::new();
    for axis in [Axis::Horizontal, Axis::Vertical] {
        let mut same: Vec<Ruling> = rulings.iter().copied().filter(|r| r.axis == axis).collect();
        same.sort_unstable();
        let positions = clusters(same.iter().map(|r| r.at).collect());
        for ruling in &mut same {
            ruling.at = nearest(&positions, ruling.at);
        }
        same.sort_unstable();
        for ruling in same {
            let joins = |last: &&mut Ruling| last.axis == axis && last.at == ruling.at && ruling.from.0 <= last.to.0 + JOIN;
            match merged.last_mut().filter(joins) {
                Some(last) => last.to = last.to.max(ruling.to),
                None => merged.push(ruling),
            }
        }
    }
    merged
}

/// Positions that lie together, each group as its middle.
fn clusters(mut positions: Vec<Pt>) -> Vec<Pt> {
    positions.sort_unstable();
    let mut groups: Vec<Vec<Pt>> = Vec::new();
    for position in positions {
        // Measured from the group's first: a chain of close rules must not pull in a whole column.
        match groups.last_mut().filter(|g| position.0 - g[0].0 <= SNAP) {
            Some(group) => group.push(position),
            None => groups.push(vec![position]),
        }
    }
    groups.iter().map(|g| Pt((g[0].0 + g[g.len() - 1].0) / 2)).collect()
}

fn nearest(positions: &[Pt], at: Pt) -> Pt {
    positions.iter().copied().min_by_key(|p| ((p.0 - at.0).abs(), p.0)).unwrap_or(at)
}

/// Groups of rulings that touch each other.
fn components(edges: &[Ruling]) -> Vec<Vec<Ruling>> {
    let mut groups = Groups::new(edges.len());
    let split = edges.partition_point(|e| e.axis == Axis::Horizontal);
    for h in 0..split {
        for v in split..edges.len() {
            if touch(&edges[h], &edges[v]) {
                groups.join(h, v);
            }
        }
    }
    let mut parts: std::collections::BTreeMap<usize, Vec<Ruling>> = std::collections::BTreeMap::new();
    for (i, edge) in edges.iter().enumerate() {
        parts.entry(groups.first(i)).or_default().push(*edge);
    }
    parts.into_values().collect()
}

fn touch(h: &Ruling, v: &Ruling) -> bool {
    let within = |at: Pt, r: &Ruling| at.0 >= r.from.0 - REACH && at.0 <= r.to.0 + REACH;
    within(v.at, h) && within(h.at, v)
}

fn grid(edges: &[Ruling]) -> Option<Grid> {
    let of = |axis: Axis| -> Vec<Ruling> { edges.iter().copied().filter(|e| e.axis == axis).collect() };
    let (horizontal, vertical) = (of(Axis::Horizontal), of(Axis::Vertical));
    let xs = positions(&vertical, &horizontal);
    let ys = positions(&horizontal, &vertical);
    let is_table = (2..=MOST_EDGES).contains(&xs.len()) && (2..=MOST_EDGES).contains(&ys.len());
    let grid = is_table.then(|| Grid { cells: cells(&xs, &ys, &horizontal, &vertical), xs, ys })?;
    (grid.cells.len() > 1).then_some(grid)
}

/// The positions of edges, with outer borders that are not drawn where the rules across run on.
fn positions(edges: &[Ruling], across: &[Ruling]) -> Vec<Pt> {
    let mut found = clusters(edges.iter().map(|e| e.at).collect());
    let ends = (across.iter().map(|a| a.from).min(), across.iter().map(|a| a.to).max());
    if let (Some(first), Some(low)) = (found.first().copied(), ends.0)
        && first.0 - low.0 >= OVERHANG
    {
        found.insert(0, low);
    }
    if let (Some(last), Some(high)) = (found.last().copied(), ends.1)
        && high.0 - last.0 >= OVERHANG
    {
        found.push(high);
    }
    found
}

/// Cells: elementary boxes of the grid, joined where no rule parts them.
fn cells(xs: &[Pt], ys: &[Pt], horizontal: &[Ruling], vertical: &[Ruling]) -> Vec<(Range<u32>, Range<u32>)> {
    let (rows, cols) = (ys.len() - 1, xs.len() - 1);
    let middle = |edges: &[Pt], i: usize| Pt((edges[i].0 + edges[i + 1].0) / 2);
    let is_ruled = |rules: &[Ruling], at: Pt, over: Pt| {
        rules.iter().any(|r| (r.at.0 - at.0).abs() <= SNAP && r.from.0 - REACH <= over.0 && over.0 <= r.to.0 + REACH)
    };
    let right = |r: usize, c: usize| c + 1 < cols && !is_ruled(vertical, xs[c + 1], middle(ys, r));
    let below = |r: usize, c: usize| r + 1 < rows && !is_ruled(horizontal, ys[r + 1], middle(xs, c));
    let mut taken = vec![vec![false; cols]; rows];
    let mut cells = Vec::new();
    for r in 0..rows {
        for c in 0..cols {
            if taken[r][c] {
                continue;
            }
            let mut end = c + 1;
            while end < cols && !taken[r][end] && right(r, end - 1) {
                end += 1;
            }
            let mut bottom = r + 1;
            // A row joins only as a whole: the cell stays a rectangle.
            let joins = |row: usize| (c..end).all(|col| below(row, col)) && (c..end - 1).all(|col| right(row + 1, col));
            while bottom < rows && joins(bottom - 1) && !(c..end).any(|col| taken[bottom][col]) {
                bottom += 1;
            }
            taken[r..bottom].iter_mut().for_each(|row| row[c..end].fill(true));
            cells.push((r as u32..bottom as u32, c as u32..end as u32));
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn h(at: i32, from: i32, to: i32) -> Ruling {
        Ruling { axis: Axis::Horizontal, at: Pt(at * 1000), from: Pt(from * 1000), to: Pt(to * 1000), width: Pt(500) }
    }

    fn v(at: i32, from: i32, to: i32) -> Ruling {
        Ruling { axis: Axis::Vertical, ..h(at, from, to) }
    }

    #[test]
    fn a_merged_cell_spans_the_rows_that_no_rule_parts() {
        // ┌──┬──┐ 0
        // │  ├──┤ 10   the left cell spans both rows
        // └──┴──┘ 20
        let rules = [h(0, 0, 40), h(10, 20, 40), h(20, 0, 40), v(0, 0, 20), v(20, 0, 20), v(40, 0, 20)];
        assert_eq!(grids(&rules)[0].cells, [(0..2, 0..1), (0..1, 1..2), (1..2, 1..2)]);
    }

    #[test]
    fn outer_borders_may_be_missing() {
        // Rules across run from 0 to 60, the only vertical ones stand at 20 and 40.
        let rules = [h(0, 0, 60), h(10, 0, 60), h(20, 0, 60), v(20, 0, 20), v(40, 0, 20)];
        assert_eq!(grids(&rules)[0].cells.len(), 6);
    }

    #[test]
    fn dashes_and_double_rules_are_one_rule_and_a_box_is_no_grid() {
        let dashed = (0..10).map(|i| h(10, i * 4, i * 4 + 2));
        let mut rules = vec![h(0, 0, 40), h(2, 0, 40), h(20, 0, 40), v(0, 0, 20), v(40, 0, 20)];
        assert!(grids(&rules).is_empty());
        rules.extend(dashed);
        assert_eq!(grids(&rules)[0].cells, [(0..1, 0..1), (1..2, 0..1)]);
    }

    #[test]
    fn two_tables_on_a_page_stay_two() {
        let table = |top: i32| [h(top, 0, 40), h(top + 10, 0, 40), v(0, top, top + 10), v(20, top, top + 10), v(40, top, top + 10)];
        let rules = [table(100), table(0)].concat();
        assert_eq!(grids(&rules).iter().map(|g| g.bounds().y0).collect::<Vec<_>>(), [Pt(0), Pt(100_000)]);
    }
}
