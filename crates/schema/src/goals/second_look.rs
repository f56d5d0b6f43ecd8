//! A second look at finished rows, by what they hold and not by how they were found: a value with a line of its table's
//! heading in it, a deadline that goes on, a column with a hole, rows of which one holds what others hold one by one. Says
//! which; changes nothing.

use super::drafts::Draft;
use crate::SeenHeading;
use crate::recorder::Recorder;
use seisho_forms::{Field, FieldKind};
use seisho_japanese::dates::{self, DeadlineKind};
use seisho_japanese::normalize::match_text;
use seisho_model::codes::goals::{m006, m014, m021};
use seisho_model::layout::{Block, CellLine, TableForm};
use seisho_model::script::is_list_mark;
use seisho_model::{Finding, Pointer, Run};
use seisho_reading::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// A date alone is no longer, in characters.
const LONGEST_DATE: usize = 16;
/// A shorter heading may be a value as well.
const SHORTEST_HEADING: usize = 3;
/// Where so many rows in a hundred have a value, all should.
const MOST: usize = 70;
/// Rows in a row whose texts count up are numbered.
const ENOUGH_NUMBERS: usize = 3;

/// Adds what a second look doubts and nothing else does yet.
pub(super) fn report(blocks: &[Block], drafts: &[Draft], headings: &[SeenHeading], reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
    let look = Look::new(drafts, headings, reader);
    let mut odd = look.with_headings();
    if blocks.iter().any(|b| matches!(b, Block::Table(t) if t.form == TableForm::Labelled)) {
        odd.extend(look.with_labels(headings));
    }
    odd.extend(look.of_others());
    if blocks.iter().any(|b| matches!(b, Block::Table(t) if matches!(t.form, TableForm::Commas | TableForm::Tabs | TableForm::Pipes))) {
        for (row, field, above) in look.blank_below(reader) {
            recorder.findings.push(m006::perhaps(field.names(), &above).about(Pointer::goal(row).field(field.name())));
        }
    }
    let is_spaced =
        |b: &Block| matches!(b, Block::Table(t) if matches!(t.form, TableForm::Columns | TableForm::Labelled | TableForm::Recovered));
    let mut missing: BTreeSet<(usize, Field)> = BTreeSet::new();
    if blocks.iter().any(is_spaced) {
        odd.extend(look.long_deadlines());
        odd.extend(look.fewer_boxes());
        odd.extend(look.numbered());
        missing.extend(look.holes());
    }
    let known: BTreeSet<String> = recorder.findings.iter().filter_map(|f| f.pointer.as_ref()).map(ToString::to_string).collect();
    let pointer = |row: usize, field: Field| Pointer::goal(row).field(field.name());
    let is_new = |(row, field): &(usize, Field)| !known.contains(&pointer(*row, *field).to_string());
    for (row, field) in odd.iter().copied().filter(is_new) {
        let run = drafts[row].cells.get(&field).map_or_else(Run::default, |lines| run_of(lines));
        recorder.findings.push(m014::beside(field.names()).about(pointer(row, field)).at(run));
    }
    for (row, date) in look.displaced() {
        let fields = look.fields().into_iter().filter(|f| f.kind() != FieldKind::Number && !odd.contains(&(row, *f)));
        for field in fields.filter(|f| is_new(&(row, *f))) {
            let run = drafts[row].cells.get(&field).map_or_else(Run::default, |lines| run_of(lines));
            recorder.findings.push(m014::displaced(field.names(), &date).about(pointer(row, field)).at(run));
        }
    }
    for (row, field) in missing.difference(&odd).copied().filter(is_new) {
        recorder.findings.push(m014::missing(field.names()).about(pointer(row, field)));
    }
}

/// Where so many values of a table that was put together again are doubted, in percent, nothing in it is sure.
const MOSTLY_DOUBTED: usize = 40;

/// Doubts all values of a table of lines without places, where many are doubted already.
pub(super) fn doubt_the_rest(drafts: &[Draft], recorder: &mut Recorder<'_>) {
    // What a finding points at, and what holds it.
    let held = |f: &Finding| std::iter::successors(f.pointer.clone(), Pointer::parent);
    let doubted: BTreeSet<Pointer> = recorder.findings.iter().flat_map(held).collect();
    let fields = |draft: &Draft| -> Vec<Field> { draft.cells.keys().copied().chain(draft.number.map(|_| Field::Number)).collect() };
    let all: Vec<(usize, Field)> =
        drafts.iter().enumerate().flat_map(|(row, d)| fields(d).into_iter().map(move |field| (row, field))).collect();
    let pointer = |(row, field): &(usize, Field)| Pointer::goal(*row).field(field.name());
    let rest: Vec<&(usize, Field)> = all.iter().filter(|value| !doubted.contains(&pointer(value))).collect();
    if (all.len() - rest.len()) * 100 < all.len() * MOSTLY_DOUBTED {
        return;
    }
    for value in rest {
        recorder.findings.push(m021::among_doubts(value.1.names()).about(pointer(value)));
    }
}

