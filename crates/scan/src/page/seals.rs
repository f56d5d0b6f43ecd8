//! Red ink: seals are left out, red letters are put back.

use crate::picture::components::{Part, parts};
use seisho_model::geometry::Rect;
use seisho_model::scan::Picture;

/// Red is looked at in squares of this side, in inches: breaks in the ring of a seal close, letters of two lines stay apart.
const SQUARE: f64 = 0.01;
/// A square is red where one in so many of its pixels is; the colored edges of black letters are fewer.
const ONE_IN: usize = 3;
/// Black is darker than this, and crosses red where it is no further from it than so many squares.
const BLACK: u8 = 110;
const NEAR: usize = 2;
/// The edge of ink is so many pixels wide.
const EDGE: usize = 2;
/// Seals have this side at least and at most, in inches: the smallest are 9 mm wide, letters are smaller.
const SMALLEST: f64 = 0.35;
const LARGEST: f64 = 2.6;
/// One side of a seal is no longer than the other by more than this, in percent.
const LONGER_PERCENT: usize = 160;
/// Red with fewer squares is dust.
const DUST: usize = 3;

/// Decides what the red ink of a picture is: seals stay out, and the boxes that they leave are given, on the page as the
/// picture shows it; all other red is put back as ink.
pub(crate) fn without_seals(picture: &mut Picture) -> Vec<Rect> {
    let Some(red) = picture.red.take() else { return Vec::new() };
    let (width, height) = (picture.width as usize, picture.height as usize);
    let scale = (picture.page.0.points() / width.max(1) as f64, picture.page.1.points() / height.max(1) as f64);
    let side = ((SQUARE * 72.0 / scale.0.max(0.01)).round() as usize).max(1);
    let squares: Vec<Part> = squares(&red, &picture.gray, (width, height), side).into_iter().filter(|p| p.area >= DUST).collect();
    let inches = |count: usize| (count * side) as f64 * scale.0 / 72.0;
    let is_seal = |p: &Part| {
        let (short, long) = (p.width().min(p.height()), p.width().max(p.height()));
        inches(short) >= SMALLEST && inches(long) <= LARGEST && long * 100 <= short * LONGER_PERCENT
    };
    let seals: Vec<Part> = squares.iter().copied().filter(is_seal).collect();
    for part in squares.iter().filter(|p| !seals.iter().any(|s| holds(s, p))) {
        for y in part.y0 * side..(part.y1 * side).min(height) {
            let row = y * width + part.x0 * side..y * width + (part.x1 * side).min(width);
            for (gray, red) in picture.gray[row.clone()].iter_mut().zip(&red[row]) {
                *gray = (*gray).min(*red);
            }
        }
    }
    seals.iter().for_each(|seal| whiten(picture, &red, seal, side));
    let point = |x: usize, y: usize| ((x * side) as f64 * scale.0, (y * side) as f64 * scale.1);
    let is_outer = |s: &&Part| !seals.iter().any(|o| o != *s && holds(o, s));
    seals.iter().filter(is_outer).filter_map(|s| Rect::new(point(s.x0, s.y0), point(s.x1, s.y1))).collect()
}

/// Takes out the soft edges of a seal's ink, which are less red than it.
fn whiten(picture: &mut Picture, red: &[u8], seal: &Part, side: usize) {
    let (width, height) = (picture.width as usize, picture.height as usize);
    for y in (seal.y0 * side).saturating_sub(EDGE)..(seal.y1 * side + EDGE).min(height) {
        for x in (seal.x0 * side).saturating_sub(EDGE)..(seal.x1 * side + EDGE).min(width) {
            let rows = y.saturating_sub(EDGE)..(y + EDGE + 1).min(height);
            let columns = x.saturating_sub(EDGE)..(x + EDGE + 1).min(width);
            let is_edge = || rows.clone().any(|y| red[y * width..][columns.clone()].iter().any(|&r| r < 255));
            if picture.gray[y * width + x] >= BLACK && is_edge() {
                picture.gray[y * width + x] = 255;
            }
        }
    }
}

/// Connected red in squares of so many pixels, and black that crosses it: letters break the ring of a seal.
fn squares(red: &[u8], gray: &[u8], (width, height): (usize, usize), side: usize) -> Vec<Part> {
    let (across, down) = (width.div_ceil(side), height.div_ceil(side));
    let count = |is_wanted: &dyn Fn(usize) -> bool| {
        let mut counts = vec![0_usize; across * down];
        for at in (0..width * height).filter(|&at| is_wanted(at)) {
            counts[at / width / side * across + at % width / side] += 1;
        }
        counts.into_iter().map(|n| n * ONE_IN >= side * side).collect::<Vec<bool>>()
    };
    let (is_red, is_black) = (count(&|at| red[at] < 255), count(&|at| gray[at] < BLACK));
    let is_near = |x: usize, y: usize| {
        let mut around = (y.saturating_sub(NEAR)..(y + NEAR + 1).min(down)).map(|y| y * across);
        around.any(|row| is_red[row + x.saturating_sub(NEAR)..row + (x + NEAR + 1).min(across)].contains(&true))
    };
    parts(across, down, |x, y| is_red[y * across + x] || is_black[y * across + x] && is_near(x, y))
}

fn holds(outer: &Part, inner: &Part) -> bool {
    let (x, y) = inner.center();
    (outer.x0..outer.x1).contains(&x) && (outer.y0..outer.y1).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::geometry::Pt;

    /// Two inches by one at 100 dpi with red where it is said.
    fn picture(is_red: impl Fn(usize, usize) -> bool) -> Picture {
        let red = (0..200 * 100).map(|i| if is_red(i % 200, i / 200) { 60 } else { 255 }).collect();
        Picture { width: 200, height: 100, gray: vec![250; 20_000], red: Some(red), page: (Pt(144_000), Pt(72_000)) }
    }

    fn is_ring(x: usize, y: usize) -> bool {
        let far = x.abs_diff(130).pow(2) + y.abs_diff(50).pow(2);
        (24 * 24..28 * 28).contains(&far)
    }

    #[test]
    fn a_seal_is_left_out_and_said_and_red_letters_are_ink() {
        let is_letter = |x: usize, y: usize| (40..50).contains(&y) && x < 60 && x % 12 < 9;
        let is_name = |x: usize, y: usize| (45..55).contains(&y) && (125..134).contains(&x);
        let mut page = picture(|x, y| is_ring(x, y) && !(48..52).contains(&y) || is_letter(x, y) || is_name(x, y));
        // Black letters stand on the ring.
        (48..52).for_each(|y| page.gray[y * 200 + 95..y * 200 + 110].fill(20));
        let seals = without_seals(&mut page);
        assert_eq!(seals.len(), 1, "{seals:?}");
        assert!((seals[0].x0.points() - 73.4).abs() < 1.0 && (seals[0].y1.points() - 56.0).abs() < 1.0, "{seals:?}");
        assert_eq!((page.gray[45 * 200 + 3], page.gray[50 * 200 + 130], page.gray[40 * 200 + 104]), (60, 255, 255));
        assert_eq!(page.red, None);
    }
}
