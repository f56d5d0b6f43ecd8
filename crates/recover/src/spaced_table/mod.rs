//! Tables of which every grid row is a line of the text (columns kept apart by spaces): which lines make up a row.
//! Between two numbers one row ends; where, is told by the words at the cut, by blank lines, and by whether numbers
//! stand at the top or in the middle of their rows. All cuts of a table are chosen together.

mod cuts;
mod grid;
mod search;

use grid::Lines;
use seisho_forms::{Field, Forms};
use seisho_model::Piece;
use seisho_model::layout::{Block, TableForm};
use seisho_reading::Reader;
use std::collections::BTreeSet;

/// Blocks with tables of rows in place of tables of lines.
pub struct Regrouped {
    /// All blocks, in their order.
    pub blocks: Vec<Block>,
    /// Texts of cells that may be of the row above or below.
    pub open: BTreeSet<Piece>,
}

/// The blocks, with tables of lines as tables of rows.
pub fn regroup(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Option<Regrouped> {
    let is_lines = |b: &Block| matches!(b, Block::Table(t) if t.form == TableForm::Columns);
    if !blocks.iter().any(is_lines) {
        return None;
    }
    let rows = in_rows(blocks, true, forms, reader).or_else(|| in_rows(blocks, false, forms, reader));
    // Where the columns of one page are not those of the form, no page is trusted: the lines go another way.
    Some(rows.unwrap_or_else(|| Regrouped { blocks: as_lines(blocks, reader), open: BTreeSet::new() }))
}

/// `by_words`: headings are those that the form knows; else they are told by evidence.
fn in_rows(blocks: &[Block], by_words: bool, forms: &Forms, reader: &mut Reader<'_>) -> Option<Regrouped> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut open = BTreeSet::new();
    let mut fields: Option<Vec<Option<Field>>> = None;
    for block in blocks {
        let Block::Table(table) = block else {
            out.push(block.clone());
            continue;
        };
        if table.form != TableForm::Columns {
            out.push(block.clone());
            continue;
        }
        let lines = Lines::new(table, reader);
        let known = lines.heading(&forms.goal_table);
        // A form that is known and has other columns than these lines is not read by what stands in them.
        if !by_words && known.as_ref().is_some_and(|(_, fields)| fields.iter().flatten().count() * 2 > fields.len()) {
            return None;
        }
        let heading = if by_words { known } else { lines.heading_by_evidence(&forms.goal_table) };
        let start = heading.as_ref().map_or(0, |(at, _)| at.start);
        out.extend((0..start).filter_map(|line| lines.line(line)).map(Block::Line));
        if let Some((_, found)) = &heading {
            fields = Some(found.clone());
        }
        let fields = fields.as_ref().filter(|f| f.len() == table.cols as usize)?;
        let heading = heading.map_or(0..0, |h| h.0);
        if !lines.keep_to(fields, by_words, heading.end) {
            return None;
        }
        lines.parts(heading, fields, reader, &mut out, &mut open);
    }
    Some(Regrouped { blocks: out, open })
}

/// The tables of lines as lines of text.
fn as_lines(blocks: &[Block], reader: &Reader<'_>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Table(table) if table.form == TableForm::Columns => {
                let lines = Lines::new(table, reader);
                out.extend((0..lines.grid.len()).filter_map(|line| lines.line(line)).map(Block::Line));
            }
            other => out.push(other.clone()),
        }
    }
    out
}
