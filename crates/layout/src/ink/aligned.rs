//! Tables whose columns are told by alignment alone: white corridors from top to bottom between the columns,
//! rows between horizontal rules or, without any, between white bands.

use super::grid::{Grid, SNAP};
use super::lines::{self, Mark};
use seisho_model::geometry::{Pt, Rect};
use seisho_model::ink::{Axis, Ruling};
use std::ops::Range;

/// A heading row has at least so many segments; headings of letters and forms have three (作成日, 職名, 氏名).
const ENOUGH_COLUMNS: usize = 4;
/// A corridor is at least this wide, in percent of an em. Letters of one line are closer, and over the lines of
/// a column their gaps do not fall together.
const CORRIDOR_PERCENT: i32 = 25;
/// Lines this many percent of an em below the heading row are still of the heading.
const HEADING_PERCENT: i32 = 150;
/// Fewer rows of text are no table.
const ENOUGH_ROWS: usize = 3;
/// A white band of this share of an em, in percent, beyond the usual distance of lines parts two rows.
const BAND_PERCENT: i32 = 35;

/// The tables among rows of glyphs, with the rows (by index) that each takes.
pub(super) fn tables(rows: &[Vec<Mark>], is_inner: &dyn Fn(&Vec<Mark>) -> bool, rulings: &[Ruling]) -> Vec<(Range<usize>, Grid)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let begins = is_inner(&rows[at]) && lines::segments(&rows[at]).len() >= ENOUGH_COLUMNS;
        let table = begins.then(|| table_from(rows, at, is_inner, rulings)).flatten();
        match table {
            Some((range, grid)) => {
                at = range.end;
                found.push((range, grid));
            }
            None => at += 1,
        }
    }
    found
}

/// The table whose heading row is `first`.
fn table_from(rows: &[Vec<Mark>], first: usize, is_inner: &dyn Fn(&Vec<Mark>) -> bool, rulings: &[Ruling]) -> Option<(Range<usize>, Grid)> {
    let columns = lines::segments(&rows[first]).len();
    let em = rows[first][0].size;
    let mut covered = Covered::default();
    let mut end = first;
    while end < rows.len() && is_inner(&rows[end]) {
        let mut with = covered.clone();
        with.add(&rows[end]);
        if with.corridors(em).len() + 1 < columns {
            break; // this row runs across the columns
        }
        covered = with;
        end += 1;
    }
    // Lines of a wrapped heading above the row that has them all.
    let mut start = first;
    while start > 0 && is_near(&rows[start - 1], &rows[start], em) {
        let mut with = covered.clone();
        with.add(&rows[start - 1]);
        if with.corridors(em).len() + 1 < columns {
            break;
        }
        covered = with;
        start -= 1;
    }
    let taken = &rows[start..end];
    let heading: Vec<Mark> =
        taken.iter().filter(|r| r[0].rect.y0.0 * 100 <= rows[first][0].rect.y0.0 * 100 + em * HEADING_PERCENT).flatten().copied().collect();
    let xs = edges(&covered, &heading, em)?;
    let ys = bands(taken, rulings, em, &xs);
    let is_table = taken.len() >= ENOUGH_ROWS && xs.len() > ENOUGH_COLUMNS && ys.len() > 2;
    is_table.then(|| (start..end, Grid::full(xs, ys)))
}

/// Whether a row stands right above another, as lines of one heading do.
fn is_near(above: &[Mark], below: &[Mark], em: i32) -> bool {
    lines::bounds(below).y0.0 - lines::bounds(above).y1.0 < em * 3 / 10
}

/// What a set of rows covers from left to right.
#[derive(Clone, Debug, Default)]
struct Covered(Vec<(i32, i32)>);

impl Covered {
    fn add(&mut self, row: &[Mark]) {
        self.0.extend(lines::segments(row).iter().flat_map(|s| s.iter().map(|m| (m.rect.x0.0, m.rect.x1.0))));
        self.0.sort_unstable();
        let mut merged: Vec<(i32, i32)> = Vec::with_capacity(self.0.len());
        for &(from, to) in &self.0 {
            match merged.last_mut().filter(|last| from <= last.1) {
                Some(last) => last.1 = last.1.max(to),
                None => merged.push((from, to)),
            }
        }
        self.0 = merged;
    }

