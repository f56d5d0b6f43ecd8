//! Numbers of lines in the margin: 5, 10, 15 … left of all text. Where every line has its number, it may be that of a row.

use crate::drawn::grid::Grid;
use crate::drawn::lines::{self, Mark};
use seisho_model::{Page, TextRange};
use std::collections::BTreeSet;

/// Fewer numbers are labels, or of a page.
const ENOUGH: usize = 2;
/// White between a number and the text of its line, in percent of an em: labels stand nearer.
const GAP_PERCENT: i32 = 100;
/// A number has no more figures.
const LONGEST: usize = 3;

/// Sets the numbers of lines apart: the first things on their lines, left of the text of all lines, each so much more than
/// the one before as the lines between them are many.
pub(super) fn without(page: &Page, marks: Vec<Mark>, grids: &[Grid]) -> (Vec<Mark>, Vec<Mark>) {
    let free: Vec<Mark> =
        marks.iter().filter(|m| !m.vertical && !grids.iter().any(|g| g.bounds().contains(m.rect.center()))).copied().collect();
    let rows = lines::rows(&free);
    if rows.iter().flatten().any(|m| m.vertical) {
        return (marks, Vec::new());
    }
    // The number that begins a line, and the letters of it.
    let number = |row: &Vec<Mark>| {
        let first = lines::stretches(row, GAP_PERCENT).into_iter().next()?;
        let figures = first.iter().take_while(|m| page.slice(m.range).chars().all(|c| c.is_ascii_digit())).count();
        let is_apart = (1..=LONGEST).contains(&figures) && figures == first.len() && figures < row.len();
        let text: String = row[..figures].iter().map(|m| page.slice(m.range)).collect();
        is_apart.then(|| text.parse::<usize>().ok().map(|n| (n, row[..figures].to_vec())))?
    };
    let numbered: Vec<(usize, usize, Vec<Mark>)> =
        rows.iter().enumerate().filter_map(|(at, row)| number(row).map(|(n, marks)| (at, n, marks))).collect();
    let edge = numbered.iter().flat_map(|(.., marks)| marks).map(|m| m.rect.x1.0).max().unwrap_or(0);
    let of_numbers: BTreeSet<TextRange> = numbered.iter().flat_map(|(.., marks)| marks.iter().map(|m| m.range)).collect();
    let is_left = free.iter().all(|m| of_numbers.contains(&m.range) || m.rect.x0.0 >= edge);
    // Lines count on: 5 stands on the fifth, 10 on the tenth.
    let counts = numbered.windows(2).all(|w| w[1].1 > w[0].1 && w[1].1 - w[0].1 == w[1].0 - w[0].0);
    let steps: BTreeSet<usize> = numbered.windows(2).map(|w| w[1].1.abs_diff(w[0].1)).collect();
    let is_every_few = steps.len() == 1 && steps.first() > Some(&1);
    if numbered.len() < ENOUGH || !is_left || !counts || !is_every_few {
        return (marks, Vec::new());
    }
    let (margin, live) = marks.into_iter().partition(|m| of_numbers.contains(&m.range));
    (live, margin)
}
