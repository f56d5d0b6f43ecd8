//! The sheets of a book: their cells by row and column, whatever file states them, as pages.

use super::cells::{Text, Writer};
use super::comments::Comment;
use super::drawing::Drawn;
use crate::{Error, Extracted, Limits};
use seisho_model::codes::source::{x007, x014, x015};
use seisho_model::given::{GivenCell, GivenLine, GivenPart};
use seisho_model::{Finding, Page, Pages, Piece, Reported, Run, TextRange};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// More rows or columns than a sheet has.
pub(super) const MOST_ROWS: u32 = 1 << 20;
pub(super) const MOST_COLS: u32 = 1 << 14;

/// The cells of a sheet by row and column.
#[derive(Default)]
pub(super) struct Grid {
    pub(super) cells: BTreeMap<(u32, u32), Text>,
    /// Merged cells: first row and column, and one past the last.
    pub(super) merged: BTreeMap<(u32, u32), (u32, u32)>,
    /// Cells with text that are hidden.
    pub(super) hidden: usize,
    /// Whether rules strike cells out: which ones is not known here.
    pub(super) may_be_struck: bool,
    /// Cells whose look shows nothing: white on nothing, a format that is blank.
    pub(super) blank: usize,
    /// Numbers whose format is not known, with the format where the file says one.
    pub(super) unknown: BTreeMap<(u32, u32), Option<String>>,
    /// Comments on cells.
    pub(super) comments: Vec<((u32, u32), Comment)>,
    /// What is drawn over it, by the cell in which it begins.
    pub(super) drawn: Vec<((u32, u32), Drawn)>,
}

impl Grid {
    /// Texts of boxes and shapes, by the cell in which they begin.
    fn boxes(&self) -> impl Iterator<Item = ((u32, u32), &String)> {
        self.drawn.iter().flat_map(|(at, drawn)| drawn.texts.iter().map(|text| (*at, text)))
    }
}

/// The pages that sheets become.
#[derive(Default)]
pub(super) struct Sheets {
    pages: Vec<Page>,
    findings: Vec<Finding>,
    lines: u32,
}

impl Sheets {
    /// A sheet that nobody sees.
    pub(super) fn hidden(&mut self, name: &str) {
        self.findings.push(x014::hidden_sheet(name));
    }

    /// A sheet, if it has any text.
    pub(super) fn add(&mut self, name: &str, grid: &Grid, limits: &Limits) -> Result<(), Error> {
        if grid.hidden > 0 {
            self.findings.push(x014::hidden_cells(name, grid.hidden));
        }
        if grid.may_be_struck {
            self.findings.push(x014::struck_by_rule(name));
        }
        if grid.blank > 0 {
            self.findings.push(x014::blank_cells(name, grid.blank));
        }
        for (at, drawn) in &grid.drawn {
            if drawn.hidden > 0 {
                self.findings.push(x014::hidden_shapes(name, drawn.hidden));
            }
            if drawn.pictures > 0 {
                self.findings.push(x007::on_sheet(name, &name_of(at.0, at.1), drawn.pictures));
            }
        }
        if grid.cells.is_empty() && grid.comments.is_empty() && grid.boxes().next().is_none() {
            return Ok(());
        }
        let number = self.pages.len() as u32;
        let (page, commented) = page(name, grid, self.lines + 1);
        let run = |ranges: Vec<TextRange>| Run(ranges.into_iter().map(|range| Piece { page: number, range }).collect());
        let places = page.given.as_ref().and_then(|given| given.sheet.as_ref()).map_or(&[][..], |(_, places)| places);
        let unknown: BTreeMap<String, &Option<String>> = grid.unknown.iter().map(|(at, f)| (name_of(at.0, at.1), f)).collect();
        for (range, cell) in places {
            if let Some(format) = unknown.get(cell) {
                let shown = &page.text[range.start as usize..range.end as usize];
                self.findings.push(x014::as_stored(shown, format.as_deref()).at(run(vec![*range])));
            }
        }
        let said = grid.comments.iter().map(|(_, Comment { author, text })| x015::comment(author.as_deref(), text));
        let said = said.chain(grid.boxes().map(|(_, text)| x015::text_box(text)));
        self.findings.extend(said.zip(commented).map(|(finding, ranges)| finding.at(run(ranges))));
        self.lines += page.lines().count() as u32;
        self.pages.push(page);
        let count = self.pages.len();
        if count > limits.pages { Err(Error::TooManyPages { count, limit: limits.pages }) } else { Ok(()) }
    }

    /// All of them.
    pub(super) fn finish(self, media_type: &'static str) -> Result<Reported<Extracted>, Error> {
        if self.pages.is_empty() {
            return Err(Error::Empty);
        }
        Ok(Reported { output: Extracted { pages: Pages(self.pages), media_type, encoding: None }, findings: self.findings })
    }
}

