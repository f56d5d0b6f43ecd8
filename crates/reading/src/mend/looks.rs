//! Characters that have no ink on the page, or whose ink looks like another one that makes better Japanese there: a
//! second look at the ink of a scan says which they could be, and the words around them which they are.

use super::by_words::Place;
use super::guess;
use crate::confidence;
use seisho_japanese::tokenizer::Worker;
use seisho_model::scan::Mark;
use seisho_model::script::{half_width, is_kana};
use seisho_model::{Change, Pages, Run};
use std::ops::Range;

/// What a percent of distance from the ink weighs, in the tokenizer's units; kana differ by dots that wear away.
const PERCENT: i64 = 40;
const PERCENT_KANA: i64 = 10;
/// Farther than this, in percent, all is equally unlike.
const FARTHEST: u32 = 400;
/// Another character must be so much better, words and look together.
const CLEARLY: i64 = 800;
/// What is farther off than the nearest by this is another one, in percent: of two characters of names, of two letters.
const LEAST_OF_PAIR: u32 = 50;
const LEAST_OF_LETTERS: u32 = 100;
/// Characters that look the same; only words tell them apart.
const TWINS: [(char, char); 8] =
    [('カ', '力'), ('ロ', '口'), ('ニ', '二'), ('エ', '工'), ('タ', '夕'), ('ト', '卜'), ('ハ', '八'), ('へ', 'ヘ')];

/// What was seen of the characters of a run that names others, or none: the ranges in its raw text.
fn all<'p>(pages: &'p Pages, run: &'p Run) -> impl Iterator<Item = (Range<usize>, &'p Mark)> {
    let mut start = 0;
    run.0.iter().flat_map(move |piece| {
        let from = start;
        start += piece.range.len() + 1;
        let looks = pages.0[piece.page as usize].ink.iter().flat_map(|ink| ink.marks_of(piece.range));
        let tells = |mark: &Mark| matches!(mark, Mark::Surplus | Mark::Alike(_) | Mark::Contested(_));
        let inside =
            looks.filter(move |look| tells(&look.mark) && piece.range.start <= look.range.start && look.range.end <= piece.range.end);
        inside.map(move |look| {
            let at = from + (look.range.start - piece.range.start) as usize;
            (at..at + look.range.len(), &look.mark)
        })
    })
}

/// What another look says of characters of a run: their ranges in its raw text, from left to right.
#[must_use]
pub fn contested<'p>(pages: &'p Pages, run: &'p Run) -> Vec<(Range<usize>, &'p str)> {
    all(pages, run).filter_map(|(range, mark)| if let Mark::Contested(says) = mark { Some((range, says.as_str())) } else { None }).collect()
}

/// The changes that put the better character.
pub fn changes(pages: &Pages, run: &Run, raw: &str, words: &mut Worker) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut seen = Vec::new();
    for (range, says) in all(pages, run).filter(|(_, mark)| !matches!(mark, Mark::Contested(_))) {
        seen.push(range.start);
        match says {
            Mark::Alike(alike) => changes.extend(better(raw, &range, alike, words).map(|c| guess("mend-look", range, &c.to_string()))),
            _ => changes.push(guess("mend-surplus", range, "")),
        }
    }
    for (at, c) in raw.char_indices().filter(|(at, _)| !seen.contains(at)) {
        let Some(twin) = TWINS.iter().find_map(|&(a, b)| if c == a { Some(b) } else { (c == b).then_some(a) }) else { continue };
        // What stands alone counts items: イ、ロ、ハ.
        let before = raw[..at].chars().rfind(|c| *c != '\n');
        let after = raw[at + c.len_utf8()..].chars().find(|c| *c != '\n');
        if !before.is_some_and(char::is_alphabetic) || !after.is_some_and(char::is_alphabetic) {
            continue;
        }
        let range = at..at + c.len_utf8();
        let found = better(raw, &range, &[(c, 0), (twin, 0)], words);
        changes.extend(found.map(|c| guess("mend-look", range, &c.to_string())));
    }
    changes
}

