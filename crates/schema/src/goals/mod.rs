//! Goal tables: heading rows, rows as goals, cells as fields.

mod cut_short;
mod drafts;
mod label;
mod labelled;
mod recovered;
mod second_look;
mod table;
mod torn;
mod values;

pub(crate) use label::{before_brackets, is_short_name};
pub(crate) use labelled::labelled;
pub(crate) use recovered::map as map_recovered;
pub(crate) use table::grid::on_one_line;
pub use table::heading::SeenHeading;
pub(crate) use table::tables::Tables;
pub(crate) use table::turned::{parted, turned, unstacked};
pub(crate) use values::{checks, choices, typed};

use crate::Options;
use crate::head::{Head, Taken, Written};
use crate::policy;
use crate::recorder::Recorder;
use drafts::{Draft, Setting};
use seisho_forms::headings;
use seisho_forms::mapping;
use seisho_forms::page_numbers;
use seisho_forms::{Field, FieldKind, Forms, of_kind};
use seisho_model::codes::goals::m009;
use seisho_model::codes::head::m020;
use seisho_model::codes::layout::l013;
use seisho_model::codes::picture::x010;
use seisho_model::codes::source::x005;
use seisho_model::geometry::Rect;
use seisho_model::layout::{Block, Line, Table, TableForm};
use seisho_model::record::{Cut, Goal, JoinEvidence, PageJoin, Role};
use seisho_model::{Pages, Pointer, Run};
use seisho_reading::Reader;
use seisho_recover::Doubts;
use table::grid::Rows;
use table::heading::Heading;
use table::row::Row;
use table::sheet;

/// A goal table as it goes into the record.
pub(crate) struct GoalTable {
    pub(crate) head: Written,
    pub(crate) goals: Vec<Goal>,
    /// Provisions in the same file.
    pub(crate) policy: policy::Beside,
    /// Pages, as form feeds or repeated headings show them.
    pub(crate) pages: u32,
    /// Blocks that are tables without goals.
    pub(crate) other_tables: Vec<usize>,
}

