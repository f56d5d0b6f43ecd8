//! Pages set in two columns of running text: the left one is read down, then the right one.

use super::lines::{self, Mark};
use seisho_model::geometry::exceeds;
use std::borrow::Cow;
use std::ops::Range;

/// Fewer lines beside each other are a list, or the head of a letter.
const ENOUGH: usize = 5;
/// White between two columns, in percent of an em.
const GUTTER_PERCENT: i32 = 120;
/// Of the lines of a column, so many, in percent, are full: they end near its right edge.
const FULL_PERCENT: usize = 20;
/// A full line ends so near, in percent of an em.
const NEAR_PERCENT: i32 = 250;
/// Columns of text are no narrower, in percent of both.
const NARROWEST_PERCENT: i32 = 35;
/// A line of a column is indented no farther, in percent of an em.
const INDENT_PERCENT: i32 = 450;

/// Rows that are read one behind the other.
pub(super) struct Stretch<'a> {
    pub(super) rows: Cow<'a, [Vec<Mark>]>,
    /// Which of two columns they are.
    pub(super) column: Option<u32>,
}

impl<'a> Stretch<'a> {
    pub(super) fn whole(rows: &'a [Vec<Mark>]) -> Self {
        Self { rows: Cow::Borrowed(rows), column: None }
    }
}

/// The lines left and right of a gutter.
type Sides = [Vec<Vec<Mark>>; 2];

/// Rows in the order in which they are read, in stretches: those above, the left column, the right one, those below.
pub(super) fn stretches(rows: &[Vec<Mark>]) -> Vec<Stretch<'_>> {
    parted(rows, is_text)
}

/// The same of running text alone: where tables may stand in one column.
pub(super) fn of_prose(rows: &[Vec<Mark>]) -> Vec<Stretch<'_>> {
    parted(rows, |sides| is_text(sides) && is_prose(sides))
}

fn parted(rows: &[Vec<Mark>], are_columns: fn(&Sides) -> bool) -> Vec<Stretch<'_>> {
    let whole = |rows| Some(Stretch::whole(rows)).filter(|s| !s.rows.is_empty());
    let Some((range, at)) = find(rows, are_columns) else { return whole(rows).into_iter().collect() };
    let columns = sides(&rows[range.clone()], at).into_iter().zip(0..).map(|(rows, n)| Stretch { rows: Cow::Owned(rows), column: Some(n) });
    whole(&rows[..range.start]).into_iter().chain(columns).chain(whole(&rows[range.end..])).collect()
}

/// The longest stretch of rows that one white gutter parts, and where it is.
fn find(rows: &[Vec<Mark>], are_columns: fn(&Sides) -> bool) -> Option<(Range<usize>, i32)> {
    let mut best: Option<(Range<usize>, i32)> = None;
    for start in 0..rows.len() {
        if best.as_ref().is_some_and(|(range, _)| range.contains(&start)) {
            continue;
        }
        // A row with text on both sides of a gap; from there up and down.
        for gap in gaps(&rows[start]) {
            let (mut range, mut gutter) = (start..start + 1, gap);
            while let Some(next) = rows.get(range.end).and_then(|row| narrowed(row, gutter)) {
                (range.end, gutter) = (range.end + 1, next);
            }
            while let Some(next) = range.start.checked_sub(1).and_then(|above| narrowed(&rows[above], gutter)) {
                (range.start, gutter) = (range.start - 1, next);
            }
            let range = trimmed(rows, range, gutter.1);
            let is_longer = best.as_ref().is_none_or(|(best, _)| best.len() < range.len());
            if is_longer && are_columns(&sides(&rows[range.clone()], gutter.1)) {
                best = Some((range, gutter.1));
            }
        }
    }
    best
}

