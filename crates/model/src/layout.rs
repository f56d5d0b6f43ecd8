//! Lines, cells and tables of a source, as positions. Owns no text.

use crate::page::{Piece, Run};
use crate::reading::Trust;
use crate::record::Role;
use crate::units::geometry::{Pt, Rect};
use std::ops::Range;

/// A source taken apart: what stands where, before anyone asks what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// In reading order.
    pub blocks: Vec<Block>,
    /// Lines among the blocks that blanks part into the cells of a small table, where the text around them is no table.
    pub tabular: Vec<Tabular>,
    /// Text that is in no block, though a person sees it: struck out, readings of kanji, marks of notes.
    pub apart: Vec<Apart>,
    /// Text that is set otherwise than the text around it: bold, coloured, underlined, framed, marked.
    pub emphasis: Vec<Piece>,
    /// Text that is printed over other text.
    pub overprinted: Vec<Piece>,
    /// Text that the source holds and does not show; it is in the markup too.
    pub unshown: Vec<Piece>,
    /// Characters that shape the text without being part of it: tags, `#`, `|`, `---`. With the blocks'
    /// runs they hold every visible character of the source once.
    pub markup: Vec<Piece>,
    /// Whether lines were cut at a width (a dump of a page) or hold whole paragraphs (an export).
    pub wrap: Wrap,
    /// Places inside runs where the source writes something else than it means: an entity, a tag in the
    /// middle of a sentence. Sorted by place, without overlap.
    pub stand_ins: Vec<StandIn>,
}

/// Lines that read as a table too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabular {
    /// The lines, by block.
    pub lines: Range<usize>,
    /// What they are as a table.
    pub table: Table,
}

/// Text that stands among the text of lines and cells and is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// What it is.
    pub role: Role,
    /// The text.
    pub run: Run,
    /// Text of the line or cell that it stands in; none where nothing else does.
    pub beside: Option<Piece>,
}

/// A place where the source writes something else than it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// What the source writes: `&amp;`, `<b>`.
    pub piece: Piece,
    /// What it means: `&`, nothing.
    pub means: String,
    /// Stable name of the rule, in kebab case.
    pub rule: &'static str,
    /// Whether it may mean something else.
    pub trust: Trust,
}

impl Layout {
    /// The same with more stand-ins.
    #[must_use]
    pub fn with_stand_ins(mut self, more: Vec<StandIn>) -> Self {
        self.stand_ins.extend(more);
        self.stand_ins.sort_by_key(|s| (s.piece, s.rule));
        self
    }

    /// The stand-ins inside a piece.
    pub fn stand_ins_in(&self, piece: Piece) -> impl Iterator<Item = &StandIn> {
        let from = self.stand_ins.partition_point(|s| (s.piece.page, s.piece.range.start) < (piece.page, piece.range.start));
        self.stand_ins[from..].iter().take_while(move |s| s.piece.page == piece.page && s.piece.range.end <= piece.range.end)
    }
}

/// How the source broke its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrap {
    /// A line is a paragraph; a paragraph is cut at most where a page ended.
    #[default]
    Paragraph,
    /// Lines are cut at about this width, in columns of a half-width character.
    Width(u32),
}

/// A ruled table, its text not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its box, along the middle of its outer rules.
    pub bounds: Rect,
    /// The boxes of its cells by row, then column, along the middle of their rules.
    pub cells: Vec<Rect>,
}

/// A line of running text, or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A line.
    Line(Line),
    /// A table, or the part of one that stands on this page.
    Table(Table),
    /// The end of a page: what stands before and after may belong together.
    PageBreak,
}

/// A line outside tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text without marks and outer white space; never empty.
    pub run: Run,
    /// Level of the source's heading mark (`##` is 2), which says nothing about the numbering.
    pub heading: Option<u8>,
    /// True for a line under a list mark of the source (`- `).
    pub item: bool,
    /// Blank lines before it.
    pub blank_before: u32,
    /// White space before it, in columns of a half-width character.
    pub indent: u32,
    /// Its width, in the same columns, without the indent.
    pub width: u32,
    /// Stands at the same place of the page before or after too: a running head or foot, or a title that each
    /// page repeats.
    pub running: bool,
    /// Stands on the same line of the page as the line before, far to its right.
    pub beside: bool,
}

