//! K006: one letter of a word is another, which makes the text much less usual than a word that the batch knows.

use crate::checks::text::{Word, is_hiragana, is_kanji};
use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::Worker;
use std::collections::BTreeSet;

/// Letters of the neighbourhood that are the same.
const NEAR: usize = 4;
/// So much more usual the text has to become: with the same neighbours elsewhere, and without.
const GAIN: i64 = 2500;
const GAIN_ALONE: i64 = 2500;
/// Kanji and the ones that look like them, by their shapes in a font (tests/shapes/make.py).
const ALIKE: &str = include_str!("../../../data/alike.txt");
/// Without the same neighbours: so often the word is written.
const OFTEN: usize = 2;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, worker: &mut Worker) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        for (at, letter) in text.chars.iter().copied().enumerate() {
            if !could_be_wrong(letter) {
                continue;
            }
            if let Some(other) = instead(sheet, text, at, worker) {
                let range = word_around(text, at);
                let fixed = format!("{}{other}{}", text.part(range[0], at), text.part(at + 1, range[1]));
                let was = text.part(range[0], range[1]);
                let (ja, en) = (format!("「{was}」は「{fixed}」かもしれません"), format!("{was:?} may be {fixed:?}"));
                hits.push(Hit::new(index, range, Some(fixed), ja, en));
            }
        }
    }
    hits
}

/// Kanji, and signs that stand where a kanji should; not digits, kana, brackets.
fn could_be_wrong(letter: char) -> bool {
    is_kanji(letter) || (letter.is_alphanumeric() && !letter.is_ascii() && !is_hiragana(letter) && !matches!(letter, '０'..='９'))
}

fn instead(sheet: &Sheet<'_>, text: &Text<'_>, at: usize, worker: &mut Worker) -> Option<String> {
    let range = word_around(text, at);
    let was = text.part(range[0], range[1]);
    // What the batch writes again and again is no slip.
    if was.chars().count() < 2 || sheet.usage.times(&was) > 1 {
        return None;
    }
    if !is_no_word(text, at, range) {
        return None;
    }
    let others = sheet.usage.others(&text.chars, at, at + 1, 1, NEAR);
    let others = others.into_iter().filter(|other| other.text.chars().next().is_some_and(is_kanji));
    let mut found: Vec<(i64, String)> =
        others.map(|other| (text.gain(at, at + 1, &other.text, worker), other.text)).filter(|(gain, _)| *gain > GAIN).collect();
    let known = by_words(sheet, text, at, range).into_iter();
    found.extend(known.map(|other| (text.gain(at, at + 1, &other, worker), other)).filter(|(gain, _)| *gain > GAIN_ALONE));
    found.sort();
    found.pop().map(|(_, other)| other)
}

/// The dictionary has no word here: the letter and its neighbour are two words of one letter, or unknown.
fn is_no_word(text: &Text<'_>, at: usize, range: [usize; 2]) -> bool {
    let Some(word) = text.word_at(at) else { return false };
    let is_short = |word: &Word| word.unknown || word.to - word.from == 1;
    let neighbour = if range[0] == at { range[1] - 1 } else { range[0] };
    is_short(word) && text.word_at(neighbour).is_some_and(is_short)
}

/// Letters of the same look that make a word of two letters with the neighbour, which the batch has.
fn by_words(sheet: &Sheet<'_>, text: &Text<'_>, at: usize, range: [usize; 2]) -> BTreeSet<String> {
    let Some(neighbour) = (range[0]..range[1]).find(|place| *place != at) else { return BTreeSet::new() };
    let key = (text.chars[neighbour], neighbour - range[0]);
    let words = sheet.usage.holding.get(&key).into_iter().flatten();
    let letter = text.chars[at];
    let looks_so = |c: char| is_kanji(c) && (!is_kanji(letter) || looks(letter).contains(c));
    let of_two = words.filter(|word| word.chars().count() == 2 && sheet.usage.times(word) >= OFTEN);
    of_two.filter_map(|word| word.chars().nth(at - range[0])).filter(|c| looks_so(*c)).map(String::from).collect()
}

/// The kanji that look like a kanji.
fn looks(letter: char) -> &'static str {
    ALIKE.lines().find_map(|line| line.strip_prefix(letter)).unwrap_or_default()
}

/// The letter with its neighbour in the word: two letters of one script, where there are two.
fn word_around(text: &Text<'_>, at: usize) -> [usize; 2] {
    let is_part = |place: usize| text.chars.get(place).is_some_and(|c| is_kanji(*c));
    if is_part(at + 1) && !(at > 0 && is_part(at - 1) && text.word_at(at).is_some_and(|word| word.to == at + 1)) {
        [at, at + 2]
    } else if at > 0 && is_part(at - 1) {
        [at - 1, at + 1]
    } else {
        [at, at + 1]
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_letter_that_does_not_fit_is_told_by_the_word_elsewhere() {
        let texts = ["全職員が受講する。", "全職員が研修を受講する。", "全識員が受講し、報告する。"];
        assert_eq!(found("K006", &texts), ["識員 → 職員"]);
        assert_eq!(found("K006", &["南地区で実施する。", "北地区で実施する。", "北地区で実施している。"]), Vec::<String>::new());
    }
}
