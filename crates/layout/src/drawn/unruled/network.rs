//! Tables of figures without rules, or with few: columns are the stretches that the texts of many lines share, with white
//! between them that hardly a line crosses; every line with figures is a row.

use crate::drawn::grid::Grid;
use crate::drawn::lines::{self, Mark};
use seisho_model::Page;
use seisho_model::geometry::{Pt, Rect, exceeds};
use std::cmp::Reverse;
use std::ops::Range;

/// White between two texts of a line, in percent of an em; between two figures less is enough.
const GAP_PERCENT: i32 = 80;
const FIGURE_GAP_PERCENT: i32 = 38;
/// And between a text and the figure behind it.
const MIXED_GAP_PERCENT: i32 = 45;
/// White between two columns, in percent of an em.
const CORRIDOR_PERCENT: i32 = 30;
/// Lines of a table are no farther apart, in percent of an em.
const FAR_PERCENT: i32 = 220;
/// Fewer lines are no table.
const ENOUGH_ROWS: usize = 3;
/// Of the texts of a column of figures, so many, in percent, are figures.
const FIGURES_PERCENT: usize = 60;
/// Of the lines of a table, so many, in percent, have texts in two columns or more.
const FILLED_PERCENT: usize = 60;
/// Lines that reach over columns: one, and one more for so many lines.
const ROWS_A_SPAN: usize = 12;
/// A table is looked for from so many lines on: the first ones may be of its heading.
const STARTS: usize = 5;
/// Its heading has no more lines above its first row.
const HEADING_ROWS: usize = 4;
/// No table has more lines on a page.
const MOST_ROWS: usize = 200;

/// A text of a line.
#[derive(Clone, Copy, Debug)]
struct Part {
    from: i32,
    to: i32,
    is_figure: bool,
}

/// Columns that lines share.
struct Found {
    rows: Range<usize>,
    columns: Vec<(i32, i32)>,
    /// Lines that reach over several of them.
    spans: Vec<usize>,
}

/// The table that begins at a line or a few below it, with the heading above; none where the lines share no columns.
pub(super) fn table_from(page: &Page, rows: &[Vec<Mark>], first: usize, taken: usize) -> Option<(Range<usize>, Grid)> {
    if parts(page, rows.get(first)?).len() < 2 {
        return None;
    }
    let last = rows.len().min(first + MOST_ROWS);
    let parts: Vec<Vec<Part>> = rows[first..last].iter().map(|row| parts(page, row)).collect();
    let starts = (0..STARTS.min(parts.len())).filter_map(|start| shared(&rows[first..last], &parts, start));
    // Of equals the first: it has the heading.
    let found = starts.max_by_key(|found| ((found.columns.len() - 1) * found.rows.len(), Reverse(found.rows.start)))?;
    is_table(&found, &parts).then(|| with_heading(page, rows, first, taken, &found, &parts))
}

/// The texts of a line.
fn parts(page: &Page, row: &[Mark]) -> Vec<Part> {
    let text = |mark: &Mark| page.slice(mark.range);
    let is_figure = |mark: &Mark| text(mark).chars().all(is_of_figure);
    let mut parts: Vec<Part> = Vec::new();
    let mut last: Option<&Mark> = None;
    for mark in row {
        let own = Part { from: mark.rect.x0.0, to: mark.rect.x1.0, is_figure: is_figure(mark) };
        let joins = last.is_some_and(|last| {
            let gap = mark.rect.x0.0 - last.rect.x1.0;
            let limit = match (is_figure(last), is_figure(mark)) {
                (true, true) => FIGURE_GAP_PERCENT,
                (false, true) => MIXED_GAP_PERCENT,
                (_, false) => GAP_PERCENT,
            };
            !exceeds(gap, limit, last.size.max(mark.size))
        });
        match parts.last_mut().filter(|_| joins) {
            Some(part) => (part.to, part.is_figure) = (part.to.max(own.to), part.is_figure && own.is_figure),
            None => parts.push(own),
        }
        last = Some(mark);
    }
    parts
}

