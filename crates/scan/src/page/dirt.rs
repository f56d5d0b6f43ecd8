//! Dirt of the glass and of copies of copies: specks that stand away from every letter, and on a page that has such, those
//! between letters where no mark stands. A page without specks of its own is left as it is: dots of letters are as small.

use crate::picture::components::{Part, parts};
use crate::picture::gray::{Gray, Levels, Window};
use std::collections::BTreeMap;

/// Specks are no larger than this on either side, in inches …
const LARGEST: f64 = 0.03;
/// … and letters no smaller and no larger than this on their longer side: 、 and ・ are smaller, frames larger.
const LETTER: f64 = 0.042;
const FRAME: f64 = 0.6;
/// A speck that is farther than this from every letter, in inches, is no mark of one: ・ before a line is nearer.
const APART: f64 = 0.1;
/// ・ stands no farther than this before the letter that begins its line, in inches.
const BULLET: f64 = 0.25;
/// So many of those make a page dirty.
const DIRTY: usize = 4;
/// Three dots in a row no farther apart than this, in inches, are leaders or a dotted rule.
const ROW: f64 = 0.09;
/// They stand at one height within this, in inches.
const LEVEL: f64 = 0.008;
/// With more dots than this around it a dot is one of a screen (a printed grey, a dithered photo), no dirt.
const SCREEN: usize = 200;
/// On a dirty page a mark may be as large as its specks and by so many percent more.
const LIKE_PERCENT: usize = 130;
/// Nearer to a letter than this share of its height, in percent, a speck may be a part of it.
const PART_PERCENT: usize = 12;
/// The dot of 六 stands farther above its bar.
const ABOVE_PERCENT: usize = 30;
/// A mark that follows a letter stands no farther behind it than this share of its height, in percent …
const BEHIND_PERCENT: usize = 50;
/// … and no higher than the lower part of it.
const LOW_PERCENT: usize = 60;
/// ・ between letters stands within this share of their height from their middle, in percent.
const MIDDLE_PERCENT: usize = 14;
/// A dark edge lies within this of the end of the page, is so thick and long at least, in inches, and solid by so many percent.
const EDGE: f64 = 0.2;
const EDGE_THICK: f64 = 0.015;
const EDGE_LONG: f64 = 0.5;
const SOLID_PERCENT: usize = 60;

/// Whitens the dirt of a page and says how large dirt is on it.
pub(crate) fn without_dirt(gray: &mut Gray, levels: Levels, dpi: f64) -> Dirt {
    let threshold = levels.threshold();
    let all = parts(gray.width, gray.height, |x, y| gray.at(x, y) < threshold);
    edges(gray, levels, dpi, &all);
    let largest = (dpi * LARGEST) as usize;
    let side = |p: &Part| p.width().max(p.height());
    let (least, most) = ((dpi * LETTER) as usize, (dpi * FRAME) as usize);
    let letters = Near::new(all.iter().copied().filter(|p| (least..=most).contains(&side(p))), (dpi * APART) as usize + most / 2);
    let small: Vec<Part> = all.iter().copied().filter(|p| side(p) <= largest).collect();
    let dots = Near::new(small.iter().copied(), (dpi * ROW) as usize * 2);
    let apart = (dpi * APART) as usize;
    let is_alone = |p: &Part| letters.around(p).all(|letter| gap(p, letter) > apart && !is_bullet(p, letter, dpi)) && !dots.in_row(p, dpi);
    let (alone, beside): (Vec<&Part>, Vec<&Part>) = small.iter().filter(|p| !dots.is_of_screen(p)).partition(|p| is_alone(p));
    if alone.len() < DIRTY {
        return Dirt::default();
    }
    let mut sides: Vec<usize> = alone.iter().map(|p| side(p)).collect();
    sides.sort_unstable();
    let speck = sides[(sides.len() - 1) * 9 / 10] * LIKE_PERCENT / 100;
    let is_between = |p: &Part| side(p) <= speck && is_no_mark(p, &letters, dpi) && !dots.in_row(p, dpi);
    for p in alone.into_iter().chain(beside.into_iter().filter(|p| is_between(p))) {
        // With its soft edge.
        let window = Window { x0: p.x0.saturating_sub(1), y0: p.y0.saturating_sub(1), x1: p.x1 + 1, y1: p.y1 + 1 };
        gray.fill_window(window, levels.paper);
    }
    Dirt { side: speck }
}

/// What was seen of the dirt of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dirt {
    /// Ink no larger than this, in pixels, may be dirt; 0 on a clean page.
    pub(crate) side: usize,
}

