//! Words that engines are known to misread: the list of `data/misreadings.toml`. Knows the letters around them, which may
//! make them part of a right word; nothing of shapes and scores.

use serde::Deserialize;
use std::ops::Range;

/// A wrong word, and where it is none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Misreading {
    wrong: String,
    pub(super) right: String,
    /// Letters behind which the word is part of a right one: 今 of 今日的.
    #[serde(default)]
    not_after: String,
    /// Letters before which it is: 象 of 点検対象.
    #[serde(default)]
    not_before: String,
    #[expect(dead_code, reason = "says where the entry comes from")]
    engine: String,
    #[expect(dead_code, reason = "says where the entry comes from")]
    version: String,
    #[expect(dead_code, reason = "says where the entry comes from")]
    count: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    misreading: Vec<Misreading>,
}

/// The list that comes with the program.
pub(super) fn built_in() -> Vec<Misreading> {
    const DATA: &str = include_str!("../../../../data/misreadings.toml");
    toml::from_str(DATA).map(|data: Data| data.misreading).unwrap_or_default()
}

impl Misreading {
    /// Where a reading has it, and not as a part of a right word.
    pub(super) fn places(&self, raw: &str) -> impl Iterator<Item = Range<usize>> {
        raw.match_indices(&self.wrong).map(|(at, wrong)| at..at + wrong.len()).filter(|range| {
            let before = raw[..range.start].chars().next_back();
            let after = raw[range.end..].chars().next();
            !before.is_some_and(|c| self.not_after.contains(c)) && !after.is_some_and(|c| self.not_before.contains(c))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_names_every_word_once() {
        let list = built_in();
        assert!(!list.is_empty(), "data/misreadings.toml is damaged");
        let mut words: Vec<&str> = list.iter().map(|m| m.wrong.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), list.len());
    }
}
