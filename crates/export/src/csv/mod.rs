//! CSV: a file a table, heading row first. What had to be changed in a cell is listed with its place.

mod changes;
pub(crate) mod package;
mod text;

use crate::error::Error;
use crate::options::{Encoding, LineBreaks, Options};
use crate::sink::Sink;
use crate::tables::Value;
use crate::tables::{Column, Row, Table};
use crate::target::Target;
use changes::Changes;
use csv::{Terminator, Writer, WriterBuilder};
use seisho_model::finding::Message;
use std::fs::File;
use std::io::{BufWriter, Write};
use text::{encoded, guarded};

const MARK: &[u8] = b"\xEF\xBB\xBF";
/// The file that lists what was changed.
const CHANGES: &str = "csv_changes.csv";

/// The name of a table's file.
pub(crate) fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// The columns of a table that its file has: for machines one datum a cell, so no lists, whose entries are rows of
/// another file.
pub(crate) fn columns<'t>(table: &'t Table, options: &Options) -> impl Iterator<Item = (usize, &'t Column)> {
    let machine_readable = options.machine_readable;
    table.columns.iter().enumerate().filter(move |(_, column)| !(machine_readable && column.kind.is_list()))
}

/// All files in the making.
pub(crate) struct Files {
    files: Vec<Option<TableFile>>,
    encoding: Encoding,
    line_breaks: LineBreaks,
    machine_readable: bool,
    changes: Changes,
}

struct TableFile {
    name: String,
    writer: Writer<BufWriter<File>>,
    /// Which columns of the table it has, with names and glue.
    columns: Vec<(usize, Column)>,
    /// Where a row says which record it is.
    record_id: Option<usize>,
    source_path: Option<usize>,
    /// The row that was written last, counted as a spreadsheet does.
    row: u64,
}

impl Files {
    /// With heading rows.
    pub(crate) fn create(tables: &[Table], options: &Options, target: &mut Target) -> Result<Self, Error> {
        let mut files = Vec::new();
        for table in tables {
            files.push(if table.is_file { Some(TableFile::create(table, options, target)?) } else { None });
        }
        let &Options { encoding, line_breaks, machine_readable, .. } = options;
        let line_breaks = if machine_readable && line_breaks == LineBreaks::Keep { LineBreaks::Space } else { line_breaks };
        Ok(Self { files, encoding, line_breaks, machine_readable, changes: Changes::create(target)? })
    }

    /// A value as it is written, and what was changed for that.
    fn cell(&self, value: &Value, column: &Column) -> (Vec<u8>, Vec<text::Change>) {
        let mut text = value.flat(column.kind.glue());
        match self.line_breaks {
            LineBreaks::Keep => {}
            LineBreaks::Space => text = text::without_breaks(&text, " "),
            LineBreaks::Slash => text = text::without_breaks(&text, " / "),
        }
        if self.machine_readable {
            text = text.trim().to_owned();
        }
        let mut changes = Vec::new();
        if !matches!(value, Value::Integer(_) | Value::Number(_)) {
            text = guarded(text, &mut changes);
        }
        let bytes = match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Cp932 => encoded(&text, &mut changes),
        };
        (bytes, changes)
    }
}

impl TableFile {
    fn create(table: &Table, options: &Options, target: &mut Target) -> Result<Self, Error> {
        let name = file_name(table);
        let mut file = BufWriter::new(target.create(&name)?);
        if options.encoding == Encoding::Utf8 {
            file.write_all(MARK).map_err(|e| Error::cannot_write(&name, e))?;
        }
        let mut writer = writer(file);
        let columns: Vec<(usize, Column)> = columns(table, options).map(|(index, column)| (index, *column)).collect();
        writer.write_record(columns.iter().map(|(_, column)| column.name)).map_err(|e| Error::cannot_write(&name, e))?;
        Ok(Self { name, writer, columns, record_id: table.position("record_id"), source_path: table.position("source_path"), row: 1 })
    }
}

/// Lines end as RFC 4180 has it.
fn writer(file: BufWriter<File>) -> Writer<BufWriter<File>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file)
}

impl Sink for Files {
    fn row(&mut self, row: &Row) -> Result<(), Error> {
        let Some(mut file) = self.files[row.table as usize].take() else { return Ok(()) };
        file.row += 1;
        let said = |at: Option<usize>| at.map(|at| row.values[at].flat("")).unwrap_or_default();
        let mut cells = Vec::with_capacity(file.columns.len());
        for (index, column) in &file.columns {
            let (bytes, changes) = self.cell(&row.values[*index], column);
            for change in changes {
                let place = [&file.name, &file.row.to_string(), column.name, &said(file.record_id), &said(file.source_path)];
                self.changes.add(&change, place)?;
            }
            cells.push(bytes);
        }
        file.writer.write_record(&cells).map_err(|e| Error::cannot_write(&file.name, e))?;
        self.files[row.table as usize] = Some(file);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Message>, Error> {
        for mut file in self.files.into_iter().flatten() {
            file.writer.flush().map_err(|e| Error::cannot_write(&file.name, e))?;
        }
        self.changes.finish()
    }
}
