//! Cells as fields of the record.

mod bullets;
pub(crate) mod checks;
pub(crate) mod choices;
mod mended;
mod odd;
pub(crate) mod typed;

use crate::goals::drafts::{Draft, Readings};
use crate::goals::table::heading::Names;
use crate::head::report_flags;
use crate::recorder::Recorder;
use odd::Usual;
use regex::Regex;
use seisho_forms::{Field, FieldKind, Forms, GoalTableForm, of_kind};
use seisho_japanese::dates::{self, DeadlineKind, FiscalYear};
use seisho_japanese::join::{NameSpan, split_names};
use seisho_model::codes::FieldNames;
use seisho_model::codes::goals::{m002, m005, m006};
use seisho_model::codes::japanese::j003;
use seisho_model::codes::japanese::{j005, j006};
use seisho_model::codes::layout::l010;
use seisho_model::record::{Achievement, Deadline, Goal, OtherColumn, Rate, RateNumber, Scalar, TypedValue, ValueKind};
use seisho_model::{Change, Edited, Pages, Pointer, Run, TextRange, is_visible};
use seisho_reading::mend;
use seisho_reading::{Reader, Reading, Spaces};
use std::collections::{BTreeMap, BTreeSet};

/// Reads all goals and writes them into the record.
pub(crate) fn write(
    drafts: &[Draft],
    names: &Names,
    year: Option<&FiscalYear>,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<Goal> {
    let form = &forms.goal_table;
    let known = known_units(drafts, form, reader);
    let mut read: Vec<Readings> = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.iter().enumerate() {
        let readings = draft.cells.keys().map(|&field| (field, read_cell(index, field, draft, form, &known, reader, recorder)));
        read.push(readings.collect());
    }
    mended::choices(&mut read, reader);
    mended::deadlines(&mut read, year, reader);
    let usual = Usual::new(&read, form);
    let mut writer = Writer { drafts, names, read: &read, year, forms, usual: &usual, pages: reader.pages, recorder };
    let goals: Vec<Goal> = (0..drafts.len()).map(|index| writer.goal(index)).collect();
    if let Some(profile) = &forms.followed {
        recorder.findings.extend(checks::goals(profile, &goals, year));
    }
    goals
}

/// Names of units that stand whole in some cell.
fn known_units(drafts: &[Draft], form: &GoalTableForm, reader: &Reader<'_>) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = form.whole_units.iter().cloned().collect();
    for lines in drafts.iter().filter_map(|d| of_kind(&d.cells, FieldKind::Names)) {
        if let [line] = lines.as_slice() {
            let raw = reader.raw(&line.run);
            if !raw.contains(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | '/' | '／' | '・' | '<' | '&')) {
                known.insert(raw);
            }
        }
    }
    known
}

