//! Ovals drawn by hand around a choice: taken out where they cross no letter, and told where they are.

use crate::picture::components::{Part, parts, shapes};
use crate::picture::gray::{Gray, Levels, Window};
use crate::picture::traced::{Step, erase, thickness};
use seisho_model::geometry::distance;
use std::f64::consts::TAU;

/// An oval is at least and at most so wide and high, in percent of a letter: signs like 〇 and ㊞ are as
/// large as a letter, stamps and frames larger than this.
const WIDTH_PERCENT: [usize; 2] = [120, 1_200];
const HEIGHT_PERCENT: [usize; 2] = [90, 300];
/// Its edge leaves an oval by this share of half its width in the mean, in percent; that of a rectangle by 21.
const ASTRAY_PERCENT: usize = 13;
/// Letters inside are so much of it, in percent …
const INK_PERCENT: usize = 3;
/// … and fill so much of its width or height: the figure in ① fills less.
const FILLED_PERCENT: usize = 62;
/// A ring is larger than the letters beside it, by this in percent: ① is as large as they are.
const LARGER_PERCENT: usize = 125;
/// Letters beside it are no farther off than so many letters.
const BESIDE: usize = 2;
/// A pen draws no thicker than this, in inches.
const THICKEST: f64 = 0.05;
/// The outline lies no farther from an oval than this share of half its height.
const ASIDE: f64 = 0.4;

/// Takes ovals out and gives their boxes. `bare`: the same without rules; `em`: the height of letters.
pub(crate) fn without_ovals(gray: &mut Gray, mut bare: Gray, levels: Levels, dpi: f64, em: usize) -> Vec<Window> {
    let threshold = levels.threshold();
    let mut found: Vec<Window> = Vec::new();
    // An outline that letters touch on both sides holds no white as large as it, one that touches a rule is no part of
    // its own: either shows it.
    for side in [Side::Inside, Side::Outside] {
        let seen = if side == Side::Inside { &*gray } else { &bare };
        let ovals = shapes_of_size(seen, threshold, side, em).into_iter().filter(|shape| shape.is_oval());
        let new = ovals.filter(|shape| !found.iter().any(|w| overlap(w, &shape.window)));
        let drawn = |shape: Shape| {
            let outline = shape.outline();
            let thick = thickness(seen, levels, dpi * THICKEST, &outline).filter(|&thick| thick <= dpi * THICKEST)?;
            shape.is_around_letters(seen, threshold, thick.ceil() as usize, em).then_some((shape.window, outline))
        };
        let ovals: Vec<(Window, Vec<Step>)> = new.filter_map(drawn).collect();
        for (window, outline) in ovals {
            erase(gray, levels, dpi * THICKEST, &outline);
            erase(&mut bare, levels, dpi * THICKEST, &outline);
            found.push(window);
        }
    }
    found
}

fn overlap(a: &Window, b: &Window) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// What shows an outline: the white inside it, or its ink seen from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Outside,
}

/// Connected white or ink.
struct Shape {
    side: Side,
    window: Window,
    /// Which pixels of the window are of it.
    is_of_it: Vec<bool>,
    /// The first and the last one, row by row.
    ends: Vec<(usize, usize)>,
}

fn shapes_of_size(gray: &Gray, threshold: u8, side: Side, em: usize) -> Vec<Shape> {
    let is_of_side = |x: usize, y: usize| (gray.at(x, y) < threshold) == (side == Side::Outside);
    let fits = |length: usize, of: [usize; 2]| (em * of[0]..=em * of[1]).contains(&(length * 100));
    let is_of_size = |p: &Part| fits(p.width(), WIDTH_PERCENT) && fits(p.height(), HEIGHT_PERCENT);
    let boxes = parts(gray.width, gray.height, is_of_side).into_iter().filter(is_of_size);
    boxes.filter_map(|part| Shape::new(side, part, |x, y| is_of_side(part.x0 + x, part.y0 + y))).collect()
}

