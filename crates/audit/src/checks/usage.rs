//! What is usual in a batch: which letters stand between the same neighbours elsewhere.
//!
//! Bounded: of a batch beyond [`MOST`] characters the first are taken, and of a pair of letters its first [`PLACES`].

use super::text::{is_kanji, words};
use seisho_japanese::tokenizer::Worker;
use seisho_model::record::Document;
use std::collections::{BTreeMap, BTreeSet};

/// Characters that are held at most.
const MOST: usize = 4_000_000;
/// Places of a pair of letters that are looked at.
const PLACES: usize = 3_000;
/// So far a neighbourhood is compared on each side.
pub(crate) const FAR: usize = 8;
/// Stands before and after each text.
const EDGE: char = '\n';

/// What is usual in a batch.
#[derive(Debug, Default)]
pub struct Usage {
    letters: Vec<char>,
    pairs: BTreeMap<[char; 2], Vec<u32>>,
    /// Words of two letters and more with a kanji, by their sound, and how often each is written.
    pub(crate) sounds: BTreeMap<String, BTreeMap<String, usize>>,
    /// The same words by one letter that each holds, and the place of the letter in it.
    pub(crate) holding: BTreeMap<(char, usize), BTreeSet<String>>,
    /// Names in quotation marks, divisions, choices, people: how often each is written, by kind.
    pub(crate) names: BTreeMap<(&'static str, String), u32>,
}

/// What stands elsewhere between the same neighbours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Other {
    pub(crate) text: String,
    /// Letters of the neighbourhood that are the same, left and right.
    pub(crate) left: usize,
    pub(crate) right: usize,
    /// In how many places.
    pub(crate) times: usize,
}

impl Other {
    /// Letters of the neighbourhood that are the same.
    pub(crate) fn near(&self) -> usize {
        self.left + self.right
    }
}

impl Usage {
    /// Adds a document.
    pub(crate) fn add(&mut self, document: &Document, worker: &mut Worker) {
        let mut seen = BTreeSet::new();
        for value in crate::values::values(document) {
            // A merged cell says one text many times.
            if self.letters.len() < MOST && seen.insert(value.text.clone()) {
                self.learn(&value.text);
                self.learn_words(&value.text, worker);
            }
        }
        for (kind, name) in super::values::names::names(document) {
            *self.names.entry((kind, name)).or_default() += 1;
        }
    }

    fn learn_words(&mut self, text: &str, worker: &mut Worker) {
        let letters: Vec<char> = text.chars().collect();
        for word in words(text, worker).into_iter().filter(|word| !word.unknown && word.to - word.from >= 2) {
            let letters = &letters[word.from..word.to];
            if !letters.iter().any(|c| is_kanji(*c)) {
                continue;
            }
            let word: String = letters.iter().collect();
            for (place, letter) in letters.iter().enumerate() {
                self.holding.entry((*letter, place)).or_default().insert(word.clone());
            }
            *self.sounds.entry(worker.reading(&word)).or_default().entry(word).or_default() += 1;
        }
    }

    fn learn(&mut self, text: &str) {
        for c in [EDGE, EDGE].into_iter().chain(text.chars().map(folded)).chain([EDGE, EDGE]) {
            self.letters.push(c);
            let at = self.letters.len();
            if at >= 2 {
                let places = self.pairs.entry([self.letters[at - 2], c]).or_default();
                if places.len() < PLACES {
                    places.push(u32::try_from(at - 2).unwrap_or(u32::MAX));
                }
            }
        }
    }

    /// In how many places a text of two letters or more stands.
    pub(crate) fn times(&self, text: &str) -> usize {
        let text: Vec<char> = text.chars().map(folded).collect();
        let [first, second, ..] = text[..] else { return 0 };
        let places = self.pairs.get(&[first, second]).map_or(&[][..], Vec::as_slice);
        places.iter().filter(|at| self.letters[**at as usize..].starts_with(&text)).count()
    }

    /// What stands elsewhere, up to `most` letters, where the text has those from `from` to `to`; the best known first.
    pub(crate) fn others(&self, text: &[char], from: usize, to: usize, most: usize, near: usize) -> Vec<Other> {
        let framed = |part: &[char]| part.iter().map(|c| folded(*c)).collect::<Vec<_>>();
        let left: Vec<char> = [EDGE, EDGE].into_iter().chain(framed(&text[..from])).collect();
        let right: Vec<char> = framed(&text[to..]).into_iter().chain([EDGE, EDGE]).collect();
        let own = framed(&text[from..to]);
        let mut found: BTreeMap<&[char], ([usize; 2], usize)> = BTreeMap::new();
        let key = [left[left.len() - 2], left[left.len() - 1]];
        for at in self.pairs.get(&key).map_or(&[][..], Vec::as_slice) {
            let at = *at as usize + 2;
            let before = same(self.letters[..at].iter().rev(), left.iter().rev());
            for length in 0..=most {
                let Some(rest) = self.letters.get(at + length..) else { break };
                let middle = &self.letters[at..at + length];
                if middle.contains(&EDGE) {
                    break;
                }
                let after = same(rest.iter(), right.iter());
                if after > 0 && before + after >= near && middle != own {
                    let entry = found.entry(middle).or_default();
                    let is_nearer = before + after > entry.0[0] + entry.0[1];
                    *entry = (if is_nearer { [before, after] } else { entry.0 }, entry.1 + 1);
                }
            }
        }
        let mut found: Vec<Other> =
            found.into_iter().map(|(text, ([left, right], times))| Other { text: text.iter().collect(), left, right, times }).collect();
        found.sort_by(|a, b| (b.near(), b.times, &a.text, b.left).cmp(&(a.near(), a.times, &b.text, a.left)));
        found
    }
}

fn same<'a>(a: impl Iterator<Item = &'a char>, b: impl Iterator<Item = &'a char>) -> usize {
    a.zip(b).take(FAR).take_while(|(a, b)| a == b).count()
}

/// Digits are all one: which number stands there says nothing of the words.
pub(crate) fn folded(c: char) -> char {
    match c {
        '0'..='9' | '０'..='９' => '0',
        '（' => '(',
        '）' => ')',
        '，' => '、',
        '．' => '。',
        c => c,
    }
}
