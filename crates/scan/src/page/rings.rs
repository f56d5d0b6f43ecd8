//! Thin rings: the outlines of round stamps. Found by what their edges point at, checked on the picture itself.

use crate::picture::circles::Disc;
use crate::picture::gray::{Gray, Levels};
use seisho_model::geometry::distance;
use std::f64::consts::TAU;

/// Rings are looked for in a picture of about so many pixels an inch.
const COARSE_DPI: f64 = 100.0;
/// Radius of stamps, in inches: 9 mm to 5 cm across. Letters are smaller.
const SMALLEST: f64 = 0.17;
const LARGEST: f64 = 1.0;
/// An edge is at least so steep, in shades of a pixel of the coarse picture.
const STEEP: i32 = 40;
/// So many places at which most edges point are looked at.
const CANDIDATES: usize = 48;
/// A ring is ink all around to this share; letters in lines are to a half.
const COVER: f64 = 0.82;
/// Circles beside the ring are ink to this share at most: it is thin.
const BESIDE: f64 = 0.5;
/// How far beside, in inches.
const THIN: f64 = 0.035;

/// The rings of a page.
pub(crate) fn rings(gray: &Gray, levels: Levels, dpi: f64) -> Vec<Disc> {
    let step = (dpi / COARSE_DPI).round().max(1.0) as usize;
    let coarse = coarse(gray, levels, step);
    let (least, most) = (dpi * SMALLEST / step as f64, dpi * LARGEST / step as f64);
    let edges = edges(&coarse);
    let votes = votes(&coarse, &edges, (least, most));
    let mut found: Vec<Disc> = Vec::new();
    for (x, y) in peaks(&votes, CANDIDATES) {
        let Some(rough) = radius(&edges, (x, y), (least, most)) else { continue };
        let scaled = Disc { x: (x + 0.5) * step as f64, y: (y + 0.5) * step as f64, radius: rough * step as f64 };
        let Some(ring) = settled(gray, levels, dpi, scaled, step) else { continue };
        if !found.iter().any(|f| f.holds(ring.x, ring.y, 0.0) || ring.holds(f.x, f.y, 0.0)) {
            found.push(ring);
        }
    }
    found
}

/// Darkness in squares of so many pixels, from 0 to 255.
fn coarse(gray: &Gray, levels: Levels, step: usize) -> Gray {
    let (width, height) = (gray.width / step, gray.height / step);
    let mut px = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let rows = (y * step..(y + 1) * step).map(|y| &gray.row(y)[x * step..(x + 1) * step]);
            let dark: u32 = rows.flatten().map(|&p| u32::from(levels.paper.saturating_sub(p))).sum();
            px.push((dark * 255 / (step * step) as u32 / u32::from(levels.contrast)).min(255) as u8);
        }
    }
    Gray { width, height, px }
}

/// A place where darkness changes, and the direction in which it grows.
struct Edge {
    x: f64,
    y: f64,
    toward: (f64, f64),
}

fn edges(dark: &Gray) -> Vec<Edge> {
    let mut edges = Vec::new();
    for y in 1..dark.height.saturating_sub(1) {
        for x in 1..dark.width - 1 {
            let at = |dx: usize, dy: usize| i32::from(dark.at(x + dx - 1, y + dy - 1));
            let across = at(2, 0) + 2 * at(2, 1) + at(2, 2) - at(0, 0) - 2 * at(0, 1) - at(0, 2);
            let down = at(0, 2) + 2 * at(1, 2) + at(2, 2) - at(0, 0) - 2 * at(1, 0) - at(2, 0);
            // Edges along an axis are mostly those of rules and letters.
            let is_level = across.abs() > 8 * down.abs() || down.abs() > 8 * across.abs();
            if across.abs() + down.abs() >= 4 * STEEP && !is_level {
                let long = distance(f64::from(across), f64::from(down));
                edges.push(Edge { x: x as f64, y: y as f64, toward: (f64::from(across) / long, f64::from(down) / long) });
            }
        }
    }
    edges
}

/// How many edges point at each square of two pixels, or away from it.
fn votes(dark: &Gray, edges: &[Edge], (least, most): (f64, f64)) -> Votes {
    let (width, height) = (dark.width.div_ceil(2), dark.height.div_ceil(2));
    let mut counts = vec![0_u32; width * height];
    for edge in edges {
        for side in [-1.0, 1.0] {
            let mut far = least;
            while far <= most {
                let (x, y) = (edge.x + side * far * edge.toward.0, edge.y + side * far * edge.toward.1);
                if x >= 0.0 && y >= 0.0 && (x as usize) < dark.width && (y as usize) < dark.height {
                    counts[y as usize / 2 * width + x as usize / 2] += 1;
                }
                far += 2.0;
            }
        }
    }
    Votes { width, height, counts }
}

struct Votes {
    width: usize,
    height: usize,
    counts: Vec<u32>,
}

/// The places with most votes about them, in pixels of the coarse picture; of equals the first.
fn peaks(votes: &Votes, count: usize) -> Vec<(f64, f64)> {
    let Votes { width, height, counts } = votes;
    let around = |x: usize, y: usize| -> u32 { (y - 1..=y + 1).flat_map(|y| &counts[y * width + x - 1..=y * width + x + 1]).sum() };
    let mut sums: Vec<(u32, usize, usize)> = Vec::new();
    for y in 1..height.saturating_sub(1) {
        sums.extend((1..width.saturating_sub(1)).map(|x| (around(x, y), y, x)));
    }
    sums.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, y, x) in sums {
        if out.len() == count {
            break;
        }
        if !out.iter().any(|o| o.0.abs_diff(x) <= 3 && o.1.abs_diff(y) <= 3) {
            out.push((x, y));
        }
    }
    out.into_iter().map(|(x, y)| (x as f64 * 2.0 + 0.5, y as f64 * 2.0 + 0.5)).collect()
}

