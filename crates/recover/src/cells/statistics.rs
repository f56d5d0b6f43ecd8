//! What a dump shows of itself: how wide its columns are, and which short nouns are cells. Knows lines and words.

use crate::cells::narrow_cells;
use crate::text::segments::Segment;
use seisho_japanese::join::{Gap, Reason, joint};
use seisho_japanese::tokenizer::Worker;
use std::collections::{BTreeMap, BTreeSet};

/// A full line may be so many columns short of the widest: a character that may not begin a line, or half of one.
pub(crate) const SLACK: u32 = 4;
/// Points for each segment between two lines of a text.
const STEP: i32 = -3;
const FAR_STEP: i32 = -15;

/// What the document shows of itself.
pub(crate) struct Habits {
    /// Widths of lines that a word runs beyond: widths of columns.
    full: Vec<u32>,
    /// Short nouns that stand alone again and again: cells of a narrow column.
    pub(crate) cells: BTreeSet<String>,
    /// Points for each segment between two lines of a text: many against it where rows follow each other, for then
    /// the lines of a cell do.
    pub(crate) step: i32,
    /// Short nouns that two lines below each other make, again and again.
    torn: BTreeSet<String>,
}

impl Habits {
    pub(crate) fn new(segments: &[Segment], body: &[usize], words: &[String], rows_follow: bool, worker: &mut Worker) -> Self {
        Self {
            full: full_widths(segments, body, worker),
            cells: recurring(segments, body, words),
            step: if rows_follow { FAR_STEP } else { STEP },
            torn: torn(segments, body),
        }
    }

    /// A cell of a narrow column, whole or in two lines.
    pub(crate) fn recurs(&self, text: &str) -> bool {
        self.cells.contains(text) || self.torn.contains(text)
    }

    /// Whether a line was cut by the width of its column; none where the document shows no widths.
    pub(crate) fn is_full(&self, width: u32) -> Option<bool> {
        (!self.full.is_empty()).then(|| self.full.iter().any(|&w| w.abs_diff(width) <= SLACK))
    }
}

/// Widths at which lines are cut inside a word, each seen twice or more, nearly.
fn full_widths(segments: &[Segment], body: &[usize], worker: &mut Worker) -> Vec<u32> {
    let mut widths: Vec<u32> = Vec::new();
    for pair in body.windows(2) {
        let (a, b) = (&segments[pair[0]], &segments[pair[1]]);
        let below = b.is_below(a) && a.of == 1 && b.of == 1;
        if below && cuts_a_word(joint(worker, &a.text, &b.text, Gap::LineBreak).reason) {
            widths.push(a.width());
        }
    }
    widths.sort_unstable();
    let near = |w: u32| widths.partition_point(|&o| o <= w + 2) - widths.partition_point(|&o| o + 2 < w);
    let mut kept: Vec<u32> = widths.iter().copied().filter(|&w| near(w) > 1).collect();
    kept.dedup();
    kept
}

fn cuts_a_word(reason: Reason) -> bool {
    matches!(reason, Reason::WordCut | Reason::RightLeans | Reason::Number)
}

/// Short nouns that stand alone twice or more, and those that the form knows.
fn recurring(segments: &[Segment], body: &[usize], words: &[String]) -> BTreeSet<String> {
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    for segment in body.iter().map(|&i| &segments[i]) {
        *count.entry(&segment.text).or_insert(0) += 1;
    }
    let is_cell = |text: &str, n: u32| words.iter().any(|w| w == text) || (n > 1 && is_short_noun(text));
    count.into_iter().filter(|&(text, n)| is_cell(text, n)).map(|(text, _)| text.to_owned()).collect()
}

/// Short nouns that two lines below each other make, twice or more.
fn torn(segments: &[Segment], body: &[usize]) -> BTreeSet<String> {
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    for (a, b) in body.windows(2).map(|w| (&segments[w[0]], &segments[w[1]])).filter(|(a, b)| b.is_below(a)) {
        *count.entry(format!("{}{}", a.text, b.text)).or_insert(0) += 1;
    }
    count.into_iter().filter(|(text, n)| *n > 1 && is_short_noun(text)).map(|(text, _)| text).collect()
}

/// A noun as cells of categories hold: three to twelve letters. Of two are 調整 and 縮減, the last words of a cut
/// sentence.
pub(crate) fn is_short_noun(text: &str) -> bool {
    (3..=12).contains(&text.chars().count()) && narrow_cells::is_nominal(text)
}
