//! The head of a document: title, fiscal year, dates, posts and names. Words come from the profile;
//! what a text is follows from its label where it has one, else from its content.

mod authors;
mod dates;
mod dump;
mod dump_names;
mod labels;
mod pairs;
mod title;
mod title_search;

pub(crate) use authors::is_name_like;
pub(crate) use dates::{context, report_flags};
pub(crate) use dump::take as take_from_dump;
pub(crate) use labels::{label_of, label_with};
pub(crate) use pairs::find as find_pairs;
pub(crate) use title::department_in;
pub(crate) use title::is_title;
pub(crate) use title_search::{above as runs_above, choose as title_by_looks, size_of};

use crate::recorder::Recorder;
use seisho_forms::{HeadField, HeadWords};
use seisho_japanese::dates::FiscalYear;
use seisho_japanese::normalize::match_text;
use seisho_model::codes::head::{m001, m008, m019};
use seisho_model::layout::{Cell, Line, Table};
use seisho_model::record::{self, Role, YearFrom};
use seisho_model::{Change, Finding, Pointer, Run, TextRange};
use seisho_reading::{Reader, Reading, Spaces};
use std::collections::BTreeSet;

/// What was read so far.
#[derive(Default)]
pub(crate) struct Head {
    title: title::Draft,
    /// A line that says just the fiscal year; it belongs to the title where that names none.
    year_line: Option<Run>,
    /// Text that names the fiscal year under its own label.
    year_value: Option<Run>,
    dates: Vec<dates::HeadDate>,
    posts: Vec<Reading>,
    names: Vec<Reading>,
    department: Option<Reading>,
    /// Lines that look like a date and say no day.
    undated: Vec<Run>,
}

/// The head as it goes into the record.
pub(crate) struct Written {
    pub(crate) title: Option<String>,
    pub(crate) fiscal_year: Option<FiscalYear>,
    pub(crate) year_from: Option<YearFrom>,
    pub(crate) dates: record::Dates,
    pub(crate) authors: Vec<record::Author>,
    pub(crate) department: Option<String>,
    /// What a head should have and this one has not; a text that is of no form needs none.
    pub(crate) lacks: Vec<Finding>,
}

/// What a line of the head turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// A part of the head.
    Yes,
    /// Something else.
    No,
}

impl Head {
    /// Takes a line, if it belongs to the head. `titles` are the words by which a title is known.
    pub(crate) fn take_line(
        &mut self,
        line: &Line,
        titles: &[String],
        words: &HeadWords,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) -> Taken {
        let reading = spaced(&line.run, reader);
        let text = reading.text();
        if self.title.take(line, text, titles, &mut self.year_line, reader, recorder) {
            return Taken::Yes;
        }
        if title::is_year_alone(text) {
            self.year_line.get_or_insert(line.run.clone());
            return Taken::Yes;
        }
        if words.stamp_words.iter().any(|w| text.starts_with(w.as_str())) {
            recorder.furniture(&line.run, Role::Stamp);
            return Taken::Yes;
        }
        if is_furniture(text, words) {
            recorder.furniture(&line.run, Role::Header);
            return Taken::Yes;
        }
        let parts = labels::split(text, words);
        if parts.iter().any(|p| p.label.is_some()) {
            for part in parts {
                self.take_labelled(&reading, part, words, reader, recorder);
            }
            recorder.furniture(&line.run, Role::Header);
            return Taken::Yes;
        }
        if !self.take_values(&reading, words, reader) {
            self.undated.extend(dates::is_date_like(text).then(|| line.run.clone()));
            return Taken::No;
        }
        // What no value claims of such a line (brackets, a seal) is of the head too.
        recorder.furniture(&line.run, Role::Header);
        Taken::Yes
    }

    /// Neither a day nor an author so far.
    pub(crate) fn is_unsigned(&self) -> bool {
        self.dates.is_empty() && self.posts.is_empty() && self.names.is_empty()
    }

