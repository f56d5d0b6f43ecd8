//! The texts of the wide columns to rows, in the order of each column: what two neighbours say of being of one cell,
//! what the words say of a row, and what lines that come in turn say of each other.

use crate::fields::{LISTS, list_column};
use crate::rows::columns::Columns;
use crate::rows::row_breaks::Start;
use crate::rows::wide::{Text, Topic, Wide};
use crate::rows::word_overlap::share;
use crate::solve::sequence::{Costs, Placement, cheapest, least};
use crate::solve::two_columns;
use seisho_forms::{Field, FieldKind};
use seisho_japanese::normalize::match_text;
use std::collections::BTreeSet;

const EMPTY_TEXT: i64 = 22;
const SAME_BLOCK: i64 = 14;
const WHOLE_BLOCKS: i64 = 8;
const TORN_BLOCKS: i64 = 8;
const AFTER_PARAGRAPH: i64 = 14;
const SECOND_BULLET: i64 = 1;
const OTHER_MONTHS: i64 = 14;
const OTHER_ROW: i64 = 40;
const EARLY: i64 = 14;
const OTHER_TURN: i64 = 25;
const OUT_OF_STEP: i64 = 12;
const CLOSED: i64 = 8;
const OTHER_BLOCK: i64 = 30;
/// Lines that come in turn are so near to each other, in segments.
const MOST_TURNS: usize = 12;
/// Percent of shared words that weigh one unit of cost.
const WORDS_PER_COST: i64 = 4;
/// Segments of distance that weigh one unit of cost, and from where on distance says nothing more.
const STEPS_PER_COST: usize = 4;
const FAR: usize = 32;

/// A blank line between two texts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// The text before it stands in one block: the line parts cells.
    Whole,
    /// A short last line was parted from the text before it, as tools do that look at margins; the line parts that
    /// short one from the next.
    Torn,
}

