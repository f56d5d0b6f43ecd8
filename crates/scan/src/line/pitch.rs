//! How many characters a line has room for: Japanese is set on squares, so that a character that a reader made up or
//! lost shows in the width of its line, however sure the reader is.

use crate::line::crop::Strip;
use seisho_model::scan::Symbol;

/// Lines of fewer characters tell no pitch.
const ENOUGH: usize = 6;
/// So many lines must agree …
const AGREEING: usize = 8;
/// … which are at least this share of all that tell one, in percent …
const AGREEING_PERCENT: usize = 60;
/// … to this share of the pitch, in percent.
const SAME_PERCENT: f64 = 1.5;
/// Lines whose pitch differs by more, in percent, are of another size.
const OTHER_PERCENT: f64 = 12.0;
/// A line has a character too many or too few from this difference on.
const AMISS: f64 = 0.6;

/// The squares that most lines of a page are set on, in pixels.
pub(crate) fn usual<'s>(lines: impl Iterator<Item = (&'s Strip, &'s [Symbol])>) -> Option<f64> {
    let mut all: Vec<f64> = lines.filter_map(|(strip, symbols)| Set::new(strip, symbols)).map(|s| s.pitch()).collect();
    all.sort_by(f64::total_cmp);
    let near = |pitch: f64| all.iter().filter(|p| (*p - pitch).abs() * 100.0 <= pitch * SAME_PERCENT).count();
    // Of equals the smaller.
    let (count, pitch) = all.iter().rev().map(|&p| (near(p), p)).max_by_key(|(n, _)| *n)?;
    (count >= AGREEING && count * 100 >= all.len() * AGREEING_PERCENT).then_some(pitch)
}

/// Whether a line has as many characters as it has room for; none where that cannot be told.
pub(crate) fn fits(strip: &Strip, symbols: &[Symbol], usual: f64) -> Option<bool> {
    let set = Set::new(strip, symbols)?;
    let is_of_size = (set.pitch() - usual).abs() * 100.0 <= usual * OTHER_PERCENT;
    is_of_size.then(|| (set.wide / usual + set.sides - set.count as f64).abs() < AMISS)
}

/// A line of nothing but square characters.
struct Set {
    /// The width of its ink, in pixels.
    wide: f64,
    count: usize,
    /// White that belongs to its first and last character, in squares.
    sides: f64,
}

impl Set {
    fn new(strip: &Strip, symbols: &[Symbol]) -> Option<Self> {
        let mut chars: Vec<char> = symbols.iter().flat_map(|s| s.text.chars()).collect();
        let mut wide = f64::from(strip.wide);
        let mut gaps = strip.gaps.iter();
        if chars.first() == Some(&'・') {
            // A mark stands where its list puts it.
            chars.remove(0);
            wide -= f64::from(gaps.next()?.1.saturating_sub(strip.left));
        }
        let (first, last) = (*chars.first()?, *chars.last()?);
        let is_pair = chars.windows(2).any(|w| is_mark(w[0]) && is_mark(w[1]));
        let set = Self { wide, count: chars.len(), sides: lead(first) + trail(last) };
        let is_blank = gaps.any(|g| f64::from(g.1 - g.0) > set.pitch() * 0.9);
        (chars.len() >= ENOUGH && !chars.iter().any(char::is_ascii) && !is_pair && !is_blank).then_some(set)
    }

    fn pitch(&self) -> f64 {
        self.wide / (self.count as f64 - self.sides)
    }
}

/// Marks that stand in a part of their square.
fn is_mark(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．' | '・' | '「' | '」' | '『' | '』' | '（' | '）' | '【' | '】' | '〈' | '〉' | '《' | '》')
}

/// White on the left of a character, in squares.
fn lead(c: char) -> f64 {
    match c {
        '「' | '『' | '（' | '【' | '《' => 0.5,
        '・' => 0.35,
        _ => 0.05,
    }
}

/// White on the right of a character, in squares.
fn trail(c: char) -> f64 {
    match c {
        '、' | '。' | '，' | '．' => 0.65,
        '」' | '』' | '）' | '】' | '》' => 0.5,
        '・' => 0.35,
        _ => 0.05,
    }
}
