//! Rows as drafts of goals, and what is uncertain about them as findings.

use super::Parts;
use super::doubts;
use super::rows::{Assigned, Thing};
use crate::goals::drafts::Draft;
use crate::goals::fields;
use crate::profile::{Field, Forms};
use crate::reader::Reader;
use crate::recorder::Recorder;
use seisho_japanese::dates::FiscalYear;
use seisho_model::Run;
use seisho_model::layout::{CellLine, ListLine};
use seisho_model::record::Goal;

/// Writes the goals.
pub(super) fn write(
    parts: &Parts,
    assigned: &Assigned,
    year: Option<&FiscalYear>,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<Goal> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(parts.rows.len());
    for row in 0..parts.rows.len() {
        let mut draft = draft(parts, assigned, row, &drafts);
        draft.candidates = doubts::candidates(parts, assigned, row, recorder);
        drafts.push(draft);
    }
    doubts::report(parts, assigned, recorder);
    fields::write(&drafts, year, forms, reader, recorder)
}

fn draft(parts: &Parts, assigned: &Assigned, row: usize, above: &[Draft]) -> Draft {
    let start = &parts.rows[row];
    let number_run = Run(vec![parts.segments[start.segment].piece]);
    let mut draft = Draft { number: Some(start.value), number_run, page: start.page + 1, last_page: start.page + 1, ..Draft::default() };
    for (thing, laid) in parts.things.iter().zip(&assigned.laid) {
        if laid.row == row {
            if thing.field == Field::Item {
                draft.page = draft.page.min(parts.segments[thing.segments[0]].page() + 1);
            }
            draft.cells.entry(thing.field).or_default().extend(lines(parts, thing));
        }
    }
    if !draft.cells.contains_key(&Field::Item) {
        inherit(parts, &mut draft, row, above);
    }
    draft
}

/// A row without an item stands under a merged cell: its blank cells take the text from above.
fn inherit(parts: &Parts, draft: &mut Draft, row: usize, above: &[Draft]) {
    let Some(before) = row.checked_sub(1) else { return };
    for &field in parts.headings.fields.iter().filter(|f| **f != Field::Number) {
        if !draft.cells.contains_key(&field) {
            let root = above[before].inherited.get(&field).copied().unwrap_or(before);
            draft.inherited.insert(field, root);
            draft.inferred = true;
        }
    }
}

/// The lines of a thing; a text of a wide column is an item of its cell's list.
fn lines(parts: &Parts, thing: &Thing) -> Vec<CellLine> {
    let is_text = matches!(thing.field, Field::Target | Field::Methods);
    let mut lines: Vec<CellLine> = Vec::with_capacity(thing.segments.len());
    for &index in &thing.segments {
        let piece = parts.segments[index].piece;
        // A mark alone on its line goes with what follows.
        let is_mark = lines.len() == 1 && is_text && parts.segments[thing.segments[0]].text.chars().count() == 1;
        match lines.last_mut().filter(|_| is_mark) {
            Some(first) => first.run.0.push(piece),
            None => {
                let list = match (is_text, lines.is_empty()) {
                    (false, _) => ListLine::No,
                    (true, true) => ListLine::Item,
                    (true, false) => ListLine::Further,
                };
                lines.push(CellLine { run: Run(vec![piece]), list });
            }
        }
    }
    lines
}
