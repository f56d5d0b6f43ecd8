//! Tables whose geometry is lost: goal tables of which only the words are left, in the order in which some tool took them out
//! of a page. Gives them back as ordinary tables, with the alternatives where the text does not tell. Knows words, the
//! forms' headings and the order of the text; refuses to know records and files.
//!
//! ```text
//! lines ─text→ segments, numbers, headings ─cells→ narrow cells, texts of wide columns ─rows, solve→ which row each is of
//!       ─doubt→ what else it could be ─table→ layout::Table
//! ```
//! Where the columns still stand apart by spaces, every line is a row of a grid: [`regroup`] puts the lines of one row
//! together.

mod cells;
mod doubt;
mod dump;
mod fields;
mod parts;
mod recovered;
mod rows;
mod solve;
mod spaced_table;
mod table;
mod text;

pub use cells::narrow_cells::{is_deadline, is_division, is_nominal};
pub use dump::{Outline, outline};
pub use recovered::{Alternative, Evidence, Recovered, RecoveredRow};
pub use spaced_table::{Doubts, Regrouped, by_line, regroup};
