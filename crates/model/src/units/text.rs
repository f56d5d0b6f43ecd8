//! Ranges of text and places in a source. Knows bytes and lines, not what they mean.

use serde::Serialize;

/// A half-open range of UTF-8 bytes on character boundaries of one string.
///
/// Which string is said by whoever holds the range: a page's text, a raw text, a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range `start..end` of bytes.
    ///
    /// # Panics
    /// When a position exceeds 4 GiB (inputs are limited far below) or `start > end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a range runs forward");
        let fit = |n: usize| u32::try_from(n).unwrap_or_else(|_| panic!("text over 4 GiB"));
        Self { start: fit(start), end: fit(end) }
    }

    /// As a range that indexes a `str`.
    #[must_use]
    pub fn as_usize(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True for a range without bytes.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

/// True for a character that leaves ink: not white space, not a control or format character.
///
/// What the no-loss check counts. U+FFFC and private-use characters count: they stand for something seen.
#[must_use]
pub fn is_visible(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'))
}
