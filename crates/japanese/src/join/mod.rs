//! Does the text before a gap go on after it?
//!
//! A gap is a space inside a cell, a line break, or a blank line or page break. Whether it stands
//! inside a word, inside a sentence, or between two things is told by the language alone here.
//! Knows nothing of pages: how full a line was, or how cells lie, is evidence for the caller to add.
//!
//! [`joint`] asks, in this order, and the first answer stands:
//!
//! | evidence | verdict | reason |
//! |---|---|---|
//! | one side is empty | unsure | [`Reason::Nothing`] |
//! | a bracket opened on the left is closed on the right | join | [`Reason::OpenBracket`] |
//! | the left ends with 、 | join | [`Reason::LeftOpen`] |
//! | the right begins with a list mark or label | separate | [`Reason::Label`] |
//! | the right begins with a closing bracket, 。, 、, small kana or ー | join | [`Reason::RightLeans`] |
//! | the left ends a sentence, and after a space なお or また takes it up | join | [`Reason::Connective`] |
//! | the left ends a sentence | separate; unsure at a line break | [`Reason::SentenceEnd`] |
//! | a number with its thousands is whole, and another begins (1,880 52,070) | separate | [`Reason::Number`] |
//! | a number, a date or its unit is cut | join | [`Reason::Number`] |
//! | Latin letters on both sides | join, keeping the space | [`Reason::LatinWords`] |
//! | the left ends with ・ or ： or opens a bracket | join | [`Reason::LeftOpen`] |
//! | a word of the best cut of both sides crosses the gap | join; unsure after a whole clause | [`Reason::WordCut`] |
//! | the left ends with a particle, a form that needs another word, or a word that leans to the right | join | [`Reason::LeftOpen`] |
//! | the right begins with a particle, an auxiliary, a suffix, 及び, する after a noun that takes it | join | [`Reason::RightLeans`] |
//! | a figure with its name follows (利用率:85%), at a space | join, keeping the space | [`Reason::Figure`] |
//! | the left is a whole clause without its verb (…を実施) | separate | [`Reason::ClauseEnd`] |
//! | a clause that stops at a noun before the end of a sentence, not at a space | join | [`Reason::Unfinished`] |
//! | a short noun phrase before a sentence, at a paragraph break | separate | [`Reason::Heading`] |
//! | joined, the words cost much less than apart | join | [`Reason::Cost`] |
//! | none of these | unsure | [`Reason::Nothing`] |
//!
//! That joining costs *more* is no evidence: after 関する or 行った the dictionary finds the end of a
//! sentence the cheaper way to go on (measured at spaces: six times as often wrong as right).
//!
//! [`split_names`] and [`split_unmarked_items`] decide the gaps of a whole cell together.
//!
//! # Measured
//! `cargo run --release -p seisho-japanese --example joins`, 2026-11, on the gold texts: a gap at each of
//! 83,503 places inside a paragraph or item (to join), and between 998 items of a cell, or 1,503 items
//! and paragraphs, that follow each other (to separate). The rules were refined on these texts; the
//! second list of names, which the dictionary does not have, was written afterwards; one rule followed from
//! it (a bare suffix, 事務局, is no name).
//!
//! | gap | to join: join / unsure / separate | to separate: join / unsure / separate |
//! |---|---|---|
//! | space | 89.8 / 9.7 / 0.4 % | 0.1 / 26.1 / 73.8 % |
//! | line break | 91.8 / 7.7 / 0.4 % | 1.2 / 71.6 / 27.2 % |
//! | paragraph break | 91.8 / 6.0 / 2.2 % | 0.6 / 17.8 / 81.6 % |
//!
//! What is left unsure inside texts is compounds of whole nouns (応援 | 体制), and at line breaks what
//! follows a 。; at paragraph breaks what is wrongly separated is beginnings of paragraphs of less than
//! 30 letters, which pages rarely leave behind.
//!
//! | cells | right | called a guess | wrong unsaid |
//! |---|---|---|---|
//! | 61 names of the gold (40 of them in the dictionary): cut, in pairs, in threes with one or two cut (4,294 cells) | 100 % | 0–25 % | 0 |
//! | 48 names that the dictionary does not have, likewise (3,831) | 99.7 % | 0–53 % | 0 |
//! | 749 cells of the gold, 538 with more items than one, put in a row: 1,028 boundaries | 99.3 % | 272 boundaries | 0 |
//! | the same with one stray space inside an item | 89.2 % | 373 boundaries | 2 |

