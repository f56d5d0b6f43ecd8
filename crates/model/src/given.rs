//! What a file states of its own text: paragraphs and cells, where nothing need be told by ink or spaces.

use crate::units::text::TextRange;
use std::ops::Range;

/// What the file states of a page's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Paragraphs and tables, in order.
    pub parts: Vec<GivenPart>,
    /// Text among the text that is no part of it, in order.
    pub apart: Vec<GivenApart>,
    /// Text that is set otherwise than the text around it: bold, coloured, underlined, framed.
    pub emphasis: Vec<TextRange>,
    /// Comments on it, in order.
    pub comments: Vec<TextRange>,
    /// Name of the sheet, and for stretches of its text, in order, the cell that holds them (B7).
    pub sheet: Option<(String, Vec<(TextRange, String)>)>,
}

/// What text is that stands among other text and is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenKind {
    /// Struck out.
    Struck,
    /// A note, or its mark.
    Note,
}

/// Text that stands among other text: struck out, the mark of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenApart {
    /// What it is.
    pub kind: GivenKind,
    /// Where it is.
    pub range: TextRange,
    /// Live text of its paragraph, if there is any.
    pub beside: Option<TextRange>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenPart {
    /// A paragraph, or a line of one.
    Line(TextRange),
    /// A table.
    Table(GivenTable),
}

/// A table with its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTable {
    /// Rows of its grid.
    pub rows: u32,
    /// Columns of its grid.
    pub cols: u32,
    /// Its cells, sorted by row, then column.
    pub cells: Vec<GivenCell>,
}

/// A cell with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenCell {
    /// Rows that it covers.
    pub row: Range<u32>,
    /// Columns that it covers.
    pub col: Range<u32>,
    /// Its lines.
    pub lines: Vec<GivenLine>,
}

/// A line of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenLine {
    /// Its text.
    pub range: TextRange,
    /// The first line of an entry of a list, whose mark the file does not write out.
    pub item: bool,
}

impl Given {
    /// The parts that are kept, by their text.
    #[must_use]
    pub fn only(&self, is_kept: impl Fn(TextRange) -> bool) -> Self {
        let ranges = |ranges: &[TextRange]| ranges.iter().copied().filter(|r| is_kept(*r)).collect();
        let is_part_kept = |part: &&GivenPart| match part {
            GivenPart::Line(range) => is_kept(*range),
            GivenPart::Table(table) => table.cells.iter().flat_map(|c| &c.lines).all(|l| is_kept(l.range)),
        };
        let parts = self.parts.iter().filter(is_part_kept).cloned().collect();
        let apart = self.apart.iter().filter(|a| is_kept(a.range)).copied().collect();
        let (emphasis, comments) = (ranges(&self.emphasis), ranges(&self.comments));
        Self { parts, apart, emphasis, comments, ..self.clone() }
    }

    /// Live text of the cell of a sheet that a text stands in.
    #[must_use]
    pub fn beside(&self, range: TextRange) -> Option<TextRange> {
        let cell = self.cell_of(range)?;
        let tables = self.parts.iter().filter_map(|p| if let GivenPart::Table(t) = p { Some(t) } else { None });
        let mut lines = tables.flat_map(|t| &t.cells).flat_map(|c| &c.lines).map(|l| l.range);
        lines.find(|&line| self.cell_of(line) == Some(cell))
    }

    /// The cell of a sheet that holds a text.
    #[must_use]
    pub fn cell_of(&self, range: TextRange) -> Option<(&str, &str)> {
        let (sheet, cells) = self.sheet.as_ref()?;
        let at = cells.partition_point(|(r, _)| r.end <= range.start);
        cells.get(at).map(|(_, name)| (sheet.as_str(), name.as_str()))
    }
}
