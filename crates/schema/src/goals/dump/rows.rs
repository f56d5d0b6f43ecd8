//! Things of a dump (cells and texts) to the rows of its numbers. Where every row's things stand between its number
//! and the next, the dump is row by row and says so itself. Else every column keeps its order, and words, pages,
//! lines and neighbourhood say where one row's things end. Knows fields; refuses to read them.

use super::abreast;
use super::affinity::Affinity;
use super::align::{Costs, Laid, lay};
use super::free::{self, Bundle};
use super::passes;
use super::segment::Segment;
use crate::profile::Field;
use seisho_japanese::normalize::match_text;
use std::collections::{BTreeMap, BTreeSet};

/// A cell of a narrow column, or a text of a wide one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) field: Field,
    pub(super) segments: Vec<usize>,
    pub(super) text: String,
    pub(super) bullet: bool,
    /// Its own words leave no doubt about its field.
    pub(super) clear: bool,
}

/// A row of the table, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowStart {
    pub(super) value: u32,
    pub(super) segment: usize,
    /// From 0.
    pub(super) page: u32,
}

/// Costs; their order is what counts. Chosen on dumps of ten drawn tables by two tools, 2026-11.
const WRONG_PAGE: i64 = 60;
const NEXT_PAGE: i64 = 12;
/// An item stands beside its number.
const ITEM_NEXT_PAGE: i64 = 40;
const OTHER_LINE: i64 = 25;
const SECOND_CELL: i64 = 30;
const SECOND_LINE: i64 = 1;
const EMPTY_CELL: i64 = 14;
const EMPTY_TEXT: i64 = 22;
const SAME_BLOCK: i64 = 7;
const AFTER_PARAGRAPH: i64 = 14;
const SECOND_BULLET: i64 = 1;
const OTHER_MONTHS: i64 = 14;
const OTHER_TURN: i64 = 25;
const OUT_OF_STEP: i64 = 6;
/// Lines that come in turn are so near to each other, in segments.
const MOST_TURNS: usize = 12;

/// The rows of things.
pub(super) struct Assigned {
    /// For every thing its row.
    pub(super) laid: Vec<Laid>,
    /// The dump says itself where rows begin and end.
    pub(super) row_by_row: bool,
    /// Rows follow each other in passes.
    pub(super) in_passes: bool,
    /// Goals put together without an order, and what is open about them.
    pub(super) bundles: Vec<Bundle>,
}

/// Assigns things, in the order of the dump, to rows. `order`: the fields in the order of the heading.
pub(super) fn assign(segments: &[Segment], rows: &[RowStart], things: &[Thing], order: &[Field]) -> Assigned {
    let intervals = intervals(rows, things);
    let fields: BTreeSet<Field> = order.iter().copied().collect();
    let in_order = rows.windows(2).all(|w| w[0].segment < w[1].segment);
    if in_order && is_row_by_row(rows.len(), things, &intervals, &fields) {
        let laid = intervals.iter().map(|i| Laid { row: i.unwrap_or(0), next: None }).collect();
        return Assigned { laid, row_by_row: true, in_passes: false, bundles: Vec::new() };
    }
    let affinity = Affinity::new(things.iter().map(|t| t.text.as_str()));
    let (by_passes, in_passes) = best_passes(segments, rows, things, order, &affinity);
    let in_columns = Columns::new(segments, rows, things).assign();
    let by_columns = faults(rows.len(), things, &in_columns, &fields, &affinity);
    let laid = if by_passes < by_columns { in_passes } else { in_columns };
    if let Some(bundles) = free::bundles(segments, rows, things)
        && contradict(&bundles, &laid)
    {
        let mut in_bundles = laid;
        for bundle in &bundles {
            for &thing in &bundle.things {
                in_bundles[thing] = Laid { row: bundle.row, next: None };
            }
        }
        return Assigned { laid: in_bundles, row_by_row: false, in_passes: false, bundles };
    }
    Assigned { laid, row_by_row: false, in_passes: by_passes < by_columns, bundles: Vec::new() }
}

