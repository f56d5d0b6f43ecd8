//! What placing the texts of a wide column rests on. Knows no costs.

use crate::rows::word_overlap::Weighed;
use seisho_forms::Field;

/// What a row speaks of.
#[derive(PartialEq)]
pub(crate) struct Topic {
    pub(crate) item: Weighed,
    pub(crate) more: Weighed,
    /// Segments of its texts.
    pub(crate) at: Vec<usize>,
}

/// What placing the texts of a wide column rests on: by text and row what holds wherever the items lie, and what does not.
pub(crate) struct Wide {
    pub(crate) field: Field,
    pub(crate) own: Vec<usize>,
    pub(crate) texts: Vec<Text>,
    pub(crate) place: Vec<Vec<i64>>,
    pub(crate) topics: Vec<Topic>,
    pub(crate) misfit: Vec<Vec<i64>>,
    /// Of a text in the row of the one before it, and in a later one.
    pub(crate) stay: Vec<i64>,
    pub(crate) go: Vec<i64>,
}

/// A text of a wide column, to be compared with topics.
pub(crate) struct Text {
    pub(crate) words: Weighed,
    /// Its first segment.
    pub(crate) first: usize,
    /// The text before it is of the same column.
    pub(crate) goes_on: bool,
}
