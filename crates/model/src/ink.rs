//! Ink on a page: glyphs and rulings, as drawn. Says nothing of lines, words or tables.

use crate::geometry::{Pt, Rect};
use crate::text::TextRange;

/// What is drawn on a page and can be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// Width of the page as shown.
    pub width: Pt,
    /// Height of the page as shown.
    pub height: Pt,
    /// In content order, which is the order of their ranges.
    pub glyphs: Vec<Glyph>,
    /// Lines along an axis.
    pub rulings: Vec<Ruling>,
    /// Small round shapes that are drawn, not set: list marks of browsers.
    pub dots: Vec<Rect>,
}

impl Ink {
    /// The glyphs of a range of the page's text.
    pub fn glyphs_of(&self, range: TextRange) -> impl Iterator<Item = &Glyph> {
        let from = self.glyphs.partition_point(|g| g.range.end <= range.start);
        self.glyphs[from..].iter().take_while(move |g| g.range.start < range.end)
    }
}

/// A glyph that can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its characters in the page's text; several for a ligature.
    pub range: TextRange,
    /// Its em box: as wide as the pen moves, as high as the font's em.
    pub rect: Rect,
    /// Font size as shown.
    pub size: Pt,
    /// Set in a vertical writing mode.
    pub vertical: bool,
}

/// The axis that a ruling runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// A straight line along an axis: a stroke, or a thin filled rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ruling {
    /// The axis that it runs along.
    pub axis: Axis,
    /// Its position on the other axis, in its middle.
    pub at: Pt,
    /// Where it begins on its axis.
    pub from: Pt,
    /// Where it ends on its axis.
    pub to: Pt,
    /// Its thickness.
    pub width: Pt,
}
