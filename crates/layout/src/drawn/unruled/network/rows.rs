//! The rows of a table whose columns are known: rules part them, else white, else each line is one, but for those that go on
//! in a text of the line above or below.

use super::groups::Group;
use super::headings;
use super::parts::{Line, Part};
use crate::drawn::grid::Grid;
use seisho_model::geometry::{Pt, exceeds};
use seisho_model::ink::{Axis, Ruling};
use std::ops::Range;

/// Rules that cross this share of a table, in percent, part its rows.
const CROSSING_PERCENT: i32 = 50;
/// Lines of one cell are closer than those of two rows by this share of their distance, in percent.
const CLOSER_PERCENT: i32 = 110;
/// And by more than programs move lines to whole dots of a screen, in thousandths of a point.
const SNAPPED: i32 = 1_000;
/// Of the lines that are closer so many, in percent, fill fewer columns than those that begin rows.
const FEWER_PERCENT: usize = 60;
/// A line of a heading that is a row of its own is so far above the next, in percent of the distance of other rows.
const ROW_PERCENT: i64 = 95;
/// Lines that share so much of their heights, in percent of an em, stand beside each other.
const BESIDE_PERCENT: i32 = 25;
/// A text in the middle, and two lines of another one.
const MOST_BESIDE: usize = 3;
/// A blank between two words, in percent of an em.
const BLANK_PERCENT: i32 = 25;

/// A table whose rows are looked for.
struct Body<'a> {
    lines: &'a [Line],
    group: &'a Group,
    /// Column edges.
    xs: Vec<i32>,
    figures: Vec<bool>,
    /// How far apart lines with figures are.
    step: Option<i32>,
}

/// One past the last line of a table: its last text may go on below.
pub(super) fn end(lines: &[Line], group: &Group, limit: usize) -> usize {
    let mut end = group.rows.end;
    while end < limit && !lines[end].is_parted() {
        let (above, line) = (&lines[end - 1], &lines[end]);
        let Some(col) = line.parts.first().and_then(|p| group.column_of(p)) else { break };
        let is_full = above.parts.iter().any(|p| group.column_of(p) == Some(col) && is_full(p, group.columns[col].1, line.lead, line.em));
        let is_near = above.gap(line) <= line.em / 2;
        if !is_full || !is_near || line.parts[0].is_figure {
            break;
        }
        end += 1;
    }
    end
}

/// The grid of a table.
pub(super) fn grid(lines: &[Line], range: Range<usize>, group: &Group, rulings: &[Ruling]) -> Grid {
    let em = lines[group.rows.start].em;
    let lines = &lines[range];
    let columns = &group.columns;
    let (left, right) = (columns[0].0, columns[columns.len() - 1].1);
    let ends = lines.iter().flat_map(|l| &l.parts).fold((left, right), |e, p| (e.0.min(p.from), e.1.max(p.to)));
    let middles = reach(lines, columns).windows(2).map(|w| i32::midpoint(w[0].1, w[1].0)).collect::<Vec<i32>>();
    let xs: Vec<i32> = [ends.0 - em / 2].into_iter().chain(middles).chain([ends.1 + em / 2]).collect();
    let figures = (0..columns.len()).map(|col| is_of_figures(lines, &xs, col)).collect();
    let body = Body { step: step(lines), lines, group, xs, figures };
    body.grid(rulings, em)
}

/// How far apart lines with figures stand that follow each other.
fn step(lines: &[Line]) -> Option<i32> {
    let has_figure = |l: &Line| l.parts[1..].iter().any(|p| p.is_figure);
    let pairs = lines.windows(2).filter(|w| has_figure(&w[0]) && has_figure(&w[1]));
    let mut steps: Vec<i32> = pairs.map(|w| w[1].rect.y1.0 - w[0].rect.y1.0).collect();
    steps.sort_unstable();
    steps.get(steps.len() / 2).copied()
}