/// A character of a figure or of what stands for one.
fn is_of_figure(c: char) -> bool {
    lines::is_of_figure(c) || matches!(c, '―' | '–' | '−' | '+' | '±' | '(' | ')' | '（' | '）' | '*' | '…')
}

/// The columns that the lines from one on share.
fn shared(rows: &[Vec<Mark>], parts: &[Vec<Part>], start: usize) -> Option<Found> {
    let em = rows[start][0].size;
    let white = em / 100 * CORRIDOR_PERCENT;
    let mut columns = merged(&[], &parts[start], white);
    if columns.len() < 2 {
        return None;
    }
    let (mut end, mut spans, mut waiting) = (start + 1, Vec::new(), Vec::new());
    for at in start + 1..parts.len() {
        let gap = lines::bounds(&rows[at]).y0.0 - lines::bounds(&rows[at - 1]).y1.0;
        if exceeds(gap, FAR_PERCENT, em) {
            break;
        }
        let with = merged(&columns, &parts[at], white);
        // A line that fits leaves every column apart from the next.
        let fits = with.len() >= columns.len() && columns.windows(2).all(|w| apart(&with, w[0], w[1]));
        if fits {
            columns = with;
            spans.append(&mut waiting);
            end = at + 1;
        } else {
            waiting.push(at);
            if spans.len() + waiting.len() > 1 + (end - start) / ROWS_A_SPAN {
                break;
            }
        }
    }
    Some(Found { rows: start..end, columns, spans })
}

/// Whether two columns lie in two stretches.
fn apart(stretches: &[(i32, i32)], a: (i32, i32), b: (i32, i32)) -> bool {
    let of = |column: (i32, i32)| stretches.iter().position(|s| s.0 <= column.0 && column.1 <= s.1);
    of(a) != of(b)
}

/// Stretches that texts cover, those with too little white between them as one.
fn merged(columns: &[(i32, i32)], parts: &[Part], white: i32) -> Vec<(i32, i32)> {
    let mut all: Vec<(i32, i32)> = columns.iter().copied().chain(parts.iter().map(|p| (p.from, p.to))).collect();
    all.sort_unstable();
    let mut out: Vec<(i32, i32)> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match out.last_mut().filter(|last| from - last.1 < white) {
            Some(last) => last.1 = last.1.max(to),
            None => out.push((from, to)),
        }
    }
    out
}

/// The column that a text lies in.
fn column_of(part: &Part, columns: &[(i32, i32)]) -> Option<usize> {
    columns.iter().position(|c| c.0 <= part.from && part.to <= c.1)
}

/// Whether lines that share columns are a table: enough of them, most with several texts, with a column of figures.
fn is_table(found: &Found, parts: &[Vec<Part>]) -> bool {
    let body = || found.rows.clone().filter(|row| !found.spans.contains(row)).map(|row| &parts[row]);
    let count = body().count();
    let filled = body().filter(|parts| parts.len() > 1).count();
    let in_column = |col: usize| body().flatten().filter(move |p| column_of(p, &found.columns) == Some(col));
    let is_of_figures = |col: usize| {
        let (all, figures) = in_column(col).fold((0, 0), |(all, figures), p| (all + 1, figures + usize::from(p.is_figure)));
        figures >= ENOUGH_ROWS && figures * 100 >= all * FIGURES_PERCENT
    };
    let has_all = (0..found.columns.len()).all(|col| in_column(col).count() > 1);
    // The first of two columns that is of figures is of labels: 1, (2).
    let figures: Vec<usize> = (0..found.columns.len()).filter(|&col| is_of_figures(col)).collect();
    count >= ENOUGH_ROWS && filled * 100 >= count * FILLED_PERCENT && has_all && figures.iter().any(|&col| col > 0)
}

