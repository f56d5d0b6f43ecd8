//! Tables that no profile fits, as they are.

use crate::recorder::Recorder;
use crate::sums;
use seisho_forms::page_numbers;
use seisho_model::codes::layout::{l014, l016};
use seisho_model::ink::Origin;
use seisho_model::layout::{Block, Cell, Layout, Table, TableForm, Tabular};
use seisho_model::record::{Cut, JoinEvidence, PageJoin, Role};
use seisho_model::{Pointer, Run, record};
use seisho_reading::{Reader, Room, Spaces};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Edges of columns of two pages are one where they are no farther apart, in thousandths of a point.
const SAME_EDGE: i32 = 4_000;

/// Writes tables cell by cell; what goes on over the end of a page is one table. `which`: the blocks that are written.
pub(crate) fn write(
    blocks: &[Block],
    which: impl Iterator<Item = usize>,
    page_joins: bool,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<record::Table> {
    let mut written: Vec<record::Table> = Vec::new();
    let mut last: Option<usize> = None;
    for index in which {
        let Block::Table(table) = &blocks[index] else { continue };
        let before = last.filter(|&last| page_joins && follows(blocks, last, index, reader));
        let above = before.and_then(|last| if let Block::Table(above) = &blocks[last] { Some(above) } else { None });
        let joined = above.and_then(|above| Some((above, goes_on(above, table, reader)?)));
        let mut skipped = 0;
        if let Some((above, why)) = joined {
            skipped = u32::from(why.contains(&JoinEvidence::RepeatedHeader));
            let pointer = Some(Pointer::of("tables").item(written.len() - 1));
            recorder.page_joins.push(PageJoin { what: Cut::Table, pages: [page(above), page(table)], pointer, evidence: why });
        } else {
            let page = table.cells.iter().find_map(|c| c.run().0.first().copied()).map_or(1, |p| p.page + 1);
            written.push(record::Table { page, rows: 0, cols: table.cols, cells: Vec::new() });
        }
        let number = written.len() - 1;
        if table.form == TableForm::Columns {
            recorder.findings.push(l016::by_line(Pointer::of("tables").item(number)));
        }
        add(&mut written[number], table, number, skipped, reader, recorder);
        last = Some(index);
    }
    for (number, table) in written.iter().enumerate() {
        let page = reader.pages.0.get(table.page as usize - 1).and_then(|page| page.ink.as_ref());
        if page.is_some_and(|ink| matches!(ink.origin, Origin::Scan(_))) {
            sums::check(table, number, recorder);
        }
    }
    written
}

/// The blocks of a layout with tables in place of the lines that read as one.
pub(crate) fn with_tabular(layout: &Layout) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(layout.blocks.len());
    let mut at = 0;
    for Tabular { lines, table } in &layout.tabular {
        blocks.extend_from_slice(&layout.blocks[at..lines.start]);
        blocks.push(Block::Table(table.clone()));
        at = lines.end;
    }
    blocks.extend_from_slice(&layout.blocks[at..]);
    blocks
}

/// Adds the rows of a table, but for so many at its top, which are of a heading that comes again.
fn add(whole: &mut record::Table, table: &Table, number: usize, skipped: u32, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) {
    let above = whole.rows;
    let rooms = Rooms::new(table, reader);
    let over_columns = over_columns(table);
    for cell in table.cells.iter().filter(|c| !c.is_blank()) {
        let run = cell.run();
        if cell.row.start < skipped {
            recorder.furniture(&run, Role::TableHeader);
            continue;
        }
        let pointer = Pointer::of("tables").item(number).field("cells").item(whole.cells.len()).field("text");
        let lines: Vec<&Run> = cell.lines.iter().map(|line| &line.run).collect();
        let ends = reader.line_ends(&lines, rooms.of(cell));
        if over_columns.contains(&(cell.row.start, cell.col.start)) {
            recorder.findings.push(l014::over_columns(run.clone(), cell.col.len() as u32).about(&pointer));
        }
        let reading = reader.read_lines(&run, Spaces::Keep, &ends);
        let text = recorder.value(pointer, &reading);
        let row = [above + cell.row.start - skipped, above + cell.row.end - skipped];
        whole.cells.push(record::TableCell { row, col: [cell.col.start, cell.col.end], text });
    }
    whole.rows += table.rows - skipped;
}

