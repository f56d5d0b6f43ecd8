//! What happens to a page between the printer and the file.

#![allow(clippy::disallowed_methods, reason = "a worn page need not be the same on every machine, what is read from it must")]

use super::{Condition, Pixels};

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Bell-shaped about 0, with a spread of 1: four even ones together.
    fn bell(&mut self) -> f64 {
        let word = self.next();
        let sum: u64 = (0..4).map(|i| (word >> (i * 16)) & 0xFFFF).sum();
        (sum as f64 / 65_536.0 - 2.0) * 3.0_f64.sqrt()
    }
}

/// A page under a condition.
pub(crate) fn worn(page: Pixels, condition: &Condition, chance: &mut Chance) -> Pixels {
    let mut page = page;
    for _ in 0..condition.stamps {
        stamp(&mut page, condition.dpi, chance);
    }
    if condition.holes {
        holes(&mut page, condition.dpi);
    }
    page = turned(&page, condition.skew);
    page = blurred(&page, condition.blur);
    if condition.noise > 0.0 {
        page = noisy(&page, condition.noise, chance);
    }
    if let Some(quality) = condition.jpeg {
        page = pressed(&page, quality);
    }
    if condition.bilevel { page.map(|x, y| if page.at(x as i64, y as i64) > MIDDLE { 255 } else { 0 }) } else { page }
}

/// Where a fax cuts black from white.
const MIDDLE: u8 = 140;
/// The radius of a stamp and the strength of its lines, in inches.
const STAMP: f64 = 0.5;
const STROKE: f64 = 0.015;

/// A round stamp with two bars, anywhere in the middle of the page.
fn stamp(page: &mut Pixels, dpi: u32, chance: &mut Chance) {
    let dpi = f64::from(dpi);
    let (radius, stroke) = (STAMP * dpi, STROKE * dpi);
    let middle = |side: usize, share: f64| side as f64 * (0.2 + 0.6 * share);
    let (cx, cy) = (middle(page.width, chance.share()), middle(page.height, chance.share()));
    *page = page.map(|x, y| {
        let (dx, dy) = (x as f64 - cx, y as f64 - cy);
        let far = dx.hypot(dy);
        let is_ring = (far - radius).abs() * 2.0 < stroke;
        let is_bar = far < radius && (dy.abs() - radius / 3.0).abs() * 2.0 < stroke;
        if is_ring || is_bar { 60.min(page.at(x as i64, y as i64)) } else { page.at(x as i64, y as i64) }
    });
}

/// Two holes of 6 mm, 80 mm apart, 12 mm from the left edge; a scanner shows what lies behind them as black.
fn holes(page: &mut Pixels, dpi: u32) {
    let mm = f64::from(dpi) / 25.4;
    let middle = page.height as f64 / 2.0;
    let is_hole = |x: usize, y: usize| [-40.0, 40.0].iter().any(|d| (x as f64 - 12.0 * mm).hypot(y as f64 - middle - d * mm) < 3.0 * mm);
    *page = page.map(|x, y| if is_hole(x, y) { 25 } else { page.at(x as i64, y as i64) });
}

fn turned(page: &Pixels, degrees: f64) -> Pixels {
    if degrees == 0.0 {
        return page.clone();
    }
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (cx, cy) = (page.width as f64 / 2.0, page.height as f64 / 2.0);
    page.map(|x, y| {
        let (dx, dy) = (x as f64 - cx, y as f64 - cy);
        let (sx, sy) = (dx * cos + dy * sin + cx, dy * cos - dx * sin + cy);
        let (x0, y0) = (sx.floor(), sy.floor());
        let (fx, fy) = (sx - x0, sy - y0);
        let at = |dx: i64, dy: i64| f64::from(page.at(x0 as i64 + dx, y0 as i64 + dy));
        let (top, bottom) = (at(0, 0) * (1.0 - fx) + at(1, 0) * fx, at(0, 1) * (1.0 - fx) + at(1, 1) * fx);
        (top * (1.0 - fy) + bottom * fy).round() as u8
    })
}

fn blurred(page: &Pixels, sigma: f64) -> Pixels {
    if sigma == 0.0 {
        return page.clone();
    }
    let reach = (sigma * 3.0).ceil() as i64;
    let weights: Vec<f64> = (-reach..=reach).map(|d| (-((d * d) as f64) / (2.0 * sigma * sigma)).exp()).collect();
    let total: f64 = weights.iter().sum();
    let along = |page: &Pixels, dx: i64, dy: i64| {
        page.map(|x, y| {
            let sum: f64 = (-reach..=reach).zip(&weights).map(|(d, w)| f64::from(page.at(x as i64 + d * dx, y as i64 + d * dy)) * w).sum();
            (sum / total).round() as u8
        })
    };
    along(&along(page, 1, 0), 0, 1)
}

/// Paper is not white, ink is not black, and neither is even.
fn noisy(page: &Pixels, spread: f64, chance: &mut Chance) -> Pixels {
    page.map(|x, y| (f64::from(page.at(x as i64, y as i64)) * 0.86 + 20.0 + chance.bell() * spread).round().clamp(0.0, 255.0) as u8)
}

/// The usual table of JPEG for brightness, at quality 50.
const STEPS: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22,
    37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// What JPEG leaves of a page: squares of eight pixels as waves, rounded.
fn pressed(page: &Pixels, quality: u32) -> Pixels {
    let scale = if quality < 50 { 50.0 / f64::from(quality) } else { 2.0 - f64::from(quality) / 50.0 };
    let wave = |n: usize, k: usize| {
        let norm = if k == 0 { 0.125_f64.sqrt() } else { 0.5 };
        norm * ((2 * n + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0).cos()
    };
    let waves: Vec<f64> = (0..64).map(|i| wave(i / 8, i % 8)).collect();
    let mut out = page.clone();
    for (top, left) in (0..page.height).step_by(8).flat_map(|y| (0..page.width).step_by(8).map(move |x| (y, x))) {
        let block: Vec<f64> = (0..64).map(|i| f64::from(page.at((left + i % 8) as i64, (top + i / 8) as i64)) - 128.0).collect();
        let rows = product(&block, |n, k| waves[n * 8 + k]);
        let both = product(&transposed(&rows), |n, k| waves[n * 8 + k]);
        let rounded: Vec<f64> = transposed(&both).iter().zip(STEPS).map(|(v, step)| rounded(*v, f64::from(step) * scale)).collect();
        let back = product(&rounded, |k, n| waves[n * 8 + k]);
        let whole = transposed(&product(&transposed(&back), |k, n| waves[n * 8 + k]));
        for (i, value) in whole.iter().enumerate().filter(|(i, _)| left + i % 8 < page.width && top + i / 8 < page.height) {
            out.px[(top + i / 8) * page.width + left + i % 8] = (value + 128.0).round().clamp(0.0, 255.0) as u8;
        }
    }
    out
}

fn rounded(value: f64, step: f64) -> f64 {
    let step = step.max(1.0);
    (value / step).round() * step
}

/// Rows of eight times a matrix.
fn product(rows: &[f64], matrix: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    (0..64).map(|i| (0..8).map(|n| rows[i / 8 * 8 + n] * matrix(n, i % 8)).sum()).collect()
}

fn transposed(rows: &[f64]) -> Vec<f64> {
    (0..64).map(|i| rows[i % 8 * 8 + i / 8]).collect()
}
