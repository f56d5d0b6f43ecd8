//! Two readings of the same documents, held against each other: two results, or a result and a truth that somebody typed.
//! Rows are paired by their number or label, else by their text; letters are counted as a reader sees them.

mod adjacency;
mod figures;
mod html;
mod letters;
mod rows;
mod runs;

pub use figures::{Comparison, Decided, Difference, Figures, compare, decide};
pub use html::html;
pub use letters::distance;
pub use rows::{FIELDS, Paper, Reading, Row, of_json, of_table};
pub use runs::{Change, changes, options};
