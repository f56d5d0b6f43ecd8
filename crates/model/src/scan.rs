//! Pictures of pages, what is cut from them to be read, and what a reader says. Knows no way to see or read.

use crate::TextRange;
use crate::geometry::{Pt, Rect};

/// A picture of a whole page, upright as the page is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Brightness row by row, 0 for black.
    pub gray: Vec<u8>,
    /// Brightness of red ink, which `gray` shows as paper, row by row; 255 where there is none. None where the whole
    /// picture has none.
    pub red: Option<Vec<u8>>,
    /// Width and height of the page as shown.
    pub page: (Pt, Pt),
}

/// A part of a page, cut and cleaned to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crop {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Brightness row by row, 0 for black.
    pub gray: Vec<u8>,
    /// Pixels an inch.
    pub dpi: u32,
}

/// How the text of a crop stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// Lines from top to bottom.
    Lines,
    /// One line.
    Line,
    /// One word or character.
    Word,
    /// Columns from right to left.
    Columns,
}

/// A cell or area of a page as it was read: its text, and where it stands on the page as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its box.
    pub rect: Rect,
    /// Its text in that of the page.
    pub range: TextRange,
}

/// A character that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it says; several characters for a ligature.
    pub text: String,
    /// Left, top, right and bottom of its ink in pixels of the crop.
    pub ink: [u32; 4],
    /// The line of the crop that it stands in, from 0.
    pub line: u32,
    /// How sure the reader is, in hundredths of a percent. Grows with the chance of being right; is none itself.
    pub score: u16,
    /// What a second look says, where it says something else.
    pub second: Option<Second>,
}

/// What a second look at the ink of a character says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Second {
    /// It has no ink of its own.
    Surplus,
    /// The characters that it looks like, the nearest first, among them the one that was read; each with how much farther
    /// off it is than the nearest, in percent.
    Like(Vec<(char, u32)>),
}
