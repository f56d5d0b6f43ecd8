//! K003: a particle that must lean on a verb stands before the full stop.

use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;

/// に and へ may end a slogan (誰もが輝くまちへ。); these do not.
const LEANING: [char; 4] = ['を', 'が', 'の', 'は'];

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        for (at, pair) in text.chars.windows(2).enumerate() {
            let is_stop = matches!(pair[1], '。' | '．' | '｡') && !text.chars.get(at + 2).is_some_and(char::is_ascii_digit);
            let is_particle = text.word_at(at).is_some_and(|word| word.from == at && word.pos.is_particle());
            if LEANING.contains(&pair[0]) && is_stop && is_particle {
                let (ja, en) = (format!("文が「{}」で終わっています", pair[0]), format!("a sentence ends with {:?}", pair[0]));
                hits.push(Hit::new(index, [at, at + 2], Some(pair[1].to_string()), ja, en));
            }
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_sentence_does_not_end_with_a_particle() {
        assert_eq!(found("K003", &["速やかに発信することを。"]), ["を。 → 。"]);
        assert_eq!(found("K003", &["誰もが輝くまちへ。", "速やかに発信すること。"]), Vec::<String>::new());
    }
}
