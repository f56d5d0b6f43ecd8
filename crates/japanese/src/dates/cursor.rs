//! A place in a text, and the small steps that date parsers take from there.
//!
//! Knows widths, gaps and look-alike characters. Refuses to know dates. A cursor is copied before an
//! attempt and dropped when it fails; every step looks a bounded distance ahead.

use crate::numerals::{self, Numeral, Script};
use seisho_model::script;

/// Blanks allowed inside an expression on one line: letter-spaced titles use one, two where an
/// ideographic space meets an ASCII one.
const CLOSE_GAP: usize = 2;
/// Blanks and line ends allowed in a cell, where a wrapped line may be indented.
const LOOSE_GAP: usize = 8;

/// How far apart the characters of one expression may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// Running text: blanks around units, no line ends; words and numbers unbroken.
    Close,
    /// One cell of a form: anything may be wrapped.
    Loose,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// Byte position, on a character boundary.
    pub(super) at: usize,
    spacing: Spacing,
    /// The expression is letter-spaced, as its first word showed: 令 和. Then numbers are, too.
    pub(super) wide: bool,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, at: usize, spacing: Spacing) -> Self {
        Self { text, at, spacing, wide: spacing == Spacing::Loose }
    }

    /// The text from here on.
    pub(super) fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn is_loose(self) -> bool {
        self.spacing == Spacing::Loose
    }

    /// The next character, folded.
    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next().map(fold)
    }

    /// The characters before, nearest first, folded.
    pub(super) fn before(self) -> impl Iterator<Item = char> + use<'t> {
        self.text[..self.at].chars().rev().map(fold)
    }

    /// One character further.
    pub(super) fn step(self) -> Self {
        let len = self.rest().chars().next().map_or(0, char::len_utf8);
        Self { at: self.at + len, ..self }
    }

    /// So many bytes further, which have to end at a character boundary.
    pub(super) fn further(self, bytes: usize) -> Self {
        Self { at: self.at + bytes, ..self }
    }

    /// In a letter-spaced expression from here on, if this showed it.
    pub(super) fn widened(self, wide: bool) -> Self {
        Self { wide: self.wide || wide, ..self }
    }

    /// Past blanks, as many as may stand inside one expression; more than that is no gap but an end.
    pub(super) fn gap(self) -> Self {
        let (limit, breaks) = if self.is_loose() { (LOOSE_GAP, true) } else { (CLOSE_GAP, false) };
        let blank = |c: &char| {
            c.is_whitespace() && (breaks || !matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'))
        };
        let blanks = self.rest().chars().take_while(blank).take(limit + 1);
        let (count, len) = blanks.fold((0, 0), |(count, len), c| (count + 1, len + c.len_utf8()));
        if count > limit { self } else { Self { at: self.at + len, ..self } }
    }

    /// Past one of these characters, standing right here.
    pub(super) fn eat(self, wanted: impl Fn(char) -> bool) -> Option<Self> {
        self.peek().filter(|c| wanted(*c)).map(|_| self.step())
    }

    /// Past a word. Its letters may stand apart only in a letter-spaced expression.
    pub(super) fn word(self, word: &str) -> Option<Self> {
        let mut c = self;
        for (i, wanted) in word.chars().enumerate() {
            if i > 0 && self.wide {
                c = c.gap();
            }
            c = c.eat(|c| c == wanted)?;
        }
        Some(c)
    }

    /// Past the first of these words that stands here.
    pub(super) fn any<T: Copy>(self, words: &[(&str, T)]) -> Option<(T, Self)> {
        words.iter().find_map(|(word, value)| self.word(word).map(|c| (*value, c)))
    }

    /// True when one of these words is next.
    pub(super) fn sees(self, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(word).is_some())
    }

    /// True when a kanji is next.
    pub(super) fn sees_kanji(self) -> bool {
        self.peek().is_some_and(script::is_kanji)
    }

    /// The number right here.
    pub(super) fn numeral(self) -> Option<(Numeral, Self)> {
        let n = numerals::numeral(self.rest())?;
        Some((n, Self { at: self.at + n.len, ..self }))
    }

    /// A number of at most two digits, and where it ends.
    pub(super) fn small_number(self) -> Option<(u16, Self)> {
        let (n, c) = self.numeral()?;
        let short = n.value <= 99 && (n.chars <= 2 || n.script == Script::Units);
        short.then(|| (u16::try_from(n.value).unwrap_or(u16::MAX), c))
    }

    /// A small number and the unit after it. In a letter-spaced expression the digits may stand apart.
    pub(super) fn counted(self, unit: char) -> Option<(u16, Self)> {
        let close = |(n, c): (u16, Self)| Some((n, c.gap().eat(|c| c == unit)?));
        let spaced = if self.wide { self.spaced_digits(3).and_then(|(n, c)| close((u16::try_from(n).ok()?, c))) } else { None };
        spaced.or_else(|| self.small_number().and_then(close))
    }

    /// Digits that stand apart, at most `limit` of them, read as one number: `1 2`, `三 十 一`.
    pub(super) fn spaced_digits(self, limit: usize) -> Option<(u64, Self)> {
        let mut digits = String::new();
        let mut c = self;
        let mut end = self;
        while let Some(next) = c.peek().filter(|n| digits.chars().count() < limit && numerals::is_numeral(*n)) {
            digits.push(next);
            end = c.step();
            c = end.gap();
        }
        let n = numerals::numeral(&digits).filter(|n| n.len == digits.len() && (n.script == Script::Units || n.chars <= limit.max(2)))?;
        Some((n.value, end))
    }
}

/// The character that a look-alike stands for: ASCII for full width, one dash, one wave, kanji for
/// the radicals and compatibility forms that PDF fonts give.
pub(super) fn fold(c: char) -> char {
    match c {
        '～' | '〜' | '∼' => '~',
        '－' | '−' | '‐' | '‑' | '–' | '—' | '―' => '-',
        '\u{2F47}' => '日',
        '\u{2F49}' => '月',
        '\u{2F24}' => '大',
        '\u{F98E}' => '年',
        '\u{F9A8}' => '令',
        _ => script::half_width(c),
    }
}

/// What was read, and where it ends.
pub(super) type Read<'t, T> = Option<(T, Cursor<'t>)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_short_and_on_one_line_unless_in_a_cell() {
        let end = |text, spacing| Cursor::new(text, 0, spacing).gap().at;
        assert_eq!(end("\u{3000} x", Spacing::Close), 4);
        assert_eq!(end("    x", Spacing::Close), 0);
        assert_eq!(end("\nx", Spacing::Close), 0);
        assert_eq!(end("\r\n  x", Spacing::Loose), 4);
    }

    #[test]
    fn digits_join_over_blanks_only_where_letters_stand_apart() {
        let c = Cursor::new("1 2 月", 0, Spacing::Close);
        assert_eq!(c.counted('月').map(|(n, _)| n), None);
        assert_eq!(Cursor { wide: true, ..c }.counted('月').map(|(n, c)| (n, c.at)), Some((12, 7)));
    }
}
