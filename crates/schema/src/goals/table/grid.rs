//! A table's heading rows, and its other rows as cells by field.

use super::near;
use crate::goals::label::{self, is_short_name};
use seisho_forms::headings::{self, Fit};
use seisho_forms::{Field, GoalTableForm};
use seisho_japanese::dates::{self, DeadlineKind};
use seisho_japanese::numerals;
use seisho_model::Edited;
use seisho_model::layout::{Cell, Table, TableForm};
use seisho_reading::Reader;
use seisho_reading::confidence;
use seisho_reading::mend;
use std::ops::Range;

/// So many numbers below each other are a column of them.
const ENOUGH_NUMBERS: usize = 2;
/// A number that was misread is no longer than this, in bytes.
const SHORT_NUMBER: usize = 6;

/// A table with its grid, for going through its rows.
pub(crate) struct Rows<'t> {
    table: &'t Table,
    pub(crate) grid: Vec<Vec<Option<usize>>>,
    /// For every cell its text, with its line ends.
    texts: Vec<String>,
    /// For every cell the field that it would name as a heading.
    fits: Vec<Option<(Field, Fit)>>,
    /// For every cell the plain number that it holds, if nothing else.
    numbers: Vec<Option<u64>>,
    /// Whether it was read from a scan.
    pub(crate) scanned: bool,
    /// For every cell of a scan the field that it nearly names.
    near: Vec<Option<Field>>,
    /// The last row in which a cell of several rows starts.
    pub(crate) last_merge: Option<u32>,
}

impl<'t> Rows<'t> {
    pub(crate) fn new(table: &'t Table, form: &GoalTableForm, reader: &Reader<'_>) -> Self {
        let number = |text: &str| {
            let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            numerals::integer(&digits).filter(|&(_, len)| len == digits.len()).map(|(n, _)| n)
        };
        let read = |cell: &Cell| {
            let reading = reader.glance(&cell.run());
            let is_label = table.form == TableForm::Labelled && cell.header;
            let text = if is_label { label::bare(reading.text()) } else { reading.text() };
            let fit = headings::field_of(text, form);
            let doubt =
                confidence::of(reader.pages, &reading.run).filter(|_| fit.is_none() && mend::is_scanned(reader.pages, &reading.run));
            let near = doubt.and_then(|c| {
                let mended = Edited::apply(reading.text().to_owned(), reader.mender.changes(reading.text()));
                let named = headings::field_of(&mended.text, form).map(|(field, _)| field);
                named.or_else(|| near::field_of(&mended.text, &c, form))
            });
            ((fit, number(text)), (near, text.to_owned()))
        };
        let ((fits, numbers), (near, texts)): ((Vec<_>, Vec<_>), (Vec<_>, Vec<_>)) = table.cells.iter().map(read).unzip();
        let scanned = table.cells.iter().map(Cell::run).find(|r| !r.is_empty()).is_some_and(|r| mend::is_scanned(reader.pages, &r));
        let last_merge = table.cells.iter().filter(|c| c.row.len() > 1).map(|c| c.row.start).max();
        Self { table, grid: table.grid(), texts, fits, numbers, scanned, near, last_merge }
    }

