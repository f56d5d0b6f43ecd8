//! K004: kanji and kana of the same look, mixed up: 工 and エ, 一 and ー. The words around decide.

use crate::checks::text::{is_kanji, is_katakana};
use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;

/// Letters that nobody can tell apart on paper, kanji or kana.
const ALIKE: [&str; 16] =
    ["工エ", "一ー", "二ニ", "八ハ", "力カ", "口ロ", "夕タ", "卜ト", "千チ", "三ミ", "才オ", "へヘ", "べベ", "ぺペ", "又ヌ", "匕ヒ"];
/// So much more usual the text has to become, in the dictionary's units.
const GAIN: i64 = 1000;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, worker: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        for (at, letter) in text.chars.iter().copied().enumerate() {
            let Some(other) = alike(letter) else { continue };
            let near = [at.checked_sub(1).map(|b| text.chars[b]), text.chars.get(at + 1).copied()];
            // The other letter is of the script that stands beside it.
            let fits = near.into_iter().flatten().any(|c| if is_katakana(other) { is_katakana(c) } else { is_kanji(c) || !is_katakana(c) });
            if fits && text.gain(at, at + 1, &other.to_string(), worker) > GAIN {
                let (ja, en) = (format!("「{letter}」は、形の似た「{other}」かもしれません"), format!("{letter:?} may be {other:?}"));
                hits.push(Hit::new(index, [at, at + 1], Some(other.to_string()), ja, en));
            }
        }
    }
    hits
}

fn alike(letter: char) -> Option<char> {
    let pair = ALIKE.iter().find(|pair| pair.contains(letter))?;
    pair.chars().find(|c| *c != letter)
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn letters_of_the_same_look_are_told_by_their_words() {
        assert_eq!(found("K004", &["省工ネ家電", "道路のエ事が完了している。"]), ["工 → エ", "エ → 工"]);
        assert_eq!(found("K004", &["工事の一部", "エネルギー", "第二庁舎の口座", "ロータリー", "三千人"]), Vec::<String>::new());
    }
}
