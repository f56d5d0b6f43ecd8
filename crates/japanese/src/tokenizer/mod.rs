//! Cutting text into words.
//!
//! Knows the dictionary (mecab-ipadic and the municipal words of `seisho-dictionary`) and turns its
//! strings into types once, here. Refuses to know what words are looked for: rules about joints,
//! dates or slips read the tokens, they do not ask the dictionary.
//!
//! [`Tokenizer`] is shared and read-only; a [`Worker`] is the scratch of one thread.
//!
//! lindera begins anew after each 。, 、, tab and line break, and cuts a stretch of 64 KiB without
//! any of them: a token never crosses those.

mod tags;

pub use tags::{Conjugation, Noun, PartOfSpeech, Particle, Symbol, Verb};

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera::worker::SegmentWorker;
use lindera_dictionary::dictionary::DetailFields;
use seisho_model::text::TextRange;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text that was given.
    pub range: TextRange,
    /// What kind of word.
    pub pos: PartOfSpeech,
    /// The form of a word that conjugates; `None` for all others.
    pub conjugation: Option<Conjugation>,
    /// The dictionary does not have it; kind and extent follow from its characters alone.
    pub unknown: bool,
}

impl Token {
    /// The word itself.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range.as_usize()]
    }
}

/// The words and their costs: built once, shared by all threads.
#[derive(Clone)]
pub struct Tokenizer {
    segmenter: Segmenter,
}

impl Tokenizer {
    /// Loads the dictionary from the binary: 1.2 ms in release, first sentence included, for 503
    /// municipal words (measured 2026-11).
    ///
    /// # Errors
    /// When the data in the binary is damaged, that is: never in a sound build.
    pub fn new() -> Result<Self, seisho_dictionary::Error> {
        let words = seisho_dictionary::load()?;
        let segmenter = Segmenter::new(Mode::Normal, words.general, Some(words.municipal)).keep_whitespace(true);
        Ok(Self { segmenter })
    }

    /// Scratch for one thread. Keep it: it reuses its memory from text to text.
    #[must_use]
    pub fn worker(&self) -> Worker {
        Worker { inner: self.segmenter.new_worker() }
    }
}

/// Cuts texts, one after the other.
pub struct Worker {
    inner: SegmentWorker,
}

impl Worker {
    /// The words of a text, white space included: they lie end to end and cover it.
    ///
    /// A text that lindera refuses (it documents no such case) comes back as one unknown word.
    pub fn segment(&mut self, text: &str) -> Vec<Token> {
        match self.inner.segment(text) {
            Ok(found) => found.iter().map(|found| token(found, text)).collect(),
            Err(_) => vec![Token { range: TextRange::new(0, text.len()), pos: PartOfSpeech::Other, conjugation: None, unknown: true }],
        }
    }

    /// How the text is read aloud, in katakana; what the dictionary does not have stands as it is written.
    pub fn reading(&mut self, text: &str) -> String {
        /// Level of the dictionary's entry that holds the reading.
        const READING: usize = 7;
        let Ok(found) = self.inner.segment(text) else { return text.to_owned() };
        let read = |token: &lindera::token::Token<'_>| {
            let surface = &text[token.byte_start..token.byte_end];
            let said = details(token).nth(READING).filter(|r| *r != "*" && !r.is_empty() && *r != "UNK");
            said.unwrap_or(surface).to_owned()
        };
        found.iter().map(read).collect()
    }

    /// What the best cut of the text costs, in mecab-ipadic's units: lower is more usual Japanese.
    ///
    /// Costs of different texts compare only when they hold the same characters. Takes as long as
    /// [`Worker::segment`] (9.5 and 10.3 MB/s, measured 2026-11). `None` when the text is empty or lindera refuses it.
    pub fn cost(&mut self, text: &str) -> Option<i64> {
        self.inner.segment_nbest(text, 1, false, None).ok()?.first().map(|(_, cost)| *cost)
    }
}

/// What the dictionary says of a word, level by level.
fn details<'d>(found: &lindera::token::Token<'d>) -> DetailFields<'d> {
    let id = found.word_id.id() as usize;
    if found.word_id.is_unknown() {
        found.dictionary.unknown_word_details_iter(id)
    } else if found.word_id.is_system() {
        found.dictionary.word_details_iter(id)
    } else {
        found.user_dictionary.map_or_else(DetailFields::unk, |words| words.word_details_iter(id))
    }
}

fn token(found: &lindera::token::Token<'_>, text: &str) -> Token {
    let mut details = details(found);
    // Four levels of part of speech, then the conjugation's type and form.
    let mut next = || details.next().unwrap_or("*");
    let (first, second, third) = (next(), next(), next());
    let (_fourth, _type, form) = (next(), next(), next());
    let surface = &text[found.byte_start..found.byte_end];
    Token {
        range: TextRange::new(found.byte_start, found.byte_end),
        pos: PartOfSpeech::of_symbol(surface).unwrap_or_else(|| PartOfSpeech::from_ipadic(first, second, third)),
        conjugation: Conjugation::from_ipadic(form),
        unknown: found.word_id.is_unknown(),
    }
}

#[cfg(test)]
mod tests;
