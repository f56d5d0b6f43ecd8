//! The columns of the texts of one line, all together: by where each begins, and by the blanks between them. Knows
//! widths, no words.

use super::stretch::{SHORT, Stretch, blanks, is_thin, is_usual, thin_width};

/// Costs; their order is what counts. Chosen on twenty-two drawn tables dumped by `pdftotext -layout`, 2026-11.
/// For every column of characters by which a text begins before its column or behind it; the first ones count most.
const OFF: usize = 2;
const NEAR: usize = 6;
/// A long text in a first column of numbers: one in so many of its texts is one.
const BEYOND: usize = 6;
const NUMBERS: usize = 4;
/// For the first text of a line that begins where none of the column does in so many lines above and below.
const UNUSUAL: usize = 3;
const AROUND: usize = 4;
/// A list mark right before the next column.
const LATE_MARK: usize = 8;
/// One space between two columns: the text before would fill its line. A short text among blanks fills none: 12 月.
const THIN_PART: usize = 1;
const SHORT_PART: usize = 10;
/// One space beside a number or a Latin word.
const WORD_PART: usize = 8;
/// A list mark begins a cell, and a number ends one of the first column.
const MARK_INSIDE: usize = 4;
/// One space inside a cell: hardly any text has one but names, numbers and Latin words.
const THIN_INSIDE: usize = 5;
/// The rest of a text behind one space, wherever it stands: no more.
const REST: usize = 4;
/// A text that reaches into the next column by more than `super::PULLED`.
const REACHES: usize = 4;
/// Blanks inside a cell: two or three, and so many as no text has.
const BLANKS_INSIDE: usize = 6;
const FAR_INSIDE: usize = 13;
const FAR: usize = 4;

/// The column of every text of every line, from left to right; `edges`: the columns of characters where columns begin. Of
/// ways as cheap, the one whose texts are farther left.
pub(super) fn columns_of(lines: &[Vec<Stretch>], edges: &[usize]) -> Vec<Vec<usize>> {
    let counts = first_counts(lines, edges);
    let alone: Vec<Vec<usize>> = lines.iter().map(|line| of_line(line, edges, &[], counts)).collect();
    let of = |index: usize| {
        if let Some(named) = one_in_each(&lines[index], edges).filter(|_| index == 0) {
            return named;
        }
        let near = index.saturating_sub(AROUND)..(index + AROUND + 1).min(lines.len());
        let starts = |i: usize| lines[i].iter().map(|s| s.columns.start).zip(alone[i].iter().copied());
        let known: Vec<(usize, usize)> = near.filter(|&i| i != index).flat_map(starts).collect();
        of_line(&lines[index], edges, &known, counts)
    };
    (0..lines.len()).map(of).collect()
}

/// The first line with as many texts as there are columns names each in its turn, wherever they stand: headings that were
/// typed by hand stand beside their columns.
fn one_in_each(line: &[Stretch], edges: &[usize]) -> Option<Vec<usize>> {
    if line.len() == edges.len() + 1 {
        return Some((0..line.len()).collect());
    }
    let columns: Vec<usize> = (0..line.len())
        .scan(0, |col, index| {
            *col += usize::from(index > 0 && !is_thin(line, index));
            Some(*col)
        })
        .collect();
    (columns.last() == Some(&edges.len())).then_some(columns)
}

/// Whether the first column holds numbers.
fn first_counts(lines: &[Vec<Stretch>], edges: &[usize]) -> bool {
    let first = || lines.iter().filter_map(|l| l.first()).filter(|s| edges.first().is_some_and(|&to| s.columns.start < to));
    let numbers = first().filter(|s| s.number).count();
    numbers * NUMBERS > first().count()
}

/// `known`: where texts of the lines around begin, and their columns. `counts`: the first column holds numbers.
fn of_line(line: &[Stretch], edges: &[usize], known: &[(usize, usize)], counts: bool) -> Vec<usize> {
    let count = edges.len() + 1;
    let mut costs: Vec<Vec<(usize, usize)>> = Vec::with_capacity(line.len());
    for (index, text) in line.iter().enumerate() {
        let cost = |col: usize| {
            let is_usual = known.iter().any(|&(start, of)| of == col && start.abs_diff(text.columns.start) <= 1);
            let unusual = if is_usual || known.is_empty() { 0 } else { UNUSUAL };
            let own = off(line, index, col, edges, counts);
            let Some(before) = index.checked_sub(1) else { return (own + unusual, 0) };
            // The rest of a text may reach over the end of its column.
            let rest = if text.goes_on { own.min(REST) } else { own };
            let step = |from: usize| {
                costs[before][from].0 + if from == col { rest + inside(line, index, col) } else { own + parted(line, index, from) }
            };
            let best = (0..=col).map(|from| (step(from), from)).min().unwrap_or_default();
            (unusual + best.0, best.1)
        };
        let here = (0..count).map(cost).collect();
        costs.push(here);
    }
    let Some(last) = costs.last() else { return Vec::new() };
    let mut col = (0..count).min_by_key(|&col| (last[col].0, col)).unwrap_or(0);
    let mut columns = vec![0; line.len()];
    for index in (0..line.len()).rev() {
        columns[index] = col;
        col = costs[index][col].1;
    }
    columns
}

