//! Glyphs without a character: what a second reader says of them, taken only where both readers agree on
//! everything else of the page.

use crate::FallbackError;
use seisho_model::codes::source::{x006, x013};
use seisho_model::geometry::exceeds;
use seisho_model::ink::Glyph;
use seisho_model::{Finding, Page, Piece, Run, TextRange, is_visible};

/// What stands for a character that nobody knows.
const UNKNOWN: char = '\u{FFFD}';
/// A glyph wider than this share of an em, in percent, is no Latin letter: a reader that says so read a mere code.
const LATIN_PERCENT: i32 = 85;

/// Asks the second reader, if a page has unknown glyphs, and says of each page what became of them.
pub(super) fn name_unknown(
    pages: &mut [Page],
    second: impl FnOnce() -> Result<Option<Vec<String>>, FallbackError>,
    findings: &mut Vec<Finding>,
) {
    if !pages.iter().any(|p| p.text.contains(UNKNOWN)) {
        return;
    }
    let said = second().unwrap_or_else(|error| {
        findings.push(failed(pages, &error));
        None
    });
    let said = said.filter(|said| said.len() == pages.len());
    for (number, page) in pages.iter_mut().enumerate().filter(|(_, p)| p.text.contains(UNKNOWN)) {
        if let Some(said) = said.as_ref().and_then(|said| agreed(page, &said[number])) {
            page.supplied = said;
        }
        findings.push(finding(number as u32, page));
    }
}

/// The unknown glyphs' characters, where the second reader says the same of all others, in the same order, and
/// says something of these that their shapes allow.
fn agreed(page: &Page, said: &str) -> Option<Vec<(TextRange, char)>> {
    let ours: Vec<(usize, char)> = page.text.char_indices().filter(|&(_, c)| is_visible(c)).collect();
    let theirs: Vec<char> = said.chars().filter(|&c| is_visible(c)).collect();
    let is_same = |(&(_, a), &b): (&(usize, char), &char)| a == b || a == UNKNOWN && b != UNKNOWN;
    if ours.len() != theirs.len() || !ours.iter().zip(&theirs).all(is_same) {
        return None;
    }
    let unknown = ours.iter().zip(&theirs).filter(|((_, ours), _)| *ours == UNKNOWN);
    let ranges: Vec<(TextRange, char)> = unknown.map(|(&(at, c), &b)| (TextRange::new(at, at + c.len_utf8()), b)).collect();
    ranges.iter().all(|&(range, c)| is_plausible(page, range, c)).then_some(ranges)
}

/// Readers that know no table take a glyph's code for a Latin letter: its width must be that of one.
fn is_plausible(page: &Page, range: TextRange, said: char) -> bool {
    let is_narrow = |g: &Glyph| !exceeds(g.rect.width().0, LATIN_PERCENT, g.size.0);
    let is_latin = said.is_ascii_graphic();
    is_latin && page.ink.as_ref().is_some_and(|ink| ink.glyphs_of(range).all(is_narrow))
}

/// The second reader did not run: what it would have said is not known, and another run is to ask again.
fn failed(pages: &[Page], error: &FallbackError) -> Finding {
    let unknown = pages.iter().enumerate().flat_map(|(number, page)| unknown(number as u32, page));
    x013::not_asked(&error.message(), Run(unknown.collect()))
}

/// The unknown glyphs of a page.
fn unknown(number: u32, page: &Page) -> Vec<Piece> {
    let at = |(at, c): (usize, char)| Piece { page: number, range: TextRange::new(at, at + c.len_utf8()) };
    page.text.char_indices().filter(|&(_, c)| c == UNKNOWN).map(at).collect()
}

fn finding(number: u32, page: &Page) -> Finding {
    let unknown = unknown(number, page);
    let said: String = page.supplied.iter().map(|(_, c)| c).collect();
    if said.is_empty() { x006::unnamed(number + 1, Run(unknown)) } else { x006::named(number + 1, Run(unknown), said) }
}
