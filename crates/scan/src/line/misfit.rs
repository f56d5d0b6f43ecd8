//! Symbols that do not look like the ink that they stand for, and the one of a line that is too many.

use crate::line::alignment::{Fit, fit};
use crate::line::crop::Strip;
use crate::line::shapes::Shape;
use seisho_model::scan::{Mark, Symbol};
use std::ops::Range;

/// Ink that is farther off than this is of another character: of what is read right, hardly any is half as far.
const STRANGE: u32 = 80_000;
/// The symbol that is too many is no farther than this from where the ink is short.
const NEAR: usize = 6;
/// Ink that is so much farther off shows that it is another one.
const CLEARLY: u32 = 20_000;

/// The symbols of a line whose ink, as it was found, looks like nothing of the kind.
pub(crate) fn strange(strip: &Strip, symbols: &[Symbol], found: &Fit) -> Vec<usize> {
    let offs = offs(strip, symbols, found);
    let is_open = |i: &usize| !symbols[*i].marks.contains(&Mark::Confirmed);
    (0..symbols.len()).filter(is_open).filter(|&i| offs[i].is_some_and(|off| off >= STRANGE)).collect()
}

/// The symbol of a line that has no ink of its own, where it is one: without it all others have theirs, and look more
/// like it than with it. None where another could be it just as well.
pub(crate) fn surplus(strip: &Strip, symbols: &[Symbol], em: usize, found: &Fit) -> Option<usize> {
    let missing = found.spans.iter().position(Option::is_none);
    let at = missing.or_else(|| strange(strip, symbols, found).first().copied()).filter(|_| found.passed.is_empty())?;
    let part = at.saturating_sub(NEAR)..(at + NEAR + 1).min(symbols.len());
    let mut without: Vec<(u32, usize)> = part.clone().filter_map(|i| Some((off_without(strip, symbols, i, &part, em)?, i))).collect();
    without.sort_unstable();
    let &(least, best) = without.first()?;
    let text = |out: usize| {
        symbols[part.clone()].iter().zip(part.clone()).filter(|(_, i)| *i != out).map(|(s, _)| s.text.as_str()).collect::<String>()
    };
    let next = without.iter().find(|(_, i)| text(*i) != text(best)).map_or(u32::MAX, |(off, _)| *off);
    if next < u32::MAX && symbols[best].text.chars().any(char::is_numeric) {
        return None; // digits are too much alike
    }
    let with = if missing.is_some() { u32::MAX } else { offs(strip, symbols, found)[part].iter().flatten().sum() };
    (next.min(with) >= least.saturating_add(CLEARLY)).then_some(best)
}

/// How far the symbols of a part of a line are from how their ink looks, one of them left out; none where they do not
/// fill the line.
fn off_without(strip: &Strip, symbols: &[Symbol], out: usize, part: &Range<usize>, em: usize) -> Option<u32> {
    let rest: Vec<Symbol> = symbols.iter().enumerate().filter(|(i, _)| *i != out).map(|(_, s)| s.clone()).collect();
    let found = fit(strip, &rest, em);
    found.is_whole().then(|| offs(strip, &rest, &found)[part.start..part.end - 1].iter().flatten().sum())
}

/// How far every symbol is from how its ink looks, where both are known.
fn offs(strip: &Strip, symbols: &[Symbol], found: &Fit) -> Vec<Option<u32>> {
    let of = |(i, symbol): (usize, &Symbol)| {
        let read = symbol.text.chars().next()?;
        Shape::of(&strip.crop, found.spans[i].filter(|_| found.alone[i])?)?.off(read)
    };
    symbols.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::drawing::{EM, LETTERS, line, said};

    /// Where a letter of 工十口, read as this, has strange ink, and which letter is too many.
    fn found(read: &str) -> (Vec<usize>, Option<usize>) {
        let (strip, symbols) = (line(&LETTERS), said(read, 9_900));
        let found = fit(&strip, &symbols, EM as usize);
        (strange(&strip, &symbols, &found), surplus(&strip, &symbols, EM as usize, &found))
    }

    #[test]
    fn ink_that_looks_like_nothing_of_the_kind_is_strange() {
        // read   工十口   エ十口 (much like it)   工議口
        assert_eq!((found("工十口").0, found("エ十口").0, found("工議口").0), (vec![], vec![], vec![1]));
    }

    #[test]
    fn of_four_letters_for_three_inks_the_one_without_ink_is_too_many() {
        // read   工議十口   工十口議
        assert_eq!((found("工議十口").1, found("工十口議").1), (Some(1), Some(3)));
        assert_eq!(found("工十口").1, None, "every letter has its ink");
    }

    #[test]
    fn of_digits_none_is_said_to_be_too_many() {
        // read   工十口0, where a letter in its place would be too many
        assert_eq!((found("工十口0").1, found("工十口議").1), (None, Some(3)));
    }
}
