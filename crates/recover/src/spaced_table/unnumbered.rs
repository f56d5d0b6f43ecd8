//! Rows of a table without a column of numbers: where one ends and the next begins, and how many there are, by what a
//! row of goals has. All cuts of a table are chosen together. Knows costs and kinds, no places.

use super::grid::Lines;
use super::search::{BLANK, CONTINUED, FRESH, Hypothesis, TORN, UNSURE, off_middle};
use seisho_forms::{Field, FieldKind};
use seisho_japanese::dates::{self, DeadlineKind};
use seisho_japanese::join::{Gap, Verdict, joint};
use seisho_reading::Reader;
use std::collections::BTreeMap;
use std::ops::Range;

/// A row without a cell that rows have: what is to be done, when, who.
const NO_CELL: i64 = 6;
/// A cell in two parts with lines between them, and with one.
const GAP: i64 = 6;
const NARROW_GAP: i64 = 1;
/// Two dates in one cell.
const TWO: i64 = 8;
/// Two lines of a narrow cell that do not go on with each other.
const APART: i64 = 2;
/// A text that begins below the first line of its row, a line.
const LOW: i64 = 2;
/// Counted for so many lines at most.
const LOWEST: usize = 3;
/// A row has no more lines.
const LONGEST_ROW: usize = 60;
/// What is dearer than any table.
const NEVER: i64 = i64::MAX / 4;

/// How the cells of rows stand: at their top, or the narrow ones in their middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    Top,
    Middle,
}

/// What it costs that a row begins with a line, for every line.
pub(crate) fn cuts(lines: &Lines<'_>, body: Range<usize>, fields: &[Option<Field>], reader: &mut Reader<'_>) -> BTreeMap<usize, i64> {
    let mut costs = BTreeMap::new();
    for line in body.start + 1..body.end {
        let mut cost = if lines.is_blank(line) { CONTINUED } else { 0 };
        cost += if lines.is_blank(line - 1) { BLANK } else { 0 };
        for (col, field) in fields.iter().enumerate() {
            let (above, here) = (lines.text(line - 1, col), lines.text(line, col));
            cost += match (above.is_empty(), here.is_empty()) {
                (_, true) => 0,
                (true, false) => FRESH,
                (false, false) => joint_cost(above, here, *field, lines.widest[col], reader),
            };
        }
        costs.insert(line, cost);
    }
    costs
}

/// What it costs to part two lines of a column.
fn joint_cost(above: &str, here: &str, field: Option<Field>, widest: usize, reader: &mut Reader<'_>) -> i64 {
    if here.starts_with(seisho_model::script::is_list_mark) {
        return FRESH;
    }
    let is_full = above.chars().count() + 1 >= widest;
    // Names and dates below each other are words of their own, whatever they would be as one.
    let is_cell = field.is_some_and(|f| matches!(f.kind(), FieldKind::Names | FieldKind::Date | FieldKind::Rate));
    match joint(reader.worker, above, here, Gap::LineBreak).verdict {
        Verdict::Join if !is_cell || is_full => TORN,
        Verdict::Separate => 0,
        _ => UNSURE,
    }
}

