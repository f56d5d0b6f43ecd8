//! The names of organisational units in one cell.
//!
//! A cell holds one name or more, and spaces or line breaks stand between the names and, where the
//! column was narrow, inside them. Which is which is decided for the whole cell: the cheapest way to
//! read it as names wins. A name that the document has whole elsewhere costs nothing; one that the
//! dictionary has, little; one that ends like a unit, a little more; anything else, much. Joining
//! across a gap before which a name was already complete costs too, unless a word lies across it.
//!
//! Of two readings that cost the same, the one whose last name is shorter wins, that is: it separates
//! late. A separate name that is wrong is seen by a reader; a joined one looks right.

use super::{Gap, Reason, Verdict, joint};
use crate::tokenizer::{PartOfSpeech, Worker};
use seisho_model::text::TextRange;
use std::collections::BTreeSet;

/// One name of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// The bytes of the cell that form the name, in order; what lies between them is layout.
    pub pieces: Vec<TextRange>,
    /// It may be wrong: joined without a word across the gap, or not ended like a unit.
    pub guess: bool,
}

impl NameSpan {
    /// The name.
    #[must_use]
    pub fn of(&self, cell: &str) -> String {
        self.pieces.iter().map(|piece| &cell[piece.as_usize()]).collect()
    }
}

/// What stands before a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A space or a line break.
    Layout(Gap),
    /// ・, which separates names and stands inside them.
    Dot,
    /// 、 ， / and their like, which only separate.
    Separator,
}

struct Piece {
    range: TextRange,
    before: Before,
}

/// Costs of reading a piece of text as a name. They only have to be in this order, and joining two
/// complete names dearer than reading them apart.
const KNOWN: u32 = 0;
const IN_DICTIONARY: u32 = 1;
const ENDS_LIKE_A_UNIT: u32 = 2;
const JOINED_AFTER_A_NAME: u32 = 4;
const NO_NAME: u32 = 10;

/// Fewest characters before a suffix of one: 税課 and 学校 are no units, 市民課 is.
const SHORTEST_STEM: usize = 2;

/// A name is cut into no more pieces: spaced out letter by letter (男 女 共 同 参 画 推 進 セ ン タ ー), one
/// has twelve.
const MOST_PIECES: usize = 12;
/// No name that is cut into pieces is longer, in bytes: 60 kanji; the longest of the gold has nine
/// (measured 2026-11).
const LONGEST_NAME: usize = 180;

/// Splits a cell into the names it holds.
///
/// `known`: names seen whole elsewhere in the document. `suffixes`: what names of units end with (課,
/// 室, センター); a name without any, such as 共通, must be known.
pub fn split_names(worker: &mut Worker, cell: &str, known: &BTreeSet<String>, suffixes: &[&str]) -> Vec<NameSpan> {
    let pieces = pieces(cell);
    let mut reader = Reader { worker, cell, known, suffixes, pieces: &pieces };
    // best[n]: the cheapest reading of the first n pieces, as its cost, where its last name begins,
    // and whether that name is a guess.
    let mut best: Vec<(u32, usize, bool)> = vec![(0, 0, false)];
    for end in 1..=pieces.len() {
        let mut cheapest = (u32::MAX, 0, false);
        for start in (0..end).rev() {
            let is_one_piece = start + 1 == end;
            if !is_one_piece && (pieces[start + 1].before == Before::Separator || is_too_long(&pieces[start..end])) {
                break;
            }
            let (cost, guess) = reader.name(start, end, cheapest.0.saturating_sub(best[start].0));
            let cost = cost + best[start].0;
            // Strictly: of equals, the shorter last name was tried first.
            if cost < cheapest.0 {
                cheapest = (cost, start, guess);
            }
        }
        best.push(cheapest);
    }
    let mut names = Vec::new();
    let mut end = pieces.len();
    while end > 0 {
        let (_, start, guess) = best[end];
        names.push(NameSpan { pieces: ranges(&pieces[start..end]), guess });
        end = start;
    }
    names.reverse();
    names
}

/// Pieces that are no one name, whatever the words say. Without an end, the work would grow with the
/// fourth power of the pieces of a cell.
fn is_too_long(pieces: &[Piece]) -> bool {
    pieces.len() > MOST_PIECES || pieces.iter().map(|piece| piece.range.len()).sum::<usize>() > LONGEST_NAME
}