/// The radius at which most edges point at a place, for the length of the circle.
fn radius(edges: &[Edge], (x, y): (f64, f64), (least, most): (f64, f64)) -> Option<f64> {
    let mut counts = vec![0_u32; most as usize + 3];
    for edge in edges {
        let (dx, dy) = (edge.x - x, edge.y - y);
        let far = distance(dx, dy);
        let aside = (dx * edge.toward.1 - dy * edge.toward.0).abs();
        if (least..=most).contains(&far) && aside <= 1.5 + far * 0.1 {
            counts[far.round() as usize] += 1;
        }
    }
    let share = |r: usize| f64::from(counts[r - 1] + counts[r] + counts[r + 1]) / r as f64;
    let best = (least.ceil() as usize..=most as usize).max_by(|&a, &b| share(a).total_cmp(&share(b)))?;
    Some(best as f64)
}

/// The ring at about a place; none where the picture shows none.
fn settled(gray: &Gray, levels: Levels, dpi: f64, rough: Disc, step: usize) -> Option<Disc> {
    let mut best = (0.0, rough);
    let mut reach = step as f64 * 2.0;
    while reach >= 0.5 {
        let from = best.1;
        let shift = |i: i32| f64::from(i % 5 - 2) * reach / 2.0;
        for (dx, dy, dr) in (0..125).map(|i| (shift(i), shift(i / 5), shift(i / 25))) {
            let disc = Disc { x: from.x + dx, y: from.y + dy, radius: from.radius + dr };
            let cover = cover(gray, levels, &disc);
            if cover > best.0 {
                best = (cover, disc);
            }
        }
        reach /= 2.0;
    }
    let (cover, ring) = best;
    let beside = [-1.0, 1.0].map(|side| ring.share(gray, levels, ring.radius + side * dpi * THIN));
    (cover >= COVER && beside.iter().all(|&share| share <= BESIDE)).then_some(ring)
}

/// Ink a pixel beside a circle counts so much: paper and glass bend it.
const NEARLY: f64 = 0.9;

/// The share of directions in which ink lies on a circle.
fn cover(gray: &Gray, levels: Levels, disc: &Disc) -> f64 {
    const DIRECTIONS: usize = 120;
    let threshold = levels.threshold();
    let hit = |i: usize| {
        let angle = TAU * i as f64 / DIRECTIONS as f64;
        let is_ink = |side: f64| {
            let (x, y) = disc.point(disc.radius + side, angle);
            gray.near(x, y).is_some_and(|p| p < threshold)
        };
        match (is_ink(0.0), is_ink(-1.0) || is_ink(1.0)) {
            (true, _) => 1.0,
            (false, true) => NEARLY,
            _ => 0.0,
        }
    };
    (0..DIRECTIONS).map(hit).sum::<f64>() / DIRECTIONS as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: Levels = Levels { paper: 250, contrast: 230, bilevel: false };

    /// Three inches by three at 100 dpi with a circle about its middle, and a box of rules about that:
    ///
    /// ```text
    /// +-----------+
    /// |   .---.   |
    /// |  (     )  |
    /// |   '---'   |
    /// +-----------+
    /// ```
    ///
    /// `ink` says by distance and angle (a share of the whole turn) where the circle is.
    fn found(ink: impl Fn(f64, f64) -> bool) -> Vec<Disc> {
        let is_ink = |x: usize, y: usize| {
            let (dx, dy) = (x as f64 - 150.0, y as f64 - 150.0);
            let is_rule = |at: usize| (30..32).contains(&at) || (268..270).contains(&at);
            ink(distance(dx, dy), libm::atan2(dy, dx) / TAU + 0.5) || is_rule(x) || is_rule(y)
        };
        let px = (0..300 * 300).map(|i| if is_ink(i % 300, i / 300) { 20 } else { 250 }).collect();
        rings(&Gray { width: 300, height: 300, px }, LEVELS, 100.0)
    }

    #[test]
    fn a_thin_circle_of_the_size_of_a_stamp_is_a_ring() {
        let ring = found(|far, _| (far - 45.0).abs() < 1.2);
        assert_eq!(ring.len(), 1, "{ring:?}");
        let Disc { x, y, radius } = ring[0];
        assert!((x - 150.0).abs() < 1.5 && (y - 150.0).abs() < 1.5 && (radius - 45.0).abs() < 1.5, "{ring:?}");
        assert_eq!(found(|far, around| (far - 45.0).abs() < 1.2 && around > 0.1).len(), 1, "worn away in one place");
    }

    #[test]
    fn half_circles_discs_and_letters_are_none() {
        assert_eq!(found(|far, around| (far - 45.0).abs() < 1.2 && around > 0.4), [], "open");
        assert_eq!(found(|far, _| far < 45.0), [], "full");
        assert_eq!(found(|far, _| (far - 10.0).abs() < 1.2), [], "as small as 〇");
        assert_eq!(found(|_, _| false), [], "rules alone");
    }
}
