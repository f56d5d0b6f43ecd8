//! Tables of rows made of tables of lines: parted where their heading comes again, their rows cut, what is not sure of
//! them noted.

use super::apart::Apart;
use super::cuts::{Row, Shown};
use super::grid::Lines;
use super::odd;
use seisho_forms::{Field, FieldKind, GoalTableForm};
use seisho_model::Piece;
use seisho_model::layout::{Block, Cell, CellLine, Line, ListLine, Table, TableForm};
use seisho_reading::Reader;
use std::collections::BTreeSet;
use std::ops::Range;

/// A caption has no more lines.
const CAPTION_LINES: usize = 2;

/// What is not sure of tables that were put together of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    /// Texts of cells that may be of the row above or below.
    pub rows: BTreeSet<Piece>,
    /// Texts of cells that may be of the column beside them.
    pub columns: BTreeSet<Piece>,
    /// Every value has its label: no row ends where the next one begins.
    pub are_labelled: bool,
    /// How cells stand in their rows, for the tables that follow.
    pub(crate) shown: Shown,
}

impl Lines<'_> {
    /// The tables between headings that come again, and the lines between them.
    pub(crate) fn parts(
        &self,
        heading: Range<usize>,
        fields: &[Option<Field>],
        form: &GoalTableForm,
        reader: &mut Reader<'_>,
        out: &mut Vec<Block>,
        doubts: &mut Doubts,
    ) {
        let end = self.body_end(heading.end);
        let mut from = heading.clone();
        let again = self.headings_again(&heading, end);
        for next in &again {
            // A caption stands above its table, below a blank line.
            let last = (from.end..next.start).rev().find(|&line| !self.is_blank(line)).map_or(from.end, |line| line + 1);
            let caption = (from.end..last).rev().find(|&line| self.is_blank(line)).map_or(last, |line| line + 1);
            let caption = if last - caption <= CAPTION_LINES { caption } else { next.start };
            self.rows(from, caption, (fields, form), reader, out, doubts);
            out.extend((caption..next.start).filter_map(|line| self.line(line)).map(Block::Line));
            from = next.clone();
        }
        self.rows(from, end, (fields, form), reader, out, doubts);
        out.extend((end..self.grid.len()).filter_map(|line| self.line(line)).map(Block::Line));
    }

    /// The lines down to `end` put together to rows.
    fn rows(
        &self,
        heading: Range<usize>,
        end: usize,
        (fields, form): (&[Option<Field>], &GoalTableForm),
        reader: &mut Reader<'_>,
        out: &mut Vec<Block>,
        doubts: &mut Doubts,
    ) {
        let body = heading.end;
        let rows = self.cuts(body..end, fields, reader, &mut doubts.shown, &mut doubts.rows);
        odd::doubt(self, &rows, fields, form, reader, &mut doubts.columns);
        // A form that is known has a date: where no column of it was seen, its dates stand in the columns beside it.
        if !fields.iter().flatten().any(|f| f.kind() == FieldKind::Date) {
            let wide = (0..fields.len()).filter(|&col| fields[col].is_some_and(Field::is_wide));
            let cells = wide.flat_map(|col| (body..end).map(move |line| (line, col)));
            doubts.columns.extend(cells.flat_map(|(line, col)| self.pieces(line, col)));
        }
        let heading = (!heading.is_empty()).then_some(Row { lines: heading, apart: None });
        let all: Vec<&Row> = heading.iter().chain(rows.iter().filter(|row| row.apart != Some(Apart::Sum))).collect();
        let cells = (0..).zip(&all).flat_map(|(row, of)| self.cells_of(row, of)).collect();
        let table = Table { form: TableForm::Columns, rows: all.len() as u32, cols: self.table.cols, cells, edges: None };
        out.push(Block::Table(table));
        out.extend(self.sums(&rows).map(Block::Line));
    }

    /// The cells of a row: one for every column, or one over all.
    pub(crate) fn cells_of(&self, row: u32, of: &Row) -> Vec<Cell> {
        let texts = |cols: Range<u32>| {
            let places = of.lines.clone().flat_map(|line| cols.clone().map(move |col| (line, col as usize)));
            places.filter_map(|(line, col)| self.grid[line][col]).flat_map(|c| self.table.cells[c].lines.iter().cloned()).collect()
        };
        let cols = self.table.cols;
        let cell = |col: Range<u32>| Cell { row: row..row + 1, col: col.clone(), header: false, room: None, lines: texts(col) };
        if of.apart.is_some() {
            let line = of.lines.clone().find_map(|line| self.line(line)).map(|line| CellLine { run: line.run, list: ListLine::No });
            return vec![Cell { row: row..row + 1, col: 0..cols, header: false, room: None, lines: line.into_iter().collect() }];
        }
        (0..cols).map(|col| cell(col..col + 1)).collect()
    }

    /// The lines of sums, which are of no table.
    pub(crate) fn sums(&self, rows: &[Row]) -> impl Iterator<Item = Line> {
        rows.iter().filter(|row| row.apart == Some(Apart::Sum)).flat_map(|row| row.lines.clone()).filter_map(|line| self.line(line))
    }
}