/// The cheapest rows of some lines. `cuts`: what it costs that a row begins with a line.
pub(crate) fn rows(
    lines: &Lines<'_>,
    body: Range<usize>,
    fields: &[Option<Field>],
    stand: Stand,
    cuts: &BTreeMap<usize, i64>,
    reader: &mut Reader<'_>,
) -> Hypothesis {
    let columns: Vec<Vec<(usize, i64)>> = (0..fields.len()).map(|col| column(lines, col, &body, fields[col], reader)).collect();
    let row = |from: usize, to: usize| -> i64 { (0..fields.len()).map(|col| cell(&columns[col], fields[col], from..to, stand)).sum() };
    let (first, last) = (body.start, body.end);
    let mut above: BTreeMap<usize, (i64, usize)> = BTreeMap::from([(first, (0, first))]);
    for to in first + 1..=last {
        let best = (to.saturating_sub(LONGEST_ROW).max(first)..to).map(|from| (above[&from].0 + row(from, to), from)).min();
        let own = if to < last { cuts.get(&to).copied().unwrap_or(0) } else { 0 };
        above.insert(to, best.map_or((NEVER, first), |(cost, from)| (cost + own, from)));
    }
    let mut below: BTreeMap<usize, i64> = BTreeMap::from([(last, 0)]);
    for from in (first..last).rev() {
        let on = |to: usize| below[&to] + row(from, to) + if to < last { cuts.get(&to).copied().unwrap_or(0) } else { 0 };
        let best = (from + 1..=last.min(from + LONGEST_ROW)).map(on).min().unwrap_or(NEVER);
        below.insert(from, best);
    }
    let total = above[&last].0;
    let mut starts = Vec::new();
    let mut at = last;
    while at > first {
        at = above[&at].1;
        starts.push(at);
    }
    starts.reverse();
    // Other first lines of a row lie between those of the rows beside it; that of the next: the two are one.
    let with = |line: usize| above[&line].0 + below[&line] - total;
    let next = (0..starts.len())
        .map(|index| {
            let from = if index == 0 { first } else { starts[index - 1] + 1 };
            let to = starts.get(index + 1).copied().unwrap_or(last);
            let mut others: Vec<(usize, i64)> = (from..to).filter(|&l| l != starts[index]).map(|l| (l, with(l))).collect();
            if index > 0 {
                let own = cuts.get(&starts[index]).copied().unwrap_or(0);
                let (a, b, c) = (starts[index - 1], starts[index], to);
                others.push((to, row(a, c) - row(a, b) - row(b, c) - own));
            }
            others
        })
        .collect();
    Hypothesis { total, starts, next }
}

/// The lines of a column with text, and what it costs that each is of the same row as the one before.
fn column(lines: &Lines<'_>, col: usize, body: &Range<usize>, field: Option<Field>, reader: &mut Reader<'_>) -> Vec<(usize, i64)> {
    let mut found: Vec<(usize, i64)> = Vec::new();
    let is_date = |text: &str| dates::deadline(text, None).kind != DeadlineKind::Other;
    let is_list = field.is_some_and(|f| matches!(f.kind(), FieldKind::Items | FieldKind::Names));
    for line in body.clone().filter(|&l| !lines.text(l, col).is_empty()) {
        let Some(&(before, _)) = found.last() else {
            found.push((line, 0));
            continue;
        };
        let (above, here) = (lines.text(before, col), lines.text(line, col));
        let gap = match line - before {
            1 => 0,
            2 => NARROW_GAP,
            _ => GAP,
        };
        let two = match field.map(Field::kind) {
            Some(FieldKind::Date) if is_date(above) && is_date(here) => TWO,
            Some(FieldKind::Date | FieldKind::Names | FieldKind::Rate) if line - before > 1 => TWO / 2,
            _ if is_list => 0,
            _ => match joint(reader.worker, above, here, Gap::LineBreak).verdict {
                Verdict::Separate => APART,
                _ => 0,
            },
        };
        found.push((line, gap + two));
    }
    found
}

/// What speaks against the lines of a column as a cell.
fn cell(column: &[(usize, i64)], field: Option<Field>, lines: Range<usize>, stand: Stand) -> i64 {
    let from = column.partition_point(|(line, _)| *line < lines.start);
    let to = column.partition_point(|(line, _)| *line < lines.end);
    let own = &column[from..to];
    let kind = field.map(Field::kind);
    let (Some((first, _)), Some((last, _))) = (own.first(), own.last()) else {
        return match kind {
            Some(FieldKind::Text | FieldKind::Items | FieldKind::Date) => NO_CELL,
            Some(FieldKind::Names | FieldKind::Rate | FieldKind::Choice) => NO_CELL / 2,
            _ => 0,
        };
    };
    let inside: i64 = own.iter().skip(1).map(|(_, cost)| cost).sum();
    let is_wide = field.is_some_and(Field::is_wide);
    let place = match stand {
        Stand::Middle if !is_wide => off_middle(lines.start, lines.end, first + last).min(2 * LOW),
        _ => LOW * (first - lines.start).min(LOWEST) as i64,
    };
    inside + place
}
