//! Cells of a drawn table that hold no more: where the print cut a text off, the last line is full, no other one would fit
//! below it, and the words stop in the middle. Says so; decides nothing.

use super::drafts::Draft;
use crate::recorder::Recorder;
use seisho_forms::{Field, FieldKind};
use seisho_japanese::tokenizer::{Conjugation, PartOfSpeech, Particle};
use seisho_model::codes::layout::l018;
use seisho_model::geometry::{Rect, exceeds};
use seisho_model::layout::{Block, Cell, Edges, TableForm};
use seisho_model::{Pages, Piece, Pointer, Run};
use seisho_reading::{Reader, ends_sentence};
use std::collections::{BTreeMap, BTreeSet};

/// Another line would need so much of an em, in percent.
const LINE_PERCENT: i32 = 105;
/// Another word would need so much of an em beside what the cell keeps clear at its left, in percent: figures with their unit
/// are not parted (受診率が | 45％).
const LETTER_PERCENT: i32 = 300;
/// The end of a text that is looked at, in characters.
const END: usize = 40;
/// Where so many texts of a document stop in the middle, all that fill their cells may.
const SEVERAL: usize = 2;

/// How a cell is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Full {
    /// No other line would fit.
    Lines,
    /// No other line, and no other letter on the last one.
    Letters,
}

/// Says which values may be cut off.
pub(super) fn report(blocks: &[Block], drafts: &[Draft], reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) {
    let full: BTreeMap<Piece, Full> = blocks.iter().flat_map(|block| full_cells(block, reader.pages)).collect();
    if !full.values().any(|full| *full == Full::Letters) {
        return;
    }
    let mut found: Vec<(usize, Field, Run, bool)> = Vec::new();
    let mut lists: Vec<(usize, Field, Run)> = Vec::new();
    for (row, draft) in drafts.iter().enumerate() {
        for (&field, lines) in draft.cells.iter().filter(|(field, _)| !matches!(field.kind(), FieldKind::Number | FieldKind::Date)) {
            let run = Run(lines.iter().flat_map(|line| line.run.0.iter().copied()).collect());
            match run.0.last().and_then(|last| full.get(last)) {
                Some(Full::Letters) => {
                    let is_open = stops_in_the_middle(&run, reader);
                    found.push((row, field, run, is_open));
                }
                Some(Full::Lines) if field.kind() == FieldKind::Items => lists.push((row, field, run)),
                _ => {}
            }
        }
    }
    // A row that is too low for one of its texts is too low for those beside it.
    let open: BTreeSet<usize> = found.iter().filter(|(_, _, _, is_open)| *is_open).map(|(row, ..)| *row).collect();
    let count = found.iter().filter(|(_, _, _, is_open)| *is_open).count();
    let is_low = |row: usize| count >= SEVERAL || open.contains(&row);
    for (row, field, run, is_open) in found {
        let is_whole = || ends_sentence(reader.glance(&run).text().trim());
        if is_open || is_low(row) && !is_whole() {
            recorder.findings.push(l018::cut_off(field.names()).at(run).about(Pointer::goal(row).field(field.name())));
        }
    }
    for (row, field, run) in lists.into_iter().filter(|(row, ..)| is_low(*row)) {
        recorder.findings.push(l018::may_lack_lines(field.names()).at(run).about(Pointer::goal(row).field(field.name())));
    }
}

/// The last pieces of cells that hold no more.
fn full_cells(block: &Block, pages: &Pages) -> Vec<(Piece, Full)> {
    let Block::Table(table) = block else { return Vec::new() };
    let Some(edges) = table.edges.as_ref().filter(|_| table.form == TableForm::Ruled) else { return Vec::new() };
    table.cells.iter().filter(|cell| !cell.header).filter_map(|cell| full(cell, edges, pages)).collect()
}

/// The last piece of a cell that has no room for another line.
fn full(cell: &Cell, edges: &Edges, pages: &Pages) -> Option<(Piece, Full)> {
    let last = *cell.lines.last()?.run.0.last()?;
    let ink = pages.0[edges.page as usize].ink.as_ref().filter(|_| last.page == edges.page)?;
    let bounds = |piece: &Piece| ink.glyphs_of(piece.range).map(|g| g.rect).reduce(Rect::union);
    let em = ink.glyphs_of(last.range).map(|g| g.size.0).max()?;
    if ink.glyphs_of(last.range).any(|g| g.vertical) {
        return None;
    }
    let of_last = bounds(&last)?;
    let all = cell.lines.iter().flat_map(|line| &line.run.0).filter_map(bounds).reduce(Rect::union)?;
    let rect = edges.rect(cell);
    let margin = (all.x0.0 - rect.x0.0).clamp(0, em / 2);
    let has_line = exceeds(rect.height().0 - all.height().0, LINE_PERCENT, em);
    let has_letter = exceeds(rect.x1.0 - margin - of_last.x1.0, LETTER_PERCENT, em);
    (!has_line).then_some((last, if has_letter { Full::Lines } else { Full::Letters }))
}

/// Whether a text ends with what must go on: a particle, a form of a verb that leans on the next word, a comma, a bracket.
fn stops_in_the_middle(run: &Run, reader: &mut Reader<'_>) -> bool {
    let text = reader.glance(run).text().trim().to_owned();
    let from = text.char_indices().rev().nth(END).map_or(0, |(at, _)| at);
    let opened = text.matches(['（', '(', '「', '『']).count() > text.matches(['）', ')', '」', '』']).count();
    if text.ends_with(['、', '，']) || opened {
        return true;
    }
    let Some(last) = reader.worker.segment(&text[from..]).last().copied() else { return false };
    match last.pos {
        PartOfSpeech::Particle(particle) => {
            matches!(particle, Particle::Case | Particle::Topic | Particle::Adnominalizing | Particle::Parallel | Particle::Conjunctive)
        }
        PartOfSpeech::Prefix => true,
        pos if pos.conjugates() => {
            !matches!(last.conjugation, None | Some(Conjugation::Plain | Conjugation::Imperative | Conjugation::Attributive))
        }
        _ => false,
    }
}
