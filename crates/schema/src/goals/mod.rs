//! Goal tables: heading rows, rows as goals, cells as fields.

mod bullets;
mod drafts;
mod fields;
mod mended;
mod near;
mod odd;
mod recovered;
mod sheet;
mod table;
mod torn;

pub(crate) use recovered::map as map_recovered;

use crate::Options;
use crate::head::{Head, Taken, Written};
use crate::recorder::Recorder;
use drafts::{Draft, Setting};
use seisho_forms::headings;
use seisho_forms::page_numbers;
use seisho_forms::{Field, FieldKind, Forms};
use seisho_model::codes::goals::m009;
use seisho_model::codes::picture::x010;
use seisho_model::layout::{Block, Line, Table};
use seisho_model::record::{Cut, Goal, JoinEvidence, PageJoin, Role};
use seisho_model::{Piece, Run};
use seisho_reading::Reader;
use std::collections::BTreeSet;
use table::{Heading, Rows};

/// A goal table as it goes into the record.
pub(crate) struct GoalTable {
    pub(crate) head: Written,
    pub(crate) goals: Vec<Goal>,
    /// Pages, as form feeds or repeated headings show them.
    pub(crate) pages: u32,
    /// Blocks that are tables without goals.
    pub(crate) other_tables: Vec<usize>,
}

/// The tables among the blocks, by block, with what their cells would name as headings.
pub(crate) struct Tables<'t>(Vec<Option<Rows<'t>>>);

impl<'t> Tables<'t> {
    pub(crate) fn new(blocks: &'t [Block], forms: &Forms, reader: &Reader<'_>) -> Self {
        let rows = |table: &'t Table| Rows::new(table, &forms.goal_table.columns, reader);
        Self(blocks.iter().map(|b| if let Block::Table(table) = b { Some(rows(table)) } else { None }).collect())
    }

    /// True where a table's headings are those of a goal table.
    pub(crate) fn have_goals(&self) -> bool {
        self.0.iter().flatten().any(|rows| rows.heading_from(0).is_some() || sheet::sheet(rows).is_some())
    }
}

/// Maps blocks to a goal table.
///
/// `open`: texts that may be of the row above or below.
pub(crate) fn map(
    blocks: &[Block],
    tables: &Tables<'_>,
    open: &BTreeSet<Piece>,
    forms: &Forms,
    options: Options,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> GoalTable {
    let mut mapper = Mapper {
        forms,
        options,
        head: Head::default(),
        heading: None,
        page: 0,
        by_form_feed: reader.pages.0.len() > 1,
        last_page: None,
        drafts: Vec::new(),
        other: Vec::new(),
    };
    for (index, (block, rows)) in blocks.iter().zip(&tables.0).enumerate() {
        match block {
            Block::Line(line) if line.running && line.run.0[0].page > 0 => {
                recorder.furniture(&line.run, role(line, Role::Header, reader));
            }
            Block::Line(line) if mapper.heading.is_none() && mapper.drafts.is_empty() => {
                let taken = mapper.head.take_line(line, &forms.goal_table.titles, &forms.head, reader, recorder);
                if taken == Taken::No {
                    recorder.furniture(&line.run, Role::Header);
                }
            }
            Block::Line(line) => {
                recorder.furniture(&line.run, role(line, Role::Note, reader));
            }
            Block::Table(table) => {
                if let Some(rows) = rows {
                    mapper.take_table(index, table, rows, reader, recorder);
                }
            }
            Block::PageBreak => {}
        }
    }
    let Mapper { head, mut drafts, page, other, .. } = mapper;
    drafts::mend_numbers(&mut drafts, reader);
    let head = head.write(&forms.head, reader, recorder);
    torn::report(blocks, &drafts, open, reader, recorder);
    let goals = fields::write(&drafts, head.fiscal_year.as_ref(), forms, reader, recorder);
    let pages = if reader.pages.0.len() > 1 { reader.pages.0.len() as u32 } else { page.max(1) };
    GoalTable { head, goals, pages, other_tables: other }
}

/// What a line outside the tables is: a page number, or what its place makes it.
fn role(line: &Line, by_place: Role, reader: &Reader<'_>) -> Role {
    if page_numbers::parse(reader.glance(&line.run).text()).is_some() { Role::PageNumber } else { by_place }
}

struct Mapper<'f> {
    forms: &'f Forms,
    options: Options,
    head: Head,
    /// The last heading, for a table that goes on without one.
    heading: Option<Heading>,
    /// Headings seen, that is pages where form feeds do not count them.
    page: u32,
    by_form_feed: bool,
    /// Page of the last row.
    last_page: Option<u32>,
    drafts: Vec<Draft>,
    other: Vec<usize>,
}

