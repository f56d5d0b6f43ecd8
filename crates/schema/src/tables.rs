//! Tables that no profile fits, as they are.

use crate::recorder::Recorder;
use seisho_model::codes::japanese::j004;
use seisho_model::layout::{Cell, Table, TableForm};
use seisho_model::{Pointer, Run, record};
use seisho_reading::{LineEnd, Reader, Room, Spaces};

/// Writes tables cell by cell.
pub(crate) fn write<'t>(
    tables: impl Iterator<Item = &'t Table>,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<record::Table> {
    tables.enumerate().map(|(index, table)| write_one(index, table, reader, recorder)).collect()
}

fn write_one(index: usize, table: &Table, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> record::Table {
    let mut cells = Vec::new();
    let mut page = 1;
    for cell in table.cells.iter().filter(|c| !c.is_blank()) {
        let run = cell.run();
        if let Some(first) = run.0.first().filter(|_| cells.is_empty()) {
            page = first.page + 1;
        }
        let pointer = Pointer::of("tables").item(index).field("cells").item(cells.len()).field("text");
        let lines: Vec<&Run> = cell.lines.iter().map(|line| &line.run).collect();
        let ends = reader.line_ends(&lines, room(table, cell, reader));
        if ends.contains(&LineEnd::Guess) {
            recorder.findings.push(j004::lines(run.clone()).about(&pointer));
        }
        let reading = reader.read_lines(&run, Spaces::Keep, &ends);
        let text = recorder.value(pointer, &reading);
        cells.push(record::TableCell { row: [cell.row.start, cell.row.end], col: [cell.col.start, cell.col.end], text });
    }
    record::Table { page, rows: table.rows, cols: table.cols, cells }
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
