//! A table's heading rows, and its other rows as cells by field.

use super::near;
use seisho_forms::headings::{self, Fit};
use seisho_forms::{Column, Field, FieldKind, of_kind};
use seisho_japanese::numerals;
use seisho_model::geometry::Pt;
use seisho_model::layout::{Cell, CellLine, Edges, Table, TableForm};
use seisho_model::{Edited, Run};
use seisho_reading::Reader;
use seisho_reading::confidence;
use seisho_reading::mend;
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewer fields than this make no heading row.
const ENOUGH_FIELDS: usize = 3;
/// With so many fields that are sure, others of a scan may be guessed.
const SURE_FIELDS: usize = 2;
/// So many numbers below each other are a column of them.
const ENOUGH_NUMBERS: usize = 2;
/// A number that was misread is no longer than this, in bytes.
const SHORT_NUMBER: usize = 6;

/// The heading rows of a table and what they say of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) rows: Range<u32>,
    /// Columns of its table.
    pub(super) cols: u32,
    /// Where a drawn table has their edges.
    pub(super) edges: Option<Edges>,
    /// For every column its field; columns at the right that have none may be left out.
    pub(super) fields: Vec<Option<Field>>,
    /// Columns whose heading names no field, with that heading.
    pub(super) unknown: Vec<(u32, Run)>,
    /// Headings of a scan that were misread, with the field that they were taken for.
    pub(super) guessed: Vec<(Field, Run)>,
}

/// Column edges of a table that goes on over a page lie in the same places to this many thousandths of a point,
/// counted from its left edge.
const SAME_EDGE: i32 = 6_000;

impl Heading {
    /// That of a table without heading rows, whose columns are known otherwise.
    pub(super) fn of_fields(fields: &[Field]) -> Self {
        let fields: Vec<Option<Field>> = fields.iter().copied().map(Some).collect();
        Self { rows: 0..0, cols: fields.len() as u32, edges: None, fields, unknown: Vec::new(), guessed: Vec::new() }
    }

    /// Whether a table has the columns of this heading.
    pub(super) fn has_columns_of(&self, table: &Table) -> bool {
        let same_edges = |a: &Edges, b: &Edges| {
            let near = |(x, y): (&Pt, &Pt)| ((x.0 - a.xs[0].0) - (y.0 - b.xs[0].0)).abs() <= SAME_EDGE;
            a.xs.iter().zip(&b.xs).all(near)
        };
        let is_told_by_rules = table.form == TableForm::Ruled;
        let edges = self.edges.as_ref().zip(table.edges.as_ref()).filter(|_| is_told_by_rules);
        self.cols == table.cols && edges.is_none_or(|(a, b)| same_edges(a, b))
    }
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
pub(crate) struct Rows<'t> {
    table: &'t Table,
    grid: Vec<Vec<Option<usize>>>,
    /// For every cell the field that it would name as a heading.
    fits: Vec<Option<(Field, Fit)>>,
    /// For every cell the plain number that it holds, if nothing else.
    numbers: Vec<Option<u64>>,
    /// Whether it was read from a scan.
    scanned: bool,
    /// For every cell of a scan the field that it nearly names.
    near: Vec<Option<Field>>,
    /// The last row in which a cell of several rows starts.
    last_merge: Option<u32>,
}

impl<'t> Rows<'t> {
    pub(super) fn new(table: &'t Table, columns: &[Column], reader: &Reader<'_>) -> Self {
        let number = |text: &str| {
            let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            numerals::integer(&digits).filter(|&(_, len)| len == digits.len()).map(|(n, _)| n)
        };
        let read = |cell: &Cell| {
            let reading = reader.glance(&cell.run());
            let fit = headings::field_of(reading.text(), columns);
            let doubt =
                confidence::of(reader.pages, &reading.run).filter(|_| fit.is_none() && mend::is_scanned(reader.pages, &reading.run));
            let near = doubt.and_then(|c| {
                let mended = Edited::apply(reading.text().to_owned(), reader.mender.changes(reading.text()));
                let named = headings::field_of(&mended.text, columns).map(|(field, _)| field);
                named.or_else(|| near::field_of(&mended.text, &c, columns))
            });
            (fit, (number(reading.text()), near))
        };
        let (fits, (numbers, near)) = table.cells.iter().map(read).unzip();
        let scanned = table.cells.iter().map(Cell::run).find(|r| !r.is_empty()).is_some_and(|r| mend::is_scanned(reader.pages, &r));
        let last_merge = table.cells.iter().filter(|c| c.row.len() > 1).map(|c| c.row.start).max();
        Self { table, grid: table.grid(), fits, numbers, scanned, near, last_merge }
    }

