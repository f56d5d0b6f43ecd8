//! The two languages of the report. Both are in the page, and who reads it chooses, without a script and without a network.

use std::fmt::Display;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    Ja,
    En,
}

impl Tongue {
    /// One of two words.
    pub(super) fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// What joins words in a list.
    pub(super) fn list<T: Display>(self, words: &[T]) -> String {
        words.iter().map(ToString::to_string).collect::<Vec<_>>().join(self.pick("、", ", "))
    }

    /// What stands in this language only.
    pub(super) fn part(self, inside: &str) -> String {
        let name = self.pick("ja", "en");
        format!("<div class=\"{name}\" lang=\"{name}\">\n{inside}</div>\n")
    }
}
