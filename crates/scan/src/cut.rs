//! Parts of the page cut out to be read: without the remains of rules, softened a little, on white.

use crate::gray::{Gray, Levels};
use crate::lines::lines;
use crate::parts::{Part, parts};
use seisho_model::scan::{Crop, Symbol};
use std::ops::Range;

/// The text of a cell or area, cut out line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its lines from top to bottom; at least one.
    pub lines: Vec<Strip>,
    /// The side of a square letter, in pixels.
    pub(crate) em: usize,
}

/// A line and where it was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// What is to be read.
    pub crop: Crop,
    /// How the same line looks with other shades, for a second and third look.
    pub others: Vec<Crop>,
    /// The pixel of the sheet at the crop's own first pixel; may lie outside.
    pub(crate) origin: (i64, i64),
    /// White between ink from left to right, first pixel of the crop and one past the last.
    pub gaps: Vec<(u32, u32)>,
    /// The first pixel of its ink.
    pub left: u32,
    /// How wide its ink is.
    pub wide: u32,
    /// The height of its ink.
    pub(crate) high: usize,
}

impl Strip {
    /// A line of ink so wide without white in it, for those who test readers.
    #[must_use]
    pub fn new(crop: Crop, others: Vec<Crop>, wide: u32) -> Self {
        Self { crop, others, origin: (0, 0), gaps: Vec::new(), left: 0, wide, high: 0 }
    }

    /// Its ink from left to right between white of so many pixels at least, first pixel of the crop and one past the last.
    #[must_use]
    pub fn stretches(&self, least: u32) -> Vec<(u32, u32)> {
        let gaps = || self.gaps.iter().filter(move |g| g.1 - g.0 >= least);
        let ends = gaps().map(|g| g.0).chain(std::iter::once(self.left + self.wide));
        let starts = std::iter::once(self.left).chain(gaps().map(|g| g.1));
        starts.zip(ends).filter(|(from, to)| from < to).collect()
    }
}

impl Cut {
    /// A line alone.
    #[must_use]
    pub fn of_line(line: Strip) -> Self {
        Self { lines: vec![line], em: 40 }
    }

    /// The side of a square letter, in pixels.
    #[must_use]
    pub fn em(&self) -> usize {
        self.em
    }

    /// What stands for a line of which a reader could say nothing: the long mark where it is one, which no reader tells
    /// from a rule, else a character that is unknown; none for dust.
    #[must_use]
    pub fn unread(&self, line: usize) -> Option<Symbol> {
        let strip = self.lines.get(line)?;
        let pad = PAD as u32;
        let (right, bottom) = (strip.crop.width - pad, strip.crop.height - pad);
        let (width, height) = ((right - pad) as usize, strip.high);
        let is_bar = width * 100 > self.em * 45 && width * 100 < self.em * 115 && height * 100 < self.em * 25;
        let text = match (is_bar, width.max(height) * 100 > self.em * 40) {
            (true, _) => "ー",
            (false, true) => "\u{FFFD}",
            _ => return None,
        };
        Some(Symbol { text: text.to_owned(), ink: [pad, pad, right, bottom], line: 0, score: 0, second: None })
    }
}

/// White around a crop, in pixels: without it letters at the edge are lost.
const PAD: usize = 12;
/// Blur in pixels by resolution: print that is a little soft is read better (0.59 % → 0.31 % wrong at 300 dpi).
const FINE_DPI: f64 = 280.0;
const FINE_BLUR: f64 = 0.8;
const COARSE_BLUR: f64 = 0.5;
/// White around ink that is cut along with it, in inches.
const MARGIN: f64 = 0.02;
/// Ink of this area in square inches is a dot at least; less is dust.
const DOT: f64 = 0.000_11;

/// A box in pixels, one past the last on the right and at the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) x0: usize,
    pub(crate) y0: usize,
    pub(crate) x1: usize,
    pub(crate) y1: usize,
}

