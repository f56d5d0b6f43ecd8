//! Sheets without rules: labels in one column, their values in another.

use crate::drawn::grid::Grid;
use crate::drawn::lines::{self, Mark};
use seisho_model::Page;
use seisho_model::geometry::Pt;
use std::ops::Range;

/// Fewer labels than this are the head of a letter (作成日, 職名, 氏名).
const ENOUGH_LABELS: usize = 5;
/// A label is no longer than this, in ems.
const LONGEST_LABEL: i32 = 12;

/// A row as the part of a sheet that it can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A label and, from the second position on, its value.
    Pair(Pt, Pt),
    /// More of a value, from this position on.
    More(Pt),
}

/// The first sheet among rows of glyphs from `first` on: the rows (by index) that it takes, and its grid.
pub(super) fn sheet_from(page: &Page, rows: &[Vec<Mark>], first: usize) -> Option<(Range<usize>, Grid)> {
    let Part::Pair(left, right) = part(page, &rows[first])? else { return None };
    let em = rows[first][0].size;
    let near = |a: Pt, b: Pt| (a.0 - b.0).abs() <= em / 2;
    let belongs = |row: &Vec<Mark>| match part(page, row) {
        Some(Part::Pair(l, r)) => near(l, left) && near(r, right),
        Some(Part::More(x)) => x.0 >= right.0 - em / 2,
        None => false,
    };
    let count = rows[first..].iter().take_while(|row| belongs(row)).count();
    let taken = &rows[first..first + count];
    let labelled: Vec<usize> = (0..count).filter(|&i| matches!(part(page, &taken[i]), Some(Part::Pair(..)))).collect();
    if labelled.len() < ENOUGH_LABELS {
        return None;
    }
    let bounds: Vec<_> = taken.iter().map(|row| lines::bounds(row)).collect();
    let end = bounds.iter().map(|b| b.x1).max()?;
    let top = |i: usize| if i == 0 { bounds[0].y0.0 - em / 4 } else { (bounds[i - 1].y1.0 + bounds[i].y0.0) / 2 };
    let bottom = bounds.iter().map(|b| b.y1).max()?;
    let xs = vec![Pt(left.0 - em / 2), Pt(right.0 - em / 4), Pt(end.0 + em / 2)];
    let ys = labelled.iter().map(|&i| Pt(top(i))).chain([Pt(bottom.0 + em / 4)]).collect();
    Some((first..first + count, Grid::columns(xs, ys, |_, _| true)))
}

fn part(page: &Page, row: &[Mark]) -> Option<Part> {
    let segments = lines::segments(row);
    let (label, rest) = segments.split_first()?;
    let bounds = lines::bounds(label);
    let Some(value) = rest.first() else { return Some(Part::More(bounds.x0)) };
    let text: String = label.iter().map(|m| page.slice(m.range)).collect();
    // A numbered paragraph far from its number is no label with a value; № is one.
    let is_number = crate::text::plain::is_label_like(text.chars()) && !text.contains(char::is_alphabetic) && !text.contains('№');
    let is_label = !is_number && bounds.width().0 <= label[0].size * LONGEST_LABEL;
    is_label.then(|| Part::Pair(bounds.x0, lines::bounds(value).x0))
}
