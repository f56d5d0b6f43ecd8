//! Tables whose columns are told by alignment alone: white corridors from top to bottom between the columns.

use super::bands::{Body, reaches_over};
use super::heads;
use super::network::{self, Found};
use super::pairs;
use crate::drawn::grid::Grid;
use crate::drawn::lines::{self, Mark};
use seisho_model::Page;
use seisho_model::geometry::{Pt, exceeds};
use seisho_model::ink::Ruling;
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

/// A corridor that is narrower is one where so many lines begin at its right edge, and half of those that could.
const ENOUGH_STARTS: usize = 5;
/// It is at least this wide, in percent of an em: cells of a sheet leave so much; letters of a line leave nothing.
const NARROW_PERCENT: i32 = 10;
/// So many lines are looked at behind one that seems to run across. Chosen on an unruled goal table that LibreOffice prints from
/// a workbook: without it the table is read as text.
const AHEAD: usize = 12;
/// Lines begin at one edge to this many thousandths of a point.
const SAME_START: i32 = 300;

/// Where tables are looked for.
pub(in crate::drawn) struct Around<'a> {
    pub(in crate::drawn) page: &'a Page,
    /// Rows of glyphs outside ruled tables, from top to bottom.
    pub(in crate::drawn) rows: &'a [Vec<Mark>],
    /// Rules, joined where they touch.
    pub(in crate::drawn) rulings: &'a [Ruling],
    /// Column edges of the last such table of the page before, which may go on here without its heading.
    pub(in crate::drawn) before: Option<&'a [Pt]>,
    /// Those that may be of a table: what stands alone at the very edge of a page is its number or a running head.
    pub(in crate::drawn) inner: Range<usize>,
}

/// Lines of a table stand closer than this, in percent of an em.
const NEAR_PERCENT: i32 = 100;

/// The rows between two heights, and those right above and below them.
pub(in crate::drawn) fn inner(rows: &[Vec<Mark>], heights: Range<Pt>) -> Range<usize> {
    let is_inside = |row: &Vec<Mark>| row[0].rect.y0 > heights.start && row[0].rect.y1 < heights.end;
    let Some(mut start) = rows.iter().position(is_inside) else { return 0..0 };
    let mut end = rows.iter().rposition(is_inside).map_or(0, |last| last + 1);
    let is_near = |above: usize| {
        let gap = lines::bounds(&rows[above + 1]).y0.0 - lines::bounds(&rows[above]).y1.0;
        !exceeds(gap, NEAR_PERCENT, rows[above][0].size)
    };
    while start > 0 && is_near(start - 1) {
        start -= 1;
    }
    while end < rows.len() && is_near(end - 1) {
        end += 1;
    }
    start..end
}

