//! What is uncertain about the rows of a dump: links with a runner-up nearly as good, rows with a cell missing or one
//! too many, numbers that the source leaves open. Names the alternatives; decides nothing.

use crate::fields::{self, LISTS, list_column};
use crate::parts::Entry;
use crate::parts::Parts;
use crate::recovered::{Alternative, Evidence};
use crate::rows::{self, Assigned};
use seisho_forms::{Field, FieldKind};
use std::collections::{BTreeMap, BTreeSet};

/// A link whose runner-up costs so much more is sure. Measured 2026-11 on forty dumps of ten drawn tables.
const SURE: i64 = 14;

/// The same for texts of wide columns, of which a row has several: a sum of smaller evidence.
const SURE_TEXT: i64 = 40;
/// A target that shares so many percent more of its words with another item of its page than with its own, and at
/// least so many, speaks against the order of the items.
const RATHER: i64 = 20;
const SPEAKS_OF: i64 = 40;

/// So many of a column's texts, in percent, end with a full stop, or with none.
const NEARLY_ALL: usize = 85;

/// A field of a row, and the rows that might hold its text instead.
type Doubts = BTreeMap<(usize, Field), BTreeSet<usize>>;

/// Cells that are not sure, by row and field.
pub(crate) fn alternatives(parts: &Parts, assigned: &Assigned) -> Vec<Alternative> {
    let mut doubts = weak_links(parts, assigned);
    uneven_rows(parts, assigned, &mut doubts);
    other_endings(parts, assigned, &mut doubts);
    if parts.spaced {
        spaced_rows(parts, &mut doubts);
    }
    if assigned.row_by_row {
        broken_order(parts, assigned, &mut doubts);
    } else {
        lone_categories(parts, assigned, &mut doubts);
    }
    if assigned.evidence() == Evidence::ColumnOrder && !assigned.in_passes {
        uneven_pages(parts, &mut doubts);
        turned_categories(parts, assigned, &mut doubts);
        disordered_pages(parts, assigned, &mut doubts);
    }
    doubts.into_iter().map(|((row, field), others)| Alternative { row, field, others: others.into_iter().collect() }).collect()
}

/// The numbers that a row could have, where the source leaves that open.
pub(crate) fn candidates(parts: &Parts, assigned: &Assigned, row: usize) -> Option<Vec<u32>> {
    let bundle = assigned.bundles.iter().find(|b| b.row == row).filter(|b| b.rows.len() > 1)?;
    Some(bundle.rows.iter().map(|&r| parts.rows[r].value).collect())
}

/// A category that comes once, right below a title: it may be the title's second line.
fn lone_categories(parts: &Parts, assigned: &Assigned, doubts: &mut Doubts) {
    let categories = || parts.entries.iter().enumerate().filter(|(_, t)| t.field.kind() == FieldKind::Choice);
    for (index, entry) in categories() {
        let is_lone = categories().filter(|(_, other)| other.text == entry.text).count() == 1;
        let is_below = |above: &&Entry| {
            let end = above.segments[above.segments.len() - 1];
            parts.segments[entry.segments[0]].is_below(&parts.segments[end])
        };
        let title = parts.entries[..index].iter().rposition(|t| t.field.kind() == FieldKind::Text && is_below(&t)).filter(|_| is_lone);
        if let Some(title) = title {
            doubts.entry((assigned.placements[title].row, parts.entries[title].field)).or_default();
            doubts.entry((assigned.placements[index].row, entry.field)).or_default();
        }
    }
}

/// Spaces stand everywhere: where a cell ends inside a line is a guess.
fn spaced_rows(parts: &Parts, doubts: &mut Doubts) {
    let others = [FieldKind::Text, FieldKind::Choice, FieldKind::Date, FieldKind::Names].map(fields::first);
    let fields = || others.into_iter().chain(LISTS);
    for (row, field) in (0..parts.rows.len()).flat_map(|row| fields().map(move |field| (row, field))) {
        doubts.entry((row, field)).or_default();
    }
}