/// Of a table whose columns no rules show where the texts begin that reach over several of them, beside others of their row, below its
/// heading: the first row with most columns filled on their own; those above name them, or groups of them.
fn over_columns(table: &Table) -> BTreeSet<(u32, u32)> {
    if table.form != TableForm::Aligned {
        return BTreeSet::new();
    }
    let mut own = vec![0; table.rows as usize];
    let mut all = own.clone();
    for cell in table.cells.iter().filter(|c| !c.is_blank()) {
        all[cell.row.start as usize] += 1;
        own[cell.row.start as usize] += u32::from(cell.col.len() == 1);
    }
    let heading = (0..own.len()).max_by_key(|&row| (own[row], Reverse(row))).unwrap_or(0);
    let is_over = |c: &&Cell| !c.is_blank() && c.col.len() > 1 && c.row.start as usize >= heading && all[c.row.start as usize] > 1;
    table.cells.iter().filter(is_over).map(|c| (c.row.start, c.col.start)).collect()
}

/// Whether nothing but a page end, its number and running heads stand between two tables.
fn follows(blocks: &[Block], last: usize, index: usize, reader: &Reader<'_>) -> bool {
    let between = &blocks[last + 1..index];
    let is_furniture = |block: &Block| match block {
        Block::PageBreak => true,
        Block::Line(line) => line.running || page_numbers::parse(reader.glance(&line.run).text()).is_some(),
        Block::Table(_) => false,
    };
    between.iter().filter(|b| matches!(b, Block::PageBreak)).count() == 1 && between.iter().all(is_furniture)
}

/// Why a table goes on with the one on the page before; none where it does not.
fn goes_on(above: &Table, table: &Table, reader: &Reader<'_>) -> Option<Vec<JoinEvidence>> {
    let (a, b) = (above.edges.as_ref()?, table.edges.as_ref()?);
    let is_same = a.xs.len() == b.xs.len() && a.xs.iter().zip(&b.xs).all(|(a, b)| (a.0 - b.0).abs() <= SAME_EDGE);
    if !is_same {
        return None;
    }
    let first = |table: &Table| -> Vec<String> {
        let cells = table.cells.iter().filter(|c| c.row.start == 0);
        cells.map(|c| reader.glance(&c.run()).text().split_whitespace().collect()).collect()
    };
    let repeats = first(above) == first(table) && above.rows > 1;
    Some(if repeats { vec![JoinEvidence::RepeatedHeader, JoinEvidence::SameColumns] } else { vec![JoinEvidence::SameColumns] })
}

/// The page, from 1, that a drawn table stands on.
fn page(table: &Table) -> u32 {
    table.edges.as_ref().map_or(0, |e| e.page) + 1
}

/// The room that the lines of cells have.
struct Rooms<'t> {
    table: &'t Table,
    /// Of a table whose columns stand apart by spaces, by column: its longest line, in characters.
    widest: Vec<usize>,
}

impl<'t> Rooms<'t> {
    fn new(table: &'t Table, reader: &Reader<'_>) -> Self {
        let mut widest = vec![0; table.cols as usize];
        if table.form == TableForm::Columns {
            for cell in &table.cells {
                let longest = cell.lines.iter().map(|l| reader.glance(&l.run).text().chars().count()).max().unwrap_or(0);
                let own = &mut widest[cell.col.start as usize];
                *own = longest.max(*own);
            }
        }
        Self { table, widest }
    }

    fn of(&self, cell: &Cell) -> Room {
        match &self.table.edges {
            Some(edges) => {
                let rect = edges.rect(cell);
                Room::Between(rect.x0, rect.x1)
            }
            None if self.table.form == TableForm::Columns => Room::Characters(self.widest[cell.col.start as usize]),
            None => cell.room.map_or(Room::Stated, Room::Columns),
        }
    }
}