impl Columns<'_> {
    /// Places the texts of a wide column.
    pub(crate) fn place_texts(&self, own: &[usize], field: Field) -> Vec<Placement> {
        self.with_costs(&self.wide(own, field), |costs| cheapest(costs).1)
    }

    /// What the texts of a wide column cost where the items lie now.
    pub(crate) fn cost_of_texts(&self, wide: &mut Wide) -> i64 {
        for ((row, topic), known) in self.topics(wide.field).into_iter().enumerate().zip(&mut wide.topics) {
            if topic != *known {
                wide.texts.iter().zip(&mut wide.misfit).for_each(|(text, misfit)| misfit[row] = self.misfit(text, &topic));
                *known = topic;
            }
        }
        self.with_costs(wide, least)
    }

    /// What placing the texts of a wide column rests on.
    pub(crate) fn wide(&self, own: &[usize], field: Field) -> Wide {
        let (topics, by_block, late) = (self.topics(field), self.by_block(), self.late());
        let texts: Vec<Text> = own.iter().map(|&t| self.text(t)).collect();
        let place = |entry: usize, row: usize| {
            let block = i64::from(by_block[entry].is_some_and(|own| own != row));
            self.by_place(entry, row) + OTHER_BLOCK * block + late(entry, row)
        };
        let of_rows = |of: &dyn Fn(usize) -> i64| (0..self.rows.len()).map(of).collect();
        let place = own.iter().map(|&entry| of_rows(&|row| place(entry, row))).collect();
        let misfit = texts.iter().map(|text| of_rows(&|row| self.misfit(text, &topics[row]))).collect();
        let pairs = || own.windows(2).map(|w| (w[0], w[1]));
        let stay = std::iter::once(0).chain(pairs().map(|(before, entry)| self.in_one_cell(before, entry))).collect();
        let go = std::iter::once(0).chain(pairs().map(|(before, entry)| self.in_two_cells(before, entry))).collect();
        Wide { field, own: own.to_vec(), texts, place, topics, misfit, stay, go }
    }

    fn with_costs<T>(&self, wide: &Wide, solve: impl FnOnce(&Costs<'_>) -> T) -> T {
        let partners: Vec<Vec<usize>> = wide.own.iter().map(|&t| self.in_turn(t, wide.field)).collect();
        let place = |entry: usize, row: usize| {
            let other = i64::from(partners[entry].iter().any(|&r| r != row));
            wide.place[entry][row] + wide.misfit[entry][row] + OTHER_TURN * other
        };
        let (stay, go) = (|entry: usize| wide.stay[entry], |entry: usize| wide.go[entry]);
        solve(&Costs { entries: wide.own.len(), rows: self.rows.len(), place: &place, stay: &stay, go: &go, empty: &|_| EMPTY_TEXT })
    }

    /// What it costs to put an entry in a row that is over where it stands, or not begun.
    fn late(&self) -> impl Fn(usize, usize) -> i64 + use<> {
        let (closed, behind) = (self.closed(), self.behind_category());
        move |entry, row| {
            let is_late = closed[entry].is_some_and(|last| row <= last) || behind[entry].is_some_and(|first| row < first);
            CLOSED * i64::from(is_late)
        }
    }

    /// For every entry the last row of its page whose deadline stands before it, behind other texts: where a row's
    /// cells come together, that row is over.
    fn closed(&self) -> Vec<Option<usize>> {
        let mut closed: Vec<Option<usize>> = Vec::with_capacity(self.entries.len());
        let (mut page, mut last, mut has_text) = (None, None, false);
        for (index, entry) in self.entries.iter().enumerate() {
            let here = self.segments[entry.segments[0]].page();
            if page != Some(here) {
                (page, last, has_text) = (Some(here), None, false);
            }
            match entry.field.kind() {
                FieldKind::Date if has_text => last = last.max(Some(self.placements[index].row)),
                FieldKind::Items => has_text = true,
                _ => {}
            }
            closed.push(last);
        }
        closed
    }

    /// For every target the row of the category that stands alone between it, or targets above it, and a text before:
    /// its row is no earlier one.
    fn behind_category(&self) -> Vec<Option<usize>> {
        let is = |index: usize, kind: FieldKind| self.entries.get(index).is_some_and(|t| t.field.kind() == kind);
        let is_target = |index: usize| self.entries.get(index).is_some_and(|t| t.field == LISTS[0]);
        let page = |index: usize| self.segments[self.entries[index].segments[0]].page();
        let mut from: Option<usize> = None;
        let mut rows = Vec::with_capacity(self.entries.len());
        for index in 0..self.entries.len() {
            if is(index, FieldKind::Choice) {
                let before = index.checked_sub(1).filter(|&b| is(b, FieldKind::Items) && page(b) == page(index));
                from = before.filter(|_| is_target(index + 1)).map(|_| index);
            } else if !is_target(index) {
                from = None;
            }
            rows.push(from.filter(|&f| f != index && page(f) == page(index)).map(|f| self.placements[f].row));
        }
        rows
    }

    /// The row of every text of a column that has, on a page, as many blocks of lines as rows.
    fn by_block(&self) -> Vec<Option<usize>> {
        let mut row_of = vec![None; self.entries.len()];
        let pages: BTreeSet<u32> = self.rows.iter().map(|r| r.page).collect();
        for (page, field) in pages.into_iter().flat_map(|p| LISTS.map(|field| (p, field))) {
            let own: Vec<usize> =
                self.of(field).into_iter().filter(|&t| self.segments[self.entries[t].segments[0]].page() == page).collect();
            let mut blocks: Vec<usize> = Vec::with_capacity(own.len());
            for (index, &entry) in own.iter().enumerate() {
                let goes_on = index > 0 && self.in_one_block(entry, own[index - 1]);
                blocks.push(blocks.last().map_or(0, |&b| if goes_on { b } else { b + 1 }));
            }
            let rows: Vec<usize> = (0..self.rows.len()).filter(|&r| self.rows[r].page == page).collect();
            if blocks.last().is_some_and(|&last| last + 1 == rows.len()) {
                own.iter().zip(blocks).for_each(|(&entry, block)| row_of[entry] = Some(rows[block]));
            }
        }
        row_of
    }

    /// Places the texts of both wide columns again, together.
    pub(crate) fn place_abreast(&mut self) {
        let lists = (0..self.entries.len()).filter_map(|t| Some((t, list_column(self.entries[t].field)?)));
        let (own, column): (Vec<usize>, Vec<usize>) = lists.unzip();
        let before: Vec<Option<usize>> = (0..own.len()).map(|i| (0..i).rev().find(|&b| column[b] == column[i]).map(|b| own[b])).collect();
        let partner: Vec<bool> = (0..own.len()).map(|i| self.has_partner(&own[..=i], column[i])).collect();
        let topics = LISTS.map(|field| self.topics(field));
        let texts: Vec<Text> = own.iter().map(|&t| self.text(t)).collect();
        let (by_block, late) = (self.by_block(), self.late());
        let place = |text: usize, row: usize| {
            let other = i64::from(by_block[own[text]].is_some_and(|own| own != row));
            let misfit = self.misfit(&texts[text], &topics[column[text]][row]);
            self.by_place(own[text], row) + misfit + OTHER_BLOCK * other + late(own[text], row)
        };
        // The text above in its column ends behind the last one of the other column.
        let end = |entry: usize| self.entries[entry].segments.last().copied();
        let lags = |text: usize| before[text].is_some_and(|above| end(above) > end(own[text - 1]));
        let abreast = |text: usize, row: usize, [reached, other]: [Option<usize>; 2]| match other {
            Some(other) if other == row => 0,
            Some(_) if partner[text] => OTHER_TURN,
            // A target may begin the next row.
            Some(other) if column[text] == 0 && row > other => 0,
            // The other column has run ahead, or has had no text since: its row says nothing of this one's.
            Some(_) if text > 0 && (column[text - 1] == column[text] || lags(text)) => 0,
            Some(other) if other > reached.map_or(0, |row| row + 1) => 0,
            Some(_) => OUT_OF_STEP,
            None => 0,
        };
        let costs = two_columns::Costs {
            column: &column,
            rows: self.rows.len(),
            open: &|text| self.rows_near(own[text]),
            place: &place,
            stay: &|text| before[text].map_or(0, |b| self.in_one_cell(b, own[text])),
            go: &|text| before[text].map_or(0, |b| self.in_two_cells(b, own[text])),
            abreast: &abreast,
            empty: EMPTY_TEXT,
        };
        for (&entry, placement) in own.iter().zip(two_columns::cheapest(&costs).into_iter().flatten()) {
            self.placements[entry] = placement;
        }
    }

    /// The last of `own` stands on a line with the last text of the other column before it, or their lines come in
    /// turn. `column`: that of the last.
    fn has_partner(&self, own: &[usize], column: usize) -> bool {
        let Some((&here, above)) = own.split_last() else { return false };
        let is_other = |t: &usize| self.entries[*t].field != LISTS[column];
        above.iter().rev().copied().find(is_other).is_some_and(|other| self.are_beside(other, here))
    }

    fn are_beside(&self, first: usize, second: usize) -> bool {
        let lines = |t: usize| self.entries[t].segments.iter().map(|&s| self.segments[s].line);
        lines(first).any(|line| lines(second).any(|l| l == line)) || self.come_in_turn(first, second)
    }

    /// The rows of an entry's page, the last before them and the first behind.
    fn rows_near(&self, entry: usize) -> Vec<usize> {
        let page = self.segments[self.entries[entry].segments[0]].page();
        let from = self.rows.partition_point(|r| r.page < page);
        let to = self.rows.partition_point(|r| r.page <= page);
        (from.saturating_sub(1)..(to + 1).min(self.rows.len())).collect()
    }

    /// What it costs that two texts of a column are of one cell, and that they are of two.
    fn in_one_cell(&self, before: usize, entry: usize) -> i64 {
        match () {
            () if self.starts[entry] == Start::Row => OTHER_ROW,
            () if !self.both_bullets(before, entry) => AFTER_PARAGRAPH,
            () if self.months_part(before, entry) => OTHER_MONTHS,
            () if self.gap(before, entry) == Some(Gap::Whole) => WHOLE_BLOCKS,
            () => SECOND_BULLET,
        }
    }

    fn in_two_cells(&self, before: usize, entry: usize) -> i64 {
        match () {
            () if self.starts[entry] == Start::Inside => OTHER_ROW,
            () if self.both_bullets(before, entry) && self.in_one_block(entry, before) => SAME_BLOCK,
            () if self.gap(before, entry) == Some(Gap::Torn) => TORN_BLOCKS,
            () => 0,
        }
    }

    /// What a blank line between two texts that nothing else parts stands between.
    fn gap(&self, before: usize, entry: usize) -> Option<Gap> {
        let (lines, next) = (&self.entries[before].segments, self.entries[entry].segments[0]);
        if lines[lines.len() - 1] + 1 != next || !self.segments[next].after_blank {
            return None;
        }
        match lines.windows(2).find(|w| !self.segments[w[1]].is_below(&self.segments[w[0]])) {
            Some(_) => Some(Gap::Torn),
            None => (lines.len() == 1).then_some(Gap::Whole),
        }
    }

    fn both_bullets(&self, before: usize, entry: usize) -> bool {
        self.entries[before].bullet && self.entries[entry].bullet
    }

    /// Rows of the texts of other columns whose lines come in turn with an entry's lines: they stand side by side.
    fn in_turn(&self, entry: usize, field: Field) -> Vec<usize> {
        let is_known = |f: Field| f.kind() == FieldKind::Text || (f == LISTS[0] && field == LISTS[1]);
        // Entries stand in the order of their first segments: no other is near enough.
        let here = self.entries[entry].segments[0];
        let from = self.entries.partition_point(|t| t.segments[0] + MOST_TURNS < here);
        let to = self.entries.partition_point(|t| t.segments[0] <= here + MOST_TURNS);
        (from..to).filter(|&t| is_known(self.entries[t].field) && self.come_in_turn(t, entry)).map(|t| self.placements[t].row).collect()
    }

    /// Lines of two entries come in turn.
    fn come_in_turn(&self, one: usize, other: usize) -> bool {
        let ends = |t: usize| (self.entries[t].segments[0], self.entries[t].segments[self.entries[t].segments.len() - 1]);
        let ((first, last), (from, to)) = (ends(one), ends(other));
        let page = |s: usize| self.segments[s].page();
        let same_page = page(first) == page(to) && page(from) == page(last);
        same_page && first < to && from < last && last - first < MOST_TURNS && to - from < MOST_TURNS
    }

    /// （４月）, （９月～）: items of one cell all name months, in their order, or none does.
    fn months_part(&self, before: usize, after: usize) -> bool {
        match (month(&self.entries[before].text), month(&self.entries[after].text)) {
            (Some(a), Some(b)) => b < a,
            (None, None) => false,
            _ => true,
        }
    }

    /// What a text of a row should speak of, and where in the dump it is spoken of.
    fn topics(&self, field: Field) -> Vec<Topic> {
        let items = self.items();
        let mut more = vec![String::new(); items.len()];
        let mut at: Vec<Vec<usize>> = items.iter().map(|(_, at)| at.iter().copied().collect()).collect();
        if field == LISTS[1] {
            for entry in self.of(LISTS[0]) {
                let row = self.placements[entry].row;
                more[row].push_str(&self.entries[entry].text);
                at[row].push(self.entries[entry].segments[0]);
            }
        }
        let topic = |(((item, _), more), at): ((&(String, _), &String), _)| Topic {
            item: self.affinity.weighed(item),
            more: self.affinity.weighed(more),
            at,
        };
        items.iter().zip(&more).zip(at).map(topic).collect()
    }

    /// What of an entry is compared with topics.
    fn text(&self, entry: usize) -> Text {
        let own = &self.entries[entry];
        let before = self.entries[..entry].iter().rev().find(|t| t.field.kind() == FieldKind::Items);
        Text { words: self.affinity.weighed(&own.text), first: own.segments[0], goes_on: before.is_some_and(|b| b.field == own.field) }
    }

    /// How little a text fits a topic: by its words, and by its distance in the dump.
    fn misfit(&self, text: &Text, topic: &Topic) -> i64 {
        let here = text.first;
        let (by_item, by_more) = (share(&topic.item, &text.words), share(&text.words, &topic.more));
        let early = topic.at.first().is_some_and(|&item| here < item && self.segments[here].page() == self.segments[item].page());
        let distance = if text.goes_on { 0 } else { topic.at.iter().map(|&at| at.abs_diff(here)).min().unwrap_or(FAR) };
        (100 - by_item.max(by_more)) / WORDS_PER_COST + (distance.min(FAR) / STEPS_PER_COST) as i64 + if early { EARLY } else { 0 }
    }
}

/// The month in brackets with which an item begins, counted from April.
fn month(text: &str) -> Option<u32> {
    let inside = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '（' | '(')).strip_prefix(['（', '('])?;
    let key = match_text(inside.split(['）', ')']).next()?);
    let (digits, _) = key.split_once('月')?;
    digits.parse::<u32>().ok().filter(|m| (1..=12).contains(m)).map(|m| (m + 8) % 12)
}
