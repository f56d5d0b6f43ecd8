//! One goal a table: labels with their values beside or below them (目標管理シート, cards). What tables of one shape have
//! in common is a label; what changes from one to the next is a value.

use super::grid::{Rows, on_one_line};
use super::heading::Names;
use super::row::{FieldCell, Row};
use seisho_forms::headings::{self, Fit};
use seisho_forms::mapping::{self, Column, Contents, Evidence, Taken, is_enough};
use seisho_forms::{Field, FieldKind, GoalTableForm, HeadWords};
use seisho_model::Run;
use seisho_model::layout::TableForm;
use std::collections::{BTreeMap, BTreeSet};

/// A label of a sheet with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The label's cell, and that of a label over several where it has one; none for a text that has no label.
    label: Option<usize>,
    group: Option<usize>,
    /// The value's cell; none for an empty place.
    value: Option<usize>,
    /// What it was taken for; none for a label of the document's head.
    field: Option<Field>,
    taken: Taken,
    /// A misread label of a scan.
    is_guessed: bool,
}

impl Entry {
    /// Whether its value is what its field holds, as far as that can be told.
    pub(crate) fn agrees(&self) -> bool {
        self.taken.agrees
    }
}

/// A sheet of one goal.
pub(crate) struct Sheet {
    /// Its values.
    pub(crate) row: Row,
    /// Its labels.
    pub(crate) labels: Run,
    /// Labels of a scan that only nearly name their field.
    pub(crate) guessed: Vec<(Field, Run)>,
    /// Labels that no form knows, with what they were taken for.
    pub(crate) weighed: Vec<(Taken, Run)>,
    /// Labels and values of the head.
    pub(crate) of_head: Vec<(usize, usize)>,
}

/// Fewer sheets may have the same value by chance.
const ENOUGH_SHEETS: usize = 3;
/// Fewer labels than this make no sheet.
const ENOUGH_LABELS: usize = 4;
/// A sheet's labels and values are so many of its cells, in percent; of another table they leave many.
const EXPLAINED: usize = 80;
/// A text that so many of the tables of one shape have in the same place, in percent, is printed on the form.
const PRINTED: usize = 90;

/// The sheets among tables, by table: empty lists for tables that are none. `names`: headings of columns of no field of the contract.
pub(crate) fn find(tables: &[Option<Rows<'_>>], form: &GoalTableForm, head: &HeadWords, names: &mut Names) -> Vec<Vec<Entry>> {
    let mut sheets: Vec<Vec<Entry>> = tables.iter().map(|_| Vec::new()).collect();
    let mut shapes: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (index, table) in tables.iter().enumerate() {
        if let Some(rows) = table {
            shapes.entry((rows.len(), rows.table().cols)).or_default().push(index);
        }
    }
    let members: Vec<&Vec<usize>> = shapes.values().collect();
    let rows = |members: &[usize]| members.iter().filter_map(|&m| tables[m].as_ref()).collect::<Vec<&Rows<'_>>>();
    let rows: Vec<Vec<&Rows<'_>>> = members.iter().map(|m| rows(m)).collect();
    let plan = |rows: &Vec<&Rows<'_>>| {
        let printed = Printed::new(rows);
        rows.iter().map(|table| pairs(table, &labels(table, &printed, form, head), rows.len())).collect::<Vec<Vec<Pair>>>()
    };
    let plans: Vec<Vec<Vec<Pair>>> = rows.iter().map(plan).collect();
    // A sheet with one line more is of another shape and of the same form.
    let all = rows.concat();
    let values = values(&all, &plans.concat());
    let differing: BTreeSet<Key> = values.iter().filter(|(_, values)| values.len() > 1).map(|(key, _)| key.clone()).collect();
    // Of a few sheets a value may be the same by chance.
    let changing: BTreeSet<Key> = if all.len() < ENOUGH_SHEETS { values.into_keys().collect() } else { differing.clone() };
    for ((members, rows), plans) in members.into_iter().zip(&rows).zip(&plans) {
        let taken = map(rows, plans, [&changing, &differing], form, head);
        if taken.is_empty() {
            continue;
        }
        for ((&member, table), plan) in members.iter().zip(rows).zip(plans) {
            sheets[member] = entries(table, plan, &taken, names);
        }
    }
    let count = |table: &Rows<'_>| if table.len() > 1 { table.cells().iter().filter(|c| !c.is_blank()).count() } else { 0 };
    let cells: usize = tables.iter().flatten().map(count).sum();
    let in_sheets: usize = tables.iter().zip(&sheets).filter(|(_, s)| !s.is_empty()).filter_map(|(t, _)| t.as_ref()).map(count).sum();
    // A sheet among larger tables is a part of another form.
    if in_sheets * 100 < cells * EXPLAINED { tables.iter().map(|_| Vec::new()).collect() } else { sheets }
}

