//! The lines of a text as words that white space parts, each with its place.

use seisho_forms::page_numbers;
use seisho_japanese::normalize::match_text;
use seisho_model::layout::{Block, TableForm};
use seisho_model::{Piece, TextRange, script};
use seisho_reading::Reader;
use std::collections::BTreeMap;

/// A word of a line.
pub(super) struct Word {
    pub(super) piece: Piece,
    /// As it is compared; empty for a sentence and for what is too long, until all are filled in.
    pub(super) key: String,
    /// Where it begins and ends on its line, in characters.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A line that has words.
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    /// The block that it is of.
    pub(super) block: usize,
    /// A page number or a running head: of no sheet.
    pub(super) is_outside: bool,
}

/// The lines of blocks; none where some are of another kind of table. Words of more characters than `longest` have no keys.
pub(super) fn of(blocks: &[Block], longest: usize, reader: &Reader<'_>) -> Option<Vec<Line>> {
    let mut lines: BTreeMap<(u32, u32), Line> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        let (pieces, is_running): (Vec<Piece>, bool) = match block {
            Block::Line(line) => (line.run.0.clone(), line.running),
            Block::Table(table) if table.form == TableForm::Columns => (table.cells.iter().flat_map(|c| c.run().0).collect(), false),
            Block::Table(_) => return None,
            Block::PageBreak => continue,
        };
        for piece in pieces {
            let page = &reader.pages.0[piece.page as usize];
            let (number, column) = page.line_column(piece.range.start);
            let line =
                lines.entry((piece.page, number)).or_insert_with(|| Line { words: Vec::new(), block: index, is_outside: is_running });
            line.words.extend(words(page.slice(piece.range), column as usize, piece, longest));
        }
    }
    let mut lines: Vec<Line> = lines.into_values().filter(|line| !line.words.is_empty()).collect();
    for line in &mut lines {
        line.words.sort_by_key(|word| word.from);
        let is_key = |word: &Word| !page_numbers::says_more(reader.pages.text(word.piece));
        if !line.is_outside && line.words.iter().all(is_key) {
            let text: String = line.words.iter().map(|word| match_text(reader.pages.text(word.piece))).collect();
            line.is_outside = page_numbers::parse(&text).is_some();
        }
    }
    Some(lines)
}

/// Fills in the keys that were left out.
pub(super) fn complete(lines: &mut [Line], reader: &Reader<'_>) {
    for word in lines.iter_mut().flat_map(|line| &mut line.words).filter(|word| word.key.is_empty()) {
        word.key = match_text(reader.pages.text(word.piece));
    }
}

/// Told before a key is made, by letters that a key keeps.
fn is_long(word: &str, longest: usize) -> bool {
    word.contains(['。', '、']) || word.chars().filter(|&c| script::is_unified_kanji(c) || script::is_hiragana(c)).count() > longest
}

fn words(text: &str, column: usize, piece: Piece, longest: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start: Option<(usize, usize)> = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]).enumerate();
    for (nth, (at, c)) in ends {
        match start {
            None if !c.is_whitespace() => start = Some((at, nth)),
            Some((from, first)) if c.is_whitespace() => {
                let range = piece.part(from..at).range;
                let piece = Piece { page: piece.page, range: TextRange::new(range.start as usize, range.end as usize) };
                let key = if is_long(&text[from..at], longest) { String::new() } else { match_text(&text[from..at]) };
                words.push(Word { piece, key, from: column + first, to: column + nth });
                start = None;
            }
            _ => {}
        }
    }
    words
}
