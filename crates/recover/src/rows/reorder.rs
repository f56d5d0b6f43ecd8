//! Items of a page that stand in the dump in another order than their rows: put to the rows whose texts speak of them,
//! where those say so clearly. Knows words; what an item is of otherwise, order alone says.

use crate::rows::columns::Columns;
use seisho_forms::FieldKind;
use seisho_forms::mapping::assignment;

/// Percent of an item's words that the texts of its new row share more than those of its old one, on average.
const CLEARLY: i64 = 50;

impl Columns<'_> {
    /// Puts the items of every page to the rows whose texts speak of them; says whether any has moved.
    pub(crate) fn reorder_items(&mut self) -> bool {
        let mut pages: Vec<u32> = self.rows.iter().map(|r| r.page).collect();
        pages.dedup();
        let moved: Vec<bool> = pages.into_iter().map(|page| self.reorder_page(page)).collect();
        moved.contains(&true)
    }

    fn reorder_page(&mut self, page: u32) -> bool {
        let rows: Vec<usize> = (0..self.rows.len()).filter(|&r| self.rows[r].page == page).collect();
        let items: Vec<usize> = self.of_kind(FieldKind::Text).into_iter().filter(|&t| rows.contains(&self.placements[t].row)).collect();
        let is_one_each = rows.iter().all(|&row| items.iter().filter(|&&t| self.placements[t].row == row).count() == 1);
        if !is_one_each {
            return false;
        }
        let texts: Vec<String> = rows.iter().map(|&row| self.texts_of(row)).collect();
        let shared = |item: usize, row: usize| self.affinity.share(&self.entries[item].text, &texts[row]);
        let cost: Vec<Vec<i64>> = items.iter().map(|&item| (0..rows.len()).map(|row| 100 - shared(item, row)).collect()).collect();
        let best = assignment(&cost);
        let old = |index: usize| rows.iter().position(|&r| r == self.placements[items[index]].row).unwrap_or(0);
        let moved: Vec<usize> = (0..items.len()).filter(|&i| best[i] != old(i)).collect();
        let gain: i64 = moved.iter().map(|&i| cost[i][old(i)] - cost[i][best[i]]).sum();
        if moved.is_empty() || gain < CLEARLY * moved.len() as i64 {
            return false;
        }
        for (index, &item) in items.iter().enumerate() {
            self.placements[item].row = rows[best[index]];
        }
        true
    }

    /// The targets and methods of a row, as one text.
    fn texts_of(&self, row: usize) -> String {
        let is_text = |t: &usize| self.entries[*t].field.kind() == FieldKind::Items && self.placements[*t].row == row;
        (0..self.entries.len()).filter(is_text).map(|t| self.entries[t].text.as_str()).collect()
    }
}