impl Line {
    /// A line of which nothing but its text is known.
    #[must_use]
    pub fn of(run: Run) -> Self {
        Self { run, heading: None, item: false, blank_before: 0, indent: 0, width: 0, running: false, beside: false }
    }
}

/// How a table was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableForm {
    /// Cells between tabs.
    Tabs,
    /// Cells between `|`.
    Pipes,
    /// Cells between commas.
    Commas,
    /// An HTML table.
    Html,
    /// Cells between rulings.
    Ruled,
    /// Cells told by alignment alone.
    Aligned,
    /// Cells between rules that are written: `│`, `─`, `+--+`.
    Boxed,
    /// Cells kept apart by spaces; a grid row is a line of the text.
    Columns,
    /// Lines that begin with the same labels again and again: a label and its value a row.
    Labelled,
    /// Cells put together of words whose places are lost.
    Recovered,
    /// Cells that an office file states.
    Given,
}

/// A table: cells on a grid of rows and columns, without overlap. Grid places without a cell are
/// places where the source has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How it was seen.
    pub form: TableForm,
    /// Rows of the grid.
    pub rows: u32,
    /// Columns of the grid.
    pub cols: u32,
    /// Sorted by row, then column.
    pub cells: Vec<Cell>,
    /// Where its edges are; none for a table of a text source.
    pub edges: Option<Edges>,
}

/// The edges of a drawn table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edges {
    /// Index of the page that it stands on, from 0.
    pub page: u32,
    /// Positions of the vertical edges, from left to right: one more than columns.
    pub xs: Vec<Pt>,
    /// Positions of the horizontal edges, from top to bottom: one more than rows.
    pub ys: Vec<Pt>,
}

impl Edges {
    /// The box of a cell.
    #[must_use]
    pub fn rect(&self, cell: &Cell) -> Rect {
        let (x, y) = (|i: u32| self.xs[i as usize], |i: u32| self.ys[i as usize]);
        Rect { x0: x(cell.col.start), y0: y(cell.row.start), x1: x(cell.col.end), y1: y(cell.row.end) }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Rows that it spans.
    pub row: Range<u32>,
    /// Columns that it spans.
    pub col: Range<u32>,
    /// True where the source marks it as a heading (`<th>`).
    pub header: bool,
    /// How many half-width characters stand side by side between the rules that are written at its sides; none where none are.
    pub room: Option<u32>,
    /// Its lines in order; empty for a blank cell.
    pub lines: Vec<CellLine>,
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellLine {
    /// Its text without outer white space; never empty.
    pub run: Run,
    /// Whether it stands in a list, and how.
    pub list: ListLine,
}

/// The part that a line plays in a list of its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListLine {
    /// In no list.
    No,
    /// The first line of an item.
    Item,
    /// A further line of the item before it.
    Further,
    /// In a list whose items' own marks are lost: it may hold several.
    Unmarked,
}

impl Cell {
    /// All of the cell's text.
    #[must_use]
    pub fn run(&self) -> Run {
        Run(self.lines.iter().flat_map(|l| l.run.0.iter().copied()).collect())
    }

    /// True for a cell without text.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.lines.is_empty()
    }
}

impl Table {
    /// For every row the cell, by index, at every column up to the row's last one; a cell that spans stands in
    /// each of its places.
    #[must_use]
    pub fn grid(&self) -> Vec<Vec<Option<usize>>> {
        let mut grid: Vec<Vec<Option<usize>>> = vec![Vec::new(); self.rows as usize];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in &mut grid[cell.row.start as usize..cell.row.end as usize] {
                row.resize(row.len().max(cell.col.end as usize), None);
                row[cell.col.start as usize..cell.col.end as usize].fill(Some(index));
            }
        }
        grid
    }
}