mod items;
mod marks;
mod names;
mod sides;

pub use items::{Item, split_unmarked_items};
pub use marks::starts_with_label;
pub use names::{NameSpan, split_names};

use crate::tokenizer::{Conjugation, Noun, PartOfSpeech, Particle, Symbol, Token, Verb, Worker};
use seisho_model::script::{is_hiragana, is_latin};
use sides::Sides;

/// What stands between two pieces of text in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// A space inside a line.
    Space,
    /// A line break.
    LineBreak,
    /// A blank line, a page break, a new block.
    ParagraphBreak,
}

/// Whether two pieces of text belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They are one text; the gap is layout.
    Join,
    /// They are two.
    Separate,
    /// The language does not say.
    Unsure,
}

/// What a verdict rests on; see the table of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nothing speaks for either side.
    Nothing,
    /// A bracket opened on the left is closed on the right.
    OpenBracket,
    /// The right begins with a list mark or label.
    Label,
    /// The right cannot begin a phrase.
    RightLeans,
    /// The left ends with 。.
    SentenceEnd,
    /// Latin letters on both sides.
    LatinWords,
    /// The left cannot end a phrase.
    LeftOpen,
    /// A word lies across the gap.
    WordCut,
    /// A number, a date or its unit lies across the gap.
    Number,
    /// The right is a figure with its name.
    Figure,
    /// The left is a whole clause that stops at a noun: …を実施.
    ClauseEnd,
    /// The right takes up the sentence before: なお, また.
    Connective,
    /// The left is a heading, the right a sentence.
    Heading,
    /// The left stops inside a sentence that the right ends.
    Unfinished,
    /// The usual order of words, by cost.
    Cost,
}

impl Reason {
    /// Stable name, in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::OpenBracket => "open-bracket",
            Self::Label => "label",
            Self::RightLeans => "right-leans",
            Self::SentenceEnd => "sentence-end",
            Self::LatinWords => "latin-words",
            Self::LeftOpen => "left-open",
            Self::WordCut => "word-cut",
            Self::Number => "number",
            Self::Figure => "figure",
            Self::ClauseEnd => "clause-end",
            Self::Connective => "connective",
            Self::Heading => "heading",
            Self::Unfinished => "unfinished",
            Self::Cost => "cost",
        }
    }
}

/// A verdict and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// Whether the two sides belong together.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
}

impl Joint {
    /// Joined, but by a space: it stands between words, not inside one.
    #[must_use]
    pub fn keeps_space(self) -> bool {
        matches!(self.reason, Reason::LatinWords | Reason::Figure)
    }
}

/// Cost saved by joining from which the two sides are one text. Where nothing else decided, inside texts
/// one gap in nine saves more; between items and paragraphs none did (in a sample of a fifth, the most was
/// 3,036; measured 2026-11, `examples/joins.rs`).
const SAVED_JOIN: i64 = 3500;
/// Cost saved by joining from which a known word across the gap is no accident. Between items, 3 of 998
/// gaps had a word across, all after a whole clause, which is asked first: so any saving will do
/// (measured 2026-11, `examples/joins.rs`).
const SAVED_CROSSING: i64 = 0;
/// Longest heading, in characters: the longest of the gold has 24 (measured 2026-11).
const HEADING: usize = 30;

/// Does `left` go on in `right`?
///
/// White space at the gap does not matter; about 40 characters on each side are read, brackets
/// farther.
pub fn joint(worker: &mut Worker, left: &str, right: &str, gap: Gap) -> Joint {
    let (left, right) = (left.trim_end(), right.trim_start());
    if let Some(known) = by_characters(left, right, gap) {
        return known;
    }
    let sides = Sides::new(worker, left, right);
    by_words(&sides, gap).or_else(|| by_sentence(worker, &sides, left, right, gap)).unwrap_or_else(|| by_cost(worker, &sides))
}

fn join(reason: Reason) -> Option<Joint> {
    Some(Joint { verdict: Verdict::Join, reason })
}

fn separate(reason: Reason) -> Option<Joint> {
    Some(Joint { verdict: Verdict::Separate, reason })
}

