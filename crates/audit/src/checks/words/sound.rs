//! K005: another word of the same sound. Only where the batch writes the other one between the same neighbours, and not
//! where both differ in their kana only (取組, 取り組み), which is a matter of style.

use crate::checks::text::{Word, is_kanji};
use crate::checks::{Hit, Sheet, Text};
use seisho_japanese::tokenizer::{Noun, PartOfSpeech, Worker};

/// Letters of a word, at most, and of what stands for it.
const LONGEST: usize = 5;
/// Letters of the neighbourhood that are the same.
const NEAR: usize = 4;
/// Words that make up what was misspelt, at most.
const WORDS: usize = 3;
/// Without the same neighbours: so often the other word is written, and so much more usual it makes the text.
const OFTEN: usize = 3;
const GAIN: i64 = 1500;

pub(in crate::checks) fn find(sheet: &Sheet<'_>, worker: &mut Worker) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (index, text) in sheet.texts.iter().enumerate() {
        let mut after = 0;
        for (first, word) in text.words.iter().enumerate() {
            if word.from < after || !is_content(word.pos) {
                continue;
            }
            let span = (1..=WORDS).filter_map(|count| text.words.get(first + count - 1)).map(|last| last.to);
            let found = span.filter(|to| to - word.from <= LONGEST).find_map(|to| instead(sheet, text, word.from, to, worker));
            let found = found.or_else(|| by_sound(sheet, text, word, worker));
            if let Some((from, to, other)) = found {
                let was = text.part(from, to);
                let (ja, en) =
                    (format!("「{was}」は、読みの同じ「{other}」かもしれません"), format!("{was:?} may be {other:?}, which sounds alike"));
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
    let same = ends.filter(|end| other.starts_with(&text.part(from, *end))).max().unwrap_or(from);
    (same, other.chars().skip(same - from).collect())
}

fn is_content(pos: PartOfSpeech) -> bool {
    !pos.is_particle()
        && !matches!(pos, PartOfSpeech::Symbol(_) | PartOfSpeech::Auxiliary | PartOfSpeech::Noun(Noun::Number | Noun::Proper))
}

/// What stands elsewhere between the same neighbours, sounds alike and is more usual: where it begins and ends, and it.
fn instead(sheet: &Sheet<'_>, text: &Text<'_>, from: usize, to: usize, worker: &mut Worker) -> Option<(usize, usize, String)> {
    let was = text.part(from, to);
    if kanji(&was).is_empty() || was.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let reading = worker.reading(&was);
    sheet.usage.others(&text.chars, from, to, LONGEST, NEAR).into_iter().find_map(|other| {
        let sound = worker.reading(&other.text);
        let is_same = sound == reading && sound != other.text;
        let is_near = is_nearly(&sound, &reading) && differs_in_kanji(&was, &other.text) && other.near() > NEAR;
        let (begins, instead) = without_same_words(text, from, to, &other.text);
        let own = text.part(begins, to);
        // What ends alike says nothing: ひとを大切, 人を大切.
        let same = own.chars().rev().zip(instead.chars().rev()).take_while(|(a, b)| a == b).count();
        let [a, b] = [&own, &instead].map(|text| kanji(&text.chars().take(text.chars().count() - same).collect::<String>()));
        let is_other = !a.is_empty() && !b.is_empty() && a != b;
        let (rare, usual) = (sheet.usage.times(&own), sheet.usage.times(&instead));
        let is_usual = usual > rare && (is_same || (rare <= 1 && text.gain(begins, to, &instead, worker) > 0));
        ((is_same || is_near) && is_other && is_usual).then_some((begins, to, instead))
    })
}

/// Without the same neighbours: written once, where a word of the same sound is written often and is much more usual here.
fn by_sound(sheet: &Sheet<'_>, text: &Text<'_>, word: &Word, worker: &mut Worker) -> Option<(usize, usize, String)> {
    let to = text
        .words
        .iter()
        .find(|next| next.from == word.to && next.to - word.from == 2 && word.to - word.from == 1)
        .map_or(word.to, |w| w.to);
    let was = text.part(word.from, to);
    if was.chars().count() != 2 || !was.chars().all(is_kanji) || sheet.usage.times(&was) > 1 {
        return None;
    }
    let alike = sheet.usage.sounds.get(&worker.reading(&was))?;
    let usual = alike
        .iter()
        .filter(|(other, times)| **times >= OFTEN && other.chars().count() == 2 && other.chars().all(is_kanji) && **other != was);
    let (_, best) = usual.map(|(other, times)| (*times, other)).max()?;
    // 実行 makes no 実行性: with a kanji beside it, the other word has to be written so somewhere.
    let before = word.from.checked_sub(1).map(|at| text.chars[at]).filter(|c| is_kanji(*c));
    let after = text.chars.get(to).copied().filter(|c| is_kanji(*c));
    let is_written = |part: String| sheet.usage.times(&part) > 0;
    let fits = before.is_none_or(|c| is_written(format!("{c}{best}"))) && after.is_none_or(|c| is_written(format!("{best}{c}")));
    (fits && text.gain(word.from, to, best, worker) > GAIN).then(|| (word.from, to, best.clone()))
}

fn kanji(text: &str) -> String {
    text.chars().filter(|c| is_kanji(*c)).collect()
}

/// As many letters, and where they differ both have a kanji: 前年度比 is no misspelt 前年度の.
fn differs_in_kanji(a: &str, b: &str) -> bool {
    a.chars().count() == b.chars().count() && a.chars().zip(b.chars()).all(|(a, b)| a == b || (is_kanji(a) && is_kanji(b)))
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
        let fine = [
            "新しい制度を周知し、取り組みを進める。",
            "新しい制度を周知し、取組を進める。",
            "新しい制度を周知し、取組を進める。",
            "すべての人を大切にする。",
            "すべての人を大切にし、支える。",
            "すべてのひとを大切にする。",
        ];
        assert_eq!(found("K005", &fine), Vec::<String>::new());
        let compound = ["計画を実行する。", "事業を実行する。", "確実に実行する。", "市長が実行する。", "実効性ある取組とする。"];
        assert_eq!(found("K005", &compound), Vec::<String>::new());
    }
}