/// The name of a cell.
fn name_of(row: u32, col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// A sheet as a page: stretches of rows between blank ones are tables, a row of a single cell above one is a line.
/// Comments, then texts of boxes, stand behind all of them; their lines are given as well.
fn page(name: &str, grid: &Grid, first_line: u32) -> (Page, Vec<Vec<TextRange>>) {
    let mut writer = Writer::default();
    let mut places: Vec<(TextRange, String)> = Vec::new();
    let filled: BTreeSet<u32> = rows_of(grid);
    let cols = grid.cells.keys().map(|(_, col)| col + 1).max().unwrap_or(0);
    let mut rows = filled.iter().copied().peekable();
    while let Some(first) = rows.next() {
        let mut last = first;
        while rows.next_if(|&row| row == last + 1).is_some() {
            last += 1;
        }
        part(grid, first..last + 1, cols, &mut writer, &mut places);
    }
    let mut commented = Vec::new();
    for (at, comment) in &grid.comments {
        let lines = writer.comment(&comment.text);
        places.extend(lines.iter().map(|&range| (range, name_of(at.0, at.1))));
        commented.push(lines);
    }
    for (at, text) in grid.boxes() {
        // A sheet without cells was used as paper.
        let lines = if grid.cells.is_empty() { writer.paragraph(&Text::plain(text.clone())) } else { writer.comment(text) };
        places.extend(lines.iter().map(|&range| (range, name_of(at.0, at.1))));
        commented.push(lines);
    }
    let Writer { text, mut given, .. } = writer;
    given.sheet = Some((name.to_owned(), places));
    (Page::new(text, first_line, 0).with_given(given), commented)
}

/// Rows with text, or in a merged cell with text; a merged cell reaches no farther than the last row with text.
fn rows_of(grid: &Grid) -> BTreeSet<u32> {
    let mut rows: BTreeSet<u32> = grid.cells.keys().map(|(row, _)| *row).collect();
    let end = rows.last().map_or(0, |last| last + 1);
    for (start, to) in grid.merged.iter().filter(|(start, _)| grid.cells.contains_key(start)) {
        rows.extend(start.0..to.0.min(end));
    }
    rows
}

fn part(grid: &Grid, rows: Range<u32>, cols: u32, writer: &mut Writer, places: &mut Vec<(TextRange, String)>) {
    let in_row = |row: u32| grid.cells.range((row, 0)..(row + 1, 0));
    let merged_in = |rows: Range<u32>| grid.merged.range((rows.start, 0)..(rows.end, 0));
    // Lines above the table: a title, a date.
    let is_line = |row: u32| in_row(row).count() == 1 && merged_in(row..row + 1).all(|(start, end)| end.0 - start.0 == 1);
    let mut start = rows.start;
    while start < rows.end && is_line(start) {
        for (&(row, col), text) in in_row(start) {
            let lines = written(text, row, col, writer, places);
            writer.given.parts.extend(lines.into_iter().map(GivenPart::Line));
        }
        start += 1;
    }
    let mut cells = Vec::new();
    for (&(row, col), text) in grid.cells.range((start, 0)..(rows.end, 0)) {
        let end = grid.merged.get(&(row, col)).map_or((row + 1, col + 1), |e| (e.0.min(rows.end), e.1.min(cols.max(col + 1))));
        let lines = written(text, row, col, writer, places).into_iter().map(|range| GivenLine { range, item: false }).collect();
        cells.push(GivenCell { row: row - start..end.0 - start, col: col..end.1, lines });
    }
    if !cells.is_empty() {
        let blank = merged_in(start..rows.end).filter(|(s, _)| !grid.cells.contains_key(s));
        let blank =
            blank.map(|(s, e)| GivenCell { row: s.0 - start..e.0.min(rows.end) - start, col: s.1..e.1.min(cols), lines: Vec::new() });
        cells.extend(blank.filter(|c| !c.col.is_empty()));
        writer.table(rows.end - start, cols, without_overlaps(cells));
    }
}

/// Cells that do not overlap: what a damaged sheet merges twice is merged once.
fn without_overlaps(mut cells: Vec<GivenCell>) -> Vec<GivenCell> {
    cells.sort_by_key(|c| (c.row.start, c.col.start));
    // For every column the row from which on it is free.
    let mut free: BTreeMap<u32, u32> = BTreeMap::new();
    for cell in &mut cells {
        let is_taken = |col: &u32| free.get(col).is_some_and(|row| *row > cell.row.start);
        let end = cell.col.clone().skip(1).find(is_taken).unwrap_or(cell.col.end);
        cell.col.end = end.max(cell.col.start + 1);
        free.extend(cell.col.clone().map(|col| (col, cell.row.end)));
    }
    cells
}

/// Writes the text of a cell, and notes where it stands.
fn written(text: &Text, row: u32, col: u32, writer: &mut Writer, places: &mut Vec<(TextRange, String)>) -> Vec<TextRange> {
    let before = writer.given.apart.len();
    let lines = writer.text(text);
    let all = lines.iter().copied().chain(writer.given.apart[before..].iter().map(|apart| apart.range));
    places.extend(all.map(|range| (range, name_of(row, col))));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_the_sheet_calls_them() {
        assert_eq!([name_of(6, 1), name_of(9, 26)], ["B7", "AA10"]);
    }
}
