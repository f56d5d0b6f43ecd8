//! Which column holds which field, by the words of its heading, by what stands in it and by its place: one answer for
//! drawn tables, sheets and dumps. Refuses to know where columns come from.

mod assignment;
mod columns;
mod contents;

pub use assignment::assignment;
pub use columns::{Column, Evidence, Taken, assign, is_enough};
pub use contents::{Contents, is_ditto, row_number};