fn read_cell(
    index: usize,
    field: Field,
    draft: &Draft,
    form: &GoalTableForm,
    known: &BTreeSet<String>,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<Reading> {
    let lines = &draft.cells[&field];
    let run = Run(lines.iter().flat_map(|l| l.run.0.clone()).collect());
    if run.is_empty() {
        return Vec::new();
    }
    match field.kind() {
        FieldKind::Items | FieldKind::Free => {
            let items = bullets::read(lines, draft.rooms.get(&field).copied(), &form.bullets, reader);
            if items.guessed {
                recorder.findings.push(j005::unmarked(run).about(Pointer::goal(index).field(field.name())));
            }
            items.readings
        }
        FieldKind::Names => divisions(index, &run, form, known, reader, recorder),
        _ => vec![reader.read(&run, Spaces::Close)],
    }
}

/// A cell of names is no longer than this, in bytes; a longer one is a sentence.
const LONGEST_NAMES: usize = 1000;

fn divisions(
    index: usize,
    run: &Run,
    form: &GoalTableForm,
    known: &BTreeSet<String>,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<Reading> {
    let cell = reader.glance(run);
    let text = with_commas(cell.text(), form);
    let suffixes: Vec<&str> = form.unit_suffixes.iter().map(String::as_str).collect();
    let names = if text.len() > LONGEST_NAMES { Vec::new() } else { split_names(reader.worker, &text, known, &suffixes) };
    if names.is_empty() {
        return vec![reader.read(run, Spaces::Close)];
    }
    let mut readings = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let next = names.get(i + 1).and_then(|n| n.pieces.first()).map_or(text.len() as u32, |p| p.start);
        let reading = division(&cell, name, next, reader);
        if name.guess {
            let finding = j006::open_end(reading.text());
            recorder.findings.push(finding.at(reading.run.clone()).about(Pointer::goal(index).field("divisions").item(readings.len())));
        }
        readings.push(reading);
    }
    readings
}

/// The text with commas, as many bytes, for 及び between two names.
fn with_commas(text: &str, form: &GoalTableForm) -> String {
    let mut out = text.to_owned();
    for word in ["及び", "並びに"] {
        for (at, _) in text.match_indices(word) {
            if form.unit_suffixes.iter().any(|s| text[..at].trim_end().ends_with(s.as_str())) {
                out.replace_range(at..at + word.len(), &"、".repeat(word.chars().count()));
            }
        }
    }
    out
}

/// Reads one name; a separator behind it (、) is in no name, it goes with the one that it follows.
fn division(cell: &Reading, name: &NameSpan, next: u32, reader: &mut Reader<'_>) -> Reading {
    let part = |range: TextRange| cell.run.part(cell.edited.to_raw(range));
    let mut parts: Vec<Run> = name.pieces.iter().map(|&p| part(p)).collect();
    let end = name.pieces.last().map_or(0, |p| p.end);
    let between = TextRange { start: end, end: next.max(end) };
    let separator = cell.text()[between.as_usize()].trim_matches(|c| !is_visible(c));
    let mut changes = Vec::new();
    if !separator.is_empty() {
        let before: usize = parts.iter().map(|p| reader.raw(p).len() + 1).sum();
        let at = end as usize + cell.text()[between.as_usize()].find(separator).unwrap_or(0);
        let run = part(TextRange::new(at, at + separator.len()));
        changes.push(Change::lossless("drop-separator", TextRange::new(before - 1, before + reader.raw(&run).len()), ""));
        parts.push(run);
    }
    let whole = Run(parts.into_iter().flat_map(|r| r.0).collect());
    reader.read_with(&whole, Spaces::Close, changes)
}

struct Writer<'a, 'r> {
    drafts: &'a [Draft],
    /// Headings of the columns that are of no field of the contract.
    names: &'a Names,
    read: &'a [Readings],
    year: Option<&'a FiscalYear>,
    forms: &'a Forms,
    usual: &'a Usual<'a>,
    pages: &'a Pages,
    recorder: &'a mut Recorder<'r>,
}

impl Writer<'_, '_> {
    fn goal(&mut self, index: usize) -> Goal {
        let draft = &self.drafts[index];
        let number = draft.number;
        if number.is_some() {
            self.number(index);
        }
        for (field, rows) in &draft.sub_rows {
            let finding = l010::sub_rows(field.names(), *rows);
            self.recorder.findings.push(finding.about(Pointer::goal(index).field(field.name())));
        }
        let item = self.one(index, Field::Item);
        if item.is_none() {
            self.recorder.findings.push(m005::no_item().about(Pointer::goal(index).field("item")));
        }
        let goal = Goal {
            number,
            page: draft.page,
            item,
            plan_category: self.one(index, Field::PlanCategory),
            target: self.many(index, Field::Target),
            methods: self.many(index, Field::Methods),
            deadline: self.deadline(index),
            divisions: self.many(index, Field::Divisions),
            achievement: self.achievement(index),
            inherited: self.inherited(index),
            number_candidates: draft.candidates.clone(),
            number_raw: self.number_raw(index),
            other: self.other(index),
            fields: self.own(index),
            choice: BTreeMap::new(),
            band: self.band(index),
        };
        self.report_pairs(index, &goal);
        goal
    }

    /// Says where a cell holds several deadlines, and another one as many methods or units: which goes with which is lost.
    fn report_pairs(&mut self, index: usize, goal: &Goal) {
        let count = goal.deadline.as_ref().map_or(0, |d| dates::deadline(&d.raw, self.year).candidates.len());
        // In a text whose table has lost its geometry, lines of other rows come along.
        let is_set = |page: &seisho_model::Page| page.ink.is_some() || page.given.is_some() || page.text.trim_start().starts_with('<');
        if count < 2 || !self.drafts[index].sub_rows.is_empty() || !self.pages.0.iter().all(is_set) {
            return;
        }
        let lists = [(Field::Target, goal.target.len()), (Field::Methods, goal.methods.len()), (Field::Divisions, goal.divisions.len())];
        let paired: Vec<Field> = lists.into_iter().filter(|(_, n)| *n == count).map(|(field, _)| field).collect();
        for field in paired.iter().copied().chain((!paired.is_empty()).then_some(Field::Deadline)) {
            let finding = l010::sub_rows(field.names(), count as u32);
            self.recorder.findings.push(finding.about(Pointer::goal(index).field(field.name())));
        }
    }

    /// A number that is no plain integer, as printed.
    fn number_raw(&mut self, index: usize) -> Option<String> {
        let draft = &self.drafts[index];
        if draft.number.is_some() || !draft.number_is_own {
            return None;
        }
        let run = draft.number_run.clone();
        let reading = Reading { edited: Edited::unchanged(self.recorder.raw(&run)), run };
        Some(self.recorder.value(Pointer::goal(index).field("number_raw"), &reading))
    }

    /// The columns that are of no field, in their order.
    fn other(&mut self, index: usize) -> Vec<OtherColumn> {
        let draft = &self.drafts[index];
        let own: BTreeSet<Field> = draft.cells.keys().chain(draft.inherited.keys()).copied().collect();
        let columns: Vec<(Field, &String)> = own
            .into_iter()
            .filter_map(|f| if let Field::Other(n) = f { Some((f, self.names.others.get(usize::from(n))?)) } else { None })
            .collect();
        let mut out = Vec::with_capacity(columns.len());
        for (place, (field, heading)) in columns.into_iter().enumerate() {
            let readings = self.readings(index, field);
            let list = Pointer::goal(index).field("other").item(place);
            let text = |(i, (r, own)): (usize, &(Reading, bool))| self.record(field, list.clone().field("text").item(i), r, *own);
            out.push(OtherColumn { heading: heading.clone(), text: readings.iter().enumerate().map(text).collect() });
        }
        out
    }

    /// The fields that a profile adds.
    fn own(&mut self, index: usize) -> BTreeMap<String, TypedValue> {
        let Some(profile) = &self.forms.followed else { return BTreeMap::new() };
        let draft = &self.drafts[index];
        let own: BTreeSet<Field> = draft.cells.keys().chain(draft.inherited.keys()).copied().collect();
        let mut out = BTreeMap::new();
        for field in own {
            let (Field::Own(place), Some(entry)) = (field, profile.entry(field)) else { continue };
            let readings = self.readings(index, field);
            let own = readings.iter().all(|(_, own)| *own);
            let readings: Vec<Reading> = readings.into_iter().map(|(r, _)| r).filter(|r| !r.is_empty()).collect();
            let pointer = Pointer::goal(index).field("fields").field(&entry.id);
            let run = Run(readings.iter().flat_map(|r| r.run.0.iter().copied()).collect());
            let is_text = entry.kind == Some(ValueKind::Text);
            if is_text && readings.len() > 1 {
                let text = |(i, r)| self.record(field, pointer.clone().field("value").item(i), r, own);
                let texts: Vec<String> = readings.iter().enumerate().map(text).collect();
                let raw = readings.iter().map(|r| r.edited.raw.as_str()).collect::<Vec<_>>().join("\n");
                let value = TypedValue { raw, kind: ValueKind::Text, value: Some(Scalar::Texts(texts)), unit: None };
                out.insert(entry.id.clone(), value);
                continue;
            }
            let raw = match readings.as_slice() {
                [] => String::new(),
                [one] => self.record(field, pointer.clone(), one, own),
                _ => {
                    let whole = Reading { edited: Edited::unchanged(self.recorder.raw(&run)), run: run.clone() };
                    self.record(field, pointer.clone(), &whole, own)
                }
            };
            let typed = typed::value(&raw, entry, self.names.unit_of(place, entry.unit.as_deref()), self.year);
            self.recorder.findings.extend(typed.doubt.map(|d| d.at(run).about(pointer)));
            out.insert(entry.id.clone(), typed.value);
        }
        out
    }

    /// The row over the whole table that the goal stands below; the first goal below it holds its text.
    fn band(&mut self, index: usize) -> Option<String> {
        let run = self.drafts[index].band.as_ref()?;
        let reading = Reading { run: run.clone(), edited: Edited::unchanged(self.recorder.raw(run)) };
        let is_first = index == 0 || self.drafts[index - 1].band.as_ref() != Some(run);
        let pointer = Pointer::goal(index).field("band");
        Some(if is_first { self.recorder.value(pointer, &reading) } else { self.recorder.derived(pointer, &reading) })
    }

    fn number(&mut self, index: usize) {
        let run = &self.drafts[index].number_run;
        let raw = self.recorder.raw(run);
        let mended = self.drafts[index].number.filter(|_| self.drafts[index].number_mended);
        let edited = mended.map_or_else(|| Edited::unchanged(raw.clone()), |n| mend::replaced(&raw, &n.to_string()));
        let reading = Reading { run: run.clone(), edited };
        self.recorder.value(Pointer::goal(index).field("number"), &reading);
    }

    /// The readings of a field, its own or those of the cell above, each with whether its text is its own.
    fn readings(&self, index: usize, field: Field) -> Vec<(Reading, bool)> {
        let draft = &self.drafts[index];
        let root = draft.inherited.get(&field);
        let readings = self.read[root.copied().unwrap_or(index)].get(&field).cloned().unwrap_or_default();
        let mut readings: Vec<(Reading, bool)> = readings.into_iter().map(|r| (r, root.is_none())).collect();
        if let (Some(run), Some((first, own))) = (draft.ditto.get(&field), readings.first_mut()) {
            let raw = self.recorder.raw(run);
            let change = Change::lossless("take-from-above", TextRange::new(0, raw.len()), first.text());
            *first = Reading { edited: Edited::apply(raw, vec![change]), run: run.clone() };
            *own = true;
        }
        readings
    }

    fn record(&mut self, field: Field, pointer: Pointer, reading: &Reading, own: bool) -> String {
        self.recorder.findings.extend(self.usual.doubt(self.pages, field, reading, &pointer));
        if own { self.recorder.value(pointer, reading) } else { self.recorder.derived(pointer, reading) }
    }

    fn one(&mut self, index: usize, field: Field) -> Option<String> {
        let readings = self.readings(index, field);
        let (reading, own) = readings.first().filter(|(r, _)| !r.is_empty())?;
        Some(self.record(field, Pointer::goal(index).field(field.name()), reading, *own))
    }

    fn many(&mut self, index: usize, field: Field) -> Vec<String> {
        let readings = self.readings(index, field);
        let list = Pointer::goal(index).field(field.name());
        readings.iter().enumerate().map(|(i, (r, own))| self.record(field, list.clone().item(i), r, *own)).collect()
    }

    fn deadline(&mut self, index: usize) -> Option<Deadline> {
        let readings = self.readings(index, Field::Deadline);
        let (reading, own) = readings.first().filter(|(r, _)| !r.is_empty())?;
        let pointer = Pointer::goal(index).field("deadline");
        let raw = self.record(Field::Deadline, pointer.clone(), reading, *own);
        let deadline = dates::deadline(&raw, self.year);
        let needs_end = matches!(
            deadline.kind,
            DeadlineKind::Other | DeadlineKind::Month | DeadlineKind::Date | DeadlineKind::FiscalYearEnd | DeadlineKind::YearEnd
        );
        if needs_end && deadline.until.is_none() {
            self.recorder.findings.push(m002::unsettled(&raw).at(reading.run.clone()).about(pointer.clone()));
        }
        let is_long_past = |year: &&FiscalYear| deadline.until.is_some_and(|until| until.year() + 1 < year.start.year());
        if let Some(year) = self.year.filter(is_long_past) {
            let finding = j003::long_before(&raw, year.gregorian);
            self.recorder.findings.push(finding.at(reading.run.clone()).about(pointer.clone()));
        }
        for found in &deadline.candidates {
            self.recorder.findings.extend(report_flags(found, &reading.run, &pointer));
        }
        Some(Deadline { raw, kind: deadline.kind, until: deadline.until.map(|d| d.to_string()) })
    }

    fn achievement(&mut self, index: usize) -> Option<Achievement> {
        let raw = self.one(index, Field::Achievement)?;
        let rate = seisho_forms::rate_pattern().and_then(|pattern| rate(pattern, &raw));
        Some(Achievement { raw, rate, choice: None })
    }

    /// What a field is called in the record.
    fn name_of(&self, field: Field) -> String {
        let own = self.forms.followed.as_ref().filter(|_| !field.is_named()).and_then(|p| p.entry(field));
        own.map_or_else(|| field.name().to_owned(), |entry| entry.id.clone())
    }

    fn inherited(&mut self, index: usize) -> Option<BTreeMap<String, u32>> {
        let draft = &self.drafts[index];
        let has_text = |field: Field, root: usize| self.read[root].get(&field).is_some_and(|r| !r.is_empty());
        let named = draft.inherited.iter().map(|(&f, &r)| (f, r)).filter(|(f, _)| !matches!(f, Field::Other(_)));
        let from: Vec<(Field, usize)> = named.filter(|&(f, root)| has_text(f, root)).collect();
        let map: BTreeMap<String, u32> = from.iter().filter_map(|&(f, root)| Some((self.name_of(f), self.drafts[root].number?))).collect();
        if map.is_empty() {
            return None;
        }
        if draft.inferred {
            let fields: Vec<FieldNames> = from.iter().map(|&(f, _)| f.names()).collect();
            self.recorder
                .findings
                .push(m006::from_above(&fields).at(draft.number_run.clone()).about(Pointer::goal(index).field("inherited")));
        }
        Some(map)
    }
}

/// The range of percent that a text states.
fn rate(pattern: &Regex, text: &str) -> Option<Rate> {
    let key = seisho_japanese::normalize::match_text(text);
    let found = pattern.captures(&key)?;
    let (a, b): (f64, f64) = (found[1].parse().ok()?, found[2].parse().ok()?);
    let number = |v: f64| if v.fract() == 0.0 { RateNumber::Whole(v as u32) } else { RateNumber::Decimal(v) };
    Some(Rate { min: number(a.min(b)), max: number(a.max(b)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_range_of_percent_is_a_rate() {
        let pattern = seisho_forms::rate_pattern().unwrap();
        let read = |text| rate(pattern, text);
        let whole = |a, b| Some(Rate { min: RateNumber::Whole(a), max: RateNumber::Whole(b) });
        assert_eq!(read("ほとんど未達成だった(達成率80～50%)"), whole(50, 80));
        assert_eq!(read("一部達成した（達成率９５％〜８０％）"), whole(80, 95));
        assert_eq!(read("達成率82.5～90％"), Some(Rate { min: RateNumber::Decimal(82.5), max: RateNumber::Whole(90) }));
        assert_eq!(read("50%以上80%未満"), whole(50, 80));
        assert_eq!(read("80パーセントから50パーセント"), whole(50, 80));
        assert_eq!(read("達成率100%"), None);
        assert_eq!(read("ほぼ達成した"), None);
    }
}
