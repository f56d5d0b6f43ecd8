//! Tables of a text: rows of cells between signs, between rules that are written, between blanks.

pub(crate) mod boxed;
pub(crate) mod rows;
pub(crate) mod separated;
pub(crate) mod spaced_columns;
