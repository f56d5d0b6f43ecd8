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

mod memo;
mod tags;

pub use tags::{Conjugation, Noun, PartOfSpeech, Particle, Symbol, Verb};

use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera::worker::SegmentWorker;
use lindera_dictionary::dictionary::DetailFields;
use lindera_dictionary::viterbi::{WordEntry, WordId};
use memo::Memo;
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

    /// The same, in a text that has so many bytes more before it.
    fn shifted(self, by: usize) -> Self {
        let range = self.range.as_usize();
        Self { range: TextRange::new(range.start + by, range.end + by), ..self }
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
        Worker { inner: self.segmenter.new_worker(), known: Memo::default(), entries: Entries::default() }
    }
}

/// Cuts texts, one after the other.
pub struct Worker {
    inner: SegmentWorker,
    known: Memo<Cut>,
    entries: Entries,
}

impl Worker {
    /// The words of a text, white space included: they lie end to end and cover it.
    ///
    /// A text that lindera refuses (it documents no such case) comes back as one unknown word.
    pub fn segment(&mut self, text: &str) -> Vec<Token> {
        let mut words = Vec::with_capacity(text.len() / 4);
        for (start, sentence) in sentences(text) {
            if self.add_words(sentence, start, &mut words).is_none() {
                return vec![Token { range: TextRange::new(0, text.len()), pos: PartOfSpeech::Other, conjugation: None, unknown: true }];
            }
        }
        words
    }

    /// The words of a sentence that begins at `start`; none where lindera refuses it.
    fn add_words(&mut self, sentence: &str, start: usize, words: &mut Vec<Token>) -> Option<()> {
        self.cut(sentence, |cut| words.extend(cut.words.iter().map(|token| token.shifted(start))))
    }

    /// Does something with the best cut of a sentence, from before or anew.
    fn cut<T>(&mut self, sentence: &str, with: impl FnOnce(&Cut) -> T) -> Option<T> {
        let Self { inner, known, entries } = self;
        let mut anew = || Some(Cut::new(&inner.segment(sentence).ok()?, sentence, entries));
        if sentence.len() > memo::LONGEST { anew().as_ref().map(with) } else { known.get(sentence, anew).map(with) }
    }

    /// How the text is read aloud, in katakana; what the dictionary does not have stands as it is written.
    pub fn reading(&mut self, text: &str) -> String {
        /// Level of an entry that holds the reading, where it is not one of the general dictionary.
        const READING: usize = 7;
        let Ok(found) = self.inner.segment(text) else { return text.to_owned() };
        let read = |token: &lindera::token::Token<'_>| {
            let surface = &text[token.byte_start..token.byte_end];
            let said = match token.word_id.is_system() {
                true => seisho_dictionary::reading(token.word_id.id() as usize),
                false => details(token).nth(READING).map(str::to_owned),
            };
            let said = said.filter(|r| *r != "*" && !r.is_empty() && *r != "UNK");
            said.unwrap_or_else(|| surface.to_owned())
        };
        found.iter().map(read).collect()
    }

    /// What the best cut of the text costs, in mecab-ipadic's units: lower is more usual Japanese.
    ///
    /// Costs of different texts compare only when they hold the same characters. `None` when the text is empty or lindera
    /// refuses it.
    pub fn cost(&mut self, text: &str) -> Option<i64> {
        sentences(text)
            .map(|(_, sentence)| self.cost_of(sentence))
            .try_fold(None, |sum, cost| Some(Some(sum.unwrap_or(0) + cost?)))
            .flatten()
    }

    fn cost_of(&mut self, sentence: &str) -> Option<i64> {
        match self.cut(sentence, |cut| cut.cost)? {
            Some(cost) => Some(cost),
            // A word whose cost is not where it should be.
            None => self.inner.segment_nbest(sentence, 1, false, None).ok()?.first().map(|(_, cost)| *cost),
        }
    }
}

/// The best cut of a sentence.
struct Cut {
    words: Box<[Token]>,
    /// What the words cost, and that they stand beside each other.
    cost: Option<i64>,
}

