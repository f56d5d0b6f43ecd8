//! The two sides of a gap, cut into words apart and together.

use crate::tokenizer::{Token, Worker};
use seisho_model::script::is_katakana;

/// How far words are read on either side, in characters: enough for the longest compound and the
/// particle before it.
const CONTEXT: usize = 40;

/// The neighbourhood of a gap.
pub(super) struct Sides<'t> {
    /// The end of the text before the gap.
    pub left: &'t str,
    /// The beginning of the text after the gap.
    pub right: &'t str,
    /// Both, without the gap.
    pub joined: String,
    /// The words of `left` alone.
    pub left_tokens: Vec<Token>,
    /// The words of `right` alone.
    pub right_tokens: Vec<Token>,
    /// The words of `joined`.
    tokens: Vec<Token>,
    /// A known word lies across the gap, and the best cut of `joined` costs no more than those of its sides,
    /// or an unknown one does that is torn.
    crossed: bool,
}

impl<'t> Sides<'t> {
    /// Reads the words next to the gap.
    pub(super) fn new(worker: &mut Worker, left: &'t str, right: &'t str) -> Self {
        let (left, right) = (tail(left), head(right));
        let joined = format!("{left}{right}");
        let (left_tokens, right_tokens) = (worker.segment(left), worker.segment(right));
        let tokens = worker.segment(&joined);
        let mut sides = Self { left, right, joined, left_tokens, right_tokens, tokens, crossed: false };
        sides.crossed = sides.is_crossed(worker);
        sides
    }

    /// How much the best cut of `joined` costs less than those of its sides. Asks the dictionary three times
    /// more, so ask it late.
    pub(super) fn saved(&self, worker: &mut Worker) -> i64 {
        let mut cost = |text: &str| worker.cost(text).unwrap_or(0);
        cost(self.left) + cost(self.right) - cost(&self.joined)
    }

    /// The word that lies across the gap.
    pub(super) fn crossing(&self) -> Option<&Token> {
        let gap = self.left.len();
        self.tokens.iter().find(|token| token.range.as_usize().start < gap && gap < token.range.as_usize().end)
    }

    /// The first word after the gap in the joined text; `None` when a word lies across.
    pub(super) fn after_gap(&self) -> Option<&Token> {
        self.tokens.iter().find(|token| token.range.as_usize().start == self.left.len())
    }

    /// A word lies across the gap, and it is one: not figures or unknown letters run together.
    pub(super) fn crossed(&self) -> bool {
        self.crossed
    }

    fn is_crossed(&self, worker: &mut Worker) -> bool {
        self.crossing().is_some_and(|token| {
            let word = token.of(&self.joined);
            let at = self.left.len() - token.range.as_usize().start;
            if token.unknown { is_torn(self, word, at) } else { self.saved(worker) >= super::SAVED_CROSSING }
        })
    }
}

/// An unknown word across the gap counts when it is katakana and one of its halves is no word itself.
fn is_torn(sides: &Sides<'_>, word: &str, at: usize) -> bool {
    let katakana = word.chars().all(is_katakana);
    let unknown_half = |token: Option<&Token>, half: usize| token.is_some_and(|token| token.unknown && token.range.len() == half);
    katakana && (unknown_half(sides.left_tokens.last(), at) || unknown_half(sides.right_tokens.first(), word.len() - at))
}

fn tail(text: &str) -> &str {
    let near = text.char_indices().rev().nth(CONTEXT - 1).map_or(text, |(at, _)| &text[at..]);
    near.rsplit('\n').next().unwrap_or(near)
}

fn head(text: &str) -> &str {
    let near = text.char_indices().nth(CONTEXT).map_or(text, |(at, _)| &text[..at]);
    near.split('\n').next().unwrap_or(near)
}