/// Cuts the lines of a window out; none where it holds no ink.
pub(crate) fn cut(gray: &Gray, levels: Levels, dpi: f64, window: Window) -> Option<Cut> {
    if window.x0 + 3 > window.x1 || window.y0 + 3 > window.y1 || window.x1 > gray.width || window.y1 > gray.height {
        return None;
    }
    let threshold = levels.threshold();
    let mut found = parts(window.x1 - window.x0, window.y1 - window.y0, |x, y| gray.at(window.x0 + x, window.y0 + y) < threshold);
    found.retain(|p| is_dot(p, dpi));
    let em = em(&found, dpi);
    let margin = (dpi * MARGIN) as usize;
    let strip = |rows: Range<usize>| {
        let inside = found.iter().filter(|p| rows.contains(&p.center().1));
        let ink = inside.copied().reduce(Part::union)?;
        let x0 = window.x0 + ink.x0.saturating_sub(margin);
        let x1 = (window.x0 + ink.x1 + margin).min(window.x1);
        // Rows of a tight neighbour stay out.
        let y0 = window.y0 + rows.start.min(ink.y0).max(rows.start.saturating_sub(margin / 2));
        let y1 = (window.y0 + rows.end.max(ink.y1).min(rows.end + margin / 2)).min(window.y1);
        let line: Vec<Part> = found.iter().filter(|p| rows.contains(&p.center().1)).copied().collect();
        let mut strip = strip(gray, levels, dpi, Window { x0, y0, x1, y1 });
        strip.gaps = gaps(&line, x0 - window.x0);
        strip.high = ink.height();
        strip.left = (window.x0 + ink.x0 - x0 + PAD) as u32;
        strip.wide = ink.width() as u32;
        Some(strip)
    };
    let lines: Vec<Strip> = lines(&found, window.y1 - window.y0, em).into_iter().filter_map(strip).collect();
    (!lines.is_empty()).then_some(Cut { lines, em })
}

/// White between the parts of a line, in pixels of its crop, which begins at `left`.
fn gaps(line: &[Part], left: usize) -> Vec<(u32, u32)> {
    let mut spans: Vec<(usize, usize)> = line.iter().map(|p| (p.x0, p.x1)).collect();
    spans.sort_unstable();
    let mut out = Vec::new();
    let mut end = spans.first().map_or(0, |s| s.1);
    for (from, to) in spans {
        if from > end {
            out.push(((end + PAD - left) as u32, (from + PAD - left) as u32));
        }
        end = end.max(to);
    }
    out
}

/// The usual height of letters where there are too few to tell, in inches: 10 points.
const USUAL_EM: f64 = 10.0 / 72.0;
/// Letters are at least this high, in inches.
const SMALLEST: f64 = 0.05;

/// The side of a square letter: most are a little lower than it.
pub(crate) fn em(parts: &[Part], dpi: f64) -> usize {
    let large = |p: &&Part| p.width().max(p.height()) as f64 > dpi * SMALLEST && (p.height() as f64) < dpi * 0.4;
    let mut sides: Vec<usize> = parts.iter().filter(large).map(Part::height).collect();
    sides.sort_unstable();
    sides.get(sides.len() * 17 / 20).map_or((dpi * USUAL_EM) as usize, |h| h * 21 / 20).max(4)
}

fn strip(gray: &Gray, levels: Levels, dpi: f64, w: Window) -> Strip {
    let (width, height) = (w.x1 - w.x0 + 2 * PAD, w.y1 - w.y0 + 2 * PAD);
    let mut px = vec![levels.paper; width * height];
    for y in w.y0..w.y1 {
        let at = (y - w.y0 + PAD) * width + PAD;
        px[at..at + w.x1 - w.x0].copy_from_slice(&gray.row(y)[w.x0..w.x1]);
    }
    let soft = Gray { width, height, px }.blurred(if dpi >= FINE_DPI { FINE_BLUR } else { COARSE_BLUR });
    let crop = |shades: (u32, u32)| Crop {
        width: width as u32,
        height: height as u32,
        gray: soft.px.iter().map(|&p| stretched(p, levels, shades)).collect(),
        dpi: dpi.round() as u32,
    };
    let others = SHADES[1..].iter().map(|&s| crop(s)).collect();
    Strip {
        crop: crop(SHADES[0]),
        others,
        origin: (w.x0 as i64 - PAD as i64, w.y0 as i64 - PAD as i64),
        gaps: Vec::new(),
        left: 0,
        wide: 0,
        high: 0,
    }
}

/// What is brighter than this share of the contrast is paper, and what is darker than that share of it is black, in
/// percent of the way from ink to paper; the first reads most pages best.
const SHADES: [(u32, u32); 3] = [(95, 0), (75, 0), (120, 0)];

/// Shades of paper as white, ink as black, what is between in proportion: a reader that sets its own threshold takes
/// uneven paper for ink where a cell has little of it.
fn stretched(p: u8, levels: Levels, (white, black): (u32, u32)) -> u8 {
    let contrast = u32::from(levels.contrast);
    let (low, high) = (contrast * black / 100, (contrast * white / 100).max(1));
    let light = (u32::from(p) + contrast).saturating_sub(u32::from(levels.paper));
    (light.saturating_sub(low) * 255 / (high - low).max(1)).min(255) as u8
}

/// Whether a part is a dot at least.
pub(crate) fn is_dot(part: &Part, dpi: f64) -> bool {
    part.area >= ((dpi * dpi * DOT) as usize).max(4)
}
