//! Text set in columns: whether a window holds such, and each of its columns as a line, whose letters are turned back
//! upright so that all that is known of lines serves columns too.

use crate::ink::lines::{letters, lines};
use crate::picture::components::Part;
use crate::picture::components::em;
use crate::picture::gray::Gray;
use crate::picture::gray::Window;
use std::ops::Range;

/// A column is no wider than this share of an em, in percent …
const WIDEST_PERCENT: usize = 125;
/// … and its usual letter at least as wide as this: digits are narrower, and are numbers above each other.
const NARROWEST_PERCENT: usize = 55;
/// So many letters at least stand in the longest one; in a lone one fewer.
const ENOUGH: usize = 3;
const ENOUGH_ALONE: usize = 2;
/// The letters of a column are no farther apart, middle to middle, than this share of an em, in percent; lines are.
const PITCH_PERCENT: usize = 122;
/// The widest letter of a column is this share of its em at least, in percent: kana are smaller than their squares.
const FILLED_PERCENT: usize = 87;
/// Letters are at least this large, in inches: a width below is that of a digit.
const SMALLEST: f64 = 0.07;
/// The white between two columns, in percent of an em: letters of lines are nearer, columns of a table farther apart.
const BETWEEN_PERCENT: Range<usize> = 12..120;

/// A column of letters, in pixels of its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its ink from left to right.
    pub(crate) xs: Range<usize>,
    /// The ink of its letters, from top to bottom.
    letters: Vec<Part>,
    /// The side of a square letter.
    pub(crate) em: usize,
}

/// The columns of a window of this size, from right to left; none where its ink stands in lines.
pub(crate) fn columns(parts: &[Part], (width, height): (usize, usize), dpi: f64) -> Vec<Column> {
    let turned: Vec<Part> = parts.iter().map(|p| p.transposed()).collect();
    // Letters of a column may touch: their width tells their size.
    let em = em(&turned, dpi);
    if (em as f64) < dpi * SMALLEST {
        return Vec::new();
    }
    let column = |band: Range<usize>| {
        let own: Vec<Part> = parts.iter().filter(|p| band.contains(&p.center().0)).copied().collect();
        let ink = |rows: &Range<usize>| own.iter().filter(|p| rows.contains(&p.center().1)).copied().reduce(Part::union);
        let rows = letters(&own, height, em);
        // A lone letter may be high, such as 1.
        let letters: Vec<Part> = match rows.len() {
            1 => rows.iter().filter_map(ink).collect(),
            _ => rows.iter().filter_map(ink).flat_map(|letter| apart(letter, em)).collect(),
        };
        let all = letters.iter().copied().reduce(Part::union)?;
        Some(Column { xs: all.x0..all.x1, letters, em })
    };
    let mut found: Vec<Column> = lines(&turned, width, em).into_iter().rev().filter_map(column).collect();
    let Some(pitch) = median(found.iter().flat_map(Column::steps).collect()) else { return Vec::new() };
    // Squares are larger than what em says where all letters are kana, but no larger than their distance.
    let widest = found.iter().map(|c| c.xs.len()).max().unwrap_or(0);
    let em = em.max(pitch.min(widest * 100 / FILLED_PERCENT));
    found.iter_mut().for_each(|c| c.em = em);
    if pitch * 100 <= em * PITCH_PERCENT && are_columns(&found, em) { found } else { Vec::new() }
}

/// Letters that touch, each for itself.
fn apart(letters: Part, em: usize) -> impl Iterator<Item = Part> {
    let high = letters.height();
    let count = ((high + em / 2) / em).max(1);
    let edge = move |index: usize| letters.y0 + high * index / count;
    (0..count).map(move |i| Part { y0: edge(i), y1: edge(i + 1), area: letters.area / count, ..letters })
}

fn are_columns(found: &[Column], em: usize) -> bool {
    let within = median(found.iter().flat_map(Column::within).collect()).unwrap_or(0);
    let wide = median(found.iter().flat_map(|c| &c.letters).map(Part::width).collect()).unwrap_or(0);
    let between: Vec<usize> = found.windows(2).map(|w| w[0].xs.start.saturating_sub(w[1].xs.end)).collect();
    let enough = if found.len() > 1 { ENOUGH } else { ENOUGH_ALONE };
    let percent = |v: usize| v * 100 / em;
    found.iter().any(|c| c.letters.len() >= enough)
        && found.iter().all(|c| percent(c.xs.len()) <= WIDEST_PERCENT)
        && percent(wide) >= NARROWEST_PERCENT
        && between.iter().all(|&b| BETWEEN_PERCENT.contains(&percent(b)) && b > within)
}

fn median(mut of: Vec<usize>) -> Option<usize> {
    of.sort_unstable();
    of.get(of.len() / 2).copied()
}

/// A mark that stands along its column, such as ー, is narrower and longer than this, in percent of an em: 1 is shorter.
const BAR_PERCENT: (usize, usize) = (34, 77);
/// A mark that stands across it, such as a bracket, is wider than this and no higher than that …
const BRACKET_PERCENT: (usize, usize) = (62, 38);
/// … and higher than this: lower is 一.
const STROKE_PERCENT: usize = 16;
/// Letters smaller than this in both directions stand in a part of their square: 、 and small kana.
const SMALL_PERCENT: usize = 75;

impl Column {
    /// From the middle of every letter to that of the next.
    fn steps(&self) -> Vec<usize> {
        self.letters.windows(2).map(|w| w[1].center().1 - w[0].center().1).collect()
    }