/// Passes with the fields in the order of the heading, or in the order of the form where a heading that was drawn in
/// passes itself has none; with their faults.
fn best_passes(segments: &[Segment], rows: &[RowStart], things: &[Thing], order: &[Field], affinity: &Affinity) -> (i64, Vec<Laid>) {
    let fields: BTreeSet<Field> = order.iter().copied().collect();
    let usual: Vec<Field> = fields.iter().copied().collect();
    let lay = |order: &[Field]| {
        let laid = passes::lay(rows, things, order, &|segment| segments[segment].page());
        let laid: Vec<Laid> = laid.into_iter().map(|row| Laid { row, next: None }).collect();
        (faults(rows.len(), things, &laid, &fields, affinity), laid)
    };
    let (by_heading, by_form) = (lay(order), lay(&usual));
    if by_form.0 < by_heading.0 { by_form } else { by_heading }
}

/// What speaks against an assignment: rows with no cell or two of a column that has one, and targets that do not
/// speak of their items.
fn faults(rows: usize, things: &[Thing], laid: &[Laid], fields: &BTreeSet<Field>, affinity: &Affinity) -> i64 {
    let mut held: Vec<BTreeMap<Field, u32>> = vec![BTreeMap::new(); rows];
    let mut items: Vec<String> = vec![String::new(); rows];
    for (thing, laid) in things.iter().zip(laid) {
        *held[laid.row].entry(thing.field).or_insert(0) += 1;
        if thing.field == Field::Item {
            items[laid.row].push_str(&thing.text);
        }
    }
    let mut faults = 0;
    for row in &held {
        for field in fields.iter().filter(|f| **f != Field::Number) {
            let count = i64::from(row.get(field).copied().unwrap_or(0));
            let many = matches!(field, Field::Target | Field::Methods | Field::Divisions);
            faults += FAULT * if many { i64::from(count == 0) } else { (count - 1).abs() };
        }
    }
    let misfits = things.iter().zip(laid).filter(|(t, _)| t.field == Field::Target);
    faults + misfits.map(|(t, l)| (100 - affinity.share(&items[l.row], &t.text)) / 10).sum::<i64>()
}

/// Whether goals whose cells belong together beyond doubt lie in several rows, so that columns keep no order.
fn contradict(bundles: &[Bundle], laid: &[Laid]) -> bool {
    let sure = bundles.iter().filter(|b| b.weak.is_empty());
    let is_torn = |b: &&Bundle| {
        let apart = b.things.iter().any(|&t| laid[t].row != laid[b.things[0]].row);
        // Their division and category may say beyond doubt that they are of another row.
        apart || (b.rows == [b.row] && laid[b.things[0]].row != b.row)
    };
    let torn = sure.filter(is_torn).count();
    torn * 100 >= bundles.len() * TORN_PERCENT
}

/// With more goals torn apart, in percent, the order of columns is no order. Measured 2026-11: seed 004 has 70,
/// dumps whose columns keep their order have none.
const TORN_PERCENT: usize = 10;

/// A fault of a row against a tenth of a target's words.
const FAULT: i64 = 10;

/// For every thing the last row whose number stands before it.
fn intervals(rows: &[RowStart], things: &[Thing]) -> Vec<Option<usize>> {
    let row = |thing: &Thing| rows.partition_point(|r| r.segment < thing.segments[0]).checked_sub(1);
    things.iter().map(row).collect()
}

/// Every row, nearly, holds what a row holds, once.
fn is_row_by_row(rows: usize, things: &[Thing], intervals: &[Option<usize>], fields: &BTreeSet<Field>) -> bool {
    if intervals.iter().any(Option::is_none) {
        return false;
    }
    let mut held: Vec<BTreeMap<Field, u32>> = vec![BTreeMap::new(); rows];
    for (thing, row) in things.iter().zip(intervals) {
        *held[row.unwrap_or(0)].entry(thing.field).or_insert(0) += 1;
    }
    let once = |row: &BTreeMap<Field, u32>, field: Field| !fields.contains(&field) || row.get(&field) == Some(&1);
    let any = |row: &BTreeMap<Field, u32>, field: Field| !fields.contains(&field) || row.contains_key(&field);
    let whole = |row: &&BTreeMap<Field, u32>| {
        once(row, Field::Deadline) && any(row, Field::Target) && any(row, Field::Methods) && any(row, Field::Divisions)
    };
    held.iter().filter(whole).count() * 100 >= rows * ROW_BY_ROW_PERCENT
}

/// A dump of which so many rows are whole between their numbers is row by row.
const ROW_BY_ROW_PERCENT: usize = 75;

