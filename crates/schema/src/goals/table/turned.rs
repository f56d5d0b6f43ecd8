//! Tables made like any other: those with fields down and goals across are turned, of those with several lines of cells
//! a goal the lines are put side by side.

use super::tables::Tables;
use seisho_forms::Forms;
use seisho_model::layout::{Block, Cell, Table};
use seisho_reading::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer rows and columns than this make no table with fields down: three fields, their labels and two goals.
const FEWEST_ROWS: u32 = 3;
const FEWEST_COLS: u32 = 3;

/// Rows of a head that may stand above such a table in the same one.
const MOST_HEAD_ROWS: u32 = 4;

/// The blocks with such tables turned, what stands above their labels apart; none where no table is one.
pub(crate) fn turned(blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<Vec<Block>> {
    let tables = blocks.iter().filter(|b| matches!(b, Block::Table(_))).count();
    // The rows of a head stand in every table, or in the first one alone.
    let in_first = (1..=MOST_HEAD_ROWS).filter(|_| tables > 1).map(|above| (above, true));
    let ways = (0..=MOST_HEAD_ROWS).map(|above| (above, false)).chain(in_first);
    let mut best: Option<(Vec<Block>, usize)> = None;
    for (above, is_once) in ways {
        let found = turned_below(above, is_once, blocks, forms, reader);
        let most = best.as_ref().map_or(0, |(_, count)| *count);
        best = found.filter(|(_, count)| *count > most).or(best);
        if best.as_ref().is_some_and(|(_, count)| *count == tables) {
            break;
        }
    }
    best.map(|(blocks, _)| blocks)
}

/// The blocks, and how many tables are turned. `is_once`: the rows of a head stand in the first table alone.
fn turned_below(above: u32, is_once: bool, blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<(Vec<Block>, usize)> {
    let first = blocks.iter().find_map(|b| if let Block::Table(table) = b { Some(table) } else { None });
    let is_first = |table: &Table| first.is_some_and(|f| std::ptr::eq(f, table));
    let above_of = |table: &Table| lead(&filled(table)) + if is_once && !is_first(table) { 0 } else { above };
    let parts = |block: &Block| -> Vec<Table> {
        let Block::Table(table) = block else { return Vec::new() };
        let above = above_of(table);
        let is_large = table.rows >= FEWEST_ROWS + above && table.cols >= FEWEST_COLS;
        let rest = if is_large { below(table, above) } else { None };
        rest.map_or_else(Vec::new, |rest| stacked(&rest, reader).iter().map(turn).collect())
    };
    let parts: Vec<Vec<Table>> = blocks.iter().map(parts).collect();
    if parts.iter().all(Vec::is_empty) {
        return None;
    }
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
    let count = is_turned.iter().filter(|is| **is).count();
    if count == 0 {
        return None;
    }
    let mut out = Vec::with_capacity(all.len());
    for ((block, parts), is_turned) in blocks.iter().zip(parts).zip(is_turned) {
        match block {
            Block::Table(table) if is_turned => {
                out.extend(head(table, above_of(table)));
                out.extend(parts.into_iter().map(Block::Table));
            }
            _ => out.push(block.clone()),
        }
    }
    Some((out, count))
}

/// The blocks with tables that hold several sheets below or beside each other parted, a sheet a table; none where no table
/// does.
pub(crate) fn parted(blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<Vec<Block>> {
    let table = |b: &Block| if let Block::Table(table) = b { Some((table.rows, table.cols)) } else { None };
    let shapes: BTreeSet<(u32, u32)> = blocks.iter().filter_map(table).collect();
    let sources: Vec<Option<Source<'_>>> =
        blocks.iter().map(|b| if let Block::Table(table) = b { Some(Source::new(table, reader)) } else { None }).collect();
    let mut tried: BTreeSet<Vec<Option<Cuts>>> = BTreeSet::new();
    (0..=MOST_HEAD_ROWS).find_map(|above| {
        let cuts: Vec<Option<Cuts>> = sources.iter().map(|source| source.as_ref()?.cuts(above, &shapes, reader)).collect();
        let is_new = cuts.iter().any(Option::is_some) && tried.insert(cuts.clone());
        is_new.then(|| parted_at(&cuts, &sources, blocks, forms, reader)).flatten()
    })
}

/// The blocks with every table parted where its cuts are, where all of its parts are sheets then.
fn parted_at(
    cuts: &[Option<Cuts>],
    sources: &[Option<Source<'_>>],
    blocks: &[Block],
    forms: &Forms,
    reader: &Reader<'_>,
) -> Option<Vec<Block>> {
    let mut all: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut sheets: Vec<usize> = Vec::new();
    for ((block, source), cuts) in blocks.iter().zip(sources).zip(cuts) {
        match source.as_ref().zip(cuts.as_ref()).and_then(|(source, cuts)| Some((source, cuts, source.parts(cuts, reader)?))) {
            Some((source, cuts, parts)) => {
                all.extend(head(source.table, cuts.head));
                sheets.extend(all.len()..all.len() + parts.len());
                all.extend(parts.into_iter().map(Block::Table));
            }
            None => all.push(block.clone()),
        }
    }
    let are_sheets = !sheets.is_empty() && {
        let tables = Tables::new(&all, forms, reader);
        sheets.iter().all(|&index| !tables.sheets[index].is_empty())
    };
    are_sheets.then_some(all)
}

/// Where sheets of a table begin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cuts {
    /// Rows above the first one.
    head: u32,
    /// The first rows of those below each other; none for a single one.
    starts: Vec<u32>,
    /// Whether a second one stands beside the first.
    is_beside: bool,
}

/// A table with what tells its sheets apart.
struct Source<'t> {
    table: &'t Table,
    /// Texts of the first column, by row.
    labels: Vec<(u32, String)>,
    /// How many cells with text begin in each row.
    filled: Vec<u32>,
}

impl<'t> Source<'t> {
    fn new(table: &'t Table, reader: &Reader<'_>) -> Self {
        Self { table, labels: first_column(table, reader), filled: filled(table) }
    }

    /// The sheets in the table from a row on, several or one below a head.
    fn cuts(&self, above: u32, shapes: &BTreeSet<(u32, u32)>, reader: &Reader<'_>) -> Option<Cuts> {
        let several = |above: u32| Some(self.cuts_from(above, reader)).filter(|cuts| cuts.is_beside || cuts.starts.len() > 1);
        let top = lead(&self.filled);
        // A sheet below a head is as large as one without.
        let is_sheet = |head: &u32| self.table.rows > head + 1 && shapes.contains(&(self.table.rows - head, self.table.cols));
        let below_head = || (1..=top).find(is_sheet).filter(|_| above == 0).map(|head| Cuts { head, starts: Vec::new(), is_beside: false });
        several(above).or_else(|| several(above + top).filter(|_| top > 0)).or_else(below_head)
    }

    fn cuts_from(&self, above: u32, reader: &Reader<'_>) -> Cuts {
        let starts = self.titles_above(self.first_label(above), above);
        let head = starts.first().copied().unwrap_or(above);
        Cuts { head, starts, is_beside: self.is_beside(head, reader) }
    }

    /// The rows with the first text of the first column, from a row on, that stands there again.
    fn first_label(&self, above: u32) -> Vec<u32> {
        let labels = || self.labels.iter().filter(|(row, _)| *row >= above);
        let mut rows: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        labels().for_each(|(row, text)| rows.entry(text).or_default().push(*row));
        labels().find_map(|(_, text)| rows.get(text.as_str()).filter(|rows| rows.len() > 1)).cloned().unwrap_or_default()
    }

    /// The same rows, or those above them where each has a single text: the number or the name of a sheet.
    fn titles_above(&self, rows: Vec<u32>, above: u32) -> Vec<u32> {
        let is_title = |row: &u32| *row > above && self.filled[*row as usize - 1] == 1;
        if rows.iter().all(is_title) { rows.into_iter().map(|row| row - 1).collect() } else { rows }
    }

    /// Whether the first text of a row comes again in it.
    fn is_beside(&self, row: u32, reader: &Reader<'_>) -> bool {
        let from = self.table.cells.partition_point(|c| c.row.start < row);
        let cells = self.table.cells[from..].iter().take_while(|c| c.row.start == row).filter(|c| !c.is_blank());
        let texts: Vec<String> = cells.map(|c| reader.glance(&c.run()).text().to_owned()).collect();
        texts.split_first().is_some_and(|(first, others)| others.contains(first))
    }

    /// The sheets; none where a cell is of two.
    fn parts(&self, cuts: &Cuts, reader: &Reader<'_>) -> Option<Vec<Table>> {
        let rest = below(self.table, cuts.head)?;
        if cuts.starts.is_empty() && !cuts.is_beside {
            return Some(vec![rest]);
        }
        let starts: Vec<u32> = cuts.starts.iter().map(|row| row - cuts.head).collect();
        let mut parts = cut(&rest, &starts).unwrap_or_else(|| vec![rest]);
        if cuts.is_beside {
            parts = parts.iter().flat_map(|part| stacked(&turn(part), reader)).map(|part| trimmed(&turn(&part))).collect();
        }
        (parts.len() > 1).then_some(parts)
    }
}

/// Texts of the first column, by row.
fn first_column(table: &Table, reader: &Reader<'_>) -> Vec<(u32, String)> {
    let cells = table.cells.iter().filter(|c| c.col.start == 0 && !c.is_blank());
    cells.map(|c| (c.row.start, reader.glance(&c.run()).text().to_owned())).collect()
}

/// How many cells with text begin in each row.
fn filled(table: &Table) -> Vec<u32> {
    let mut filled = vec![0; table.rows as usize];
    table.cells.iter().filter(|c| !c.is_blank()).for_each(|c| filled[c.row.start as usize] += 1);
    filled
}

/// The rows at the top that hold one text each, as a title, a date and an author do.
fn lead(filled: &[u32]) -> u32 {
    filled.iter().take(LONGEST_HEAD).take_while(|&&texts| texts <= 1).count() as u32
}

/// Rows of a head that hold one text each.
const LONGEST_HEAD: usize = 12;

/// The table without blank rows and columns at its end.
fn trimmed(table: &Table) -> Table {
    let end = |of: fn(&Cell) -> u32| table.cells.iter().filter(|c| !c.is_blank()).map(of).max().unwrap_or(0);
    let (rows, cols) = (end(|c| c.row.end), end(|c| c.col.end));
    let cells = table.cells.iter().filter(|c| c.row.end <= rows && c.col.end <= cols).cloned().collect();
    Table { rows, cols, cells, edges: None, ..*table }
}

/// The tables that stand below each other in one, each of which begins with the label of the first.
fn stacked(table: &Table, reader: &Reader<'_>) -> Vec<Table> {
    let labels = first_column(table, reader);
    let Some((_, first)) = labels.first() else { return vec![table.clone()] };
    let mut starts: Vec<u32> = labels.iter().filter(|(_, label)| label == first).map(|(row, _)| *row).collect();
    starts[0] = 0;
    cut(table, &starts).unwrap_or_else(|| vec![table.clone()])
}

/// The parts of a table that begin in some rows, the first of them in its first; none for a single part, and where a cell is
/// of two.
fn cut(table: &Table, starts: &[u32]) -> Option<Vec<Table>> {
    let part = |row: u32| starts.partition_point(|&start| start <= row).saturating_sub(1);
    if starts.len() < 2 || table.cells.iter().any(|c| part(c.row.start) != part(c.row.end - 1)) {
        return None;
    }
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); starts.len()];
    for cell in &table.cells {
        let part = part(cell.row.start);
        let start = starts[part];
        cells[part].push(Cell { row: cell.row.start - start..cell.row.end - start, ..cell.clone() });
    }
    let ends = starts.iter().skip(1).copied().chain([table.rows]);
    let tables = starts.iter().zip(ends).zip(cells);
    Some(tables.map(|((start, end), cells)| trimmed(&Table { rows: end - start, cells, edges: None, ..*table })).collect())
}

/// The first rows as a table of their own.
fn head(table: &Table, rows: u32) -> Option<Block> {
    let cells = table.cells.iter().filter(|c| c.row.end <= rows).cloned().collect();
    (rows > 0).then_some(Block::Table(Table { rows, cells, edges: None, ..*table }))
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
    compact(Table { rows: table.cols, cols: table.rows, cells, edges: None, ..*table })
}

/// The table without rows in which no cell begins: a goal that is several columns wide is one row.
fn compact(table: Table) -> Table {
    let mut starts: Vec<u32> = table.cells.iter().map(|c| c.row.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let place = |row: u32| starts.partition_point(|&start| start < row) as u32;
    let cells = table.cells.into_iter().map(|c| Cell { row: place(c.row.start)..place(c.row.end), ..c }).collect();
    Table { rows: starts.len() as u32, cells, ..table }
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
