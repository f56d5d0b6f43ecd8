//! Tables made like any other: those with fields down and goals across are turned, of those with several lines of cells
//! a goal the lines are put side by side.

use super::tables::Tables;
use seisho_forms::Forms;
use seisho_model::layout::{Block, Cell, Table};
use seisho_reading::Reader;

/// Fewer rows and columns than this make no table with fields down: three fields, their labels and two goals.
const FEWEST_ROWS: u32 = 3;
const FEWEST_COLS: u32 = 3;

/// Rows of a head that may stand above such a table in the same one.
const MOST_HEAD_ROWS: u32 = 4;

/// The blocks with such tables turned, what stands above their labels apart; none where no table is one.
pub(crate) fn turned(blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<Vec<Block>> {
    (0..=MOST_HEAD_ROWS).find_map(|above| turned_below(above, blocks, forms, reader))
}

fn turned_below(above: u32, blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<Vec<Block>> {
    let is_large = |table: &Table| table.rows >= FEWEST_ROWS + above && table.cols >= FEWEST_COLS;
    let parts = |block: &Block| match block {
        Block::Table(table) if is_large(table) => {
            below(table, above).map_or_else(Vec::new, |rest| stacked(&rest, reader).iter().map(turn).collect())
        }
        _ => Vec::new(),
    };
    let parts: Vec<Vec<Table>> = blocks.iter().map(parts).collect();
    let mut all: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut of: Vec<usize> = Vec::with_capacity(blocks.len());
    for (index, (block, parts)) in blocks.iter().zip(&parts).enumerate() {
        all.extend(parts.iter().cloned().map(Block::Table));
        all.extend(parts.is_empty().then(|| block.clone()));
        of.resize(all.len(), index);
    }
    let tables = Tables::new(&all, forms, reader);
    let is_full = |index: usize| (0..all.len()).filter(|&i| of[i] == index).all(|i| tables.has_full_rows(i));
    let is_turned: Vec<bool> = (0..blocks.len()).map(|index| !parts[index].is_empty() && is_full(index)).collect();
    if !is_turned.contains(&true) {
        return None;
    }
    let mut out = Vec::with_capacity(all.len());
    for ((block, parts), is_turned) in blocks.iter().zip(parts).zip(is_turned) {
        match block {
            Block::Table(table) if is_turned => {
                out.extend((above > 0).then(|| Block::Table(Table { rows: above, cells: head(table, above), edges: None, ..*table })));
                out.extend(parts.into_iter().map(Block::Table));
            }
            _ => out.push(block.clone()),
        }
    }
    Some(out)
}

/// The tables that stand below each other in one, each of which begins with the label of the first.
fn stacked(table: &Table, reader: &Reader<'_>) -> Vec<Table> {
    let text = |c: &Cell| reader.glance(&c.run()).text().to_owned();
    let labels: Vec<(u32, String)> =
        table.cells.iter().filter(|c| c.col.start == 0 && !c.is_blank()).map(|c| (c.row.start, text(c))).collect();
    let Some((_, first)) = labels.first() else { return vec![table.clone()] };
    let mut starts: Vec<u32> = labels.iter().filter(|(_, label)| label == first).map(|(row, _)| *row).collect();
    let is_cut = |c: &Cell| starts.iter().any(|&start| c.row.start < start && c.row.end > start);
    if starts.len() < 2 || table.cells.iter().any(is_cut) {
        return vec![table.clone()];
    }
    starts[0] = 0;
    let ends = starts.iter().skip(1).copied().chain([table.rows]);
    let part = |(start, end): (u32, u32)| {
        let inside = table.cells.iter().filter(|c| (start..end).contains(&c.row.start));
        let cells = inside.map(|c| Cell { row: c.row.start - start..c.row.end - start, ..c.clone() }).collect();
        Table { rows: end - start, cells, edges: None, ..*table }
    };
    starts.iter().copied().zip(ends).map(part).collect()
}

/// The cells of the first rows.
fn head(table: &Table, rows: u32) -> Vec<Cell> {
    table.cells.iter().filter(|c| c.row.end <= rows).cloned().collect()
}

/// The table without its first rows, and without columns in which nothing else stands; none where a cell is of both.
fn below(table: &Table, above: u32) -> Option<Table> {
    if above == 0 {
        return Some(table.clone());
    }
    if table.cells.iter().any(|c| c.row.start < above && c.row.end > above) {
        return None;
    }
    let inside = || table.cells.iter().filter(|c| c.row.start >= above);
    let cols = inside().filter(|c| !c.is_blank()).map(|c| c.col.end).max()?;
    let cells = inside().filter(|c| c.col.end <= cols).map(|c| Cell { row: c.row.start - above..c.row.end - above, ..c.clone() });
    Some(Table { rows: table.rows - above, cols, cells: cells.collect(), edges: None, ..*table })
}

/// Rows as columns and columns as rows.
fn turn(table: &Table) -> Table {
    let mut cells: Vec<Cell> = table.cells.iter().map(|c| Cell { row: c.col.clone(), col: c.row.clone(), ..c.clone() }).collect();
    cells.sort_by_key(|c| (c.row.start, c.col.start));
    Table { rows: table.cols, cols: table.rows, cells, edges: None, ..*table }
}

/// The blocks with the tables in which a goal has several lines of cells put on one line each; none where no table is one.
pub(crate) fn unstacked(blocks: &[Block]) -> Option<Vec<Block>> {
    let one = |block: &Block| {
        if let Block::Table(table) = block { unstack(table).or_else(|| unstack_blank(table)).map(Block::Table) } else { None }
    };
    let found: Vec<Option<Block>> = blocks.iter().map(one).collect();
    found
        .iter()
        .any(Option::is_some)
        .then(|| blocks.iter().zip(found).map(|(block, found)| found.unwrap_or_else(|| block.clone())).collect())
}

/// Every cell of the first column is several rows high, always as many, and the heading has other words in the second
/// line than in the first, below cells that are as wide.
fn unstack(table: &Table) -> Option<Table> {
    let first: Vec<&Cell> = table.cells.iter().filter(|c| c.col.start == 0).collect();
    let height = first.first().map(|c| c.row.len() as u32).filter(|h| *h > 1)?;
    // The first one of the body may be the rest of one that the page before began, the last one may be cut by the page's end.
    let body = first.iter().position(|c| c.row.start == height).filter(|&at| (first[at].row.len() as u32) < height);
    let is_whole = |at: usize| first[at].row.len() as u32 == height || first[at].row.end == table.rows || body == Some(at);
    let is_all = first[0].row.start == 0 && first.last().is_some_and(|c| c.row.end == table.rows);
    let follow = is_all && first.windows(2).all(|pair| pair[0].row.end == pair[1].row.start);
    let is_even = first.len() > 1 && follow && (0..first.len()).all(is_whole);
    let storey = |row: u32| first.partition_point(|c| c.row.end <= row);
    let fits = |c: &Cell| storey(c.row.start) == storey(c.row.end - 1);
    let upper = |c: &Cell| table.cells.iter().any(|u| u.row.start == 0 && u.row.end == c.row.start && u.col == c.col && !u.is_blank());
    let is_stacked = table.cells.iter().any(|c| (1..height).contains(&c.row.start) && !c.is_blank() && upper(c));
    if !is_even || !is_stacked || !table.cells.iter().all(fits) {
        return None;
    }
    let place = |c: &Cell| {
        let row = storey(c.row.start);
        let above = if body == Some(row) { height - first[row].row.len() as u32 } else { 0 };
        // A number is of the whole, wherever its cell is cut.
        let line = if c.col.start == 0 { 0 } else { above + c.row.start - first[row].row.start };
        let row = row as u32;
        Cell { row: row..row + 1, col: c.col.start + line * table.cols..c.col.end + line * table.cols, ..c.clone() }
    };
    let mut cells: Vec<Cell> = table.cells.iter().map(place).collect();
    cells.sort_by_key(|c| (c.row.start, c.col.start));
    Some(Table { rows: first.len() as u32, cols: table.cols * height, cells, edges: None, ..*table })
}

/// Fewer pairs of rows show no order.
const ENOUGH_PAIRS: usize = 3;
/// Lines of cells that a goal has, where the file merges nothing.
const STOREYS: usize = 2;

/// The same where no cell is merged: every other row has nothing in the first column, from the heading on, and where the
/// heading names nothing in a line, no row has anything in it.
fn unstack_blank(table: &Table) -> Option<Table> {
    let rows = table.rows as usize;
    let mut filled = vec![vec![false; table.cols as usize]; rows];
    for cell in table.cells.iter().filter(|c| !c.is_blank()) {
        if cell.row.len() > 1 {
            return None;
        }
        filled[cell.row.start as usize][cell.col.start as usize] = true;
    }
    let alternates = |start: usize| (start..rows).all(|row| filled[row][0] == (row - start).is_multiple_of(STOREYS));
    let is_pair = |row: usize| filled[row].iter().filter(|f| **f).count() > 1 && filled[row + 1].iter().filter(|f| **f).count() > 1;
    let start = (0..rows.saturating_sub(1)).find(|&row| filled[row][0] && is_pair(row) && alternates(row))?;
    if rows - start < (ENOUGH_PAIRS + 1) * STOREYS {
        return None;
    }
    let is_named = |line: usize, col: usize| filled[start + line][col];
    let is_unnamed_empty =
        |line: usize, col: usize| is_named(line, col) || (start + line..rows).step_by(STOREYS).all(|row| !filled[row][col]);
    let names_twice = (1..table.cols as usize).filter(|&col| is_named(0, col) && is_named(1, col)).count();
    if names_twice == 0 || !(0..table.cols as usize).all(|col| (0..STOREYS).all(|line| is_unnamed_empty(line, col))) {
        return None;
    }
    let place = |c: &Cell| {
        let row = c.row.start as usize;
        let (row, line) = if row < start { (row, 0) } else { (start + (row - start) / STOREYS, (row - start) % STOREYS) };
        let (row, shift) = (row as u32, line as u32 * table.cols);
        Cell { row: row..row + 1, col: c.col.start + shift..c.col.end + shift, ..c.clone() }
    };
    let mut cells: Vec<Cell> = table.cells.iter().filter(|c| !c.is_blank()).map(place).collect();
    cells.sort_by_key(|c| (c.row.start, c.col.start));
    let count = start + (rows - start).div_ceil(STOREYS);
    Some(Table { rows: count as u32, cols: table.cols * STOREYS as u32, cells, edges: None, ..*table })
}
