//! What the source said, page by page. Immutable; everything later points into it.

use crate::given::Given;
use crate::ink::{GlyphMark, Ink};
use crate::units::text::TextRange;

/// One page of a source: its text as decoded, never edited.
///
/// A text source has one page for each stretch between form feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the source said, line ends and markup included, without the form feeds between pages.
    pub text: String,
    /// Line of the first character in the whole source, from 1.
    first_line: u32,
    /// Characters on that line before this page (a form feed in the middle of a line), else 0.
    first_column: u32,
    /// Byte at which each line starts.
    line_starts: Vec<u32>,
    /// What is drawn on it; none for a page of a text source.
    pub ink: Option<Ink>,
    /// What the file states of its paragraphs and cells; none for text and for what is drawn.
    pub given: Option<Given>,
    /// Characters that the source leaves unknown and a second reader names, in order.
    pub supplied: Vec<(TextRange, char)>,
    /// Characters before every [`STRIDE`]th byte, so that columns on very long lines cost no walk.
    strides: Vec<u32>,
}

/// What of a page is of a document, where a file holds several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All of it.
    All,
    /// Nothing.
    Nothing,
    /// These lines of its text.
    Lines(TextRange),
    /// This part of its text, and all tags and style sheets of HTML.
    Elements(TextRange),
}

/// As many bytes that leave no ink, and as far as can be as many characters.
fn blank(c: char) -> String {
    match c.len_utf8() {
        1 => " ".to_owned(),
        2 => "\u{A0}".to_owned(),
        3 => "\u{3000}".to_owned(),
        _ => "\u{3000} ".to_owned(),
    }
}

/// Whether a character of HTML is of a tag or of a style sheet, from one to the next.
#[derive(Default)]
struct Markup {
    in_tag: bool,
    in_style: bool,
}

impl Markup {
    /// `text` begins with the character.
    fn holds(&mut self, text: &str, c: char) -> bool {
        let begins = |name: &str| text.as_bytes().get(1..=name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes()));
        if c == '<' {
            self.in_tag = true;
            self.in_style = begins("style") || self.in_style && !begins("/style");
        }
        let is_of_tag = self.in_tag;
        self.in_tag &= c != '>';
        is_of_tag || self.in_style
    }
}

/// Bytes between two checkpoints of the character count.
const STRIDE: usize = 1024;

impl Page {
    /// A page whose text starts on `first_line` (from 1) after `first_column` characters.
    #[must_use]
    pub fn new(text: String, first_line: u32, first_column: u32) -> Self {
        let mut line_starts = vec![0];
        let mut strides = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0_u32;
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            if at % STRIDE == 0 {
                strides.push(chars);
            }
            // Counting lead bytes counts characters; a stride may cut one, whose lead byte lies before.
            chars += u32::from(byte & 0xC0 != 0x80);
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                line_starts.push(at as u32 + 1);
            }
        }
        Self { text, first_line, first_column, line_starts, strides, ink: None, given: None, supplied: Vec::new() }
    }

    /// A page of a drawn source: its text is that of its glyphs, in content order.
    #[must_use]
    pub fn drawn(text: String, ink: Ink) -> Self {
        Self { ink: Some(ink), ..Self::new(text, 1, 0) }
    }

    /// The same with what the file states of it.
    #[must_use]
    pub fn with_given(self, given: Given) -> Self {
        Self { given: Some(given), ..self }
    }

    /// The same with more that was seen of its glyphs.
    #[must_use]
    pub fn with_marks(self, more: impl IntoIterator<Item = GlyphMark>) -> Self {
        Self { ink: self.ink.map(|ink| ink.with_marks(more)), ..self }
    }

    /// The page with a part of what stands on it: bytes, lines and places stay where they are.
    #[must_use]
    pub fn only(&self, keep: &Keep) -> Self {
        let (from, to) = match keep {
            Keep::All => return self.clone(),
            Keep::Nothing => (0, 0),
            Keep::Lines(range) | Keep::Elements(range) => (range.start, range.end),
        };
        let is_kept = |range: TextRange| range.start >= from && range.end <= to;
        let mut in_markup = Markup::default();
        let blank = |(at, c): (usize, char)| {
            let inside = (from as usize..to as usize).contains(&at);
            let is_markup = matches!(keep, Keep::Elements(_)) && in_markup.holds(&self.text[at..], c);
            if inside || is_markup || matches!(c, '\n' | '\r') { c.to_string() } else { blank(c) }
        };
        let text: String = self.text.char_indices().map(blank).collect();
        // A drawn page is kept or left as a whole.
        let bare = |ink: &Ink| Ink { width: ink.width, height: ink.height, origin: ink.origin, ..Ink::default() };
        let page = Self::new(text, self.first_line, self.first_column);
        Self { ink: self.ink.as_ref().map(bare), given: self.given.as_ref().map(|given| given.only(is_kept)), ..page }
    }

    /// The text of a range.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range.as_usize()]
    }

    /// The lines, each without its line end, in order.
    pub fn lines(&self) -> impl Iterator<Item = TextRange> + '_ {
        self.line_starts.iter().enumerate().map(|(i, &start)| {
            let end = self.line_starts.get(i + 1).map_or(self.text.len(), |&e| e as usize);
            let line = &self.text[start as usize..end];
            TextRange::new(start as usize, start as usize + line.trim_end_matches(['\r', '\n']).len())
        })
    }

    /// Line (from 1, in the whole source) and column (characters from 1) of a byte.
    #[must_use]
    pub fn line_column(&self, byte: u32) -> (u32, u32) {
        let index = self.line_starts.partition_point(|&start| start <= byte).saturating_sub(1);
        let before = if index == 0 { self.first_column } else { 0 };
        let column = self.chars_before(byte) - self.chars_before(self.line_starts[index]) + 1 + before;
        (self.first_line + index as u32, column)
    }

    fn chars_before(&self, byte: u32) -> u32 {
        let byte = byte as usize;
        let Some(&known) = self.strides.get(byte / STRIDE).or(self.strides.last()) else { return 0 };
        let from = (byte / STRIDE).min(self.strides.len() - 1) * STRIDE;
        known + self.text.as_bytes()[from..byte].iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
    }
}