fn run_of(lines: &[CellLine]) -> Run {
    Run(lines.iter().flat_map(|l| l.run.0.iter().copied()).collect())
}

/// What rows hold, line by line.
struct Look<'d> {
    drafts: &'d [Draft],
    texts: Vec<BTreeMap<Field, Vec<String>>>,
    headings: BTreeSet<String>,
}

impl<'d> Look<'d> {
    fn new(drafts: &'d [Draft], headings: &[SeenHeading], reader: &Reader<'_>) -> Self {
        let text = |line: &CellLine| match_text(reader.glance(&line.run).text());
        let row = |draft: &Draft| draft.cells.iter().map(|(&field, lines)| (field, lines.iter().map(text).collect())).collect();
        let words = headings.iter().flat_map(|h| h.path.iter()).map(|word| match_text(word));
        let headings = words.filter(|word| word.chars().count() >= SHORTEST_HEADING).collect();
        Self { drafts, texts: drafts.iter().map(row).collect(), headings }
    }

    fn cells(&self) -> impl Iterator<Item = (usize, Field, &Vec<String>)> {
        self.texts.iter().enumerate().flat_map(|(row, cells)| cells.iter().map(move |(&field, lines)| (row, field, lines)))
    }

    fn whole(&self, row: usize, field: Field) -> String {
        self.texts[row].get(&field).map_or_else(String::new, |lines| lines.concat())
    }

    fn fields(&self) -> BTreeSet<Field> {
        self.texts.iter().flat_map(|cells| cells.keys().copied()).collect()
    }

    /// Blank cells below names, where the first row has one: an export of merged cells leaves all but the first blank. Each
    /// with what stands above it.
    fn blank_below(&self, reader: &Reader<'_>) -> Vec<(usize, Field, String)> {
        let mut found = Vec::new();
        for field in self.fields().into_iter().filter(|f| f.kind() == FieldKind::Names) {
            let own = |draft: &Draft| draft.cells.get(&field).filter(|lines| !lines.is_empty()).map(|lines| run_of(lines));
            let mut above: Option<Run> = None;
            for (row, draft) in self.drafts.iter().enumerate() {
                match (own(draft), &above) {
                    (Some(run), _) => above = Some(run),
                    (None, Some(run)) if !draft.inherited.contains_key(&field) => {
                        found.push((row, field, reader.glance(run).text().trim().to_owned()));
                    }
                    // The first row is blank: blank means nothing here.
                    (None, None) => break,
                    _ => {}
                }
            }
        }
        found
    }

    /// Values with a line that is a heading of the table.
    fn with_headings(&self) -> BTreeSet<(usize, Field)> {
        let has_heading = |lines: &Vec<String>| lines.iter().any(|line| self.headings.contains(line));
        self.cells().filter(|(_, _, lines)| has_heading(lines)).map(|(row, field, _)| (row, field)).collect()
    }

    /// Values of goals in lines that hold one of their labels again, where a line or a sentence begins.
    fn with_labels(&self, headings: &[SeenHeading]) -> BTreeSet<(usize, Field)> {
        let labels: Vec<String> =
            headings.iter().flat_map(|h| h.path.iter()).map(|l| match_text(l)).filter(|l| l.chars().count() > 1).collect();
        let begins = |text: &str| labels.iter().any(|label| text.starts_with(label.as_str()));
        let has_label =
            |lines: &Vec<String>| lines.iter().skip(1).any(|line| begins(line)) || lines.iter().any(|l| l.split('。').skip(1).any(begins));
        self.cells().filter(|(_, _, lines)| has_label(lines)).map(|(row, field, _)| (row, field)).collect()
    }

    /// Choices that are put together of what other rows hold.
    fn of_others(&self) -> BTreeSet<(usize, Field)> {
        let mut odd = BTreeSet::new();
        for field in self.fields().into_iter().filter(|f| matches!(f.kind(), FieldKind::Choice | FieldKind::Rate)) {
            let values: BTreeSet<String> = (0..self.texts.len()).map(|row| self.whole(row, field)).filter(|v| !v.is_empty()).collect();
            let is_of_two = |text: &str| {
                let mut cuts = text.char_indices().map(|(at, _)| at).filter(|&at| at > 0);
                cuts.any(|at| values.contains(&text[..at]) && values.contains(&text[at..]))
            };
            odd.extend((0..self.texts.len()).filter(|&row| is_of_two(&self.whole(row, field))).map(|row| (row, field)));
        }
        odd
    }

