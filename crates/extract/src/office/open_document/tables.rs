//! Tables of an OpenDocument text: where their cells are.

use super::inline::times;
use crate::Error;
use crate::office::xml::Node;
use seisho_model::given::{GivenCell, GivenLine};

/// Whoever reads what stands in a cell.
pub(super) trait Cells {
    fn lines(&mut self, cell: &Node) -> Result<Vec<GivenLine>, Error>;
    /// A cell below another, whose text nobody sees.
    fn covered(&mut self, cell: &Node);
}

/// A table that was read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: u32,
    pub(super) cols: u32,
    pub(super) cells: Vec<GivenCell>,
    /// Rows and cells that were looked at.
    seen: usize,
}

impl Grid {
    fn see(&mut self) -> Result<(), Error> {
        self.seen += 1;
        if self.seen > MOST_SEEN || self.cols > MOST_COLS || self.cells.len() > MOST_CELLS { Err(Error::Office) } else { Ok(()) }
    }
}

/// One element stands for no more rows or columns than this, nor does a cell span more.
const MOST_TIMES: u32 = 1_000;
/// Cells of a table, its columns, and elements of it, each as often as it is repeated.
const MOST_CELLS: usize = 1_000_000;
const MOST_COLS: u32 = 1 << 14;
const MOST_SEEN: usize = 4_000_000;

/// Reads a table; a merged cell is one.
pub(super) fn read(table: &Node, reader: &mut impl Cells) -> Result<Grid, Error> {
    let mut grid = Grid::default();
    rows(table, reader, &mut grid)?;
    // What spans rows that are not there ends with the table.
    grid.cells.iter_mut().for_each(|cell| cell.row.end = cell.row.end.min(grid.rows));
    Ok(grid)
}

fn rows(table: &Node, reader: &mut impl Cells, grid: &mut Grid) -> Result<(), Error> {
    for node in table.nodes() {
        match node.name.as_str() {
            "table-header-rows" | "table-rows" | "table-row-group" => rows(node, reader, grid)?,
            "table-row" => {
                for _ in 0..times(node, "number-rows-repeated").min(MOST_TIMES) {
                    row(node, reader, grid)?;
                    grid.rows += 1;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn row(row: &Node, reader: &mut impl Cells, grid: &mut Grid) -> Result<(), Error> {
    let mut col = 0;
    grid.see()?;
    for cell in row.nodes() {
        grid.see()?;
        let repeated = times(cell, "number-columns-repeated").min(MOST_TIMES);
        match cell.name.as_str() {
            "covered-table-cell" => {
                reader.covered(cell);
                col += repeated;
            }
            "table-cell" => {
                let span = |name: &str| times(cell, name).min(MOST_TIMES);
                let (rows, cols) = (span("number-rows-spanned"), span("number-columns-spanned"));
                for _ in 0..repeated {
                    grid.see()?;
                    let lines = reader.lines(cell)?;
                    grid.cells.push(GivenCell { row: grid.rows..grid.rows + rows, col: col..col + cols, lines });
                    grid.cols = grid.cols.max(col + cols);
                    col += 1;
                }
            }
            _ => {}
        }
        grid.cols = grid.cols.max(col);
    }
    Ok(())
}