/// Without the rows above and below that begin at no column's edge: a date, a signature.
fn trimmed(rows: &[Vec<Mark>], mut range: Range<usize>, at: i32) -> Range<usize> {
    let edge = |is_left: bool| rows[range.clone()].iter().flatten().filter(|m| (m.rect.x0.0 < at) == is_left).map(|m| m.rect.x0.0).min();
    let edges = [edge(true), edge(false)];
    let is_of_column = |row: &Vec<Mark>| {
        let first = row[0];
        edges.into_iter().flatten().any(|edge| !exceeds((first.rect.x0.0 - edge).abs(), INDENT_PERCENT, first.size))
    };
    while range.start < range.end && !is_of_column(&rows[range.start]) {
        range.start += 1;
    }
    while range.start < range.end && !is_of_column(&rows[range.end - 1]) {
        range.end -= 1;
    }
    range
}

/// Wide white stretches of a row.
fn gaps(row: &[Mark]) -> Vec<(i32, i32)> {
    let pairs = row.windows(2).map(|w| (w[0].rect.x1.0, w[1].rect.x0.0, w[0].size.max(w[1].size)));
    pairs.filter(|(from, to, em)| exceeds(to - from, GUTTER_PERCENT, *em)).map(|(from, to, _)| (from, to)).collect()
}

/// The widest part that a row leaves of a gutter; none where its text lies across.
fn narrowed(row: &[Mark], gutter: (i32, i32)) -> Option<(i32, i32)> {
    let mut texts: Vec<(i32, i32)> = row.iter().map(|m| (m.rect.x0.0, m.rect.x1.0)).filter(|m| m.1 > gutter.0 && m.0 < gutter.1).collect();
    texts.sort_unstable();
    let (mut from, mut widest) = (gutter.0, (gutter.0, gutter.0));
    for (start, end) in texts.into_iter().chain([(gutter.1, gutter.1)]) {
        if start - from > widest.1 - widest.0 {
            widest = (from, start);
        }
        from = from.max(end);
    }
    let em = row.iter().map(|m| m.size).max().unwrap_or(0);
    exceeds(widest.1 - widest.0, GUTTER_PERCENT, em).then_some(widest)
}

/// Whether both sides are columns of running text: wide, with enough lines, many of them full.
fn is_text(sides: &Sides) -> bool {
    let width = |side: &[Vec<Mark>]| {
        let bounds = lines::bounds(&side.concat());
        bounds.x1.0 - bounds.x0.0
    };
    let whole: i32 = sides.iter().map(|side| width(side)).sum();
    sides.iter().all(|side| {
        let edge = side.iter().flatten().map(|m| m.rect.x1.0).max().unwrap_or(0);
        let is_full = |row: &&Vec<Mark>| row.last().is_some_and(|last| !exceeds(edge - last.rect.x1.0, NEAR_PERCENT, last.size));
        let full = side.iter().filter(is_full).count();
        side.len() >= ENOUGH && full * 100 >= side.len() * FULL_PERCENT && exceeds(width(side), NARROWEST_PERCENT, whole)
    })
}

fn sides(rows: &[Vec<Mark>], at: i32) -> Sides {
    [true, false].map(|is_left| {
        let side = |row: &Vec<Mark>| row.iter().filter(|m| (m.rect.x0.0 < at) == is_left).copied().collect::<Vec<Mark>>();
        rows.iter().map(side).filter(|row| !row.is_empty()).collect()
    })
}

/// Of the lines of a column of running text so many, in percent, run over its width but for so much of it, in percent.
const PROSE_PERCENT: usize = 35;
const SHORT_PERCENT: i32 = 15;

/// Whether the lines on both sides are of running text, many of them: a label and a figure leave white between them.
fn is_prose(sides: &Sides) -> bool {
    sides.iter().all(|side| {
        let width = lines::bounds(&side.concat()).width().0;
        let runs = |row: &&Vec<Mark>| {
            lines::stretches(row, GUTTER_PERCENT).len() == 1 && !exceeds(width - lines::bounds(row).width().0, SHORT_PERCENT, width)
        };
        side.iter().filter(runs).count() * 100 >= side.len() * PROSE_PERCENT
    })
}
