//! Stretches of text on a line between white space, and what the white between two of them says. Knows widths of
//! characters, no words.

use seisho_model::Page;
use seisho_model::script::{is_hiragana, is_kanji, is_katakana, is_latin, is_list_mark};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Texts that single spaces join are a name or a number where they are no wider: 髙橋 望, 12 月.
pub(super) const SHORT: usize = 8;

/// How wide a character is counted: tools count all as one, or wide ones as two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Every character is a column.
    Characters,
    /// Wide characters are two.
    Columns,
}

/// A stretch of text on a line: its columns and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) columns: Range<usize>,
    pub(super) bytes: Range<usize>,
    /// It begins with a list mark.
    pub(super) marked: bool,
    /// One space parts it from the text before, beside a number or a Latin word: 令和 5 年. It begins no cell.
    pub(super) goes_on: bool,
    /// Digits and nothing else.
    pub(super) number: bool,
    /// A lone character that writes no Japanese word and no number.
    pub(super) sign: bool,
    /// A lone Latin letter: a choice (Ａ, Ｂ), which begins no text.
    pub(super) letter: bool,
}

/// Whether a page has spaces beside its numbers and Latin words, as often as it has none (令和 5 年): such a space parts no
/// columns.
pub(super) fn spaces_numbers(text: &str) -> bool {
    let (mut touching, mut spaced) = (0, 0);
    let mut last = [' '; 2];
    for c in text.chars() {
        let is_wide = |c: char| !c.is_ascii() && c.is_alphabetic();
        let changes = |a: char, b: char| a.is_ascii_digit() && is_wide(b) || is_wide(a) && b.is_ascii_digit();
        touching += usize::from(changes(last[1], c));
        spaced += usize::from(last[1] == ' ' && changes(last[0], c));
        last = [last[1], c];
    }
    spaced > 0 && spaced >= touching
}

/// Text between white space: one space is enough, for a full line of one column ends right before the next.
///
/// `spaces_numbers`: of the page.
pub(super) fn stretches(page: &Page, line: &Range<usize>, measure: Measure, spaces_numbers: bool) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut column = 0;
    let mut before = ' ';
    for (at, c) in page.text[line.clone()].char_indices() {
        let width = if measure == Measure::Characters { 1 } else { c.width_cjk().unwrap_or(0) };
        if !c.is_whitespace() {
            let bytes = line.start + at..line.start + at + c.len_utf8();
            match found.last_mut().filter(|s| s.bytes.end == bytes.start) {
                Some(last) => {
                    (last.columns.end, last.bytes.end) = (column + width, bytes.end);
                    last.number &= c.is_numeric();
                    (last.sign, last.letter) = (false, false);
                }
                None => {
                    let marked = is_list_mark(c);
                    let is_thin = found.last().is_some_and(|l| l.columns.end + 1 >= column);
                    let goes_on = spaces_numbers && is_thin && !marked && (c.is_ascii_alphanumeric() || before.is_ascii_alphanumeric());
                    let sign = width > 0 && !is_kanji(c) && !is_hiragana(c) && !is_katakana(c) && !c.is_numeric() && !marked;
                    let number = c.is_numeric();
                    found.push(Stretch { columns: column..column + width, bytes, marked, goes_on, number, sign, letter: is_latin(c) });
                }
            }
            before = c;
        }
        column += width;
    }
    found
}

/// The columns between two texts.
pub(super) fn blanks(before: &Stretch, after: &Stretch) -> usize {
    after.columns.start.saturating_sub(before.columns.end)
}

/// One space at most parts a text from the one before it.
pub(super) fn is_thin(line: &[Stretch], index: usize) -> bool {
    blanks(&line[index - 1], &line[index]) <= 1
}

/// How wide the texts are that single spaces join with a text and the one before it.
pub(super) fn thin_width(line: &[Stretch], index: usize) -> usize {
    let first = (1..index).rev().find(|&i| !is_thin(line, i)).unwrap_or(0);
    let last = (index + 1..line.len()).find(|&i| !is_thin(line, i)).unwrap_or(line.len()) - 1;
    line[last].columns.end - line[first].columns.start
}

/// One space that texts have: in names and numbers, beside Latin words, behind list marks and signs.
pub(super) fn is_usual(line: &[Stretch], index: usize) -> bool {
    let (before, after) = (&line[index - 1], &line[index]);
    let is_mark = before.marked && before.columns.len() <= 2;
    after.goes_on || before.sign && !before.letter || is_mark || thin_width(line, index) <= SHORT
}
