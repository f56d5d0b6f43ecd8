//! Several documents in one file: a second title with another year, author or department in its head.

use crate::head::{self, Head};
use crate::recorder::Recorder;
use seisho_forms::Forms;
use seisho_japanese::dates;
use seisho_model::codes::head::m020;
use seisho_model::codes::layout::l009;
use seisho_model::layout::{Block, Cell, Layout, Line, Table};
use seisho_model::record::Part;
use seisho_model::{Finding, Keep, Pages, Run, TextRange, is_visible};
use seisho_reading::Reader;
use std::collections::BTreeMap;

/// A head has no more lines behind its title.
const HEAD_LINES: usize = 12;
/// And no more before it.
const LINES_BEFORE: usize = 6;
/// A page with fewer characters may be there twice: a blank one, a cover.
const ENOUGH: usize = 40;

/// A document of several, by what it keeps of each page.
pub struct PartOf {
    /// Which it is.
    pub part: Part,
    /// What of each page is of it.
    pub keeps: Vec<Keep>,
}

/// Where a document begins.
pub(crate) struct Start {
    title: Run,
    text: String,
    /// Index of the page, and the byte of its text from which it is of the document; none where the page cannot be parted
    /// there.
    at: Option<(u32, u32)>,
}

/// The head of a document inside the file.
struct Title {
    year: Option<i16>,
    posts: Vec<String>,
    department: Option<String>,
    issued: Vec<String>,
}

/// A line with the block that it is of, and where in a table its row is.
struct Placed {
    block: usize,
    row: u32,
    line: Line,
}

impl Placed {
    fn page(&self) -> Option<u32> {
        self.line.run.0.first().map(|piece| piece.page)
    }
}