/// From where to where the texts of each column reach, with the names over it that stand over no other one.
fn reach(lines: &[Line], columns: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut reach = columns.to_vec();
    let overlap = |p: &Part, c: (i32, i32)| p.to.min(c.1) - p.from.max(c.0);
    for part in lines.iter().flat_map(|l| &l.parts) {
        let touched: Vec<usize> = (0..columns.len()).filter(|&col| overlap(part, columns[col]) > 0).collect();
        if let [col] = touched[..] {
            reach[col] = (reach[col].0.min(part.from), reach[col].1.max(part.to));
        }
    }
    // Where two reach into each other, what was told before holds.
    let parted = |at: usize| reach[at].1 < reach[at + 1].0;
    let last = columns.len() - 1;
    let from = |col: usize| if col == 0 || parted(col - 1) { reach[col].0 } else { columns[col].0 };
    let to = |col: usize| if col == last || parted(col) { reach[col].1 } else { columns[col].1 };
    (0..columns.len()).map(|col| (from(col), to(col))).collect()
}

/// Whether a text leaves no room for the word that follows.
fn is_full(part: &Part, edge: i32, next: i32, em: i32) -> bool {
    part.to + em / 100 * BLANK_PERCENT + next > edge
}

fn column(part: &Part, xs: &[i32]) -> usize {
    let middle = i32::midpoint(part.from, part.to);
    xs.partition_point(|&x| x <= middle).clamp(1, xs.len() - 1) - 1
}

fn is_of_figures(lines: &[Line], xs: &[i32], col: usize) -> bool {
    let texts = lines.iter().flat_map(|l| &l.parts).filter(|p| column(p, xs) == col);
    let (all, figures) = texts.fold((0, 0), |(all, figures), p| (all + 1, figures + usize::from(p.is_figure)));
    figures * 2 > all
}

