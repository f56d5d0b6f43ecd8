//! K005: another word of the same sound. Only where the batch writes the other one between the same neighbours, and not
//! where both differ in their kana only (取組, 取り組み), which is a matter of style.

use crate::checks::text::is_kanji;
use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::{Noun, PartOfSpeech, Symbol, Worker};

/// Letters of a word, at most, and of what stands for it.
const LONGEST: usize = 5;
/// Letters of the neighbourhood that are the same.
const NEAR: usize = 4;
/// Words that make up what was misspelt, at most.
const WORDS: usize = 3;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, worker: &mut Worker) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        let mut after = 0;
        for (first, word) in text.words.iter().enumerate() {
            if word.from < after || !is_content(word.pos) {
                continue;
            }
            let span = (1..=WORDS).filter_map(|count| text.words.get(first + count - 1)).map(|last| last.to);
            let found = span.filter(|to| to - word.from <= LONGEST).find_map(|to| Some((to, instead(sheet, text, word.from, to, worker)?)));
            if let Some((to, other)) = found {
                let (from, other) = without_same_words(text, word.from, to, &other);
                let was = text.part(from, to);
                let (ja, en) = (format!("「{was}」は、読みの同じ「{other}」かもしれません"), format!("{was:?} may be {other:?}, which sounds alike"));
                hits.push(Hit::new(index, [from, to], Some(other), ja, en));
                after = to;
            }
        }
    }
    hits
}

/// Leaves out words at the beginning that both have.
fn without_same_words(text: &Text<'_>, from: usize, to: usize, other: &str) -> (usize, String) {
    let ends = text.words.iter().map(|word| word.to).filter(|end| (from + 1..to).contains(end));
    let same = ends.filter(|end| other.starts_with(&text.part(from, *end))).last().unwrap_or(from);
    (same, other.chars().skip(same - from).collect())
}

fn is_content(pos: PartOfSpeech) -> bool {
    !pos.is_particle() && !matches!(pos, PartOfSpeech::Symbol(_) | PartOfSpeech::Auxiliary | PartOfSpeech::Noun(Noun::Number | Noun::Proper))
        && !matches!(pos, PartOfSpeech::Symbol(Symbol::Other))
}

fn instead(sheet: &Sheet<'_>, text: &Text<'_>, from: usize, to: usize, worker: &mut Worker) -> Option<String> {
    let was = text.part(from, to);
    let kanji = |t: &str| t.chars().filter(|c| is_kanji(*c)).collect::<String>();
    if kanji(&was).is_empty() || was.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let own = sheet.usage.times(&was);
    let reading = worker.reading(&was);
    sheet.usage.others(&text.chars, from, to, LONGEST, NEAR).into_iter().find_map(|other| {
        let of_other = kanji(&other.text);
        let is_other = !of_other.is_empty() && of_other != kanji(&was) && sheet.usage.times(&other.text) > own;
        if !is_other {
            return None;
        }
        let sound = worker.reading(&other.text);
        let is_same = sound == reading && sound != other.text;
        let is_near = is_nearly(&sound, &reading) && other.near > NEAR && text.gain(from, to, &other.text, worker) > 0;
        (is_same || is_near).then_some(other.text)
    })
}

/// One sound more, less, or another, of four or more; a number or a direction is not told by its sound.
fn is_nearly(a: &str, b: &str) -> bool {
    let length = a.chars().count().min(b.chars().count());
    length >= 4 && crate::compare::distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>()) == 1
}

#[cfg(test)]
mod tests {
    use crate::checks::tests::found;

    #[test]
    fn a_word_of_the_same_sound_is_told_by_the_words_around() {
        let texts = ["庁内検討会議を設置し、協議する。", "庁内検討会議を設置し、進める。", "庁内検討懐疑を設置し、報告する。"];
        assert_eq!(found("K005", &texts), ["懐疑 → 会議"]);
        let fine = ["新しい制度を周知し、取り組みを進める。", "新しい制度を周知し、取組を進める。", "新しい制度を周知し、取組を進める。"];
        assert_eq!(found("K005", &fine), Vec::<String>::new());
    }
}
