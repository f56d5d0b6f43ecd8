//! How a document indents: where a paragraph's further lines stand, and where the next paragraph begins.

use super::line::{FULL_SLACK, TextLine};
use seisho_model::layout::Wrap;
use seisho_reading::ends_sentence;
use std::collections::{BTreeMap, BTreeSet};

/// Indents, in columns, by that of a paragraph's first line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Indents {
    /// Of lines that certainly go on: the one before is full and ends no sentence.
    further: BTreeMap<u32, BTreeSet<u32>>,
    /// Of lines that certainly begin anew: the one before ends a sentence early.
    fresh: BTreeMap<u32, BTreeSet<u32>>,
}

impl Indents {
    /// Learns from the lines about which there is no doubt.
    pub(super) fn learn(lines: &[TextLine<'_>], tight: bool, wrap: Wrap) -> Self {
        let mut indents = Self::default();
        let Wrap::Width(width) = wrap else { return indents };
        let mut first = None; // indent of the paragraph's first line, while it is known
        for pair in lines.windows(2) {
            let (before, line) = (&pair[0], &pair[1]);
            let has_label = |l: &TextLine<'_>| l.label(tight).is_some();
            if has_label(before) {
                first = Some(before.line.indent);
            }
            let is_full = before.extent() + FULL_SLACK >= width;
            let ended = ends_sentence(before.text());
            if has_label(line) || line.line.blank_before > 0 || line.after_break {
                first = None;
                continue;
            }
            let Some(from) = first else {
                first = ended.then_some(line.line.indent).filter(|_| !is_full);
                continue;
            };
            if is_full && !ended {
                indents.further.entry(from).or_default().insert(line.line.indent);
            } else if ended && !is_full {
                indents.fresh.entry(from).or_default().insert(line.line.indent);
                first = Some(line.line.indent);
            } else {
                first = None;
            }
        }
        indents
    }

    /// Whether a line with this indent goes on with a paragraph that began at `first`; none where the
    /// document does not tell the two apart.
    pub(super) fn goes_on(&self, first: u32, indent: u32) -> Option<bool> {
        let seen = |map: &BTreeMap<u32, BTreeSet<u32>>| map.get(&first).is_some_and(|set| set.contains(&indent));
        match (seen(&self.further), seen(&self.fresh)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}
