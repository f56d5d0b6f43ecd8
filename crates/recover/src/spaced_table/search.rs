//! The first lines of rows, all chosen together: the cheapest hypothesis, and what every other first line would cost more.
//! Knows costs, no words.

use std::collections::BTreeMap;
use std::ops::Range;

/// Costs of a cut, whether rows have numbers or not; their order is what counts. Chosen on ten drawn tables and o16, 2026-11.
pub(crate) const TORN: i64 = 14;
pub(crate) const UNSURE: i64 = 3;
pub(crate) const BLANK: i64 = -8;
pub(crate) const FRESH: i64 = -3;
pub(crate) const CONTINUED: i64 = 8;
/// Of lines above the first row of the document's first table: no row of a page before ends there. Chosen on eighteen forms of
/// dumps whose numbers stand in the middle of their rows, 2026-11.
pub(crate) const NOTHING_ABOVE: i64 = 24;

/// Most that a number out of its place costs.
const OUT_OF_PLACE: i64 = 16;

/// What it costs to cut lines into rows.
pub(crate) struct Cuts<'c> {
    pub(crate) body: Range<usize>,
    /// The lines of the rows' numbers.
    pub(crate) numbers: &'c [usize],
    /// Of a row that begins with a line.
    pub(crate) costs: &'c BTreeMap<usize, i64>,
    /// Of lines above the first row.
    pub(crate) continued: i64,
    /// Of a row, by index, of some lines.
    pub(crate) place: &'c dyn Fn(usize, usize, usize) -> i64,
}

/// Where all rows may begin, and what that costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hypothesis {
    pub(crate) total: i64,
    /// The first line of every row.
    pub(crate) starts: Vec<usize>,
    /// For every row the other first lines that it could have, and how much dearer the whole would be.
    pub(crate) next: Vec<Vec<(usize, i64)>>,
}

/// The cheapest hypothesis; of those as cheap, the one whose last rows begin farther up.
pub(crate) fn best_cuts(cuts: &Cuts<'_>) -> Hypothesis {
    let (above, below) = (above(cuts), below(cuts));
    let total = |row: usize, start: usize| above[row][&start].saturating_add(below[row][&start]);
    let last = cuts.numbers.len() - 1;
    let best = above[last].keys().map(|&start| (total(last, start), start)).min();
    let Some((best, mut start)) = best else { return Hypothesis::default() };
    let mut starts = vec![start];
    for row in (0..last).rev() {
        let from = |from: usize| above[row][&from] + (cuts.place)(row, from, start);
        start = above[row].keys().map(|&f| (from(f), f)).min().map_or(start, |(_, from)| from);
        starts.push(start);
    }
    starts.reverse();
    let others = |row: usize| above[row].keys().filter(|&&s| s != starts[row]).map(|&s| (s, total(row, s) - best)).collect();
    Hypothesis { total: best, next: (0..=last).map(others).collect(), starts }
}

/// The first lines that the row of a number can have: below the number before, its own line at the latest.
fn starts(cuts: &Cuts<'_>, row: usize) -> Range<usize> {
    let from = row.checked_sub(1).map_or(cuts.body.start, |before| cuts.numbers[before] + 1);
    from..cuts.numbers[row] + 1
}

/// For every first line of every row the cost of all rows above, and of beginning there.
fn above(cuts: &Cuts<'_>) -> Vec<BTreeMap<usize, i64>> {
    let continued = |start: usize| if start > cuts.body.start { cuts.continued } else { 0 };
    let mut table: Vec<BTreeMap<usize, i64>> = vec![starts(cuts, 0).map(|s| (s, cuts.costs[&s] + continued(s))).collect()];
    for row in 1..cuts.numbers.len() {
        let before = &table[row - 1];
        let cheapest = |start: usize| before.iter().map(|(&from, cost)| cost + (cuts.place)(row - 1, from, start)).min().unwrap_or(0);
        let here = starts(cuts, row).map(|start| (start, cuts.costs[&start] + cheapest(start))).collect();
        table.push(here);
    }
    table
}

/// For every first line of every row the cost of that row and of all below.
fn below(cuts: &Cuts<'_>) -> Vec<BTreeMap<usize, i64>> {
    let last = cuts.numbers.len() - 1;
    let mut table: Vec<BTreeMap<usize, i64>> =
        vec![starts(cuts, last).map(|start| (start, (cuts.place)(last, start, cuts.body.end))).collect()];
    for row in (0..last).rev() {
        let after = &table[table.len() - 1];
        let on = |start: usize| after.iter().map(|(&to, cost)| cost + cuts.costs[&to] + (cuts.place)(row, start, to)).min().unwrap_or(0);
        let here = starts(cuts, row).map(|start| (start, on(start))).collect();
        table.push(here);
    }
    table.reverse();
    table
}

/// What it costs that a number stands where it does in its row.
pub(crate) fn place(start: usize, end: usize, number: usize, centred: bool) -> i64 {
    // Twice the distance from the middle line; one for rows of an even number of lines.
    if centred { off_middle(start, end, 2 * number) } else { (3 * (number - start) as i64).min(OUT_OF_PLACE) }
}

/// How far twice a place is from twice the middle of some lines.
pub(crate) fn off_middle(start: usize, end: usize, twice: usize) -> i64 {
    ((start + end - 1) as i64 - twice as i64).abs().min(OUT_OF_PLACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(numbers: &[usize], centred: bool) -> Hypothesis {
        let costs: BTreeMap<usize, i64> = (0..=6).map(|line| (line, 0)).collect();
        let place = |row: usize, start: usize, end: usize| place(start, end, numbers[row], centred);
        best_cuts(&Cuts { body: 0..6, numbers, costs: &costs, continued: 8, place: &place })
    }

    #[test]
    fn numbers_in_the_middle_of_their_rows_tell_where_rows_end() {
        // Two rows of three lines, numbers in the second and the fifth; the words say nothing.
        let hypothesis = cut(&[1, 4], true);
        assert_eq!((hypothesis.total, hypothesis.starts), (0, vec![0, 3]));
        // At the top: the first row's number stands in its second line, which must be its first.
        assert_eq!(cut(&[0, 4], false).starts, [0, 4]);
    }

    #[test]
    fn a_cut_says_what_another_would_cost() {
        // One line up: rows of two and four lines, whose numbers stand one half and one half off their middle.
        assert_eq!(cut(&[1, 4], true).next[1], [(2, 2), (4, 2)]);
    }
}
