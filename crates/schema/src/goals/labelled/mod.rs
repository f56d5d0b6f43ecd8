//! Goals as lines: 目標：…, 【期限】…, a label alone with its text below. The labels come again for every goal, in their order;
//! a goal becomes a table of them, as a sheet of a form is one.

mod cycle;

use super::Tables;
use super::table::sheet::Entry;
use cycle::{Found, Part, Record, Text};
use seisho_forms::{Forms, headings};
use seisho_model::layout::{Block, Cell, CellLine, Line, ListLine, Table, TableForm};
use seisho_model::{Run, TextRange};
use seisho_reading::Reader;

/// The blocks with the lines of goals as tables, one a goal; none where no lines are goals. The cells of a table may be such
/// lines too: 目標：… in one, 期限：… in the next.
pub(crate) fn labelled(blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<Vec<Block>> {
    // Blanks that stand everywhere part nothing.
    if reader.spaced_scripts {
        return None;
    }
    of_lines(blocks, forms, reader).or_else(|| of_lines(&as_lines(blocks)?, forms, reader))
}

/// The blocks with every line of every cell as a line; none where there are too many, or no cells.
fn as_lines(blocks: &[Block]) -> Option<Vec<Block>> {
    if !blocks.iter().any(|b| matches!(b, Block::Table(_))) {
        return None;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Block::Table(table) = block else {
            out.push(block.clone());
            continue;
        };
        let mut row = None;
        for (cell, line) in table.cells.iter().flat_map(|cell| cell.lines.iter().map(move |line| (cell, line))) {
            let blank_before = u32::from(row.is_some_and(|row| cell.row.start > row + 1));
            row = Some(cell.row.end - 1);
            out.push(Block::Line(Line { blank_before, ..Line::of(line.run.clone()) }));
        }
    }
    (out.len() <= MOST_LINES).then_some(out)
}

/// More lines of cells than this are no text in a frame.
const MOST_LINES: usize = 20_000;

fn of_lines(blocks: &[Block], forms: &Forms, reader: &Reader<'_>) -> Option<Vec<Block>> {
    let lines: Vec<(usize, &Line)> =
        blocks.iter().enumerate().filter_map(|(at, b)| if let Block::Line(line) = b { Some((at, line)) } else { None }).collect();
    let text = |line: &Line| Text { text: reader.raw(&line.run), opens: line.blank_before > 0 || line.heading.is_some() };
    let texts: Vec<Text> = lines.iter().map(|(_, line)| text(line)).collect();
    let is_known = |key: &str| matches!(headings::field_of(key, &forms.goal_table), Some((_, headings::Fit::Whole)));
    let Found { keys, records } = cycle::find(&texts, &is_known)?;
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut tables: Vec<usize> = Vec::new();
    let mut next = 0;
    for record in &records {
        let (first, end) = (lines[record.start].0, lines.get(record.end).map_or(blocks.len(), |(at, _)| *at));
        out.extend(blocks[next..first].iter().cloned());
        let others = blocks[first..end].iter().filter(|b| !matches!(b, Block::Line(_)));
        out.extend(others.cloned());
        out.extend(record.running.iter().map(|&line| Block::Line(Line { running: true, ..lines[line].1.clone() })));
        tables.push(out.len());
        out.push(Block::Table(table(record, &keys, &lines, reader)));
        next = end;
    }
    out.extend(blocks[next..].iter().cloned());
    let found = Tables::new(&out, forms, reader);
    let is_sheet = |index: &usize| !found.sheets[*index].is_empty() && found.sheets[*index].iter().all(Entry::agrees);
    tables.iter().all(is_sheet).then_some(out)
}

/// A record: its title over the table, then a label a row with its value beside it.
fn table(record: &Record, keys: &[String], lines: &[(usize, &Line)], reader: &Reader<'_>) -> Table {
    let mut cells: Vec<Cell> = Vec::new();
    let mut add = |row: usize, col: u32, header: bool, parts: &[Part]| {
        let line = |part: &Part| CellLine { run: run(part, lines, reader), list: ListLine::No };
        let row = row as u32;
        cells.push(Cell { row: row..row + 1, col: col..col + 1, header, room: None, lines: parts.iter().map(line).collect() });
    };
    let titles = record.title.len();
    for (row, part) in record.title.iter().enumerate() {
        part.iter().for_each(|part| add(row, 1, false, std::slice::from_ref(part)));
    }
    for (row, key) in keys.iter().enumerate() {
        if let Some(cycle::Entry { label, value, .. }) = record.entries.get(key) {
            add(titles + row, 0, true, std::slice::from_ref(label));
            add(titles + row, 1, false, value);
        }
    }
    Table { form: TableForm::Labelled, rows: (titles + keys.len()) as u32, cols: 2, cells, edges: None }
}

/// A part of a line without blanks around it.
fn run(part: &Part, lines: &[(usize, &Line)], reader: &Reader<'_>) -> Run {
    lines[part.line].1.run.part(TextRange::new(part.bytes.start, part.bytes.end)).trimmed(reader.pages)
}
