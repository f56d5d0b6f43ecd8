//! Drawn pages: glyphs and rulings to lines, cells and tables, by geometry alone.
//!
//! `rulings → grid::grids → table::table`, `glyphs → lines::rows → unruled::Around::tables, lines::segments`, then everything in
//! reading order, top to bottom.

mod apart;
mod cell;
mod columns;
mod grid;
mod lines;
mod regions;
mod table;
mod unruled;

pub use regions::regions;

use crate::wrap;
use apart::Parted;
use columns::Stretch;
use lines::Mark;
use seisho_model::codes::layout::l004;
use seisho_model::geometry::{Pt, Rect, exceeds};
use seisho_model::ink::Ink;
use seisho_model::layout::{Apart, Block, Layout, Line, StandIn, TableForm};
use seisho_model::{Page, Pages, Piece, Reported, Run, TextRange, Trust};
use unruled::Around;

/// A gap of more than this share of a line's height, in percent, between two lines is a blank line.
const BLANK_PERCENT: i32 = 90;

/// Takes drawn pages apart.
pub(crate) fn lay_out(pages: &Pages) -> Reported<Layout> {
    let mut layout = Layout::default();
    let mut findings = Vec::new();
    let unit = half_em(pages);
    let mut placed: Vec<Vec<(Rect, Block)>> = Vec::with_capacity(pages.0.len());
    let mut edges: Vec<Vec<(i32, String)>> = Vec::with_capacity(pages.0.len());
    for (number, page) in pages.0.iter().enumerate() {
        let before = placed.last().and_then(|blocks| last_edges(blocks));
        let Found { placed: found, apart, markup, overprinted } =
            page.ink.as_ref().map(|ink| blocks(page, ink, number as u32, unit, before)).unwrap_or_default();
        layout.apart.extend(apart);
        layout.markup.extend(markup);
        layout.overprinted.extend(overprinted);
        edges.push(page.ink.as_ref().map(|ink| edge_lines(page, ink, &found)).unwrap_or_default());
        placed.push(found);
    }
    layout.stand_ins = supplied(pages);
    for (number, blocks) in placed.into_iter().enumerate() {
        layout.blocks.extend((number > 0).then_some(Block::PageBreak));
        let neighbours = [number.checked_sub(1), Some(number + 1)].into_iter().flatten().filter_map(|n| edges.get(n));
        let recurring: Vec<&(i32, String)> = neighbours.flatten().collect();
        for (rect, mut block) in blocks {
            if let Block::Line(line) = &mut block {
                let key = running_key(rect, &line.run.raw(pages));
                line.running = recurring.contains(&&key);
            }
            if let Block::Table(table) = &block
                && table.form == TableForm::Aligned
            {
                let heading = table.cells.iter().filter(|c| c.row.start == 0).flat_map(|c| c.run().0).collect();
                findings.push(l004::aligned(Run(heading)));
            }
            layout.blocks.push(block);
        }
    }
    Reported { output: layout, findings }
}

/// Characters that a second reader named.
fn supplied(pages: &Pages) -> Vec<StandIn> {
    let of_page = |(number, page): (usize, &Page)| -> Vec<StandIn> {
        let piece = |range| Piece { page: number as u32, range };
        let stand_in =
            |&(range, c): &(TextRange, char)| StandIn { piece: piece(range), means: c.into(), rule: "second-reader", trust: Trust::Guess };
        page.supplied.iter().map(stand_in).collect()
    };
    pages.0.iter().enumerate().flat_map(of_page).collect()
}

/// Column edges of the last table of a page that was told by alignment.
fn last_edges(blocks: &[(Rect, Block)]) -> Option<&[Pt]> {
    blocks.iter().rev().find_map(|(_, block)| match block {
        Block::Table(table) if table.form == TableForm::Aligned => table.edges.as_ref().map(|e| e.xs.as_slice()),
        _ => None,
    })
}

/// Running heads stand at the same height to this many thousandths of a point.
const RUNNING_STEP: i32 = 4_000;
/// Tables without rules keep this share of the page, in percent, free at its top and bottom.
const MARGIN_PERCENT: i32 = 6;
/// And within this share of the page from its top or bottom, in percent.
const EDGE_PERCENT: i32 = 12;

/// Lines near the top and bottom of a page, by height and text.
fn edge_lines(page: &Page, ink: &Ink, placed: &[(Rect, Block)]) -> Vec<(i32, String)> {
    let edge = ink.height.0 / 100 * EDGE_PERCENT;
    let text = |line: &Line| line.run.0.iter().map(|p| page.slice(p.range)).collect::<Vec<_>>().join("\n");
    let near = |rect: &Rect| rect.y1.0 < edge || rect.y0.0 > ink.height.0 - edge;
    let lines = placed.iter().filter(|(rect, _)| near(rect)).filter_map(|(rect, block)| match block {
        Block::Line(line) => Some(running_key(*rect, &text(line))),
        _ => None,
    });
    lines.collect()
}

