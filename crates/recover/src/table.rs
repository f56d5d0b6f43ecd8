//! Rows as a table like any other, with what else the text would allow.

use crate::doubt;
use crate::dump::Parts;
use crate::rows::{Assigned, Thing};
use seisho_forms::Field;
use seisho_model::Run;
use seisho_model::layout::{Cell, CellLine, ListLine, Table, TableForm};
use seisho_model::record::Role;
use std::collections::BTreeMap;

/// A table that was put together of its words.
#[derive(Debug, Default)]
pub struct Recovered {
    /// The table, its rows in the order of their numbers; a cell that nothing was found for is blank. It has no heading row:
    /// the headings of a dump stand anywhere. None where no rows were found.
    pub table: Option<Table>,
    /// What its columns hold.
    pub fields: Vec<Field>,
    /// What is known of its rows beside their cells.
    pub rows: Vec<RecoveredRow>,
    /// Cells that may be of other rows, or hold text that is.
    pub alternatives: Vec<Alternative>,
    /// What told the rows.
    pub evidence: Evidence,
    /// Text that is in no cell, and what it is.
    pub furniture: Vec<(Run, Role)>,
}

/// What is known of a row beside its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveredRow {
    /// Its page, from 1.
    pub page: u32,
    /// All numbers that it could have, where the text does not tell one.
    pub candidates: Option<Vec<u32>>,
}

/// A cell that may be of another row, or may hold text of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub field: Field,
    /// The rows that it may be of; none where all that is known is that it is not sure.
    pub others: Vec<usize>,
}

/// What told the rows of a dump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// The dump goes row by row.
    #[default]
    RowByRow,
    /// The words that texts and items share.
    SharedWords,
    /// The order of the columns.
    ColumnOrder,
}

/// The table of the rows.
pub(crate) fn table(parts: &Parts, assigned: &Assigned) -> Recovered {
    let fields = columns(parts);
    let mut cells = Vec::with_capacity(parts.rows.len() * fields.len());
    let mut rows = Vec::with_capacity(parts.rows.len());
    for row in 0..parts.rows.len() {
        let mut lines = lines_of_row(parts, assigned, row);
        let at = row as u32;
        cells.extend((0..).zip(&fields).map(|(col, field)| Cell {
            row: at..at + 1,
            col: col..col + 1,
            header: false,
            lines: lines.remove(field).unwrap_or_default(),
        }));
        rows.push(RecoveredRow { page: page(parts, assigned, row), candidates: doubt::candidates(parts, assigned, row) });
    }
    let table = Table { form: TableForm::Recovered, rows: rows.len() as u32, cols: fields.len() as u32, cells, edges: None };
    let alternatives = doubt::alternatives(parts, assigned);
    Recovered { table: Some(table), fields, rows, alternatives, evidence: assigned.evidence(), furniture: Vec::new() }
}

/// The numbers, then what the headings name or a cell was found for.
fn columns(parts: &Parts) -> Vec<Field> {
    let mut fields = vec![Field::Number];
    let named = parts.headings.fields.iter().copied().chain(parts.things.iter().map(|t| t.field));
    for field in named {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

fn lines_of_row(parts: &Parts, assigned: &Assigned, row: usize) -> BTreeMap<Field, Vec<CellLine>> {
    let number = Run(vec![parts.segments[parts.rows[row].segment].piece]);
    let mut of_row = BTreeMap::from([(Field::Number, vec![CellLine { run: number, list: ListLine::No }])]);
    for (thing, _) in parts.things.iter().zip(&assigned.laid).filter(|(_, laid)| laid.row == row) {
        of_row.entry(thing.field).or_default().extend(lines(parts, thing));
    }
    of_row
}

/// The page on which a row begins: that of its number or of its item, whichever comes first.
fn page(parts: &Parts, assigned: &Assigned, row: usize) -> u32 {
    let items = parts.things.iter().zip(&assigned.laid).filter(|(t, laid)| laid.row == row && t.field == Field::Item);
    let pages = items.map(|(t, _)| parts.segments[t.segments[0]].page());
    pages.fold(parts.rows[row].page, u32::min) + 1
}

/// The lines of a thing; a text of a wide column is an item of its cell's list.
fn lines(parts: &Parts, thing: &Thing) -> Vec<CellLine> {
    let is_text = matches!(thing.field, Field::Target | Field::Methods);
    let mut lines: Vec<CellLine> = Vec::with_capacity(thing.segments.len());
    for &index in &thing.segments {
        let piece = parts.segments[index].piece;
        // A mark alone on its line goes with what follows.
        let is_mark = lines.len() == 1 && is_text && parts.segments[thing.segments[0]].text.chars().count() == 1;
        match lines.last_mut().filter(|_| is_mark) {
            Some(first) => first.run.0.push(piece),
            None => {
                let list = match (is_text, lines.is_empty()) {
                    (false, _) => ListLine::No,
                    (true, true) => ListLine::Item,
                    (true, false) => ListLine::Further,
                };
                lines.push(CellLine { run: Run(vec![piece]), list });
            }
        }
    }
    lines
}
