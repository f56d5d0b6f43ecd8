//! Values beside the paper that they came from, for a person to say whether they are right: one page of HTML that needs no
//! network, and the file that it writes; or a workbook, written and read back. Knows documents and pictures that are handed in; not how anything was read.

pub mod book;
mod item;
mod names;
mod page;
mod rank;

pub use item::{Item, Spot, items};
pub use page::{Picture, Review, Sheet, Showing, html, showing};
pub use rank::{DOUBT, Rank, Ranker, Sign};
