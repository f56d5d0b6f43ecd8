//! Pictures of pages, what is cut from them to be read, and what a reader says. Knows no way to see or read.

use crate::TextRange;
use crate::units::geometry::{Pt, Rect};

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
    /// One line of digits and their marks, for a reader of those alone.
    Figures,
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
    /// How sure the engine is, in hundredths of a percent, as the engine said it. Grows with the chance of being right; is none
    /// itself.
    pub score: u16,
    /// What was seen of it since.
    pub marks: Vec<Mark>,
}

impl Symbol {
    /// How sure it is after all that was seen of it, on the engine's scale.
    #[must_use]
    pub fn sureness(&self) -> u16 {
        weighed(self.score, &self.marks)
    }
}

/// What was seen of a character beside what the engine said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It has no ink of its own.
    Surplus,
    /// The engine passed it over in its line; it was read by itself.
    PassedOver,
    /// Its line has a character too many or too few, and of all this is the weakest.
    Crowded,
    /// Its ink looks like what was read and like nothing else.
    Agreed,
    /// Its ink is unlike what was read.
    Unlike,
    /// The characters that its ink looks like, the nearest first, among them the one that was read; each with how much
    /// farther off it is than the nearest, in percent.
    Alike(Vec<(char, u32)>),
    /// A stamp or a hole lay on it, which was taken out.
    Covered,
    /// Its ink does not tell whether it is half or full width; it has the width that its kind has on the page.
    UsualWidth,
    /// The text layer that came with the scan says something else, which makes better Japanese.
    Overruled,
    /// Two readers say the same of a figure.
    Confirmed,
    /// Another look says this instead; nothing where it sees no character of its own.
    Contested(String),
}

impl Mark {
    /// The sureness that it leaves of one, in hundredths of a percent. The bounds were chosen on made scans (300 dpi,
    /// Tesseract 5.3 `jpn`); without them characters that engines make up count as sure as any other.
    #[must_use]
    pub fn weigh(&self, sureness: u16) -> u16 {
        match self {
            Self::Surplus | Self::PassedOver | Self::Crowded | Self::Overruled => sureness.min(8_500),
            Self::Unlike => sureness.min(8_700),
            Self::Contested(_) => sureness.min(8_600),
            Self::Covered => sureness.min(9_690),
            Self::Agreed | Self::Confirmed => sureness.max(9_850),
            Self::Alike(_) | Self::UsualWidth => sureness,
        }
    }
}

/// A score after marks, in the order in which they were made.
#[must_use]
pub fn weighed<'m>(score: u16, marks: impl IntoIterator<Item = &'m Mark>) -> u16 {
    marks.into_iter().fold(score, |sureness, mark| mark.weigh(sureness))
}
