//! Tables whose rules are written: `│ ─ ┼` in texts of word processors and terminals, `| - +` in those of programs. A written
//! rule says what a drawn one says: cells reach as far as none parts them. Knows widths of characters, no words.

mod edges;
mod grid;
mod signs;

use crate::span;
use crate::text::inline::{self, Tags};
use grid::{Boxed, Parts};
use seisho_model::Page;
use seisho_model::layout::{Cell, Layout, Table, TableForm};
use signs::Line;
use std::ops::Range;

/// What stands in and beside written rules, in order.
pub(crate) enum Part {
    /// A table.
    Table(Table),
    /// A line of text in a frame or beside a table, as bytes of the page.
    Line(Range<usize>),
}

/// Lines with bars that no rules go across are a table from so many on.
const ENOUGH_ROWS: usize = 3;
/// Written tables have no more columns.
const MOST_COLUMNS: usize = 100;

/// Looks for written tables from the top of a text down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Boxes {
    /// None begins before this line.
    none_before: usize,
}

impl Boxes {
    /// Of a text; most have no sign that a bar or corner is written with.
    pub(crate) fn of(text: &str) -> Self {
        Self { none_before: if signs::may_be_in(text) { 0 } else { usize::MAX } }
    }

    /// The table, tables side by side, or frame that begins at a line, and the line behind it. What the rules are written with goes
    /// to the layout's markup.
    pub(crate) fn read(
        &mut self,
        page: (&Page, usize),
        lines: &[Range<usize>],
        first: usize,
        tags: Tags<'_>,
        layout: &mut Layout,
    ) -> Option<(Vec<Part>, usize)> {
        if first < self.none_before {
            return None;
        }
        let text = page.0.text.as_str();
        let wide = region(text, &lines[first..], true);
        let next = first + wide.len();
        if !is_box(text, &wide) {
            // Lines are not taken apart again from each of them.
            self.none_before = first + first_of_bars(&wide);
            return None;
        }
        self.none_before = next;
        Some((parts(page, wide, &lines[first..next], tags, layout)?, next))
    }
}