    /// Rows whose deadline is none, though another of their values is a date and nothing else, which that field is in few rows.
    fn displaced(&self) -> Vec<(usize, String)> {
        let fields = self.fields();
        let Some(&deadline) = fields.iter().find(|f| **f == Field::Deadline) else { return Vec::new() };
        let is_date = |text: &str| {
            !text.is_empty() && text.chars().count() <= LONGEST_DATE && dates::deadline(text, None).kind != DeadlineKind::Other
        };
        let dates = |field: Field| (0..self.texts.len()).filter(|&row| is_date(&self.whole(row, field))).count();
        let is_rare = |field: &Field| dates(*field) * 100 <= self.texts.len() * (100 - MOST);
        let others: Vec<Field> =
            fields.iter().copied().filter(|f| *f != deadline && f.kind() != FieldKind::Number).filter(is_rare).collect();
        let is_usual = dates(deadline) * 2 > self.texts.len();
        let date = |row: usize| {
            let own = self.whole(row, deadline);
            let is_wrong = is_usual && !own.is_empty() && !is_date(&own);
            others.iter().map(|&field| self.whole(row, field)).find(|text| is_wrong && is_date(text))
        };
        (0..self.texts.len()).filter_map(|row| Some((row, date(row)?))).collect()
    }

    /// Deadlines behind or before which something else stands.
    fn long_deadlines(&self) -> BTreeSet<(usize, Field)> {
        let goes_on = |text: &str| {
            let read = dates::deadline(text, None);
            let mut rest = text.to_owned();
            for found in read.candidates.iter().rev() {
                rest.replace_range(found.range.as_usize(), "");
            }
            let rest: String = rest.chars().filter(|c| c.is_alphanumeric() || is_list_mark(*c)).collect();
            !read.candidates.is_empty()
                && !rest.is_empty()
                && !matches!(rest.as_str(), "まで" | "頃" | "ごろ" | "予定" | "中" | "迄" | "目途" | "目処" | "末" | "以降" | "から")
        };
        let dates = self.cells().filter(|(_, field, _)| field.kind() == FieldKind::Date);
        dates.filter(|(_, _, lines)| goes_on(&lines.concat())).map(|(row, field, _)| (row, field)).collect()
    }

    /// Rows with fewer or more boxes than the others.
    fn fewer_boxes(&self) -> BTreeSet<(usize, Field)> {
        let mut odd = BTreeSet::new();
        for field in self.fields() {
            let boxes = |row: usize| self.whole(row, field).chars().filter(|c| matches!(c, '□' | '☐' | '■' | '☑' | '☒')).count();
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            (0..self.texts.len()).for_each(|row| *counts.entry(boxes(row)).or_default() += 1);
            let usual = counts.iter().max_by_key(|(_, times)| **times).map_or(0, |(&count, _)| count);
            if usual > 1 {
                odd.extend((0..self.texts.len()).filter(|&row| boxes(row) != usual).map(|row| (row, field)));
            }
        }
        odd
    }

    /// Texts that begin with numbers that count up, in rows that have none.
    fn numbered(&self) -> BTreeSet<(usize, Field)> {
        let mut odd = BTreeSet::new();
        for field in self.fields().into_iter().filter(|f| f.kind() != FieldKind::Number) {
            let number = |row: usize| {
                let digits: String = self.whole(row, field).chars().take_while(char::is_ascii_digit).collect();
                digits.parse::<u32>().ok().filter(|_| self.drafts[row].number.is_none())
            };
            let rows: Vec<(usize, u32)> = (0..self.texts.len()).filter_map(|row| Some((row, number(row)?))).collect();
            let counts_up = rows.windows(2).filter(|pair| pair[0].1 + 1 == pair[1].1).count() + 1 >= ENOUGH_NUMBERS.min(rows.len());
            if rows.len() >= ENOUGH_NUMBERS && counts_up {
                odd.extend(rows.iter().map(|&(row, _)| (row, field)));
                odd.extend(rows.iter().map(|&(row, _)| (row, Field::Number)));
            }
        }
        odd
    }

    /// Rows without a value that nearly all others have.
    fn holes(&self) -> BTreeSet<(usize, Field)> {
        let mut holes = BTreeSet::new();
        // What rows share and what is of no field of the contract may be left empty: plans, remarks, partners.
        let may_be_empty = |field: &Field| matches!(field.kind(), FieldKind::Number | FieldKind::Choice | FieldKind::Free);
        for field in self.fields().into_iter().filter(|f| !may_be_empty(f)) {
            let is_blank = |row: usize| self.whole(row, field).is_empty() && !self.drafts[row].inherited.contains_key(&field);
            let blank: Vec<usize> = (0..self.texts.len()).filter(|&row| is_blank(row)).collect();
            if (self.texts.len() - blank.len()) * 100 >= self.texts.len() * MOST {
                holes.extend(blank.into_iter().map(|row| (row, field)));
            }
        }
        holes
    }
}
