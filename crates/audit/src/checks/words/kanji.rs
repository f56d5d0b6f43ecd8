//! K006: one letter of a word is another, which makes the text much less usual than a word that the batch knows.

use crate::checks::text::{is_hiragana, is_kanji};
use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::Worker;

/// Letters of the neighbourhood that are the same.
const NEAR: usize = 4;
/// So much more usual the text has to become: with the same neighbours elsewhere, and without.
const GAIN: i64 = 2500;

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
    let others = sheet.usage.others(&text.chars, at, at + 1, 1, NEAR);
    let others = others.into_iter().filter(|other| other.text.chars().next().is_some_and(is_kanji));
    let mut found: Vec<(i64, String)> =
        others.map(|other| (text.gain(at, at + 1, &other.text, worker), other.text)).filter(|(gain, _)| *gain > GAIN).collect();
    found.sort();
    found.pop().map(|(_, other)| other)
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
