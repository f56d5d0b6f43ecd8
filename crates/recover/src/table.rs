//! Rows as a table like any other, with what else the text would allow.

use crate::doubt;
use crate::fields::first;
use crate::parts::Entry;
use crate::parts::Parts;
use crate::recovered::{Recovered, RecoveredRow};
use crate::rows::Assigned;
use seisho_forms::{Field, FieldKind};
use seisho_model::Run;
use seisho_model::layout::{Cell, CellLine, ListLine, Table, TableForm};
use std::collections::BTreeMap;

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
            room: None,
            lines: lines.remove(field).unwrap_or_default(),
        }));
        rows.push(RecoveredRow { page: page(parts, assigned, row), candidates: doubt::candidates(parts, assigned, row) });
    }
    let table = Table { form: TableForm::Recovered, rows: rows.len() as u32, cols: fields.len() as u32, cells, edges: None };
    let alternatives = doubt::alternatives(parts, assigned);
    Recovered { table: Some(table), fields, rows, alternatives, evidence: assigned.evidence(), ..Recovered::default() }
}

/// The numbers, then what the headings name or a cell was found for.
fn columns(parts: &Parts) -> Vec<Field> {
    let mut fields = vec![first(FieldKind::Number)];
    let named = parts.headings.fields.iter().copied().chain(parts.entries.iter().map(|t| t.field));
    for field in named {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

fn lines_of_row(parts: &Parts, assigned: &Assigned, row: usize) -> BTreeMap<Field, Vec<CellLine>> {
    let number = Run(vec![parts.segments[parts.rows[row].segment].piece]);
    let mut of_row = BTreeMap::from([(first(FieldKind::Number), vec![CellLine { run: number, list: ListLine::No }])]);
    for (entry, _) in parts.entries.iter().zip(&assigned.placements).filter(|(_, placement)| placement.row == row) {
        of_row.entry(entry.field).or_default().extend(lines(parts, entry));
    }
    of_row
}

/// The page on which a row begins: that of its number or of its item, whichever comes first.
fn page(parts: &Parts, assigned: &Assigned, row: usize) -> u32 {
    let items =
        parts.entries.iter().zip(&assigned.placements).filter(|(t, placement)| placement.row == row && t.field.kind() == FieldKind::Text);
    let pages = items.map(|(t, _)| parts.segments[t.segments[0]].page());
    pages.fold(parts.rows[row].page, u32::min) + 1
}

/// The lines of an entry; a text of a wide column is an item of its cell's list.
fn lines(parts: &Parts, entry: &Entry) -> Vec<CellLine> {
    let is_text = entry.field.kind() == FieldKind::Items;
    let mut lines: Vec<CellLine> = Vec::with_capacity(entry.segments.len());
    for &index in &entry.segments {
        let piece = parts.segments[index].piece;
        // A mark alone on its line goes with what follows.
        let is_mark = lines.len() == 1 && is_text && parts.segments[entry.segments[0]].text.chars().count() == 1;
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