/// Height and text without its digits: a page number counts on.
fn running_key(rect: Rect, text: &str) -> (i32, String) {
    (rect.y0.0 / RUNNING_STEP, text.chars().filter(|c| !c.is_numeric()).collect())
}

/// Half of the usual font size: the column in which indents and widths are counted.
fn half_em(pages: &Pages) -> i32 {
    let mut sizes: Vec<Pt> = pages.0.iter().filter_map(|p| p.ink.as_ref()).flat_map(|i| i.glyphs.iter().map(|g| g.size)).collect();
    sizes.sort_unstable();
    (sizes.get(sizes.len() / 2).map_or(10_000, |s| s.0) / 2).max(500)
}

/// What is on a page.
#[derive(Default)]
struct Found {
    /// Its blocks with their boxes, in reading order.
    placed: Vec<(Rect, Block)>,
    /// Text that is of none of them.
    apart: Vec<Apart>,
    /// Characters that are no text.
    markup: Vec<Piece>,
    /// Letters that are printed over others.
    overprinted: Vec<Piece>,
}

fn blocks(page: &Page, ink: &Ink, number: u32, unit: i32, before: Option<&[Pt]>) -> Found {
    let apart = apart::parted(page, ink, number);
    let Parted { live: marks, rulings, grids, .. } = &apart;
    let mut placed: Vec<Placed> = Vec::new();
    let mut free: Vec<Mark> = Vec::new();
    let mut inside: Vec<Vec<Mark>> = vec![Vec::new(); grids.len()];
    for mark in marks {
        // Of tables inside a cell of another one the inner one.
        let holds = |&(_, grid): &(usize, &grid::Grid)| grid.bounds().contains(mark.rect.center());
        let inner = grids.iter().enumerate().filter(holds).min_by_key(|(index, grid)| (area(grid.bounds()), *index));
        match inner.map(|(index, _)| index) {
            Some(index) => inside[index].push(*mark),
            None => free.push(*mark),
        }
    }
    for (grid, marks) in grids.iter().zip(&inside) {
        let mut bands: Vec<Vec<Mark>> = vec![Vec::new(); grid.ys.len() + 1];
        marks.iter().for_each(|m| bands[grid.ys.partition_point(|&y| y <= m.rect.center().1)].push(*m));
        let grid = grid.parted(|row| unruled::rows_between(page, &lines::rows(&bands[row + 1]), &grid.xs));
        placed.push(Placed::alone(grid.bounds(), Block::Table(table::table(page, ink, number, &grid, marks, TableForm::Ruled))));
    }
    let rows = lines::rows(&free);
    let reads_down = lines::reads_down(&free);
    let stretches = if reads_down { vec![Stretch::whole(&rows)] } else { columns::of_prose(&rows) };
    let top_of_columns = stretches.iter().filter(|s| s.column.is_some()).flat_map(|s| s.rows.iter().flatten()).map(|m| m.rect.y0).min();
    let rulings = grid::merge(rulings);
    let margin = Pt(ink.height.0 / 100 * MARGIN_PERCENT);
    for (index, Stretch { rows, column }) in stretches.into_iter().enumerate() {
        let inner = unruled::inner(&rows, margin..ink.height - margin);
        let around = Around { page, rows: &rows, rulings: &rulings, before: before.filter(|_| index == 0), inner };
        let mut of_stretch: Vec<Placed> = Vec::new();
        let mut from = 0;
        for (range, grid) in around.tables() {
            free_lines(page, number, &rows[from..range.start], unit, &apart.struck, &mut of_stretch);
            let marks: Vec<Mark> = rows[range.clone()].concat();
            let table = table::table(page, ink, number, &grid, &marks, TableForm::Aligned);
            of_stretch.push(Placed::alone(grid.bounds(), Block::Table(table)));
            from = range.end;
        }
        if reads_down {
            down(page, number, &rows[from..], unit, &mut of_stretch);
        } else {
            free_lines(page, number, &rows[from..], unit, &apart.struck, &mut of_stretch);
        }
        if let (Some(column), Some(top)) = (column, top_of_columns) {
            of_stretch.iter_mut().for_each(|p| (p.top, p.column) = (top, column));
        }
        placed.append(&mut of_stretch);
    }
    placed.sort_by_key(|p| (p.top, p.column, p.rect.y0, p.rect.x0));
    let placed = placed.into_iter().map(|p| (p.rect, p.block)).collect();
    Found { placed, apart: apart.apart, markup: apart.markup, overprinted: apart.overprinted }
}

