//! Dumps whose wide cells stand in an order of their own: items, targets and methods linked to each other by words
//! and neighbourhood, then placed in the rows of their page by division, category and what order there is. Global on
//! every page, with what else a row could be.

use crate::fields;
use crate::parts::Entry;
use crate::parts::Parts;
use crate::rows::word_overlap::Affinity;
use crate::solve::assignment::permutations;
use crate::text::segments::Segment;
use seisho_forms::mapping::assignment;
use seisho_forms::{Field, FieldKind, of_kind};
use std::collections::{BTreeMap, BTreeSet};

/// Points for standing right behind, in one block of lines, and for standing near.
const RIGHT_BEHIND: i64 = 60;
const NEXT_BLOCK: i64 = 12;
/// Cost of numbers that do not go on one by one in the order of a column, and what three that do are worth: little,
/// for the order of such a dump is broken anyway.
const BREAK: i64 = 4;
/// The same where text of the head stands between, drawn in its own turn.
const INTERRUPTED: i64 = 3;
const RUN: i64 = 1;
/// A category that shares fewer percent of its letters with a title shares a common word (方針).
const COMMON_WORD: i64 = 30;
/// Two goals whose texts are so alike, in percent, are of one division; else this is what it costs.
const ALIKE: i64 = 45;
const PARTED: i64 = 60;
/// Rows within this of the best could be a goal's row too.
const OPEN: i64 = 15;
/// Links with less than this, in points, before the next best are weak.
const WEAK: i64 = 10;

/// A goal put together: its cells' entries, its row, and the rows that it could have too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bundle {
    pub(crate) entries: Vec<usize>,
    pub(crate) row: usize,
    /// All rows that it could have, its own included; one where the source decides.
    pub(crate) rows: Vec<usize>,
    /// Cells (by their first entry) that another goal might claim, with that goal's row.
    pub(crate) weak: Vec<(usize, usize)>,
}

/// Cells of a wide column: entries that follow each other.
type Cell = Vec<usize>;

/// Bundles of all pages, if every page has as many items, targets and methods as numbers.
pub(crate) fn bundles(parts: &Parts) -> Option<Vec<Bundle>> {
    let mut pages: Vec<u32> = parts.rows.iter().map(|r| r.page).collect();
    pages.dedup();
    let held: BTreeSet<usize> = parts.entries.iter().flat_map(|t| t.segments.iter().copied()).collect();
    let mut all = Vec::new();
    for page in pages {
        let page = Page::new(parts, &held, page)?;
        all.extend(page.bundles());
    }
    Some(all)
}

struct Page<'a> {
    segments: &'a [Segment],
    entries: &'a [Entry],
    /// Segments that are of an entry.
    held: &'a BTreeSet<usize>,
    affinity: &'a Affinity,
    /// Indices of rows on the page.
    rows: Vec<usize>,
    items: Vec<Cell>,
    targets: Vec<Cell>,
    methods: Vec<Cell>,
    /// For every row of the page the text of its narrow cells, by field.
    narrow: Vec<BTreeMap<Field, String>>,
}

impl<'a> Page<'a> {
    fn new(parts: &'a Parts, held: &'a BTreeSet<usize>, page: u32) -> Option<Self> {
        let Parts { segments, rows, entries, affinity, .. } = parts;
        let on_page: Vec<usize> = (0..rows.len()).filter(|&r| rows[r].page == page).collect();
        let cells = |field: Field| cells(segments, entries, field, page);
        let items = cells(fields::first(FieldKind::Text));
        let [targets, methods] = fields::LISTS.map(cells);
        let count = on_page.len();
        if items.len() != count || targets.len() != count || methods.len() != count {
            return None;
        }
        let mut narrow = vec![BTreeMap::new(); count];
        for entry in entries.iter().filter(|t| matches!(t.field.kind(), FieldKind::Names | FieldKind::Choice)) {
            let first = entry.segments[0];
            let row = on_page.iter().rposition(|&r| rows[r].segment < first && segments[first].sheet == page);
            if let Some(row) = row {
                narrow[row].entry(entry.field).or_insert_with(String::new).push_str(&entry.text);
            }
        }
        Some(Self { segments, entries, held, affinity, rows: on_page, items, targets, methods, narrow })
    }

