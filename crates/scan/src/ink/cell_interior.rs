//! The inside of a cell: its rules left out, letters that stand close to them kept whole.

use crate::picture::gray::Window;
use crate::picture::gray::{Gray, Levels};

/// A rule's remains reach this far into a cell, in inches.
const REACH: f64 = 0.03;
/// A row or column of which this share is ink is a rule's, in percent.
const RULE_PERCENT: usize = 40;
/// One that begins further from the edge than rules are placed wrong is a rule's only with an unbroken stretch of this
/// share, in percent: letters in a row have gaps.
const UNBROKEN_PERCENT: usize = 60;
/// A second rule beside the first is unbroken for this share of the cell, in percent; strokes of letters are shorter.
const SECOND_PERCENT: usize = 92;
/// The middle of a rule is known to so many pixels.
const SLACK: usize = 2;

/// A row or column across: how many of its pixels are ink, and in its longest stretch.
#[derive(Clone, Copy, Default)]
struct Across {
    ink: usize,
    unbroken: usize,
    of: usize,
}

impl Across {
    fn new(pixels: impl Iterator<Item = bool>) -> Self {
        let mut across = Self::default();
        let mut stretch = 0;
        for is_ink in pixels {
            stretch = if is_ink { stretch + 1 } else { 0 };
            across.ink += usize::from(is_ink);
            across.unbroken = across.unbroken.max(stretch);
            across.of += 1;
        }
        across
    }

    fn is_dark(self) -> bool {
        self.ink * 100 >= self.of.max(1) * RULE_PERCENT
    }

    fn is_unbroken(self) -> bool {
        self.unbroken * 100 >= self.of.max(1) * UNBROKEN_PERCENT
    }
}

/// The inside of a cell whose box runs along the middle of its rules, which are at most so wide.
pub(crate) fn peeled(gray: &Gray, levels: Levels, dpi: f64, cell: Window, rule: usize) -> Window {
    let threshold = levels.threshold();
    let depth = |side: usize| ((dpi * REACH) as usize + rule / 2 + 1).min(side / 4);
    let (down, across) = (depth(cell.y1 - cell.y0), depth(cell.x1 - cell.x0));
    // Ends of the cell's own rules must not count for those across: look between them.
    let core = Window { x0: cell.x0 + across, x1: cell.x1 - across, y0: cell.y0 + down, y1: cell.y1 - down };
    let row = |y: usize| Across::new((core.x0..core.x1).map(|x| gray.at(x, y) < threshold));
    let column = |x: usize| Across::new((core.y0..core.y1).map(|y| gray.at(x, y) < threshold));
    let near = rule / 2 + SLACK;
    let is_ink = |x: usize, y: usize| gray.at(x, y) < threshold;
    let rows = || core.y0..core.y1;
    let left: Vec<Across> = (0..across).map(|d| column(cell.x0 + d)).collect();
    let right: Vec<Across> = (1..=across).map(|d| column(cell.x1 - d)).collect();
    let x0 = cell.x0 + clean(&left, near, rows().map(|y| reach(across, near, |d| is_ink(cell.x0 + d, y))));
    let y0 = cell.y0 + thickness((0..down).map(|d| row(cell.y0 + d)), near);
    let x1 = cell.x1 - clean(&right, near, rows().map(|y| reach(across, near, |d| is_ink(cell.x1 - 1 - d, y))));
    let y1 = cell.y1 - thickness((1..=down).map(|d| row(cell.y1 - d)), near);
    Window { x0, y0, x1: x1.max(x0), y1: y1.max(y0) }
}

/// How many rows from the edge of a cell inwards are its rule's, with its soft edge.
fn thickness(rows: impl Iterator<Item = Across>, near: usize) -> usize {
    let mut end = None;
    for (depth, row) in rows.enumerate() {
        let goes_on = depth <= near && end.is_none() || end == Some(depth);
        if row.is_unbroken() || row.is_dark() && goes_on {
            end = Some(depth + 1);
        }
    }
    end.map_or(near, |end| end + 1)
}

/// How far a rule reaches into one row: ink that begins where rules lie, to where it ends; none where none does.
fn reach(most: usize, near: usize, is_ink: impl Fn(usize) -> bool) -> Option<usize> {
    let from = (0..most.min(near + 1)).find(|&d| is_ink(d))?;
    Some((from..most).find(|&d| !is_ink(d)).unwrap_or(most))
}

/// How many columns from the edge of a cell inwards are its rule's, where letters may touch it: a stroke that does, of a 0
/// set right, is of the letter. Columns tell how wide it is, unless most rows say that it is narrower.
fn clean(columns: &[Across], near: usize, rows: impl Iterator<Item = Option<usize>>) -> usize {
    let wide = thickness(columns.iter().copied(), near);
    let mut reached: Vec<usize> = rows.flatten().collect();
    reached.sort_unstable();
    let Some(usual) = reached.get(reached.len() / 2).map(|reach| reach + 1) else { return wide };
    let is_one =
        columns.iter().skip(usual).take(wide.saturating_sub(usual)).all(|column| column.unbroken * 100 < column.of * SECOND_PERCENT);
    if usual < wide && is_one { usual } else { wide }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell of 200 by 100 pixels in a rule of 4, with more ink in rows from one to another.
    fn cell(more: impl Fn(usize, usize) -> bool) -> Gray {
        let is_rule = |x: usize, y: usize| x < 2 || y < 2 || x >= 198 || y >= 98;
        let px = (0..100 * 200).map(|i| if is_rule(i % 200, i / 200) || more(i % 200, i / 200) { 0 } else { 255 }).collect();
        Gray { width: 200, height: 100, px }
    }

    fn top(gray: &Gray) -> usize {
        peeled(gray, gray.levels(), 300.0, Window { x0: 0, y0: 0, x1: 200, y1: 100 }, 4).y0
    }

    #[test]
    fn a_stroke_that_touches_a_rule_is_of_its_letter() {
        // A 0 whose right stroke, of six pixels and a third of the cell's height, touches the rule at the right.
        let gray = cell(|x, y| (33..66).contains(&y) && (180..198).contains(&x) && !((186..192).contains(&x) && (39..60).contains(&y)));
        let inside = peeled(&gray, gray.levels(), 300.0, Window { x0: 0, y0: 0, x1: 200, y1: 100 }, 4);
        assert_eq!(inside.x1, 197);
        assert_eq!(peeled(&cell(|x, _| x >= 190), gray.levels(), 300.0, Window { x0: 0, y0: 0, x1: 200, y1: 100 }, 4).x1, 189);
    }

    #[test]
    fn letters_close_to_a_rule_are_not_cut_and_a_second_rule_is() {
        assert_eq!(top(&cell(|_, _| false)), 3);
        // Letters of which half of every row is ink, two pixels below the rule.
        assert_eq!(top(&cell(|x, y| (4..30).contains(&y) && x % 20 < 10)), 3);
        assert_eq!(top(&cell(|_, y| (6..8).contains(&y))), 9, "a double rule");
    }
}
