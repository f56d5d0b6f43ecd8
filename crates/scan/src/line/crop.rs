//! Parts of the page cut out to be read: without the remains of rules, softened a little, on white.

use crate::ink::lines::lines;
use crate::ink::vertical::{Column, columns};
use crate::picture::components::{Part, em, is_dot, parts};
use crate::picture::gray::{Gray, Levels, Window};
use seisho_model::scan::{Crop, Symbol};
use std::ops::Range;

/// The text of a cell or area, cut out line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Its lines from top to bottom; at least one.
    pub(crate) lines: Vec<Strip>,
    /// The same with its columns from right to left for lines, where it may be set in such.
    columns: Option<Box<Cut>>,
    /// The side of a square letter, in pixels.
    pub(crate) em: usize,
}

/// A line and where it was cut; or a column, whose letters stand side by side as in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Strip {
    /// What is to be read.
    pub(crate) crop: Crop,
    /// How the same line looks with other shades, for a second and third look.
    pub(crate) others: Vec<Crop>,
    /// The column as it stands: as high as the line is wide. None for a line.
    pub(crate) down: Option<Crop>,
    /// The pixel of the sheet at the first pixel of the crop, or of the column; may lie outside.
    pub(crate) origin: (i64, i64),
    /// White between ink from left to right, first pixel of the crop and one past the last.
    pub(crate) gaps: Vec<(u32, u32)>,
    /// The first pixel of its ink.
    pub(crate) left: u32,
    /// How wide its ink is.
    pub(crate) wide: u32,
    /// The height of its ink.
    pub(crate) high: usize,
}

impl Strip {
    /// A line of ink so wide without white in it, for those who test readers.
    #[cfg(test)]
    pub(crate) fn new(crop: Crop, others: Vec<Crop>, wide: u32) -> Self {
        Self { crop, others, down: None, origin: (0, 0), gaps: Vec::new(), left: 0, wide, high: 0 }
    }

    /// Its ink from left to right between white of so many pixels at least, first pixel of the crop and one past the last.
    pub(crate) fn stretches(&self, least: u32) -> Vec<(u32, u32)> {
        let gaps = || self.gaps.iter().filter(move |g| g.1 - g.0 >= least);
        let ends = gaps().map(|g| g.0).chain(std::iter::once(self.left + self.wide));
        let starts = std::iter::once(self.left).chain(gaps().map(|g| g.1));
        starts.zip(ends).filter(|(from, to)| from < to).collect()
    }

    /// How high the ink of some columns is, in pixels.
    pub(crate) fn height(&self, span: (u32, u32)) -> u32 {
        self.rows(span).map_or(0, |(top, bottom)| bottom - top)
    }

    /// The first row of the ink of some columns and one past the last, in pixels of the crop.
    pub(crate) fn rows(&self, (from, to): (u32, u32)) -> Option<(u32, u32)> {
        let row = |y: u32| &self.crop.gray[(y * self.crop.width + from) as usize..(y * self.crop.width + to.min(self.crop.width)) as usize];
        let is_ink = |y: &u32| row(*y).iter().any(|&p| p < HALF);
        let rows = || (0..self.crop.height).filter(is_ink);
        Some((rows().next()?, rows().next_back()? + 1))
    }
}

/// Darker than this is ink in a crop, whose paper is white.
const HALF: u8 = 128;

impl Cut {
    /// A line alone.
    #[cfg(test)]
    pub(crate) fn of_line(line: Strip) -> Self {
        Self { lines: vec![line], columns: None, em: 40 }
    }

    /// Whether one of its lines is so many ems wide at least.
    pub(crate) fn has_letters(&self, ems: usize) -> bool {
        self.lines.iter().any(|line| line.wide as usize >= self.em * ems)
    }

    /// Whether its lines are columns.
    pub(crate) fn is_in_columns(&self) -> bool {
        self.lines.iter().any(|line| line.down.is_some())
    }

    /// The same, column by column; none where it is surely set in lines.
    pub(crate) fn in_columns(&self) -> Option<&Self> {
        self.columns.as_deref()
    }