fn unsure(reason: Reason) -> Option<Joint> {
    Some(Joint { verdict: Verdict::Unsure, reason })
}

/// What the characters at the gap say.
fn by_characters(left: &str, right: &str, gap: Gap) -> Option<Joint> {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else {
        return unsure(Reason::Nothing);
    };
    if marks::closes_bracket(left, right) {
        return join(Reason::OpenBracket);
    }
    if matches!(last, '、' | '，' | '､') {
        return join(Reason::LeftOpen);
    }
    if marks::starts_with_label(right) {
        return separate(Reason::Label);
    }
    if marks::cannot_start(first) {
        return join(Reason::RightLeans);
    }
    let quoted = last != '。' && is_hiragana(first);
    if marks::ends_sentence(left) && !quoted {
        if gap == Gap::Space && marks::takes_up(right) {
            return join(Reason::Connective);
        }
        return if gap == Gap::LineBreak { unsure(Reason::SentenceEnd) } else { separate(Reason::SentenceEnd) };
    }
    if marks::number_ends(left, right) {
        return separate(Reason::Number);
    }
    if marks::number_goes_on(left, right) {
        return join(Reason::Number);
    }
    if is_latin(last) && (is_latin(first) || first.is_ascii_digit()) {
        return join(Reason::LatinWords);
    }
    if matches!(last, '・' | '：' | ':' | '／' | '～' | '「' | '『' | '（' | '(' | '【' | '〔') {
        return join(Reason::LeftOpen);
    }
    None
}

/// What the words at the gap say.
fn by_words(sides: &Sides<'_>, gap: Gap) -> Option<Joint> {
    let whole = is_whole_clause(sides);
    if sides.crossed() {
        // 実施 | 計画 is a word, and 〇〇を実施 | 計画を策定 is not.
        return if whole { unsure(Reason::WordCut) } else { join(Reason::WordCut) };
    }
    if left_is_open(sides, gap) {
        return join(Reason::LeftOpen);
    }
    if right_leans(sides) {
        return join(Reason::RightLeans);
    }
    if gap == Gap::Space && marks::starts_with_figure(sides.right) {
        return join(Reason::Figure);
    }
    if whole { separate(Reason::ClauseEnd) } else { None }
}

/// Titles may end like this, and so may items of a list.
const TITLE_ENDS: &[&str] = &["について", "に関して", "に向けて", "にむけて", "へ", "を目指して", "をめざして", "とは"];

fn left_is_open(sides: &Sides<'_>, gap: Gap) -> bool {
    let Some((last, before)) = sides.left_tokens.split_last() else { return false };
    if gap != Gap::LineBreak && TITLE_ENDS.iter().any(|end| sides.left.ends_with(end)) {
        return false;
    }
    match last.pos {
        PartOfSpeech::Particle(kind) => !matches!(kind, Particle::Final | Particle::Adverbial | Particle::Other),
        PartOfSpeech::Prefix | PartOfSpeech::Adnominal | PartOfSpeech::Conjunction => true,
        pos if pos.conjugates() => match last.conjugation {
            Some(
                Conjugation::BeforeTeOrTa | Conjugation::Irrealis | Conjugation::Conditional | Conjugation::Attributive | Conjugation::Stem,
            ) => true,
            Some(Conjugation::Continuative) => !is_nominal(last, before, sides.left),
            _ => false,
        },
        _ => false,
    }
}

/// The continuative form as a noun: 課題の洗い出し, 地域見守り; not 事業に取り組み, 実施し.
fn is_nominal(last: &Token, before: &[Token], text: &str) -> bool {
    if last.pos != PartOfSpeech::Verb(Verb::Independent) || matches!(last.of(text), "し" | "い" | "あり") {
        return false;
    }
    match before.last().map(|token| token.pos) {
        Some(PartOfSpeech::Particle(Particle::Adnominalizing)) => true,
        Some(pos) => pos.is_noun(),
        None => true,
    }
}

