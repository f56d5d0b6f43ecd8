//! A row below a heading, as cells by field.

use super::grid::Rows;
use super::heading::Heading;
use seisho_forms::{Field, FieldKind, of_kind};
use seisho_model::geometry::{Pt, Rect};
use seisho_model::layout::{Cell, CellLine, TableForm};
use seisho_model::{Pages, Run};
use seisho_reading::Room;
use std::collections::BTreeMap;
use std::ops::Range;

/// So many letters in the column of the numbers are words.
const WORDS: usize = 3;

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldCell {
    pub(crate) lines: Vec<CellLine>,
    /// It began in a row above and reaches into this one.
    pub(crate) from_above: bool,
    /// The room that its lines have, where it is known.
    pub(crate) room: Option<Room>,
}

/// A row below the heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) cells: BTreeMap<Field, FieldCell>,
    /// Texts over the columns of several fields: the first of them, which takes it, and the others.
    pub(crate) over: Vec<(Run, Vec<Field>)>,
    /// Text in columns that no heading covers.
    pub(crate) beyond: Vec<Run>,
    /// True for a row that is one cell with text, at its left edge or over all its columns.
    pub(crate) is_remark: bool,
    /// True for a row that is one cell over its columns.
    pub(crate) is_band: bool,
    /// True for a row whose only text stands right of its blank number: as short as a heading, nothing from above beside it.
    pub(crate) is_lone_text: bool,
    /// Its text.
    pub(crate) run: Run,
}

/// The fields whose columns a cell reaches over, where they are several.
fn fields_over(cell: &Cell, heading: &Heading) -> Option<Vec<Field>> {
    let columns = heading.fields.get(cell.col.start as usize..(cell.col.end as usize).min(heading.fields.len()))?;
    let mut fields: Vec<Field> = Vec::new();
    columns.iter().flatten().for_each(|field| fields.extend((!fields.contains(field)).then_some(*field)));
    (fields.len() > 1).then_some(fields)
}

