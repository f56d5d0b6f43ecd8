//! Small steps on pieces of a page: trimming, splitting, measuring.

use seisho_model::{Page, Piece, TextRange};
use unicode_width::UnicodeWidthStr;

/// The piece without white space at its ends.
pub(crate) fn trimmed(page: &Page, piece: Piece) -> Piece {
    let text = page.slice(piece.range);
    let start = text.len() - text.trim_start().len();
    let end = (start + text.trim().len()).max(start);
    piece.part(start..end)
}

/// The non-blank lines of a piece, trimmed.
pub(crate) fn lines(page: &Page, piece: Piece) -> Vec<Piece> {
    let text = page.slice(piece.range);
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let part = trimmed(page, piece.part(start..start + line.len()));
        if !part.range.is_empty() {
            found.push(part);
        }
        start += line.len();
    }
    found
}

/// Columns of a half-width character that a text fills; ambiguous characters (①, …) are full-width, as
/// Japanese fonts set them.
pub(crate) fn width(text: &str) -> u32 {
    text.width_cjk() as u32
}

/// A piece of page `page` (from 0).
pub(crate) fn piece(page: usize, range: std::ops::Range<usize>) -> Piece {
    Piece { page: page as u32, range: TextRange::new(range.start, range.end) }
}