    /// Leaves the pictures of its lines out, where nothing is to be seen any more.
    pub(crate) fn drop_pictures(&mut self) {
        for strip in &mut self.lines {
            strip.crop.gray = Vec::new();
            strip.others = Vec::new();
            if let Some(down) = &mut strip.down {
                down.gray = Vec::new();
            }
        }
        self.columns = None;
    }

    /// The side of a square letter, in pixels.
    pub(crate) fn em(&self) -> usize {
        self.em
    }

    /// What stands for a line of which a reader could say nothing: the long mark where it is one, which no reader tells
    /// from a rule, else a character that is unknown; none for dust.
    pub(crate) fn unread(&self, line: usize) -> Option<Symbol> {
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
        Some(Symbol { text: text.to_owned(), ink: [pad, pad, right, bottom], line: 0, score: 0, marks: Vec::new() })
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

/// Cuts the lines of a window out; none where it holds no ink. A line of nothing but ink as small as `dirt` is none.
pub(crate) fn cut(gray: &Gray, levels: Levels, dpi: f64, window: Window, dirt: usize) -> Option<Cut> {
    if window.x0 + 3 > window.x1 || window.y0 + 3 > window.y1 || window.x1 > gray.width || window.y1 > gray.height {
        return None;
    }
    let threshold = levels.threshold();
    let size = (window.x1 - window.x0, window.y1 - window.y0);
    let mut found = parts(size.0, size.1, |x, y| gray.at(window.x0 + x, window.y0 + y) < threshold);
    found.retain(|p| is_dot(p, dpi));
    let em = em(&found, dpi);
    let margin = (dpi * MARGIN) as usize;
    let line = |rows: Range<usize>| {
        let inside: Vec<Part> = found.iter().filter(|p| rows.contains(&p.center().1)).copied().collect();
        let is_letter = |p: &Part| p.width().max(p.height()) > dirt;
        let ink = inside.iter().copied().reduce(Part::union).filter(|_| inside.iter().any(is_letter))?;
        let x0 = ink.x0.saturating_sub(margin);
        let x1 = (ink.x1 + margin).min(size.0);
        // Rows of a tight neighbour stay out.
        let y0 = rows.start.min(ink.y0).max(rows.start.saturating_sub(margin / 2));
        let y1 = rows.end.max(ink.y1).min(rows.end + margin / 2).min(size.1);
        let inside: Vec<Part> = inside.iter().map(|p| p.moved(-(x0 as i64), -(y0 as i64))).collect();
        let own = Window { x0: window.x0 + x0, y0: window.y0 + y0, x1: window.x0 + x1, y1: window.y0 + y1 };
        strip(&gray.part(own), &inside, own, levels, dpi)
    };
    let lines: Vec<Strip> = lines(&found, size.1, em).into_iter().filter_map(line).collect();
    let column = |column: &Column| {
        let own = column.window(window);
        let line = column.line(gray, window, levels.paper);
        let mut inside = parts(line.width, line.height, |x, y| line.at(x, y) < threshold);
        inside.retain(|p| is_dot(p, dpi));
        let down = crops(&gray.part(own), levels, dpi, &SHADES[..1]).pop();
        Some(Strip { down, ..strip(&line, &inside, own, levels, dpi)? })
    };
    let columns = columns(&found, size, dpi);
    let columns = columns.first().map(|first| {
        let lines = columns.iter().filter_map(column).collect();
        Box::new(Cut { lines, columns: None, em: first.em })
    });
    (!lines.is_empty()).then_some(Cut { lines, columns, em })
}

/// A line as it is read: its picture, the ink in it, and the window that it shows.
fn strip(line: &Gray, ink: &[Part], window: Window, levels: Levels, dpi: f64) -> Option<Strip> {
    let all = ink.iter().copied().reduce(Part::union)?;
    let mut crops = crops(line, levels, dpi, &SHADES).into_iter();
    Some(Strip {
        crop: crops.next()?,
        others: crops.collect(),
        down: None,
        origin: (window.x0 as i64 - PAD as i64, window.y0 as i64 - PAD as i64),
        gaps: gaps(ink),
        left: (all.x0 + PAD) as u32,
        wide: all.width() as u32,
        high: all.height(),
    })
}

/// White between the parts of a line, in pixels of its crop.
fn gaps(line: &[Part]) -> Vec<(u32, u32)> {
    let mut spans: Vec<(usize, usize)> = line.iter().map(|p| (p.x0, p.x1)).collect();
    spans.sort_unstable();
    let mut out = Vec::new();
    let mut end = spans.first().map_or(0, |s| s.1);
    for (from, to) in spans {
        if from > end {
            out.push(((end + PAD) as u32, (from + PAD) as u32));
        }
        end = end.max(to);
    }
    out
}

/// A picture on white, softened, in these shades.
fn crops(picture: &Gray, levels: Levels, dpi: f64, shades: &[(u32, u32)]) -> Vec<Crop> {
    let (width, height) = (picture.width + 2 * PAD, picture.height + 2 * PAD);
    let mut px = vec![levels.paper; width * height];
    for y in 0..picture.height {
        let at = (y + PAD) * width + PAD;
        px[at..at + picture.width].copy_from_slice(picture.row(y));
    }
    let soft = Gray { width, height, px }.blurred(if dpi >= FINE_DPI { FINE_BLUR } else { COARSE_BLUR });
    let crop = |&shades: &(u32, u32)| Crop {
        width: width as u32,
        height: height as u32,
        gray: soft.px.iter().map(|&p| stretched(p, levels, shades)).collect(),
        dpi: dpi.round() as u32,
    };
    shades.iter().map(crop).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::drawing::{cell, line};

    /// What stands for a line of which no reader could say anything.
    fn unread(rows: &[&str]) -> Option<String> {
        cell(line(rows)).unread(0).map(|symbol| symbol.text)
    }

    #[test]
    fn what_nobody_can_read_is_a_long_mark_an_unknown_letter_or_dust() {
        let letter = ["###########", "#.........#", "#.........#", "###########", "#..........", "#.........."];
        assert_eq!(unread(&["##########."]).as_deref(), Some("ー"), "as flat as a rule, as wide as a letter");
        assert_eq!(unread(&["####################"]).as_deref(), Some("\u{FFFD}"), "too wide for a letter");
        assert_eq!(unread(&letter).as_deref(), Some("\u{FFFD}"));
        assert_eq!(unread(&["##", "##"]), None);
    }

    #[test]
    fn every_line_of_a_cell_is_a_crop_with_white_around_its_ink() {
        // 200 dpi, letters of 24 pixels:
        //   ■■■■
        //   ■■
        let mut gray = Gray { width: 200, height: 120, px: vec![250; 200 * 120] };
        for (row, count) in [(0, 4), (1, 2)] {
            for col in 0..count {
                let (x0, y0) = (40 + col * 28, 30 + row * 36);
                gray.fill_window(Window { x0, y0, x1: x0 + 24, y1: y0 + 24 }, 20);
            }
        }
        let levels = Levels { paper: 250, contrast: 230, bilevel: false };
        let found = cut(&gray, levels, 200.0, Window { x0: 10, y0: 10, x1: 190, y1: 110 }, 0).expect("ink");
        assert_eq!(found.lines.iter().map(|l| (l.wide, l.high, l.gaps.len())).collect::<Vec<_>>(), [(108, 24, 3), (52, 24, 1)]);
        let first = &found.lines[0];
        let x = first.origin.0 + i64::from(first.left);
        assert_eq!(x, 40, "the ink is found again on the page");
        assert!(first.crop.gray.iter().take(first.crop.width as usize * 8).all(|&p| p == 255), "white above");
        assert_eq!(cut(&gray, levels, 200.0, Window { x0: 10, y0: 100, x1: 190, y1: 115 }, 0), None, "a blank cell");
    }
}
