//! K018: a value that stops in the middle: others of its field end with a full stop, or it ends with what must go on.

use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::{PartOfSpeech, Particle, Worker};
use std::collections::BTreeMap;

/// Values of a field that are looked at, at least, and the share of them that ends with a full stop.
const SIBLINGS: usize = 5;
const SHARE: f64 = 0.8;
/// Letters of a sentence, at least; what is shorter is a word or a heading.
const SHORT: usize = 15;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut fields: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, text) in sheet.texts.iter().enumerate().filter(|(_, text)| text.chars.len() >= SHORT) {
        fields.entry(field(text)).or_default().push(index);
    }
    let mut hits = Vec::new();
    for texts in fields.values() {
        let whole = texts.iter().filter(|index| has_stop(&sheet.texts[**index])).count();
        let sentences = texts.iter().filter(|index| has_stop(&sheet.texts[**index]) || !is_heading(&sheet.texts[**index])).count();
        let is_usual = sentences >= SIBLINGS && whole as f64 >= SHARE * sentences as f64;
        for index in texts {
            let text = &sheet.texts[*index];
            if (is_usual && !has_stop(text) && !is_heading(text)) || goes_on(text) {
                let length = text.chars.len();
                hits.push(Hit::new(*index, [length - 1, length], None, "文が途中で終わっているようです", "the text seems to be cut short"));
            }
        }
    }
    hits
}

/// The pointer without its numbers.
fn field(text: &Text<'_>) -> String {
    text.pointer.steps().filter(|step| step.parse::<usize>().is_err()).map(|step| format!("/{step}")).collect()
}

fn has_stop(text: &Text<'_>) -> bool {
    matches!(text.chars.last(), Some('。' | '．' | '｡' | '？' | '！' | '.'))
}

/// What ends with a noun or a sign is a heading, or a list of its own; a sentence stops at a word that goes on.
fn is_heading(text: &Text<'_>) -> bool {
    !text.words.last().is_some_and(|word| word.pos.is_particle() || word.pos.conjugates())
}

/// A comma, or a particle that leans on what follows.
fn goes_on(text: &Text<'_>) -> bool {
    let Some(last) = text.words.last() else { return false };
    let leans = matches!(last.pos, PartOfSpeech::Particle(Particle::Case | Particle::Adnominalizing | Particle::Topic));
    matches!(text.chars.last(), Some('、' | '，')) || (leans && matches!(text.chars.last(), Some('を' | 'が' | 'の' | 'は')))
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_sentence_without_its_end_is_said_where_the_others_have_one() {
        let whole = "新たな運用が7月から開始されていること。";
        let texts = [whole, whole, whole, whole, whole, "乳幼児健康診査の円滑な実施と推進", "新たな運用が7月から開始されてい"];
        assert_eq!(found("K018", &texts), ["い"]);
        let headings = ["新たな運用の7月からの開始と周知・啓発", "ペーパーレス化を進め、使用量を4％削減"];
        assert_eq!(found("K018", &headings), Vec::<String>::new());
    }
}
