//! Tables that no profile fits, as they are.

use crate::recorder::Recorder;
use seisho_model::layout::Table;
use seisho_model::{Pointer, record};
use seisho_reading::{Reader, Spaces};

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
        let reading = reader.read(&run, Spaces::Keep);
        let text = recorder.value(Pointer::of("tables").item(index).field("cells").item(cells.len()).field("text"), &reading);
        cells.push(record::TableCell { row: [cell.row.start, cell.row.end], col: [cell.col.start, cell.col.end], text });
    }
    record::Table { page, rows: table.rows, cols: table.cols, cells }
}