impl Mapper<'_> {
    fn take_table(&mut self, index: usize, table: &Table, rows: &Rows<'_>, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) {
        let Some(first) = rows.heading_from(0) else {
            if let Some(sheet) = sheet::sheet(rows) {
                self.take_sheet(sheet, reader, recorder);
                return;
            }
            let joins = self.options.page_joins;
            match self.heading.as_ref().filter(|h| joins && h.has_columns_of(table)).cloned() {
                Some(heading) => {
                    self.note_join(rows, 0..table.rows, vec![JoinEvidence::SameColumns], recorder);
                    self.take_rows(rows, 0..table.rows, &heading, reader, recorder);
                }
                None if self.heading.is_none() => {
                    let (titles, words) = (&self.forms.goal_table.titles, &self.forms.head);
                    self.head.take_rows(table, 0..table.rows, titles, words, reader, recorder);
                }
                None => self.other.push(index),
            }
            return;
        };
        if self.heading.is_none() {
            let (titles, words) = (&self.forms.goal_table.titles, &self.forms.head);
            self.head.take_rows(table, 0..first.rows.start, titles, words, reader, recorder);
        }
        // A table may hold several pages, each with its heading rows.
        let mut next = Some(first);
        while let Some(heading) = next {
            self.take_heading(rows, &heading, reader, recorder);
            next = rows.heading_from(heading.rows.end);
            let end = next.as_ref().map_or(table.rows, |n| n.rows.start);
            if self.heading.as_ref().is_some_and(|h| h.has_columns_of(table) && h.fields == heading.fields) {
                let why = vec![JoinEvidence::RepeatedHeader, JoinEvidence::SameColumns];
                self.note_join(rows, heading.rows.end..end, why, recorder);
            }
            self.last_page = self.last_page.filter(|_| self.by_form_feed);
            self.take_rows(rows, heading.rows.end..end, &heading, reader, recorder);
            self.heading = Some(heading);
        }
    }

    /// Says that a table goes on over the end of a page.
    fn note_join(&self, rows: &Rows<'_>, range: std::ops::Range<u32>, evidence: Vec<JoinEvidence>, recorder: &mut Recorder<'_>) {
        let (Some(last), Some(next)) = (self.last_page, rows.page_of(range)) else { return };
        let next = if self.by_form_feed { next } else { self.page };
        if last != next {
            recorder.page_joins.push(PageJoin { what: Cut::Table, pages: [last, next], pointer: None, evidence });
        }
    }

    /// Takes a table that is one goal.
    fn take_sheet(&mut self, sheet: sheet::Sheet, reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
        self.page += 1;
        recorder.furniture(&sheet.labels, Role::TableHeader);
        note_guessed(&sheet.guessed, reader, recorder);
        let page = if self.by_form_feed { sheet.row.run.0.first().map_or(1, |p| p.page + 1) } else { self.page };
        let has_numbers = seisho_forms::of_kind(&sheet.row.cells, FieldKind::Number).is_some();
        let setting = Setting { page, first_on_page: false, shows_merges: true, has_numbers, page_joins: self.options.page_joins };
        drafts::take(sheet.row, setting, &mut self.drafts, reader, recorder);
    }

    fn take_heading(&mut self, rows: &Rows<'_>, heading: &Heading, reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
        self.page += 1;
        recorder.furniture(&rows.heading_run(heading), Role::TableHeader);
        note_guessed(&heading.guessed, reader, recorder);
        for (_, run) in &heading.unknown {
            let raw = reader.raw(run).replace('\n', "");
            recorder.findings.push(m009::unknown(&raw, run.clone()));
        }
    }

    fn take_rows(
        &mut self,
        rows: &Rows<'_>,
        range: std::ops::Range<u32>,
        heading: &Heading,
        reader: &Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) {
        let shows_merges = rows.shows_merges(heading);
        let has_numbers = heading.fields.iter().flatten().any(|f| f.kind() == FieldKind::Number);
        for number in range {
            let row = rows.row(number, heading);
            let page = match row.run.0.first() {
                Some(piece) if self.by_form_feed => piece.page + 1,
                _ => self.page.max(1),
            };
            let first_on_page = self.last_page != Some(page);
            if !row.run.is_empty() {
                self.last_page = Some(page);
            }
            let setting = Setting { page, first_on_page, shows_merges, has_numbers, page_joins: self.options.page_joins };
            drafts::take(row, setting, &mut self.drafts, reader, recorder);
        }
    }
}

/// Says which misread headings were taken for which fields.
fn note_guessed(guessed: &[(Field, Run)], reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
    for (field, run) in guessed {
        let raw = reader.raw(run).replace('\n', "");
        recorder.findings.push(x010::heading(&raw, field.names()).at(run.clone()));
    }
}

/// Whether lines hold the heading words of a goal table although no table could be seen: a dump.
pub(crate) fn is_dump(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> bool {
    let mut fields = std::collections::BTreeSet::new();
    let mut has_title = false;
    for block in blocks {
        let Block::Line(line) = block else { continue };
        let reading = crate::head::read_line(line, reader);
        has_title |= crate::head::is_title(reading.text(), &forms.goal_table.titles);
        for word in reading.text().split_whitespace() {
            if let Some((field, headings::Fit::Whole)) = headings::field_of(word, &forms.goal_table.columns) {
                fields.insert(field);
            }
        }
    }
    has_title && fields.len() > ENOUGH_WORDS
}

/// More heading words than this are no chance.
const ENOUGH_WORDS: usize = 3;
