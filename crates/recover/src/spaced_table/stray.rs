//! A deadline that stands one space behind a full line, so that it was read as the end of the text before it. Knows
//! what a deadline is; asks for one only where a row has none.

use crate::cells::narrow_cells;
use seisho_forms::Field;
use seisho_model::layout::{Cell, CellLine, ListLine};
use seisho_model::{Piece, Run};
use seisho_reading::Reader;

/// Puts the deadline at the end of one line of the column before back into its own cell, if that is empty; says what
/// was moved. `cells`: of one row.
pub(crate) fn put_back(cells: &mut [Cell], fields: &[Option<Field>], reader: &Reader<'_>) -> Option<Piece> {
    let to = fields.iter().position(|f| *f == Some(Field::Deadline)).filter(|&col| col > 0)?;
    if !cells[to].lines.is_empty() {
        return None;
    }
    let from = to - 1;
    let ends: Vec<(usize, Piece, Piece)> = cells[from]
        .lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| ends_with_deadline(line, reader).map(|(a, b)| (index, a, b)))
        .collect();
    let [(index, text, deadline)] = ends[..] else { return None };
    let run = &mut cells[from].lines[index].run.0;
    run.pop();
    run.push(text);
    cells[to].lines.push(CellLine { run: Run(vec![deadline]), list: ListLine::No });
    Some(deadline)
}

/// The last piece of a line as text and deadline, where a space parts them.
fn ends_with_deadline(line: &CellLine, reader: &Reader<'_>) -> Option<(Piece, Piece)> {
    let piece = *line.run.0.last()?;
    let raw = reader.pages.text(piece);
    let at = raw.rfind(char::is_whitespace)?;
    let start = at + raw[at..].chars().next().map_or(0, char::len_utf8);
    let text = raw[..at].trim_end();
    // 令和7年 12月 is one date.
    let is_cut = text.chars().next_back().is_some_and(|c| !c.is_numeric() && c != '年');
    (is_cut && narrow_cells::is_deadline(&raw[start..])).then(|| (piece.part(0..text.len()), piece.part(start..raw.len())))
}