/// Whether tables of one shape have rows of the same labels, with their values between them: heads of columns stand on top.
pub(crate) fn have_label_rows(tables: &[Option<Rows<'_>>]) -> bool {
    let mut shapes: BTreeMap<(u32, u32), Vec<&Rows<'_>>> = BTreeMap::new();
    tables.iter().flatten().for_each(|rows| shapes.entry((rows.len(), rows.table().cols)).or_default().push(rows));
    shapes.values().filter(|members| members.len() > 1).any(|members| label_rows(members[0], &Printed::new(members)).len() > 1)
}

/// Rows of labels alone that stand over a row of values.
fn label_rows(table: &Rows<'_>, printed: &Printed<'_>) -> Vec<u32> {
    let cells = |row: u32| {
        let mut cells: Vec<usize> = table.row_cells(row).filter(|&c| !table.cells()[c].is_blank()).collect();
        cells.dedup();
        cells
    };
    let is_printed = |c: &usize| table.is_like_heading(*c) && printed.has(table, *c);
    let is_of_labels = |row: &u32| {
        let labels = cells(*row);
        let below = cells(row + 1);
        labels.len() > 1
            && labels.iter().all(is_printed)
            && below
                .first()
                .is_some_and(|first| !is_printed(first) && table.cells()[*first].col.start == table.cells()[labels[0]].col.start)
    };
    (0..table.len().saturating_sub(1)).filter(is_of_labels).collect()
}

/// A label and the place of its value. A sheet's first texts may have no label: a card's number and name above its labels.
#[derive(Clone, Copy, Debug)]
struct Pair {
    label: Option<usize>,
    group: Option<usize>,
    value: Option<usize>,
}

/// The cells of a table that are labels: short names that all tables of the shape have in their place, or, in a single
/// table, that speak of a field.
fn labels(table: &Rows<'_>, same: &Printed<'_>, form: &GoalTableForm, head: &HeadWords) -> BTreeSet<usize> {
    let is_name = |i: usize| !table.cells()[i].is_blank() && table.is_like_heading(i);
    let printed: BTreeSet<usize> = (0..table.cells().len()).filter(|&i| is_name(i) && same.has(table, i)).collect();
    if table.table().form == TableForm::Labelled {
        return (0..table.cells().len()).filter(|&i| table.cells()[i].header).collect();
    }
    let below = |i: usize| {
        let cell = &table.cells()[i];
        table.cell_at(cell.row.end, cell.col.start).filter(|&b| table.cells()[b].col == cell.col)
    };
    let has_value_below = |i: usize| below(i).is_some_and(|b| !printed.contains(&b) && !table.cells()[b].is_blank());
    let rows_of_labels = if same.tables > 1 { label_rows(table, same) } else { Vec::new() };
    let mut labels = BTreeSet::new();
    for (index, cell) in table.cells().iter().enumerate().filter(|(i, _)| is_name(*i)) {
        let left = cell.col.start.checked_sub(1).and_then(|col| table.cell_at(cell.row.start, col)).filter(|l| labels.contains(l));
        let is_label = match left {
            _ if rows_of_labels.contains(&cell.row.start) => true,
            _ if same.tables == 1 => speaks(table, index, form, head) && (left.is_none() || is_named(table.text(index), form, head)),
            // The value of a label that every sheet has alike (the department) is printed too; labels side by side have
            // their values below.
            Some(left) => printed.contains(&index) && (has_value_below(left) && has_value_below(index) || is_group(table, left, index)),
            None => printed.contains(&index),
        };
        if is_label {
            labels.insert(index);
        }
    }
    labels
}

/// What tables of one shape have in each place.
struct Printed<'t> {
    tables: usize,
    /// How often a text stands in a place: its row, the columns of its cell.
    counts: BTreeMap<(u32, u32, u32, &'t str), usize>,
}

impl<'t> Printed<'t> {
    fn new(tables: &[&'t Rows<'t>]) -> Self {
        let mut counts = BTreeMap::new();
        for table in tables {
            for (index, cell) in table.cells().iter().enumerate() {
                *counts.entry((cell.row.start, cell.col.start, cell.col.end, table.text(index))).or_default() += 1;
            }
        }
        Self { tables: tables.len(), counts }
    }

    /// A text that nearly all tables of the shape have in the same place.
    fn has(&self, table: &Rows<'_>, index: usize) -> bool {
        let cell = &table.cells()[index];
        let count = self.counts.get(&(cell.row.start, cell.col.start, cell.col.end, table.text(index))).copied().unwrap_or(0);
        self.tables > 1 && count * 100 >= self.tables * PRINTED
    }
}

/// Words that speak of a field, of none, or of the head.
fn speaks(table: &Rows<'_>, index: usize, form: &GoalTableForm, head: &HeadWords) -> bool {
    let text = table.text(index);
    let words = headings::weigh(text, form);
    !words.fields.is_empty() || words.other > 0 || is_head_label(text, head) || table.near(index).is_some()
}

/// A label over several rows, beside those of each.
fn is_group(table: &Rows<'_>, left: usize, index: usize) -> bool {
    table.cells()[left].row.len() > table.cells()[index].row.len()
}

/// A heading that a form has word for word, or nearly.
fn is_named(text: &str, form: &GoalTableForm, head: &HeadWords) -> bool {
    headings::field_of(text, form).is_some() || is_head_label(text, head)
}

fn is_head_label(text: &str, head: &HeadWords) -> bool {
    crate::head::label_of(text, head).is_some()
}

/// The labels with their values: what stands beside a label, else below it, and is no label nor a value itself. A label
/// that is beside others is that of a group.
fn pairs(table: &Rows<'_>, labels: &BTreeSet<usize>, tables: usize) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for &label in labels {
        let cell = &table.cells()[label];
        let is_free = |i: &usize, used: &BTreeSet<usize>| !labels.contains(i) && !used.contains(i);
        let beside = table.cell_at(cell.row.start, cell.col.end);
        if beside.is_some_and(|b| labels.contains(&b) && is_group(table, label, b)) {
            continue;
        }
        let below = table.cell_at(cell.row.end, cell.col.start).filter(|&i| table.cells()[i].col == cell.col);
        let value = beside.filter(|i| is_free(i, &used)).or_else(|| below.filter(|i| is_free(i, &used)));
        used.extend(value);
        let left = cell.col.start.checked_sub(1).and_then(|col| table.cell_at(cell.row.start, col));
        let group = left.filter(|&l| labels.contains(&l) && is_group(table, l, label));
        pairs.push(Pair { label: Some(label), group, value });
    }
    // In a single table a text without a label is of its head.
    let titles = if tables > 1 || table.table().form == TableForm::Labelled { titles(table, labels, &used) } else { Vec::new() };
    titles.into_iter().map(|cell| Pair { label: None, group: None, value: Some(cell) }).chain(pairs).collect()
}

