//! K001: the same word twice in a row. 一人一人, and words that are made so (それぞれ), are none.

use crate::checks::text::{is_hiragana, is_kanji, is_katakana};
use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::Worker;

/// Letters of a repeated word, at least and at most.
const SHORTEST: usize = 2;
const LONGEST: usize = 12;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let of = |(index, text)| repeats(text).into_iter().map(move |[from, to]| hit(index, text, from, to));
    sheet.texts.iter().enumerate().flat_map(of).collect()
}

fn hit(index: usize, text: &Text<'_>, from: usize, to: usize) -> Hit {
    let once = text.part(from, from + (to - from) / 2);
    let en = format!("{once:?} stands twice");
    Hit::new(index, [from, to], Some(once.clone()), format!("「{once}」が2回続いています"), en)
}

fn repeats(text: &Text<'_>) -> Vec<[usize; 2]> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.chars.len() {
        let length = (SHORTEST..=LONGEST).rev().find(|length| is_repeat(text, at, *length));
        if let Some(length) = length {
            found.push([at, at + 2 * length]);
        }
        at += length.map_or(1, |length| 2 * length);
    }
    found
}

fn is_repeat(text: &Text<'_>, at: usize, length: usize) -> bool {
    let Some(both) = text.chars.get(at..at + 2 * length) else { return false };
    let once = &both[..length];
    let is_word = once.iter().all(|c| is_kanji(*c) || is_katakana(*c) || is_hiragana(*c)) && !once.iter().all(|c| is_hiragana(*c));
    // 一つ一つ, 一人一人: each one by itself.
    let is_each = matches!(once[0], '一' | '各' | '個');
    let is_whole = [at, at + length, at + 2 * length].iter().all(|place| text.is_joint(*place));
    once == &both[length..] && is_word && !is_each && is_whole && !once.iter().all(|c| *c == once[0])
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_word_twice_is_said_and_each_one_is_not() {
        assert_eq!(found("K001", &["効果的に施策施策が推進される。"]), ["施策施策 → 施策"]);
        assert_eq!(found("K001", &["職員一人一人が、それぞれ個々の課題を着々と進める。"]), Vec::<String>::new());
    }
}
