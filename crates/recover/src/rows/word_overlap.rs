//! How much two texts of a document speak of the same thing: the pairs of letters that they share, each worth
//! more the fewer texts have it. Hiragana does not count: it is grammar. Knows no fields.

use seisho_model::script;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub(crate) type Pair = (char, char);

/// The pairs of a text in order, each with its worth.
pub(crate) type Weighed = Rc<Vec<(Pair, i64)>>;

/// The pairs of letters of a document's texts, and in how many texts each stands.
pub(crate) struct Affinity {
    texts: usize,
    count: BTreeMap<Pair, usize>,
    /// Texts that were asked for: every text is compared with many.
    known: RefCell<BTreeMap<String, Weighed>>,
}

impl Affinity {
    pub(crate) fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut affinity = Self { texts: 0, count: BTreeMap::new(), known: RefCell::default() };
        for text in texts {
            affinity.texts += 1;
            for pair in pairs(text) {
                *affinity.count.entry(pair).or_insert(0) += 1;
            }
        }
        affinity
    }

    /// In eighths of a doubling of rarity.
    fn weight(&self, pair: &Pair) -> i64 {
        let count = self.count.get(pair).copied().unwrap_or(1).max(1);
        let ratio = (self.texts.max(1) * 256 / count) as u64;
        // An integer logarithm: the same on every machine.
        i64::from(ratio.ilog2()) - 8
    }

    /// The pairs of a text, to be compared with many others.
    pub(crate) fn weighed(&self, text: &str) -> Weighed {
        if let Some(known) = self.known.borrow().get(text) {
            return Rc::clone(known);
        }
        let weighed: Weighed = Rc::new(pairs(text).into_iter().map(|pair| (pair, self.weight(&pair).max(0))).collect());
        self.known.borrow_mut().insert(text.to_owned(), Rc::clone(&weighed));
        weighed
    }

    /// The share, in percent, of what is special in `topic` that `text` has too.
    pub(crate) fn share(&self, topic: &str, text: &str) -> i64 {
        share(&self.weighed(topic), &self.weighed(text))
    }
}

/// The share, in percent, of what is special in `topic` that `text` has too.
pub(crate) fn share(topic: &Weighed, text: &Weighed) -> i64 {
    let (mut all, mut both) = (0, 0);
    let mut rest = text.iter().peekable();
    for (pair, weight) in topic.iter() {
        all += weight;
        while rest.next_if(|(other, _)| other < pair).is_some() {}
        both += if rest.peek().is_some_and(|(other, _)| other == pair) { *weight } else { 0 };
    }
    if all == 0 { 0 } else { both * 100 / all }
}

fn pairs(text: &str) -> BTreeSet<Pair> {
    let letters: Vec<char> = text.chars().map(folded).collect();
    letters.windows(2).filter(|w| w.iter().all(|&c| counts(c))).map(|w| (w[0], w[1])).collect()
}

fn folded(c: char) -> char {
    script::half_width(c).to_ascii_uppercase()
}

fn counts(c: char) -> bool {
    script::is_kanji(c) || script::is_katakana(c) || c.is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_texts_have_counts_less() {
        let texts = ["新庁舎建設の推進", "空家対策の推進", "図書館の推進"];
        let affinity = Affinity::new(texts.into_iter());
        assert!(affinity.share(texts[0], "新庁舎建設の工事が完了している") > 80);
        assert!(affinity.share(texts[0], "計画を推進する") < 20);
        assert_eq!(affinity.share("の", "の"), 0);
    }
}