/// Entries whose next best row is nearly as good: in doubt for both rows.
fn weak_links(parts: &Parts, assigned: &Assigned) -> Doubts {
    let mut doubts = Doubts::new();
    for (entry, placement) in parts.entries.iter().zip(&assigned.placements) {
        let sure = if entry.field.kind() == FieldKind::Items { SURE_TEXT } else { SURE };
        if let Some((other, _)) = placement.next.filter(|&(_, dearer)| dearer < sure) {
            doubts.entry((placement.row, entry.field)).or_default().insert(other);
            doubts.entry((other, entry.field)).or_default().insert(placement.row);
        }
    }
    for (entry, placement) in parts.entries.iter().zip(&assigned.placements).filter(|(t, _)| !t.clear) {
        // A text of one wide column may be of another.
        let wide: &[Field] = if entry.field.kind() == FieldKind::Choice { &[] } else { &LISTS };
        for &field in wide.iter().chain([&entry.field]) {
            doubts.entry((placement.row, field)).or_default();
        }
    }
    for bundle in &assigned.bundles {
        for &(entry, other) in &bundle.weak {
            let field = parts.entries[entry].field;
            doubts.entry((bundle.row, field)).or_default().insert(other);
            doubts.entry((other, field)).or_default().insert(bundle.row);
        }
    }
    doubts
}

/// The place of a field's column among the headings.
fn rank(parts: &Parts, is_field: impl Fn(Field) -> bool) -> Option<usize> {
    parts.headings.order.iter().position(|&f| is_field(f))
}

/// In a dump that goes row by row, cells that stand against the order of the headings or inside each other: one of
/// them was not seen for what it is. And what stands before a category that is not clear: it may go on there.
fn broken_order(parts: &Parts, assigned: &Assigned, doubts: &mut Doubts) {
    let last = |index: usize| parts.entries[index].segments.last().copied().unwrap_or(0);
    for index in 1..parts.entries.len() {
        let (before, here) = (&parts.entries[index - 1], &parts.entries[index]);
        let row = assigned.placements[index].row;
        if assigned.placements[index - 1].row != row {
            continue;
        }
        let is_back = rank(parts, |f| f == before.field).zip(rank(parts, |f| f == here.field)).is_some_and(|(a, b)| b < a);
        let is_inside = last(index - 1) > here.segments[0];
        let is_torn = here.field.kind() == FieldKind::Choice && !here.clear;
        if is_back || is_inside || is_torn {
            doubts.entry((row, before.field)).or_default();
            doubts.entry((row, here.field)).or_default();
        }
    }
}

/// Where nearly all texts of one wide column end with a full stop and nearly none of the other does, a text that ends
/// like those of the other may be of it.
fn other_endings(parts: &Parts, assigned: &Assigned, doubts: &mut Doubts) {
    let ends = |text: &str| text.ends_with(['。', '．']);
    let percent = |field: Field| {
        let (mut all, mut ended) = (0, 0);
        for entry in parts.entries.iter().filter(|t| t.field == field) {
            all += 1;
            ended += usize::from(ends(&entry.text));
        }
        ended * 100 / all.max(1)
    };
    let shares = LISTS.map(percent);
    let Some(stopped) = (0..2).find(|&i| shares[i] >= NEARLY_ALL && shares[1 - i] <= 100 - NEARLY_ALL) else { return };
    for (entry, placement) in parts.entries.iter().zip(&assigned.placements) {
        if list_column(entry.field).is_some_and(|column| ends(&entry.text) != (column == stopped)) {
            for field in LISTS {
                doubts.entry((placement.row, field)).or_default();
            }
        }
    }
}

/// Rows that hold no cell of a column, or two of one that has one: with their neighbours, whose it may be.
fn uneven_rows(parts: &Parts, assigned: &Assigned, doubts: &mut Doubts) {
    let held = rows::held(parts, assigned.placements.iter().map(|p| p.row));
    let count = parts.rows.len();
    for (row, held) in held.iter().enumerate() {
        for &field in parts.headings.fields.iter().filter(|f| f.kind() != FieldKind::Number) {
            let cells = held.get(&field).copied().unwrap_or(0);
            if cells == 1 || (field.holds_several() && cells > 0) {
                continue;
            }
            doubts.entry((row, field)).or_default();
            for near in [row.checked_sub(1), Some(row + 1).filter(|&r| r < count)].into_iter().flatten() {
                doubts.entry((near, field)).or_default().insert(row);
            }
        }
    }
}