/// How far a text stands outside a column.
fn off(line: &[Stretch], index: usize, col: usize, edges: &[usize], counts: bool) -> usize {
    let text = &line[index];
    let from = col.checked_sub(1).map_or(0, |edge| edges[edge]);
    let (before, behind) =
        (from.saturating_sub(text.columns.start), edges.get(col).map_or(0, |&to| (text.columns.start + 1).saturating_sub(to)));
    // Behind a full line a text is pulled to the left.
    let off = if index > 0 && is_thin(line, index) { before.saturating_sub(super::PULLED) + behind } else { before + behind };
    // The first column, of numbers, is narrow: what goes far beyond it is of the next.
    let is_beyond = counts && col == 0 && !text.number && edges.first().is_some_and(|&to| to <= SHORT && text.columns.end > to + 1);
    // A list mark stands at the left edge of its column, not at the right one.
    let is_late = text.marked && edges.get(col).is_some_and(|&to| text.columns.start < to && text.columns.start + super::PULLED >= to);
    let reaches = edges.get(col).is_some_and(|&to| text.columns.end > to + super::PULLED);
    let all = [(is_beyond, BEYOND), (is_late, LATE_MARK), (reaches, REACHES)];
    OFF * off.min(NEAR) + off.saturating_sub(NEAR) / OFF + all.iter().filter(|(is, _)| *is).map(|(_, cost)| cost).sum::<usize>()
}

/// What it costs that a text and the one before it are of one cell.
fn inside(line: &[Stretch], index: usize, col: usize) -> usize {
    let (before, after) = (&line[index - 1], &line[index]);
    // In the first column, of numbers, a number stands alone.
    let mark = if after.marked || (col == 0 && before.number) { MARK_INSIDE } else { 0 };
    mark + match blanks(before, after) {
        0..=1 if is_usual(line, index) => 0,
        0..=1 => THIN_INSIDE,
        n if n < FAR => BLANKS_INSIDE,
        _ => FAR_INSIDE,
    }
}

/// What it costs that a text and the one before it, in column `from`, are of two.
fn parted(line: &[Stretch], index: usize, from: usize) -> usize {
    match () {
        () if !is_thin(line, index) || line[index].marked => 0,
        // Right behind a number in the first column the next may begin.
        () if from == 0 => THIN_PART,
        // A choice (◎, Ａ) behind a name.
        () if line[index].sign => THIN_PART,
        () if thin_width(line, index) <= SHORT => SHORT_PART,
        () if line[index].goes_on => WORD_PART,
        () => THIN_PART,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(texts: &[(usize, usize)]) -> Vec<Stretch> {
        let stretch = |&(from, to): &(usize, usize)| {
            let columns = from..to;
            Stretch { bytes: columns.clone(), columns, marked: false, goes_on: false, number: false, sign: false, letter: false }
        };
        texts.iter().map(stretch).collect()
    }

    #[test]
    fn the_end_of_a_full_line_stays_with_it() {
        // Edges at 10 and 30. 「743 時  理」: 時 begins right behind the edge, one space behind 743, three before 理.
        assert_eq!(of_line(&line(&[(10, 29), (30, 31), (34, 35)]), &[10, 30], &[], true), [1, 1, 2]);
        // A text right behind a full line, with nothing else in its column, is of the next.
        assert_eq!(of_line(&line(&[(10, 29), (30, 50)]), &[10, 30], &[], true), [1, 2]);
    }

    #[test]
    fn what_one_space_parts_is_one_text_where_blanks_stand_around_it() {
        // 12 月 across the edge at 30: moving 12 costs less than parting them.
        assert_eq!(of_line(&line(&[(0, 5), (29, 31), (32, 33), (40, 43)]), &[10, 30, 40], &[], true), [0, 2, 2, 3]);
    }
}
