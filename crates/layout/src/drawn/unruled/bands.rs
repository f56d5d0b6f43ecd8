//! Row edges of a table whose columns are told by alignment: the rules that cross it; else one row for each
//! number in its column of numbers; else the white bands.

use crate::drawn::grid::{Grid, SNAP};
use crate::drawn::lines::{self, Mark};
use seisho_model::Page;
use seisho_model::geometry::{Pt, Rect, exceeds};
use seisho_model::ink::{Axis, Ruling};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A white band of this share of an em, in percent, beyond the usual distance of lines parts two rows.
const BAND_PERCENT: i32 = 35;
/// Rules that cross this share of a table, in percent, part its rows; merged cells leave gaps in them.
const CROSSING_PERCENT: i32 = 50;
/// Of the lines of a column of numbers this many percent are numbers.
const NUMBERS_PERCENT: usize = 80;
/// More bands than this are no table of an office; the search for the best edges grows with their square.
const MOST_BANDS: usize = 400;

/// What the row edges are told from.
pub(super) struct Body<'a> {
    pub(super) page: &'a Page,
    /// The rows of glyphs of the whole table, from top to bottom.
    pub(super) rows: &'a [Vec<Mark>],
    /// How many of them, from the top, are certainly of the heading.
    pub(super) heading: usize,
    pub(super) rulings: &'a [Ruling],
    /// Font size, in thousandths of a point.
    pub(super) em: i32,
    /// Column edges.
    pub(super) xs: &'a [Pt],
}