    /// Takes a line below the tables, where a document is signed there: a day first, then a post and a name. Without a day it
    /// may be whom to ask.
    pub(crate) fn take_signature(&mut self, line: &Line, words: &HeadWords, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Taken {
        let reading = spaced(&line.run, reader);
        let has_day = !self.dates.is_empty() || !dates::find(&reading, None, words).is_empty();
        if !has_day || !self.take_values(&reading, words, reader) {
            return Taken::No;
        }
        recorder.furniture(&line.run, Role::Header);
        Taken::Yes
    }

    /// Looks for the title by its looks, among the lines and cells of the head: where none of them is one by its words, and
    /// above one that names no year where this one does (a policy, and its goals behind it).
    pub(crate) fn look_for_title(&mut self, runs: &[Run], titles: &[String], words: &HeadWords, reader: &mut Reader<'_>) {
        let known = runs.iter().position(|run| title::is_title(spaced(run, reader).text(), titles));
        if known.is_some_and(|at| title::names_year(spaced(&runs[at], reader).text())) {
            return;
        }
        let above = &runs[..known.unwrap_or(runs.len())];
        let chosen = title_search::choose(above.iter(), words, reader);
        self.title.chosen = chosen.filter(|run| known.is_none() || title::names_year(spaced(run, reader).text()));
    }

    /// Takes the first line with a heading mark as the title where no line has a title's words.
    pub(crate) fn take_title(&mut self, line: &Line) -> Taken {
        if self.has_title() {
            return Taken::No;
        }
        self.title.runs = self.year_line.take().into_iter().chain([line.run.clone()]).collect();
        Taken::Yes
    }

    /// True when the title was known by its words.
    pub(crate) fn is_titled(&self) -> bool {
        self.title.is_known
    }

    /// True when a title was found.
    pub(crate) fn has_title(&self) -> bool {
        !self.title.runs.is_empty()
    }

    /// Takes the rows of a table above its heading row: labels with their values beside or below.
    pub(crate) fn take_rows(
        &mut self,
        table: &Table,
        rows: std::ops::Range<u32>,
        titles: &[String],
        words: &HeadWords,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) {
        let grid = table.grid();
        let spread = self.take_spread_dates(table, &rows, words, reader);
        let is_open = |(index, cell): &(usize, &Cell)| rows.contains(&cell.row.start) && !cell.is_blank() && !spread.contains(index);
        for (index, cell) in table.cells.iter().enumerate().filter(is_open) {
            let run = cell.run();
            let reading = spaced(&run, reader);
            let text = reading.text();
            let is_chosen = self.title.chosen.as_ref() == Some(&run);
            if !self.has_title() && (is_chosen || title::is_title(text, titles)) {
                self.title.runs = vec![run];
                continue;
            }
            let parts = labels::split(text, words);
            if parts.iter().any(|p| p.label.is_some()) {
                for part in parts {
                    self.take_labelled(&reading, part, words, reader, recorder);
                }
                recorder.furniture(&run, Role::Header);
            } else if let Some(label) = labels::above_or_beside(table, &grid, index, words, reader) {
                self.take_value(label, &reading, words, reader);
                recorder.furniture(&run, Role::Header);
            } else if !self.take_values(&reading, words, reader) {
                recorder.furniture(&run, Role::Header);
            }
        }
    }

    /// Takes dates that are spread over the cells of a row (令和 | 7 | 年 | 4 | 月 | 8 | 日); gives their cells.
    fn take_spread_dates(
        &mut self,
        table: &Table,
        rows: &std::ops::Range<u32>,
        words: &HeadWords,
        reader: &mut Reader<'_>,
    ) -> BTreeSet<usize> {
        let mut taken = BTreeSet::new();
        for row in rows.clone() {
            let first = table.cells.partition_point(|c| c.row.start < row);
            let of_row = table.cells[first..].iter().take_while(|c| c.row.start == row);
            let cells: Vec<usize> = (first..).zip(of_row).filter(|(_, c)| !c.is_blank()).map(|(index, _)| index).collect();
            let Some(last) = cells.iter().position(|&c| reader.raw(&table.cells[c].run()).trim_end().ends_with('日')) else { continue };
            for from in last.saturating_sub(MOST_OF_DATE - 1)..last {
                let run = Run(cells[from..=last].iter().flat_map(|&c| table.cells[c].run().0).collect());
                let label = from.checked_sub(1).map(|before| spaced(&table.cells[cells[before]].run(), reader));
                let is_revised = label.is_some_and(|l| labels::label_of(l.text(), words) == Some(HeadField::Revised));
                if let Some(date) = dates::whole(spaced(&run, reader), is_revised) {
                    self.dates.push(date);
                    taken.extend(&cells[from..=last]);
                    break;
                }
            }
        }
        taken
    }

    /// Takes the value of a label that stands in a sheet of a goal.
    pub(crate) fn take_pair(&mut self, label: &Run, value: &Run, words: &HeadWords, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) {
        recorder.furniture(label, Role::Header);
        let (text, value) = (spaced(label, reader), spaced(value, reader));
        let label = labels::label_of(text.text(), words).or_else(|| label_with(text.text(), value.text(), words));
        let Some(label) = label.filter(|_| !value.is_empty()) else { return };
        let is_known = match label {
            HeadField::Department => self.department.is_some(),
            HeadField::FiscalYear => self.year_value.is_some(),
            HeadField::Post => self.posts.iter().any(|p| p.text() == value.text()),
            HeadField::Name => self.names.iter().any(|p| p.text() == value.text()),
            _ => false,
        };
        // Each sheet says again whose it is.
        if is_known {
            recorder.furniture(&value.run, Role::Header);
        } else {
            self.take_value(label, &value, words, reader);
        }
    }

    /// Takes the pairs of a line that white space alone puts together.
    pub(crate) fn take_pairs(
        &mut self,
        line: &Line,
        pairs: &[pairs::Pair],
        words: &HeadWords,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) {
        for pair in pairs {
            if let Some(field) = pair.field {
                let value = spaced(&pair.value, reader);
                self.take_value(field, &value, words, reader);
            }
        }
        // What no value claims is of the head too.
        recorder.furniture(&line.run, Role::Header);
    }

    fn take_labelled(
        &mut self,
        line: &Reading,
        part: labels::Part,
        words: &HeadWords,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) {
        if let Some(word) = part.word {
            recorder.furniture(&line.run.part(line.edited.to_raw(word)), Role::Header);
        }
        let value = spaced(&line.run.part(line.edited.to_raw(part.value)), reader);
        match part.label {
            _ if value.is_empty() => {}
            Some(label) => self.take_value(label, &value, words, reader),
            None => {
                if !self.take_values(&value, words, reader) {
                    recorder.furniture(&value.run, Role::Header);
                }
            }
        }
    }

    /// Takes a value whose label says what it is.
    fn take_value(&mut self, label: HeadField, value: &Reading, words: &HeadWords, reader: &mut Reader<'_>) {
        match label {
            HeadField::Issued | HeadField::Revised => self.dates.extend(dates::find(value, Some(label), words)),
            HeadField::Post => self.posts.extend(authors::posts(value, words, reader)),
            // 所属長職・氏名：市民部長　玉井 理加
            HeadField::Name => match authors::post_and_name(value, words, reader) {
                Some((post, Some(name))) => {
                    self.posts.push(post);
                    self.names.push(name);
                }
                _ => self.names.extend(authors::lines(value, reader)),
            },
            HeadField::PostAndName => {
                if !self.take_values(value, words, reader) {
                    self.names.extend(authors::lines(value, reader));
                }
            }
            HeadField::Department => {
                self.department.get_or_insert_with(|| value.clone());
            }
            HeadField::FiscalYear => {
                self.year_value.get_or_insert_with(|| value.run.clone());
            }
        }
    }

    /// Takes text without a label if all of it is dates, posts and names; says whether it was.
    fn take_values(&mut self, reading: &Reading, words: &HeadWords, reader: &mut Reader<'_>) -> bool {
        let found = dates::find(reading, None, words);
        if !found.is_empty() && dates::are_all_of(&found, reading) {
            self.dates.extend(found);
            return true;
        }
        if let Some((post, name)) = authors::post_and_name(&dates::rest_of(&found, reading, reader), words, reader) {
            self.dates.extend(found);
            self.posts.push(post);
            self.names.extend(name);
            return true;
        }
        // A value in the line below its label or post: a name has no shape of its own.
        if found.is_empty() && self.names.len() < self.posts.len() && authors::is_name_like(reading.text()) {
            self.names.push(reading.clone());
            return true;
        }
        false
    }

    /// The posts so far, as they read.
    pub(crate) fn posts(&self) -> Vec<String> {
        self.posts.iter().map(|p| p.text().to_owned()).collect()
    }

    /// The fiscal year that a label names.
    pub(crate) fn labelled_year(&self, reader: &Reader<'_>) -> Option<i16> {
        let run = self.year_value.as_ref().or(self.year_line.as_ref())?;
        seisho_japanese::dates::fiscal_year(reader.glance(run).text()).map(|year| year.gregorian)
    }

    /// The department that a label names.
    pub(crate) fn department(&self) -> Option<String> {
        self.department.as_ref().map(|d| d.text().to_owned())
    }

    /// The dates of issue so far, as they read.
    pub(crate) fn issued(&self) -> Vec<String> {
        self.dates.iter().filter(|d| !d.is_revised()).map(|d| d.reading().text().to_owned()).collect()
    }

    /// Whether a line names another holder of such a post than the head: 健康部長 三浦 由紀 below 都市整備部長 大久保 健.
    pub(crate) fn is_signed_by_another(&self, line: &Line, words: &HeadWords, reader: &mut Reader<'_>) -> bool {
        let Some((post, Some(_))) = authors::post_and_name(&read_line(line, reader), words, reader) else { return false };
        let rank = |post: &str| words.ranks.iter().filter(|r| post.ends_with(r.as_str())).max_by_key(|r| r.len()).cloned();
        let is_like = |own: &Reading| rank(own.text()) == rank(post.text());
        self.posts.iter().any(is_like) && self.posts.iter().all(|own| own.text() != post.text())
    }

    /// Posts that wait for their names.
    pub(crate) fn missing_names(&self) -> usize {
        self.posts.len().saturating_sub(self.names.len())
    }

    /// Writes the head into the record.
    pub(crate) fn write(
        mut self,
        words: &HeadWords,
        hint: Option<&(FiscalYear, YearFrom)>,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) -> Written {
        self.posts = without_repeats(self.posts, |r| r, recorder);
        self.names = without_repeats(self.names, |r| r, recorder);
        self.dates = without_repeats(self.dates, dates::HeadDate::reading, recorder);
        let mut lacks = Vec::new();
        let (title_reading, year) = self.write_title(hint, &mut lacks, reader, recorder);
        let title = title_reading.as_ref().map(|t| t.edited.text.clone());
        let (fiscal_year, year_from) = year.unzip();
        let context = context(fiscal_year.as_ref(), &self.dates);
        let dates = dates::write(&self.dates, &context, recorder);
        if dates.issued.is_empty() {
            let none = |run: &Run| m019::unsettled(reader.raw(run).trim(), &[]).at(run.clone()).about(Pointer::of("dates").field("issued"));
            lacks.extend(self.undated.iter().map(none));
        }
        let names = authors::shared_out(self.posts.len(), &self.names, reader);
        let authors = authors::write(&self.posts, &names, reader, recorder);
        lacks.extend(authors::unpaired(&self.posts, &names));
        let department = match &self.department {
            Some(reading) => Some(recorder.value(Pointer::of("department"), reading)),
            None => authors::write_department(&self.posts, words, recorder)
                .or_else(|| title::write_department(title_reading.as_ref(), words, reader, recorder)),
        };
        lacks.extend((department.is_none() && self.posts.is_empty() && !names.is_empty()).then(m008::no_department));
        Written { title, fiscal_year, year_from, dates, authors, department, lacks }
    }

    fn write_title(
        &mut self,
        hint: Option<&(FiscalYear, YearFrom)>,
        lacks: &mut Vec<Finding>,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) -> (Option<Reading>, Option<(FiscalYear, YearFrom)>) {
        let run = Run(self.title.runs.iter().flat_map(|r| r.0.clone()).collect());
        let title = if run.is_empty() {
            lacks.push(m001::missing());
            None
        } else {
            let reading = title::read(&run, reader);
            recorder.value(Pointer::of("title"), &reading);
            if self.title.chosen.as_ref().is_some_and(|chosen| self.title.runs.contains(chosen)) {
                lacks.push(m001::by_looks(reading.text()).at(run));
            }
            Some(reading)
        };
        let year = title::fiscal_year(title.as_ref(), self.year_line.as_ref().or(self.year_value.as_ref()), &self.dates, reader, recorder)
            .or_else(|finding| title::from_hint(hint, recorder).ok_or(finding))
            .map_err(|finding| lacks.push(*finding))
            .ok();
        (title, year)
    }
}

/// A date is spread over so many cells at most.
const MOST_OF_DATE: usize = 8;

/// What a page before says too is a head that each page repeats.
fn without_repeats<T>(all: Vec<T>, reading: impl Fn(&T) -> &Reading, recorder: &mut Recorder<'_>) -> Vec<T> {
    let page = |r: &Reading| r.run.0.first().map_or(0, |p| p.page);
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    for item in all {
        let this = reading(&item);
        if kept.iter().map(&reading).any(|k| k.text() == this.text() && page(k) < page(this)) {
            recorder.furniture(&this.run, Role::Header);
        } else {
            kept.push(item);
        }
    }
    kept
}

/// Reads text whose letters may be spaced out.
pub(crate) fn spaced(run: &Run, reader: &mut Reader<'_>) -> Reading {
    let raw = reader.raw(run);
    let mut changes = seisho_japanese::normalize::letter_spacing_changes(&raw);
    let gaps = raw.match_indices('\n').map(|(at, _)| Change::lossless("join-with-blank", TextRange::new(at, at + 1), " "));
    changes.extend(gaps);
    reader.read_with(run, Spaces::Keep, changes)
}

/// 記, an addressee, a document number: of the letter, not of the policy.
fn is_furniture(text: &str, words: &HeadWords) -> bool {
    let key = match_text(text);
    let is_addressee =
        key.chars().count() <= 20 && words.addressee_endings.iter().any(|e| key.ends_with(e.as_str()) && key.len() > e.len());
    let is_number =
        key.chars().count() <= 24 && key.contains('第') && key.trim_end_matches(|c: char| c == 'の' || c.is_ascii_digit()).ends_with('号');
    words.opening_words.contains(&key) || is_addressee || is_number
}

/// Reads a line as the head reads it.
pub(crate) fn read_line(line: &Line, reader: &mut Reader<'_>) -> Reading {
    spaced(&line.run, reader)
}

/// True for a line that is of a head by its own words: a title, a year, labels, dates, a post with or without a name.
pub(crate) fn is_of_head(line: &Line, titles: &[String], words: &HeadWords, reader: &mut Reader<'_>) -> bool {
    let reading = spaced(&line.run, reader);
    let text = reading.text();
    if title::is_title(text, titles) || title::is_year_alone(text) || labels::split(text, words).iter().any(|p| p.label.is_some()) {
        return true;
    }
    let found = dates::find(&reading, None, words);
    let is_date =
        !found.is_empty() && dates::are_all_of(&found, &reading) && text.contains(['年', '.', '/']) && text.contains(['日', '.', '/']);
    // 市長特命 is no mayor: a post ends the line, or a space parts it from the name.
    let is_post = words.ranks.iter().any(|r| text.ends_with(r.as_str())) || text.contains(char::is_whitespace);
    is_date || (is_post && authors::post_and_name(&reading, words, reader).is_some())
}

/// True for a line that labels names: 氏名.
pub(crate) fn labels_names(text: &str, words: &HeadWords) -> bool {
    let parts = labels::split(text, words);
    parts.last().is_some_and(|p| p.label == Some(HeadField::Name) && p.value.is_empty())
}