/// The character that ink looks like where words tell nothing: one of a pair that names have, a Latin letter, or the point
/// or comma of a number.
fn by_look(read: char, alike: &[(char, u32)]) -> Option<char> {
    let &(nearest, _) = alike.first().filter(|(c, _)| *c != read)?;
    let own = alike.iter().find(|(c, _)| *c == read)?.1;
    let is_pair = confidence::variants(&read.to_string()).any(|(_, other)| other.starts_with(nearest));
    let least = if is_pair { LEAST_OF_PAIR } else { LEAST_OF_LETTERS };
    let is_point = |c: char| matches!(half_width(c), '.' | ',');
    ((is_pair || half_width(read).is_ascii_uppercase() || is_point(read) && is_point(nearest)) && own >= least).then_some(nearest)
}

/// The character that stands there rather than the one that was read; none where it is not clearly better. Words tell
/// nothing of numbers.
fn better(raw: &str, range: &Range<usize>, alike: &[(char, u32)], words: &mut Worker) -> Option<char> {
    let read = raw[range.clone()].chars().next().filter(|c| c.len_utf8() == range.len())?;
    if let Some(found) = by_look(read, alike) {
        return Some(found);
    }
    if read.is_ascii() {
        return None;
    }
    let is_ink = |c: &char| *c != '\n';
    let place = Place::new(raw[..range.start].chars().filter(is_ink), raw[range.end..].chars().filter(is_ink));
    let mut weigh = |c: char, off: u32| {
        let cost = place.cost(c.encode_utf8(&mut [0; 4]), words)?;
        let percent = if is_kana(c) { PERCENT_KANA } else { PERCENT };
        Some(cost + i64::from(off.min(FARTHEST)) * percent)
    };
    let own = alike.iter().find(|(c, _)| *c == read).and_then(|&(c, off)| weigh(c, off))?;
    let others = alike.iter().filter(|(c, _)| *c != read);
    let (cost, best) = others.filter_map(|&(c, off)| Some((weigh(c, off)?, c))).min()?;
    (cost + CLEARLY <= own).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_japanese::tokenizer::Tokenizer;

    /// The text with the better character for one of it.
    fn mended(raw: &str, read: char, alike: &[(char, u32)]) -> String {
        let at = raw.find(read).unwrap();
        let found = better(raw, &(at..at + read.len_utf8()), alike, &mut Tokenizer::new().unwrap().worker());
        found.map_or_else(|| raw.to_owned(), |c| raw.replacen(read, &c.to_string(), 1))
    }

    #[test]
    fn ink_says_which_it_could_be_and_words_which_it_is() {
        assert_eq!(mended("要網改正が完了", '網', &[('綱', 0), ('網', 40), ('鋼', 45)]), "要綱改正が完了");
        assert_eq!(mended("計画の周知と店内浸透", '店', &[('庁', 0), ('店', 900)]), "計画の周知と庁内浸透");
        assert_eq!(mended("3月未までに", '未', &[('末', 0), ('未', 5)]), "3月末までに");
        assert_eq!(mended("入カエラーの多い", 'カ', &[('カ', 0), ('力', 0)]), "入力エラーの多い");
        assert_eq!(mended("崎山課長", '崎', &[('﨑', 0), ('崎', 70)]), "﨑山課長", "words tell nothing of names");
        assert_eq!(mended("１．５７１円", '．', &[('，', 0), ('．', 200)]), "１，５７１円", "a comma reaches below its digits");
        assert_eq!(mended("QJT計画", 'Q', &[('O', 0), ('Q', 150)]), "OJT計画");
        for (right, c, alike) in [("未達成の理由", '未', [('末', 0), ('未', 5)]), ("道路網の整備", '網', [('綱', 0), ('網', 40)])]
        {
            assert_eq!(mended(right, c, &alike), right);
        }
    }
}
