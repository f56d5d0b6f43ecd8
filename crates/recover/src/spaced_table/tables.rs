//! Tables of rows made of tables of lines: parted where their heading comes again, their rows cut, what is not sure of
//! them noted.

use super::grid::Lines;
use super::odd;
use seisho_forms::{Field, FieldKind, GoalTableForm};
use seisho_model::Piece;
use seisho_model::layout::{Block, Cell, Table, TableForm};
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
            out.push(Block::Table(self.rows(from, caption, fields, form, reader, doubts)));
            out.extend((caption..next.start).filter_map(|line| self.line(line)).map(Block::Line));
            from = next.clone();
        }
        out.push(Block::Table(self.rows(from, end, fields, form, reader, doubts)));
        out.extend((end..self.grid.len()).filter_map(|line| self.line(line)).map(Block::Line));
    }

    /// The lines down to `end` put together to rows.
    fn rows(
        &self,
        heading: Range<usize>,
        end: usize,
        fields: &[Option<Field>],
        form: &GoalTableForm,
        reader: &mut Reader<'_>,
        doubts: &mut Doubts,
    ) -> Table {
        let mut bounds: Vec<Range<usize>> = Vec::new();
        let body = heading.end;
        bounds.extend((!heading.is_empty()).then_some(heading));
        let rows = self.cuts(body, end, fields, reader, &mut doubts.rows);
        odd::doubt(self, &rows, fields, form, reader, &mut doubts.columns);
        // A form that is known has a date: where no column of it was seen, its dates stand in the columns beside it.
        if !fields.iter().flatten().any(|f| f.kind() == FieldKind::Date) {
            let wide = (0..fields.len()).filter(|&col| fields[col].is_some_and(Field::is_wide));
            let cells = wide.flat_map(|col| (body..end).map(move |line| (line, col)));
            doubts.columns.extend(cells.flat_map(|(line, col)| self.pieces(line, col)));
        }
        bounds.extend(rows);
        let mut cells = Vec::new();
        for (row, lines) in bounds.iter().enumerate() {
            for col in 0..self.table.cols {
                let own = lines.clone().filter_map(|line| self.grid[line][col as usize]);
                let texts = own.flat_map(|c| self.table.cells[c].lines.iter().cloned()).collect();
                cells.push(Cell { row: row as u32..row as u32 + 1, col: col..col + 1, header: false, lines: texts });
            }
        }
        Table { form: TableForm::Columns, rows: bounds.len() as u32, cols: self.table.cols, cells, edges: None }
    }
}
