//! Forms that no profile knows: labels and their values, told by shape and place alone. A label is a short name with
//! something beside or below it; what follows a label is its value.

use crate::goals::{before_brackets, checks, is_short_name, on_one_line, typed};
use crate::recorder::Recorder;
use seisho_forms::Forms;
use seisho_forms::mapping::row_number;
use seisho_forms::profiles::{self, Profile, RecordKind};
use seisho_japanese::dates::FiscalYear;
use seisho_japanese::numerals;
use seisho_model::layout::{Cell, Table, TableForm};
use seisho_model::record::{FormEntry, Scalar, ValueKind};
use seisho_model::script::is_japanese;
use seisho_model::{Finding, Pointer, Run, is_visible};
use seisho_reading::{Reader, Spaces};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer values beside their labels make no form.
const ENOUGH_VALUES: usize = 4;
/// So many of all values have labels that no other value of their table has, in percent: in tables of rows they are the
/// same from row to row, or missing.
const OWN: usize = 85;

/// The values of a form are so much of its text, in percent; a picture of boxes in a report is no form.
const OF_TEXT: usize = 40;

/// A value with the cells of its labels, the outer first.
struct Found {
    table: usize,
    labels: Vec<usize>,
    /// The label right over the outermost of them.
    before: Option<usize>,
    value: usize,
}