fn area(rect: Rect) -> i64 {
    i64::from(rect.width().0) * i64::from(rect.height().0)
}

/// A block and where it comes in the order of reading.
struct Placed {
    /// Its upper edge, or that of the columns that it is in.
    top: Pt,
    column: u32,
    rect: Rect,
    block: Block,
}

impl Placed {
    fn alone(rect: Rect, block: Block) -> Self {
        Self { top: rect.y0, column: 0, rect, block }
    }
}

/// Columns of vertical text: they are read from the right.
fn down(page: &Page, number: u32, rows: &[Vec<Mark>], unit: i32, placed: &mut Vec<Placed>) {
    let top = rows.iter().flatten().map(|m| m.rect.y0).min().unwrap_or_default();
    for (column, row) in rows.iter().enumerate() {
        let lines = lines_of(page, number, std::slice::from_ref(row), unit, &[]);
        placed.extend(lines.into_iter().map(|(rect, block)| Placed { top, column: column as u32, rect, block }));
    }
}

/// The lines outside tables, those of two columns one column behind the other.
fn free_lines(page: &Page, number: u32, rows: &[Vec<Mark>], unit: i32, struck: &[Rect], placed: &mut Vec<Placed>) {
    let stretches = columns::stretches(rows);
    let of_columns = stretches.iter().filter(|s| s.column.is_some()).flat_map(|s| s.rows.iter()).flatten();
    let top = of_columns.map(|m| m.rect.y0).min().unwrap_or_default();
    for Stretch { rows, column } in stretches {
        let lines = lines_of(page, number, &rows, unit, struck);
        match column {
            Some(column) => placed.extend(lines.into_iter().map(|(rect, block)| Placed { top, column, rect, block })),
            None => placed.extend(lines.into_iter().map(|(rect, block)| Placed::alone(rect, block))),
        }
    }
}

/// A label (１, (2), ア, 第３) far to the left of its text is still of its line.
fn with_labels(page: &Page, mut segments: Vec<Vec<Mark>>) -> Vec<Vec<Mark>> {
    let text = |s: &Vec<Mark>| s.iter().map(|m| page.slice(m.range)).collect::<String>();
    if segments.len() > 1 && crate::text::plain::is_label_like(text(&segments[0]).trim_start_matches('第').chars()) {
        let label = segments.remove(0);
        segments[0].splice(0..0, label);
    }
    segments
}

/// Stretches of a row put together where what lies between them is struck out: it parts no line.
fn bridged(segments: Vec<Vec<Mark>>, struck: &[Rect]) -> Vec<Vec<Mark>> {
    let mut out: Vec<Vec<Mark>> = Vec::with_capacity(segments.len());
    for segment in segments {
        let (here, em) = (lines::bounds(&segment), segment.iter().map(|m| m.size).max().unwrap_or(0));
        let is_bridged = |last: &Vec<Mark>| {
            let before = lines::bounds(last);
            let reaches = |s: &Rect| s.x0.0 - before.x1.0 <= em && here.x0.0 - s.x1.0 <= em && s.x0 < here.x0 && s.x1 > before.x1;
            struck.iter().any(|s| (here.y0..here.y1).contains(&s.center().1) && reaches(s))
        };
        match out.last_mut().filter(|last| is_bridged(last)) {
            Some(last) => last.extend(segment),
            None => out.push(segment),
        }
    }
    out
}

/// Rows as lines.
fn lines_of(page: &Page, number: u32, rows: &[Vec<Mark>], unit: i32, struck: &[Rect]) -> Vec<(Rect, Block)> {
    let left = rows.iter().flatten().map(|m| m.rect.x0.0).min().unwrap_or(0);
    let mut out: Vec<(Rect, Block)> = Vec::new();
    let mut above: Option<Rect> = None;
    for row in rows {
        let top = row.iter().map(|m| m.rect.y0).min().unwrap_or_default();
        for (index, segment) in with_labels(page, bridged(lines::segments(row), struck)).into_iter().enumerate() {
            let rect = lines::bounds(&segment);
            // Segments of one row sort by their left edge.
            let rect = Rect { y0: top, ..rect };
            let gap = above.map_or(0, |a| rect.y0.0 - a.y1.0);
            let run = Run(lines::pieces(page, number, &segment));
            let width = run.0.iter().map(|p| wrap::measure(page.slice(p.range))).sum();
            let blank_before = u32::from(index == 0 && exceeds(gap, BLANK_PERCENT, rect.height().0));
            let indent = ((rect.x0.0 - left) / unit).max(0) as u32;
            let line = Line { run, heading: None, item: false, blank_before, indent, width, running: false, beside: index > 0 };
            out.push((rect, Block::Line(line)));
            if index == 0 {
                above = Some(rect);
            }
        }
    }
    out
}
