//! Connected ink.

use seisho_model::groups::Groups;

/// A connected part of ink, by its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) x0: usize,
    pub(crate) y0: usize,
    /// One past the last.
    pub(crate) x1: usize,
    pub(crate) y1: usize,
    /// Pixels of ink.
    pub(crate) area: usize,
}

impl Part {
    pub(crate) fn width(&self) -> usize {
        self.x1 - self.x0
    }

    pub(crate) fn height(&self) -> usize {
        self.y1 - self.y0
    }

    pub(crate) fn center(&self) -> (usize, usize) {
        ((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)
    }

    /// Columns for rows.
    pub(crate) fn transposed(&self) -> Self {
        Self { x0: self.y0, y0: self.x0, x1: self.y1, y1: self.x1, area: self.area }
    }

    /// The same elsewhere: so far to the right and down.
    pub(crate) fn moved(&self, right: i64, down: i64) -> Self {
        let x = |v: usize| (v as i64 + right).max(0) as usize;
        let y = |v: usize| (v as i64 + down).max(0) as usize;
        Self { x0: x(self.x0), y0: y(self.y0), x1: x(self.x1), y1: y(self.y1), area: self.area }
    }

    /// With so much around it, inside a window of this size.
    pub(crate) fn grown(&self, by: usize, (width, height): (usize, usize)) -> Self {
        let (x0, y0) = (self.x0.saturating_sub(by), self.y0.saturating_sub(by));
        Self { x0, y0, x1: (self.x1 + by).min(width), y1: (self.y1 + by).min(height), area: self.area }
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
            area: self.area + other.area,
        }
    }
}

/// The parts of a picture, by their first pixel from top to bottom; pixels that touch at a corner are connected.
pub(crate) fn parts(width: usize, height: usize, is_ink: impl Fn(usize, usize) -> bool) -> Vec<Part> {
    let (runs, mut groups) = runs(width, height, is_ink);
    let mut merged: Vec<Option<Part>> = vec![None; runs.len()];
    for (index, part) in runs.into_iter().enumerate() {
        let slot = &mut merged[groups.first(index)];
        *slot = Some(slot.map_or(part, |p| p.union(part)));
    }
    merged.into_iter().flatten().collect()
}

/// The same, each with its stretches, row by row.
pub(crate) fn shapes(width: usize, height: usize, is_ink: impl Fn(usize, usize) -> bool) -> Vec<Vec<Part>> {
    let (runs, mut groups) = runs(width, height, is_ink);
    let mut shapes: Vec<Vec<Part>> = vec![Vec::new(); runs.len()];
    for (index, run) in runs.into_iter().enumerate() {
        shapes[groups.first(index)].push(run);
    }
    shapes.retain(|shape| !shape.is_empty());
    shapes
}

/// Stretches of ink in a row, each a part of its own, and which of them are connected.
fn runs(width: usize, height: usize, is_ink: impl Fn(usize, usize) -> bool) -> (Vec<Part>, Groups) {
    let mut runs: Vec<Part> = Vec::new();
    let mut groups = Groups::default();
    let (mut above, mut here) = (0..0, 0);
    for y in 0..height {
        let mut x = 0;
        let mut first = above.start;
        while x < width {
            if !is_ink(x, y) {
                x += 1;
                continue;
            }
            let from = x;
            while x < width && is_ink(x, y) {
                x += 1;
            }
            let index = groups.add();
            runs.push(Part { x0: from, y0: y, x1: x, y1: y + 1, area: x - from });
            while first < above.end && runs[first].x1 < from {
                first += 1;
            }
            for (other, run) in runs.iter().enumerate().take(above.end).skip(first).take_while(|(_, r)| r.x0 <= x) {
                debug_assert!(run.x1 >= from);
                groups.join(other, index);
            }
        }
        above = here..runs.len();
        here = runs.len();
    }
    (runs, groups)
}

/// Ink of this area in square inches is a dot at least; less is dust.
const DOT: f64 = 0.000_11;
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

/// Whether a part is a dot at least.
pub(crate) fn is_dot(part: &Part, dpi: f64) -> bool {
    part.area >= ((dpi * dpi * DOT) as usize).max(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_is_one_part() {
        let picture = ["#..#.", "#..#.", "####.", "....#", "#...."];
        let found = parts(5, 5, |x, y| picture[y].as_bytes()[x] == b'#');
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], Part { x0: 0, y0: 0, x1: 5, y1: 4, area: 9 });
        assert_eq!(found[1].area, 1);
    }
}