    /// The white between every letter and the next.
    fn within(&self) -> Vec<usize> {
        self.letters.windows(2).map(|w| w[1].y0.saturating_sub(w[0].y1)).collect()
    }

    /// Its part of the page, with a little white around.
    pub(crate) fn window(&self, of: Window) -> Window {
        let white = self.white();
        let ends = (self.letters.first().map_or(0, |l| l.y0), self.letters.last().map_or(0, |l| l.y1));
        Window {
            x0: of.x0 + self.xs.start.saturating_sub(white),
            y0: of.y0 + ends.0.saturating_sub(white),
            x1: (of.x0 + self.xs.end + white).min(of.x1),
            y1: (of.y0 + ends.1 + white).min(of.y1),
        }
    }

    /// White around ink that is shown with it, in pixels: less than there is between two columns.
    fn white(&self) -> usize {
        self.em * BETWEEN_PERCENT.start / 200
    }

    /// The column as a line: what is down in it is to the right in the line, as far. Marks that are turned in columns
    /// are turned back.
    pub(crate) fn line(&self, gray: &Gray, window: Window, paper: u8) -> Gray {
        let own = self.window(window);
        let white = self.white();
        let wide = self.xs.len();
        let side = self.letters.iter().map(Part::height).fold(wide, usize::max) + 2 * white;
        let mut line = Gray { width: own.y1 - own.y0, height: side, px: vec![paper; (own.y1 - own.y0) * side] };
        for letter in &self.letters {
            let right = (letter.center().1 + window.y0 - own.y0) as i64 - letter.center().0 as i64;
            let low = (side - white) as i64 - self.xs.end as i64 + letter.x1 as i64 - letter.y1 as i64;
            let down = if self.is_low(letter) { low } else { side as i64 / 2 - letter.center().1 as i64 };
            let is_turned = self.is_turned(letter);
            let ink = letter.grown(white.min(2), (window.x1 - window.x0, window.y1 - window.y0));
            for (x, y) in (ink.y0..ink.y1).flat_map(|y| (ink.x0..ink.x1).map(move |x| (x, y))) {
                let to = match is_turned {
                    true => ((y + window.y0) as i64 - own.y0 as i64, (white + self.xs.end) as i64 - 1 - x as i64),
                    false => (x as i64 + right, y as i64 + down),
                };
                line.darken(to, gray.at(window.x0 + x, window.y0 + y));
            }
        }
        line
    }

    fn is_turned(&self, letter: &Part) -> bool {
        let (wide, high) = (letter.width() * 100 / self.em, letter.height() * 100 / self.em);
        wide < BAR_PERCENT.0 && high > BAR_PERCENT.1 || wide > BRACKET_PERCENT.0 && (STROKE_PERCENT..=BRACKET_PERCENT.1).contains(&high)
    }

    /// Whether a letter stands to the right of its square, as low as it does in a line.
    fn is_low(&self, letter: &Part) -> bool {
        let is_small = letter.width().max(letter.height()) * 100 < self.em * SMALL_PERCENT;
        is_small && letter.x0 - self.xs.start > 2 * (self.xs.end - letter.x1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of 36 pixels, so far apart from left to right and from top to bottom.
    fn field(cols: usize, rows: usize, (right, down): (usize, usize)) -> Vec<Part> {
        let letter = |i: usize| {
            let (x0, y0) = (10 + i % cols * right, 10 + i / cols * down);
            Part { x0, y0, x1: x0 + 36, y1: y0 + 36, area: 400 }
        };
        (0..cols * rows).map(letter).collect()
    }

    #[test]
    fn letters_that_are_nearer_down_than_across_stand_in_columns_from_right_to_left() {
        let found = columns(&field(2, 6, (56, 40)), (200, 300), 300.0);
        assert_eq!(found.iter().map(|c| (c.xs.start, c.letters.len())).collect::<Vec<_>>(), [(66, 6), (10, 6)]);
        assert!(columns(&field(6, 2, (40, 56)), (300, 200), 300.0).is_empty());
        assert!(columns(&field(1, 6, (0, 70)), (60, 500), 300.0).is_empty(), "items 1, 2, 3 stand in lines");
    }

    #[test]
    fn letters_of_a_column_stay_upright_and_long_marks_lie_down() {
        // An L of 36 pixels above a bar.
        let (width, height) = (60, 100);
        let is_ink = |x: usize, y: usize| {
            let l = (10..46).contains(&y) && (10..14).contains(&x) || (42..46).contains(&y) && (10..46).contains(&x);
            l || (50..86).contains(&y) && (26..30).contains(&x)
        };
        let px = (0..width * height).map(|i| if is_ink(i % width, i / width) { 0 } else { 255 }).collect();
        let gray = Gray { width, height, px };
        let letter = |x0, y0, x1, y1| Part { x0, y0, x1, y1, area: 100 };
        let column = Column { xs: 10..46, letters: vec![letter(10, 10, 46, 46), letter(26, 50, 30, 86)], em: 38 };
        let line = column.line(&gray, Window { x0: 0, y0: 0, x1: width, y1: height }, 255);
        assert_eq!((line.width, line.height), (80, 40));
        assert!(line.at(3, 10) == 0 && line.at(30, 36) == 0 && line.at(30, 10) == 255, "L stands");
        assert!(line.at(44, 19) == 0 && line.at(76, 19) == 0 && line.at(60, 30) == 255, "ー lies");
    }
}
