//! One goal a table: labels with their values beside them (目標管理シート).

use super::table::{FieldCell, Row, Rows};
use seisho_forms::headings::Fit;
use seisho_forms::{Field, FieldKind};
use seisho_model::Run;
use std::collections::BTreeMap;

/// A sheet of one goal.
pub(super) struct Sheet {
    /// Its values.
    pub(super) row: Row,
    /// Its labels.
    pub(super) labels: Run,
    /// Labels of a scan that only nearly name their field.
    pub(super) guessed: Vec<(Field, Run)>,
}

/// Fewer labels than this make no sheet.
const ENOUGH_LABELS: usize = 4;

/// Reads a table as a sheet, if its cells are labels and values.
pub(super) fn sheet(rows: &Rows<'_>) -> Option<Sheet> {
    let named = |i: usize| rows.fit(i).filter(|(_, fit)| *fit == Fit::Whole).map(|(field, _)| field);
    let mut values: BTreeMap<Field, (usize, usize)> = BTreeMap::new();
    take(rows, named, &mut values);
    if values.len() < ENOUGH_LABELS {
        return None;
    }
    let sure: Vec<Field> = values.keys().copied().collect();
    take(rows, |i| named(i).or_else(|| rows.near(i)), &mut values);
    let (mut cells, mut labels, mut run) = (BTreeMap::new(), Run::default(), Run::default());
    let mut guessed = Vec::new();
    let mut by_place: Vec<(usize, usize, Field)> = values.into_iter().map(|(field, (label, value))| (label, value, field)).collect();
    by_place.sort_unstable();
    for (label, value, field) in by_place {
        let (label, value) = (&rows.cells()[label], &rows.cells()[value]);
        if !sure.contains(&field) {
            guessed.push((field, label.run()));
        }
        labels.0.extend(label.run().0);
        run.0.extend(value.run().0);
        cells.insert(field, FieldCell { lines: value.lines.clone(), from_above: false });
    }
    let has_text = |kind: FieldKind| cells.iter().any(|(field, c): (&Field, &FieldCell)| field.kind() == kind && !c.lines.is_empty());
    let says_what = has_text(FieldKind::Text) && has_text(FieldKind::Items);
    says_what.then_some(Sheet { row: Row { cells, beyond: Vec::new(), is_remark: false, is_band: false, run }, labels, guessed })
}

/// Takes the labels of fields that are not known yet, with their values: what stands beside a label, else below it, and
/// is no label nor a value itself.
fn take(rows: &Rows<'_>, label: impl Fn(usize) -> Option<Field>, values: &mut BTreeMap<Field, (usize, usize)>) {
    for (index, cell) in rows.cells().iter().enumerate() {
        let is_value = |i: usize, values: &BTreeMap<Field, (usize, usize)>| values.values().any(|v| v.1 == i);
        let Some(field) = label(index).filter(|f| !values.contains_key(f) && !is_value(index, values)) else { continue };
        let is_free = |i: &usize| label(*i).is_none() && !is_value(*i, values);
        let beside = rows.cell_at(cell.row.start, cell.col.end).filter(is_free);
        let below = || rows.cell_at(cell.row.end, cell.col.start).filter(|i| is_free(i) && rows.cells()[*i].col == cell.col);
        if let Some(value) = beside.or_else(below) {
            values.insert(field, (index, value));
        }
    }
}
