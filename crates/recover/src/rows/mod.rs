//! Entries of a dump (cells and texts) to the rows of its numbers. Where every row's entries stand between its number
//! and the next, the dump is row by row and says so itself. Else every column keeps its order, and words, pages,
//! lines and neighbourhood say where one row's entries end. Knows fields; refuses to read them.

pub(crate) mod columns;
pub(crate) mod draw_order;
pub(crate) mod match_by_words;
pub(crate) mod reorder;
pub(crate) mod row_breaks;
pub(crate) mod row_choices;
pub(crate) mod texts;
pub(crate) mod wide;
pub(crate) mod word_overlap;

use crate::fields::LISTS;
use crate::parts::{Entry, Parts};
use crate::recovered::Evidence;
use crate::solve::sequence::Placement;
use columns::Columns;
use match_by_words::Bundle;
use seisho_forms::{Field, FieldKind};
use std::collections::BTreeMap;

/// The rows of entries.
pub(crate) struct Assigned {
    /// For every entry its row.
    pub(crate) placements: Vec<Placement>,
    /// The dump says itself where rows begin and end.
    pub(crate) row_by_row: bool,
    /// Rows follow each other in passes.
    pub(crate) in_passes: bool,
    /// Goals put together without an order, and what is open about them.
    pub(crate) bundles: Vec<Bundle>,
}

impl Assigned {
    /// What told the rows.
    pub(crate) fn evidence(&self) -> Evidence {
        match (self.row_by_row, self.bundles.is_empty()) {
            (true, _) => Evidence::RowByRow,
            (false, false) => Evidence::SharedWords,
            (false, true) => Evidence::ColumnOrder,
        }
    }
}

/// Assigns entries, in the order of the dump, to rows.
pub(crate) fn assign(parts: &Parts) -> Assigned {
    let in_order = parts.rows.windows(2).all(|w| w[0].segment < w[1].segment);
    if let Some(intervals) = intervals(parts).filter(|rows| in_order && is_row_by_row(parts, rows)) {
        return Assigned { placements: unrivalled(intervals), row_by_row: true, in_passes: false, bundles: Vec::new() };
    }
    let (by_passes, placed_in_passes) = best_passes(parts);
    let in_columns = Columns::new(parts).assign();
    let in_passes = by_passes < faults(parts, &in_columns);
    let mut placements = if in_passes { placed_in_passes } else { in_columns };
    if let Some(bundles) = match_by_words::bundles(parts).filter(|bundles| contradict(bundles, &placements)) {
        for bundle in &bundles {
            for &entry in &bundle.entries {
                placements[entry] = Placement { row: bundle.row, next: None };
            }
        }
        return Assigned { placements, row_by_row: false, in_passes: false, bundles };
    }
    Assigned { placements, row_by_row: false, in_passes, bundles: Vec::new() }
}

fn unrivalled(rows: Vec<usize>) -> Vec<Placement> {
    rows.into_iter().map(|row| Placement { row, next: None }).collect()
}

/// For every row and field how many entries it holds.
pub(crate) fn held(parts: &Parts, row_of: impl Iterator<Item = usize>) -> Vec<BTreeMap<Field, usize>> {
    let mut held = vec![BTreeMap::new(); parts.rows.len()];
    for (entry, row) in parts.entries.iter().zip(row_of) {
        *held[row].entry(entry.field).or_insert(0) += 1;
    }
    held
}

/// The text of every row's item; empty for a row without one.
pub(crate) fn item_texts(parts: &Parts, placements: &[Placement]) -> Vec<String> {
    let mut items = vec![String::new(); parts.rows.len()];
    for (entry, placement) in parts.entries.iter().zip(placements).filter(|(t, _)| t.field.kind() == FieldKind::Text) {
        items[placement.row].push_str(&entry.text);
    }
    items
}

/// Passes with the fields in the order of the heading, or in the order of the form where a heading that was drawn in
/// passes itself has none; with their faults.
fn best_passes(parts: &Parts) -> (i64, Vec<Placement>) {
    let usual: Vec<Field> = parts.headings.fields.iter().copied().collect();
    let passes = |order: &[Field]| {
        let placements = unrivalled(draw_order::row_of_each(parts, order));
        (faults(parts, &placements), placements)
    };
    let (by_heading, by_form) = (passes(&parts.headings.order), passes(&usual));
    if by_form.0 < by_heading.0 { by_form } else { by_heading }
}

/// What speaks against an assignment: rows with no cell or two of a column that has one, and targets that do not
/// speak of their items.
fn faults(parts: &Parts, placements: &[Placement]) -> i64 {
    let items = item_texts(parts, placements);
    let mut faults = 0;
    for row in held(parts, placements.iter().map(|p| p.row)) {
        for field in parts.headings.fields.iter().filter(|f| f.kind() != FieldKind::Number) {
            let count = row.get(field).map_or(0, |&n| n as i64);
            faults += FAULT * if field.holds_several() { i64::from(count == 0) } else { (count - 1).abs() };
        }
    }
    let misfits = parts.entries.iter().zip(placements).filter(|(t, _)| t.field == LISTS[0]);
    faults + misfits.map(|(t, p)| (100 - parts.affinity.share(&items[p.row], &t.text)) / 10).sum::<i64>()
}

/// Whether goals whose cells belong together beyond doubt lie in several rows, so that columns keep no order.
fn contradict(bundles: &[Bundle], placements: &[Placement]) -> bool {
    let sure = bundles.iter().filter(|b| b.weak.is_empty());
    let is_torn = |b: &&Bundle| {
        let apart = b.entries.iter().any(|&t| placements[t].row != placements[b.entries[0]].row);
        // Their division and category may say beyond doubt that they are of another row.
        apart || (b.rows == [b.row] && placements[b.entries[0]].row != b.row)
    };
    let torn = sure.filter(is_torn).count();
    torn * 100 >= bundles.len() * TORN_PERCENT
}

/// With more goals torn apart, in percent, the order of columns is no order. Measured 2026-11: seed 004 has 70,
/// dumps whose columns keep their order have none.
const TORN_PERCENT: usize = 10;

/// A fault of a row against a tenth of a target's words.
const FAULT: i64 = 10;

/// For every entry the last row whose number stands before it; none where an entry stands before all.
fn intervals(parts: &Parts) -> Option<Vec<usize>> {
    let row = |entry: &Entry| parts.rows.partition_point(|r| r.segment < entry.segments[0]).checked_sub(1);
    parts.entries.iter().map(row).collect()
}

/// Every row, nearly, holds what a row holds, once.
fn is_row_by_row(parts: &Parts, row_of: &[usize]) -> bool {
    let whole = |row: &&BTreeMap<Field, usize>| {
        parts.headings.fields.iter().all(|field| match field.kind() {
            FieldKind::Date => row.get(field) == Some(&1),
            FieldKind::Items | FieldKind::Names => row.contains_key(field),
            _ => true,
        })
    };
    let held = held(parts, row_of.iter().copied());
    held.iter().filter(whole).count() * 100 >= parts.rows.len() * ROW_BY_ROW_PERCENT
}

/// A dump of which so many rows are whole between their numbers is row by row.
const ROW_BY_ROW_PERCENT: usize = 75;
