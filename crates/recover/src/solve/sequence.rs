//! Entries of one column to rows, in order: the cheapest placement of a sequence in the rows from top to bottom, and
//! for every entry how much dearer its next best row would be. Knows costs, no words.

/// A cost that nothing outweighs.
pub(crate) const NEVER: i64 = 1_000_000;

/// What it costs to place entries in rows.
pub(crate) struct Costs<'c> {
    /// Entries and rows.
    pub(crate) entries: usize,
    pub(crate) rows: usize,
    /// Of an entry in a row.
    pub(crate) place: &'c dyn Fn(usize, usize) -> i64,
    /// Of an entry in the row of the entry before it.
    pub(crate) stay: &'c dyn Fn(usize) -> i64,
    /// Of an entry in a later row than the entry before it.
    pub(crate) go: &'c dyn Fn(usize) -> i64,
    /// Of a row without any.
    pub(crate) empty: &'c dyn Fn(usize) -> i64,
}

/// Where an entry was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placement {
    pub(crate) row: usize,
    /// The next best row and how much dearer the whole would be with it.
    pub(crate) next: Option<(usize, i64)>,
}

/// The cheapest placements; of those as cheap, the ones whose entries are in the topmost rows. With its cost.
pub(crate) fn cheapest(costs: &Costs<'_>) -> (i64, Vec<Placement>) {
    if costs.entries == 0 || costs.rows == 0 {
        return (0, Vec::new());
    }
    let places: Vec<Vec<i64>> = (0..costs.entries).map(|entry| (0..costs.rows).map(|row| (costs.place)(entry, row)).collect()).collect();
    let forward = forward(costs, &places);
    let backward = backward(costs, &places);
    let total = |entry: usize, row: usize| forward[entry][row].saturating_add(backward[entry][row]);
    let mut placements = Vec::with_capacity(costs.entries);
    let mut floor = 0;
    let mut best_total = 0;
    for entry in 0..costs.entries {
        let best = (floor..costs.rows).min_by_key(|&row| (total(entry, row), row)).unwrap_or(floor);
        let next = (0..costs.rows).filter(|&row| row != best).min_by_key(|&row| (total(entry, row), row));
        best_total = total(entry, best);
        placements.push(Placement { row: best, next: next.map(|row| (row, total(entry, row) - best_total)) });
        floor = best;
    }
    (best_total, placements)
}

/// The cost of the cheapest placements alone.
pub(crate) fn least(costs: &Costs<'_>) -> i64 {
    if costs.entries == 0 || costs.rows == 0 {
        return 0;
    }
    let above = empties(costs);
    let mut before: Vec<i64> = (0..costs.rows).map(|row| above[row] + (costs.place)(0, row)).collect();
    for entry in 1..costs.entries {
        let places: Vec<i64> = (0..costs.rows).map(|row| (costs.place)(entry, row)).collect();
        before = step(costs, entry, &before, &above, &places);
    }
    (0..costs.rows).map(|row| before[row] + above[costs.rows] - above[row + 1]).min().unwrap_or(0)
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

/// The cost of the cheapest placements of the entries up to one, with that one in a row, its own place included.
fn forward(costs: &Costs<'_>, places: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let above = empties(costs);
    let first = (0..costs.rows).map(|row| above[row] + places[0][row]).collect();
    let mut table: Vec<Vec<i64>> = vec![first];
    for (entry, places) in places.iter().enumerate().skip(1) {
        table.push(step(costs, entry, &table[entry - 1], &above, places));
    }
    table
}

/// One entry more.
fn step(costs: &Costs<'_>, entry: usize, before: &[i64], above: &[i64], places: &[i64]) -> Vec<i64> {
    let (stay, go) = ((costs.stay)(entry), (costs.go)(entry));
    // The cheapest row so far to come from, less the empty rows above the one behind it.
    let mut from = NEVER;
    let row_costs = (0..costs.rows).map(|row| {
        let cheapest = (before[row] + stay).min(from.saturating_add(above[row] + go));
        from = from.min(before[row] - above[row + 1]);
        cheapest + places[row]
    });
    row_costs.collect()
}

/// The cost of the cheapest placements of the entries behind one, with that one in a row, its own place left out.
fn backward(costs: &Costs<'_>, places: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let above = empties(costs);
    let last = (0..costs.rows).map(|row| above[costs.rows] - above[row + 1]).collect();
    let mut table: Vec<Vec<i64>> = vec![last];
    for entry in (0..costs.entries - 1).rev() {
        let after = &table[table.len() - 1];
        let (stay, go) = ((costs.stay)(entry + 1), (costs.go)(entry + 1));
        // The cheapest row below to go to, with all empty rows above it.
        let mut to = NEVER;
        let mut row_costs = vec![0; costs.rows];
        for row in (0..costs.rows).rev() {
            let here = after[row] + places[entry + 1][row];
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
    fn entries_go_where_they_are_cheap_in_order() {
        // Three entries, two rows; the second entry would rather be in the second row.
        let place = |entry: usize, row: usize| if entry == 1 && row == 0 { 5 } else { 0 };
        let costs = Costs { entries: 3, rows: 2, place: &place, stay: &|_| 1, go: &|_| 0, empty: &|_| 20 };
        let (cost, placements) = cheapest(&costs);
        assert_eq!(least(&costs), cost);
        assert_eq!((cost, placements.iter().map(|p| p.row).collect::<Vec<_>>()), (1, vec![0, 1, 1]));
        // In the first row: 5 for its place, 1 for staying, 0 for the third going on: 6, five more.
        assert_eq!(placements[1].next, Some((0, 5)));
    }

    #[test]
    fn as_many_entries_as_rows_lie_one_in_each() {
        let costs = Costs { entries: 3, rows: 3, place: &|_, _| 0, stay: &|_| 9, go: &|_| 0, empty: &|_| 9 };
        assert_eq!(cheapest(&costs).1.iter().map(|p| p.row).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