/// Says where another document begins.
pub(crate) fn find(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Vec<Start> {
    starts(blocks, false, forms, reader)
}

/// Says it there, and at every record that stands behind and has the head of the document before.
pub(crate) fn report(starts: Vec<Start>, recorder: &mut Recorder<'_>) {
    let Some(first) = starts.first().and_then(|start| start.title.0.first().copied()) else { return };
    let behind: Vec<Finding> = recorder.records_behind(first).into_iter().map(m020::behind).collect();
    recorder.findings.extend(starts.into_iter().map(|start| m020::begins(&start.text, start.title)));
    recorder.findings.extend(behind);
}

/// The documents of a file that holds several, each of which can be told from the one before; none of a file of one.
pub(crate) fn parts(layout: &Layout, is_html: bool, forms: &Forms, reader: &mut Reader<'_>) -> Vec<PartOf> {
    let pages = reader.pages;
    let starts: Vec<(u32, u32)> = starts(&layout.blocks, is_html, forms, reader).into_iter().filter_map(|start| start.at).collect();
    if starts.is_empty() {
        return Vec::new();
    }
    let end = (pages.0.len() as u32, 0);
    let bounds: Vec<(u32, u32)> = std::iter::once((0, 0)).chain(starts).chain([end]).collect();
    let of = bounds.len() as u32 - 1;
    let part = |(number, bound): (u32, &[(u32, u32)])| {
        let [from, to] = [bound[0], bound[1]];
        let keeps = (0..).zip(&pages.0).map(|(page, text)| keep(page, text.text.len() as u32, from, to, is_html)).collect();
        let last = if to.1 == 0 { to.0 } else { to.0 + 1 };
        let has_pages = pages.0.len() > 1;
        let is_text = !is_html && pages.0.iter().all(|p| p.ink.is_none() && p.given.is_none());
        let line = |(page, byte): (u32, u32)| pages.0.get(page as usize).map(|p| p.line_column(byte).0);
        let last_line = || {
            // The next one begins in a line of its own.
            let page = pages.0.get(last as usize - 1)?;
            Some(if to.1 == 0 { page.line_column(page.text.len() as u32).0 } else { line(to)? - 1 })
        };
        let lines = if is_text { line(from).zip(last_line()).map(|(a, b)| [a, b]) } else { None };
        PartOf { part: Part { number, of, pages: has_pages.then_some([from.0 + 1, last]), lines }, keeps }
    };
    (1..).zip(bounds.windows(2)).map(part).collect()
}

/// What of a page lies between two bounds.
fn keep(page: u32, length: u32, from: (u32, u32), to: (u32, u32), is_html: bool) -> Keep {
    let start = if from.0 == page { from.1 } else { 0 };
    let end = if to.0 == page { to.1 } else { length };
    match () {
        () if page < from.0 || page > to.0 || start >= end && length > 0 => Keep::Nothing,
        () if start == 0 && end == length => Keep::All,
        () if is_html => Keep::Elements(TextRange { start, end }),
        () => Keep::Lines(TextRange { start, end }),
    }
}

fn starts(blocks: &[Block], is_html: bool, forms: &Forms, reader: &mut Reader<'_>) -> Vec<Start> {
    let lines: Vec<Placed> = blocks
        .iter()
        .enumerate()
        .flat_map(|(block, b)| lines_of(b).into_iter().map(move |(row, line)| Placed { block, row, line }))
        .collect();
    let by_words: Vec<(usize, String)> = (0..lines.len()).filter_map(|at| Some((at, title(&lines[at].line, forms, reader)?))).collect();
    let titles = if by_words.is_empty() { same_titles(blocks, &lines, forms, reader) } else { by_words };
    let Some(first) = titles.first().map(|(_, text)| text.clone()) else { return Vec::new() };
    let mut before: Option<Title> = None;
    let mut starts = Vec::new();
    for (index, (at, text)) in titles.iter().enumerate() {
        let end = titles.get(index + 1).map_or(lines.len(), |(next, _)| *next).min(at + HEAD_LINES);
        let begin = head_begins(blocks, &lines, *at, forms, reader);
        let is_on_top = begin == 0 || lines[begin - 1].page() != lines[begin].page();
        let year_before = || (begin..*at).find_map(|line| dates::fiscal_year(reader.glance(&lines[line].line.run).text()));
        let year = dates::fiscal_year(text).or_else(year_before).map(|year| year.gregorian);
        let mut own = head_of(blocks, &lines[begin..end], *at - begin, year, forms, reader);
        if own.posts.is_empty() {
            own.department = own.department.or_else(|| head::department_in(text, &forms.head).map(str::to_owned));
        }
        // Words of titles are words of headings too (施政方針): a second title names a year, says what the first one says, or
        // stands on top of a page, with an author below it.
        if !(*text == first || year.is_some() || is_on_top && (!own.posts.is_empty() || own.department.is_some())) {
            continue;
        }
        if before.as_ref().is_some_and(|before| own.is_of_another_than(before, is_on_top && *text == first)) {
            let at = place_of(blocks, &lines, begin, is_on_top, is_html, reader.pages);
            starts.push(Start { title: lines[titles[index].0].line.run.clone(), text: text.clone(), at });
            before = Some(own);
        } else if before.is_none() || own.year.is_some() || !own.posts.is_empty() || own.department.is_some() {
            // What a repeated head leaves out holds on.
            before = Some(match before {
                Some(before) => own.or(before),
                None => own,
            });
        }
    }
    starts
}

/// Where the title that its looks tell comes again, with its first place; nothing where it does not.
fn same_titles(blocks: &[Block], lines: &[Placed], forms: &Forms, reader: &mut Reader<'_>) -> Vec<(usize, String)> {
    let above = head::runs_above(blocks, None);
    let Some(title) = head::title_by_looks(above.iter().take(HEAD_LINES), &forms.head, reader) else { return Vec::new() };
    let text = |run: &Run| reader.glance(run).text().trim().to_owned();
    let title = text(&title);
    let found: Vec<(usize, String)> =
        lines.iter().map(|placed| text(&placed.line.run)).enumerate().filter(|(_, t)| is_like(t, &title)).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// Whether two titles are the same but for what stands between their years and their ends: 令和7年度 環境部 …表.
fn is_like(text: &str, title: &str) -> bool {
    let before = text.chars().zip(title.chars()).take_while(|(a, b)| a == b).count();
    let behind = text.chars().rev().zip(title.chars().rev()).take_while(|(a, b)| a == b).count();
    let is_year = |of: &str| dates::fiscal_year(of).is_some();
    text == title || before >= SAME_LETTERS && behind >= SAME_LETTERS && is_year(text) && is_year(title)
}

/// Titles of one form have as many letters in common at either end, at least.
const SAME_LETTERS: usize = 4;

fn title(line: &Line, forms: &Forms, reader: &Reader<'_>) -> Option<String> {
    let text = reader.glance(&line.run).text().trim().to_owned();
    let is_title = head::is_title(&text, forms.goal_table.titles.iter().chain(&forms.policy.titles));
    is_title.then_some(text)
}

/// The first line of the head that a title is of: dates, numbers and addressees stand above it.
fn head_begins(blocks: &[Block], lines: &[Placed], title: usize, forms: &Forms, reader: &mut Reader<'_>) -> usize {
    let mut begin = title;
    while begin > 0 && title - begin < LINES_BEFORE && is_next(blocks, &lines[begin - 1], &lines[begin]) {
        let mut unused = Recorder::new(reader.pages);
        let above = &lines[begin - 1];
        if !above.line.running && Head::default().take_line(&above.line, &[], &forms.head, reader, &mut unused) == head::Taken::No {
            break;
        }
        begin -= 1;
    }
    begin
}

/// Whether nothing else stands between two lines of a page.
fn is_next(blocks: &[Block], above: &Placed, below: &Placed) -> bool {
    let last_row = if let Block::Table(table) = &blocks[above.block] { table.rows.saturating_sub(1) } else { 0 };
    above.page() == below.page()
        && if above.block == below.block {
            above.row + 1 >= below.row
        } else {
            above.block + 1 == below.block && above.row == last_row && below.row == 0
        }
}

/// From where on a page is of the document that begins in a line: a page as a whole, or a text from one of its lines on.
fn place_of(blocks: &[Block], lines: &[Placed], begin: usize, is_on_top: bool, is_html: bool, pages: &Pages) -> Option<(u32, u32)> {
    let page = lines[begin].page()?;
    if is_on_top && page > 0 {
        return Some((page, 0));
    }
    let source = &pages.0[page as usize];
    let is_text = source.ink.is_none() && source.given.is_none();
    let runs: Vec<Run> = match &blocks[lines[begin].block] {
        // A text can be cut between the rows of a table; the cells of an office file are of one table.
        Block::Table(table) if lines[begin].row == 0 => table.cells.iter().map(|c| c.run()).collect(),
        Block::Table(_) if !is_text => return None,
        _ => vec![lines[begin].line.run.clone()],
    };
    let byte = runs.iter().flat_map(|r| &r.0).map(|p| p.range.start).min()?;
    if is_html {
        return Some((page, byte));
    }
    let line_start = source.text[..byte as usize].rfind('\n').map_or(0, |at| at as u32 + 1);
    let is_apart = source.text[line_start as usize..byte as usize].trim_matches(['"', '#', ' ', '\u{3000}']).is_empty();
    (is_apart && source.ink.is_none() && line_start > 0).then_some((page, line_start))
}

impl Title {
    /// Whether a head is that of another document than the one before. `is_same`: it has the very title, on top of a page.
    fn is_of_another_than(&self, before: &Self, is_same: bool) -> bool {
        let differ = |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty() && a != b;
        let other_year = self.year.zip(before.year).is_some_and(|(a, b)| a != b);
        let other_department = self.department.is_some() && before.department.is_some() && self.department != before.department;
        let is_headed = !self.posts.is_empty() || self.department.is_some();
        // A plan that names last year's is no second document: a head has an author too.
        differ(&self.posts, &before.posts)
            || other_department
            || other_year && is_headed
            || is_same && is_headed && differ(&self.issued, &before.issued)
    }

    fn or(self, before: Self) -> Self {
        let or = |own: Vec<String>, other| if own.is_empty() { other } else { own };
        Self {
            year: self.year.or(before.year),
            posts: or(self.posts, before.posts),
            department: self.department.or(before.department),
            issued: or(self.issued, before.issued),
        }
    }
}

/// What the lines around a title say.
fn head_of(blocks: &[Block], lines: &[Placed], title: usize, year: Option<i16>, forms: &Forms, reader: &mut Reader<'_>) -> Title {
    let mut head = Head::default();
    let mut unused = Recorder::new(reader.pages);
    let mut tables = Vec::new();
    for (at, placed) in lines.iter().enumerate() {
        match &blocks[placed.block] {
            Block::Table(table) if !tables.contains(&placed.block) => {
                tables.push(placed.block);
                let first = if placed.block == lines[title].block { lines[title].row } else { 0 };
                let rows = head_rows(table, first, forms, reader);
                head.take_rows(table, rows, &[], &forms.head, reader, &mut unused);
            }
            Block::Table(_) => {}
            _ if at == title => {}
            _ => _ = head.take_line(&placed.line, &[], &forms.head, reader, &mut unused),
        }
    }
    let year = year.or_else(|| head.labelled_year(reader));
    Title { year, posts: head.posts(), department: head.department(), issued: head.issued() }
}

/// The rows of a table that may be of a head, from one on: those above its heading, which has a cell in each of most columns.
fn head_rows(table: &Table, first: u32, forms: &Forms, reader: &Reader<'_>) -> std::ops::Range<u32> {
    let filled = |row: u32| table.cells.iter().filter(|c| c.row.start == row && !c.is_blank()).count();
    let is_label = |cell: &Cell| head::label_of(reader.glance(&cell.run()).text(), &forms.head).is_some();
    let has_label = |row: u32| table.cells.iter().any(|c| c.row.start == row && is_label(c));
    let is_full = |row: u32| filled(row) * 100 > table.cols as usize * FULL_PERCENT && filled(row) > HEAD_PAIRS;
    let is_heading = |row: u32| is_full(row) && !has_label(row);
    let end = (first..table.rows.min(first + HEAD_TABLE_ROWS)).find(|&row| is_heading(row));
    first..end.unwrap_or(table.rows.min(first + HEAD_TABLE_ROWS))
}

/// A row with cells in more columns than this, in percent, is no row of a head.
const FULL_PERCENT: usize = 90;
/// So many cells of a row may be labels of a head and their values.
const HEAD_PAIRS: usize = 3;
/// Rows of a table that may be of a head.
const HEAD_TABLE_ROWS: u32 = 4;

/// A block as lines: a table's rows, each cell with its text; with the row.
fn lines_of(block: &Block) -> Vec<(u32, Line)> {
    match block {
        Block::Line(line) => vec![(0, line.clone())],
        Block::Table(table) => rows_of(table),
        Block::PageBreak => Vec::new(),
    }
}

/// The rows of a small table, a line a cell: heads stand in boxes too. Of a larger one the first row, which may hold the title,
/// and what stands alone in its row: files of rows hold several tables below each other.
fn rows_of(table: &Table) -> Vec<(u32, Line)> {
    let rows = if table.rows <= HEAD_ROWS { HEAD_ROWS } else { 1 };
    let mut filled: BTreeMap<u32, usize> = BTreeMap::new();
    for cell in table.cells.iter().filter(|c| !c.is_blank()) {
        *filled.entry(cell.row.start).or_default() += 1;
    }
    let is_alone = |row: u32| filled.get(&row) == Some(&1);
    let cells = table.cells.iter().filter(|c| !c.is_blank() && (c.row.start < rows || is_alone(c.row.start)));
    cells.map(|c| (c.row.start, Line::of(c.run()))).collect()
}

/// A box of a head has no more rows.
const HEAD_ROWS: u32 = 2;

/// Says which pages say the same as one before.
#[must_use]
pub fn same_pages(pages: &Pages) -> Vec<Finding> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings = Vec::new();
    for (number, page) in pages.0.iter().enumerate() {
        let text: String = page.text.chars().filter(|c| is_visible(*c)).collect();
        if text.chars().nth(ENOUGH).is_none() {
            continue;
        }
        match seen.get(&text) {
            Some(&first) => findings.push(l009::again(first + 1, number + 1)),
            None => {
                seen.insert(text, number);
            }
        }
    }
    findings
}
