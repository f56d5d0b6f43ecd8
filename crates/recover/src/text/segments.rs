//! A dump as stretches of text between white space. Knows lines, blanks and places on a line; refuses to know
//! what a stretch says, but for the numbers of the rows, which it must not glue to their neighbours.

use crate::text::script_spacing::{self, Breaks};
use crate::text::words::{Token, Words};
use seisho_japanese::normalize::record_changes;
use seisho_model::layout::{Block, Line};
use seisho_model::script::columns;
use seisho_model::{Edited, Piece};
use seisho_reading::Reader;

/// A stretch of text on one line.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// Where it stands.
    pub(crate) piece: Piece,
    /// Its text, with ideographs for radicals.
    pub(crate) text: String,
    /// Index of its line among the dump's lines.
    pub(crate) line: usize,
    /// Its place on the line, from 0, and how many stand there.
    pub(crate) place: usize,
    pub(crate) of: usize,
    /// A blank line or a page's edge stands before its line.
    pub(crate) after_blank: bool,
    /// Page, from 0: by form feeds, or as [`crate::text::pages`] tells pages.
    pub(crate) sheet: u32,
}

impl Segment {
    /// Page, from 0.
    pub(crate) fn page(&self) -> u32 {
        self.sheet
    }

    /// On the line below another, without a blank between.
    pub(crate) fn is_below(&self, above: &Self) -> bool {
        self.page() == above.page() && above.line + 1 == self.line && !self.after_blank
    }

    /// Below another, or beside it.
    pub(crate) fn is_next_to(&self, before: &Self) -> bool {
        before.line == self.line || self.is_below(before)
    }

    /// Its width in columns of a half-width character.
    pub(crate) fn width(&self) -> u32 {
        self.text.chars().map(columns).sum()
    }
}

/// All lines of a dump, cut at their white space, and whether spaces stand wherever scripts meet.
pub(crate) fn words(blocks: &[Block], breaks: &Breaks<'_>, reader: &Reader<'_>) -> (Vec<Words>, bool) {
    let mut page = 0;
    let mut lines = Vec::new();
    for block in blocks {
        let Block::Line(line) = block else { continue };
        let Some(first) = line.run.0.first() else { continue };
        let after_blank = line.blank_before > 0 || first.page != page;
        page = first.page;
        lines.push(Words { tokens: tokens(line, reader), after_blank });
    }
    let spaced = script_spacing::is_spaced(&lines);
    if spaced {
        lines.iter_mut().for_each(|line| script_spacing::close(line, breaks));
    }
    (lines, spaced)
}

fn tokens(line: &Line, reader: &Reader<'_>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for &piece in &line.run.0 {
        let raw = reader.pages.text(piece);
        let mut gap_from = 0;
        let mut start = None;
        for (at, c) in raw.char_indices().chain(std::iter::once((raw.len(), ' '))) {
            if !c.is_whitespace() {
                start.get_or_insert(at);
            } else if let Some(from) = start.take() {
                let text = Edited::apply(&raw[from..at], record_changes(&raw[from..at])).text;
                tokens.push(Token { piece: piece.part(from..at), text, thin_gap: &raw[gap_from..from] == " " });
                gap_from = at;
            }
        }
    }
    tokens
}

/// Puts the words of a line together to segments: a thin space beside a Latin letter, a digit or a letter that is
/// drawn in a font of its own (Ⅲ, ㎡) stands inside a text, other white space between two. `cut` says before which
/// words one begins in any case.
pub(crate) fn segments(line: usize, words: &Words, cut: &dyn Fn(usize) -> bool) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    for (index, token) in words.tokens.iter().enumerate() {
        let glued = index > 0 && !cut(index) && is_glued(&words.tokens[index - 1], token);
        match found.last_mut().filter(|_| glued) {
            Some(last) => {
                // Between Latin words a space is a space; beside Japanese it is layout.
                let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if is_latin(last.text.chars().next_back()) && is_latin(token.text.chars().next()) {
                    last.text.push(' ');
                }
                last.text.push_str(&token.text);
                last.piece.range.end = token.piece.range.end;
            }
            None => found.push(Segment {
                piece: token.piece,
                text: token.text.clone(),
                line,
                place: 0,
                of: 0,
                after_blank: words.after_blank,
                sheet: token.piece.page,
            }),
        }
    }
    let of = found.len();
    for (place, segment) in found.iter_mut().enumerate() {
        (segment.place, segment.of) = (place, of);
    }
    found
}

/// Roman numbers, fractions, squared units and the like: many fonts of texts lack them.
fn is_number_form(c: char) -> bool {
    matches!(c, '\u{2150}'..='\u{218F}' | '\u{3300}'..='\u{33FF}')
}

fn is_glued(before: &Token, after: &Token) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '%' | '.' | ',') || is_number_form(c));
    let is_mark = after.text.starts_with(['・', '‧', '･', '●', '○', '※']);
    after.thin_gap && !is_mark && (is_latin(before.text.chars().next_back()) || is_latin(after.text.chars().next()))
}