impl Around<'_> {
    /// The tables, with the rows (by index) that each takes.
    pub(in crate::drawn) fn tables(&self) -> Vec<(Range<usize>, Grid)> {
        let network = network::tables(self.page, self.rows, self.rulings, self.inner.clone());
        // Rows that are numbered are told by their numbers, texts alone by their heading, where these tell a table.
        let comes_first = |found: &Found| found.has_figures && !self.body(&found.range, &found.grid.xs).is_numbered();
        let (figures, texts): (Vec<Found>, Vec<Found>) = network.into_iter().partition(comes_first);
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.rows.len() {
            let taken = found.last().map_or(0, |(range, _): &(Range<usize>, Grid)| range.end);
            let goes_on = if at == self.inner.start { self.going_on(at) } else { None };
            // The first label may stand at the top edge; what stands at the bottom edge is a page number.
            let sheet = || (at < self.inner.end).then(|| pairs::sheet_from(self.page, &self.rows[..self.inner.end], at)).flatten();
            let meets = |range: &Range<usize>| figures.iter().any(|f| f.range.start < range.end && range.start < f.range.end);
            let aligned_at = |row: usize| self.headed_at(row, taken).filter(|(range, _)| !meets(range));
            let begun = |list: &[Found]| list.iter().find(|f| f.range.start == at).map(|f| (f.range.clone(), f.grid.clone()));
            let of_texts = || begun(&texts).filter(|(range, _)| !range.clone().any(|row| aligned_at(row).is_some()));
            match goes_on.or_else(|| begun(&figures)).or_else(|| aligned_at(at)).or_else(of_texts).or_else(sheet) {
                Some((range, grid)) => {
                    at = range.end;
                    found.push(self.with_heading(range, grid, taken));
                }
                None => at += 1,
            }
        }
        found
    }

    /// The table whose heading is a row, if that can be one.
    fn headed_at(&self, at: usize, taken: usize) -> Option<(Range<usize>, Grid)> {
        let begins = self.inner.contains(&at) && lines::segments(&self.rows[at]).len() >= ENOUGH_COLUMNS;
        begins.then(|| self.table_from(at, taken)).flatten()
    }

    /// The rows of a table without those of its heading that are certain.
    fn body<'b>(&'b self, range: &Range<usize>, xs: &'b [Pt]) -> Body<'b> {
        let rows = &self.rows[range.clone()];
        Body { page: self.page, rows, heading: 0, rulings: self.rulings, em: rows[0][0].size, xs }
    }

    /// A table that begins with numbered rows, with the heading that stands above them at other heights.
    fn with_heading(&self, range: Range<usize>, grid: Grid, taken: usize) -> (Range<usize>, Grid) {
        let body = self.body(&range, &grid.xs);
        if !body.begins_with_a_number() {
            return (range, grid);
        }
        let free = taken.max(self.inner.start)..range.start;
        match heads::with_heading(self.page, self.rows, range.clone(), free, &body.grid()) {
            Some((start, grid)) => (start..range.end, grid),
            None => (range, grid),
        }
    }

    /// A table that goes on from the page before: it begins with a numbered row, or with the rest of one above it,
    /// and no line reaches over the column edges.
    fn going_on(&self, first: usize) -> Option<(Range<usize>, Grid)> {
        let xs = self.before?;
        let fits = |row: &Vec<Mark>| {
            let inside = row.iter().all(|m| (xs[0]..xs[xs.len() - 1]).contains(&m.rect.center().0));
            let em = row[0].size;
            inside && lines::stretches(row, CORRIDOR_PERCENT).iter().all(|s| !reaches_over(&lines::bounds(s), xs, em / 4))
        };
        let end = first + (first..self.rows.len()).take_while(|&at| self.inner.contains(&at) && fits(&self.rows[at])).count();
        if end < first + ENOUGH_ROWS {
            return None;
        }
        let body = self.body(&(first..end), xs);
        body.begins_with_a_number().then(|| (first..end, body.grid()))
    }

    /// The table whose heading row is `first`; rows before `taken` are of another one.
    fn table_from(&self, first: usize, taken: usize) -> Option<(Range<usize>, Grid)> {
        let em = self.rows[first][0].size;
        let columns = lines::segments(&self.rows[first]).len();
        let mut covered = Covered::default();
        let range = self.start(first, columns, taken, &mut covered)..self.end(first, columns, &mut covered);
        let rows = &self.rows[range.clone()];
        let heading = self.heading(range.start, first).min(rows.len());
        let xs = xs(rows, heading, &covered, em)?;
        let grid = Body { page: self.page, rows, heading, rulings: self.rulings, em, xs: &xs }.grid();
        let is_table = rows.len() >= ENOUGH_ROWS && xs.len() > ENOUGH_COLUMNS && grid.ys.len() > 2;
        is_table.then_some((range, grid))
    }

    /// One past the last row below the heading that leaves the columns apart.
    fn end(&self, first: usize, columns: usize, covered: &mut Covered) -> usize {
        let em = self.rows[first][0].size;
        let heading = self.rows[first..first + self.heading(first, first)].concat();
        let names = self.heading(first, first);
        let (mut end, mut most, mut tried, mut body) = (first, 0, covered.clone(), Covered::default());
        for (row, at) in self.rows[first..].iter().zip(first..).take_while(|(_, at)| self.inner.contains(at)) {
            tried = tried.with(row);
            if at >= first + names {
                body = body.with(row);
            }
            // Names as wide as their columns leave less white than what stands below them.
            let shows =
                |table: &Covered, of: &Covered| (edges(of, table, &heading, em).map_or(0, |xs| xs.len()), of.corridors(em).len() + 1);
            // Bullets and short lines may seem to be columns of their own, until longer ones come; narrow white shows as an
            // edge after some lines only.
            let runs_across = |(told, parts): (usize, usize)| parts < columns || (at >= first + ENOUGH_ROWS && told < most);
            let (all, has_body) = (shows(&tried, &tried), at >= first + names + ENOUGH_ROWS);
            if !runs_across(all) {
                (end, most, *covered) = (at + 1, all.0, tried.clone());
            } else if has_body && !runs_across(shows(&tried, &body)) {
                (end, *covered) = (at + 1, tried.clone());
            } else if at >= end + AHEAD {
                break;
            }
        }
        end
    }

    /// The first of the lines of a wrapped heading above the row that has them all.
    fn start(&self, first: usize, columns: usize, taken: usize, covered: &mut Covered) -> usize {
        let em = self.rows[first][0].size;
        let mut start = first;
        while start > taken && is_wrapped(&self.rows[start - 1], &self.rows[start], em) {
            let with = covered.with(&self.rows[start - 1]);
            if with.with(&self.rows[first]).corridors(em).len() + 1 < columns {
                break;
            }
            *covered = with;
            start -= 1;
        }
        start
    }

    /// How many rows from `start` on are of the heading whose fullest row is `first`.
    fn heading(&self, start: usize, first: usize) -> usize {
        let top = self.rows[first][0];
        self.rows[start..].iter().take_while(|r| !exceeds(r[0].rect.y0.0 - top.rect.y0.0, HEADING_PERCENT, top.size)).count()
    }
}

