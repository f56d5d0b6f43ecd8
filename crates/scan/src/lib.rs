//! Pictures of pages put right and taken apart: what is up, rulings, parts to read, and what a reader said as
//! glyphs on the page, each held against its ink. Sees ink and how characters look; refuses to know words, tables and
//! meaning.
//!
//! `Picture → Sheet (turned, deskewed, despeckled) → Ink with rulings; cells and areas → crops; symbols → glyphs → Page`

mod findings;
mod ink;
mod line;
mod page;
mod pages;
mod picture;
mod width;

pub use line::shapes::Shape;
pub use page::read::{PageRead, Regions};
pub use pages::{Pages, read_pages};
