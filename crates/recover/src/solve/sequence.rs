//! Things of one column to rows, in order: the cheapest way to lay a sequence over the rows from top to bottom, and
//! for every thing how much dearer its next best row would be. Knows costs, no words.

/// A cost that nothing outweighs.
pub(crate) const NEVER: i64 = 1_000_000;

/// What it costs to lay things over rows.
pub(crate) struct Costs<'c> {
    /// Things and rows.
    pub(crate) things: usize,
    pub(crate) rows: usize,
    /// Of a thing in a row.
    pub(crate) place: &'c dyn Fn(usize, usize) -> i64,
    /// Of a thing in the row of the thing before it.
    pub(crate) stay: &'c dyn Fn(usize) -> i64,
    /// Of a thing in a later row than the thing before it.
    pub(crate) go: &'c dyn Fn(usize) -> i64,
    /// Of a row without any.
    pub(crate) empty: &'c dyn Fn(usize) -> i64,
}

/// Where a thing was laid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Laid {
    pub(crate) row: usize,
    /// The next best row and how much dearer the whole would be with it.
    pub(crate) next: Option<(usize, i64)>,
}

/// The cheapest way; of ways as cheap, the one whose things are in the topmost rows. With its cost.
pub(crate) fn lay(costs: &Costs<'_>) -> (i64, Vec<Laid>) {
    if costs.things == 0 || costs.rows == 0 {
        return (0, Vec::new());
    }
    let forward = forward(costs);
    let backward = backward(costs);
    let total = |thing: usize, row: usize| forward[thing][row].saturating_add(backward[thing][row]);
    let mut laid = Vec::with_capacity(costs.things);
    let mut floor = 0;
    let mut best_total = 0;
    for thing in 0..costs.things {
        let best = (floor..costs.rows).min_by_key(|&row| (total(thing, row), row)).unwrap_or(floor);
        let next = (0..costs.rows).filter(|&row| row != best).min_by_key(|&row| (total(thing, row), row));
        best_total = total(thing, best);
        laid.push(Laid { row: best, next: next.map(|row| (row, total(thing, row) - best_total)) });
        floor = best;
    }
    (best_total, laid)
}

/// For every row the cost of all rows above it without anything, and of all rows last.
fn empties(costs: &Costs<'_>) -> Vec<i64> {
    let mut sum = 0;
    let sums = (0..costs.rows).map(|row| {
        sum += (costs.empty)(row);
        sum
    });
    std::iter::once(0).chain(sums).collect()
}

/// The cheapest way for the things up to one, with that one in a row, its own place included.
fn forward(costs: &Costs<'_>) -> Vec<Vec<i64>> {
    let above = empties(costs);
    let first = (0..costs.rows).map(|row| above[row] + (costs.place)(0, row)).collect();
    let mut table: Vec<Vec<i64>> = vec![first];
    for thing in 1..costs.things {
        let before = &table[thing - 1];
        let (stay, go) = ((costs.stay)(thing), (costs.go)(thing));
        // The cheapest row so far to come from, less the empty rows above the one behind it.
        let mut from = NEVER;
        let row_costs = (0..costs.rows).map(|row| {
            let cheapest = (before[row] + stay).min(from.saturating_add(above[row] + go));
            from = from.min(before[row] - above[row + 1]);
            cheapest + (costs.place)(thing, row)
        });
        let row_costs = row_costs.collect();
        table.push(row_costs);
    }
    table
}

/// The cheapest way for the things behind one, with that one in a row, its own place left out.
fn backward(costs: &Costs<'_>) -> Vec<Vec<i64>> {
    let above = empties(costs);
    let last = (0..costs.rows).map(|row| above[costs.rows] - above[row + 1]).collect();
    let mut table: Vec<Vec<i64>> = vec![last];
    for thing in (0..costs.things - 1).rev() {
        let after = &table[table.len() - 1];
        let (stay, go) = ((costs.stay)(thing + 1), (costs.go)(thing + 1));
        // The cheapest row below to go to, with all empty rows above it.
        let mut to = NEVER;
        let mut row_costs = vec![0; costs.rows];
        for row in (0..costs.rows).rev() {
            let here = after[row] + (costs.place)(thing + 1, row);
            row_costs[row] = (here + stay).min(to.saturating_add(go - above[row + 1]));
            to = to.min(here + above[row]);
        }
        table.push(row_costs);
    }
    table.reverse();
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_go_where_they_are_cheap_in_order() {
        // Three things, two rows; the second thing would rather be in the second row.
        let place = |thing: usize, row: usize| if thing == 1 && row == 0 { 5 } else { 0 };
        let costs = Costs { things: 3, rows: 2, place: &place, stay: &|_| 1, go: &|_| 0, empty: &|_| 20 };
        let (cost, laid) = lay(&costs);
        assert_eq!((cost, laid.iter().map(|l| l.row).collect::<Vec<_>>()), (1, vec![0, 1, 1]));
        // In the first row: 5 for its place, 1 for staying, 0 for the third going on: 6, five more.
        assert_eq!(laid[1].next, Some((0, 5)));
    }

    #[test]
    fn as_many_things_as_rows_lie_one_in_each() {
        let costs = Costs { things: 3, rows: 3, place: &|_, _| 0, stay: &|_| 9, go: &|_| 0, empty: &|_| 9 };
        assert_eq!(lay(&costs).1.iter().map(|l| l.row).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
