//! The letters of the lines of a page with their ink, and the size that they are set in.

use super::bearings::{Bearing, FACES, bearing};
use super::path::{self, Auto, Print};
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

/// A letter and its ink.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// Which symbol of its line it is.
    pub(super) symbol: usize,
    pub(super) forms: Forms,
    /// Left and right of its ink, in pixels.
    pub(super) from: f64,
    pub(super) to: f64,
    high: f64,
    /// Whether its ink is its own and where it is said to be.
    pub(super) is_exact: bool,
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

/// The typeface of the table that the lines of some pages look most like, and those lines with their size in it.
pub(super) fn in_their_face(pages: &[Vec<Line>]) -> (usize, Vec<Line>) {
    let faces = (0..FACES).map(|face| {
        let mut lines: Vec<Line> = pages.iter().flat_map(|lines| sized(lines, face)).collect();
        let print = Print::of(&lines, face);
        lines.iter_mut().for_each(|line| line.print = print);
        let cost: f64 = lines.iter().map(|line| path::of(line, face, Auto::Unknown).cost).sum();
        (cost, face, lines)
    });
    let best = faces.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    best.map_or((0, Vec::new()), |(_, face, lines)| (face, lines))
}

/// Letters lower than this tell no size, in ems; nor do narrower ones.
const TELLING: f64 = 0.5;
/// So many letters tell the size of a cell.
const ENOUGH: usize = 3;
/// So many neighbours tell the step of a line.
const ENOUGH_STEPS: usize = 3;
/// A step is within these shares of an em.
const SHORTEST: f64 = 0.85;
const LONGEST: f64 = 1.3;
/// Less white than this share of an em was not put between letters to fill the line.
const SPREAD: f64 = 0.015;
/// The steps of a page, by size, of which this percent are of lines that were not filled.
const PLAIN_PERCENT: usize = 35;

/// Lines with the size that their letters show in a typeface.
fn sized(lines: &[Line], face: usize) -> Vec<Line> {
    let by_cut = |cut: usize| lines.iter().filter(move |l| l.cut == cut).flat_map(|l| &l.letters);
    let all = median(lines.iter().flat_map(|l| &l.letters).filter_map(|l| size(l, face)).collect());
    let own: Vec<f64> = lines
        .iter()
        .map(|line| {
            let sizes: Vec<f64> = line.letters.iter().filter_map(|l| size(l, face)).collect();
            let sizes = if sizes.len() >= ENOUGH { sizes } else { by_cut(line.cut).filter_map(|l| size(l, face)).collect() };
            median(sizes).or(all).unwrap_or(line.em)
        })
        .collect();
    let steps: Vec<Option<f64>> = lines.iter().zip(&own).map(|(line, em)| step(line, *em, face)).collect();
    // Print is bolder or thinner than the typeface, and its heights tell sizes too large or too small; steps do not.
    let mut shares: Vec<f64> = steps.iter().zip(&own).filter_map(|(step, em)| Some((*step)? / em)).collect();
    shares.sort_by(f64::total_cmp);
    let share = shares.get(shares.len() * PLAIN_PERCENT / 100).copied().unwrap_or(1.0);
    let of = |((line, em), step): ((&Line, &f64), &Option<f64>)| {
        let em = em * share;
        let spread = step.map_or(0.0, |step| step / em - 1.0);
        Line { em, spread: if spread.abs() < SPREAD { 0.0 } else { spread }, has_step: step.is_some(), ..line.clone() }
    };
    lines.iter().zip(&own).zip(&steps).map(of).collect()
}

/// The em that the ink of a letter shows; none where it does not tell.
fn size(letter: &Letter, face: usize) -> Option<f64> {
    let tells = |b: &Bearing| b.high >= TELLING && letter.is_exact;
    let Forms::One(c, Width::Full) = letter.forms else {
        let own = letter.forms.usual();
        return bearing(own, face).filter(|b| tells(b) && own.is_ascii_digit()).map(|b| letter.high / b.high);
    };
    bearing(c, face).filter(|b| tells(b) && b.ink >= TELLING).map(|b| (letter.high / b.high).min((letter.to - letter.from) / b.ink))
}

/// How far the square letters of a line are apart; none where too few stand side by side.
fn step(line: &Line, em: f64, face: usize) -> Option<f64> {
    let start = |letter: &Letter| match letter.forms {
        Forms::One(c, Width::Full) if script::is_japanese(c) && letter.is_exact => {
            let b = bearing(c, face)?;
            // The middle of the ink: strokes are thicker or thinner than the typeface's on both sides.
            Some((letter.from + letter.to) / 2.0 - (b.before + b.ink / 2.0) * em)
        }
        _ => None,
    };
    let steps = line.letters.windows(2).filter_map(|w| Some(start(&w[1])? - start(&w[0])?));
    let steps: Vec<f64> = steps.filter(|step| (SHORTEST..LONGEST).contains(&(step / em))).collect();
    if steps.len() < ENOUGH_STEPS { None } else { median(steps) }
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
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