    /// White stretches between covered ones.
    fn corridors(&self, em: i32) -> Vec<(i32, i32)> {
        let gaps = self.0.windows(2).map(|w| (w[0].1, w[1].0));
        gaps.filter(|(from, to)| (to - from) * 100 >= em * CORRIDOR_PERCENT).collect()
    }
}

/// Column edges: the outer ends and the middles of the corridors, so that every column has a heading.
fn edges(covered: &Covered, heading: &[Mark], em: i32) -> Option<Vec<Pt>> {
    let (first, last) = (covered.0.first()?, covered.0.last()?);
    let has_heading = |from: i32, to: i32| heading.iter().any(|m| (from..to).contains(&m.rect.center().0.0));
    let mut kept: Vec<(i32, i32)> = Vec::new();
    for corridor in covered.corridors(em) {
        let middle = |c: &(i32, i32)| (c.0 + c.1) / 2;
        let left = kept.last().map_or(first.0, middle);
        if has_heading(left, middle(&corridor)) {
            kept.push(corridor);
        } else if let Some(last) = kept.last_mut().filter(|last| corridor.1 - corridor.0 > last.1 - last.0) {
            *last = corridor; // of two corridors with no heading between them, the wider one
        }
    }
    while kept.last().is_some_and(|c| !has_heading((c.0 + c.1) / 2, last.1)) {
        kept.pop();
    }
    let middles = kept.into_iter().map(|(from, to)| Pt((from + to) / 2));
    Some([Pt(first.0 - em / 2)].into_iter().chain(middles).chain([Pt(last.1 + em / 2)]).collect())
}

/// Row edges: the rules that cross most of the table, else the white bands.
fn bands(rows: &[Vec<Mark>], rulings: &[Ruling], em: i32, xs: &[Pt]) -> Vec<Pt> {
    let bounds = rows.iter().map(|r| lines::bounds(r)).reduce(Rect::union).unwrap_or_default();
    let (left, right) = (xs[0].0, xs[xs.len() - 1].0);
    let crosses = |r: &&Ruling| r.axis == Axis::Horizontal && (r.to.0.min(right) - r.from.0.max(left)) * 10 > (right - left) * 6;
    let inside = |y: i32| y > bounds.y0.0 && y < bounds.y1.0;
    let mut ruled: Vec<i32> = rulings.iter().filter(crosses).map(|r| r.at.0).filter(|&y| inside(y)).collect();
    ruled.sort_unstable();
    ruled.dedup_by(|b, a| *b - *a <= SNAP);
    let inner = if ruled.len() > 1 { ruled } else { white_bands(rows, em) };
    let all = [bounds.y0.0 - em / 4].into_iter().chain(inner).chain([bounds.y1.0 + em / 4]);
    all.map(Pt).collect()
}

/// The middles of white bands that are wider than the lines of a cell are apart.
fn white_bands(rows: &[Vec<Mark>], em: i32) -> Vec<i32> {
    let mut spans: Vec<(i32, i32)> = rows.iter().map(|r| lines::bounds(r)).map(|b| (b.y0.0, b.y1.0)).collect();
    spans.sort_unstable();
    let mut gaps: Vec<(i32, i32)> = Vec::new();
    let mut bottom = i32::MIN;
    for (from, to) in spans {
        if bottom != i32::MIN {
            gaps.push((bottom, from));
        }
        bottom = bottom.max(to);
    }
    let mut sizes: Vec<i32> = gaps.iter().map(|g| g.1 - g.0).collect();
    sizes.sort_unstable();
    // Most gaps lie between the lines of one cell.
    let usual = sizes.get(sizes.len() / 3).copied().unwrap_or(0);
    gaps.into_iter().filter(|g| g.1 - g.0 > usual + em * BAND_PERCENT / 100).map(|g| (g.0 + g.1) / 2).collect()
}
