//! Tables that no profile fits, as they are.

use crate::recorder::Recorder;
use seisho_forms::page_numbers;
use seisho_model::codes::japanese::j004;
use seisho_model::layout::{Block, Cell, Table, TableForm};
use seisho_model::record::{Cut, JoinEvidence, PageJoin, Role};
use seisho_model::{Pointer, Run, record};
use seisho_reading::{LineEnd, Reader, Room, Spaces};

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
        let joined = before.and_then(|last| if let Block::Table(t) = &blocks[last] { Some(t) } else { None });
        let why = joined.and_then(|above| goes_on(above, table, reader));
        match why.filter(|_| !written.is_empty()) {
            Some(why) => {
                let skipped = u32::from(why.contains(&JoinEvidence::RepeatedHeader));
                recorder.page_joins.push(PageJoin {
                    what: Cut::Table,
                    pages: pages(joined, table),
                    pointer: Some(Pointer::of("tables").item(written.len() - 1)),
                    evidence: why,
                });
                let number = written.len() - 1;
                let whole = &mut written[number];
                add(whole, table, number, skipped, reader, recorder);
            }
            None => {
                let page = table.cells.iter().find_map(|c| c.run().0.first().copied()).map_or(1, |p| p.page + 1);
                let mut whole = record::Table { page, rows: 0, cols: table.cols, cells: Vec::new() };
                add(&mut whole, table, written.len(), 0, reader, recorder);
                written.push(whole);
            }
        }
        last = Some(index);
    }
    written
}

/// Adds the rows of a table, but for so many at its top, which are of a heading that comes again.
fn add(whole: &mut record::Table, table: &Table, number: usize, skipped: u32, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) {
    let above = whole.rows;
    for cell in table.cells.iter().filter(|c| !c.is_blank()) {
        let run = cell.run();
        if cell.row.start < skipped {
            recorder.furniture(&run, Role::TableHeader);
            continue;
        }
        let pointer = Pointer::of("tables").item(number).field("cells").item(whole.cells.len()).field("text");
        let lines: Vec<&Run> = cell.lines.iter().map(|line| &line.run).collect();
        let ends = reader.line_ends(&lines, room(table, cell, reader));
        if ends.contains(&LineEnd::Guess) {
            recorder.findings.push(j004::lines(run.clone()).about(&pointer));
        }
        let reading = reader.read_lines(&run, Spaces::Keep, &ends);
        let text = recorder.value(pointer, &reading);
        let row = [above + cell.row.start - skipped, above + cell.row.end - skipped];
        whole.cells.push(record::TableCell { row, col: [cell.col.start, cell.col.end], text });
    }
    whole.rows += table.rows - skipped;
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

/// The pages, from 1, that two tables stand on.
fn pages(above: Option<&Table>, table: &Table) -> [u32; 2] {
    let page = |table: &Table| table.edges.as_ref().map_or(0, |e| e.page) + 1;
    [above.map_or(0, page), page(table)]
}

/// The room that the lines of a cell have.
pub(crate) fn room(table: &Table, cell: &Cell, reader: &Reader<'_>) -> Room {
    if let Some(edges) = &table.edges {
        let rect = edges.rect(cell);
        return Room::Between(rect.x0, rect.x1);
    }
    if table.form != TableForm::Columns {
        return Room::Stated;
    }
    let of_column = table.cells.iter().filter(|c| c.col == cell.col).flat_map(|c| &c.lines);
    Room::Characters(of_column.map(|l| reader.glance(&l.run).text().chars().count()).max().unwrap_or(0))
}
