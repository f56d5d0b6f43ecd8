//! Pictures of pages put right and taken apart: what is up, rulings, parts to read, and what a reader said as
//! glyphs on the page, each held against its ink. Sees ink and how characters look; refuses to know words, tables and
//! meaning.
//!
//! `Picture → Sheet (turned, deskewed, despeckled) → Ink with rulings; cells and areas → Cut; symbols → glyphs`

mod areas;
mod columns;
mod cut;
mod discs;
mod fit;
mod glyphs;
mod gray;
mod holes;
mod lines;
mod paper;
mod parts;
mod peel;
mod ridges;
mod rings;
mod rules;
mod seals;
mod shape;
mod sheet;
mod skew;
mod stamps;
mod surplus;

pub use cut::{Cut, Strip};
pub use fit::{Fit, fit};
pub use glyphs::Placed;
pub use seals::without_seals;
pub use shape::Shape;
pub use sheet::Sheet;
pub use surplus::{strange, surplus};