/// The labelled values of tables that are a form; empty where they are none. A profile of the form that is followed says
/// more of its labels, and that it is one; `as_form` says so too.
pub(crate) fn read(
    tables: &[&Table],
    forms: &Forms,
    as_form: bool,
    year: Option<&FiscalYear>,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<FormEntry> {
    let profile = forms.followed.as_ref().filter(|p| p.file.record == RecordKind::Form);
    let (mut found, mut beside, mut own) = (Vec::new(), 0, 0);
    let is_drawn = |t: &&Table| {
        as_form || profile.is_some() || matches!(t.form, TableForm::Ruled | TableForm::Html | TableForm::Given | TableForm::Boxed)
    };
    for (number, table) in tables.iter().enumerate().filter(|(_, t)| is_drawn(t)) {
        let cells = Cells::new(table, profile, reader);
        let of_table: Vec<(usize, Vec<usize>, bool)> =
            cells.values().map(|value| (value, cells.labels_of(value))).map(|(v, (l, b))| (v, l, b)).collect();
        let mut paths: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let path = |labels: &[usize]| -> Vec<String> { labels.iter().map(|&c| reader.raw(&table.cells[c].run())).collect() };
        for (_, labels, _) in &of_table {
            *paths.entry(path(labels)).or_default() += 1;
        }
        own += of_table.iter().filter(|(_, labels, _)| !labels.is_empty() && paths[&path(labels)] == 1).count();
        beside += of_table.iter().filter(|(_, _, is_beside)| *is_beside).count();
        found.extend(of_table.into_iter().map(|(value, labels, _)| Found { table: number, before: cells.over(&labels), labels, value }));
    }
    let letters = |text: &str| text.chars().filter(|c| is_visible(*c)).count();
    let in_tables: usize = found.iter().map(|f| letters(&reader.raw(&tables[f.table].cells[f.value].run()))).sum();
    let markup: usize = reader.layout.markup.iter().map(|&piece| letters(reader.pages.text(piece))).sum();
    let in_all: usize = reader.pages.0.iter().map(|p| letters(&p.text)).sum::<usize>().saturating_sub(markup);
    let is_none = beside < ENOUGH_VALUES || own * 100 < found.len() * OWN || in_tables * 100 < in_all * OF_TEXT;
    let Some(profile) = profile else {
        let found = if is_none && !as_form { Vec::new() } else { found };
        return found.into_iter().enumerate().map(|(index, found)| write(index, &found, tables, reader, recorder)).collect();
    };
    let mut entries: Vec<FormEntry> = Vec::with_capacity(found.len());
    for (index, found) in found.iter().enumerate() {
        let mut entry = write(index, found, tables, reader, recorder);
        let run = tables[found.table].cells[found.value].run();
        let before = found.before.map(|cell| on_one_line(reader.glance(&tables[found.table].cells[cell].run()).text()));
        recorder.findings.extend(name(&mut entry, before, index, profile, year).map(|doubt| doubt.at(run)));
        entries.push(entry);
    }
    recorder.findings.extend(checks::form(profile, &entries, year));
    entries
}

/// Gives an entry the field of the profile that it is, and says what is doubtful about its value.
///
/// `before`: the label over its own.
fn name(entry: &mut FormEntry, before: Option<String>, index: usize, profile: &Profile, year: Option<&FiscalYear>) -> Option<Finding> {
    let with_before: Vec<String> = before.into_iter().chain(entry.label.iter().cloned()).collect();
    let place = profile.entry_of(&with_before)?;
    let field = &profile.file.fields[place];
    let unit = entry.label.last().and_then(|label| profiles::unit_of(label));
    let typed::Typed { mut value, doubt } = typed::value(&entry.text.join("\n"), field, unit.as_deref().or(field.unit.as_deref()), year);
    if value.kind == ValueKind::Text && entry.text.len() > 1 {
        value.value = Some(Scalar::Texts(entry.text.clone()));
    }
    (entry.field, entry.typed) = (Some(field.id.clone()), Some(value));
    doubt.map(|d| d.about(Pointer::of("form").item(index)))
}

fn write(index: usize, found: &Found, tables: &[&Table], reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> FormEntry {
    let cells = &tables[found.table].cells;
    let label = found.labels.iter().map(|&cell| on_one_line(reader.glance(&cells[cell].run()).text())).collect();
    let pointer = Pointer::of("form").item(index).field("text");
    let mut text = Vec::new();
    for part in parts(&cells[found.value], reader) {
        let reading = reader.read(&part, Spaces::Keep);
        if !reading.is_empty() {
            text.push(recorder.derived(pointer.clone().item(text.len()), &reading));
        }
    }
    FormEntry { label, text, field: None, typed: None }
}

/// The items of a cell: a line that begins with a list mark, or the whole.
fn parts(cell: &Cell, reader: &Reader<'_>) -> Vec<Run> {
    let mut parts: Vec<Run> = Vec::new();
    for line in &cell.lines {
        let begins = reader.raw(&line.run).trim_start().starts_with(['・', '○', '●', '◆', '■', '◇', '□']);
        match parts.last_mut().filter(|_| !begins) {
            Some(last) => last.0.extend(line.run.0.iter().copied()),
            None => parts.push(line.run.clone()),
        }
    }
    parts
}

/// A table's cells with what tells labels from values.
struct Cells<'t> {
    table: &'t Table,
    grid: Vec<Vec<Option<usize>>>,
    texts: Vec<String>,
    /// Short names.
    names: BTreeSet<usize>,
    /// Those of them that are labels.
    labels: BTreeSet<usize>,
    /// Those that the profile names.
    listed: BTreeSet<usize>,
    /// Rows of labels with their values below.
    headings: BTreeSet<u32>,
}

impl<'t> Cells<'t> {
    fn new(table: &'t Table, profile: Option<&Profile>, reader: &Reader<'_>) -> Self {
        let texts: Vec<String> = table.cells.iter().map(|cell| reader.glance(&cell.run()).text().to_owned()).collect();
        let of = |is: &dyn Fn(&str) -> bool| -> BTreeSet<usize> {
            table.cells.iter().zip(&texts).enumerate().filter(|(_, (c, text))| !c.is_blank() && is(text)).map(|(i, _)| i).collect()
        };
        let listed = of(&|text| profile.is_some_and(|p| p.is_part(text)));
        let names = of(&is_name).union(&listed).copied().collect();
        let mut cells = Self { table, grid: table.grid(), texts, names, labels: BTreeSet::new(), listed, headings: BTreeSet::new() };
        // From below: a row over a heading is one too.
        for row in (0..table.rows).rev() {
            if cells.is_heading(row) {
                cells.headings.insert(row);
            }
        }
        for index in 0..table.cells.len() {
            if cells.names.contains(&index) && (cells.listed.contains(&index) || !cells.follows_label(index)) {
                cells.labels.insert(index);
            }
        }
        cells
    }

    fn at(&self, row: u32, col: u32) -> Option<usize> {
        self.grid.get(row as usize)?.get(col as usize).copied().flatten()
    }

    /// A row of short names, with something else, or another such row, below most of them.
    fn is_heading(&self, row: u32) -> bool {
        let starts: Vec<usize> =
            (0..self.table.cells.len()).filter(|&i| self.table.cells[i].row.start == row && !self.table.cells[i].is_blank()).collect();
        let is_below = |b: &usize| !self.names.contains(b) || self.headings.contains(&self.table.cells[*b].row.start);
        let below = |i: &usize| self.at(self.table.cells[*i].row.end, self.table.cells[*i].col.start).filter(is_below);
        // What began above and goes on below is a group: the row is one of its rows.
        let is_of_group = self.at(row, 0).is_some_and(|c| self.table.cells[c].row.start < row && self.table.cells[c].row.end > row + 1);
        let are_names = !is_of_group && starts.len() > 1 && starts.iter().all(|i| self.names.contains(i));
        // Nothing at all below is a gap between two frames.
        let is_filled = |i: &usize| below(i).is_some_and(|b| !self.table.cells[b].is_blank());
        are_names && starts.iter().any(is_filled) && starts.iter().filter(|i| below(i).is_some()).count() * 2 > starts.len()
    }

    /// What stands beside a label, in a row that is no heading, is its value.
    fn follows_label(&self, index: usize) -> bool {
        let cell = &self.table.cells[index];
        let left = cell.col.start.checked_sub(1).and_then(|col| self.at(cell.row.start, col));
        let is_group = |left: usize| self.table.cells[left].row.len() > cell.row.len();
        !self.headings.contains(&cell.row.start) && left.is_some_and(|l| self.labels.contains(&l) && !is_group(l))
    }

    /// The label right over the outermost label of a value.
    fn over(&self, labels: &[usize]) -> Option<usize> {
        let first = &self.table.cells[*labels.first()?];
        let found = self.at(first.row.start.checked_sub(1)?, first.col.start)?;
        self.labels.contains(&found).then_some(found)
    }

    /// The cells that are values.
    fn values(&self) -> impl Iterator<Item = usize> {
        (0..self.table.cells.len()).filter(|i| !self.labels.contains(i) && !self.table.cells[*i].is_blank())
    }

    /// The labels of a value, the outer first, and whether one stands beside it.
    fn labels_of(&self, value: usize) -> (Vec<usize>, bool) {
        let cell = &self.table.cells[value];
        let mut beside: Vec<usize> = Vec::new();
        for left in (0..cell.col.start).rev().filter_map(|col| self.at(cell.row.start, col)) {
            match beside.last() {
                Some(last) if *last == left => {}
                // Labels side by side: a group and its member.
                Some(last) if self.labels.contains(&left) && self.table.cells[left].col.end == self.table.cells[*last].col.start => {
                    beside.push(left)
                }
                Some(_) => break,
                None if self.labels.contains(&left) => beside.push(left),
                None => {}
            }
        }
        // The headings of its column, the inner first; a cell over several columns is below none of them.
        let mut above: Vec<usize> = Vec::new();
        for row in (0..cell.row.start).rev().filter(|row| self.headings.contains(row)) {
            let Some(found) = self.at(row, cell.col.start).filter(|i| self.labels.contains(i)) else { continue };
            let heading = &self.table.cells[found];
            let covers = heading.col.start <= cell.col.start && heading.col.end >= cell.col.end;
            let is_next = above.last().is_none_or(|inner| *inner == found || self.table.cells[*inner].row.start == heading.row.end);
            if !covers || !is_next {
                break;
            }
            if above.last() != Some(&found) {
                above.push(found);
            }
        }
        let is_beside = !beside.is_empty() && above.is_empty();
        let mut labels: Vec<usize> = beside.into_iter().rev().collect();
        labels.extend(above.into_iter().rev());
        // A row of one cell over the whole width names the part of the form.
        let band = (0..cell.row.start).rev().find_map(|row| {
            let found = self.at(row, 0)?;
            let is_band = self.labels.contains(&found) && self.table.cells[found].col.len() as u32 == self.table.cols;
            is_band.then_some(found)
        });
        let text = |cell: usize| &self.texts[cell];
        // Of two that are numbered the later is beside the earlier, not in it.
        let is_beside_band = |band: usize| {
            let number = |cell: usize| leading_number(text(cell));
            labels.iter().any(|&l| number(l).zip(number(band)).is_some_and(|(own, of_band)| own > of_band))
        };
        if let Some(band) = band.filter(|b| !labels.contains(b) && !is_beside_band(*b)) {
            labels.insert(0, band);
        }
        (labels, is_beside)
    }
}

/// The number with which a heading begins: ７ 令和７年度の方向性.
fn leading_number(text: &str) -> Option<u64> {
    numerals::integer(text.trim_start()).map(|(number, _)| number)
}

/// So many characters may follow the remark of a label.
const SHORT_REST: usize = 12;

/// Short, with letters in it, no sentence and no figures.
fn is_name(text: &str) -> bool {
    let base = before_brackets(text);
    let count = |is: fn(char) -> bool| base.chars().filter(|&c| is(c)).count();
    let figures = count(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    // What follows the first remark in brackets would be the text itself.
    let after = text.split_once(['）', ')']).map_or("", |(_, after)| after);
    let is_marked = text.contains(['☑', '□', '■', '○', '●']) || text.trim_start().starts_with('・');
    is_short_name(text)
        && after.chars().count() <= SHORT_REST
        && figures * 3 < count(|c| !c.is_whitespace())
        && text.chars().any(is_japanese)
        && !is_marked
        && row_number(text).is_none()
}