/// A run of bytes of one page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece {
    /// Index of the page, from 0.
    pub page: u32,
    /// Bytes of that page's text.
    pub range: TextRange,
}

impl Piece {
    /// The part of this piece at `range`, counted from the piece's start.
    #[must_use]
    pub fn part(self, range: std::ops::Range<usize>) -> Self {
        let start = self.range.start as usize;
        Self { page: self.page, range: TextRange::new(start + range.start, start + range.end) }
    }
}

/// The pages of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages(pub Vec<Page>);

impl Pages {
    /// The text of a piece.
    #[must_use]
    pub fn text(&self, piece: Piece) -> &str {
        self.0[piece.page as usize].slice(piece.range)
    }
}

/// Pieces that follow each other in reading order and make up one text. Between two of them the
/// source had a line end, a cell edge or markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run(pub Vec<Piece>);

impl Run {
    /// The raw text: the pieces with a line feed between them.
    #[must_use]
    pub fn raw(&self, pages: &Pages) -> String {
        let mut raw = String::with_capacity(self.0.iter().map(|p| p.range.len() + 1).sum());
        for (i, &piece) in self.0.iter().enumerate() {
            if i > 0 {
                raw.push('\n');
            }
            raw.push_str(pages.text(piece));
        }
        raw
    }

    /// The part of this run behind a range of its raw text. Line feeds between pieces belong to no piece.
    #[must_use]
    pub fn part(&self, range: TextRange) -> Self {
        let mut at = 0;
        let mut pieces = Vec::new();
        for &piece in &self.0 {
            let (start, end) = (at, at + piece.range.len());
            let (from, to) = (start.max(range.start as usize), end.min(range.end as usize));
            if from < to {
                pieces.push(piece.part(from - start..to - start));
            }
            at = end + 1;
        }
        Self(pieces)
    }

    /// The run without white space at its ends.
    #[must_use]
    pub fn trimmed(&self, pages: &Pages) -> Self {
        let raw = self.raw(pages);
        let start = raw.len() - raw.trim_start().len();
        self.part(TextRange::new(start, (start + raw.trim().len()).max(start)))
    }

    /// True when there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|p| p.range.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts_once() {
        let page = Page::new("あい\r\nう\rえ\nお".into(), 1, 0);
        let at = |needle: char| page.line_column(page.text.find(needle).unwrap() as u32);
        assert_eq!([at('あ'), at('い'), at('う'), at('え'), at('お')], [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1)]);
    }

    #[test]
    fn columns_hold_beyond_a_checkpoint() {
        let page = Page::new("あ".repeat(5000), 7, 3);
        assert_eq!(page.line_column(3 * 4321), (7, 4325));
        assert_eq!(page.line_column(15000), (7, 5004));
    }

    #[test]
    fn a_part_of_a_run_skips_the_line_feeds_between_its_pieces() {
        let pages = Pages(vec![Page::new("abc|def".into(), 1, 0)]);
        let piece = |a, b| Piece { page: 0, range: TextRange::new(a, b) };
        let run = Run(vec![piece(0, 3), piece(4, 7)]);
        assert_eq!(run.raw(&pages), "abc\ndef");
        assert_eq!(run.part(TextRange::new(2, 5)), Run(vec![piece(2, 3), piece(4, 5)]));
        assert_eq!(run.part(TextRange::new(3, 4)), Run(vec![]));
    }
}