impl Body<'_> {
    fn grid(&self, rulings: &[Ruling], em: i32) -> Grid {
        let ruled = self.ruled(rulings);
        let heading = self.heading(&ruled);
        let begins = self.begins(heading, &ruled);
        let edge = |at: usize| Pt(i32::midpoint(self.lines[at - 1].rect.y1.0, self.lines[at].rect.y0.0));
        let (top, bottom) = (self.lines[0].rect.y0.0, self.lines.iter().map(|l| l.rect.y1.0).max().unwrap_or(0));
        let inner = (1..self.lines.len()).filter(|&at| begins[at]).map(edge);
        let mut ys: Vec<Pt> = [Pt(top - em / 4)].into_iter().chain(inner).chain([Pt(bottom + em / 4)]).collect();
        ys.sort_unstable();
        ys.dedup();
        let mut grid = Grid::columns(self.xs.iter().map(|&x| Pt(x)).collect(), ys, |_, _| true);
        self.span(&mut grid, heading);
        grid
    }

    /// Before which lines a rule crosses the table.
    fn ruled(&self, rulings: &[Ruling]) -> Vec<bool> {
        let (left, right) = (self.xs[0], self.xs[self.xs.len() - 1]);
        let over = |from: i32, to: i32| -> i32 {
            let between = rulings.iter().filter(|r| r.axis == Axis::Horizontal && (from..=to).contains(&r.at.0));
            between.map(|r| (r.to.0.min(right) - r.from.0.max(left)).max(0)).sum()
        };
        let is_ruled = |at: usize| {
            let (above, below) = (self.lines[at - 1].rect, self.lines[at].rect);
            let third = |r: seisho_model::geometry::Rect| r.height().0 / 3;
            exceeds(over(above.y1.0 - third(above), below.y0.0 + third(below)), CROSSING_PERCENT, right - left)
        };
        (0..self.lines.len()).map(|at| at > 0 && is_ruled(at)).collect()
    }

    /// How many lines are of the heading: those above the first figure of a column of figures, or the first one.
    fn heading(&self, ruled: &[bool]) -> usize {
        let has_figure = |l: &Line| l.parts.iter().any(|p| p.is_figure && self.figures[column(p, &self.xs)] && column(p, &self.xs) > 0);
        let first = if self.figures.iter().any(|f| *f) { self.lines.iter().position(has_figure) } else { Some(1) };
        let mut first = first.unwrap_or(1);
        // Of lines with a lone text right above the first figures, the last ones name it or its group.
        while first > 1 && !self.lines[first - 1].is_parted() && self.is_first(&self.lines[first - 1]) && !ruled[first] {
            first -= 1;
        }
        first
    }

    /// Whether a line has a text in the first column alone.
    fn is_first(&self, line: &Line) -> bool {
        line.parts.len() == 1 && column(&line.parts[0], &self.xs) == 0 && line.parts[0].to < self.xs[1]
    }

    /// Which lines begin a row.
    fn begins(&self, heading: usize, ruled: &[bool]) -> Vec<bool> {
        let mut begins = vec![true; self.lines.len()];
        for at in 1..heading.min(self.lines.len()) {
            begins[at] = ruled[at] || self.is_group(at - 1) && self.lines[at - 1].is_parted();
        }
        let body = heading.max(1)..self.lines.len();
        let is_all_ruled = body.clone().filter(|&at| ruled[at]).count() > 2.max(body.len() / 6);
        if is_all_ruled {
            let mut start = body.start;
            for at in body.clone().chain([self.lines.len()]) {
                if at == self.lines.len() || (ruled[at] && at > start) {
                    let own = start..at;
                    let each = own.len() > 1 && own.clone().all(|line| self.has_figures(line));
                    own.skip(1).for_each(|line| begins[line] = each);
                    start = at;
                }
            }
        } else if let Some(by_white) = self.by_white(body.clone()) {
            for (at, parts) in body.clone().skip(1).zip(by_white) {
                begins[at] = parts || ruled[at] || self.shares_figures(at);
            }
        } else {
            for at in body.clone().skip(1) {
                begins[at] = !(self.goes_on(at) || begins[at - 1] && self.is_gone_on(at)) || ruled[at];
            }
        }
        // What stands beside each other is of one row, be it at other heights.
        for chain in self.beside() {
            chain.skip(1).for_each(|at| begins[at] = false);
        }
        begins
    }

    /// Lines that share a part of their heights, one with the next. Long chains are two tables beside each other.
    fn beside(&self) -> Vec<Range<usize>> {
        let shares = |at: usize| exceeds(-self.lines[at - 1].gap(&self.lines[at]), BESIDE_PERCENT, self.lines[at].em);
        let mut chains = Vec::new();
        let mut start = 0;
        for at in 1..=self.lines.len() {
            if at == self.lines.len() || !shares(at) {
                chains.push(start..at);
                start = at;
            }
        }
        chains.into_iter().filter(|chain| (2..=MOST_BESIDE).contains(&chain.len())).collect()
    }

    fn has_figures(&self, at: usize) -> bool {
        self.lines[at].parts.iter().any(|p| p.is_figure && self.figures[column(p, &self.xs)])
    }

    /// The next line with several texts.
    fn below(&self, at: usize) -> Option<&Line> {
        self.lines[at + 1..].iter().find(|l| l.is_parted())
    }

    /// Whether a line of the heading names groups: a text of it stands over several that are no nearer than rows are.
    fn is_group(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let Some(below) = self.below(at) else { return false };
        let is_row = self.step.is_none_or(|step| i64::from(below.rect.y1.0 - line.rect.y1.0) * 100 >= i64::from(step) * ROW_PERCENT);
        let is_over = |index: usize| headings::under(line, index, &below.parts).len() > 1;
        is_row && line.parts.len() < below.parts.len() && (0..line.parts.len()).any(is_over)
    }

    /// Where lines of a cell are closer than rows: which lines, from the second on, begin rows.
    fn by_white(&self, body: Range<usize>) -> Option<Vec<bool>> {
        let steps: Vec<i32> = body.clone().skip(1).map(|at| self.lines[at].rect.y1.0 - self.lines[at - 1].rect.y1.0).collect();
        let least = *steps.iter().min()?;
        let is_far: Vec<bool> = steps.iter().map(|&s| s - least > SNAPPED && exceeds(s, CLOSER_PERCENT, least)).collect();
        let near = || body.clone().skip(1).zip(&is_far).filter(|(_, far)| !**far).map(|(at, _)| at);
        let count = near().count();
        if count == 0 || count == is_far.len() {
            return None;
        }
        let most = self.lines[body.clone()].iter().map(|l| l.parts.len()).max()?;
        let is_fewer = |&at: &usize| {
            self.is_interlaced(at) || !self.has_figures(at) && (self.lines[at].parts.len() < most.max(2) || self.are_full_above(at))
        };
        (near().filter(is_fewer).count() * 100 >= count * FEWER_PERCENT).then_some(is_far)
    }

    /// Whether a line has texts only where the one above it has none: lines of cells that are set in the middle of their row.
    fn is_interlaced(&self, at: usize) -> bool {
        let columns = |l: &Line| l.parts.iter().map(|p| column(p, &self.xs)).collect::<Vec<usize>>();
        let above = columns(&self.lines[at - 1]);
        columns(&self.lines[at]).iter().all(|col| !above.contains(col))
    }

    /// Whether a line and the one above it have figures in the same column.
    fn shares_figures(&self, at: usize) -> bool {
        let figures = |l: &Line| {
            l.parts.iter().filter(|p| p.is_figure).map(|p| column(p, &self.xs)).filter(|&col| self.figures[col]).collect::<Vec<usize>>()
        };
        let above = figures(&self.lines[at - 1]);
        figures(&self.lines[at]).iter().any(|col| above.contains(col))
    }

    /// Whether a text of a line ends in a column where there was no room for the next word.
    fn is_full(&self, line: &Line, col: usize, next: i32) -> bool {
        let edge = self.group.columns[col].1;
        line.parts.iter().any(|p| column(p, &self.xs) == col && !p.is_figure && is_full(p, edge, next, line.em))
    }

    /// Whether the texts above all those of a line are full.
    fn are_full_above(&self, at: usize) -> bool {
        let (above, line) = (&self.lines[at - 1], &self.lines[at]);
        // Of the first text of a line the first word is known.
        let next = |index: usize| if index == 0 { line.lead } else { line.em };
        line.parts.iter().enumerate().all(|(index, p)| self.is_full(above, column(p, &self.xs), next(index)))
    }

    /// Whether the texts of a line, fewer than the columns, all go on what is full above.
    fn goes_on(&self, at: usize) -> bool {
        let (above, line) = (&self.lines[at - 1], &self.lines[at]);
        let is_part = !self.has_figures(at) && line.parts.len() < self.group.columns.len();
        is_part && above.gap(line) <= line.em && self.are_full_above(at)
    }

    /// Whether a lone text above that is full goes on beside the figures of a line.
    fn is_gone_on(&self, at: usize) -> bool {
        let (above, line) = (&self.lines[at - 1], &self.lines[at]);
        let goes_on = line.parts.first().is_some_and(|p| column(p, &self.xs) == 0) && self.has_figures(at);
        goes_on && above.gap(line) <= line.em && self.is_first(above) && self.is_full(above, 0, line.lead)
    }

    /// Makes one cell of those that a text reaches or stands over.
    fn span(&self, grid: &mut Grid, heading: usize) {
        for (at, line) in self.lines.iter().enumerate() {
            let y = line.rect.center().1;
            let Some(row) =
                (grid.ys.partition_point(|&edge| edge <= y) as u32).checked_sub(1).filter(|r| (*r as usize) < grid.ys.len() - 1)
            else {
                continue;
            };
            let is_groups = at + 1 < heading && self.is_group(at);
            for (index, part) in line.parts.iter().enumerate() {
                let reached = self.reached(part);
                let below = self.below(at).filter(|_| is_groups);
                let range = below.and_then(|below| self.over(line, index, &below.parts)).unwrap_or(reached);
                merge(grid, row, range.start as u32..range.end as u32);
            }
        }
    }

    /// The columns that a text reaches over.
    fn reached(&self, part: &Part) -> Range<usize> {
        let columns = &self.group.columns;
        let touched: Vec<usize> = (0..columns.len()).filter(|&col| columns[col].0 < part.to && part.from < columns[col].1).collect();
        match touched[..] {
            [first, .., last] => first..last + 1,
            _ => column(part, &self.xs)..column(part, &self.xs) + 1,
        }
    }

    /// The columns that a text of the heading stands over, by the texts below it.
    fn over(&self, line: &Line, index: usize, below: &[Part]) -> Option<Range<usize>> {
        let under = &below[headings::under(line, index, below)];
        let (first, last) = (column(under.first()?, &self.xs), column(under.last()?, &self.xs));
        (first <= last).then_some(first..last + 1)
    }
}

/// Makes one cell of some columns in a row.
fn merge(grid: &mut Grid, row: u32, cols: Range<u32>) {
    if cols.len() < 2 {
        return;
    }
    let is_over = |r: &Range<u32>, c: &Range<u32>| r.contains(&row) && c.start < cols.end && cols.start < c.end;
    if grid.cells.iter().any(|(r, c)| is_over(r, c) && (c.start < cols.start || c.end > cols.end)) {
        return;
    }
    grid.cells.retain(|(r, c)| !is_over(r, c));
    grid.cells.push((row..row + 1, cols));
}