impl Shape {
    /// The shape that fills a box from edge to edge.
    fn new(side: Side, part: Part, is_of_side: impl Fn(usize, usize) -> bool) -> Option<Self> {
        let (width, height) = (part.width(), part.height());
        let bounds = |shape: &[Part]| shape.iter().copied().reduce(Part::union);
        let is_whole = |shape: &Vec<Part>| bounds(shape).is_some_and(|b| b.width() == width && b.height() == height);
        let shape = shapes(width, height, is_of_side).into_iter().find(is_whole)?;
        let mut is_of_it = vec![false; width * height];
        let mut ends = vec![(width, 0); height];
        for run in &shape {
            is_of_it[run.y0 * width + run.x0..run.y0 * width + run.x1].fill(true);
            let end = &mut ends[run.y0];
            *end = (end.0.min(run.x0), end.1.max(run.x1));
        }
        Some(Self { side, window: Window { x0: part.x0, y0: part.y0, x1: part.x1, y1: part.y1 }, is_of_it, ends })
    }

    fn width(&self) -> usize {
        self.window.x1 - self.window.x0
    }

    fn height(&self) -> usize {
        self.window.y1 - self.window.y0
    }

    /// Whether its edge is that of an oval as wide and high.
    fn is_oval(&self) -> bool {
        let (half, tall) = (self.width() as f64 / 2.0, self.height() as f64 / 2.0);
        let astray = |(row, &(from, to)): (usize, &(usize, usize))| {
            let down = (row as f64 + 0.5 - tall) / tall;
            let reach = half * (1.0 - down * down).max(0.0).sqrt();
            (from as f64 - (half - reach)).abs() + (to as f64 - (half + reach)).abs()
        };
        let sum: f64 = self.ends.iter().enumerate().map(astray).sum();
        sum * 100.0 <= half * 2.0 * self.height() as f64 * ASTRAY_PERCENT as f64
    }

    /// Whether it goes around letters, and is none itself. `thick`: the thickness of its outline.
    fn is_around_letters(&self, gray: &Gray, threshold: u8, thick: usize, em: usize) -> bool {
        let w = self.window;
        let (a, b) = ((self.width() as f64 / 2.0 - thick as f64).max(1.0), (self.height() as f64 / 2.0 - thick as f64).max(1.0));
        let (middle_x, middle_y) = ((w.x0 + w.x1) as f64 / 2.0, (w.y0 + w.y1) as f64 / 2.0);
        let is_inside = |x: usize, y: usize| distance((x as f64 + 0.5 - middle_x) / a, (y as f64 + 0.5 - middle_y) / b) < 1.0;
        let ink: Vec<(usize, usize)> = (w.y0..w.y1)
            .flat_map(|y| (w.x0..w.x1).map(move |x| (x, y)))
            .filter(|&(x, y)| is_inside(x, y) && gray.at(x, y) < threshold)
            .collect();
        let reach = |of: fn(&(usize, usize)) -> usize| {
            let ends = ink.iter().map(of).min().zip(ink.iter().map(of).max());
            ends.map_or(0, |(first, last)| last + 1 - first)
        };
        let is_filled = reach(|p| p.1) * 100 >= self.height() * FILLED_PERCENT || reach(|p| p.0) * 100 >= self.width() * FILLED_PERCENT;
        if ink.len() * 100 < self.width() * self.height() * INK_PERCENT || !is_filled {
            return false;
        }
        // What stands beside it on its line.
        let (left, right) = (w.x0.saturating_sub(em * BESIDE), (w.x1 + em * BESIDE).min(gray.width));
        let (top, bottom) = (w.y0.saturating_sub(em), (w.y1 + em).min(gray.height));
        let near = parts(right - left, bottom - top, |x, y| gray.at(left + x, top + y) < threshold);
        let is_beside = |p: &&Part| {
            let (x0, x1) = (left + p.x0, left + p.x1);
            let is_level = top + p.y0 < w.y1 && top + p.y1 > w.y0;
            is_level && (x1 <= w.x0 || x0 >= w.x1) && p.height() <= em * 2 && p.width() <= em * 2
        };
        let highest = near.iter().filter(is_beside).map(Part::height).max().unwrap_or(0);
        self.height() * 100 >= highest * LARGER_PERCENT
    }

