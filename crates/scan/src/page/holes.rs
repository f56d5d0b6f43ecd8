//! Holes punched for a binder: black discs close to an edge of the page. They are furniture: taken out, and rules go on
//! under them.

use crate::picture::circles::Disc;
use crate::picture::components::{Part, parts};
use crate::picture::gray::{Gray, Levels};

/// The page is looked at in squares of this side, in inches.
const SQUARE: f64 = 0.01;
/// A hole holds blocks of so many black squares in both directions; strokes of letters and rules do not.
const BLOCK: usize = 7;
/// Radius of holes, in inches: 4 to 10 mm across.
const SMALLEST: f64 = 0.075;
const LARGEST: f64 = 0.2;
/// The middle of a hole is no further from an edge of the page, in inches.
const MARGIN: f64 = 0.95;
/// Circles inside a hole are ink to this share at least …
const INSIDE: f64 = 0.9;
/// … and around it to this share at most: letters and rules reach up to it.
const AROUND: f64 = 0.4;
/// How far around, in inches; and what is taken out with it: its soft edge.
const RIM: f64 = 0.03;
const EDGE: f64 = 0.012;

/// Whitens the holes of a page and says where they were.
pub(crate) fn without_holes(gray: &mut Gray, levels: Levels, dpi: f64) -> Vec<Disc> {
    let holes: Vec<Disc> = cores(gray, levels, dpi).iter().filter_map(|core| hole(gray, levels, dpi, core)).collect();
    for hole in &holes {
        hole.fill(gray, dpi * EDGE, levels.paper);
    }
    holes
}

/// Places close to the edges that are solid ink, each in pixels.
fn cores(gray: &Gray, levels: Levels, dpi: f64) -> Vec<Part> {
    let side = ((dpi * SQUARE).round() as usize).max(1);
    let (across, down) = (gray.width / side, gray.height / side);
    let margin = (dpi * MARGIN) as usize / side;
    let is_margin = |x: usize, y: usize| x < margin || y < margin || x + margin >= across || y + margin >= down;
    let threshold = levels.threshold();
    let is_solid = |x: usize, y: usize| {
        let rows = y * side..(y + 1) * side;
        is_margin(x, y) && rows.into_iter().all(|y| gray.row(y)[x * side..(x + 1) * side].iter().all(|&p| p < threshold))
    };
    let solid: Vec<bool> = (0..across * down).map(|i| is_solid(i % across.max(1), i / across.max(1))).collect();
    // How many squares to the left, and then upwards, are solid.
    let mut runs = vec![0_usize; solid.len()];
    let mut blocks = vec![0_usize; solid.len()];
    for i in 0..solid.len() {
        let left = if i % across > 0 { runs[i - 1] } else { 0 };
        let above = if i >= across { blocks[i - across] } else { 0 };
        runs[i] = if solid[i] { left + 1 } else { 0 };
        blocks[i] = if runs[i] >= BLOCK { above + 1 } else { 0 };
    }
    let found = parts(across, down, |x, y| blocks[y * across + x] >= BLOCK);
    // A core is where blocks end; their beginning lies a block further up and left.
    let whole = |p: Part| Part {
        x0: (p.x0 + 1 - BLOCK.min(p.x0 + 1)) * side,
        y0: (p.y0 + 1 - BLOCK.min(p.y0 + 1)) * side,
        x1: p.x1 * side,
        y1: p.y1 * side,
        area: p.area,
    };
    found.into_iter().map(whole).collect()
}

/// The hole that a solid place is; none where it is something else.
fn hole(gray: &Gray, levels: Levels, dpi: f64, core: &Part) -> Option<Disc> {
    let largest = dpi * LARGEST;
    let middle = |a: usize, b: usize| (a + b) as f64 / 2.0;
    if core.width() as f64 > largest * 2.0 || core.height() as f64 > largest * 2.0 {
        return None;
    }
    let mut disc = Disc { x: middle(core.x0, core.x1), y: middle(core.y0, core.y1), radius: 0.0 };
    let radii = (1..).map(f64::from).take_while(|&r| r <= largest + 1.0);
    disc.radius = radii.take_while(|&r| disc.share(gray, levels, r) >= INSIDE).last()?;
    let is_hole = (dpi * SMALLEST..=largest).contains(&disc.radius) && disc.share(gray, levels, disc.radius + dpi * RIM) <= AROUND;
    is_hole.then_some(disc)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three inches by two at 100 dpi with ink where it is said.
    fn page(is_ink: impl Fn(usize, usize) -> bool) -> Gray {
        let px = (0..300 * 200).map(|i| if is_ink(i % 300, i / 300) { 20 } else { 250 }).collect();
        Gray { width: 300, height: 200, px }
    }

    const LEVELS: Levels = Levels { paper: 250, contrast: 230, bilevel: false };

    #[test]
    fn a_hole_on_a_rule_is_found_and_a_thick_letter_is_none() {
        let is_hole = |x: usize, y: usize| x.abs_diff(47).pow(2) + y.abs_diff(90).pow(2) < 12 * 12;
        let is_rule = |x: usize, y: usize| (50..52).contains(&x) || (99..101).contains(&y);
        let is_letter = |x: usize, y: usize| (40..80).contains(&y) && (200..210).contains(&x);
        let mut gray = page(|x, y| is_hole(x, y) || is_rule(x, y) || is_letter(x, y));
        let found = without_holes(&mut gray, LEVELS, 100.0);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!((found[0].x - 47.0).abs() < 2.0 && (found[0].radius - 11.5).abs() < 2.0, "{found:?}");
        assert_eq!((gray.at(45, 90), gray.at(50, 150), gray.at(205, 60)), (250, 20, 20));
    }
}
