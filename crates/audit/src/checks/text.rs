//! The texts of a document, cut into words once.

use crate::values::values;
use seisho_japanese::tokenizer::{PartOfSpeech, Worker};
use seisho_model::Pointer;
use seisho_model::record::{Document, Evidence};

/// A value that holds words.
#[derive(Debug)]
pub struct Text<'d> {
    /// Its name in the document.
    pub pointer: &'d Pointer,
    /// Its characters.
    pub chars: Vec<char>,
    /// Its words, in order.
    pub(crate) words: Vec<Word>,
    /// Where it came from.
    pub evidence: &'d Evidence,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// First character and one past the last.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) pos: PartOfSpeech,
    pub(crate) unknown: bool,
}

/// All values of a document, in its order.
pub(crate) fn texts<'d>(document: &'d Document, worker: &mut Worker) -> Vec<Text<'d>> {
    let text = |value: crate::values::Value<'d>| Text {
        pointer: value.pointer,
        chars: value.text.chars().collect(),
        words: words(&value.text, worker),
        evidence: value.evidence,
    };
    values(document).into_iter().map(text).collect()
}

/// The words of a text, places in characters.
pub(crate) fn words(text: &str, worker: &mut Worker) -> Vec<Word> {
    let mut from = 0;
    let word = |token: &seisho_japanese::tokenizer::Token| {
        let to = from + token.of(text).chars().count();
        let word = Word { from, to, pos: token.pos, unknown: token.unknown };
        from = to;
        word
    };
    worker.segment(text).iter().map(word).collect()
}

impl Text<'_> {
    /// Characters of the text as a string.
    pub(crate) fn part(&self, from: usize, to: usize) -> String {
        self.chars[from..to].iter().collect()
    }

    /// The word that a character belongs to.
    pub(crate) fn word_at(&self, place: usize) -> Option<&Word> {
        self.words.iter().find(|word| (word.from..word.to).contains(&place))
    }

    /// Whether a word ends, and the next begins, before this character.
    pub(crate) fn is_joint(&self, place: usize) -> bool {
        self.words.iter().any(|word| word.from == place || word.to == place)
    }

    /// How much cheaper the clause around a place becomes when its characters are others; what is cheaper is more usual.
    pub(crate) fn gain(&self, from: usize, to: usize, instead: &str, worker: &mut Worker) -> i64 {
        let ends = |c: &char| matches!(c, '。' | '、' | '\n' | '，' | '．');
        let left = self.chars[..from].iter().rposition(ends).map_or(0, |at| at + 1);
        let right = self.chars[to..].iter().position(ends).map_or(self.chars.len(), |at| to + at);
        let now = self.part(left, right);
        let then = format!("{}{instead}{}", self.part(left, from), self.part(to, right));
        match (worker.cost(&now), worker.cost(&then)) {
            (Some(now), Some(then)) => now - then,
            _ => 0,
        }
    }
}

/// 漢字
pub(crate) fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々')
}

/// カタカナ, with its long mark.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | 'ー')
}

/// ひらがな
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}