fn right_leans(sides: &Sides<'_>) -> bool {
    let (Some(last), Some(first)) = (sides.left_tokens.last(), sides.after_gap()) else { return false };
    let alone = sides.right_tokens.first().map(|token| token.pos);
    match first.pos {
        PartOfSpeech::Noun(Noun::Dependent) => last.pos.conjugates(),
        PartOfSpeech::Noun(Noun::Counter) => last.pos == PartOfSpeech::Noun(Noun::Number),
        PartOfSpeech::Verb(Verb::Dependent) => last.pos.conjugates() || last.pos == PartOfSpeech::Particle(Particle::Conjunctive),
        PartOfSpeech::Verb(Verb::Independent) => {
            takes_suru(last.pos) && matches!(first.of(&sides.joined), "する" | "し" | "さ" | "せ" | "すれ" | "でき" | "できる")
        }
        // A noun that may also be a suffix (市, 会, 等) begins a phrase when it stands first.
        PartOfSpeech::Noun(Noun::Suffix | Noun::VerbalSuffix | Noun::AdjectivalSuffix) => alone.is_none_or(PartOfSpeech::leans_left),
        PartOfSpeech::Conjunction => matches!(
            first.of(&sides.joined),
            "及び" | "および" | "並びに" | "ならびに" | "又は" | "または" | "若しくは" | "もしくは" | "かつ"
        ),
        PartOfSpeech::Symbol(Symbol::Open) => false,
        pos => {
            // で begins a sentence when it stands alone, and leans here.
            let same = sides.right_tokens.first().is_some_and(|token| token.range.len() == first.range.len());
            pos.leans_left() && (same || alone.is_none_or(|alone| alone.leans_left() || alone.conjugates()))
        }
    }
}

/// A clause that needs no verb: its last word is a noun that takes する, and something waits for it: an
/// object (パブリックコメントを5月末から 実施), or a word right before it (速やかに 対応). What follows is
/// neither する nor a suffix nor a bracket.
fn is_whole_clause(sides: &Sides<'_>) -> bool {
    let Some((last, before)) = sides.left_tokens.split_last() else { return false };
    let clause = before.iter().rev().take_while(|t| !t.pos.conjugates() && t.pos != PartOfSpeech::Symbol(Symbol::Comma));
    let has_object = clause.into_iter().any(|t| t.pos == PartOfSpeech::Particle(Particle::Case) && t.of(sides.left) == "を");
    let awaited = before.last().is_some_and(|t| match t.pos {
        PartOfSpeech::Particle(Particle::Case | Particle::Adverbializing) => matches!(t.of(sides.left), "に" | "へ" | "で" | "と"),
        _ => t.of(sides.left) == "よう",
    });
    let starts_anew = |token: Option<&Token>| {
        token.is_none_or(|t| !t.pos.leans_left() && !t.pos.conjugates() && !matches!(t.pos, PartOfSpeech::Symbol(Symbol::Open)))
    };
    takes_suru(last.pos)
        && !last.unknown
        && (has_object || awaited)
        && starts_anew(sides.right_tokens.first())
        && starts_anew(sides.after_gap())
}

fn takes_suru(pos: PartOfSpeech) -> bool {
    matches!(pos, PartOfSpeech::Noun(Noun::Verbal | Noun::VerbalSuffix))
}

/// What the sentence says that the two sides would be.
fn by_sentence(worker: &mut Worker, sides: &Sides<'_>, left: &str, right: &str, gap: Gap) -> Option<Joint> {
    if gap == Gap::Space || !marks::has_sentence_end(right) || !sides.left_tokens.last().is_some_and(|token| token.pos.is_noun()) {
        return None;
    }
    let clause = left.rsplit(['。', '．', '\n']).next().unwrap_or(left);
    if clause.contains(['、', '，']) || clause.len() < left.len() {
        return join(Reason::Unfinished);
    }
    let heading = left.chars().count() <= HEADING && !sides.left_tokens.iter().any(is_of_a_sentence);
    match gap {
        Gap::ParagraphBreak if heading && sides.saved(worker) <= 0 => separate(Reason::Heading),
        _ => None,
    }
}

/// A word that headings do not have: は, を, a predicate other than one before a noun.
fn is_of_a_sentence(token: &Token) -> bool {
    matches!(token.pos, PartOfSpeech::Particle(Particle::Topic | Particle::Conjunctive))
}

fn by_cost(worker: &mut Worker, sides: &Sides<'_>) -> Joint {
    if sides.saved(worker) >= SAVED_JOIN {
        Joint { verdict: Verdict::Join, reason: Reason::Cost }
    } else {
        Joint { verdict: Verdict::Unsure, reason: Reason::Nothing }
    }
}

#[cfg(test)]
mod tests;
