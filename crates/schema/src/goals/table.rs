//! A table's heading rows, and its other rows as cells by field.

use crate::headers;
use crate::profile::{Column, Field};
use crate::reader::Reader;
use seisho_model::Run;
use seisho_model::layout::{CellLine, Table, TableForm};
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewer fields than this make no heading row.
const ENOUGH_FIELDS: usize = 3;

/// The heading rows of a table and what they say of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) rows: Range<u32>,
    /// For every column its field.
    pub(super) fields: Vec<Option<Field>>,
    /// Columns whose heading names no field, with that heading.
    pub(super) unknown: Vec<(u32, Run)>,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldCell {
    pub(super) lines: Vec<CellLine>,
    /// It began in a row above and reaches into this one.
    pub(super) from_above: bool,
}

/// A row below the heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: BTreeMap<Field, FieldCell>,
    /// Text in columns that no heading covers.
    pub(super) beyond: Vec<Run>,
    /// True for a row that is one cell with text, at its left edge or over all its columns.
    pub(super) is_remark: bool,
    /// Its text.
    pub(super) run: Run,
}

/// A table with its grid, for going through its rows.
pub(super) struct Rows<'t> {
    table: &'t Table,
    grid: Vec<Vec<Option<usize>>>,
}

impl<'t> Rows<'t> {
    pub(super) fn new(table: &'t Table) -> Self {
        Self { table, grid: table.grid() }
    }

    /// The first heading at or below a row, of one row or of two.
    pub(super) fn heading_from(&self, first: u32, columns: &[Column], reader: &Reader<'_>) -> Option<Heading> {
        (first..self.table.rows).find_map(|row| self.heading_at(row, columns, reader))
    }

    /// The heading that starts in a row.
    pub(super) fn heading_at(&self, row: u32, columns: &[Column], reader: &Reader<'_>) -> Option<Heading> {
        let one = self.heading_of(row..row + 1, columns, reader);
        let two = (row + 1 < self.table.rows).then(|| self.heading_of(row..row + 2, columns, reader));
        let count = |h: &Heading| h.fields.iter().flatten().collect::<std::collections::BTreeSet<_>>().len();
        let best = match two {
            // Two rows only where the second one names fields that the first does not.
            Some(two) if count(&two) > count(&one) && self.names_field(row, columns, reader) => two,
            _ => one,
        };
        let says_what = best.fields.iter().flatten().any(|f| matches!(f, Field::Item | Field::Target | Field::Methods));
        (count(&best) >= ENOUGH_FIELDS && says_what).then_some(best)
    }

    fn names_field(&self, row: u32, columns: &[Column], reader: &Reader<'_>) -> bool {
        self.grid[row as usize].iter().flatten().any(|&c| headers::field_of(&reader.raw(&self.table.cells[c].run()), columns).is_some())
    }

    fn heading_of(&self, rows: Range<u32>, columns: &[Column], reader: &Reader<'_>) -> Heading {
        let cols = self.table.cols as usize;
        // The lowest cell with text names the column; one that spans columns names the first of them.
        let lowest = |col: usize| rows.clone().rev().find_map(|r| self.grid[r as usize][col].filter(|&c| !self.table.cells[c].is_blank()));
        let cells: Vec<Option<usize>> = (0..cols).map(lowest).collect();
        let is_first = |col: usize| col == 0 || cells[col] != cells[col - 1];
        let texts: Vec<Option<String>> =
            (0..cols).map(|c| cells[c].filter(|_| is_first(c)).map(|i| reader.raw(&self.table.cells[i].run()))).collect();
        let mut fields = headers::assign(&texts, columns);
        for col in 1..cols {
            if cells[col].is_some() && cells[col] == cells[col - 1] {
                fields[col] = fields[col - 1];
            }
        }
        let is_unknown = |col: &usize| fields[*col].is_none() && texts[*col].is_some();
        let unknown = (0..cols).filter(is_unknown).filter_map(|c| Some((c as u32, self.table.cells[cells[c]?].run()))).collect();
        Heading { rows, fields, unknown }
    }

    /// Whether cells below the heading span rows, so that a blank one is no sign of a merge.
    pub(super) fn shows_merges(&self, heading: &Heading) -> bool {
        self.table.form == TableForm::Html && self.table.cells.iter().any(|c| c.row.start >= heading.rows.end && c.row.len() > 1)
    }

    pub(super) fn row(&self, row: u32, heading: &Heading) -> Row {
        let mut out = Row { cells: BTreeMap::new(), beyond: Vec::new(), is_remark: false, run: Run::default() };
        let mut filled: Vec<&Range<u32>> = Vec::new();
        let mut last = None;
        for (col, index) in self.grid[row as usize].iter().enumerate() {
            let Some(index) = index.filter(|&i| last != Some(i)) else { continue };
            last = Some(index);
            let cell = &self.table.cells[index];
            let from_above = cell.row.start < row;
            if !cell.is_blank() && !from_above {
                filled.push(&cell.col);
                out.run.0.extend(cell.run().0);
            }
            match heading.fields.get(col).copied().flatten() {
                Some(field) => {
                    let entry = out.cells.entry(field).or_insert(FieldCell { lines: Vec::new(), from_above });
                    if !from_above {
                        entry.lines.extend(cell.lines.iter().cloned());
                    }
                }
                None if !cell.is_blank() && !from_above && !heading.unknown.iter().any(|(c, _)| *c == col as u32) => {
                    out.beyond.push(cell.run())
                }
                None => {}
            }
        }
        out.is_remark = matches!(filled.as_slice(), [only] if only.start == 0 && (only.len() as u32 == self.table.cols || self.table.cols > 2))
            && out.cells.get(&Field::Number).is_none_or(|c| c.lines.len() != 1 || self.is_long(&out.run));
        out
    }

    /// Text that is no number of a row.
    fn is_long(&self, run: &Run) -> bool {
        run.0.iter().map(|p| p.range.len()).sum::<usize>() > 15
    }

    pub(super) fn heading_run(&self, heading: &Heading) -> Run {
        let cells = self.table.cells.iter().filter(|c| heading.rows.contains(&c.row.start));
        Run(cells.flat_map(|c| c.run().0).collect())
    }
}
