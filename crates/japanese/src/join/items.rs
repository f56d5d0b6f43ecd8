//! Lists whose marks were lost: items in a row, with a space between them.
//!
//! A space separates, unless the two sides belong together. Where every item is a sentence, a space
//! that follows no 。 is inside one.

use super::sides::Sides;
use super::{Gap, Joint, Reason, Verdict, by_words, joint, marks};
use crate::tokenizer::Worker;
use seisho_model::text::TextRange;

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its bytes, white space at the ends left out.
    pub range: TextRange,
    /// Gaps inside it that are not part of the text: a stray space inside a word or a phrase.
    pub stray: Vec<TextRange>,
    /// It may begin elsewhere: what stands before could belong to it, or a gap inside separate.
    pub guess: bool,
}

/// Splits a text into the items that spaces separate.
pub fn split_unmarked_items(worker: &mut Worker, text: &str) -> Vec<Item> {
    let sentences = are_sentences(text);
    let mut items: Vec<Item> = Vec::new();
    for word in words(text) {
        let Some(item) = items.last_mut() else {
            items.push(Item { range: word, stray: Vec::new(), guess: false });
            continue;
        };
        let (left, right) = (&text[item.range.as_usize()], &text[word.start as usize..]);
        let found = joint(worker, left, right, Gap::Space);
        let in_sentence = sentences && !marks::ends_sentence(left);
        if found.verdict == Verdict::Join || (in_sentence && found.reason != Reason::Label) {
            let kept = keeps_space(worker, found, left, right);
            if !kept {
                item.stray.push(TextRange { start: item.range.end, end: word.start });
            }
            let weak =
                matches!(found.reason, Reason::Cost | Reason::Figure | Reason::Connective) || (kept && found.reason == Reason::OpenBracket);
            item.guess |= found.verdict != Verdict::Join || weak;
            item.range.end = word.end;
        } else {
            items.push(Item { range: word, stray: Vec::new(), guess: found.verdict == Verdict::Unsure });
        }
    }
    items
}

/// The text ends with 。, and so does what stands before one of its spaces.
fn are_sentences(text: &str) -> bool {
    let text = text.trim_end();
    marks::ends_sentence(text)
        && words(text).iter().any(|word| word.end as usize != text.len() && marks::ends_sentence(&text[..word.end as usize]))
}

/// The space inside an item stays where it separates words that a writer sets apart.
fn keeps_space(worker: &mut Worker, found: Joint, left: &str, right: &str) -> bool {
    match found.reason {
        Reason::LatinWords | Reason::Figure => true,
        Reason::OpenBracket | Reason::SentenceEnd | Reason::Nothing | Reason::ClauseEnd => {
            let inside = left.ends_with(marks::is_fence) || right.starts_with(marks::is_fence) || marks::number_goes_on(left, right);
            !inside && by_words(&Sides::new(worker, left, right), Gap::Space).is_none_or(|j| j.verdict != Verdict::Join || j.keeps_space())
        }
        _ => false,
    }
}

fn words(text: &str) -> Vec<TextRange> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| TextRange::new(start(word), start(word) + word.len())).collect()
}
