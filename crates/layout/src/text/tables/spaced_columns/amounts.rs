//! Small tables of amounts inside running text: lines below each other whose texts stand in columns apart by blanks. Knows
//! widths and figures, no words.

use super::stretch::{Measure, Stretch, stretches};
use super::{WIDEST, cells, crossings, cut};
use seisho_model::layout::{Block, Line, Table, TableForm, Tabular};
use seisho_model::script::{between_blanks, is_amount};
use seisho_model::{Page, Pages, TextRange};
use std::ops::Range;

/// Fewer texts on every line, and fewer lines, are no table: names and posts stand side by side too. Chosen on policies with
/// tables of amounts typed by hand, 2026-11.
const ENOUGH_TEXTS: usize = 3;
const ENOUGH_ROWS: usize = 3;
/// A row without one of its cells, and a heading without a name for its first column, have so many.
const FEWEST_TEXTS: usize = 2;
/// No line of a printed page has more bytes.
const MOST_BYTES: usize = 4 * WIDEST;

/// The tables of amounts among the lines of the blocks.
pub(crate) fn tables_of_amounts(pages: &Pages, blocks: &[Block]) -> Vec<Tabular> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let rows = rows_from(pages, &blocks[at..]);
        let lines = at..at + rows.len().max(1);
        at = lines.end;
        found.extend(table(pages, &rows).map(|table| Tabular { lines, table }));
    }
    found
}

/// The bytes of a line on its page; none for a line that is no plain text.
fn place(line: &Line) -> Option<(u32, TextRange)> {
    let [piece] = line.run.0[..] else { return None };
    (line.heading.is_none() && !line.item).then_some((piece.page, piece.range))
}

/// The lines right below each other at the start of the blocks that have several texts.
fn rows_from<'p>(pages: &'p Pages, blocks: &[Block]) -> Vec<(u32, Range<usize>)> {
    let mut rows: Vec<(u32, Range<usize>)> = Vec::new();
    for block in blocks {
        let Block::Line(line) = block else { break };
        let Some((number, range)) = place(line) else { break };
        let page: &'p Page = &pages.0[number as usize];
        let is_next = rows.last().is_none_or(|(last, _)| *last == number && line.blank_before == 0);
        let text = page.slice(range);
        if !is_next || page.ink.is_some() || text.contains('\t') || text.len() > MOST_BYTES || between_blanks(text).count() < FEWEST_TEXTS {
            break;
        }
        // With its indent.
        let start = page.text[..range.start as usize].rfind('\n').map_or(0, |at| at + 1);
        rows.push((number, start..range.end as usize));
    }
    rows
}

/// The lines as a table; none where they are no columns, or none of them holds amounts.
fn table(pages: &Pages, rows: &[(u32, Range<usize>)]) -> Option<Table> {
    let page = &pages.0[rows.first()?.0 as usize];
    if rows.iter().filter(|(_, row)| between_blanks(&page.text[row.clone()]).count() >= ENOUGH_TEXTS).count() < ENOUGH_ROWS {
        return None;
    }
    let seen = |measure| {
        let lines: Vec<Vec<Stretch>> = rows.iter().map(|(_, row)| whole(stretches(page, row, measure, false))).collect();
        let cuts = cut::cheapest(&lines, 1);
        (cuts.cost(), cuts.best().to_vec(), lines)
    };
    let (_, edges, lines) = [Measure::Columns, Measure::Characters].map(seen).into_iter().min_by_key(|(cost, ..)| *cost)?;
    let cols = edges.len() + 1;
    let is_apart = cols >= ENOUGH_TEXTS && lines.iter().all(|line| crossings(line, &edges) == 0);
    let cells = cells(rows[0].0 as usize, &lines, &edges);
    let of_amounts = |col: u32| {
        let own = || cells.iter().filter(move |c| c.col.start == col && c.row.start > 0);
        let amounts = own().filter(|c| is_amount(&c.run().raw(pages))).count();
        amounts >= ENOUGH_ROWS - 1 && amounts * 2 > own().count()
    };
    // Two texts of one column on a line are two cells all the same.
    let one_each = cells.iter().all(|c| between_blanks(&c.run().raw(pages)).count() == 1);
    let is_table = is_apart && one_each && (1..cols as u32).any(of_amounts);
    is_table.then_some(Table { form: TableForm::Columns, rows: rows.len() as u32, cols: cols as u32, cells, edges: None })
}

/// Texts with the single blanks inside them.
fn whole(line: Vec<Stretch>) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for text in line {
        match out.last_mut().filter(|last| text.columns.start <= last.columns.end + 1) {
            Some(last) => {
                (last.columns.end, last.bytes.end) = (text.columns.end, text.bytes.end);
                last.number = false;
                (last.sign, last.letter) = (false, false);
            }
            None => out.push(text),
        }
    }
    out
}
