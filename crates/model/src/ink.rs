//! Ink on a page: glyphs and rulings, as drawn. Says nothing of lines, words or tables.

use crate::scan::{Mark, weighed};
use crate::units::geometry::{Pt, Rect};
use crate::units::text::TextRange;

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
    /// Quarter turns, clockwise, of the page's content on the page as shown: places here are as if it stood upright.
    pub turned: u8,
    /// Rings drawn around something, and ticks.
    pub signs: Vec<Sign>,
    /// Text that is set otherwise than most of the page: bold, coloured, underlined, framed, marked.
    pub emphasis: Vec<TextRange>,
    /// Text on lines that lean.
    pub slanted: Vec<TextRange>,
    /// Lines that lean, and waves, by their ends from left to right.
    pub strokes: Vec<[(Pt, Pt); 2]>,
    /// Small round shapes that are drawn, not set: list marks of browsers.
    pub dots: Vec<Rect>,
    /// How it was seen.
    pub origin: Origin,
    /// What was seen of glyphs of a scan, in the order of the glyphs.
    pub marks: Vec<GlyphMark>,
    /// Text of a picture's page that nobody sees: what other software read in it.
    pub hidden: Vec<Hidden>,
}

/// A sign that a person puts beside or around a text, drawn and not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What it is.
    pub kind: SignKind,
    /// Its box.
    pub rect: Rect,
}

/// A kind of sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignKind {
    /// A ring or an oval.
    Ring,
    /// ✓ or ✗.
    Tick,
}

/// What was seen of a glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlyphMark {
    /// The glyph's characters in the page's text.
    pub range: TextRange,
    /// What was seen.
    pub mark: Mark,
}

/// Text that the file holds and does not show, in content order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// What it says.
    pub text: String,
    /// Where it would stand on the page as shown.
    pub rect: Rect,
}

/// How the ink of a page was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The file says what is drawn where.
    #[default]
    Digital,
    /// The page is a picture that nobody has read yet.
    Picture,
    /// Read from a picture.
    Scan(Scan),
}

/// How a picture was put right before it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Pixels an inch.
    pub dpi: u32,
    /// Quarter turns, clockwise, that put it upright.
    pub turns: u8,
    /// The angle by which it was then turned counterclockwise, in thousandths of a degree.
    pub skew: i32,
    /// The size of the page as shown, in millionths of the size at which it was read: of pages that say that they are as
    /// large as posters, and are letters.
    pub size: u32,
}

impl Default for Scan {
    fn default() -> Self {
        Self { dpi: 0, turns: 0, skew: 0, size: AS_SHOWN }
    }
}

/// The size of a page that was read as large as it is shown.
pub const AS_SHOWN: u32 = 1_000_000;

impl Ink {
    /// The glyphs of a range of the page's text.
    pub fn glyphs_of(&self, range: TextRange) -> impl Iterator<Item = &Glyph> {
        let from = self.glyphs.partition_point(|g| g.range.end <= range.start);
        self.glyphs[from..].iter().take_while(move |g| g.range.start < range.end)
    }

    /// What was seen of the glyphs of a range of the page's text.
    pub fn marks_of(&self, range: TextRange) -> impl Iterator<Item = &GlyphMark> {
        let from = self.marks.partition_point(|m| m.range.end <= range.start);
        self.marks[from..].iter().take_while(move |m| m.range.start < range.end)
    }

    /// The same with more marks.
    #[must_use]
    pub fn with_marks(mut self, more: impl IntoIterator<Item = GlyphMark>) -> Self {
        self.marks.extend(more);
        self.marks.sort_by_key(|m| m.range);
        self
    }

    /// How sure a glyph of a scan is after all that was seen of it, in hundredths of a percent.
    #[must_use]
    pub fn sureness(&self, glyph: &Glyph) -> Option<u16> {
        glyph.score.map(|score| weighed(score, self.marks_of(glyph.range).map(|m| &m.mark)))
    }

    /// Where a box of turned content lies on the page as shown.
    fn turned_back(&self, rect: Rect) -> Rect {
        let (width, height) = (self.width, self.height);
        match self.turned % 4 {
            1 => Rect { x0: height - rect.y1, y0: rect.x0, x1: height - rect.y0, y1: rect.x1 },
            2 => Rect { x0: width - rect.x1, y0: height - rect.y1, x1: width - rect.x0, y1: height - rect.y0 },
            3 => Rect { x0: rect.y0, y0: width - rect.x1, x1: rect.y1, y1: width - rect.x0 },
            _ => rect,
        }
    }

    /// Where a box lies on the page as shown: before a scan was put right.
    #[must_use]
    pub fn shown(&self, rect: Rect) -> Rect {
        let Origin::Scan(scan) = self.origin else { return self.turned_back(rect) };
        let (w, h) = (self.width.points(), self.height.points());
        let (x, y) = (rect.center().0.points() - w / 2.0, rect.center().1.points() - h / 2.0);
        let (sin, cos) = libm::sincos((f64::from(scan.skew) / 1000.0).to_radians());
        let (x, y) = (x * cos - y * sin, x * sin + y * cos);
        let (half_w, half_h) = (rect.width().points() / 2.0, rect.height().points() / 2.0);
        let (x, y, half_w, half_h, w, h) = match scan.turns % 4 {
            0 => (x, y, half_w, half_h, w, h),
            1 => (y, -x, half_h, half_w, h, w),
            2 => (-x, -y, half_w, half_h, w, h),
            _ => (-y, x, half_h, half_w, h, w),
        };
        let (x, y) = (x + w / 2.0, y + h / 2.0);
        let size = f64::from(scan.size) / f64::from(AS_SHOWN);
        let point = |x: f64, y: f64| (x * size, y * size);
        Rect::new(point(x - half_w, y - half_h), point(x + half_w, y + half_h)).unwrap_or(rect)
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
    /// How sure the reader of a scan is, in hundredths of a percent; none where the file says the character.
    pub score: Option<u16>,
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