    /// The middle of the outline, or near to it.
    fn outline(&self) -> Vec<Step> {
        let (a, b) = (self.width() as f64 / 2.0, self.height() as f64 / 2.0);
        let (x, y) = (self.window.x0 as f64 + a - 0.5, self.window.y0 as f64 + b - 0.5);
        let steps = (TAU * a.max(b) * 2.0) as usize;
        let into_ink = if self.side == Side::Inside { 1.5 } else { -0.5 };
        let step = |i: usize| {
            let (sin, cos) = libm::sincos(TAU * i as f64 / steps as f64);
            let long = distance(cos / a, sin / b);
            let across = (cos / a / long, sin / b / long);
            let at = |off: f64| (x + a * cos + across.0 * off, y + b * sin + across.1 * off);
            let reach = (b * ASIDE).ceil() as i32;
            let last = (-reach..=reach).rev().map(f64::from).find(|&off| self.holds(at(off)))?;
            Some(Step { at: at(last + into_ink), across })
        };
        (0..steps).filter_map(step).collect()
    }

    fn holds(&self, (x, y): (f64, f64)) -> bool {
        let (x, y) = ((x + 0.5).floor() - self.window.x0 as f64, (y + 0.5).floor() - self.window.y0 as f64);
        let is_in = x >= 0.0 && y >= 0.0 && (x as usize) < self.width() && (y as usize) < self.height();
        is_in && self.is_of_it[y as usize * self.width() + x as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: Levels = Levels { paper: 250, contrast: 230, bilevel: false };
    const EM: usize = 30;

    /// Three letters of 30 pixels a side, 40 apart, from (100, 100) on, and what else is ink.
    ///
    /// ```text
    ///   ___________
    ///  (  H   H    ) H
    ///   ‾‾‾‾‾‾‾‾‾‾‾
    /// ```
    fn page(is_ink: impl Fn(f64, f64) -> bool) -> Gray {
        let is_letter = |x: usize, y: usize| {
            let (col, row) = (x.wrapping_sub(100), y.wrapping_sub(100));
            row < 30 && col < 110 && col % 40 < 30 && (col % 40 < 4 || col % 40 >= 26 || (13..17).contains(&row))
        };
        let px =
            (0..400 * 240).map(|i| (i % 400, i / 400)).map(|(x, y)| if is_letter(x, y) || is_ink(x as f64, y as f64) { 20 } else { 250 });
        Gray { width: 400, height: 240, px: px.collect() }
    }

    /// Whether a point lies on an ellipse about the first two letters, three pixels thick.
    fn is_oval(x: f64, y: f64) -> bool {
        let far = |a: f64, b: f64| distance((x - 135.0) / a, (y - 115.0) / b);
        far(43.0, 29.0) <= 1.0 && far(40.0, 26.0) > 1.0
    }

    fn found(is_ink: impl Fn(f64, f64) -> bool) -> (usize, Gray) {
        let mut gray = page(is_ink);
        let bare = gray.clone();
        (without_ovals(&mut gray, bare, LEVELS, 200.0, EM).len(), gray)
    }

    #[test]
    fn an_oval_about_letters_is_taken_out() {
        let (count, gray) = found(is_oval);
        assert_eq!(count, 1);
        let differ = gray.px.iter().zip(&page(|_, _| false).px).filter(|(a, b)| (**a < 150) != (**b < 150)).count();
        assert!(differ <= 40, "{differ} pixels of the oval left, or of letters gone");
    }

    #[test]
    fn frames_arcs_and_empty_ovals_stay() {
        let is_frame = |x: f64, y: f64| {
            (85.0..=185.0).contains(&x) && (86.0..=144.0).contains(&y) && !((88.0..=182.0).contains(&x) && (89.0..=141.0).contains(&y))
        };
        for (name, count) in [
            ("a frame", found(is_frame).0),
            ("half of one", found(|x, y| is_oval(x, y) && x < 140.0).0),
            ("empty", found(|x, y| is_oval(x, y - 90.0)).0),
        ] {
            assert_eq!(count, 0, "{name}");
        }
    }

    #[test]
    fn a_figure_in_a_circle_as_large_as_its_neighbours_is_a_sign() {
        // Beside the letters a circle of their height with a figure in it.
        let is_sign = |x: f64, y: f64| {
            let far = distance(x - 240.0, y - 115.0);
            (17.0..19.5).contains(&far) || (238.0..242.0).contains(&x) && (106.0..124.0).contains(&y)
        };
        assert_eq!(found(is_sign).0, 0);
    }
}
