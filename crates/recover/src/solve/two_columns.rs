//! The texts of two columns to rows, together: each column keeps its own order, and where their lines come in turn
//! the one says how far the other is. The cheapest placements over all pairs of rows that the columns can have reached, and
//! for every text how much dearer its next best row would be. Knows costs, no words.

use crate::solve::sequence::{NEVER, Placement};
use std::collections::BTreeMap;

/// How far the two columns are: the row of the last text of each, from 1; 0 before the first.
type Reached = [usize; 2];
/// The cheapest cost of every pair of rows.
type Layer = BTreeMap<Reached, i64>;

/// What it costs to place the texts of two columns in rows.
pub(crate) struct Costs<'c> {
    /// For every text, in the order of the dump, its column: 0 or 1.
    pub(crate) column: &'c [usize],
    pub(crate) rows: usize,
    /// The rows that a text can lie in, in order.
    pub(crate) open: &'c dyn Fn(usize) -> Vec<usize>,
    /// Of a text in a row.
    pub(crate) place: &'c dyn Fn(usize, usize) -> i64,
    /// Of a text in the row of the text before it in its column.
    pub(crate) stay: &'c dyn Fn(usize) -> i64,
    /// Of a text in a later row than that.
    pub(crate) go: &'c dyn Fn(usize) -> i64,
    /// Of a text in a row, and of the rows of the last texts of its own column and of the other.
    pub(crate) abreast: &'c dyn Fn(usize, usize, [Option<usize>; 2]) -> i64,
    /// Of a row without any text of a column.
    pub(crate) empty: i64,
}

/// The cheapest placements; of those as cheap, the ones whose texts are in the topmost rows. None where none keeps to the
/// open rows.
pub(crate) fn cheapest(costs: &Costs<'_>) -> Option<Vec<Placement>> {
    let open: Vec<Vec<usize>> = (0..costs.column.len()).map(costs.open).collect();
    let forward = forward(costs, &open);
    let backward = backward(costs, &open, &forward);
    let mut placements = Vec::with_capacity(open.len());
    let mut at: Reached = [0, 0];
    for (text, rows) in open.iter().enumerate() {
        let side = costs.column[text];
        let mut by_row: BTreeMap<usize, i64> = BTreeMap::new();
        for (reached, cost) in &forward[text + 1] {
            let total = cost.saturating_add(backward[text + 1].get(reached).copied().unwrap_or(NEVER));
            let slot = by_row.entry(reached[side] - 1).or_insert(total);
            *slot = total.min(*slot);
        }
        let onward = |row: usize| {
            let (reached, step) = costs.step(text, at, row)?;
            Some((step.saturating_add(backward[text + 1].get(&reached).copied()?), row))
        };
        let (_, best) = rows.iter().filter_map(|&row| onward(row)).min()?;
        at[side] = best + 1;
        let own = by_row.get(&best).copied()?;
        let next = by_row.iter().filter(|(row, _)| **row != best).min_by_key(|(row, cost)| (**cost, **row));
        placements.push(Placement { row: best, next: next.map(|(&row, &cost)| (row, cost - own)) });
    }
    Some(placements)
}

impl Costs<'_> {
    /// Where the columns are after a text in a row, and what that costs; none against the order of its column.
    fn step(&self, text: usize, from: Reached, row: usize) -> Option<(Reached, i64)> {
        let side = self.column[text];
        let (last, mut to) = (from[side], from);
        to[side] = row + 1;
        let skipped = (row + 1).checked_sub(last)?;
        let along = match skipped {
            0 => (self.stay)(text),
            _ if last == 0 => self.empty * row as i64,
            n => (self.go)(text) + self.empty * (n as i64 - 1),
        };
        Some((to, along + (self.place)(text, row) + (self.abreast)(text, row, [last.checked_sub(1), from[1 - side].checked_sub(1)])))
    }

    /// Of the rows behind the last texts.
    fn rest(&self, reached: Reached) -> i64 {
        reached.iter().map(|&r| self.empty * (self.rows - r) as i64).sum()
    }
}

/// The least cost up to each pair of rows, before the first text and after each.
fn forward(costs: &Costs<'_>, open: &[Vec<usize>]) -> Vec<Layer> {
    let mut layers = vec![Layer::from([([0, 0], 0)])];
    for (text, rows) in open.iter().enumerate() {
        let mut next = Layer::new();
        for (&from, &cost) in &layers[text] {
            for (to, step) in rows.iter().filter_map(|&row| costs.step(text, from, row)) {
                let slot = next.entry(to).or_insert(cost + step);
                *slot = (cost + step).min(*slot);
            }
        }
        layers.push(next);
    }
    layers
}

/// The least cost from each pair of rows, to the end.
fn backward(costs: &Costs<'_>, open: &[Vec<usize>], forward: &[Layer]) -> Vec<Layer> {
    let ends = forward.last().into_iter().flat_map(|l| l.keys()).map(|&reached| (reached, costs.rest(reached)));
    let mut layers = vec![ends.collect::<Layer>()];
    for (text, rows) in open.iter().enumerate().rev() {
        let after = &layers[layers.len() - 1];
        let on = |from: Reached| {
            let steps = rows.iter().filter_map(|&row| costs.step(text, from, row));
            steps.filter_map(|(to, step)| Some(step + after.get(&to)?)).min()
        };
        let here = forward[text].keys().filter_map(|&from| Some((from, on(from)?))).collect();
        layers.push(here);
    }
    layers.reverse();
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows; texts in turn: left, right, right, left, right.
    fn rows(abreast: &dyn Fn(usize, usize, [Option<usize>; 2]) -> i64) -> Vec<usize> {
        let costs = Costs {
            column: &[0, 1, 1, 0, 1],
            rows: 2,
            open: &|_| vec![0, 1],
            place: &|_, _| 0,
            stay: &|_| 1,
            go: &|_| 0,
            abreast,
            empty: 20,
        };
        cheapest(&costs).unwrap().into_iter().map(|p| p.row).collect()
    }

    #[test]
    fn one_column_says_how_far_the_other_is() {
        let together = |_: usize, row: usize, [_, other]: [Option<usize>; 2]| if other.is_none_or(|o| o == row) { 0 } else { 10 };
        let right_only =
            |text: usize, row: usize, rows: [Option<usize>; 2]| if text == 0 || text == 3 { 0 } else { together(text, row, rows) };
        assert_eq!(rows(&right_only), [0, 0, 0, 1, 1]);
        // Left alone, the second text of the right column may begin the second row.
        assert_eq!(rows(&|_, _, _| 0)[3], 1);
    }
}