/// The white between two boxes, the wider of that from side to side and that up and down.
fn gap(a: &Part, b: &Part) -> usize {
    let between = |a0: usize, a1: usize, b0: usize, b1: usize| b0.saturating_sub(a1).max(a0.saturating_sub(b1));
    let (x, y) = (between(a.x0, a.x1, b.x0, b.x1), between(a.y0, a.y1, b.y0, b.y1));
    x.max(y)
}

/// Whether a dot may be the ・ before the line that a letter begins: （ stands in the right half of its square.
fn is_bullet(p: &Part, letter: &Part, dpi: f64) -> bool {
    let is_level = (letter.y0..letter.y1).contains(&p.center().1);
    is_level && letter.x0 >= p.x1 && letter.x0 - p.x1 <= (dpi * BULLET) as usize
}

/// Whether a speck among letters stands where no mark of theirs does.
fn is_no_mark(p: &Part, letters: &Near, dpi: f64) -> bool {
    let mut is_beside = false;
    for letter in letters.around(p) {
        let high = letter.height().max(letter.width());
        let is_above = p.center().0 >= letter.x0 && p.center().0 < letter.x1;
        if gap(p, letter) * 100 < high * if is_above { ABOVE_PERCENT } else { PART_PERCENT } {
            return false;
        }
        is_beside |= is_bullet(p, letter, dpi) && p.center().1.abs_diff(letter.center().1) * 100 <= high * MIDDLE_PERCENT;
        let is_level = p.y0 + high / 4 >= letter.y0 && p.y1 <= letter.y1 + high / 4;
        let white = p.x0.saturating_sub(letter.x1).max(letter.x0.saturating_sub(p.x1));
        if !is_level || white * 100 > high * BEHIND_PERCENT {
            continue;
        }
        let is_low = (p.center().1.saturating_sub(letter.y0)) * 100 >= high * LOW_PERCENT;
        let is_middle = p.center().1.abs_diff(letter.center().1) * 100 <= high * MIDDLE_PERCENT;
        is_beside |= p.x0 >= letter.x1 && is_low || is_middle;
    }
    !is_beside
}

/// Whitens what is dark along the ends of the page: the lid of the glass, the shadow of a book.
fn edges(gray: &mut Gray, levels: Levels, dpi: f64, all: &[Part]) {
    let (edge, thick, long) = ((dpi * EDGE) as usize, (dpi * EDGE_THICK) as usize, (dpi * EDGE_LONG) as usize);
    let (width, height) = (gray.width, gray.height);
    for p in all {
        let is_at_end = p.x1 <= edge || p.y1 <= edge || p.x0 + edge >= width || p.y0 + edge >= height;
        let is_band = p.width().min(p.height()) >= thick && p.width().max(p.height()) >= long;
        if is_at_end && is_band && p.area * 100 >= p.width() * p.height() * SOLID_PERCENT {
            gray.fill_window(Window { x0: p.x0.saturating_sub(1), y0: p.y0.saturating_sub(1), x1: p.x1 + 1, y1: p.y1 + 1 }, levels.paper);
        }
    }
}

/// Parts by where they stand, to be asked for those around a place.
struct Near {
    side: usize,
    /// By square of the page.
    squares: BTreeMap<(usize, usize), Vec<Part>>,
}

impl Near {
    /// Parts in squares of this side.
    fn new(parts: impl Iterator<Item = Part>, side: usize) -> Self {
        let side = side.max(1);
        let mut squares: BTreeMap<(usize, usize), Vec<Part>> = BTreeMap::new();
        for part in parts {
            squares.entry((part.center().0 / side, part.center().1 / side)).or_default().push(part);
        }
        Self { side, squares }
    }

    /// The parts of the square of a part and of those beside it.
    fn around(&self, part: &Part) -> impl Iterator<Item = &Part> {
        let (x, y) = (part.center().0 / self.side, part.center().1 / self.side);
        let near = (x.saturating_sub(1)..=x + 1).flat_map(move |x| (y.saturating_sub(1)..=y + 1).map(move |y| (x, y)));
        near.filter_map(|square| self.squares.get(&square)).flatten()
    }

    /// Whether so many dots stand around one that they are a screen.
    fn is_of_screen(&self, part: &Part) -> bool {
        self.around(part).nth(SCREEN).is_some()
    }

