//! Dumps in the order in which a program drew the table: row by row, perhaps in several passes over a page (cells of
//! one line first, then cells of several). The row of every entry, so that rows only go on within a pass and fields
//! keep their order within a row. Knows order only, no words.

use crate::parts::Parts;
use crate::parts::RowStart;
use seisho_forms::{Field, FieldKind};

/// Costs; a new pass over the page is dear, a row left out in a pass nearly free.
const NEW_PASS: i64 = 24;
const SKIPPED_ROW: i64 = 2;
const OTHER_PAGE: i64 = 60;
const SECOND_CELL: i64 = 12;

/// A step of the dump: a row's number, or an entry.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The row, where it is known.
    row: Option<usize>,
    /// The place of its field in a row, from 0.
    rank: usize,
    /// A row may have several in a sequence.
    repeats: bool,
    page: u32,
    entry: Option<usize>,
}

/// The row of every entry. `order`: the fields in the order of the heading.
pub(crate) fn row_of_each(parts: &Parts, order: &[Field]) -> Vec<usize> {
    let rows = &parts.rows;
    let steps = steps(parts, order);
    let mut costs: Vec<Vec<(i64, usize)>> = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        let from = index.checked_sub(1).map(|before| ways(&steps[before], &costs[before], step));
        let here = (0..rows.len()).map(|row| {
            let (cost, best) = from.as_ref().map_or((0, 0), |from| from[row]);
            (place(step, row, rows) + cost, best)
        });
        let here: Vec<(i64, usize)> = here.collect();
        costs.push(here);
    }
    trace(&steps, &costs, parts.entries.len())
}

fn steps(parts: &Parts, order: &[Field]) -> Vec<Step> {
    let rank = |field: Field| order.iter().position(|&f| f == field).unwrap_or(order.len());
    let rank_of_numbers = order.iter().position(|f| f.kind() == FieldKind::Number).unwrap_or(order.len());
    let numbers = parts
        .rows
        .iter()
        .enumerate()
        .map(|(index, r)| (r.segment, Step { row: Some(index), rank: rank_of_numbers, repeats: false, page: r.page, entry: None }));
    let others = parts.entries.iter().enumerate().map(|(index, t)| {
        (
            t.segments[0],
            Step {
                row: None,
                rank: rank(t.field),
                repeats: t.field.holds_several(),
                page: parts.segments[t.segments[0]].page(),
                entry: Some(index),
            },
        )
    });
    let mut all: Vec<(usize, Step)> = numbers.chain(others).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, step)| step).collect()
}

fn place(step: &Step, row: usize, rows: &[RowStart]) -> i64 {
    if step.row.is_some_and(|r| r != row) {
        return crate::solve::sequence::NEVER;
    }
    OTHER_PAGE * i64::from(step.page.abs_diff(rows[row].page).min(3))
}

/// For every row the cheapest way to it from the step before, and the topmost row from which it comes.
fn ways(before: &Step, costs: &[(i64, usize)], after: &Step) -> Vec<(i64, usize)> {
    let stay = match () {
        () if after.rank > before.rank || (after.rank == before.rank && after.repeats) => 0,
        () if after.rank == before.rank => SECOND_CELL,
        () => NEW_PASS,
    };
    let back = |from: usize| (costs[from].0 + NEW_PASS, from);
    // The cheapest row below each, for a new pass; the cheapest one above, less what is not skipped behind it.
    let mut below: Vec<Option<(i64, usize)>> = vec![None; costs.len()];
    for row in (1..costs.len()).rev() {
        below[row - 1] = below[row].into_iter().chain([back(row)]).min();
    }
    let mut above: Option<(i64, usize)> = None;
    let mut ways = Vec::with_capacity(costs.len());
    for row in 0..costs.len() {
        let onward = above.map(|(cost, from)| (cost + 1 + SKIPPED_ROW * (row as i64 - 1), from));
        let all = [onward, Some((costs[row].0 + stay, row)), below[row]];
        ways.push(all.into_iter().flatten().min().unwrap_or((0, 0)));
        above = above.into_iter().chain([(costs[row].0 - SKIPPED_ROW * row as i64, row)]).min();
    }
    ways
}

fn trace(steps: &[Step], costs: &[Vec<(i64, usize)>], entries: usize) -> Vec<usize> {
    let mut row_of = vec![0; entries];
    let Some(last) = costs.last() else { return row_of };
    let mut row = (0..last.len()).min_by_key(|&r| (last[r].0, r)).unwrap_or(0);
    for index in (0..steps.len()).rev() {
        if let Some(entry) = steps[index].entry {
            row_of[entry] = row;
        }
        row = costs[index][row].1;
    }
    row_of
}