    /// The table's cells.
    pub(super) fn cells(&self) -> &'t [Cell] {
        &self.table.cells
    }

    /// The field that a cell would name as a heading.
    pub(super) fn fit(&self, cell: usize) -> Option<(Field, Fit)> {
        self.fits[cell]
    }

    /// The field that a cell of a scan would name as a heading but for characters that were misread.
    pub(super) fn near(&self, cell: usize) -> Option<Field> {
        self.near[cell]
    }

    /// The cell at a place of the grid.
    pub(super) fn cell_at(&self, row: u32, col: u32) -> Option<usize> {
        self.grid.get(row as usize)?.get(col as usize).copied().flatten()
    }

    /// The first heading at or below a row, of one row or of two.
    pub(super) fn heading_from(&self, first: u32) -> Option<Heading> {
        (first..self.table.rows).find_map(|row| self.heading_at(row))
    }

    /// The heading that starts in a row.
    pub(super) fn heading_at(&self, row: u32) -> Option<Heading> {
        if !self.names_field(row) {
            return None;
        }
        let one = self.fields_of(row..row + 1);
        let two = (row + 1 < self.table.rows).then(|| self.fields_of(row..row + 2));
        let count = |fields: &[Option<Field>]| fields.iter().flatten().collect::<std::collections::BTreeSet<_>>().len();
        let (rows, fields) = match two {
            // Two rows only where the second one names fields that the first does not.
            Some(two) if count(&two) > count(&one) => (row..row + 2, two),
            _ => (row..row + 1, one),
        };
        let says_what = fields.iter().flatten().any(|f| f.is_wide());
        let known = count(&fields);
        let heading = (known >= ENOUGH_FIELDS && says_what && !self.holds_a_number(&rows)).then(|| self.heading(rows, fields))?;
        // A table of which most columns are strange is of another form, whatever words it shares.
        (known >= heading.unknown.len()).then_some(heading)
    }

    /// A row with a plain number in a cell is a row of goals, whatever words its other cells hold. In a scan the heading
    /// of the numbers may have been misread as one.
    fn holds_a_number(&self, rows: &Range<u32>) -> bool {
        let first = self.table.cells.partition_point(|c| c.row.start < rows.start);
        let cells = self.table.cells.iter().zip(&self.numbers).skip(first).take_while(|(c, _)| c.row.start < rows.end);
        let is_corner = |c: &Cell| self.scanned && c.row.start == rows.start && c.col.start == 0 && self.counts(rows.end);
        cells.into_iter().any(|(c, number)| number.is_some() && !is_corner(c))
    }

    fn names_field(&self, row: u32) -> bool {
        self.grid[row as usize].iter().flatten().any(|&c| self.fits[c].is_some())
    }

    /// For every column the cell that names it: the lowest with text. Columns without one at the right are left out.
    fn naming_cells(&self, rows: Range<u32>) -> Vec<Option<usize>> {
        let cols = rows.clone().map(|r| self.grid[r as usize].len()).max().unwrap_or(0);
        let cell = |row: u32, col: usize| self.grid[row as usize].get(col).copied().flatten().filter(|&c| !self.table.cells[c].is_blank());
        (0..cols).map(|col| rows.clone().rev().find_map(|row| cell(row, col))).collect()
    }

    /// The field of every column that has a naming cell; one that spans columns competes as the first of them.
    fn fields_of(&self, rows: Range<u32>) -> Vec<Option<Field>> {
        let cells = self.naming_cells(rows.clone());
        let goes_on = |col: usize| col > 0 && cells[col].is_some() && cells[col] == cells[col - 1];
        let fits: Vec<_> = (0..cells.len()).map(|col| cells[col].filter(|_| !goes_on(col)).and_then(|c| self.fits[c])).collect();
        let mut fields = headings::assign(&fits);
        if fields.iter().flatten().count() >= SURE_FIELDS {
            self.guess(&mut fields, &cells, rows.end);
        }
        for col in 1..fields.len() {
            if goes_on(col) {
                fields[col] = fields[col - 1];
            }
        }
        fields
    }

    /// In a scan, fields of columns whose headings were misread; a first column of numbers is that of the numbers.
    fn guess(&self, fields: &mut [Option<Field>], cells: &[Option<usize>], below: u32) {
        for col in 0..fields.len() {
            let near = cells[col].filter(|_| fields[col].is_none()).and_then(|c| self.near[c]);
            fields[col] = fields[col].or(near.filter(|f| !fields.contains(&Some(*f))));
        }
        let is_open = fields.first() == Some(&None) && !fields.iter().flatten().any(|f| f.kind() == FieldKind::Number);
        if self.scanned && is_open && self.counts(below) {
            fields[0] = Some(Field::Number);
        }
    }

    /// Whether the cells of the first column are numbers, from a row on: most of them are, or all are as short as one and
    /// every number that could be read is that of its row.
    fn counts(&self, from: u32) -> bool {
        let first = self.table.cells.iter().zip(&self.numbers).filter(|(c, _)| c.row.start >= from && c.col.start == 0 && !c.is_blank());
        let numbers: Vec<Option<u64>> = first.clone().map(|(_, n)| *n).collect();
        let read = numbers.iter().flatten().count();
        let is_most = read >= ENOUGH_NUMBERS && read * 2 > numbers.len();
        let is_short = first.clone().all(|(c, _)| c.run().0.iter().map(|p| p.range.len()).sum::<usize>() <= SHORT_NUMBER);
        let is_of_row = (1..).zip(&numbers).all(|(row, n): (u64, _)| n.is_none_or(|n| n == row));
        is_most || read > 0 && is_short && is_of_row
    }

    fn heading(&self, rows: Range<u32>, fields: Vec<Option<Field>>) -> Heading {
        let cells = self.naming_cells(rows.clone());
        let is_first = |col: usize| col == 0 || cells[col] != cells[col - 1];
        let columns = (0..cells.len()).filter(|&col| fields[col].is_none() && is_first(col));
        let unknown = columns.filter_map(|c| Some((c as u32, self.table.cells[cells[c]?].run()))).collect();
        let taken = (0..cells.len()).filter(|&col| is_first(col)).filter_map(|col| Some((fields[col]?, cells[col]?)));
        let guessed = taken.filter(|&(field, c)| self.fits[c].is_none_or(|(f, _)| f != field));
        let guessed = guessed.map(|(field, c)| (field, self.table.cells[c].run())).collect();
        Heading { rows, cols: self.table.cols, edges: self.table.edges.clone(), fields, unknown, guessed }
    }

    /// The page, from 1, of the first text of some rows.
    pub(super) fn page_of(&self, rows: Range<u32>) -> Option<u32> {
        let cells = self.table.cells.iter().filter(|c| rows.contains(&c.row.start));
        cells.flat_map(|c| &c.lines).find_map(|l| l.run.0.first()).map(|p| p.page + 1)
    }

    /// Whether cells below the heading span rows, so that a blank one is no sign of a merge.
    pub(super) fn shows_merges(&self, heading: &Heading) -> bool {
        matches!(self.table.form, TableForm::Html | TableForm::Ruled | TableForm::Aligned)
            && self.last_merge.is_some_and(|row| row >= heading.rows.end)
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
                None if !cell.is_blank() && !from_above && heading.unknown.binary_search_by_key(&(col as u32), |(c, _)| *c).is_err() => {
                    out.beyond.push(cell.run())
                }
                None => {}
            }
        }
        out.is_remark = matches!(filled.as_slice(), [only] if only.start == 0 && (only.len() as u32 == self.table.cols || self.table.cols > 2))
            && of_kind(&out.cells, FieldKind::Number).is_none_or(|c| c.lines.len() != 1 || self.is_long(&out.run));
        out
    }

    /// Text that is no number of a row.
    fn is_long(&self, run: &Run) -> bool {
        run.0.iter().map(|p| p.range.len()).sum::<usize>() > 15
    }

    pub(super) fn heading_run(&self, heading: &Heading) -> Run {
        let first = self.table.cells.partition_point(|c| c.row.start < heading.rows.start);
        let cells = self.table.cells[first..].iter().take_while(|c| c.row.start < heading.rows.end);
        Run(cells.flat_map(|c| c.run().0).collect())
    }
}
