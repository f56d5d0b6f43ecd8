//! Black round stamps: the ring and the bars in it are taken out where they cross no letter. What is printed under a stamp
//! can be read then, but not for sure.

use crate::page::rings::rings;
use crate::picture::circles::Disc;
use crate::picture::gray::{Gray, Levels};
use crate::picture::traced::{Step, erase, is_ink};
use std::f64::consts::TAU;

/// Lines of stamps are no wider than this, in inches.
const WIDEST: f64 = 0.035;
/// Bars lean by so many degrees at most: stamps are set by hand.
const LEAN: i32 = 12;
/// A bar is ink to this share of the chord that it is …
const BAR_COVER: f64 = 0.9;
/// … and goes on behind the ring, for this length in inches, to this share at most: rules do.
const BEHIND: f64 = 0.12;
const BEHIND_COVER: f64 = 0.7;
/// Ink so many pixels beside a line is of the line that goes on.
const ASIDE: [f64; 5] = [0.0, -2.0, 2.0, -4.0, 4.0];
/// Chords closer to the edge of a stamp than this share of its radius are no bars.
const OUTERMOST: f64 = 0.85;
/// So many bars at most.
const BARS: usize = 4;

/// Takes the outlines of black stamps out and says where they were.
pub(crate) fn without_stamps(gray: &mut Gray, levels: Levels, dpi: f64) -> Vec<Disc> {
    let stamps = rings(gray, levels, dpi);
    for ring in &stamps {
        // The bars first: they end at the ring.
        for _ in 0..BARS {
            let Some(bar) = bar(gray, levels, dpi, ring) else { break };
            erase(gray, levels, dpi * WIDEST, &bar);
        }
        erase(gray, levels, dpi * WIDEST, &circle(ring));
    }
    stamps
}

fn circle(ring: &Disc) -> Vec<Step> {
    let steps = (TAU * ring.radius * 2.0) as usize;
    let step = |i: usize| {
        let angle = TAU * i as f64 / steps as f64;
        let (sin, cos) = libm::sincos(angle);
        Step { at: ring.point(ring.radius, angle), across: (cos, sin) }
    };
    (0..steps).map(step).collect()
}

/// A straight line through a stamp, `aside` from its middle, between two distances along it.
fn chord(ring: &Disc, lean: f64, aside: f64, (from, to): (f64, f64)) -> impl Iterator<Item = Step> {
    let (sin, cos) = libm::sincos(lean.to_radians());
    let (x, y) = (ring.x - sin * aside, ring.y + cos * aside);
    let steps = ((to - from) * 2.0).max(0.0) as usize;
    (0..steps).map(move |i| {
        let along = from + i as f64 / 2.0;
        Step { at: (x + cos * along, y + sin * along), across: (-sin, cos) }
    })
}

/// The straight line from ring to ring that has most ink, of equals the first; none where none is a bar.
fn bar(gray: &Gray, levels: Levels, dpi: f64, ring: &Disc) -> Option<Vec<Step>> {
    let outermost = (ring.radius * OUTERMOST) as i32;
    let leans = (-LEAN..=LEAN).map(f64::from);
    let chords = leans.flat_map(|lean| (-outermost..=outermost).map(move |aside| (lean, f64::from(aside))));
    let mut best: Option<(f64, Vec<Step>)> = None;
    for (lean, aside) in chords {
        let half = (ring.radius * ring.radius - aside * aside).max(0.0).sqrt();
        let inside = half - dpi * WIDEST;
        let share = cover(gray, levels, chord(ring, lean, aside, (-inside, inside)));
        if share < BAR_COVER || best.as_ref().is_some_and(|b| b.0 >= share) {
            continue;
        }
        let (end, behind) = (half + dpi * WIDEST, dpi * BEHIND);
        // A rule that leans otherwise is left and right of the chord.
        let goes_on = |span: (f64, f64)| {
            let steps: Vec<Step> = chord(ring, lean, aside, span).collect();
            let hits = steps.iter().filter(|&&step| ASIDE.iter().any(|&off| is_ink(gray, levels, step, off)));
            hits.count() as f64 > steps.len() as f64 * BEHIND_COVER
        };
        if !goes_on((end, end + behind)) && !goes_on((-end - behind, -end)) {
            best = Some((share, chord(ring, lean, aside, (-half, half)).collect()));
        }
    }
    best.map(|(_, steps)| steps)
}

/// The share of steps that lie on ink.
fn cover(gray: &Gray, levels: Levels, steps: impl Iterator<Item = Step>) -> f64 {
    let count = |(all, ink): (u32, u32), step| (all + 1, ink + u32::from(is_ink(gray, levels, step, 0.0)));
    let (all, ink) = steps.fold((0, 0), count);
    f64::from(ink) / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::geometry::distance;

    const LEVELS: Levels = Levels { paper: 250, contrast: 230, bilevel: false };

    /// Four inches by three at 200 dpi: a stamp with two bars on a ruled table with letters.
    fn is_stamp(x: usize, y: usize) -> bool {
        let (dx, dy) = (x as f64 - 400.0, y as f64 - 300.0);
        let far = distance(dx, dy);
        (far - 90.0).abs() < 1.6 || far < 90.0 && (dy.abs() - 30.0).abs() < 1.6
    }

    fn is_table(x: usize, y: usize) -> bool {
        let is_rule = (100..103).contains(&(x % 250)) || (40..43).contains(&(y % 120));
        let is_letter = (8..32).contains(&(y % 40)) && x % 30 < 24 && (x % 30 % 10 < 4 || (y + 1) % 40 < 12);
        is_rule || is_letter
    }

    fn page(is_ink: impl Fn(usize, usize) -> bool) -> Gray {
        let px = (0..800 * 600).map(|i| if is_ink(i % 800, i / 800) { 20 } else { 250 }).collect();
        Gray { width: 800, height: 600, px }
    }

    #[test]
    fn a_stamp_is_taken_out_and_what_it_lies_on_stays() {
        let clean = page(is_table);
        let mut gray = page(|x, y| is_table(x, y) || is_stamp(x, y));
        let stamps = without_stamps(&mut gray, LEVELS, 200.0);
        assert_eq!(stamps.len(), 1, "{stamps:?}");
        assert!((stamps[0].x - 400.0).abs() < 2.0 && (stamps[0].radius - 90.0).abs() < 2.0, "{stamps:?}");
        let ring = Disc { x: 400.0, y: 300.0, radius: 90.0 };
        let share = |gray: &Gray| ring.share(gray, LEVELS, 90.0);
        assert!(share(&gray) < share(&clean) + 0.1, "{} of the ring is ink, {} was before", share(&gray), share(&clean));
        let is_rule = |i: &usize| (40..43).contains(&(i / 800 % 120)) && i % 800 > 330 && i % 800 < 470;
        assert!((0..800 * 600).filter(is_rule).all(|i| gray.px[i] == 20), "a rule under the stamp is no bar of it");
    }

    #[test]
    fn a_page_without_stamps_stays_as_it_is() {
        let mut gray = page(is_table);
        assert_eq!(without_stamps(&mut gray, LEVELS, 200.0), []);
        assert_eq!(gray, page(is_table));
    }
}
