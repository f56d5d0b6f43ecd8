//! Text outside tables as areas to read: cut along white bands and corridors until neither is left.

use crate::picture::components::Part;
use crate::picture::components::{em, is_dot};
use crate::picture::gray::Window;

/// Ink of letters is no larger than this, in inches; larger parts are pictures, frames or seals.
const LARGEST: f64 = 0.6;
/// Ink this small in both directions, in inches, says nothing of where text stands.
const SMALLEST: f64 = 0.016;
/// A white band of this share of an em, in percent, parts two areas.
const BAND_PERCENT: usize = 60;
/// A corridor of this share of an em parts columns of three lines and more; the blank behind a label is as wide
/// but stands beside one line only.
const CORRIDOR_PERCENT: usize = 60;
/// A corridor of this share of an em parts fewer lines.
const WIDE_PERCENT: usize = 220;
/// The white behind 、 is narrower than this share of an em.
const MARK_PERCENT: usize = 92;
/// Columns have at least this many lines.
const COLUMN_LINES: usize = 3;
/// White around an area that belongs to it, in percent of an em: dots and small kana at its ends.
const MARGIN_PERCENT: usize = 25;

/// The areas of text that parts of ink make, each once; `parts` are those outside tables and rules.
pub(crate) fn areas(parts: &[Part], dpi: f64, (width, height): (usize, usize)) -> Vec<Window> {
    let smallest = (dpi * SMALLEST) as usize;
    let is_text = |p: &&Part| {
        let largest = (dpi * LARGEST) as usize;
        p.width() <= largest && p.height() <= largest && p.width().max(p.height()) >= smallest && is_dot(p, dpi)
    };
    let letters: Vec<Part> = parts.iter().filter(is_text).copied().collect();
    let em = em(&letters, dpi);
    let mut leaves = Vec::new();
    split(letters, em, &mut leaves);
    leaves.sort_by_key(|w| (w.y0, w.x0));
    let margin = (em * MARGIN_PERCENT / 100).max(3);
    let grown = |w: &Window| Window {
        x0: w.x0.saturating_sub(margin),
        y0: w.y0.saturating_sub(margin),
        x1: (w.x1 + margin).min(width),
        y1: (w.y1 + margin).min(height),
    };
    leaves.iter().map(|leaf| apart(grown(leaf), leaf, &leaves)).collect()
}

/// The part of a grown area that does not reach into another.
fn apart(grown: Window, own: &Window, all: &[Window]) -> Window {
    let mut w = grown;
    for other in all.iter().filter(|o| *o != own) {
        let beside = other.y0 < w.y1 && w.y0 < other.y1;
        let above = other.x0 < w.x1 && w.x0 < other.x1;
        if beside && other.x0 >= own.x1 {
            w.x1 = w.x1.min(other.x0);
        } else if beside && other.x1 <= own.x0 {
            w.x0 = w.x0.max(other.x1);
        } else if above && other.y0 >= own.y1 {
            w.y1 = w.y1.min(other.y0);
        } else if above && other.y1 <= own.y0 {
            w.y0 = w.y0.max(other.y1);
        }
    }
    w
}

fn bounds(parts: &[Part]) -> Option<Window> {
    let all = parts.iter().copied().reduce(Part::union)?;
    Some(Window { x0: all.x0, y0: all.y0, x1: all.x1, y1: all.y1 })
}

fn split(parts: Vec<Part>, em: usize, leaves: &mut Vec<Window>) {
    let Some(whole) = bounds(&parts) else { return };
    let columns = |percent: usize| {
        let columns = stretches(parts.iter().map(|p| (p.x0, p.x1)).collect(), em * percent / 100);
        without_labels(columns, &parts, em)
    };
    let narrow = columns(CORRIDOR_PERCENT);
    // Lines of neighbours need not stand at one height.
    let most = narrow.iter().map(|c| lines(&parts, c, em)).chain([lines(&parts, &(whole.x0, whole.x1), em)]).max().unwrap_or(0);
    let columns = if most >= COLUMN_LINES { narrow } else { columns(WIDE_PERCENT) };
    if columns.len() > 1 {
        return each(&parts, &columns, |p| p.x0, em, leaves);
    }
    let bands = stretches(parts.iter().map(|p| (p.y0, p.y1)).collect(), em * BAND_PERCENT / 100);
    if bands.len() > 1 {
        return each(&parts, &bands, |p| p.y0, em, leaves);
    }
    leaves.push(whole);
}

