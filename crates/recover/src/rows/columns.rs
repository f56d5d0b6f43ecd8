//! Columns that keep their order: the cells and texts of each placed in the rows from top to bottom, by pages, lines,
//! words and neighbourhood. Knows fields; refuses to read them.

use crate::fields::LISTS;
use crate::parts::Parts;
use crate::parts::{Entry, RowStart};
use crate::rows::row_breaks::{self, Start};
use crate::rows::row_choices::choices;
use crate::rows::wide::Wide;
use crate::rows::word_overlap::Affinity;
use crate::solve::sequence::{Costs, Placement, cheapest};
use crate::text::segments::Segment;
use seisho_forms::{Field, FieldKind};
use std::collections::{BTreeMap, BTreeSet};

/// Costs; their order is what counts. Chosen on dumps of ten drawn tables by two tools, 2026-11.
const WRONG_PAGE: i64 = 60;
const NEXT_PAGE: i64 = 12;
/// An item stands beside its number.
const ITEM_NEXT_PAGE: i64 = 40;
const OTHER_LINE: i64 = 25;
const SECOND_CELL: i64 = 30;
const SECOND_LINE: i64 = 1;
const EMPTY_CELL: i64 = 14;

/// The columns of a dump while their cells are placed, one column after the other.
pub(crate) struct Columns<'a> {
    pub(crate) segments: &'a [Segment],
    pub(crate) rows: &'a [RowStart],
    pub(crate) entries: &'a [Entry],
    pub(crate) affinity: &'a Affinity,
    /// Rows of the lines that something assigned stands on beside others.
    lines: BTreeMap<usize, usize>,
    pub(crate) placements: Vec<Placement>,
    pub(crate) starts: Vec<Start>,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(parts: &'a Parts) -> Self {
        let Parts { segments, rows, entries, affinity, .. } = parts;
        let shared = |index: usize| segments[index].of > 1;
        let lines = rows.iter().enumerate().filter(|(_, r)| shared(r.segment)).map(|(i, r)| (segments[r.segment].line, i)).collect();
        let placements = vec![Placement { row: 0, next: None }; entries.len()];
        let starts = row_breaks::find(segments, entries);
        Self { segments, rows, entries, affinity, lines, placements, starts }
    }

    pub(crate) fn assign(mut self) -> Vec<Placement> {
        for kind in [FieldKind::Date, FieldKind::Names, FieldKind::Choice, FieldKind::Rate] {
            let own = self.of_kind(kind);
            let placements = self.place_cells(&own);
            self.keep(&own, placements);
        }
        let items = self.of_kind(FieldKind::Text);
        let placements = self.place_items(&items);
        self.keep(&items, placements);
        self.place_wide();
        self.reorder_items();
        self.placements
    }

    /// Places targets and methods, each column for itself and then both together.
    fn place_wide(&mut self) {
        for field in LISTS {
            let own = self.of(field);
            let placements = self.place_texts(&own, field);
            self.keep(&own, placements);
        }
        self.place_abreast();
    }

    pub(crate) fn of(&self, field: Field) -> Vec<usize> {
        (0..self.entries.len()).filter(|&i| self.entries[i].field == field).collect()
    }

    pub(crate) fn of_kind(&self, kind: FieldKind) -> Vec<usize> {
        (0..self.entries.len()).filter(|&i| self.entries[i].field.kind() == kind).collect()
    }

    fn keep(&mut self, own: &[usize], placements: Vec<Placement>) {
        for (&entry, placement) in own.iter().zip(placements) {
            for &segment in &self.entries[entry].segments {
                if self.segments[segment].of > 1 {
                    self.lines.entry(self.segments[segment].line).or_insert(placement.row);
                }
            }
            self.placements[entry] = placement;
        }
    }

    /// What an entry costs in a row by its page and by what stands on its lines.
    pub(crate) fn by_place(&self, entry: usize, row: usize) -> i64 {
        let first = self.entries[entry].segments[0];
        let (page, own) = (self.segments[first].page(), self.rows[row].page);
        let is_last = self.rows.get(row + 1).is_none_or(|r| r.page > own);
        let is_first = row == 0 || self.rows[row - 1].page < own;
        let is_item = self.entries[entry].field.kind() == FieldKind::Text;
        let by_page = match () {
            () if page == own => 0,
            () if (page == own + 1 && is_last) || (page + 1 == own && is_first) => {
                if is_item {
                    ITEM_NEXT_PAGE
                } else {
                    NEXT_PAGE
                }
            }
            () => WRONG_PAGE,
        };
        let lines = self.entries[entry].segments.iter().filter(|&&s| self.segments[s].of > 1);
        let other = lines.filter(|&&s| self.lines.get(&self.segments[s].line).is_some_and(|&r| r != row)).count();
        by_page + OTHER_LINE * other.min(2) as i64
    }

    /// An entry begins on the line below the end of another.
    pub(crate) fn follows(&self, entry: usize, before: usize) -> bool {
        let (Some(&a), Some(&b)) = (self.entries[before].segments.last(), self.entries[entry].segments.first()) else { return false };
        self.segments[b].is_below(&self.segments[a])
    }

    /// Both stand in one block of lines without a blank line.
    pub(crate) fn in_one_block(&self, entry: usize, before: usize) -> bool {
        let (Some(&a), Some(&b)) = (self.entries[before].segments.last(), self.entries[entry].segments.first()) else { return false };
        (a..b).all(|i| self.segments[i + 1].is_next_to(&self.segments[i]))
    }

    /// Places the cells of a column that has one a row.
    fn place_cells(&self, own: &[usize]) -> Vec<Placement> {
        let place = |entry: usize, row: usize| self.by_place(own[entry], row);
        let stay = |entry: usize| {
            let is_list = self.entries[own[entry]].field.kind() == FieldKind::Names;
            if is_list && self.follows(own[entry], own[entry - 1]) { SECOND_LINE } else { SECOND_CELL }
        };
        let costs = Costs { entries: own.len(), rows: self.rows.len(), place: &place, stay: &stay, go: &|_| 0, empty: &|_| EMPTY_CELL };
        cheapest(&costs).1
    }

    /// Places the items; where a page has fewer than rows or more, so that the targets fit best.
    fn place_items(&mut self, own: &[usize]) -> Vec<Placement> {
        let plain = self.place_cells(own);
        self.put(own, &plain);
        let pages: BTreeSet<u32> = self.rows.iter().map(|r| r.page).collect();
        let mut targets: Option<Wide> = None;
        for page in pages {
            let items: Vec<usize> = own.iter().copied().filter(|&t| self.segments[self.entries[t].segments[0]].page() == page).collect();
            let rows: Vec<usize> = (0..self.rows.len()).filter(|&r| self.rows[r].page == page).collect();
            let choices = choices(items.len(), &rows);
            self.choose(&items, &choices, &mut targets);
        }
        own.iter().map(|&t| self.placements[t].clone()).collect()
    }

    /// Places the items of a page so that the targets fit best; an item that another choice nearly as good puts elsewhere
    /// says so.
    fn choose(&mut self, items: &[usize], choices: &[Vec<usize>], targets: &mut Option<Wide>) {
        // What one choice costs, nobody asks.
        if let [only] = choices {
            let placements: Vec<Placement> = only.iter().map(|&row| Placement { row, next: None }).collect();
            self.put(items, &placements);
            return;
        }
        let targets = targets.get_or_insert_with(|| self.wide(&self.of(LISTS[0]), LISTS[0]));
        let mut ranked: Vec<(i64, usize)> = Vec::new();
        for (index, choice) in choices.iter().enumerate() {
            let placements: Vec<Placement> = choice.iter().map(|&row| Placement { row, next: None }).collect();
            self.put(items, &placements);
            let own: i64 = items.iter().zip(choice).map(|(&t, &row)| self.by_place(t, row)).sum();
            ranked.push((own + self.cost_of_texts(targets), index));
        }
        ranked.sort_unstable();
        let Some(&(cost, best)) = ranked.first() else { return };
        let next = |item: usize| {
            let other = ranked[1..].iter().find(|(_, choice)| choices[*choice][item] != choices[best][item])?;
            Some((choices[other.1][item], other.0 - cost))
        };
        let placements: Vec<Placement> = choices[best].iter().enumerate().map(|(item, &row)| Placement { row, next: next(item) }).collect();
        self.put(items, &placements);
    }

    fn put(&mut self, entries: &[usize], placements: &[Placement]) {
        for (&entry, placement) in entries.iter().zip(placements) {
            self.placements[entry] = placement.clone();
        }
    }

    /// The text of the item of every row; a row without one has that of the row above.
    pub(crate) fn items(&self) -> Vec<(String, Option<usize>)> {
        let mut items: Vec<(String, Option<usize>)> = vec![(String::new(), None); self.rows.len()];
        for entry in self.of_kind(FieldKind::Text) {
            let slot = &mut items[self.placements[entry].row];
            slot.0.push_str(&self.entries[entry].text);
            slot.1.get_or_insert(self.entries[entry].segments[0]);
        }
        for row in 1..items.len() {
            if items[row].0.is_empty() {
                items[row] = items[row - 1].clone();
            }
        }
        items
    }
}