/// Maps blocks to a goal table.
///
/// `doubts`: texts that may be of the row above or below, or of the column beside.
pub(crate) fn map(
    blocks: &[Block],
    tables: &Tables<'_>,
    doubts: &Doubts,
    forms: &Forms,
    options: &Options,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> GoalTable {
    let mut mapper = Mapper {
        forms,
        options,
        head: Head::default(),
        heading: None,
        page: 0,
        by_form_feed: counts_pages(reader.pages),
        last_page: None,
        band: None,
        drafts: Vec::new(),
        other: Vec::new(),
    };
    let first = tables.columns.headings.iter().position(|h| !h.is_empty());
    let first = first.map(|table| (table, tables.columns.headings[table][0].rows.start));
    let runs = crate::head::runs_above(blocks, first);
    mapper.head.look_for_title(&runs, &forms.goal_table.titles, &forms.head, reader);
    let pairs = crate::head::find_pairs(blocks, &forms.head, reader.pages);
    let policy = policy::beside(blocks, forms, options, reader, recorder);
    let last_table = blocks.iter().rposition(|b| matches!(b, Block::Table(_)));
    let mut signed_below = None;
    let mut others = Vec::new();
    for (index, (block, rows)) in blocks.iter().zip(&tables.rows).enumerate() {
        match block {
            Block::Line(line) if line.run.0.first().is_some_and(|first| policy.lines.contains(first)) => {}
            Block::Line(line) if line.running && line.run.0[0].page > 0 => {
                recorder.furniture(&line.run, role(line, Role::Header, reader));
            }
            Block::Line(line) if let Some((_, pairs)) = pairs.iter().find(|(first, _)| line.run.0.first() == Some(first)) => {
                mapper.head.take_pairs(line, pairs, &forms.head, reader, recorder);
            }
            Block::Line(line) if mapper.heading.is_none() && mapper.drafts.is_empty() => {
                let taken = mapper.head.take_line(line, &forms.goal_table.titles, &forms.head, reader, recorder);
                if taken == Taken::No {
                    recorder.furniture(&line.run, Role::Header);
                }
            }
            Block::Line(line) if Some(index) > last_table && *signed_below.get_or_insert(mapper.head.is_unsigned()) => {
                if mapper.head.take_signature(line, &forms.head, reader, recorder) == Taken::No {
                    recorder.furniture(&line.run, role(line, Role::Note, reader));
                }
            }
            Block::Line(line) => {
                if Some(index) < last_table && mapper.head.is_signed_by_another(line, &forms.head, reader) {
                    others.push((mapper.drafts.len(), line.run.clone()));
                }
                recorder.furniture(&line.run, role(line, Role::Note, reader));
            }
            Block::Table(table) => {
                if let Some(rows) = rows {
                    mapper.take_table(index, table, rows, tables, reader, recorder);
                }
            }
            Block::PageBreak => {}
        }
    }
    let Mapper { head, mut drafts, page, other, .. } = mapper;
    report_others(&others, drafts.len(), reader, recorder);
    drafts::mend_numbers(&mut drafts, reader);
    drafts::join_merged_over_pages(&mut drafts);
    let head = head.write(&forms.head, options.year.as_ref(), reader, recorder);
    torn::report(blocks, &drafts, doubts, reader, recorder);
    second_look::report(blocks, &drafts, &tables.columns.names.seen, reader, recorder);
    cut_short::report(blocks, &drafts, reader, recorder);
    let year = head.fiscal_year.as_ref();
    let goals = values::write(&drafts, &tables.columns.names, year, forms, reader, recorder);
    let pages = if counts_pages(reader.pages) { reader.pages.0.len() as u32 } else { page.max(1) };
    GoalTable { head, goals, policy, pages, other_tables: other }
}

/// Says at the first goal behind the name of another author, and at all below, that they are under the author above.
fn report_others(others: &[(usize, Run)], goals: usize, reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
    let behind = others.iter().filter(|(first, _)| (1..goals).contains(first));
    for (_, run) in behind.clone() {
        recorder.findings.push(m020::begins(reader.raw(run).trim(), run.clone()));
    }
    let first = behind.map(|(first, _)| *first).min().unwrap_or(goals);
    recorder.findings.extend((first..goals).map(|goal| m020::behind(Pointer::goal(goal))));
}

/// Whether the source has pages of its own: a PDF, or a text with form feeds.
fn counts_pages(pages: &Pages) -> bool {
    pages.0.len() > 1 || pages.0.iter().any(|page| page.ink.is_some())
}

/// What a line outside the tables is: a page number, or what its place makes it.
fn role(line: &Line, by_place: Role, reader: &Reader<'_>) -> Role {
    if page_numbers::parse(reader.glance(&line.run).text()).is_some() { Role::PageNumber } else { by_place }
}

struct Mapper<'f> {
    forms: &'f Forms,
    options: &'f Options,
    head: Head,
    /// The last heading, for a table that goes on without one.
    heading: Option<Heading>,
    /// Headings seen, that is pages where form feeds do not count them.
    page: u32,
    by_form_feed: bool,
    /// Page of the last row.
    last_page: Option<u32>,
    /// The row over the whole table that stands above the goals (安全・安心).
    band: Option<Run>,
    drafts: Vec<Draft>,
    other: Vec<usize>,
}

