//! A field of brightness and what can be done to it as a whole.

/// A box in pixels, one past the last on the right and at the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) x0: usize,
    pub(crate) y0: usize,
    pub(crate) x1: usize,
    pub(crate) y1: usize,
}

/// Brightness of pixels, row by row, 0 for black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gray {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) px: Vec<u8>,
}

/// What is paper and what is ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Levels {
    /// The usual brightness of paper.
    pub(crate) paper: u8,
    /// How much darker ink is on the mean.
    pub(crate) contrast: u8,
    /// No shades between: black and white only.
    pub(crate) bilevel: bool,
}

impl Levels {
    /// Pixels darker than this are ink.
    pub(crate) fn threshold(self) -> u8 {
        self.paper.saturating_sub((u16::from(self.contrast) * 2 / 5) as u8)
    }
}

impl Gray {
    pub(crate) fn at(&self, x: usize, y: usize) -> u8 {
        self.px[y * self.width + x]
    }

    pub(crate) fn row(&self, y: usize) -> &[u8] {
        &self.px[y * self.width..(y + 1) * self.width]
    }

    /// The part in a window.
    pub(crate) fn part(&self, w: Window) -> Self {
        let px = (w.y0..w.y1).flat_map(|y| self.row(y)[w.x0..w.x1].iter().copied()).collect();
        Self { width: w.x1 - w.x0, height: w.y1 - w.y0, px }
    }

    /// The pixel nearest to a point; none outside.
    pub(crate) fn near(&self, x: f64, y: f64) -> Option<u8> {
        self.index(x, y).map(|i| self.px[i])
    }

    /// Sets the pixel nearest to a point, where there is one.
    pub(crate) fn set(&mut self, x: f64, y: f64, value: u8) {
        if let Some(i) = self.index(x, y) {
            self.px[i] = value;
        }
    }

    /// Fills a window; what lies outside the picture is left.
    pub(crate) fn fill_window(&mut self, w: Window, value: u8) {
        let (from, to) = (w.x0.min(self.width), w.x1.min(self.width));
        for y in w.y0..w.y1.min(self.height) {
            self.px[y * self.width..][from..to].fill(value);
        }
    }

    /// Makes a pixel as dark as this, where there is one and it is brighter.
    pub(crate) fn darken(&mut self, (x, y): (i64, i64), value: u8) {
        if (0..self.width as i64).contains(&x) && (0..self.height as i64).contains(&y) {
            let px = &mut self.px[y as usize * self.width + x as usize];
            *px = (*px).min(value);
        }
    }

    fn index(&self, x: f64, y: f64) -> Option<usize> {
        let is_inside = x >= -0.5 && y >= -0.5 && x + 0.5 < self.width as f64 && y + 0.5 < self.height as f64;
        is_inside.then(|| (y + 0.5) as usize * self.width + (x + 0.5) as usize)
    }

    /// Rows as columns.
    pub(crate) fn transposed(&self) -> Self {
        let mut px = vec![0; self.px.len()];
        // In blocks, so that neither side runs out of the cache.
        for y0 in (0..self.height).step_by(32) {
            for x0 in (0..self.width).step_by(32) {
                for y in y0..(y0 + 32).min(self.height) {
                    for x in x0..(x0 + 32).min(self.width) {
                        px[x * self.height + y] = self.px[y * self.width + x];
                    }
                }
            }
        }
        Self { width: self.height, height: self.width, px }
    }

    /// Turned clockwise by quarter turns.
    pub(crate) fn turned(self, turns: u8) -> Self {
        match turns % 4 {
            0 => self,
            1 => self.transposed().mirrored(),
            2 => Self { px: self.px.into_iter().rev().collect(), ..self },
            _ => self.mirrored().transposed(),
        }
    }

    /// Left and right swapped.
    fn mirrored(mut self) -> Self {
        self.px.chunks_exact_mut(self.width.max(1)).for_each(<[u8]>::reverse);
        self
    }

    /// Each pixel from where a turn about the middle by an angle, in degrees, leads; white from outside.
    pub(crate) fn rotated(&self, degrees: f64) -> Self {
        let (sin, cos) = libm::sincos(degrees.to_radians());
        let (cx, cy) = (self.width as f64 / 2.0, self.height as f64 / 2.0);
        let mut px = vec![255; self.px.len()];
        for y in 0..self.height {
            let dy = y as f64 + 0.5 - cy;
            for x in 0..self.width {
                let dx = x as f64 + 0.5 - cx;
                let (sx, sy) = (dx * cos - dy * sin + cx - 0.5, dx * sin + dy * cos + cy - 0.5);
                if let Some(value) = self.between(sx, sy) {
                    px[y * self.width + x] = value;
                }
            }
        }
        Self { width: self.width, height: self.height, px }
    }

    /// The brightness between four pixels, by their distance.
    fn between(&self, x: f64, y: f64) -> Option<u8> {
        if x < 0.0 || y < 0.0 || x >= (self.width - 1) as f64 || y >= (self.height - 1) as f64 {
            return None;
        }
        let (x0, y0) = (x as usize, y as usize);
        // In 256ths: whole numbers give the same picture on every machine.
        let (fx, fy) = (((x - x0 as f64) * 256.0) as u32, ((y - y0 as f64) * 256.0) as u32);
        let at = |dx: usize, dy: usize| u32::from(self.px[(y0 + dy) * self.width + x0 + dx]);
        let (top, bottom) = (at(0, 0) * (256 - fx) + at(1, 0) * fx, at(0, 1) * (256 - fx) + at(1, 1) * fx);
        Some(((top * (256 - fy) + bottom * fy + (1 << 15)) >> 16) as u8)
    }