/// Pages whose column has more cells than rows, or fewer: no row's cell of it is sure, and where it is the items',
/// no text that was placed by them.
fn uneven_pages(parts: &Parts, doubts: &mut Doubts) {
    let pages: BTreeSet<u32> = parts.rows.iter().map(|r| r.page).collect();
    for page in pages {
        let rows: Vec<usize> = (0..parts.rows.len()).filter(|&r| parts.rows[r].page == page).collect();
        let of = |field: Field| parts.entries.iter().filter(move |t| t.field == field && parts.segments[t.segments[0]].page() == page);
        let is_one_each = |field: &&Field| matches!(field.kind(), FieldKind::Text | FieldKind::Choice | FieldKind::Date | FieldKind::Rate);
        for &field in parts.headings.fields.iter().filter(is_one_each) {
            let cells = of(field).count();
            let names_rows = field.kind() == FieldKind::Text;
            if cells == rows.len() && !(names_rows && of(field).any(|t| !t.clear)) {
                continue;
            }
            let more: &[Field] = if names_rows { &LISTS } else { &[] };
            for (&row, &field) in rows.iter().flat_map(|row| more.iter().chain([&field]).map(move |field| (row, field))) {
                doubts.entry((row, field)).or_default();
            }
        }
        // A cell may name several divisions: fewer names than rows are too few all the same, more are open.
        let names = fields::first(FieldKind::Names);
        if of(names).count() != rows.len() {
            rows.iter().for_each(|&row| {
                doubts.entry((row, names)).or_default();
            });
        }
    }
}

/// Pages on which a category stands behind the deadline of its row and before the next one, though its column comes
/// first: the tool went from row to row there, and one category stands elsewhere.
fn turned_categories(parts: &Parts, assigned: &Assigned, doubts: &mut Doubts) {
    let rank_of = |kind: FieldKind| rank(parts, |f| f.kind() == kind);
    if rank_of(FieldKind::Choice) > rank_of(FieldKind::Date) {
        return;
    }
    let place = |entry: usize| parts.entries[entry].segments[0];
    let of = |kind: FieldKind| (0..parts.entries.len()).filter(move |&t| parts.entries[t].field.kind() == kind);
    let deadline: BTreeMap<usize, usize> = of(FieldKind::Date).map(|t| (assigned.placements[t].row, place(t))).collect();
    let is_turned = |entry: &usize| {
        let row = assigned.placements[*entry].row;
        let same_page = parts.rows.get(row + 1).is_some_and(|next| next.page == parts.rows[row].page);
        let (own, next) = (deadline.get(&row), deadline.get(&(row + 1)));
        same_page && own.zip(next).is_some_and(|(&own, &next)| own < place(*entry) && place(*entry) < next)
    };
    let pages: BTreeSet<u32> = of(FieldKind::Choice).filter(is_turned).map(|t| parts.rows[assigned.placements[t].row].page).collect();
    for row in (0..parts.rows.len()).filter(|&row| pages.contains(&parts.rows[row].page)) {
        doubts.entry((row, fields::first(FieldKind::Choice))).or_default();
    }
}

/// All numbers of a page stand behind all its other narrow cells: the tool went through the columns against their
/// order, and maybe through the rows as well.
fn numbers_are_last(parts: &Parts, page: u32) -> bool {
    let of_page = |segment: &usize| parts.segments[*segment].page() == page;
    let is_narrow = |field: Field| matches!(field.kind(), FieldKind::Date | FieldKind::Names);
    let cells = parts.entries.iter().filter(|t| is_narrow(t.field)).map(|t| t.segments[0]).filter(of_page);
    let first = parts.rows.iter().map(|r| r.segment).filter(of_page).min();
    cells.max().zip(first).is_some_and(|(last, first)| last < first)
}

/// Pages whose numbers do not stand in their order, or all behind the other cells, or whose targets speak of other items
/// than those of their rows: there the order of a column is no evidence.
fn disordered_pages(parts: &Parts, assigned: &Assigned, doubts: &mut Doubts) {
    let items = rows::item_texts(parts, &assigned.placements);
    let pages: BTreeSet<u32> = parts.rows.iter().map(|r| r.page).collect();
    for page in pages {
        let rows: Vec<usize> = (0..parts.rows.len()).filter(|&r| parts.rows[r].page == page).collect();
        let out_of_order = rows.windows(2).any(|w| parts.rows[w[0]].segment > parts.rows[w[1]].segment);
        let mut targets = parts.entries.iter().zip(&assigned.placements).filter(|(t, p)| t.field == LISTS[0] && rows.contains(&p.row));
        let contradicts = targets.any(|(entry, placement)| {
            let own = parts.affinity.share(&items[placement.row], &entry.text);
            rows.iter().map(|&r| parts.affinity.share(&items[r], &entry.text)).any(|other| other >= SPEAKS_OF && other > own + RATHER)
        });
        if out_of_order || contradicts || numbers_are_last(parts, page) {
            for &row in &rows {
                for &field in parts.headings.fields.iter().filter(|f| f.kind() != FieldKind::Number) {
                    doubts.entry((row, field)).or_default();
                }
            }
        }
    }
}
