//! Tables with fields down and goals across, turned so that they are like any other.

use super::Tables;
use seisho_forms::Forms;
use seisho_model::layout::{Block, Cell, Table};
use seisho_reading::Reader;

/// Fewer rows and columns than this make no table with fields down: three fields, their labels and two goals.
const FEWEST_ROWS: u32 = 3;
const FEWEST_COLS: u32 = 3;

/// The blocks with such tables turned; none where no table is one.
pub(crate) fn turned(blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<Vec<Block>> {
    let is_large = |table: &Table| table.rows >= FEWEST_ROWS && table.cols >= FEWEST_COLS;
    let all: Vec<Block> = blocks.iter().map(|b| if let Block::Table(t) = b { Block::Table(turn(t)) } else { b.clone() }).collect();
    let tables = Tables::new(&all, forms, reader);
    let is_turned: Vec<bool> =
        blocks.iter().enumerate().map(|(i, b)| matches!(b, Block::Table(t) if is_large(t) && tables.has_rows(i))).collect();
    let choose = |((as_is, turned), is_turned): ((&Block, Block), &bool)| if *is_turned { turned } else { as_is.clone() };
    is_turned.contains(&true).then(|| blocks.iter().zip(all).zip(&is_turned).map(choose).collect())
}

/// Rows as columns and columns as rows.
fn turn(table: &Table) -> Table {
    let mut cells: Vec<Cell> = table.cells.iter().map(|c| Cell { row: c.col.clone(), col: c.row.clone(), ..c.clone() }).collect();
    cells.sort_by_key(|c| (c.row.start, c.col.start));
    Table { rows: table.cols, cols: table.rows, cells, edges: None, ..*table }
}
