//! A grid and the glyphs in it as a table: each glyph to the cell that holds its middle, each cell's glyphs
//! to lines.

use super::grid::Grid;
use super::lines::{self, Mark};
use seisho_model::geometry::exceeds;
use seisho_model::layout::{Cell, CellLine, Edges, ListLine, Table, TableForm};
use seisho_model::{Page, Run};

/// A line that begins this share of an em, in percent, to the right of the cell's marks hangs under them.
const HANG_PERCENT: i32 = 60;

/// Fills a grid.
pub(super) fn table(page: &Page, number: u32, grid: &Grid, marks: &[Mark], form: TableForm) -> Table {
    let mut inside: Vec<Vec<Mark>> = vec![Vec::new(); grid.cells.len()];
    for mark in marks {
        if let Some(index) = grid.cell_at(mark.rect.center()) {
            inside[index].push(*mark);
        }
    }
    let cells = grid.cells.iter().zip(&inside).map(|((row, col), marks)| {
        let lines = cell_lines(page, number, marks);
        Cell { row: row.clone(), col: col.clone(), header: false, lines }
    });
    let (rows, cols) = (grid.ys.len() as u32 - 1, grid.xs.len() as u32 - 1);
    let edges = Some(Edges { page: number, xs: grid.xs.clone(), ys: grid.ys.clone() });
    let mut table = Table { form, rows, cols, cells: cells.collect(), edges };
    table.cells.sort_by_key(|c| (c.row.start, c.col.start));
    table
}

/// The lines of a cell. Where list marks stand out to the left, the lines under them go on with an item.
fn cell_lines(page: &Page, number: u32, marks: &[Mark]) -> Vec<CellLine> {
    let rows = lines::rows(marks);
    let first = |row: &Vec<Mark>| page.slice(row[0].range).chars().next().unwrap_or(' ');
    let mark = rows.first().map(first).filter(|c| !c.is_alphanumeric());
    let edge = rows.iter().filter(|r| Some(first(r)) == mark).map(|r| r[0].rect.x0.0).min();
    let hangs = |row: &Vec<Mark>| edge.is_some_and(|edge| exceeds(row[0].rect.x0.0 - edge, HANG_PERCENT, row[0].size));
    let hangs_at_all = rows.iter().any(hangs);
    rows.iter()
        .map(|row| {
            let list = if hangs_at_all && hangs(row) { ListLine::Further } else { ListLine::No };
            CellLine { run: Run(lines::pieces(page, number, row)), list }
        })
        .collect()
}
