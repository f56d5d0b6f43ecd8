//! Lines of a table of lines that are of no row: a text from the table's left edge over its columns, which names the rows
//! below it, and sums of the rows above. Knows places and figures, no words.

use super::grid::Lines;
use seisho_forms::{Field, FieldKind};
use seisho_model::script::{is_amount, is_digit};
use std::collections::BTreeMap;
use std::ops::Range;

/// Blanks inside a text are no wider, in characters: a heading types two after its number.
const WIDEST_BLANK: usize = 2;
/// The label of a sum is no longer, in characters.
const LONGEST_LABEL: usize = 16;
/// Fewer amounts show no column of them, and are no sum.
const FEWEST_AMOUNTS: usize = 2;
/// The last sign of the label of a sum: 計, 合計, 予算額合計.
const SUM: char = '計';

/// What a line is that is of no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// A text over the columns.
    Band,
    /// Sums of rows above.
    Sum,
}

impl Lines<'_> {
    /// The lines of a body that are of no row. `numbers`: the column of the rows' numbers, and its lines that hold one.
    pub(crate) fn apart(&self, body: Range<usize>, numbers: Option<(usize, &[usize])>, fields: &[Option<Field>]) -> BTreeMap<usize, Apart> {
        let mut apart = BTreeMap::new();
        if let Some((col, numbers)) = numbers {
            let edges = self.edges_of_numbers(col, numbers, body.start);
            let bands = body.clone().filter(|line| !numbers.contains(line));
            apart.extend(bands.filter(|&line| edges.is_some_and(|edges| self.is_band(line, edges))).map(|line| (line, Apart::Band)));
        }
        let mut from = body.start;
        for line in body.clone() {
            if self.is_sum(line, from..line, numbers, fields) {
                apart.insert(line, Apart::Sum);
                from = line + 1;
            }
        }
        apart
    }

    /// How far right numbers begin, and where the column behind them does; none where the numbers have no column of their own.
    fn edges_of_numbers(&self, col: usize, numbers: &[usize], body: usize) -> Option<(usize, usize)> {
        let last = numbers.iter().filter_map(|&line| self.place(line, col)).map(|place| place.start).max()?;
        let next = self.bounds(body).get(col + 1)?.start;
        (last < next).then_some((last, next))
    }

    /// One text that begins where the numbers do, or left of them, and reaches over the column behind them.
    fn is_band(&self, line: usize, (last_number, next): (usize, usize)) -> bool {
        let places: Vec<Range<usize>> = (0..self.widest.len()).filter_map(|col| self.place(line, col)).collect();
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return false };
        let is_one = places.windows(2).all(|pair| pair[1].start <= pair[0].end + WIDEST_BLANK);
        is_one && first.start <= last_number && first.start < next && last.end > next
    }

    /// A label and amounts, of which each is the sum of those above it; or a label that says so, below an amount of a row.
    fn is_sum(&self, line: usize, above: Range<usize>, numbers: Option<(usize, &[usize])>, fields: &[Option<Field>]) -> bool {
        if numbers.is_some_and(|(_, lines)| lines.contains(&line)) {
            return false;
        }
        let is_free = |col: &usize| !matches!(fields[*col].map(Field::kind), Some(FieldKind::Number | FieldKind::Date));
        let filled: Vec<usize> = (0..self.widest.len()).filter(|&col| !self.text(line, col).is_empty()).collect();
        let (amounts, labels): (Vec<usize>, Vec<usize>) = filled.into_iter().partition(|&col| is_amount(self.text(line, col)));
        let [label] = labels[..] else { return false };
        let label = self.text(line, label);
        if amounts.is_empty() || !amounts.iter().all(is_free) || label.chars().count() > LONGEST_LABEL || label.contains(is_digit) {
            return false;
        }
        let is_said = label.ends_with(SUM);
        amounts.iter().all(|&col| {
            let column: Vec<u64> = above.clone().filter_map(|at| amount(self.text(at, col))).collect();
            let is_column =
                column.len() >= FEWEST_AMOUNTS && above.clone().all(|at| self.text(at, col).is_empty() || is_amount(self.text(at, col)));
            let is_sum = is_column && amount(self.text(line, col)) == Some(column.iter().sum());
            is_sum || is_said && (is_column || column.is_empty())
        })
    }
}

/// The whole number that a text writes: 1,880.
fn amount(text: &str) -> Option<u64> {
    let key: String = text.chars().filter(|c| !matches!(c, ',' | '，')).collect();
    is_amount(text).then(|| seisho_japanese::normalize::match_text(&key).parse().ok()).flatten()
}