impl Cut {
    fn new(found: &[lindera::token::Token<'_>], sentence: &str, entries: &mut Entries) -> Self {
        /// Of the edges of a sentence.
        const EDGE: u16 = 0;
        let (mut words, mut cost, mut before) = (Vec::with_capacity(found.len()), Some(0), EDGE);
        for token in found {
            let Entry { pos, conjugation, costs } = entries.of(token, sentence);
            let surface = &sentence[token.byte_start..token.byte_end];
            words.push(Token {
                range: TextRange::new(token.byte_start, token.byte_end),
                pos: PartOfSpeech::of_symbol(surface).unwrap_or(pos),
                conjugation,
                unknown: token.word_id.is_unknown(),
            });
            let joined = |left: u16| i64::from(token.dictionary.connection_cost_matrix.cost(before.into(), left.into()));
            cost = cost.zip(costs).map(|(sum, costs)| sum + joined(costs.left) + i64::from(costs.word));
            before = costs.map_or(EDGE, |costs| costs.right);
        }
        let end = |last: &lindera::token::Token<'_>| i64::from(last.dictionary.connection_cost_matrix.cost(before.into(), EDGE.into()));
        Self { words: words.into(), cost: cost.zip(found.last().map(end)).map(|(sum, end)| sum + end) }
    }
}

/// The parts of a text between which no word lies and no cost is counted, each with its place: lindera begins anew behind
/// each of these.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive(['\n', '\t', '。', '、']).map(move |part| (part.as_ptr() as usize - text.as_ptr() as usize, part))
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

/// What the dictionary says of a word.
#[derive(Clone, Copy)]
struct Entry {
    pos: PartOfSpeech,
    conjugation: Option<Conjugation>,
    costs: Option<Costs>,
}

/// What a word costs, and its kinds as a neighbour.
#[derive(Clone, Copy)]
struct Costs {
    word: i16,
    left: u16,
    right: u16,
}

/// Words of the dictionary by their numbers: read once, as long as no other word takes the place.
#[derive(Default)]
struct Entries(Vec<Option<(WordId, Entry)>>);

impl Entries {
    /// Places.
    const PLACES: usize = 1 << 12;

    fn of(&mut self, found: &lindera::token::Token<'_>, sentence: &str) -> Entry {
        if self.0.is_empty() {
            self.0.resize(Self::PLACES, None);
        }
        let place = &mut self.0[found.word_id.id() as usize % Self::PLACES];
        if let Some((_, entry)) = place.filter(|(id, _)| *id == found.word_id) {
            return entry;
        }
        let mut details = details(found);
        // Four levels of part of speech, then the conjugation's type and form.
        let mut next = || details.next().unwrap_or("*");
        let (first, second, third) = (next(), next(), next());
        let (_fourth, _type, form) = (next(), next(), next());
        let (pos, conjugation) = (PartOfSpeech::from_ipadic(first, second, third), Conjugation::from_ipadic(form));
        let entry = Entry { pos, conjugation, costs: costs(found, &sentence[found.byte_start..found.byte_end]) };
        *place = Some((found.word_id, entry));
        entry
    }
}

fn costs(found: &lindera::token::Token<'_>, surface: &str) -> Option<Costs> {
    let of = |entry: WordEntry| {
        Some(Costs { word: entry.word_cost(), left: entry.left_id().try_into().ok()?, right: entry.right_id().try_into().ok()? })
    };
    let id = found.word_id;
    if id.is_unknown() {
        return of(found.dictionary.unknown_dictionary.word_entry(id.id()));
    }
    if id.is_system() {
        return of(found.dictionary.prefix_dictionary.find_surface_iter(surface).find(|entry| entry.word_id() == id)?);
    }
    // A list of words keeps them one behind the other: number, cost, kinds as a right and as a left neighbour.
    let (records, _) = found.user_dictionary?.dict.vals_data.as_chunks::<10>();
    let two = |record: &[u8; 10], at: usize| [record[at], record[at + 1]];
    let own = records.iter().find(|record| record[..4] == id.id().to_le_bytes())?;
    Some(Costs { word: i16::from_le_bytes(two(own, 4)), left: u16::from_le_bytes(two(own, 6)), right: u16::from_le_bytes(two(own, 8)) })
}

#[cfg(test)]
mod tests;
