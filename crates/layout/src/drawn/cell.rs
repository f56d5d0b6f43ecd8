//! The lines of a cell, in the order in which they are read: two columns inside it one by one, lists by their marks.

use super::lines::{self, Mark};
use seisho_model::geometry::exceeds;
use seisho_model::ink::Ink;
use seisho_model::layout::{CellLine, ListLine};
use seisho_model::{Page, Run};

/// A line that begins this share of an em, in percent, to the right of the cell's marks hangs under them; a column, below.
const HANG_PERCENT: i32 = 60;
/// White between two columns inside a cell, in percent of an em.
const GUTTER_PERCENT: i32 = 120;
/// A label that reaches so near to the end of its column, in percent of an em, goes on in the next line.
const FULL_PERCENT: i32 = 130;

/// The rows of a cell, those of two columns parted and in order: an amount stands behind the whole of its label, which may
/// be wrapped below it; a note beside a name behind the name.
fn in_columns(page: &Page, rows: Vec<Vec<Mark>>) -> Vec<Vec<Mark>> {
    if rows.iter().flatten().any(|m| m.vertical) || rows.len() < 2 {
        return rows;
    }
    let parts: Vec<Vec<Vec<Mark>>> = rows.iter().map(|row| lines::stretches(row, GUTTER_PERCENT)).collect();
    match parts.iter().map(Vec::len).max() {
        Some(1) => interleaved(&rows).unwrap_or(rows),
        Some(2) => labels_and_amounts(page, &parts).unwrap_or(rows),
        _ => rows,
    }
}

fn right(row: &[Mark]) -> i32 {
    row.iter().map(|m| m.rect.x1.0).max().unwrap_or(0)
}

/// Lines of two columns that never stand on one line, and take turns: first the left column.
fn interleaved(rows: &[Vec<Mark>]) -> Option<Vec<Vec<Mark>>> {
    let mut edges: Vec<i32> = rows.iter().map(|row| right(row)).collect();
    edges.sort_unstable();
    let parted = |edge: i32| {
        let (left, other): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|&at| right(&rows[at]) <= edge);
        let start = other.iter().map(|&at| rows[at][0].rect.x0.0).min()?;
        let is_apart = !left.is_empty() && exceeds(start - edge, GUTTER_PERCENT, rows[0][0].size);
        // One column stands in the middle of the other: not one below the other.
        let turns = left.first() < other.last() && other.first() < left.last();
        (is_apart && turns).then(|| left.into_iter().chain(other).map(|at| rows[at].clone()).collect())
    };
    edges.into_iter().find_map(parted)
}

/// Lines of labels with amounts at their right.
fn labels_and_amounts(page: &Page, parts: &[Vec<Vec<Mark>>]) -> Option<Vec<Vec<Mark>>> {
    let pairs = || parts.iter().filter(|p| p.len() == 2);
    let is_amount = |part: &[Mark]| part.iter().all(|m| page.slice(m.range).chars().all(is_of_amount));
    let (edge, start) = (pairs().map(|p| right(&p[0])).max()?, pairs().map(|p| p[1][0].rect.x0.0).min()?);
    if !pairs().all(|p| is_amount(&p[1])) || start <= edge {
        return None;
    }
    let is_of_labels = |row: &Vec<Mark>| right(row) <= start;
    let edge = parts.iter().filter(|p| p.len() == 1 && is_of_labels(&p[0])).map(|p| right(&p[0])).max().map_or(edge, |e| e.max(edge));
    let mut out: Vec<Vec<Mark>> = Vec::new();
    // The amount of a label that goes on below.
    let mut waiting: Option<Vec<Mark>> = None;
    for (at, row) in parts.iter().enumerate() {
        let label = &row[0];
        let is_full = !exceeds(edge - right(label), FULL_PERCENT, label[0].size);
        let next = parts.get(at + 1);
        let goes_on = is_full && next.is_some_and(|next| next.len() == 1 && is_of_labels(&next[0]) && !begins_entry(page, &next[0]));
        out.push(label.clone());
        waiting = waiting.take().or_else(|| row.get(1).cloned());
        if !goes_on {
            out.extend(waiting.take());
        }
    }
    Some(out)
}

