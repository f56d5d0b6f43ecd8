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

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::scan::Crop;

    /// A line of square letters of this size, `■` for each, a space for a square of white.
    fn set(line: &str, square: u32) -> Strip {
        let inked: Vec<u32> = (0..).zip(line.chars()).filter(|(_, c)| *c == '■').map(|(i, _)| i * square).collect();
        let ink = |x: u32| (12 + x + 1, 12 + x + square - 1);
        let gaps = inked.windows(2).map(|w| (ink(w[0]).1, ink(w[1]).0)).collect();
        let wide = inked.last().map_or(0, |x| ink(*x).1) - 13;
        let crop = Crop { width: wide + 24, height: 64, gray: Vec::new(), dpi: 300 };
        Strip { gaps, left: 13, ..Strip::new(crop, Vec::new(), wide) }
    }

    fn said(text: &str) -> Vec<Symbol> {
        let symbol = |c: char| Symbol { text: c.to_string(), ink: [0; 4], line: 0, score: 9_900, marks: Vec::new() };
        text.chars().map(symbol).collect()
    }

    /// The usual square of lines, each with what was read of it.
    fn usual_of(lines: &[(Strip, &str)]) -> Option<f64> {
        let read: Vec<(&Strip, Vec<Symbol>)> = lines.iter().map(|(strip, text)| (strip, said(text))).collect();
        usual(read.iter().map(|(strip, symbols)| (*strip, symbols.as_slice())))
    }

    #[test]
    fn eight_lines_that_agree_tell_the_squares_of_a_page() {
        let line = |square| (set("■■■■■■", square), "災害対策本部");
        let page = |count: usize, others: usize| {
            (0..count).map(|_| line(40)).chain((0..others).map(|i| line(50 + 5 * i as u32))).collect::<Vec<_>>()
        };
        let found = usual_of(&page(8, 3)).expect("a pitch");
        assert!((found - 40.0).abs() < 0.5, "{found}");
        assert_eq!(usual_of(&page(7, 0)), None, "too few");
        assert_eq!(usual_of(&page(8, 7)), None, "as many of other sizes");
    }

    #[test]
    fn a_line_holds_as_many_letters_as_squares() {
        // ■■■■■■■■■■■■   災害対策本部の訓練を行う    fits
        //                災害対策本部訓練を行う      a letter was lost
        //                災人害対策本部の訓練を行う  a letter is too many
        let fits_in = |text: &str| fits(&set("■■■■■■■■■■■■", 40), &said(text), 40.0);
        assert_eq!(fits_in("災害対策本部の訓練を行う"), Some(true));
        assert_eq!(fits_in("災害対策本部訓練を行う"), Some(false));
        assert_eq!(fits_in("災人害対策本部の訓練を行う"), Some(false));
    }

    #[test]
    fn lines_that_are_not_on_these_squares_tell_nothing() {
        let fits_in = |line: &str, square: u32, text: &str| fits(&set(line, square), &said(text), 40.0);
        assert_eq!(fits_in("■■■■■■■", 50, "災害対策本部を"), None, "larger letters");
        assert_eq!(fits_in("■■■■■■■", 40, "DX推進本部を"), None, "Latin letters are no squares");
        assert_eq!(fits_in("■■■", 40, "総務課"), None, "too short");
        assert_eq!(fits_in("■■■ ■■■■", 40, "災害対 策本部を"), None, "a blank may be of any width");
    }
}
