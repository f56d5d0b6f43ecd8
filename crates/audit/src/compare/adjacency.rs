//! How like two sets of tables are: pairs of neighbouring cells. For each cell with text the nearest one right and below,
//! along every row and column that it spans; a pair counts once. Compared over the document, without width and white space.

use super::letters::folded;
use seisho_model::record::Table;
use std::collections::{BTreeMap, BTreeSet};

type Relations = BTreeMap<(String, String, char), u64>;

/// Pairs that are in both, in the first, in the second.
pub(super) fn adjacency(first: &[Table], second: &[Table]) -> [u64; 3] {
    let [a, b] = [first, second].map(|tables| {
        let mut all = Relations::new();
        tables.iter().for_each(|table| relations(table, &mut all));
        all
    });
    let both = a.iter().map(|(pair, count)| (*count).min(b.get(pair).copied().unwrap_or(0))).sum();
    [both, a.values().sum(), b.values().sum()]
}

fn relations(table: &Table, all: &mut Relations) {
    let mut grid: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let cells: Vec<_> = table.cells.iter().map(|cell| (cell, folded(&cell.text))).filter(|(_, text)| !text.is_empty()).collect();
    for (index, (cell, _)) in cells.iter().enumerate() {
        for row in cell.row[0]..cell.row[1] {
            (cell.col[0]..cell.col[1]).for_each(|col| {
                grid.entry((row, col)).or_insert(index);
            });
        }
    }
    let (rows, cols) = (cells.iter().map(|(c, _)| c.row[1]).max().unwrap_or(0), cells.iter().map(|(c, _)| c.col[1]).max().unwrap_or(0));
    let mut found: BTreeSet<(usize, usize, char)> = BTreeSet::new();
    for (index, (cell, _)) in cells.iter().enumerate() {
        let next = |place: &(u32, u32)| grid.get(place).filter(|other| **other != index).copied();
        let beside = |row| (cell.col[1]..cols).find_map(|col| next(&(row, col)));
        let under = |col| (cell.row[1]..rows).find_map(|row| next(&(row, col)));
        let right = (cell.row[0]..cell.row[1]).filter_map(beside).map(|other| (other, 'H'));
        let below = (cell.col[0]..cell.col[1]).filter_map(under).map(|other| (other, 'V'));
        found.extend(right.chain(below).map(|(other, way)| (index, other, way)));
    }
    for (a, b, way) in found {
        *all.entry((cells[a].1.clone(), cells[b].1.clone(), way)).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::record::TableCell;

    fn table(cells: &[([u32; 2], [u32; 2], &str)]) -> Table {
        let cell = |(row, col, text): &([u32; 2], [u32; 2], &str)| TableCell { row: *row, col: *col, text: (*text).to_owned() };
        Table { page: 1, rows: 2, cols: 2, cells: cells.iter().map(cell).collect() }
    }

    #[test]
    fn neighbours_count_and_a_lost_cell_costs_its_pairs() {
        // ┌─────────┐
        // │ heading │   heading-a, heading-b below, a-b beside
        // ├────┬────┤
        // │ a  │ b  │
        // └────┴────┘
        let whole = table(&[([0, 1], [0, 2], "heading"), ([1, 2], [0, 1], "a"), ([1, 2], [1, 2], "b")]);
        let without = table(&[([0, 1], [0, 2], "heading"), ([1, 2], [0, 1], "a")]);
        assert_eq!(adjacency(std::slice::from_ref(&whole), std::slice::from_ref(&whole)), [3, 3, 3]);
        assert_eq!(adjacency(&[whole], &[without]), [1, 3, 1]);
    }
}
