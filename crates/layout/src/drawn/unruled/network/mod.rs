//! Tables without rules, or with few: lines that leave the same stretches of the page white are rows of one table.
//!
//! `lines → parts → groups (one score, merged while it rises) → is_table → headings → rows`

mod groups;
mod headings;
mod parts;
mod rows;

use crate::drawn::grid::Grid;
use crate::drawn::lines::Mark;
use groups::Group;
use parts::Line;
use seisho_model::Page;
use seisho_model::geometry::Pt;
use seisho_model::ink::Ruling;
use std::ops::Range;

/// Fewer lines with several texts are no table.
const ENOUGH_ROWS: usize = 3;
/// Nor are fewer where no column is of figures.
const ENOUGH_TEXTS: usize = 4;
/// Of the texts of a column of figures, so many, in percent, are figures.
const FIGURES_PERCENT: usize = 60;
/// Of the lines of a table of texts, so many, in percent, fill most of its columns.
const FILLED_PERCENT: usize = 60;
/// Fewer lines between two rules are those of one row.
const ENOUGH_BETWEEN: usize = 4;
/// Of lines that are rows so many, in percent, have a text in the first column, and fill most columns.
const BEGUN_PERCENT: usize = 75;
/// Of the lines of running text so many, in percent, reach its edge but for a tenth of its width.
const PROSE_PERCENT: usize = 70;
/// And it is no narrower, in ems.
const NARROWEST: i32 = 8;

/// A table among the rows of a page.
#[derive(Clone, Debug)]
pub(in crate::drawn) struct Found {
    /// The rows that it takes.
    pub(in crate::drawn) range: Range<usize>,
    pub(in crate::drawn) grid: Grid,
    /// Whether a column of it is of figures.
    pub(in crate::drawn) has_figures: bool,
}

/// The tables among some rows of a page, from top to bottom.
pub(in crate::drawn) fn tables(page: &Page, rows: &[Vec<Mark>], rulings: &[Ruling], inner: Range<usize>) -> Vec<Found> {
    let lines: Vec<Line> = rows.iter().map(|row| Line::new(page, row)).collect();
    let mut taken = inner.start;
    let mut found = Vec::new();
    for group in groups::groups(&lines, inner.clone()) {
        let Some(has_figures) = kind(&group, &lines) else { continue };
        let range = headings::start(&lines, &group, taken)..rows::end(&lines, &group, inner.end);
        let grid = rows::grid(&lines, range.clone(), &group, rulings);
        taken = range.end;
        found.push(Found { range, grid, has_figures });
    }
    found
}

/// The edges of rows between two rules of a table whose columns rules part: where each line has a text in the first column, most
/// fill most columns, and one of these is of figures, the lines are rows that no rules part.
pub(in crate::drawn) fn rows_between(page: &Page, rows: &[Vec<Mark>], xs: &[Pt]) -> Vec<Pt> {
    let lines: Vec<Line> = rows.iter().map(|row| Line::new(page, row)).collect();
    let group = Group::ruled(&lines, xs);
    let is_in_first = |line: &Line| line.parts.first().and_then(|p| group.column_of(p)) == Some(0);
    let begun = lines.iter().filter(|l| is_in_first(l)).count();
    if lines.len() < ENOUGH_BETWEEN || begun * 100 < lines.len() * BEGUN_PERCENT || kind(&group, &lines) != Some(true) {
        return Vec::new();
    }
    let filled = lines.iter().filter(|l| l.parts.len() * 3 >= group.columns.len() * 2).count();
    if filled * 100 < lines.len() * BEGUN_PERCENT {
        return Vec::new();
    }
    let ys = rows::grid(&lines, 0..lines.len(), &group, &[]).ys;
    ys[1..ys.len() - 1].to_vec()
}

/// Whether lines that share columns are a table, and whether one of figures: enough of them, with a column of figures, or with
/// several columns of texts that are no columns of running text.
fn kind(group: &Group, lines: &[Line]) -> Option<bool> {
    let body: Vec<&Line> = group.body(lines).collect();
    let columns = group.columns.len();
    let of = |col: usize| body.iter().flat_map(move |l| &l.parts).filter(move |p| group.column_of(p) == Some(col));
    let is_of_figures = |col: usize| {
        let (all, figures) = of(col).fold((0, 0), |(all, figures), p| (all + 1, figures + usize::from(p.is_figure)));
        figures >= ENOUGH_ROWS && figures * 100 >= all * FIGURES_PERCENT
    };
    if columns < 2 || body.len() < ENOUGH_ROWS || body.iter().filter(|l| l.has_leader).count() * 2 > body.len() {
        return None;
    }
    // The first of two columns that is of figures is of labels: 1, (2).
    if (1..columns).any(is_of_figures) {
        return Some(true);
    }
    let fills =
        |line: &&&Line| (0..columns).filter(|&col| line.parts.iter().any(|p| group.column_of(p) == Some(col))).count() * 3 >= columns * 2;
    let is_prose = |col: usize| {
        let (from, to) = group.columns[col];
        let full = of(col).filter(|p| (to - p.to) * 10 <= to - from).count();
        to - from >= NARROWEST * body[0].em && full * 100 >= of(col).count() * PROSE_PERCENT
    };
    let is_of_labels = |&col: &usize| of(col).filter(|p| p.is_label).count() * 2 > of(col).count();
    let labels = (0..columns).filter(is_of_labels).count();
    let is_of_texts = columns > 2
        && columns > labels + 1
        && body.len() >= ENOUGH_TEXTS
        && body.iter().filter(fills).count() * 100 >= body.len() * FILLED_PERCENT
        && !(0..columns).all(is_prose);
    is_of_texts.then_some(false)
}