impl Mapper<'_> {
    fn take_table(
        &mut self,
        index: usize,
        table: &Table,
        rows: &Rows<'_>,
        tables: &Tables<'_>,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) {
        let headings = &tables.columns.headings[index];
        let Some(first) = headings.first() else {
            if !tables.sheets[index].is_empty() {
                self.take_sheet(rows, sheet::sheet(rows, &tables.sheets[index]), reader, recorder);
                return;
            }
            let joins = self.options.page_joins;
            match self.heading.as_ref().filter(|h| joins && h.has_columns_of(table)).cloned() {
                Some(heading) => {
                    self.note_join(rows, 0..table.rows, vec![JoinEvidence::SameColumns], recorder);
                    self.take_rows(rows, 0..table.rows, &heading, reader, recorder);
                }
                None if self.heading.is_none() && self.drafts.is_empty() && !rows.has_sentences() => {
                    let (titles, words) = (&self.forms.goal_table.titles, &self.forms.head);
                    self.head.take_rows(table, 0..table.rows, titles, words, reader, recorder);
                }
                None if self.take_tiled(table, rows, reader, recorder) => {}
                None => self.other.push(index),
            }
            return;
        };
        if self.heading.is_none() {
            let (titles, words) = (&self.forms.goal_table.titles, &self.forms.head);
            self.head.take_rows(table, 0..first.rows.start, titles, words, reader, recorder);
        }
        // A table may hold several pages, each with its heading rows.
        for (number, heading) in headings.iter().enumerate() {
            self.take_heading(rows, heading, reader, recorder);
            let end = headings.get(number + 1).map_or(table.rows, |next| next.rows.start);
            if self.heading.as_ref().is_some_and(|h| h.has_columns_of(table) && h.fields == heading.fields) {
                let why = vec![JoinEvidence::RepeatedHeader, JoinEvidence::SameColumns];
                self.note_join(rows, heading.rows.end..end, why, recorder);
            }
            self.last_page = self.last_page.filter(|_| self.by_form_feed);
            self.take_rows(rows, heading.rows.end..end, heading, reader, recorder);
            self.heading = Some(heading.clone());
        }
    }

    /// Takes a table of columns that the one before lacks, as many rows as one of its pages has: a wide table is printed in
    /// tiles, its right half on a page of its own. Its rows go with those of the left half in their order.
    fn take_tiled(&mut self, table: &Table, rows: &Rows<'_>, reader: &Reader<'_>, recorder: &mut Recorder<'_>) -> bool {
        let known: Vec<Field> = self.heading.iter().flat_map(|h| h.fields.iter().flatten().copied()).collect();
        let body = (0..rows.len()).find(|&row| !rows.names_field(row)).unwrap_or(0);
        let field = |col: u32| (0..body).filter_map(|row| rows.fit(rows.cell_at(row, col)?)).map(|(field, _)| field).next();
        let fields: Option<Vec<Field>> = (0..table.cols).map(field).collect();
        let is_new = |f: &Field| !known.contains(f) && !matches!(f.kind(), FieldKind::Number | FieldKind::Text);
        let Some(fields) = fields.filter(|f| body > 0 && !f.is_empty() && f.iter().all(is_new)) else { return false };
        let filled: Vec<u32> = (body..rows.len()).filter(|&row| rows.row_cells(row).any(|c| !rows.cells()[c].is_blank())).collect();
        let lacks = |draft: &Draft| fields.iter().all(|f| !draft.cells.contains_key(f) && !draft.inherited.contains_key(f));
        let pages: Vec<u32> = self.drafts.iter().filter(|d| lacks(d)).map(|d| d.page).collect();
        let is_whole = |page: &u32| self.drafts.iter().filter(|d| d.page == *page && lacks(d)).count() == filled.len();
        let Some(page) = pages.into_iter().find(is_whole) else { return false };
        let goals: Vec<usize> = (0..self.drafts.len()).filter(|&i| self.drafts[i].page == page && lacks(&self.drafts[i])).collect();
        for (&row, &goal) in filled.iter().zip(&goals) {
            for (col, &field) in (0..).zip(&fields) {
                let Some(cell) = rows.cell_at(row, col).map(|c| &rows.cells()[c]) else { continue };
                if cell.row.start == row {
                    self.drafts[goal].rooms.extend(rows.room(cell).map(|room| (field, room)));
                    self.drafts[goal].cells.insert(field, cell.lines.clone());
                } else if let Some(above) = filled.iter().position(|&r| r == cell.row.start) {
                    self.drafts[goal].inherited.insert(field, goals[above]);
                }
            }
        }
        let heading: Vec<_> = rows.cells().iter().filter(|c| c.row.start < body).flat_map(|c| c.run().0).collect();
        recorder.furniture(&Run(heading), Role::TableHeader);
        for field in &fields {
            recorder.findings.push(l013::put_beside(field.names()).about(Pointer::goal(goals[0]).field(field.name())));
        }
        let next = rows.page_of(0..rows.len()).filter(|next| *next != page && counts_pages(reader.pages));
        recorder.page_joins.extend(next.map(|next| PageJoin {
            what: Cut::Table,
            pages: [page, next],
            pointer: None,
            evidence: vec![JoinEvidence::SameRows],
        }));
        true
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
    fn take_sheet(&mut self, rows: &Rows<'_>, sheet: sheet::Sheet, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) {
        // A sheet is a page where nothing else shows pages; of goals in lines several stand on one.
        self.page = if rows.table().form == TableForm::Labelled { 1 } else { self.page + 1 };
        recorder.furniture(&sheet.labels, Role::TableHeader);
        for &(label, value) in &sheet.of_head {
            let (label, value) = (rows.cells()[label].run(), rows.cells()[value].run());
            self.head.take_pair(&label, &value, &self.forms.head, reader, recorder);
        }
        note_guessed(&sheet.guessed, reader, recorder);
        if self.drafts.is_empty() {
            self.note_weighed(&sheet.weighed, reader, recorder);
        }
        let page = if self.by_form_feed { sheet.row.run.0.first().map_or(1, |p| p.page + 1) } else { self.page };
        let has_numbers = seisho_forms::of_kind(&sheet.row.cells, FieldKind::Number).is_some();
        let setting = Setting {
            page,
            first_on_page: false,
            shows_merges: true,
            has_numbers,
            page_joins: self.options.page_joins,
            has_cells: true,
            profile: self.forms.followed.as_ref(),
        };
        drafts::take(sheet.row, setting, &mut self.drafts, reader, recorder);
    }

    fn take_heading(&mut self, rows: &Rows<'_>, heading: &Heading, reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
        self.page += 1;
        recorder.furniture(&rows.heading_run(heading), Role::TableHeader);
        note_guessed(&heading.guessed, reader, recorder);
        if self.heading.as_ref().is_none_or(|h| h.fields != heading.fields) {
            self.note_weighed(&heading.weighed, reader, recorder);
        }
    }

    /// Says what columns were taken for whose headings no form knows.
    fn note_weighed(&self, weighed: &[(mapping::Taken, Run)], reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
        for (taken, run) in weighed {
            let raw = reader.raw(run).replace('\n', "");
            let of_goal = |field: Field| Pointer::goal(self.drafts.len()).field(field.name());
            let finding = match (taken.field, taken.other) {
                (Some(field), other) => m009::by_evidence(&raw, field.names(), other.map(|o| o.map(Field::names))).about(of_goal(field)),
                // The value that is missing where the column should have been it is doubted.
                (None, Some(Some(other))) => m009::no_field(&raw, Some(other.names())).about(of_goal(other)),
                (None, _) => m009::no_field(&raw, None),
            };
            recorder.findings.push(finding.at(run.clone()));
        }
    }

    /// Whether a row over the whole table names the goals below it: goals follow, and it is no note.
    fn opens_band(&self, rows: &Rows<'_>, below: std::ops::Range<u32>, heading: &Heading, row: &Row, reader: &Reader<'_>) -> bool {
        let text = reader.glance(&row.run);
        let text = text.text().trim();
        let is_goal = |number: u32| {
            let row = rows.row(number, heading);
            !row.is_band && !row.run.is_empty()
        };
        is_short_name(text) && !text.starts_with(['※', '*', '＊']) && below.into_iter().any(is_goal)
    }

    fn take_rows(
        &mut self,
        rows: &Rows<'_>,
        range: std::ops::Range<u32>,
        heading: &Heading,
        reader: &Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) {
        let shows_merges = rows.shows_merges(range.start);
        let has_numbers = heading.fields.iter().flatten().any(|f| f.kind() == FieldKind::Number);
        for number in range.clone() {
            let row = rows.row(number, heading);
            let page = match row.run.0.first() {
                Some(piece) if self.by_form_feed => piece.page + 1,
                _ => self.page.max(1),
            };
            let first_on_page = self.last_page != Some(page);
            // At the top of a page it may be the rest of what stands above.
            let may_go_on = first_on_page && !self.drafts.is_empty();
            let is_band = row.is_band || row.is_lone_text && !may_go_on && has_number_below(rows, number + 1..range.end, heading);
            if is_band && self.opens_band(rows, number + 1..range.end, heading, &row, reader) {
                self.band = Some(row.run);
                continue;
            }
            if !row.run.is_empty() {
                self.last_page = Some(page);
            }
            let setting = Setting {
                page,
                first_on_page,
                shows_merges,
                has_numbers,
                page_joins: self.options.page_joins,
                has_cells: rows.states_cells(),
                profile: self.forms.followed.as_ref(),
            };
            let before = self.drafts.len();
            let hidden = rows.hidden(number, &range, heading, reader.pages);
            drafts::take(row, setting, &mut self.drafts, reader, recorder);
            if let Some(index) = self.drafts.len().checked_sub(1) {
                let pointer = |field: &Field| Pointer::goal(index).field(field.name());
                let finding = |(field, boxes): (Field, Vec<Rect>)| x005::in_cell(page, boxes, field.names()).about(pointer(&field));
                recorder.findings.extend(hidden.into_iter().map(finding));
            }
            if let Some(draft) = self.drafts.get_mut(before) {
                draft.band.clone_from(&self.band);
            }
        }
    }
}

