//! What a dump holds once its text is taken apart: rows by their numbers, cells and texts that no row has yet.

use crate::rows::word_overlap::Affinity;
use crate::text::headings::Headings;
use crate::text::segments::Segment;
use seisho_forms::Field;

/// An entry of the table that was: a cell of a narrow column, or one text of a cell of a wide one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) field: Field,
    pub(crate) segments: Vec<usize>,
    pub(crate) text: String,
    pub(crate) bullet: bool,
    /// Its own words leave no doubt about its field.
    pub(crate) clear: bool,
}

/// A row of the table, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowStart {
    pub(crate) value: u32,
    pub(crate) segment: usize,
    /// From 0.
    pub(crate) page: u32,
}

/// What a dump holds, before rows are looked for.
pub(crate) struct Parts {
    pub(crate) segments: Vec<Segment>,
    pub(crate) rows: Vec<RowStart>,
    pub(crate) headings: Headings,
    pub(crate) entries: Vec<Entry>,
    pub(crate) affinity: Affinity,
    /// Spaces stand wherever scripts meet.
    pub(crate) spaced: bool,
}