/// A character of an amount, which may have its unit.
fn is_of_amount(c: char) -> bool {
    lines::is_of_figure(c) || matches!(c, '円' | '千' | '+')
}

/// Whether a line begins an entry of its own: with a mark or a number.
fn begins_entry(page: &Page, row: &[Mark]) -> bool {
    let first = page.slice(row[0].range).chars().next().unwrap_or(' ');
    !first.is_alphabetic()
}

/// The lines of a cell. Where list marks stand out to the left, the lines under them go on with an item.
pub(super) fn lines_of(page: &Page, ink: &Ink, number: u32, marks: &[Mark]) -> Vec<CellLine> {
    let rows = in_columns(page, lines::rows(marks));
    if rows.iter().any(|row| has_dot(ink, row)) {
        return dotted_lines(page, ink, number, &rows);
    }
    let first = |row: &Vec<Mark>| page.slice(row[0].range).chars().next().unwrap_or(' ');
    let mark = rows.first().map(first).filter(|c| !c.is_alphanumeric());
    let start = |row: &Vec<Mark>| if row[0].vertical { row[0].rect.y0.0 } else { row[0].rect.x0.0 };
    let edge = rows.iter().filter(|r| Some(first(r)) == mark).map(start).min();
    let hangs = |row: &Vec<Mark>| edge.is_some_and(|edge| exceeds(start(row) - edge, HANG_PERCENT, row[0].size));
    let hangs_at_all = rows.iter().any(hangs);
    rows.iter()
        .map(|row| {
            let list = if hangs_at_all && hangs(row) { ListLine::Further } else { ListLine::No };
            CellLine { run: Run(lines::pieces(page, number, row)), list }
        })
        .collect()
}

/// A drawn list mark stands at most so far before its line, in percent of an em.
const DOT_PERCENT: i32 = 200;

/// Whether a drawn list mark stands before a line.
fn has_dot(ink: &Ink, row: &[Mark]) -> bool {
    let first = row[0];
    ink.dots.iter().any(|dot| {
        let gap = first.rect.x0 - dot.x1;
        gap.0 >= 0 && !exceeds(gap.0, DOT_PERCENT, first.size) && (first.rect.y0..first.rect.y1).contains(&dot.center().1)
    })
}

/// Lines of a cell whose items begin with drawn marks.
fn dotted_lines(page: &Page, ink: &Ink, number: u32, rows: &[Vec<Mark>]) -> Vec<CellLine> {
    let mut list = ListLine::No;
    let line = |row: &Vec<Mark>| {
        list = match (has_dot(ink, row), list) {
            (true, _) => ListLine::Item,
            (false, ListLine::No) => ListLine::No,
            (false, _) => ListLine::Further,
        };
        CellLine { run: Run(lines::pieces(page, number, row)), list }
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::TextRange;
    use seisho_model::geometry::{Pt, Rect};
    use seisho_model::ink::Glyph;

    fn rect(x0: i32, y0: i32, x1: i32, y1: i32) -> Rect {
        let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(|v| Pt(v * 1000));
        Rect { x0, y0, x1, y1 }
    }

    #[test]
    fn items_begin_at_drawn_marks_and_lines_under_them_go_on() {
        //  ● あい        a dot at 2..6, letters of 10 points from 10 on
        //    う
        //  ● え
        let places = [(10, 0), (20, 0), (10, 12), (10, 24)];
        let glyph = |(i, &(x, y)): (usize, &(i32, i32))| Glyph {
            range: TextRange::new(i * 3, i * 3 + 3),
            rect: rect(x, y, x + 10, y + 10),
            size: Pt(10_000),
            vertical: false,
            score: None,
        };
        let glyphs = places.iter().enumerate().map(glyph).collect();
        let ink = Ink { glyphs, dots: vec![rect(2, 3, 6, 7), rect(2, 27, 6, 31)], ..Ink::default() };
        let page = Page::drawn("あいうえ".into(), ink.clone());
        let lines = lines_of(&page, &ink, 0, &lines::marks(&page, &ink));
        let found: Vec<_> = lines.iter().map(|l| (page.slice(l.run.0[0].range), l.list)).collect();
        assert_eq!(found, [("あい", ListLine::Item), ("う", ListLine::Further), ("え", ListLine::Item)]);
    }
}
