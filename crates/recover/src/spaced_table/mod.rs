//! Tables of which every grid row is a line of the text (columns kept apart by spaces): which lines make up a row.
//! Between two numbers one row ends; where, is told by the words at the cut, by blank lines, and by whether numbers
//! stand at the top or in the middle of their rows. All cuts of a table are chosen together.

mod apart;
mod cuts;
mod grid;
mod groups;
mod heading_lines;
mod heads;
mod odd;
mod search;
mod sheets;
mod tables;
mod unnumbered;

pub use tables::Doubts;

use grid::Lines;
use heads::Head;
use seisho_forms::headings::Fit;
use seisho_forms::{Field, Forms};
use seisho_model::layout::{Block, Table, TableForm};
use seisho_reading::Reader;
use std::ops::Range;

/// Blocks with tables of rows in place of tables of lines.
pub struct Regrouped {
    /// All blocks, in their order.
    pub blocks: Vec<Block>,
    /// What is not sure of them.
    pub doubts: Doubts,
    /// No rows could be told: the blocks hold lines in place of tables, as [`by_line`] does not.
    pub is_refused: bool,
}

/// The blocks, with tables of lines as tables of rows.
pub fn regroup(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Option<Regrouped> {
    let regrouped = rows_of_lines(blocks, forms, reader)?;
    Some(Regrouped { blocks: heading_lines::parted(regrouped.blocks, reader), ..regrouped })
}

fn rows_of_lines(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Option<Regrouped> {
    let is_lines = |b: &Block| matches!(b, Block::Table(t) if t.form == TableForm::Columns);
    let is_drawn = reader.pages.0.iter().any(|page| page.ink.is_some());
    if let Some(sheets) = (!is_drawn).then(|| sheets::regroup(blocks, reader)).flatten() {
        return Some(sheets);
    }
    if !blocks.iter().any(is_lines) {
        return None;
    }
    let rows = in_rows(blocks, forms, reader).or_else(|| by_evidence(blocks, forms, reader));
    // Where the columns of one page are not those of the form, no page is trusted: the lines go another way.
    Some(rows.unwrap_or_else(|| Regrouped { blocks: as_lines(blocks, reader), doubts: Doubts::default(), is_refused: true }))
}

/// Tables whose headings the form knows.
fn in_rows(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Option<Regrouped> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut doubts = Doubts::default();
    let mut fields: Option<Vec<Option<Field>>> = None;
    for block in blocks {
        let Some(table) = of_lines(block) else {
            out.push(block.clone());
            continue;
        };
        let lines = Lines::new(table, reader);
        let heading = lines.heading(&forms.goal_table);
        let start = heading.as_ref().map_or(0, |(at, _)| at.start);
        out.extend((0..start).filter_map(|line| lines.line(line)).map(Block::Line));
        if let Some((at, found)) = &heading {
            if (0..found.len()).any(|col| lines.has_two_words(at.clone(), col, &forms.goal_table)) {
                return None;
            }
            // A form with more columns than it knows has to show what they hold.
            let is_whole = |&col: &usize| lines.fit(at.clone(), col, &forms.goal_table).is_some_and(|(_, fit)| fit == Fit::Whole);
            let whole = (0..found.len()).filter(is_whole).count();
            if found.iter().flatten().count() * 4 < found.len() * 3 || whole * 2 < found.len() {
                return None;
            }
            fields = Some(found.clone());
        }
        let fields = fields.as_ref().filter(|f| f.len() == table.cols as usize)?;
        let mut heading = heading.map_or(0..0, |h| h.0);
        heading.end = lines.heading_end(heading.clone(), heading_lines::number_column(fields), &forms.goal_table, reader);
        if !lines.keep_to(fields, heading.end) {
            return None;
        }
        lines.parts(heading, fields, &forms.goal_table, reader, &mut out, &mut doubts);
    }
    Some(Regrouped { blocks: out, doubts, is_refused: false })
}

fn of_lines(block: &Block) -> Option<&Table> {
    if let Block::Table(table) = block { Some(table).filter(|t| t.form == TableForm::Columns) } else { None }
}

/// Tables whose headings no form knows.
fn by_evidence(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Option<Regrouped> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut doubts = Doubts::default();
    let mut first: Option<(Lines<'_>, Head)> = None;
    for block in blocks {
        let Some(table) = of_lines(block) else {
            out.push(block.clone());
            continue;
        };
        let lines = Lines::new(table, reader);
        let again = first.as_ref().and_then(|(first, head)| heads::find_again(&lines, first, head));
        let head = match again {
            Some(head) => head,
            None => heads::find(&lines, out.iter().all(|b| matches!(b, Block::PageBreak)), forms, reader)?,
        };
        out.extend((0..head.lines.start).filter_map(|line| lines.line(line)).map(Block::Line));
        let end = lines.body_end(head.lines.end);
        let rows = lines.cuts(head.lines.end..end, &head.fields, reader, &mut doubts.shown, &mut doubts.rows);
        odd::doubt(&lines, &rows, &head.fields, &forms.goal_table, reader, &mut doubts.columns);
        if let Some(from) = lines.two_names(&head, reader) {
            let cells =
                rows.iter().flat_map(|row| row.lines.clone()).flat_map(|line| (from..lines.widest.len()).map(move |col| (line, col)));
            doubts.columns.extend(cells.flat_map(|(line, col)| lines.pieces(line, col)));
        }
        out.push(Block::Table(lines.table_of(&head, &rows)));
        out.extend(lines.sums(&rows).map(Block::Line));
        out.extend((end..lines.grid.len()).filter_map(|line| lines.line(line)).map(Block::Line));
        first.get_or_insert((lines, head));
    }
    Some(Regrouped { blocks: out, doubts, is_refused: false })
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

/// The blocks with tables of lines as they are, each line a row, without the lines around and between them that have too few texts
/// for one.
#[must_use]
pub fn by_line(blocks: &[Block], reader: &Reader<'_>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Some(table) = of_lines(block) else {
            out.push(block.clone());
            continue;
        };
        let lines = Lines::new(table, reader);
        let is_row = |&line: &usize| lines.texts_of(line).count() >= ENOUGH_TEXTS;
        let mut at = 0;
        while at < lines.grid.len() {
            let rows = rows_from(&lines, at, is_row);
            let is_table = rows.clone().filter(is_row).count() >= ENOUGH_ROWS;
            let before = at..if is_table { rows.start } else { rows.end };
            out.extend(before.filter_map(|line| lines.line(line)).map(Block::Line));
            if is_table {
                out.push(Block::Table(lines.rows_as_they_are(rows.clone())));
            }
            at = rows.end;
        }
    }
    out
}

/// A line of fewer texts is no row by itself, and fewer rows are no table: a title may have blanks.
const ENOUGH_TEXTS: usize = 3;
const ENOUGH_ROWS: usize = 3;

/// The next lines that are rows, with those right below them, over blank lines where rows follow.
fn rows_from(lines: &Lines<'_>, at: usize, is_row: impl Fn(&usize) -> bool) -> Range<usize> {
    let count = lines.grid.len();
    let start = (at..count).find(&is_row).unwrap_or(count);
    let mut end = start;
    while end < count {
        let stretch_end = (end..count).find(|&line| lines.is_blank(line)).unwrap_or(count);
        if !(end..stretch_end).any(|line| is_row(&line)) {
            break;
        }
        end = stretch_end;
        let next = (end..count).find(|&line| !lines.is_blank(line)).unwrap_or(count);
        let next_end = (next..count).find(|&line| lines.is_blank(line)).unwrap_or(count);
        if !(next..next_end).any(|line| is_row(&line)) {
            break;
        }
        end = next;
    }
    start..end
}
