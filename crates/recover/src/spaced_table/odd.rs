//! Cells that may hold text of the column beside them: those that are not what their column holds, and lines in which a
//! text begins where the next column does. Says which; moves nothing.

use super::cuts::Row;
use super::grid::Lines;
use seisho_forms::mapping::Contents;
use seisho_forms::{Field, FieldKind, GoalTableForm};
use seisho_japanese::dates::{self, DeadlineKind};
use seisho_model::Piece;
use seisho_reading::Reader;
use std::collections::BTreeSet;
use std::ops::Range;

/// So many cells in a hundred that are what a column of the field holds show that all should be.
const MOST: usize = 60;
/// Fewer rows with a date at the end of a line show no column of them.
const ENOUGH_DATES: usize = 2;
/// A text begins in the next column where it begins so many characters before its left edge.
const NEAR: usize = 4;

/// Adds the texts of such cells, and of those beside them.
pub(crate) fn doubt(
    lines: &Lines<'_>,
    rows: &[Row],
    fields: &[Option<Field>],
    form: &GoalTableForm,
    reader: &Reader<'_>,
    doubts: &mut BTreeSet<Piece>,
) {
    let rows: Vec<Range<usize>> = rows.iter().filter(|row| row.apart.is_none()).map(|row| row.lines.clone()).collect();
    let rows = rows.as_slice();
    let mut odd: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (col, field) in fields.iter().enumerate() {
        let Some(field) = field.filter(|f| matches!(f.kind(), FieldKind::Date | FieldKind::Names)) else { continue };
        let fits = |row: &Range<usize>| {
            let text: String = row.clone().map(|line| lines.text(line, col)).collect();
            let mut contents = Contents::default();
            contents.add(&text, form);
            (!text.is_empty()).then(|| contents.agree_with(field))
        };
        let fits: Vec<Option<bool>> = rows.iter().map(fits).collect();
        // A column of which nothing stands anywhere was not parted from the one beside it.
        if fits.iter().all(Option::is_none) {
            odd.extend((0..rows.len()).flat_map(|row| around(row, col, fields.len())));
        }
        let (all, told) = (fits.iter().flatten().count(), fits.iter().flatten().filter(|fit| **fit).count());
        if told * 100 >= all * MOST {
            odd.extend((0..rows.len()).filter(|&row| fits[row] == Some(false)).flat_map(|row| around(row, col, fields.len())));
        } else {
            odd.extend((0..rows.len()).map(|row| (row, col)));
        }
    }
    let has = |kind: FieldKind| fields.iter().flatten().any(|f| f.kind() == kind);
    if !has(FieldKind::Date) {
        // Dates that end lines of texts are of a column that was not seen.
        for col in (0..fields.len()).filter(|&col| fields[col].is_some_and(Field::is_wide)) {
            let is_date = |text: &str| dates::deadline(text, None).kind != DeadlineKind::Other;
            let ends = |row: &Range<usize>| row.clone().any(|line| lines.last_word(line, col, reader).is_some_and(|w| is_date(&w)));
            if rows.iter().filter(|row| ends(row)).count() >= ENOUGH_DATES {
                odd.extend((0..rows.len()).flat_map(|row| around(row, col, fields.len())));
            }
        }
    }
    let bounds = lines.bounds(rows.first().map_or(0, |row| row.start));
    for (row, range) in rows.iter().enumerate() {
        for (line, col) in range.clone().flat_map(|line| (0..fields.len().saturating_sub(1)).map(move |col| (line, col))) {
            let next = bounds[col + 1].start;
            if lines.text(line, col + 1).is_empty() && lines.words(line, col, reader).iter().any(|&at| at + NEAR >= next) {
                odd.extend([(row, col), (row, col + 1)]);
            }
        }
    }
    if are_spaced(lines, rows, reader) {
        for (row, line) in rows.iter().enumerate().flat_map(|(row, range)| range.clone().map(move |line| (row, line))) {
            odd.extend((1..fields.len()).filter(|&col| may_go_on(lines, line, col)).flat_map(|col| [(row, col - 1), (row, col)]));
        }
    }
    for (row, col) in odd {
        doubts.extend(rows[row].clone().flat_map(|line| lines.pieces(line, col)));
    }
}

/// Whether the page has spaces beside numbers and Latin words inside its texts: 来場者数が 520 人.
fn are_spaced(lines: &Lines<'_>, rows: &[Range<usize>], reader: &Reader<'_>) -> bool {
    let cells = rows.iter().cloned().flatten().flat_map(|line| (0..lines.widest.len()).map(move |col| (line, col)));
    cells.filter(|&(line, col)| lines.has_spaced_numbers(line, col, reader)).count() >= ENOUGH_SPACES
}

/// Whether a text stands one space behind that of the column before, beside a number or a Latin word: where such spaces stand
/// in texts, it may be the rest of that text.
fn may_go_on(lines: &Lines<'_>, line: usize, col: usize) -> bool {
    let touch = lines.place(line, col - 1).zip(lines.place(line, col)).is_some_and(|(before, here)| before.end + 1 == here.start);
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    touch && (word(lines.text(line, col - 1).chars().last()) || word(lines.text(line, col).chars().next()))
}

/// Fewer texts with such spaces show no habit.
const ENOUGH_SPACES: usize = 4;

/// A cell and those beside it.
fn around(row: usize, col: usize, cols: usize) -> impl Iterator<Item = (usize, usize)> {
    (col.saturating_sub(1)..(col + 2).min(cols)).map(move |at| (row, at))
}