impl Rows<'_> {
    /// Whether cells from a row on span rows, so that a blank one is no sign of a merge.
    pub(crate) fn shows_merges(&self, from: u32) -> bool {
        matches!(self.table().form, TableForm::Html | TableForm::Ruled | TableForm::Aligned | TableForm::Given | TableForm::Boxed)
            && self.last_merge.is_some_and(|row| row >= from)
    }

    pub(crate) fn row(&self, row: u32, heading: &Heading) -> Row {
        let mut out = Row::default();
        let mut filled: Vec<&Range<u32>> = Vec::new();
        let mut last = None;
        for (col, index) in self.grid[row as usize].iter().enumerate() {
            let Some(index) = index.filter(|&i| last != Some(i)) else { continue };
            last = Some(index);
            let cell = &self.table().cells[index];
            let from_above = cell.row.start < row;
            if !cell.is_blank() && !from_above {
                filled.push(&cell.col);
                out.run.0.extend(cell.run().0);
            }
            match heading.fields.get(col).copied().flatten() {
                Some(field) => {
                    if !from_above && !cell.is_blank() {
                        out.over.extend(fields_over(cell, heading).map(|fields| (cell.run(), fields)));
                    }
                    let entry = out.cells.entry(field).or_insert(FieldCell { lines: Vec::new(), from_above, room: None });
                    if !from_above {
                        entry.lines.extend(cell.lines.iter().cloned());
                        entry.room = entry.room.or(self.room(cell));
                    }
                }
                None if !cell.is_blank() && !from_above => out.beyond.push(cell.run()),
                None => {}
            }
        }
        for &field in heading.fields.iter().flatten().filter(|f| !f.is_named()) {
            out.cells.entry(field).or_insert(FieldCell { lines: Vec::new(), from_above: false, room: None });
        }
        let is_over_all = |only: &Range<u32>| only.start == 0 && only.len() as u32 > 1 && only.len() as u32 * 3 >= self.table().cols * 2;
        // Text between delimiters spans nothing: a row of a single text in the column of the numbers is over all too.
        let is_delimited = matches!(self.table().form, TableForm::Tabs | TableForm::Commas | TableForm::Pipes | TableForm::Given);
        let is_of_numbers = heading.fields.first().copied().flatten().is_some_and(|f| f.kind() == FieldKind::Number);
        // Elsewhere it has to be words, and no number that was read as some.
        let is_blank_otherwise = out.cells.values().all(|cell| !cell.from_above);
        let is_words = |cell: usize| self.text(cell).chars().filter(|c| c.is_alphabetic()).count() >= WORDS;
        let heading_in = |col: u32| {
            let cell = self.cell_at(row, col).filter(|_| is_of_numbers && self.table().cols > 2);
            cell.filter(|&c| self.is_like_heading(c))
        };
        let is_alone =
            |only: &Range<u32>| only.start == 0 && heading_in(0).is_some_and(|cell| is_delimited || is_blank_otherwise && is_words(cell));
        out.is_band = matches!(filled.as_slice(), [only] if is_over_all(only) || is_alone(only));
        out.is_lone_text = matches!(filled.as_slice(), [only] if only.start == 1 && is_blank_otherwise && heading_in(1).is_some());
        out.is_remark = matches!(filled.as_slice(), [only] if only.start == 0 && (only.len() as u32 == self.table().cols || self.table().cols > 2))
            && (out.is_band || of_kind(&out.cells, FieldKind::Number).is_none_or(|c| c.lines.len() != 1 || Self::is_long(&out.run)));
        out
    }

    /// The room that the lines of a cell have. Where no rules are drawn, nobody knows how far they could reach; lines of texts
    /// whose places are lost were cut anywhere.
    pub(crate) fn room(&self, cell: &Cell) -> Option<Room> {
        match self.table().form {
            TableForm::Ruled => self.table().edges.as_ref().map(|edges| edges.rect(cell)).map(|rect| Room::Between(rect.x0, rect.x1)),
            TableForm::Boxed => cell.room.map(Room::Columns),
            TableForm::Html | TableForm::Given | TableForm::Commas | TableForm::Pipes => Some(Room::Stated),
            TableForm::Aligned | TableForm::Tabs | TableForm::Columns | TableForm::Labelled | TableForm::Recovered => None,
        }
    }

    /// Fields in whose cells a drawn page has text that nobody sees, and where it would stand. A cell that goes on over the end
    /// of a page may have its text beyond it. `body`: the rows of the table's goals.
    pub(crate) fn hidden(&self, row: u32, body: &Range<u32>, heading: &Heading, pages: &Pages) -> BTreeMap<Field, Vec<Rect>> {
        let mut found: BTreeMap<Field, Vec<Rect>> = BTreeMap::new();
        let Some(edges) = &self.table().edges else { return found };
        let Some(ink) = pages.0[edges.page as usize].ink.as_ref().filter(|ink| !ink.hidden.is_empty()) else { return found };
        for (index, field) in self.grid[row as usize].iter().zip(&heading.fields) {
            let (Some(index), Some(field)) = (index, field.filter(|f| f.is_named())) else { continue };
            let cell = &self.table().cells[*index];
            let mut rect = edges.rect(cell);
            if cell.row.start == body.start {
                rect.y0 = Pt(i32::MIN);
            }
            if cell.row.end == body.end {
                rect.y1 = Pt(i32::MAX);
            }
            let own = ink.hidden.iter().map(|h| h.rect).filter(|r| cell.row.start == row && rect.contains(r.center()));
            let own: Vec<Rect> = own.collect();
            if !own.is_empty() {
                found.insert(field, own);
            }
        }
        found
    }

    /// Text that is no number of a row.
    fn is_long(run: &Run) -> bool {
        run.0.iter().map(|p| p.range.len()).sum::<usize>() > 15
    }

    pub(crate) fn heading_run(&self, heading: &Heading) -> Run {
        let first = self.table().cells.partition_point(|c| c.row.start < heading.rows.start);
        let cells = self.table().cells[first..].iter().take_while(|c| c.row.start < heading.rows.end);
        Run(cells.flat_map(|c| c.run().0).collect())
    }
}