/// What a box of lines holds. `wide`: the lines, rules as wide as kanji.
fn parts(
    (page, number): (&Page, usize),
    wide: Vec<Line>,
    lines: &[Range<usize>],
    tags: Tags<'_>,
    layout: &mut Layout,
) -> Option<Vec<Part>> {
    let text = page.text.as_str();
    let narrow = region(text, lines, false);
    let is_wide = edges::spread(&wide) <= edges::spread(&narrow);
    let of_box = if is_wide { wide } else { narrow };
    let edges = edges::edges(&of_box);
    if edges.is_empty() || edges.len() > MOST_COLUMNS {
        return None;
    }
    let (of_box, edges) = open_ends(text, of_box, edges);
    if edges.len() < 2 {
        return None;
    }
    let is_ascii = of_box.iter().flat_map(|line| &line.marks).all(|mark| mark.bytes.len() == 1);
    let bar = 1 + u32::from(is_wide && !is_ascii);
    let (mut parts, mut rows, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    for line in &of_box {
        let (segments, outside) = edges::segments(line, &edges);
        let beside = outside.into_iter().filter(|bytes| !line.is_rule && !text[bytes.clone()].trim().is_empty());
        beside.for_each(|bytes| {
            taken.push(bytes.clone());
            parts.push(Part::Line(bytes));
        });
        rows.push(Parts { segments, is_rule: line.is_rule });
    }
    for cols in side_by_side(text, &rows, edges.len() - 1) {
        let of_part = rows.iter().map(|row| of_columns(row, &cols)).collect::<Vec<_>>();
        let (cells, count) = grid::cells(text, &of_part, cols.len());
        taken.extend(cells.iter().flat_map(|cell| cell.lines.iter().cloned()));
        if cols.len() == 1 {
            parts.extend(cells.into_iter().flat_map(|cell| cell.lines).map(Part::Line));
        } else {
            let grid = Grid { cells, rows: count, edges: &edges[cols.start..=cols.end], bar };
            parts.push(Part::Table(table((page, number), grid, tags, layout)));
        }
    }
    markup(page, number, &of_box, taken, layout);
    Some(parts)
}

/// The lines from here on that have rules in them.
fn region(text: &str, lines: &[Range<usize>], wide: bool) -> Vec<Line> {
    lines.iter().map_while(|bytes| Line::of(text, bytes.clone(), wide)).collect()
}

/// Whether lines with rules are a box, and no Markdown, no line between two texts, no bar in a sentence.
fn is_box(text: &str, lines: &[Line]) -> bool {
    let is_filled = |line: &&Line| !line.is_rule && line.between().iter().any(|bytes| !text[bytes.clone()].trim().is_empty());
    let with_text = lines.iter().filter(is_filled).count();
    let is_ruled = lines.iter().any(|line| line.has_rules() && line.is_sure);
    let same = || lines.windows(2).all(|pair| pair[0].marks.len() == pair[1].marks.len());
    let is_barred = with_text >= ENOUGH_ROWS && lines.iter().all(|line| line.is_sure && !line.is_rule) && same();
    with_text > 0 && (is_ruled && lines.iter().any(|line| !line.marks.is_empty()) || is_barred)
}

/// Of lines that are no box, the first from which on they may be one: lines of bars without rules across, the same number in each.
fn first_of_bars(lines: &[Line]) -> usize {
    let breaks = |at: &usize| {
        let line = &lines[*at];
        !line.is_sure || line.is_rule || lines.get(at + 1).is_some_and(|next| next.marks.len() != line.marks.len())
    };
    let from = (0..lines.len()).rev().find(breaks).map_or(0, |at| at + 1);
    // Those from the first line on were looked at.
    if from > 0 { from } else { lines.len() }
}

/// The lines and edges with one more at a side that no rule closes and text stands at.
fn open_ends(text: &str, mut lines: Vec<Line>, mut edges: Vec<u32>) -> (Vec<Line>, Vec<u32>) {
    let is_open = |side: fn(&Line) -> Range<usize>| {
        let rows = || lines.iter().filter(|line| !line.is_rule && !line.marks.is_empty());
        let open = rows().filter(|line| !text[side(line)].trim().is_empty()).count();
        open * 2 >= rows().count()
    };
    let (left, right) = (
        is_open(|line| line.bytes.start..line.marks[0].bytes.start),
        is_open(|line| line.marks[line.marks.len() - 1].bytes.end..line.bytes.end),
    );
    let end = lines.iter().map(|line| line.width).max().unwrap_or(0);
    for line in lines.iter_mut().filter(|line| !line.marks.is_empty()) {
        let (start, stop) = (line.bytes.start, line.bytes.end);
        if left {
            line.marks.insert(0, signs::Mark { bytes: start..start, column: 0 });
            line.ruled.insert(0, false);
        }
        if right {
            line.marks.push(signs::Mark { bytes: stop..stop, column: end });
            line.ruled.push(false);
        }
    }
    if left {
        edges.insert(0, 0);
    }
    if right {
        edges.push(end);
    }
    (lines, edges)
}

/// Runs of columns between which white stands from top to bottom, that no rule crosses: tables side by side.
fn side_by_side(text: &str, rows: &[Parts], cols: usize) -> Vec<Range<usize>> {
    let has_rules = rows.iter().any(|row| row.is_rule);
    let mut is_gap = vec![has_rules; cols];
    for segment in rows.iter().flat_map(|row| &row.segments) {
        if segment.is_ruled || segment.cols.len() > 1 || !text[segment.bytes.clone()].trim().is_empty() {
            is_gap[segment.cols.clone()].fill(false);
        }
    }
    let all: Vec<usize> = (0..cols).collect();
    let runs = all.split(|&col| is_gap[col]).filter(|run| !run.is_empty());
    runs.map(|run| run[0]..run[run.len() - 1] + 1).collect()
}

/// The part of a row in some of its columns.
fn of_columns(row: &Parts, cols: &Range<usize>) -> Parts {
    let segments = row.segments.iter().filter(|s| s.cols.start >= cols.start && s.cols.end <= cols.end);
    let segments = segments.map(|s| edges::Segment { cols: s.cols.start - cols.start..s.cols.end - cols.start, ..s.clone() });
    Parts { segments: segments.collect(), is_rule: row.is_rule }
}

/// A table as columns and rows of a page.
struct Grid<'e> {
    cells: Vec<Boxed>,
    rows: usize,
    edges: &'e [u32],
    /// How wide a bar is.
    bar: u32,
}

fn table((page, number): (&Page, usize), Grid { cells, rows, edges, bar }: Grid<'_>, tags: Tags<'_>, layout: &mut Layout) -> Table {
    let cells = cells.into_iter().map(|cell| {
        let lines = cell.lines.iter().map(|bytes| span::trimmed(page, span::piece(number, bytes.clone()))).collect();
        let span = |range: Range<usize>| range.start as u32..range.end as u32;
        let room = Some((edges[cell.col.end] - edges[cell.col.start]).saturating_sub(bar));
        Cell { row: span(cell.row), col: span(cell.col), header: false, room, lines: inline::cell(page, lines, tags, layout) }
    });
    let cells = cells.collect();
    Table { form: TableForm::Boxed, rows: rows as u32, cols: edges.len() as u32 - 1, cells, edges: None }
}

/// All of the lines that was not taken for a text.
fn markup(page: &Page, number: usize, lines: &[Line], mut taken: Vec<Range<usize>>, layout: &mut Layout) {
    taken.sort_by_key(|bytes| bytes.start);
    let mut next = taken.iter().peekable();
    for line in lines {
        let mut from = line.bytes.start;
        while let Some(bytes) = next.next_if(|bytes| bytes.start < line.bytes.end) {
            rules(page, number, from..bytes.start, layout);
            from = bytes.end;
        }
        rules(page, number, from..line.bytes.end, layout);
    }
}

fn rules(page: &Page, number: usize, bytes: Range<usize>, layout: &mut Layout) {
    if !page.text[bytes.clone()].trim().is_empty() {
        layout.markup.push(span::trimmed(page, span::piece(number, bytes)));
    }
}