    fn text(&self, cell: &Cell) -> String {
        cell.iter().map(|&t| self.entries[t].text.as_str()).collect()
    }

    fn bundles(&self) -> Vec<Bundle> {
        let texts = |cells: &[Cell]| cells.iter().map(|c| self.text(c)).collect::<Vec<_>>();
        let (items, targets, methods) = (texts(&self.items), texts(&self.targets), texts(&self.methods));
        let by_target = |i: usize, t: usize| self.affinity.share(&items[i], &targets[t]) + self.near(&self.items[i], &self.targets[t]);
        let (target_of, weak_targets) = links(self.items.len(), &by_target);
        let both: Vec<String> = (0..items.len()).map(|i| format!("{}\n{}", items[i], targets[target_of[i]])).collect();
        let by_methods = |i: usize, m: usize| {
            let words = self.affinity.share(&items[i], &methods[m]).max(self.affinity.share(&methods[m], &both[i]));
            let near = self.near(&self.targets[target_of[i]], &self.methods[m]).max(self.near(&self.items[i], &self.methods[m]));
            words + near
        };
        let (methods_of, weak_methods) = links(self.items.len(), &by_methods);
        let goals: Vec<[&str; 3]> =
            (0..items.len()).map(|i| [items[i].as_str(), targets[target_of[i]].as_str(), methods[methods_of[i]].as_str()]).collect();
        let (row_of, open) = self.rows_of(&goals, &target_of, &methods_of);
        let bundle = |i: usize| Bundle {
            entries: [&self.items[i], &self.targets[target_of[i]], &self.methods[methods_of[i]]].into_iter().flatten().copied().collect(),
            row: self.rows[row_of[i]],
            rows: open[i].iter().map(|&r| self.rows[r]).collect(),
            weak: self.weak(i, &weak_targets, &weak_methods, &target_of, &methods_of, &row_of),
        };
        (0..items.len()).map(bundle).collect()
    }

    fn weak(
        &self,
        item: usize,
        targets: &[Option<usize>],
        methods: &[Option<usize>],
        target_of: &[usize],
        methods_of: &[usize],
        row_of: &[usize],
    ) -> Vec<(usize, usize)> {
        let target = targets[item].map(|other| (self.targets[target_of[item]][0], self.rows[row_of[other]]));
        let method = methods[item].map(|other| (self.methods[methods_of[item]][0], self.rows[row_of[other]]));
        target.into_iter().chain(method).collect()
    }

    /// Points for where a cell stands after another.
    fn near(&self, first: &Cell, second: &Cell) -> i64 {
        let end = first.last().and_then(|&t| self.entries[t].segments.last()).copied().unwrap_or(0);
        let start = self.entries[second[0]].segments[0];
        let (a, b) = (&self.segments[end], &self.segments[start]);
        match () {
            () if b.is_below(a) => RIGHT_BEHIND,
            () if end + 1 == start => NEXT_BLOCK,
            () => 0,
        }
    }

    /// Text that is of no row stands between two cells.
    fn is_interrupted(&self, first: &Cell, second: &Cell) -> bool {
        let end = first.last().and_then(|&t| self.entries[t].segments.last()).copied().unwrap_or(0);
        let start = self.entries[second[0]].segments[0];
        (end + 1..start).any(|s| !self.held.contains(&s))
    }

    /// The row of every goal of the page, and all rows that it could have.
    fn rows_of(&self, goals: &[[&str; 3]], target_of: &[usize], methods_of: &[usize]) -> (Vec<usize>, Vec<Vec<usize>>) {
        let count = goals.len();
        let own: Vec<Vec<i64>> = (0..count).map(|i| (0..count).map(|r| self.stranger(&goals[i], r)).collect()).collect();
        let order = |cells: &[Cell], of: &[usize]| {
            let mut order: Vec<usize> = (0..count).collect();
            order.sort_by_key(|&i| cells[of[i]][0]);
            let breaks =
                order.windows(2).map(|w| if self.is_interrupted(&cells[of[w[0]]], &cells[of[w[1]]]) { INTERRUPTED } else { BREAK });
            let breaks: Vec<i64> = breaks.collect();
            (order, breaks)
        };
        let identity: Vec<usize> = (0..count).collect();
        let orders = [order(&self.items, &identity), order(&self.targets, target_of), order(&self.methods, methods_of)];
        let alike = self.alike(goals);
        let division = |row: usize| of_kind(&self.narrow[row], FieldKind::Names);
        let cost = |row_of: &[usize]| {
            let single: i64 = row_of.iter().enumerate().map(|(i, &r)| own[i][r]).sum();
            let steps: i64 = orders.iter().map(|o| disorder(o, row_of)).sum();
            let parted = alike.iter().filter(|(a, b)| division(row_of[*a]) != division(row_of[*b])).count() as i64;
            single + PARTED * parted + steps
        };
        permutations(count, &cost, OPEN)
    }

