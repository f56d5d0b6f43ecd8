//! Several documents in one file: a second title with another year, or with another author below it.

use crate::head::{self, Head};
use crate::recorder::Recorder;
use seisho_forms::Forms;
use seisho_japanese::dates;
use seisho_model::codes::head::m020;
use seisho_model::codes::layout::l009;
use seisho_model::layout::{Block, Line, Table};
use seisho_model::{Finding, Pages, Run, is_visible};
use seisho_reading::Reader;
use std::collections::BTreeMap;

/// A head has no more lines behind its title.
const HEAD_LINES: usize = 12;
/// A page with fewer characters may be there twice: a blank one, a cover.
const ENOUGH: usize = 40;

/// The head of a document inside the file.
struct Title {
    run: Run,
    text: String,
    year: Option<i16>,
    posts: Vec<String>,
}

/// Says where another document begins.
pub(crate) fn find(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Vec<Finding> {
    let lines: Vec<Line> = blocks.iter().flat_map(lines_of).collect();
    let title = |line: &Line, reader: &Reader<'_>| {
        let text = reader.glance(&line.run).text().trim().to_owned();
        let is_title = head::is_title(&text, &forms.goal_table.titles) || head::is_title(&text, &forms.policy.titles);
        is_title.then_some(text)
    };
    let at: Vec<(usize, String)> = lines.iter().enumerate().filter_map(|(at, line)| Some((at, title(line, reader)?))).collect();
    // Words of titles are words of headings too (施政方針): a second title names a year, or says what the first one says.
    let first = at.first().map(|(_, text)| text.clone());
    let is_whole = |text: &String| Some(text) == first.as_ref() || dates::fiscal_year(text).is_some();
    let at: Vec<(usize, String)> = at.into_iter().filter(|(_, text)| is_whole(text)).collect();
    if at.len() < 2 {
        return Vec::new();
    }
    let mut found: Vec<Title> = Vec::new();
    let mut findings = Vec::new();
    for (index, (start, text)) in at.iter().enumerate() {
        let end = at.get(index + 1).map_or(lines.len(), |(next, _)| *next).min(start + HEAD_LINES);
        let posts = posts(&lines[start + 1..end], forms, reader);
        let title =
            Title { run: lines[*start].run.clone(), text: text.clone(), year: dates::fiscal_year(text).map(|y| y.gregorian), posts };
        if let Some(before) = found.iter().rev().find(|t| t.year.is_some() || !t.posts.is_empty()) {
            let other_year = title.year.zip(before.year).is_some_and(|(a, b)| a != b);
            let other_author = !title.posts.is_empty() && !before.posts.is_empty() && title.posts != before.posts;
            // A plan that names last year's is no second document: a head has an author too.
            if other_author || other_year && !title.posts.is_empty() {
                findings.push(m020::begins(&title.text, title.run.clone()));
            }
        }
        found.push(title);
    }
    findings
}

/// The posts that the lines behind a title name.
fn posts(lines: &[Line], forms: &Forms, reader: &mut Reader<'_>) -> Vec<String> {
    let mut head = Head::default();
    let mut unused = Recorder::new(reader.pages);
    for line in lines {
        let _ = head.take_line(line, &[], &forms.head, reader, &mut unused);
    }
    head.posts()
}

/// A block as lines: a table's rows, each cell with its text.
fn lines_of(block: &Block) -> Vec<Line> {
    match block {
        Block::Line(line) => vec![line.clone()],
        Block::Table(table) => rows_of(table),
        Block::PageBreak => Vec::new(),
    }
}

/// The rows of a small table, a line a cell: heads stand in boxes too. Of a larger one the first row, which may hold the title.
fn rows_of(table: &Table) -> Vec<Line> {
    let rows = if table.rows <= HEAD_ROWS { HEAD_ROWS } else { 1 };
    let cells = table.cells.iter().filter(|c| c.row.start < rows && !c.is_blank());
    let line = |run| Line { run, heading: None, item: false, blank_before: 0, indent: 0, width: 0, running: false, beside: false };
    cells.map(|c| line(c.run())).collect()
}

/// A box of a head has no more rows.
const HEAD_ROWS: u32 = 2;

/// Says which pages say the same as one before.
pub(crate) fn same_pages(pages: &Pages) -> Vec<Finding> {
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