struct Reader<'r> {
    worker: &'r mut Worker,
    cell: &'r str,
    known: &'r BTreeSet<String>,
    suffixes: &'r [&'r str],
    pieces: &'r [Piece],
}

impl Reader<'_> {
    /// What it costs to read the pieces `start..end` as one name, and whether that is a guess. From `limit` on
    /// nobody asks how much more it is.
    fn name(&mut self, start: usize, end: usize, limit: u32) -> (u32, bool) {
        let name = self.text(start, end);
        if self.known.contains(&name) {
            return (KNOWN, false);
        }
        let in_dictionary = self.is_word(&name);
        let whole = self.is_complete(&name);
        let mut cost = match (in_dictionary, whole) {
            (true, true) => IN_DICTIONARY,
            (false, true) => ENDS_LIKE_A_UNIT,
            _ => NO_NAME,
        };
        let mut guess = !whole;
        for gap in start + 1..end {
            if cost >= limit {
                break;
            }
            let before = self.text(start, gap);
            let complete = self.known.contains(&before) || self.is_complete(&before);
            let cut = in_dictionary || self.is_cut(&before, gap, end);
            if !cut {
                guess = true;
                cost += if complete { JOINED_AFTER_A_NAME } else { 0 };
                // Pieces that form no name anyway stay apart.
                cost += if whole { 0 } else { NO_NAME };
            }
        }
        (cost, guess)
    }

    /// A word lies across the gap before piece `gap`.
    fn is_cut(&mut self, before: &str, gap: usize, end: usize) -> bool {
        let Before::Layout(kind) = self.pieces[gap].before else { return false };
        let after = self.text(gap, end);
        let found = joint(self.worker, before, &after, kind);
        found.verdict == Verdict::Join && matches!(found.reason, Reason::WordCut | Reason::RightLeans | Reason::LeftOpen)
    }

    /// Ends like a unit, with something before that says which; 事務局 alone is every office's.
    fn is_complete(&self, name: &str) -> bool {
        let name = name.split(['（', '(']).next().unwrap_or(name);
        !self.suffixes.contains(&name)
            && self.suffixes.iter().any(|suffix| {
                let stem = name.strip_suffix(suffix).map_or(0, |stem| stem.chars().count());
                stem >= if suffix.chars().count() == 1 { SHORTEST_STEM } else { 1 }
            })
    }

    fn is_word(&mut self, name: &str) -> bool {
        matches!(self.worker.segment(name).as_slice(), [word] if !word.unknown && matches!(word.pos, PartOfSpeech::Noun(_)))
    }

    /// The text of pieces, with the ・ between them.
    fn text(&self, start: usize, end: usize) -> String {
        ranges(&self.pieces[start..end]).iter().map(|range| &self.cell[range.as_usize()]).collect()
    }
}

/// The ranges of pieces; two with only a ・ between them are one range.
fn ranges(pieces: &[Piece]) -> Vec<TextRange> {
    let mut ranges: Vec<TextRange> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        match ranges.last_mut() {
            Some(last) if i > 0 && piece.before == Before::Dot => last.end = piece.range.end,
            _ => ranges.push(piece.range),
        }
    }
    ranges
}

fn pieces(cell: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before = Before::Layout(Gap::Space);
    let mut start = None;
    for (at, c) in cell.char_indices().chain(std::iter::once((cell.len(), '\n'))) {
        let Some(kind) = separator(c) else {
            start.get_or_insert(at);
            continue;
        };
        if let Some(from) = start.take() {
            pieces.push(Piece { range: TextRange::new(from, at), before });
            before = kind;
        } else {
            before = stronger(before, kind);
        }
    }
    pieces
}

fn separator(c: char) -> Option<Before> {
    match c {
        '、' | '，' | ',' | '､' | '/' | '／' | ';' | '；' => Some(Before::Separator),
        '・' | '･' => Some(Before::Dot),
        '\n' | '\r' => Some(Before::Layout(Gap::LineBreak)),
        _ if c.is_whitespace() => Some(Before::Layout(Gap::Space)),
        _ => None,
    }
}

/// Of several separators in a row: a comma decides; ・ with white space around it is a list mark.
fn stronger(a: Before, b: Before) -> Before {
    match (a, b) {
        (Before::Separator, _) | (_, Before::Separator) => Before::Separator,
        (Before::Dot, _) | (_, Before::Dot) => Before::Separator,
        (Before::Layout(a), Before::Layout(b)) => Before::Layout(a.max(b)),
    }
}