    /// Pairs of goals with nearly the same words.
    fn alike(&self, goals: &[[&str; 3]]) -> Vec<(usize, usize)> {
        let whole: Vec<String> = goals.iter().map(|g| g.join("\n")).collect();
        let share = |a: usize, b: usize| self.affinity.share(&whole[a], &whole[b]);
        let pairs = (0..whole.len()).flat_map(|a| (a + 1..whole.len()).map(move |b| (a, b)));
        pairs.filter(|&(a, b)| share(a, b).min(share(b, a)) >= ALIKE).collect()
    }

    /// How little a goal speaks of a row's division and category. The title says it best; methods name
    /// all the world.
    fn stranger(&self, goal: &[&str; 3], row: usize) -> i64 {
        let cell = |kind: FieldKind| of_kind(&self.narrow[row], kind).map_or("", String::as_str);
        let name = cell(FieldKind::Names);
        let speaks = |text: &str| self.affinity.share(name, &without_partners(text, name));
        let division = speaks(goal[0]) / 2 + speaks(goal[1]) / 4;
        let category = self.affinity.share(cell(FieldKind::Choice), goal[0]);
        -division - if category < COMMON_WORD { 0 } else { category }
    }
}

/// The text without the division's own name before と連携: who works with a division is another one.
fn without_partners(text: &str, division: &str) -> String {
    if division.is_empty() { text.to_owned() } else { text.replace(&format!("{division}と"), "") }
}

/// How little the rows of goals, in an order, go on one by one; with the cost of a break behind each of them.
fn disorder((order, breaks): &(Vec<usize>, Vec<i64>), row_of: &[usize]) -> i64 {
    let goes_on = |w: &[usize]| row_of[w[1]] == row_of[w[0]] + 1;
    let broken: i64 = order.windows(2).zip(breaks).filter(|(w, _)| !goes_on(w)).map(|(_, cost)| cost).sum();
    let runs = order.windows(3).filter(|w| goes_on(&w[..2]) && goes_on(&w[1..])).count() as i64;
    broken - RUN * runs
}

/// Cells of a column on a page: entries of it that follow each other.
fn cells(segments: &[Segment], entries: &[Entry], field: Field, page: u32) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for index in (0..entries.len()).filter(|&i| entries[i].field == field && segments[entries[i].segments[0]].sheet == page) {
        let follows = cells.last().and_then(|c| c.last()).is_some_and(|&before| {
            let (Some(&a), Some(&b)) = (entries[before].segments.last(), entries[index].segments.first()) else { return false };
            segments[b].is_below(&segments[a]) && entries[before].bullet && entries[index].bullet
        });
        match cells.last_mut().filter(|_| follows && field.holds_several()) {
            Some(cell) => cell.push(index),
            None => cells.push(vec![index]),
        }
    }
    cells
}

/// For every row of the matrix its column in the best assignment, and where that is weak the row that could claim
/// the column as well.
fn links(count: usize, points: &dyn Fn(usize, usize) -> i64) -> (Vec<usize>, Vec<Option<usize>>) {
    let matrix: Vec<Vec<i64>> = (0..count).map(|i| (0..count).map(|j| -points(i, j)).collect()).collect();
    let of = assignment(&matrix);
    // What it costs that two rows change places.
    let swap = |a: usize, b: usize| matrix[a][of[b]] + matrix[b][of[a]] - matrix[a][of[a]] - matrix[b][of[b]];
    let weak = (0..count).map(|a| (0..count).filter(|&b| b != a && swap(a, b) < WEAK).min_by_key(|&b| (swap(a, b), b)));
    let weak = weak.collect();
    (of, weak)
}
