//! One goal a table: labels with their values beside them (目標管理シート).

use super::table::{FieldCell, Row, Rows};
use crate::headers::Fit;
use crate::profile::Field;
use seisho_model::Run;
use std::collections::BTreeMap;

/// A sheet of one goal.
pub(super) struct Sheet {
    /// Its values.
    pub(super) row: Row,
    /// Its labels.
    pub(super) labels: Run,
}

/// Fewer labels than this make no sheet.
const ENOUGH_LABELS: usize = 4;

/// Reads a table as a sheet, if its cells are labels and values.
pub(super) fn sheet(rows: &Rows<'_>) -> Option<Sheet> {
    let mut cells: BTreeMap<Field, FieldCell> = BTreeMap::new();
    let (mut labels, mut run) = (Run::default(), Run::default());
    for (index, cell) in rows.cells().iter().enumerate() {
        let Some((field, Fit::Whole)) = rows.fit(index) else { continue };
        let is_label = |i: &usize| matches!(rows.fit(*i), Some((_, Fit::Whole)));
        let beside = rows.cell_at(cell.row.start, cell.col.end).filter(|i| !is_label(i));
        let below = || rows.cell_at(cell.row.end, cell.col.start).filter(|i| !is_label(i) && rows.cells()[*i].col == cell.col);
        let Some(value) = beside.or_else(below).map(|i| &rows.cells()[i]).filter(|_| !cells.contains_key(&field)) else { continue };
        labels.0.extend(cell.run().0);
        run.0.extend(value.run().0);
        cells.insert(field, FieldCell { lines: value.lines.clone(), from_above: false });
    }
    let has_text = |field: Field| cells.get(&field).is_some_and(|c| !c.lines.is_empty());
    let says_what = has_text(Field::Item) && (has_text(Field::Target) || has_text(Field::Methods));
    let row = Row { cells, beyond: Vec::new(), is_remark: false, run };
    (row.cells.len() >= ENOUGH_LABELS && says_what).then_some(Sheet { row, labels })
}
