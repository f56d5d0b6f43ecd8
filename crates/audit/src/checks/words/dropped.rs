//! K007: a particle is missing. A verb right behind a noun needs one (動作確認行い); between two nouns only the batch can
//! tell (計画の素案 everywhere else).

use crate::checks::text::is_kanji;
use crate::checks::usage::{FAR, Other};
use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::{Noun, PartOfSpeech, Verb, Worker};

/// Particles that are left out between nouns. Without を and が two nouns are a word of their own: 利用促進, 制度改正.
const PARTICLES: [&str; 5] = ["の", "に", "で", "と", "は"];
/// Letters of the neighbourhood that are the same: in all, and on each side.
const NEAR: usize = 8;
const LEFT: usize = 2;
const RIGHT: usize = 3;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, worker: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        for (word, at) in text.words.windows(2).map(|pair| (pair[0], pair[1].from)) {
            let particle = by_grammar(text, at, worker).or_else(|| by_usage(sheet, text, at));
            if let Some(particle) = particle {
                let left = text.part(word.from, at);
                let (ja, en) =
                    (format!("「{left}」のあとに「{particle}」がありません"), format!("{particle:?} is missing behind {left:?}"));
                hits.push(Hit::new(index, [at - 1, at + 1], Some(format!("{}{particle}{}", text.chars[at - 1], text.chars[at])), ja, en));
            }
        }
    }
    hits
}

/// A verb of its own, written with a kanji, right behind a noun that is not said of time, number or manner.
fn by_grammar(text: &Text<'_>, at: usize, worker: &mut Worker) -> Option<String> {
    let place = text.words.iter().position(|word| word.from == at)?;
    let (before, verb) = (text.words[place - 1], text.words[place]);
    let is_noun = matches!(before.pos, PartOfSpeech::Noun(Noun::Common | Noun::Verbal | Noun::VerbalSuffix));
    let is_verb = verb.pos == PartOfSpeech::Verb(Verb::Independent) && is_kanji(text.chars[at]) && verb.to - verb.from >= 2;
    let is_word = before.to - before.from >= 2 && !before.unknown && is_kanji(text.chars[at - 1]);
    (is_noun && is_verb && is_word && text.gain(at, at, "を", worker) > 0).then(|| "を".to_owned())
}

fn by_usage(sheet: &Sheet<'_>, text: &Text<'_>, at: usize) -> Option<String> {
    let is_free = |c: char| c.is_alphanumeric() && !('\u{3041}'..='\u{3096}').contains(&c);
    if !is_free(text.chars[at - 1]) || !is_free(text.chars[at]) {
        return None;
    }
    let joined = text.part(at.saturating_sub(2), (at + 2).min(text.chars.len()));
    let own = sheet.usage.times(&joined);
    let others = sheet.usage.others(&text.chars, at, at, 1, NEAR).into_iter();
    // Once so and once otherwise says nothing (ソフト両面, ソフトの両面), unless the text goes on in the very same way.
    let is_usual = |o: &Other| o.times > 1 || o.right >= FAR;
    let other = others.filter(|o| o.left >= LEFT && o.right >= RIGHT && is_usual(o)).find(|o| PARTICLES.contains(&o.text.as_str()))?;
    (own <= 1 && joined.chars().count() == 4).then_some(other.text)
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_missing_particle_is_told_by_the_verb_or_by_usage() {
        assert_eq!(found("K007", &["環境での動作確認行い、切り替える。"]), ["認行 → 認を行"]);
        let usual = [
            "次期総合計画の素案が取りまとめられている。",
            "環境基本計画の素案が取りまとめられている。",
            "防災計画素案が取りまとめられている。",
        ];
        assert_eq!(found("K007", &usual), ["画素 → 画の素"]);
        let once = ["ハード・ソフトの両面から防災力の向上に取り組む。", "ハード・ソフト両面から市の魅力を高める。"];
        assert_eq!(found("K007", &once), Vec::<String>::new());
        assert_eq!(found("K007", &["今後進める。毎年行う調査を取りまとめ、取組を進める。"]), Vec::<String>::new());
    }
}