    /// Blurred by a Gaussian of this width in pixels.
    pub(crate) fn blurred(&self, sigma: f64) -> Self {
        let radius = (sigma * 3.0).ceil() as usize;
        let weight = |d: usize| libm::exp(-((d * d) as f64) / (2.0 * sigma * sigma));
        let total: f64 = weight(0) + 2.0 * (1..=radius).map(weight).sum::<f64>();
        let kernel: Vec<u32> = (0..=radius).map(|d| (weight(d) / total * 4096.0).round() as u32).collect();
        let once = blur_rows(self, &kernel);
        blur_rows(&once.transposed(), &kernel).transposed()
    }

    pub(crate) fn levels(&self) -> Levels {
        let mut counts = [0_u64; 256];
        self.px.iter().for_each(|&p| counts[usize::from(p)] += 1);
        // The most frequent brightness of the brighter half; of equals the brighter.
        let paper = (128..=255).max_by_key(|&v| (counts[v], v)).unwrap_or(255) as u8;
        // On a page with a few letters the best split is one of the noise of paper.
        let split = match otsu(&counts) {
            best if u64::from(paper).saturating_sub(mean_below(&counts, best)) >= u64::from(LEAST_CONTRAST) => best,
            _ => split(&counts, paper),
        };
        let mean = mean_below(&counts, split);
        let pure = counts[..16].iter().sum::<u64>() + counts[240..].iter().sum::<u64>();
        let bilevel = pure * 1000 >= self.px.len() as u64 * 998;
        Levels { paper, contrast: paper.saturating_sub(mean as u8).max(LEAST_CONTRAST), bilevel }
    }
}

/// A page without ink has no contrast; with this one its noise stays noise. The faintest print has more.
const LEAST_CONTRAST: u8 = 90;

fn blur_rows(gray: &Gray, kernel: &[u32]) -> Gray {
    let mut px = Vec::with_capacity(gray.px.len());
    let last = gray.width.saturating_sub(1);
    for y in 0..gray.height {
        let row = gray.row(y);
        for x in 0..gray.width {
            let sides = (1..kernel.len()).map(|d| kernel[d] * (u32::from(row[x.saturating_sub(d)]) + u32::from(row[(x + d).min(last)])));
            px.push((((kernel[0] * u32::from(row[x]) + sides.sum::<u32>()) + 2048) >> 12).min(255) as u8);
        }
    }
    Gray { width: gray.width, height: gray.height, px }
}

/// The brightness that parts the pixels best into two classes (Otsu).
fn otsu(counts: &[u64; 256]) -> usize {
    let total: u64 = counts.iter().sum();
    let sum: u64 = counts.iter().zip(0..).map(|(n, v): (&u64, u64)| n * v).sum();
    let (mut below, mut below_sum, mut best) = (0_u64, 0_u64, (0.0_f64, 0));
    for (v, &n) in counts.iter().enumerate().take(255) {
        below += n;
        below_sum += n * v as u64;
        let above = total - below;
        if below == 0 || above == 0 {
            continue;
        }
        let (low, high) = (below_sum as f64 / below as f64, (sum - below_sum) as f64 / above as f64);
        let between = below as f64 * above as f64 * (high - low) * (high - low);
        if between > best.0 {
            best = (between, v);
        }
    }
    best.1
}

/// The mean brightness of pixels up to one.
fn mean_below(counts: &[u64; 256], split: usize) -> u64 {
    let sum: u64 = counts[..=split].iter().zip(0..).map(|(n, v): (&u64, u64)| n * v).sum();
    sum.checked_div(counts[..=split].iter().sum()).unwrap_or(0)
}

/// The darkest of so many pixels is surely ink, even on a page with a few letters. A split into two classes by their
/// spread (Otsu) takes the noise of paper for ink there.
const ONE_IN: u64 = 2_000;

/// Half way from paper to what is surely ink.
fn split(counts: &[u64; 256], paper: u8) -> usize {
    let least = counts.iter().sum::<u64>() / ONE_IN;
    let mut below = 0;
    let darkest = counts.iter().position(|n| {
        below += n;
        below > least
    });
    (darkest.unwrap_or(0) + usize::from(paper)) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarter_turns_are_none_and_one_turns_clockwise() {
        // 1 2 3      4 1
        // 4 5 6  →   5 2
        //            6 3
        let gray = Gray { width: 3, height: 2, px: vec![1, 2, 3, 4, 5, 6] };
        let once = gray.clone().turned(1);
        assert_eq!((once.width, once.px.as_slice()), (2, [4, 1, 5, 2, 6, 3].as_slice()));
        assert_eq!(once.clone().turned(1), gray.clone().turned(2));
        assert_eq!(once.turned(3), gray);
    }

    #[test]
    fn paper_and_ink_are_told_apart() {
        let px = [vec![230; 900], vec![30; 100]].concat();
        let levels = Gray { width: 100, height: 10, px }.levels();
        assert_eq!(levels, Levels { paper: 230, contrast: 200, bilevel: false });
        assert_eq!(levels.threshold(), 150);
    }
}
