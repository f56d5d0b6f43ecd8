//! Two readings of the same documents, held against each other: two results, or a result and a truth that somebody typed.
//! Rows are paired by their number or label, else by their text; letters are counted as a reader sees them.

mod adjacency;
mod figures;
mod html;
mod json;
mod letters;
mod rows;
mod runs;
mod table;

pub use figures::{Comparison, Decided, Difference, Figures, compare, decide};
pub use html::html;
pub use json::of_json;
pub use letters::distance;
pub use rows::{Paper, Read, Reading, Row, Stated};
pub use runs::{Change, changes, options};
pub use table::{DOCUMENT, NOTES, Shape, Tables};