struct Columns<'a> {
    segments: &'a [Segment],
    rows: &'a [RowStart],
    things: &'a [Thing],
    affinity: Affinity,
    /// Rows of the lines that something assigned stands on beside others.
    lines: BTreeMap<usize, usize>,
    laid: Vec<Laid>,
}

impl<'a> Columns<'a> {
    fn new(segments: &'a [Segment], rows: &'a [RowStart], things: &'a [Thing]) -> Self {
        let affinity = Affinity::new(things.iter().map(|t| t.text.as_str()));
        let shared = |index: usize| segments[index].of > 1;
        let lines = rows.iter().enumerate().filter(|(_, r)| shared(r.segment)).map(|(i, r)| (segments[r.segment].line, i)).collect();
        let laid = vec![Laid { row: 0, next: None }; things.len()];
        Self { segments, rows, things, affinity, lines, laid }
    }

    fn assign(mut self) -> Vec<Laid> {
        for field in [Field::Deadline, Field::Divisions, Field::PlanCategory, Field::Achievement] {
            let own = self.of(field);
            let laid = self.lay_cells(&own);
            self.keep(&own, laid);
        }
        let items = self.of(Field::Item);
        let laid = self.lay_items(&items);
        self.keep(&items, laid);
        for field in [Field::Target, Field::Methods] {
            let own = self.of(field);
            let (_, laid) = self.lay_texts(&own, field);
            self.keep(&own, laid);
        }
        self.lay_abreast();
        self.laid
    }

