//! A text after edits, with the way back to what the source said.
//!
//! Raw text is never changed: an edit says which bytes of the raw text became which bytes of the
//! text, by which rule, and whether anything could have been lost. Knows no rules itself.

use crate::units::text::TextRange;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far an edit can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// Nothing that a reader could miss was changed: a wrapped line joined, layout space closed up.
    Lossless,
    /// It may be wrong. Always comes with a finding.
    Guess,
}

/// One change on the way from raw text to text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Stable name of the rule, in kebab case: `join-wrapped-line`.
    pub rule: &'static str,
    /// What was replaced, in the raw text.
    pub raw: TextRange,
    /// What stands for it now, in the text; empty where it was removed.
    pub text: TextRange,
    /// Whether it may be wrong.
    pub trust: Trust,
}

impl Edit {
    /// The change that leads to this edit again; `text` is the text that it led to.
    #[must_use]
    pub fn as_change(&self, text: &str) -> Change {
        Change { rule: self.rule, raw: self.raw, with: text[self.text.as_usize()].to_owned(), trust: self.trust }
    }
}

/// A change that a rule asks for, before it is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Stable name of the rule, in kebab case.
    pub rule: &'static str,
    /// What to replace, in the raw text.
    pub raw: TextRange,
    /// What to put there; empty to remove.
    pub with: String,
    /// Whether it may be wrong.
    pub trust: Trust,
}

impl Change {
    /// A change that loses nothing.
    #[must_use]
    pub fn lossless(rule: &'static str, raw: TextRange, with: impl Into<String>) -> Self {
        Self { rule, raw, with: with.into(), trust: Trust::Lossless }
    }
}

/// A text and the edits that led to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// What the source said.
    pub raw: String,
    /// What a record says.
    pub text: String,
    /// The difference, in order, without overlaps.
    pub edits: Vec<Edit>,
}

impl Edited {
    /// The text as the source said it.
    #[must_use]
    pub fn unchanged(raw: impl Into<String>) -> Self {
        let raw = raw.into();
        Self { text: raw.clone(), raw, edits: Vec::new() }
    }

    /// Carries the changes out. They may come in any order; of two that overlap, the one that starts
    /// first is kept, and of two that start together the longer one, then the one given first.
    #[must_use]
    pub fn apply(raw: impl Into<String>, mut changes: Vec<Change>) -> Self {
        let raw = raw.into();
        changes.sort_by_key(|c| (c.raw.start, std::cmp::Reverse(c.raw.end)));
        let mut text = String::with_capacity(raw.len());
        let mut edits = Vec::with_capacity(changes.len());
        let mut at = 0;
        for change in changes {
            let range = change.raw.as_usize();
            if range.start < at {
                continue;
            }
            text.push_str(&raw[at..range.start]);
            let start = text.len();
            text.push_str(&change.with);
            edits.push(Edit { rule: change.rule, raw: change.raw, text: TextRange::new(start, text.len()), trust: change.trust });
            at = range.end;
        }
        text.push_str(&raw[at..]);
        Self { raw, text, edits }
    }

    /// The byte of the raw text at which a byte of the text begins; of a replaced stretch, its end.
    #[must_use]
    pub fn raw_position(&self, at: usize) -> usize {
        let at = TextRange::new(at, at).start;
        match self.edits.iter().rev().find(|e| e.text.start < at || (e.text.is_empty() && e.text.start == at)) {
            None => at as usize,
            Some(e) => (e.raw.end + at.saturating_sub(e.text.end)) as usize,
        }
    }

    /// The raw bytes behind a range of the text, widened to whole edits where it touches one.
    #[must_use]
    pub fn to_raw(&self, range: TextRange) -> TextRange {
        let position = |at: u32, widen_to_end: bool| -> u32 {
            // The last edit that starts before `at` decides: inside it, widen; behind it, shift.
            match self.edits[..self.edits.partition_point(|e| e.text.start < at)].last() {
                None => at,
                Some(e) if at < e.text.end => {
                    if widen_to_end {
                        e.raw.end
                    } else {
                        e.raw.start
                    }
                }
                Some(e) => e.raw.end + (at - e.text.end),
            }
        };
        // What was removed just before the range is not part of it.
        let removed = self.edits.iter().rev().find(|e| e.text.is_empty() && e.text.start == range.start);
        let start = removed.map_or_else(|| position(range.start, false), |e| e.raw.end);
        TextRange { start, end: position(range.end, true).max(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_the_text_leads_back_to_the_raw_text() {
        // raw  あい\nうえ  (3 bytes a kana, 1 the newline), the newline removed
        let e = Edited::apply("あい\nうえ", vec![Change::lossless("join-wrapped-line", TextRange::new(6, 7), "")]);
        assert_eq!(e.text, "あいうえ");
        assert_eq!(e.to_raw(TextRange::new(0, 3)), TextRange::new(0, 3)); // あ
        assert_eq!(e.to_raw(TextRange::new(3, 9)), TextRange::new(3, 10)); // い⏎う
        assert_eq!(e.to_raw(TextRange::new(6, 9)), TextRange::new(7, 10)); // う, without the newline before it
        assert_eq!(e.to_raw(TextRange::new(9, 12)), TextRange::new(10, 13)); // え
    }

    #[test]
    fn a_part_of_an_edit_leads_back_to_the_whole_edit() {
        let e = Edited::apply(
            "か\u{3099}&amp;",
            vec![
                Change::lossless("compose-voiced-kana", TextRange::new(0, 6), "が"),
                Change::lossless("decode-entity", TextRange::new(6, 11), "&"),
            ],
        );
        assert_eq!(e.text, "が&");
        assert_eq!(e.to_raw(TextRange::new(3, 4)), TextRange::new(6, 11));
        assert_eq!(e.to_raw(TextRange::new(0, 3)), TextRange::new(0, 6));
    }

    #[test]
    fn of_two_overlapping_changes_the_first_one_stands() {
        let e = Edited::apply(
            "abc",
            vec![Change::lossless("late", TextRange::new(1, 3), "y"), Change::lossless("early", TextRange::new(0, 2), "x")],
        );
        assert_eq!((e.text.as_str(), e.edits.len()), ("xc", 1));
    }
}