impl Body<'_> {
    /// The grid of its rows and columns.
    pub(super) fn grid(&self) -> Grid {
        let bounds = self.rows.iter().map(|r| lines::bounds(r)).reduce(Rect::union).unwrap_or_default();
        let ruled = self.crossing(bounds);
        let is_ruled = ruled.len() > 1;
        let inner = if is_ruled { ruled } else { self.by_numbers().unwrap_or_else(|| self.white_bands()) };
        let inner = self.parted_by_figures(bounds, inner);
        let mut ys: Vec<i32> = [bounds.y0.0 - self.em / 4].into_iter().chain(inner).chain([bounds.y1.0 + self.em / 4]).collect();
        ys.extend(self.under_groups().filter(|&y| y < ys[1]));
        ys.sort_unstable();
        let ys: Vec<Pt> = ys.into_iter().map(Pt).collect();
        // A rule that leaves a column out leaves its cell whole.
        Grid::columns(self.xs.to_vec(), ys, |y, x| !is_ruled || !self.is_left_out(y, x))
    }

    /// The edges of rows, and of rows inside them: rules after every third row part no rows. Where the lines of all columns
    /// that are filled stand level, and one of them is of figures, each line is a row.
    fn parted_by_figures(&self, bounds: Rect, inner: Vec<i32>) -> Vec<i32> {
        let heading = self.heading_end();
        let ends: Vec<i32> = [bounds.y0.0 - self.em].into_iter().chain(inner.iter().copied()).chain([bounds.y1.0 + self.em]).collect();
        let mut all = inner;
        for band in ends.windows(2) {
            let inside = |row: &&Vec<Mark>| (band[0]..band[1]).contains(&lines::bounds(row).center().1.0);
            let rows: Vec<&Vec<Mark>> = self.rows.iter().filter(inside).collect();
            if rows.len() > 1 && band[0] >= heading.saturating_sub(self.em / 2) && self.are_rows_of_figures(&rows) {
                all.extend(rows.windows(2).map(|w| i32::midpoint(lines::bounds(w[0]).y1.0, lines::bounds(w[1]).y0.0)));
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether lines each fill the same columns, two at least, of which one has figures alone.
    fn are_rows_of_figures(&self, rows: &[&Vec<Mark>]) -> bool {
        let column = |m: &Mark| self.xs.partition_point(|x| x.0 <= m.rect.center().0.0);
        let filled = |row: &Vec<Mark>| row.iter().map(column).collect::<BTreeSet<usize>>();
        let first = filled(rows[0]);
        let is_figure = |m: &Mark| self.page.slice(m.range).chars().all(lines::is_of_figure);
        let is_of_figures = |col: usize| rows.iter().flat_map(|row| row.iter()).filter(|m| column(m) == col).all(is_figure);
        first.len() > 1 && rows.iter().all(|row| filled(row) == first) && first.iter().any(|&col| col > 1 && is_of_figures(col))
    }

    /// Whether rules run at a height, but not over a column.
    fn is_left_out(&self, y: Pt, x: Range<Pt>) -> bool {
        let over = |x: &Range<Pt>| -> i32 {
            let near = self.rulings.iter().filter(|r| r.axis == Axis::Horizontal && (r.at.0 - y.0).abs() <= SNAP);
            near.map(|r| (r.to.0.min(x.end.0) - r.from.0.max(x.start.0)).max(0)).sum()
        };
        over(&(self.xs[0]..self.xs[self.xs.len() - 1])) > 0 && over(&x) * 2 < x.end.0 - x.start.0
    }

    /// The edge under a line of the heading that names groups of columns: a segment of it reaches over the edge of two.
    fn under_groups(&self) -> Option<i32> {
        let [groups, names, ..] = &self.rows[..self.heading] else { return None };
        let reaches_over = |s: &Vec<Mark>| reaches_over(&lines::bounds(s), self.xs, self.em / 2);
        let is_group = lines::segments(groups).iter().any(reaches_over) && !lines::segments(names).iter().any(reaches_over);
        is_group.then(|| (lines::bounds(groups).y1.0 + lines::bounds(names).y0.0) / 2)
    }

    /// Whether its rows are numbered from the top on; the rest of a row of the page before may stand above.
    pub(super) fn begins_with_a_number(&self) -> bool {
        let column = self.xs[0].0..self.xs[1].0;
        let first = self.rows.iter().flatten().find(|m| column.contains(&m.rect.center().0.0));
        let is_number = |m: &Mark| self.page.slice(m.range).contains(char::is_numeric);
        first.is_some_and(is_number) && self.numbers_between(column).is_some()
    }

    /// Whether its first column is of numbers.
    pub(super) fn is_numbered(&self) -> bool {
        self.numbers_between(self.xs[0].0..self.xs[1].0).is_some()
    }

    /// Heights at which rules cross most of the table.
    fn crossing(&self, bounds: Rect) -> Vec<i32> {
        let (left, right) = (self.xs[0].0, self.xs[self.xs.len() - 1].0);
        let mut covered: BTreeMap<i32, i32> = BTreeMap::new();
        let inside = self.rulings.iter().filter(|r| r.axis == Axis::Horizontal && r.at > bounds.y0 && r.at < bounds.y1);
        for rule in inside {
            *covered.entry(rule.at.0).or_default() += (rule.to.0.min(right) - rule.from.0.max(left)).max(0);
        }
        let crosses = |&(_, over): &(i32, i32)| exceeds(over, CROSSING_PERCENT, right - left);
        let mut ys: Vec<i32> = covered.into_iter().filter(crosses).map(|(y, _)| y).collect();
        ys.dedup_by(|b, a| *b - *a <= SNAP);
        ys
    }

    /// The middles of white bands that are wider than the lines of a cell are apart.
    fn white_bands(&self) -> Vec<i32> {
        let slabs = slabs(self.rows);
        let gaps: Vec<(i32, i32)> = slabs.windows(2).map(|w| (w[0].1, w[1].0)).collect();
        let mut sizes: Vec<i32> = gaps.iter().map(|g| g.1 - g.0).collect();
        sizes.sort_unstable();
        // Most gaps lie between the lines of one cell.
        let usual = sizes.get(sizes.len() / 3).copied().unwrap_or(0);
        gaps.into_iter().filter(|g| exceeds(g.1 - g.0 - usual, BAND_PERCENT, self.em)).map(|g| (g.0 + g.1) / 2).collect()
    }

    /// One row for each number, cut where the cells around the numbers line up best with them, be it at their
    /// tops or at their middles.
    fn by_numbers(&self) -> Option<Vec<i32>> {
        let numbers = self.numbers()?;
        let slabs = slabs(self.rows);
        if slabs.len() > MOST_BANDS {
            return None;
        }
        let has_heading = self.heading_end() <= numbers[0].y0.0;
        let heading = if has_heading { slabs.partition_point(|s| s.0 < self.heading_end()) } else { 0 };
        let search = Search { slabs: &slabs, numbers: &numbers, heading, widest: widest_gap(&slabs) };
        let by_top = search.best(Search::off_top);
        let by_middle = search.best(Search::off_middle);
        // Equal costs mean cells of one line: both ways cut alike.
        let (_, cuts) = [by_top, by_middle].into_iter().flatten().min_by_key(|(cost, _)| *cost)?;
        Some(cuts.into_iter().map(|i| (slabs[i - 1].1 + slabs[i].0) / 2).collect())
    }

    /// Below the rows that are certainly of the heading.
    fn heading_end(&self) -> i32 {
        self.rows[..self.heading].iter().map(|r| lines::bounds(r).y1.0).max().unwrap_or(i32::MIN)
    }

    /// The boxes of the numbers in the leftmost column of numbers.
    fn numbers(&self) -> Option<Vec<Rect>> {
        self.xs.windows(2).find_map(|x| self.numbers_between(x[0].0..x[1].0))
    }

    fn numbers_between(&self, column: Range<i32>) -> Option<Vec<Rect>> {
        let inside = |row: &Vec<Mark>| -> Vec<Mark> { row.iter().filter(|m| column.contains(&m.rect.center().0.0)).copied().collect() };
        // Rows of the heading may hold a number where the page has no heading.
        let lines: Vec<Vec<Mark>> = self.rows.iter().map(inside).filter(|line| !line.is_empty()).collect();
        let is_number = |line: &&Vec<Mark>| {
            let text: String = line.iter().map(|m| self.page.slice(m.range)).collect();
            crate::text::plain::is_label_like(text.chars()) && text.contains(char::is_numeric)
        };
        let found: Vec<Rect> = lines.iter().filter(is_number).map(|line| lines::bounds(line)).collect();
        let body = lines.iter().filter(|l| lines::bounds(l).y0.0 >= found.first().map_or(i32::MAX, |f| f.y0.0)).count();
        (found.len() > 1 && found.len() * 100 >= body * NUMBERS_PERCENT).then_some(found)
    }
}

/// Stretches from top to bottom that hold ink in some column.
fn slabs(rows: &[Vec<Mark>]) -> Vec<(i32, i32)> {
    let mut spans: Vec<(i32, i32)> = rows.iter().map(|r| lines::bounds(r)).map(|b| (b.y0.0, b.y1.0)).collect();
    spans.sort_unstable();
    let mut slabs: Vec<(i32, i32)> = Vec::new();
    for (from, to) in spans {
        match slabs.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => slabs.push((from, to)),
        }
    }
    slabs
}

fn widest_gap(slabs: &[(i32, i32)]) -> i32 {
    slabs.windows(2).map(|w| w[1].0 - w[0].1).max().unwrap_or(0)
}

/// The search for the cuts between slabs that make rows of one number each.
struct Search<'a> {
    slabs: &'a [(i32, i32)],
    numbers: &'a [Rect],
    /// Slabs that are certainly of the heading.
    heading: usize,
    widest: i32,
}