    /// Whether a dot stands in a row with two others of its size, as far apart from each other.
    fn in_row(&self, part: &Part, dpi: f64) -> bool {
        let (most, level) = ((dpi * ROW) as i64, ((dpi * LEVEL) as i64).max(1));
        let size = part.width().max(part.height());
        let alike = |p: &&Part| *p != part && p.width().max(p.height()).abs_diff(size) <= size / 3 + 1;
        let steps = |along: fn(&Part) -> i64, across: fn(&Part) -> i64| {
            let others = self.around(part).filter(alike).filter(|p| (across(p) - across(part)).abs() <= level);
            let mut steps: Vec<i64> = others.map(|p| along(p) - along(part)).filter(|d| d.abs() <= 2 * most).collect();
            steps.push(0);
            steps.sort_unstable();
            steps
                .windows(3)
                .any(|w| w.contains(&0) && ((w[1] - w[0]) - (w[2] - w[1])).abs() <= level * 2 && w[1] - w[0] <= most && w[1] > w[0])
        };
        steps(|p| p.center().0 as i64, |p| p.center().1 as i64) || steps(|p| p.center().1 as i64, |p| p.center().0 as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: Levels = Levels { paper: 250, contrast: 230, bilevel: true };

    /// A page at 300 dpi, 900 by 600: two letters of 40 pixels in a row with a mark at the foot of each, and specks of four
    /// pixels at these places.
    fn page(specks: &[(usize, usize)]) -> Gray {
        let mut gray = Gray { width: 900, height: 600, px: vec![250; 900 * 600] };
        for x in [300, 360] {
            gray.fill_window(Window { x0: x, y0: 200, x1: x + 40, y1: 240 }, 20);
            gray.fill_window(Window { x0: x + 46, y0: 232, x1: x + 51, y1: 238 }, 20);
        }
        for &(x, y) in specks {
            gray.fill_window(Window { x0: x, y0: y, x1: x + 4, y1: y + 4 }, 20);
        }
        gray
    }

    fn left(specks: &[(usize, usize)]) -> (usize, usize) {
        let mut gray = page(specks);
        without_dirt(&mut gray, LEVELS, 300.0);
        let is_ink = |x: usize, y: usize| gray.at(x, y) < LEVELS.threshold();
        let marks = [346, 406].iter().filter(|x| is_ink(**x + 2, 235)).count();
        (specks.iter().filter(|(x, y)| is_ink(x + 1, y + 1)).count(), marks)
    }

    #[test]
    fn specks_away_from_letters_are_dirt_and_marks_of_letters_stay() {
        let far = [(50, 50), (700, 80), (120, 500), (820, 540), (600, 300)];
        assert_eq!(left(&far), (0, 2));
        let among = [far.as_slice(), &[(350, 190)]].concat();
        assert_eq!(left(&among), (0, 2), "above the white between two letters stands no mark");
    }

    #[test]
    fn dots_before_lines_are_no_dirt() {
        let mut gray = page(&[]);
        for y in [300, 360, 420, 480, 540] {
            gray.fill_window(Window { x0: 100, y0: y + 16, x1: 108, y1: y + 24 }, 20);
            gray.fill_window(Window { x0: 150, y0: y, x1: 190, y1: y + 40 }, 20);
        }
        without_dirt(&mut gray, LEVELS, 300.0);
        assert!([300, 360, 420, 480, 540].iter().all(|y| gray.at(104, y + 20) < LEVELS.threshold()));
    }

    #[test]
    fn a_screen_of_dots_is_left_on_a_dirty_page() {
        let far = [(50, 50), (700, 80), (120, 500), (820, 540), (600, 300)];
        let screen = |x0: usize| (0..400).map(move |i: usize| (x0 + i % 20 * 7 + i / 20 % 3, 380 + i / 20 * 9 + i % 2));
        let mut gray = page(&far);
        for (x, y) in screen(300) {
            gray.fill_window(Window { x0: x, y0: y, x1: x + 3, y1: y + 3 }, 20);
        }
        without_dirt(&mut gray, LEVELS, 300.0);
        assert!(screen(300).all(|(x, y)| gray.at(x + 1, y + 1) < LEVELS.threshold()));
        assert!(far.iter().all(|&(x, y)| gray.at(x + 1, y + 1) >= LEVELS.threshold()));
    }

    #[test]
    fn a_page_of_few_specks_and_rows_of_dots_are_left() {
        assert_eq!(left(&[(50, 50), (700, 80), (350, 190)]), (3, 2), "a page that is not dirty");
        let leaders: Vec<(usize, usize)> = (0..12).map(|i| (500 + i * 14, 236)).collect();
        assert_eq!(left(&leaders), (12, 2));
    }
}