fn each(parts: &[Part], stretches: &[(usize, usize)], start: impl Fn(&Part) -> usize, em: usize, leaves: &mut Vec<Window>) {
    for &(from, to) in stretches {
        split(parts.iter().filter(|p| (from..to).contains(&start(p))).copied().collect(), em, leaves);
    }
}

/// How many lines of text a column holds.
fn lines(parts: &[Part], column: &(usize, usize), em: usize) -> usize {
    let inside = parts.iter().filter(|p| (column.0..column.1).contains(&p.x0));
    stretches(inside.map(|p| (p.y0, p.y1)).collect(), em / 8).len()
}

/// Columns, where those that hold one line beside several go with their right neighbour: labels; or with their left one,
/// where only the white of a 、 parts them from it.
fn without_labels(columns: Vec<(usize, usize)>, parts: &[Part], em: usize) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut label: Option<usize> = None;
    for (index, column) in columns.iter().enumerate() {
        let next = columns.get(index + 1);
        let is_line = lines(parts, column, em) == 1;
        if let Some(last) = out.last_mut().filter(|last| is_line && label.is_none() && column.0 - last.1 < em * MARK_PERCENT / 100) {
            last.1 = column.1;
            continue;
        }
        let is_near = next.is_some_and(|n| n.0 - column.1 < em * WIDE_PERCENT / 100);
        if is_near && column.1 - column.0 <= 3 * em && is_line {
            label = label.or(Some(column.0));
            continue;
        }
        out.push((label.take().unwrap_or(column.0), column.1));
    }
    out
}

/// Stretches that no gap of more than `gap` parts.
fn stretches(mut spans: Vec<(usize, usize)>, gap: usize) -> Vec<(usize, usize)> {
    spans.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (from, to) in spans {
        match out.last_mut().filter(|last| from <= last.1 + gap) {
            Some(last) => last.1 = last.1.max(to),
            None => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of 30 pixels in lines of so many, from a corner on.
    fn text(x: usize, y: usize, lines: &[usize]) -> Vec<Part> {
        let letter = |row: usize, col: usize| {
            let (x0, y0) = (x + col * 33, y + row * 45);
            Part { x0, y0, x1: x0 + 30, y1: y0 + 30, area: 300 }
        };
        lines.iter().enumerate().flat_map(|(row, &count)| (0..count).map(move |col| letter(row, col))).collect()
    }

    #[test]
    fn columns_and_paragraphs_are_areas_of_their_own() {
        let title = text(400, 50, &[12]);
        let (left, right) = (text(100, 150, &[8, 8, 5]), text(420, 150, &[9, 9, 9]));
        let found = areas(&[title, left, right].concat(), 300.0, (2000, 2000));
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn columns_whose_lines_stand_at_other_heights_are_areas_of_their_own() {
        let found = areas(&[text(100, 122, &[8, 8]), text(420, 100, &[9, 9, 9])].concat(), 300.0, (2000, 2000));
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn what_follows_a_mark_stays_with_its_line() {
        // Two lines, one of two letters more behind 、; a column of five lines to the right.
        let left = [text(100, 122, &[8, 8]), text(100 + 8 * 33 + 23, 122, &[2])].concat();
        let found = areas(&[left, text(520, 100, &[9, 9, 9, 9, 9])].concat(), 300.0, (2000, 2000));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().any(|w| w.x0 < 110 && w.x1 > 440), "{found:?}");
    }

    #[test]
    fn a_label_stays_with_its_paragraph() {
        let found = areas(&[text(100, 100, &[1]), text(170, 100, &[20, 20, 20])].concat(), 300.0, (2000, 2000));
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