impl Search<'_> {
    /// How far a row's first line is from its number's.
    fn off_top(&self, rows: Range<usize>, number: Rect) -> i64 {
        i64::from((self.slabs[rows.start].0 - number.y0.0).abs())
    }

    /// How far a row's middle is from its number's, twice.
    fn off_middle(&self, rows: Range<usize>, number: Rect) -> i64 {
        i64::from((self.slabs[rows.start].0 + self.slabs[rows.end - 1].1 - number.y0.0 - number.y1.0).abs())
    }

    /// A cut through a narrow gap costs half of what it lacks to the widest.
    fn cut_cost(&self, at: usize) -> i64 {
        i64::from(self.widest - (self.slabs[at].0 - self.slabs[at - 1].1)) / 2
    }

    /// What stands before the first row with a number: the heading, a row that goes on from the page before, both
    /// or neither.
    fn before(&self, start: usize) -> Option<(i64, Vec<usize>)> {
        let cut = |at: usize| if at > 0 { self.cut_cost(at) } else { 0 };
        let ends = (self.heading..=start).filter(|&end| end == start || end > 0 || self.heading == 0);
        let way = |end: usize| {
            let cuts: Vec<usize> = if end == start { vec![start] } else { vec![end, start] };
            (cuts.iter().map(|&at| cut(at)).sum::<i64>(), cuts.into_iter().filter(|&at| at > 0).collect())
        };
        ends.map(way).min_by_key(|(cost, _)| *cost)
    }

    /// The cheapest cuts: the heading or a row that goes on from the page before, if any, then a row a number.
    fn best(&self, off: impl Fn(&Self, Range<usize>, Rect) -> i64) -> Option<(i64, Vec<usize>)> {
        let count = self.slabs.len();
        let slab_of = |number: &Rect| self.slabs.partition_point(|s| s.1 < number.center().1.0);
        let at: Vec<usize> = self.numbers.iter().map(slab_of).collect();
        // best[i]: cheapest way to have the rows so far end before slab i, with the cuts on that way.
        let mut best: Vec<Option<(i64, Vec<usize>)>> = vec![None; count + 1];
        for (start, way) in best.iter_mut().enumerate().take(at.first()? + 1).skip(self.heading) {
            *way = self.before(start);
        }
        for (index, (&slab, &number)) in at.iter().zip(self.numbers).enumerate() {
            let next = at.get(index + 1).copied();
            let ends = if let Some(next) = next { slab + 1..next + 1 } else { count..count + 1 };
            let mut after: Vec<Option<(i64, Vec<usize>)>> = vec![None; count + 1];
            for end in ends {
                let cut = if end < count { self.cut_cost(end) } else { 0 };
                let ways = (0..=slab).filter_map(|start| Some((best[start].as_ref()?, start)));
                // The first of equals: the earliest start.
                let way =
                    ways.map(|((cost, cuts), start)| (cost + cut + off(self, start..end, number), cuts)).min_by_key(|(cost, _)| *cost);
                after[end] = way.map(|(cost, cuts)| (cost, cuts.iter().copied().chain((end < count).then_some(end)).collect()));
            }
            best = after;
        }
        best.pop().flatten()
    }
}

/// Whether a box reaches over a column edge, by more than `slack` on both sides.
pub(super) fn reaches_over(rect: &Rect, xs: &[Pt], slack: i32) -> bool {
    xs[1..xs.len() - 1].iter().any(|&x| rect.x0.0 + slack < x.0 && x.0 < rect.x1.0 - slack)
}
