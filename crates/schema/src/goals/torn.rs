//! Rows put together of lines, whose ends nothing drawn shows: where a text goes on in the row below, or stops inside
//! a sentence, the lines were parted wrongly somewhere, and no row of the table is sure. Says so; decides nothing.

use crate::goals::drafts::Draft;
use crate::recorder::Recorder;
use seisho_forms::{Field, FieldKind};
use seisho_japanese::join::{Gap, Reason, Verdict, joint};
use seisho_model::codes::goals::m014;
use seisho_model::layout::{Block, CellLine, TableForm};
use seisho_model::{Finding, Pointer, Run};
use seisho_reading::Reader;
use seisho_recover::Doubts;
use std::collections::BTreeSet;

/// Where so many cells of a column, in percent, end with a full stop, all do.
const ALL_END: usize = 70;

/// Says of all rows that their wide cells are not sure, where one of them is torn, and of cells with a text at a cut
/// that could lie elsewhere (`open`).
pub(super) fn report(blocks: &[Block], drafts: &[Draft], doubts: &Doubts, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) {
    let is_of_lines = blocks.iter().any(|b| matches!(b, Block::Table(t) if t.form == TableForm::Columns));
    if !is_of_lines {
        return;
    }
    let fields: BTreeSet<Field> = drafts.iter().flat_map(|d| d.cells.keys().copied()).collect();
    // The column of texts beside the narrow ones.
    let beside = fields.iter().rfind(|f| f.kind() == FieldKind::Items).copied();
    for &field in fields.iter().filter(|f| !doubts.are_labelled && matches!(f.kind(), FieldKind::Date | FieldKind::Names)) {
        let without: Vec<usize> = (0..drafts.len()).filter(|&row| is_blank(&drafts[row], field)).collect();
        // Where many rows have none, cells may be merged: then nothing beside it is in doubt.
        let beside = beside.filter(|_| without.len() * 100 <= drafts.len() * (100 - ALL_END));
        without.into_iter().for_each(|row| missing(row, field, beside, recorder));
    }
    let torn = !doubts.are_labelled && fields.iter().filter(|f| f.is_wide()).any(|&field| is_torn(drafts, field, reader));
    for (row, draft) in drafts.iter().enumerate() {
        for (&field, lines) in &draft.cells {
            let run = Run(lines.iter().flat_map(|l| l.run.0.iter().copied()).collect());
            if torn && field.is_wide() {
                say(m014::torn(field.names()), row, field, run, recorder);
            } else if run.0.iter().any(|piece| doubts.rows.contains(piece)) {
                say(m014::unclear_end(field.names()), row, field, run, recorder);
            } else if run.0.iter().any(|piece| doubts.columns.contains(piece)) {
                say(m014::beside(field.names()), row, field, run, recorder);
            }
        }
    }
}

/// Whether a row shows nothing in a column.
fn is_blank(draft: &Draft, field: Field) -> bool {
    draft.cells.get(&field).is_none_or(Vec::is_empty) && !draft.inherited.contains_key(&field)
}

/// A row without a cell that nearly all others have: its text may stand at the end of another.
fn missing(row: usize, field: Field, beside: Option<Field>, recorder: &mut Recorder<'_>) {
    for in_doubt in std::iter::once(field).chain(beside) {
        recorder.findings.push(m014::missing(field.names()).about(Pointer::goal(row).field(in_doubt.name())));
    }
}

fn say(finding: Finding, row: usize, field: Field, run: Run, recorder: &mut Recorder<'_>) {
    let finding = finding.about(Pointer::goal(row).field(field.name()));
    recorder.findings.push(if run.is_empty() { finding } else { finding.at(run) });
}

fn is_torn(drafts: &[Draft], field: Field, reader: &mut Reader<'_>) -> bool {
    let cells: Vec<Vec<String>> = drafts.iter().filter_map(|d| d.cells.get(&field)).map(|lines| texts(lines, reader)).collect();
    let cells: Vec<Vec<String>> = cells.into_iter().filter(|lines| !lines.is_empty()).collect();
    let ends = |lines: &Vec<String>| lines.last().is_some_and(|l| l.ends_with(['。', '．', '）', ')']));
    let ended = cells.iter().filter(|c| ends(c)).count();
    let stops_inside = ended * 100 >= cells.len() * ALL_END && ended < cells.len();
    let mut goes_on = |pair: &[Vec<String>]| {
        let (above, below) = (&pair[0][pair[0].len() - 1], &pair[1][0]);
        let found = joint(reader.worker, above, below, Gap::LineBreak);
        let is_sure =
            matches!(found.reason, Reason::WordCut | Reason::Number | Reason::OpenBracket | Reason::LeftOpen | Reason::RightLeans);
        found.verdict == Verdict::Join && is_sure
    };
    stops_inside || cells.windows(2).any(&mut goes_on)
}

fn texts(lines: &[CellLine], reader: &Reader<'_>) -> Vec<String> {
    let text = |line: &CellLine| reader.glance(&line.run).text().trim().to_owned();
    lines.iter().map(text).filter(|t| !t.is_empty()).collect()
}
