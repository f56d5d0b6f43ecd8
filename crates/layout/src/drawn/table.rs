//! A grid and the glyphs in it as a table: each glyph to the cell that holds its middle, each cell's glyphs
//! to lines.

use super::cell;
use super::grid::Grid;
use super::lines::{self, Mark};
use seisho_model::Page;
use seisho_model::geometry::exceeds;
use seisho_model::ink::Ink;
use seisho_model::layout::{Cell, Edges, Table, TableForm};

/// Fills a grid.
pub(super) fn table(page: &Page, ink: &Ink, number: u32, grid: &Grid, marks: &[Mark], form: TableForm) -> Table {
    let mut inside: Vec<Vec<Mark>> = vec![Vec::new(); grid.cells.len()];
    for (mark, index) in homes(grid, marks, form) {
        inside[index].push(mark);
    }
    let cells = grid.cells.iter().zip(&inside).map(|((row, col), marks)| {
        let lines = cell::lines_of(page, ink, number, marks);
        Cell { row: row.clone(), col: col.clone(), header: false, room: None, lines }
    });
    let (rows, cols) = (grid.ys.len() as u32 - 1, grid.xs.len() as u32 - 1);
    let edges = Some(Edges { page: number, xs: grid.xs.clone(), ys: grid.ys.clone() });
    let mut table = Table { form, rows, cols, cells: cells.collect(), edges };
    table.cells.sort_by_key(|c| (c.row.start, c.col.start));
    table
}

/// Letters of one run touch each other to this share of an em, in percent.
const TOUCH_PERCENT: i32 = 3;
/// A letter lies across a rule where so much of it, in percent of an em, is on either side.
const ACROSS_PERCENT: i32 = 8;

/// Each glyph with its cell: the one that holds its middle; of a run that is drawn on over the edge of its cell, the one
/// in which the run begins.
fn homes(grid: &Grid, marks: &[Mark], form: TableForm) -> Vec<(Mark, usize)> {
    let mut sorted = marks.to_vec();
    sorted.sort_unstable_by_key(|m| m.range);
    let mut homes: Vec<(Mark, usize)> = Vec::with_capacity(sorted.len());
    // Whether the run so far has left its cell.
    let mut is_over = false;
    for mark in sorted {
        let Some(own) = grid.cell_at(mark.rect.center()) else { continue };
        let before = homes.last().copied();
        let is_kept = |last: &Mark, cell: usize| match form {
            // Between columns that no rule parts lies more white than between the letters of a word.
            TableForm::Aligned => is_of_word(last, &mark),
            _ => goes_on(last, &mark) && (is_over || lies_across(grid, cell, last, &mark)),
        };
        let home = before.filter(|(last, cell)| *cell != own && is_kept(last, *cell));
        is_over = home.is_some();
        homes.push((mark, home.map_or(own, |(_, cell)| cell)));
    }
    homes
}

/// Whether a glyph is of the same word as the one before it.
fn is_of_word(last: &Mark, mark: &Mark) -> bool {
    let gap = mark.rect.x0.0 - last.rect.x1.0;
    let is_behind = mark.rect.x0.0 >= last.rect.center().0.0;
    !mark.vertical && is_behind && lines::is_level(last, mark) && !exceeds(gap, lines::WORD_PERCENT, mark.size)
}

/// Whether a glyph follows another one without any white, in the file and on the page.
fn goes_on(last: &Mark, mark: &Mark) -> bool {
    let gap = (mark.rect.x0.0 - last.rect.x1.0).abs();
    !mark.vertical && last.range.end == mark.range.start && lines::is_level(last, mark) && !exceeds(gap, TOUCH_PERCENT, mark.size)
}

/// Whether the right edge of a cell runs through one of two neighbours.
fn lies_across(grid: &Grid, cell: usize, last: &Mark, mark: &Mark) -> bool {
    let edge = grid.xs[grid.cells[cell].1.end as usize].0;
    [last, mark].into_iter().any(|m| {
        let inside = (edge - m.rect.x0.0).min(m.rect.x1.0 - edge);
        inside > 0 && exceeds(inside, ACROSS_PERCENT, m.size)
    })
}
