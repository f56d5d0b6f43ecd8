//! The letters of the lines of a page with their ink, and the size that they are set in.

use crate::line::alignment::fit;
use crate::line::crop::{Cut, Strip};
use seisho_model::scan::{Mark, Symbol};
use seisho_model::script;

/// Half or full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    Half,
    Full,
}

pub(super) const WIDTHS: [Width; 2] = [Width::Half, Width::Full];

/// The forms that a letter may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forms {
    /// One that is half or full.
    One(char, Width),
    /// A half-width form and a full-width one.
    Two(char, char),
}

impl Forms {
    fn of(c: char) -> Self {
        let (half, full) = (script::half_width(c), full_width(script::half_width(c)));
        match full {
            Some(full) => Self::Two(half, full),
            None if c.is_ascii() => Self::One(c, Width::Half),
            None => Self::One(c, Width::Full),
        }
    }

    /// The form of a width; none where it has none.
    pub(super) fn get(self, width: Width) -> Option<char> {
        match (self, width) {
            (Self::One(c, own), _) => (own == width).then_some(c),
            (Self::Two(half, _), Width::Half) => Some(half),
            (Self::Two(_, full), Width::Full) => Some(full),
        }
    }

    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Two(..))
    }

    /// Its half-width form, or the only one.
    pub(super) fn usual(self) -> char {
        match self {
            Self::One(c, _) | Self::Two(c, _) => c,
        }
    }
}

/// The full-width form of an ASCII character that is written in both.
fn full_width(c: char) -> Option<char> {
    let is_written = c.is_ascii_alphanumeric() || "()%,.:/+-=!?&[]<>~".contains(c);
    is_written.then(|| char::from_u32(u32::from(c) + 0xFEE0)).flatten()
}

/// Gives the other characters that ink looks like the width of their own.
pub(super) fn widen(mark: &mut Mark, width: Width) {
    if let Mark::Alike(alike) = mark {
        alike.iter_mut().for_each(|(c, _)| *c = Forms::of(*c).get(width).unwrap_or(*c));
    }
}

/// A letter and its ink.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// Which symbol of its line it is.
    pub(super) symbol: usize,
    pub(super) forms: Forms,
    /// Left and right of its ink, in pixels.
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) high: f64,
    /// Whether its ink is its own and where it is said to be.
    pub(super) is_exact: bool,
}

/// How the white between square letters is off what is theirs in a typeface: print is bolder or thinner than it, and no
/// print is exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Print {
    /// In the middle, in ems.
    pub(super) more: f64,
    /// And as a rule from there, in ems.
    pub(super) off: f64,
}

impl Print {
    /// Before anything is known of it.
    pub(super) const UNKNOWN: Self = Self { more: 0.0, off: 0.05 };
}

/// A line of letters.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) cut: usize,
    pub(super) line: usize,
    pub(super) letters: Vec<Letter>,
    /// The side of a square letter, in pixels.
    pub(super) em: f64,
    /// White that was put between letters to fill the line, in ems.
    pub(super) spread: f64,
    /// Whether that was measured.
    pub(super) has_step: bool,
    /// How its print is off its typeface.
    pub(super) print: Print,
}

/// The lines of a page, with what was read.
pub(super) fn lines(cuts: &[Cut], read: &[Vec<Vec<Symbol>>]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (cut, (strips, rows)) in cuts.iter().zip(read).enumerate() {
        for (line, (strip, symbols)) in strips.lines.iter().zip(rows).enumerate() {
            if strip.down.is_none() && !symbols.is_empty() {
                let letters = letters(strip, symbols, strips.em());
                lines.push(Line { cut, line, letters, em: strips.em() as f64, spread: 0.0, has_step: false, print: Print::UNKNOWN });
            }
        }
    }
    lines
}

fn letters(strip: &Strip, symbols: &[Symbol], em: usize) -> Vec<Letter> {
    let found = fit(strip, symbols, em);
    let letter = |(symbol, said): (usize, &Symbol)| {
        let mut chars = said.text.chars();
        let c = chars.next()?;
        let span = found.spans[symbol];
        let (from, to) = span.unwrap_or((said.ink[0], said.ink[2]));
        Some(Letter {
            symbol,
            forms: Forms::of(c),
            from: f64::from(from),
            to: f64::from(to),
            high: f64::from(strip.height((from, to.max(from)))),
            is_exact: span.is_some() && found.alone[symbol] && chars.next().is_none(),
        })
    };
    symbols.iter().enumerate().filter(|(_, s)| !s.marks.contains(&Mark::Surplus)).filter_map(letter).collect()
}

#[cfg(test)]
impl Letter {
    /// A letter whose ink is known.
    pub(super) fn new(symbol: usize, c: char, (from, to): (f64, f64), high: f64) -> Self {
        Self { symbol, forms: Forms::of(c), from, to, high, is_exact: true }
    }
}

#[cfg(test)]
impl Line {
    /// A line alone.
    pub(super) fn new(letters: Vec<Letter>, em: f64) -> Self {
        Self { cut: 0, line: 0, letters, em, spread: 0.0, has_step: false, print: Print::UNKNOWN }
    }
}