/// Whether a row stands right above another in the same font size, as lines of one heading do.
fn is_wrapped(above: &[Mark], below: &[Mark], em: i32) -> bool {
    let gap = lines::bounds(below).y0.0 - lines::bounds(above).y1.0;
    lines::is_wrapped(gap, em) && lines::is_like(above[0].size, em)
}

/// What a set of rows covers from left to right.
#[derive(Clone, Debug, Default)]
struct Covered {
    /// Covered stretches.
    spans: Vec<(i32, i32)>,
    /// Where lines begin, and go on after a narrow white.
    starts: Vec<i32>,
    /// Of those, where they go on.
    narrow: Vec<i32>,
}

impl Covered {
    fn with(&self, row: &[Mark]) -> Self {
        let mut all = self.spans.clone();
        let (mut starts, mut narrow) = (self.starts.clone(), self.narrow.clone());
        let begins = |parts: &[Vec<Mark>]| -> Vec<i32> { parts.iter().filter_map(|s| Some(s.first()?.rect.x0.0)).collect() };
        let (fine, coarse) = (begins(&lines::stretches(row, NARROW_PERCENT)), begins(&lines::stretches(row, CORRIDOR_PERCENT)));
        narrow.extend(fine.iter().filter(|start| !coarse.contains(start)));
        starts.extend(fine);
        all.extend(lines::segments(row).iter().flat_map(|s| s.iter().map(|m| (m.rect.x0.0, m.rect.x1.0))));
        all.sort_unstable();
        let mut merged: Vec<(i32, i32)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match merged.last_mut().filter(|last| from <= last.1) {
                Some(last) => last.1 = last.1.max(to),
                None => merged.push((from, to)),
            }
        }
        Self { spans: merged, starts, narrow }
    }

    /// White stretches between covered ones.
    fn corridors(&self, em: i32) -> Vec<(i32, i32)> {
        let gaps = self.spans.windows(2).map(|w| (w[0].1, w[1].0));
        gaps.filter(|&(from, to)| exceeds(to - from, CORRIDOR_PERCENT, em) || self.is_edge(from, to, em)).collect()
    }

    /// Whether a narrow stretch is the white between two columns: lines begin at its right edge.
    fn is_edge(&self, from: i32, to: i32, em: i32) -> bool {
        if !exceeds(to - from, NARROW_PERCENT, em) {
            return false;
        }
        let at = |list: &[i32], place: i32| list.iter().filter(|start| (**start - place).abs() <= SAME_START).count();
        let at_edge = at(&self.starts, to);
        // Where letters are set apart anywhere, such a white is no sign of columns.
        let elsewhere = self.narrow.len() - at(&self.narrow, to);
        at_edge >= ENOUGH_STARTS && at_edge * 2 >= at(&self.starts, self.spans[0].0) && elsewhere <= at_edge
    }
}

/// The column edges: told by all rows, or, where a long heading reaches over its column, by those below it.
fn xs(rows: &[Vec<Mark>], heading: usize, covered: &Covered, em: i32) -> Option<Vec<Pt>> {
    let marks = rows[..heading].concat();
    let all = edges(covered, covered, &marks, em);
    let body = rows[heading..].iter().fold(Covered::default(), |body, row| body.with(row));
    let by_body = if rows.len() >= heading + ENOUGH_ROWS { edges(&body, covered, &marks, em) } else { None };
    // Of equals the last is taken: what all rows tell.
    [by_body, all].into_iter().flatten().max_by_key(Vec::len)
}

/// Column edges: the outer ends of a table and the middles of the corridors, so that every column has a heading.
fn edges(body: &Covered, table: &Covered, heading: &[Mark], em: i32) -> Option<Vec<Pt>> {
    let (first, last) = (table.spans.first()?, table.spans.last()?);
    let has_heading = |from: i32, to: i32| heading.iter().any(|m| (from..to).contains(&m.rect.center().0.0));
    let mut kept: Vec<(i32, i32)> = Vec::new();
    for corridor in body.corridors(em) {
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