    /// The table's cells.
    pub(crate) fn cells(&self) -> &'t [Cell] {
        &self.table.cells
    }

    /// The field that a cell would name as a heading.
    pub(crate) fn fit(&self, cell: usize) -> Option<(Field, Fit)> {
        self.fits[cell]
    }

    /// The field that a cell of a scan would name as a heading but for characters that were misread.
    pub(crate) fn near(&self, cell: usize) -> Option<Field> {
        self.near[cell]
    }

    /// The cell at a place of the grid.
    pub(crate) fn cell_at(&self, row: u32, col: u32) -> Option<usize> {
        self.grid.get(row as usize)?.get(col as usize).copied().flatten()
    }

    /// A row with a plain number in a cell is a row of goals, whatever words its other cells hold. In a scan the heading
    /// of the numbers may have been misread as one.
    pub(crate) fn holds_a_number(&self, rows: &Range<u32>) -> bool {
        let first = self.table.cells.partition_point(|c| c.row.start < rows.start);
        let cells = self.table.cells.iter().zip(&self.numbers).skip(first).take_while(|(c, _)| c.row.start < rows.end);
        let is_corner = |c: &Cell| self.scanned && c.row.start == rows.start && c.col.start == 0 && self.counts(rows.end);
        cells.into_iter().any(|(c, number)| number.is_some() && !is_corner(c))
    }

    pub(crate) fn names_field(&self, row: u32) -> bool {
        self.grid[row as usize].iter().flatten().any(|&c| self.fits[c].is_some())
    }

    /// Whether the cells of the first column are numbers, from a row on: most of them are, or all are as short as one and
    /// every number that could be read is that of its row.
    pub(crate) fn counts(&self, from: u32) -> bool {
        let first = self.table.cells.iter().zip(&self.numbers).filter(|(c, _)| c.row.start >= from && c.col.start == 0 && !c.is_blank());
        let numbers: Vec<Option<u64>> = first.clone().map(|(_, n)| *n).collect();
        let read = numbers.iter().flatten().count();
        let is_most = read >= ENOUGH_NUMBERS && read * 2 > numbers.len();
        let is_short = first.clone().all(|(c, _)| c.run().0.iter().map(|p| p.range.len()).sum::<usize>() <= SHORT_NUMBER);
        let is_of_row = (1..).zip(&numbers).all(|(row, n): (u64, _)| n.is_none_or(|n| n == row));
        is_most || read > 0 && is_short && is_of_row
    }

    /// The table itself.
    pub(crate) fn table(&self) -> &'t Table {
        self.table
    }

    /// How many rows it has.
    pub(crate) fn len(&self) -> u32 {
        self.table.rows
    }

    /// How many columns a row has.
    pub(crate) fn width(&self, row: u32) -> u32 {
        self.grid.get(row as usize).map_or(0, |r| r.len() as u32)
    }

    /// The text of a cell, with its line ends.
    pub(crate) fn text(&self, cell: usize) -> &str {
        &self.texts[cell]
    }

    /// The cells of a row, those that began above too.
    pub(crate) fn row_cells(&self, row: u32) -> impl Iterator<Item = usize> {
        self.grid[row as usize].iter().flatten().copied()
    }

    /// The texts that start in a column, in some rows.
    pub(crate) fn texts_of(&self, col: u32, rows: Range<u32>) -> impl Iterator<Item = &str> {
        let starts = move |row: u32| {
            let cell = self.cell_at(row, col)?;
            let at = &self.table.cells[cell];
            (at.row.start == row && at.col.start == col).then(|| self.texts[cell].as_str())
        };
        rows.filter_map(starts)
    }

    /// Whether a cell has the shape of a heading: short, no sentence, no number, no day.
    pub(crate) fn is_like_heading(&self, cell: usize) -> bool {
        let text = &self.texts[cell];
        let is_day = || text.contains('日') && dates::deadline(text, None).kind == DeadlineKind::Date;
        self.numbers[cell].is_none() && is_short_name(text) && !is_day()
    }

    /// Whether the source states its cells; rules may also stand between the lines of one.
    pub(crate) fn states_cells(&self) -> bool {
        use TableForm::{Commas, Given, Html, Pipes, Tabs};
        matches!(self.table.form, Html | Given | Tabs | Commas | Pipes)
    }

    /// Whether it says something in sentences: it is no box of a head.
    pub(crate) fn has_sentences(&self) -> bool {
        self.texts.iter().filter(|text| text.trim_end().ends_with('。')).count() > 1
    }

    /// The page, from 1, of the first text of some rows.
    pub(crate) fn page_of(&self, rows: Range<u32>) -> Option<u32> {
        let cells = self.table.cells.iter().filter(|c| rows.contains(&c.row.start));
        cells.flat_map(|c| &c.lines).find_map(|l| l.run.0.first()).map(|p| p.page + 1)
    }
}

/// A label or heading of several lines on one.
pub(crate) fn on_one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect()
}