    fn of(&self, field: Field) -> Vec<usize> {
        (0..self.things.len()).filter(|&i| self.things[i].field == field).collect()
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
    fn by_place(&self, thing: usize, row: usize) -> i64 {
        let first = self.things[thing].segments[0];
        let (page, own) = (self.segments[first].page(), self.rows[row].page);
        let is_last = self.rows.get(row + 1).is_none_or(|r| r.page > own);
        let is_first = row == 0 || self.rows[row - 1].page < own;
        let by_page = match () {
            () if page == own => 0,
            () if (page == own + 1 && is_last) || (page + 1 == own && is_first) => {
                if self.things[thing].field == Field::Item {
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
    fn follows(&self, thing: usize, before: usize) -> bool {
        let (Some(&a), Some(&b)) = (self.things[before].segments.last(), self.things[thing].segments.first()) else { return false };
        let (a, b) = (&self.segments[a], &self.segments[b]);
        a.page() == b.page() && a.line + 1 == b.line && !b.after_blank
    }

    /// Lays the cells of a column that has one a row.
    fn lay_cells(&self, own: &[usize]) -> Vec<Laid> {
        let place = |thing: usize, row: usize| self.by_place(own[thing], row);
        let stay = |thing: usize| {
            let is_list = self.things[own[thing]].field == Field::Divisions;
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
        let targets = self.of(Field::Target);
        let mut ranked: Vec<(i64, usize)> = Vec::new();
        for (index, way) in ways.iter().enumerate() {
            let laid: Vec<Laid> = way.iter().map(|&row| Laid { row, next: None }).collect();
            self.lay_down(items, &laid);
            let own: i64 = items.iter().zip(way).map(|(&t, &row)| self.by_place(t, row)).sum();
            ranked.push((own + self.lay_texts(&targets, Field::Target).0, index));
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
    fn items(&self) -> Vec<(String, Option<usize>)> {
        let mut items: Vec<(String, Option<usize>)> = vec![(String::new(), None); self.rows.len()];
        for thing in self.of(Field::Item) {
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

    /// Lays the texts of a wide column.
    fn lay_texts(&self, own: &[usize], field: Field) -> (i64, Vec<Laid>) {
        let topics = self.topics(field);
        let fit: Vec<Vec<i64>> = own.iter().map(|&t| topics.iter().map(|topic| self.misfit(t, topic)).collect()).collect();
        let partners: Vec<Vec<usize>> = own.iter().map(|&t| self.in_turn(t, field)).collect();
        let place = |thing: usize, row: usize| {
            let other = partners[thing].iter().filter(|&&r| r != row).count().min(1) as i64;
            self.by_place(own[thing], row) + fit[thing][row] + OTHER_TURN * other
        };
        let stay = |thing: usize| self.in_one_cell(own[thing - 1], own[thing]);
        let go = |thing: usize| self.in_two_cells(own[thing - 1], own[thing]);
        let costs = Costs { things: own.len(), rows: self.rows.len(), place: &place, stay: &stay, go: &go, empty: &|_| EMPTY_TEXT };
        lay(&costs)
    }

    /// Lays the texts of both wide columns again, together.
    fn lay_abreast(&mut self) {
        let own: Vec<usize> = (0..self.things.len()).filter(|&t| matches!(self.things[t].field, Field::Target | Field::Methods)).collect();
        let column: Vec<usize> = own.iter().map(|&t| usize::from(self.things[t].field == Field::Methods)).collect();
        let before: Vec<Option<usize>> = (0..own.len()).map(|i| (0..i).rev().find(|&b| column[b] == column[i]).map(|b| own[b])).collect();
        let partner: Vec<bool> = (0..own.len()).map(|i| self.has_partner(&own[..=i], column[i] == 1)).collect();
        let topics = [Field::Target, Field::Methods].map(|field| self.topics(field));
        let fit = |i: usize| topics[column[i]].iter().map(|topic| self.misfit(own[i], topic)).collect();
        let fit: Vec<Vec<i64>> = (0..own.len()).map(fit).collect();
        let place = |text: usize, row: usize| self.by_place(own[text], row) + fit[text][row];
        let abreast = |text: usize, row: usize, other: Option<usize>| match other {
            Some(other) if other == row => 0,
            Some(_) if partner[text] => OTHER_TURN,
            // A target may begin the next row.
            Some(other) if column[text] == 0 && row > other => 0,
            Some(_) => OUT_OF_STEP,
            None => 0,
        };
        let costs = abreast::Costs {
            column: &column,
            rows: self.rows.len(),
            open: &|text| self.rows_near(own[text]),
            place: &place,
            stay: &|text| before[text].map_or(0, |b| self.in_one_cell(b, own[text])),
            go: &|text| before[text].map_or(0, |b| self.in_two_cells(b, own[text])),
            abreast: &abreast,
            empty: EMPTY_TEXT,
        };
        for (&thing, laid) in own.iter().zip(abreast::lay(&costs).into_iter().flatten()) {
            self.laid[thing] = laid;
        }
    }

    /// The last of `own` stands on a line with the last text of the other column before it, or their lines come in
    /// turn. `methods`: it is of the methods.
    fn has_partner(&self, own: &[usize], methods: bool) -> bool {
        let Some((&here, above)) = own.split_last() else { return false };
        let is_other = |t: &usize| (self.things[*t].field == Field::Methods) != methods;
        above.iter().rev().copied().find(is_other).is_some_and(|other| self.are_beside(other, here))
    }

    fn are_beside(&self, first: usize, second: usize) -> bool {
        let lines = |t: usize| self.things[t].segments.iter().map(|&s| self.segments[s].line);
        lines(first).any(|line| lines(second).any(|l| l == line)) || self.come_in_turn(first, second)
    }

    /// The rows of a thing's page, the last before them and the first behind.
    fn rows_near(&self, thing: usize) -> Vec<usize> {
        let page = self.segments[self.things[thing].segments[0]].page();
        let from = self.rows.partition_point(|r| r.page < page);
        let to = self.rows.partition_point(|r| r.page <= page);
        (from.saturating_sub(1)..(to + 1).min(self.rows.len())).collect()
    }

    /// What it costs that two texts of a column are of one cell, and that they are of two.
    fn in_one_cell(&self, before: usize, thing: usize) -> i64 {
        match () {
            () if !self.both_bullets(before, thing) => AFTER_PARAGRAPH,
            () if self.months_part(before, thing) => OTHER_MONTHS,
            () => SECOND_BULLET,
        }
    }

    fn in_two_cells(&self, before: usize, thing: usize) -> i64 {
        if self.both_bullets(before, thing) && self.follows(thing, before) { SAME_BLOCK } else { 0 }
    }

    fn both_bullets(&self, before: usize, thing: usize) -> bool {
        self.things[before].bullet && self.things[thing].bullet
    }

    /// Rows of the texts of other columns whose lines come in turn with a thing's lines: they stand side by side.
    fn in_turn(&self, thing: usize, field: Field) -> Vec<usize> {
        let is_known = |f: Field| f == Field::Item || (f == Field::Target && field == Field::Methods);
        (0..self.things.len())
            .filter(|&t| is_known(self.things[t].field) && self.come_in_turn(t, thing))
            .map(|t| self.laid[t].row)
            .collect()
    }

    /// Lines of two things come in turn.
    fn come_in_turn(&self, one: usize, other: usize) -> bool {
        let ends = |t: usize| (self.things[t].segments[0], self.things[t].segments[self.things[t].segments.len() - 1]);
        let ((first, last), (from, to)) = (ends(one), ends(other));
        let page = |s: usize| self.segments[s].page();
        let same_page = page(first) == page(to) && page(from) == page(last);
        same_page && first < to && from < last && last - first < MOST_TURNS && to - from < MOST_TURNS
    }

    /// （４月）, （９月～）: items of one cell all name months, in their order, or none does.
    fn months_part(&self, before: usize, after: usize) -> bool {
        match (month(&self.things[before].text), month(&self.things[after].text)) {
            (Some(a), Some(b)) => b < a,
            (None, None) => false,
            _ => true,
        }
    }

    /// What a text of a row should speak of, and where in the dump it is spoken of.
    fn topics(&self, field: Field) -> Vec<Topic> {
        let mut topics: Vec<Topic> =
            self.items().into_iter().map(|(item, at)| Topic { item, more: String::new(), at: at.into_iter().collect() }).collect();
        if field == Field::Methods {
            for thing in self.of(Field::Target) {
                let topic = &mut topics[self.laid[thing].row];
                topic.more.push_str(&self.things[thing].text);
                topic.at.push(self.things[thing].segments[0]);
            }
        }
        topics
    }

    /// How little a thing fits a topic: by its words, and by its distance in the dump.
    fn misfit(&self, thing: usize, topic: &Topic) -> i64 {
        let text = &self.things[thing].text;
        let by_item = self.affinity.share(&topic.item, text);
        let by_more = if topic.more.is_empty() { 0 } else { self.affinity.share(text, &topic.more) };
        let here = self.things[thing].segments[0];
        let distance = topic.at.iter().map(|&at| at.abs_diff(here)).min().unwrap_or(FAR);
        (100 - by_item.max(by_more)) / WORDS_PER_COST + (distance.min(FAR) / STEPS_PER_COST) as i64
    }
}

/// The month in brackets with which an item begins, counted from April.
fn month(text: &str) -> Option<u32> {
    let inside = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '（' | '(')).strip_prefix(['（', '('])?;
    let key = match_text(inside.split(['）', ')']).next()?);
    let (digits, _) = key.split_once('月')?;
    digits.parse::<u32>().ok().filter(|m| (1..=12).contains(m)).map(|m| (m + 8) % 12)
}

/// What a row speaks of.
struct Topic {
    item: String,
    more: String,
    /// Segments of its texts.
    at: Vec<usize>,
}

/// Percent of shared words that weigh one unit of cost.
const WORDS_PER_COST: i64 = 4;
/// Segments of distance that weigh one unit of cost, and from where on distance says nothing more.
const STEPS_PER_COST: usize = 4;
const FAR: usize = 32;
/// Ways to leave rows without an item that are tried.
const MOST_WAYS: usize = 400;

/// Ways to lay so many items over the rows of a page: with some rows left out, or with some items that go on with
/// the one before; no more than [`MOST_WAYS`].
fn ways(items: usize, rows: &[usize]) -> Vec<Vec<usize>> {
    if items == 0 || rows.is_empty() {
        return Vec::new();
    }
    // The rows that have an item, or the items that begin one; the first is always one of them.
    let (all, some) = (items.max(rows.len()), items.min(rows.len()));
    let mut left: Vec<usize> = (1..=all - some).collect();
    let mut ways = Vec::new();
    while ways.len() < MOST_WAYS {
        if items <= rows.len() {
            ways.push((0..all).filter(|row| !left.contains(row)).map(|row| rows[row]).collect());
        } else {
            ways.push((0..all).map(|item| rows[item - left.iter().filter(|&&l| l <= item).count()]).collect());
        }
        if !next_choice(&mut left, all) {
            break;
        }
    }
    ways
}

/// The next choice of as many of `1..rows`, in order; false after the last.
fn next_choice(chosen: &mut [usize], rows: usize) -> bool {
    let count = chosen.len();
    for index in (0..count).rev() {
        if chosen[index] < rows - (count - index) {
            chosen[index] += 1;
            for later in index + 1..count {
                chosen[later] = chosen[later - 1] + 1;
            }
            return true;
        }
    }
    false
}