/// The cells above all labels of a sheet, where no label is beside them: its number and name.
fn titles(table: &Rows<'_>, labels: &BTreeSet<usize>, used: &BTreeSet<usize>) -> Vec<usize> {
    let first = labels.iter().map(|&l| table.cells()[l].row.start).min().unwrap_or(0);
    let is_title = |i: &usize| table.cells()[*i].row.end <= first && !table.cells()[*i].is_blank() && !used.contains(i);
    (0..table.cells().len()).filter(is_title).collect()
}

/// What stands for the same in all sheets of a form: a label below that of its group, or the row of a text that has none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: Vec<String>,
    row: Option<u32>,
}

fn key(table: &Rows<'_>, pair: &Pair) -> Key {
    let row = pair.value.filter(|_| pair.label.is_none()).map(|v| table.cells()[v].row.start);
    Key { path: pair.group.into_iter().chain(pair.label).map(|c| on_one_line(table.text(c))).collect(), row }
}

/// What the labels of sheets of one shape are taken for, by what stands beside them in all of them; nothing where they are
/// no sheets of goals.
///
/// `changing`: labels whose values may not always be the same; `differing`: those whose values are not.
fn map(
    tables: &[&Rows<'_>],
    plans: &[Vec<Pair>],
    [changing, differing]: [&BTreeSet<Key>; 2],
    form: &GoalTableForm,
    head: &HeadWords,
) -> BTreeMap<Key, Option<Taken>> {
    let (mut keys, mut columns): (Vec<Key>, Vec<Column>) = (Vec::new(), Vec::new());
    let (mut of_head, mut cells, mut explained) = (BTreeSet::new(), 0, 0);
    for (table, plan) in tables.iter().zip(plans) {
        cells += table.cells().iter().filter(|c| !c.is_blank()).count();
        let filled = |c: &usize| !table.cells()[*c].is_blank();
        explained += plan.iter().flat_map(|p| [p.label, p.group, p.value]).flatten().filter(filled).collect::<BTreeSet<_>>().len();
        for pair in plan {
            let key = key(table, pair);
            let text = pair.value.map_or("", |v| table.text(v));
            let label = pair.label.map_or("", |l| table.text(l));
            let is_field = key.path.last().is_some_and(|l| headings::field_of(l, form).is_some_and(|(_, fit)| fit == Fit::Whole));
            // What is the same in every sheet is the document's, where its label may be one of a head.
            let is_head = || is_head_label(label, head);
            let is_of_all = || !changing.contains(&key) && crate::head::label_with(label, text, head).is_some();
            // 担当課 names the division of every goal, be it always the same; 環境部 is the department.
            let is_own = is_field && (changing.contains(&key) || !head.title_units.iter().any(|unit| text.ends_with(unit.as_str())));
            if is_head() && !is_own && !differing.contains(&key) || !is_field && is_of_all() {
                of_head.insert(key);
                continue;
            }
            let at = keys.iter().position(|k| *k == key).unwrap_or_else(|| {
                columns.push(Column { path: key.path.clone(), contents: Contents::default() });
                keys.push(key);
                columns.len() - 1
            });
            columns[at].contents.add(text, form);
        }
    }
    let evidence = Evidence::ALL;
    let taken = mapping::assign(&columns, &BTreeSet::new(), form, evidence);
    let known = taken.iter().filter(|t| t.by_name).count();
    let says_what = |kind: FieldKind| taken.iter().any(|t| t.field.is_some_and(|f| f.kind() == kind));
    let has = |field: Field| taken.iter().any(|t| t.words > 0 && t.field == Some(field));
    // A single sheet shows no form by what it has in common with others.
    let has_both = has(Field::Target) && has(Field::Methods);
    let is_sheet = columns.len() >= ENOUGH_LABELS
        && explained * 100 >= cells * EXPLAINED
        && says_what(FieldKind::Text)
        && says_what(FieldKind::Items)
        && (known >= ENOUGH_LABELS || is_enough(&taken) && (tables.len() > 1 || has_both));
    if !is_sheet {
        return BTreeMap::new();
    }
    let named = keys.into_iter().zip(taken).map(|(key, t)| (key, Some(t)));
    named.chain(of_head.into_iter().map(|key| (key, None))).collect()
}

/// What stands beside each label, in all sheets.
fn values<'t>(tables: &[&'t Rows<'t>], plans: &[Vec<Pair>]) -> BTreeMap<Key, BTreeSet<&'t str>> {
    let mut values: BTreeMap<Key, BTreeSet<&str>> = BTreeMap::new();
    for (table, pair) in tables.iter().zip(plans).flat_map(|(table, plan)| plan.iter().map(move |pair| (*table, pair))) {
        values.entry(key(table, pair)).or_default().insert(pair.value.map_or("", |v| table.text(v)));
    }
    values
}

fn entries(table: &Rows<'_>, plan: &[Pair], taken: &BTreeMap<Key, Option<Taken>>, names: &mut Names) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut fields: Vec<Option<Field>> = Vec::new();
    for pair in plan {
        let key = key(table, pair);
        let Some(found) = taken.get(&key) else { continue };
        let run = pair.label.or(pair.value).map_or_else(Run::default, |cell| table.cells()[cell].run());
        // A label that comes twice in a sheet has its second value beside the first, not in its place.
        let free = |t: &Taken| t.field.filter(|f| !fields.contains(&Some(*f)));
        let field = found.as_ref().map(|t| free(t).unwrap_or_else(|| names.other(&key.path.join(" "), &fields)));
        if let Some(taken) = found {
            names.note(&key.path, taken, run);
        }
        fields.push(field);
        let taken = found.clone().unwrap_or_else(Taken::none);
        let is_guessed = field.is_some() && pair.label.and_then(|l| table.near(l)) == field;
        entries.push(Entry { label: pair.label, group: pair.group, value: pair.value, field, taken, is_guessed });
    }
    entries
}

/// A sheet's values by field.
pub(crate) fn sheet(rows: &Rows<'_>, entries: &[Entry]) -> Sheet {
    let (mut cells, mut labels, mut run) = (BTreeMap::new(), Run::default(), Run::default());
    let (mut guessed, mut weighed, mut of_head) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        let run_of = |cell: Option<usize>| cell.map_or_else(Run::default, |c| rows.cells()[c].run());
        let label = run_of(entry.label);
        let Some(field) = entry.field else {
            of_head.extend(entry.label.zip(entry.value));
            continue;
        };
        if entry.is_guessed {
            guessed.push((field, label.clone()));
        } else if !entry.taken.by_name {
            weighed.push((entry.taken.clone(), run_of(entry.label.or(entry.value))));
        }
        labels.0.extend(label.0);
        labels.0.extend(entry.group.into_iter().flat_map(|g| rows.cells()[g].run().0));
        let lines = entry.value.map_or_else(Vec::new, |value| rows.cells()[value].lines.clone());
        run.0.extend(lines.iter().flat_map(|l| l.run.0.iter().copied()));
        let room = entry.value.and_then(|value| rows.room(&rows.cells()[value]));
        cells.insert(field, FieldCell { lines, from_above: false, room });
    }
    labels.0.sort_unstable();
    labels.0.dedup();
    Sheet { row: Row { cells, run, ..Row::default() }, labels, guessed, weighed, of_head }
}