/// Whether the first of some rows that says something has a number.
fn has_number_below(rows: &Rows<'_>, mut below: std::ops::Range<u32>, heading: &Heading) -> bool {
    let first = below.find_map(|number| Some(rows.row(number, heading)).filter(|row| !row.run.is_empty()));
    first.is_some_and(|row| of_kind(&row.cells, FieldKind::Number).is_some_and(|cell| !cell.lines.is_empty()))
}

/// Says which misread headings were taken for which fields.
fn note_guessed(guessed: &[(Field, Run)], reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
    for (field, run) in guessed {
        let raw = reader.raw(run).replace('\n', "");
        recorder.findings.push(x010::heading(&raw, field.names()).at(run.clone()));
    }
}

/// Whether lines are those of a goal table although no table could be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IsDump {
    Yes,
    /// Its title says so, but too few words are headings.
    Perhaps,
    No,
}

/// Whether lines hold the heading words of a goal table although no table could be seen: a dump.
pub(crate) fn is_dump(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> IsDump {
    let lines = || blocks.iter().filter_map(|block| if let Block::Line(line) = block { Some(line) } else { None });
    let titles = &forms.goal_table.titles;
    if !lines().any(|line| crate::head::is_title(crate::head::read_line(line, reader).text(), titles)) {
        return IsDump::No;
    }
    let mut fields = std::collections::BTreeSet::new();
    for line in lines() {
        for word in crate::head::read_line(line, reader).text().split_whitespace() {
            if let Some((field, headings::Fit::Whole)) = headings::field_of(word, &forms.goal_table) {
                fields.insert(field);
            }
        }
    }
    // Headings that no form knows are weighed only among those that one knows.
    let named = match fields.len() {
        0 | 1 => return IsDump::No,
        count if count > ENOUGH_WORDS => count,
        _ => seisho_recover::outline(blocks, forms, reader).named(),
    };
    match named {
        _ if named > ENOUGH_WORDS => IsDump::Yes,
        ENOUGH_WORDS => IsDump::Perhaps,
        _ => IsDump::No,
    }
}

/// More heading words than this are no chance.
const ENOUGH_WORDS: usize = 3;
