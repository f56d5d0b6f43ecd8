//! Columns that keep their order: the cells and texts of each laid over the rows from top to bottom, by pages, lines,
//! words and neighbourhood. Knows fields; refuses to read them.

use crate::fields::LISTS;
use crate::parts::Parts;
use crate::parts::{RowStart, Thing};
use crate::rows::row_breaks::{self, Start};
use crate::rows::row_choices::ways;
use crate::rows::word_overlap::Affinity;
use crate::solve::sequence::{Costs, Laid, lay};
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

/// The columns of a dump while their cells are laid, one column after the other.
pub(crate) struct Columns<'a> {
    pub(crate) segments: &'a [Segment],
    pub(crate) rows: &'a [RowStart],
    pub(crate) things: &'a [Thing],
    pub(crate) affinity: &'a Affinity,
    /// Rows of the lines that something assigned stands on beside others.
    lines: BTreeMap<usize, usize>,
    pub(crate) laid: Vec<Laid>,
    pub(crate) starts: Vec<Start>,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(parts: &'a Parts) -> Self {
        let Parts { segments, rows, things, affinity, .. } = parts;
        let shared = |index: usize| segments[index].of > 1;
        let lines = rows.iter().enumerate().filter(|(_, r)| shared(r.segment)).map(|(i, r)| (segments[r.segment].line, i)).collect();
        let laid = vec![Laid { row: 0, next: None }; things.len()];
        let starts = row_breaks::find(segments, things);
        Self { segments, rows, things, affinity, lines, laid, starts }
    }

    pub(crate) fn assign(mut self) -> Vec<Laid> {
        for kind in [FieldKind::Date, FieldKind::Names, FieldKind::Choice, FieldKind::Rate] {
            let own = self.of_kind(kind);
            let laid = self.lay_cells(&own);
            self.keep(&own, laid);
        }
        let items = self.of_kind(FieldKind::Text);
        let laid = self.lay_items(&items);
        self.keep(&items, laid);
        self.lay_wide();
        self.reorder_items();
        self.laid
    }

    /// Lays targets and methods, each column for itself and then both together.
    fn lay_wide(&mut self) {
        for field in LISTS {
            let own = self.of(field);
            let (_, laid) = self.lay_texts(&own, field);
            self.keep(&own, laid);
        }
        self.lay_abreast();
    }

    pub(crate) fn of(&self, field: Field) -> Vec<usize> {
        (0..self.things.len()).filter(|&i| self.things[i].field == field).collect()
    }

    pub(crate) fn of_kind(&self, kind: FieldKind) -> Vec<usize> {
        (0..self.things.len()).filter(|&i| self.things[i].field.kind() == kind).collect()
    }

    fn keep(&mut self, own: &[usize], laid: Vec<Laid>) {
        for (&thing, laid) in own.iter().zip(laid) {
            for &segment in &self.things[thing].segments {
                if self.segments[segment].of > 1 {
                    self.lines.entry(self.segments[segment].line).or_insert(laid.row);
                }
            }
            self.laid[thing] = laid;
        }
    }

    /// What a thing costs in a row by its page and by what stands on its lines.
    pub(crate) fn by_place(&self, thing: usize, row: usize) -> i64 {
        let first = self.things[thing].segments[0];
        let (page, own) = (self.segments[first].page(), self.rows[row].page);
        let is_last = self.rows.get(row + 1).is_none_or(|r| r.page > own);
        let is_first = row == 0 || self.rows[row - 1].page < own;
        let is_item = self.things[thing].field.kind() == FieldKind::Text;
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
        let lines = self.things[thing].segments.iter().filter(|&&s| self.segments[s].of > 1);
        let other = lines.filter(|&&s| self.lines.get(&self.segments[s].line).is_some_and(|&r| r != row)).count();
        by_page + OTHER_LINE * other.min(2) as i64
    }

    /// A thing begins on the line below the end of another.
    pub(crate) fn follows(&self, thing: usize, before: usize) -> bool {
        let (Some(&a), Some(&b)) = (self.things[before].segments.last(), self.things[thing].segments.first()) else { return false };
        self.segments[b].is_below(&self.segments[a])
    }

    /// Both stand in one block of lines without a blank line.
    pub(crate) fn in_one_block(&self, thing: usize, before: usize) -> bool {
        let (Some(&a), Some(&b)) = (self.things[before].segments.last(), self.things[thing].segments.first()) else { return false };
        (a..b).all(|i| self.segments[i + 1].is_next_to(&self.segments[i]))
    }

    /// Lays the cells of a column that has one a row.
    fn lay_cells(&self, own: &[usize]) -> Vec<Laid> {
        let place = |thing: usize, row: usize| self.by_place(own[thing], row);
        let stay = |thing: usize| {
            let is_list = self.things[own[thing]].field.kind() == FieldKind::Names;
            if is_list && self.follows(own[thing], own[thing - 1]) { SECOND_LINE } else { SECOND_CELL }
        };
        let costs = Costs { things: own.len(), rows: self.rows.len(), place: &place, stay: &stay, go: &|_| 0, empty: &|_| EMPTY_CELL };
        lay(&costs).1
    }

    /// Lays the items; where a page has fewer than rows or more, so that the targets fit best.
    fn lay_items(&mut self, own: &[usize]) -> Vec<Laid> {
        let plain = self.lay_cells(own);
        self.lay_down(own, &plain);
        let pages: BTreeSet<u32> = self.rows.iter().map(|r| r.page).collect();
        for page in pages {
            let items: Vec<usize> = own.iter().copied().filter(|&t| self.segments[self.things[t].segments[0]].page() == page).collect();
            let rows: Vec<usize> = (0..self.rows.len()).filter(|&r| self.rows[r].page == page).collect();
            let ways = ways(items.len(), &rows);
            self.choose(&items, &ways);
        }
        own.iter().map(|&t| self.laid[t].clone()).collect()
    }

    /// Lays the items of a page in the way in which the targets fit best; an item that another way nearly as good
    /// lays elsewhere says so.
    fn choose(&mut self, items: &[usize], ways: &[Vec<usize>]) {
        let targets = self.of(LISTS[0]);
        let mut ranked: Vec<(i64, usize)> = Vec::new();
        for (index, way) in ways.iter().enumerate() {
            let laid: Vec<Laid> = way.iter().map(|&row| Laid { row, next: None }).collect();
            self.lay_down(items, &laid);
            let own: i64 = items.iter().zip(way).map(|(&t, &row)| self.by_place(t, row)).sum();
            ranked.push((own + self.lay_texts(&targets, LISTS[0]).0, index));
        }
        ranked.sort_unstable();
        let Some(&(cost, best)) = ranked.first() else { return };
        let next = |item: usize| {
            let other = ranked[1..].iter().find(|(_, way)| ways[*way][item] != ways[best][item])?;
            Some((ways[other.1][item], other.0 - cost))
        };
        let laid: Vec<Laid> = ways[best].iter().enumerate().map(|(item, &row)| Laid { row, next: next(item) }).collect();
        self.lay_down(items, &laid);
    }

    fn lay_down(&mut self, things: &[usize], laid: &[Laid]) {
        for (&thing, laid) in things.iter().zip(laid) {
            self.laid[thing] = laid.clone();
        }
    }

    /// The text of the item of every row; a row without one has that of the row above.
    pub(crate) fn items(&self) -> Vec<(String, Option<usize>)> {
        let mut items: Vec<(String, Option<usize>)> = vec![(String::new(), None); self.rows.len()];
        for thing in self.of_kind(FieldKind::Text) {
            let slot = &mut items[self.laid[thing].row];
            slot.0.push_str(&self.things[thing].text);
            slot.1.get_or_insert(self.things[thing].segments[0]);
        }
        for row in 1..items.len() {
            if items[row].0.is_empty() {
                items[row] = items[row - 1].clone();
            }
        }
        items
    }
}