/// The table with the lines of its heading above.
fn with_heading(page: &Page, rows: &[Vec<Mark>], first: usize, taken: usize, found: &Found, all: &[Vec<Part>]) -> (Range<usize>, Grid) {
    let body = first + found.rows.start..first + found.rows.end;
    let em = rows[body.start][0].size;
    let (left, right) = (found.columns[0].0, found.columns[found.columns.len() - 1].1);
    let middles = found.columns.windows(2).map(|w| i32::midpoint(w[0].1, w[1].0));
    let xs: Vec<i32> = [left - em / 2].into_iter().chain(middles).chain([right + em / 2]).collect();
    let mut start = body.start;
    while start > taken && body.start - start < HEADING_ROWS && is_heading(page, &rows[start - 1], &rows[start], (left, right), &xs) {
        start -= 1;
    }
    let parts_of = |row: usize| if row >= first { all[row - first].clone() } else { parts(page, &rows[row]) };
    let ys = row_edges(rows, start..body.end, parts_of, &found.columns);
    let mut grid = Grid::columns(xs.iter().map(|&x| Pt(x)).collect(), ys, |_, _| true);
    for (at, row) in rows.iter().enumerate().take(body.end).skip(start) {
        for part in parts_of(at) {
            span(&mut grid, row, &part);
        }
    }
    (start..body.end, grid)
}

/// Whether a line right above a table is of its heading: several texts, or one that stands over some of its columns.
fn is_heading(page: &Page, row: &[Mark], below: &[Mark], bounds: (i32, i32), xs: &[i32]) -> bool {
    let gap = lines::bounds(below).y0.0 - lines::bounds(row).y1.0;
    let parts = parts(page, row);
    let is_inside = parts.iter().all(|p| p.from >= bounds.0 - row[0].size && p.to <= bounds.1 + row[0].size);
    let is_title = parts.len() == 1 && parts[0].from < xs[1];
    !exceeds(gap, FAR_PERCENT / 2, row[0].size) && is_inside && !is_title
}

/// The edges of rows: every line with a figure, or with texts in several columns, begins one; a lone text is of the row above.
fn row_edges(rows: &[Vec<Mark>], range: Range<usize>, parts: impl Fn(usize) -> Vec<Part>, columns: &[(i32, i32)]) -> Vec<Pt> {
    let box_of = |row: usize| lines::bounds(&rows[row]);
    let bounds = range.clone().map(box_of).reduce(Rect::union).unwrap_or_default();
    let em = rows[range.start][0].size;
    let begins = |row: &usize| {
        let parts = parts(*row);
        let is_lone = parts.len() == 1 && column_of(&parts[0], columns) == Some(0) && !parts[0].is_figure;
        let near = box_of(*row).y0.0 - box_of(row - 1).y1.0;
        // A lone text far below the line above it begins a group of rows.
        !is_lone || exceeds(near, 50, em)
    };
    let middle = |row: usize| Pt(i32::midpoint(box_of(row - 1).y1.0, box_of(row).y0.0));
    let inner = range.clone().skip(1).filter(begins).map(middle);
    let mut ys: Vec<Pt> = [bounds.y0 - Pt(em / 4)].into_iter().chain(inner).chain([bounds.y1 + Pt(em / 4)]).collect();
    ys.sort_unstable();
    ys.dedup();
    ys
}

/// Makes one cell of those that a text reaches over.
fn span(grid: &mut Grid, row: &[Mark], part: &Part) {
    let at = |x: i32| grid.xs.partition_point(|&edge| edge.0 <= x).max(1) as u32 - 1;
    let (from, to) = (at(part.from), at(part.to - 1));
    let y = lines::bounds(row).center().1;
    let Some(index) = (grid.ys.partition_point(|&edge| edge <= y) as u32).checked_sub(1).filter(|_| to > from) else { return };
    let is_over = |rows: &Range<u32>, cols: &Range<u32>| rows.contains(&index) && cols.start <= to && from < cols.end;
    grid.cells.retain(|(rows, cols)| !is_over(rows, cols));
    grid.cells.push((index..index + 1, from..to + 1));
}
