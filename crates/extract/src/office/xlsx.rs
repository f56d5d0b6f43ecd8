//! Excel files: each sheet a page, its cells as the sheet shows them. Hidden sheets, rows and columns are not read, and
//! said.

use super::cells::Writer;
use super::xml::{Child, Node};
use super::{Parts, format};
use crate::{Error, Extracted, Limits};
use seisho_model::codes::source::x014;
use seisho_model::given::{GivenCell, GivenLine, GivenPart};
use seisho_model::{Finding, Page, Pages, Reported, TextRange};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// More rows or columns than a sheet has.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLS: u32 = 1 << 14;

/// Reads a book.
pub(super) fn read(book: &Node, parts: &mut Parts<'_>, limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let relations: BTreeMap<String, String> = parts.relations("xl", "workbook.xml")?.into_iter().collect();
    let shared = shared_strings(parts.part("xl/sharedStrings.xml")?.as_ref());
    let formats = formats(parts.part("xl/styles.xml")?.as_ref());
    let is_1904 = book.first("workbookPr").and_then(|p| p.get("date1904")).is_some_and(|v| matches!(v, "1" | "true"));
    let mut pages = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    let mut line = 1;
    for sheet in book.first("sheets").into_iter().flat_map(|s| s.all("sheet")) {
        let name = sheet.get("name").unwrap_or_default();
        if matches!(sheet.get("state"), Some("hidden" | "veryHidden")) {
            findings.push(x014::hidden_sheet(name));
            continue;
        }
        let Some(path) = sheet.get("id").and_then(|id| relations.get(id)) else { continue };
        let Some(part) = parts.part(path)? else { continue };
        let grid = Grid::read(&part, &shared, &formats, is_1904);
        if grid.cells.is_empty() {
            continue;
        }
        if grid.hidden > 0 {
            findings.push(x014::hidden_cells(name, grid.hidden));
        }
        if grid.unknown > 0 {
            findings.push(x014::as_stored(name, grid.unknown));
        }
        let page = page(name, &grid, line);
        line += page.lines().count() as u32;
        pages.push(page);
        if pages.len() > limits.pages {
            return Err(Error::TooManyPages { count: pages.len(), limit: limits.pages });
        }
    }
    if pages.is_empty() {
        return Err(Error::Empty);
    }
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(Reported { output: Extracted { pages: Pages(pages), media_type, encoding: None }, findings })
}

/// Text that counts, and text that is struck out.
#[derive(Clone, Debug, Default)]
struct Text {
    live: String,
    struck: String,
}

fn shared_strings(part: Option<&Node>) -> Vec<Text> {
    part.into_iter().flat_map(|p| p.all("si")).map(rich).collect()
}

/// Text with its runs; readings of kanji (phonetic text) are no part of it.
fn rich(node: &Node) -> Text {
    let mut text = Text::default();
    for child in node.nodes() {
        match child.name.as_str() {
            "t" => text.live.push_str(&raw(child)),
            "r" => {
                let is_struck = child.first("rPr").is_some_and(|p| p.is_set("strike"));
                let out = if is_struck { &mut text.struck } else { &mut text.live };
                child.all("t").for_each(|t| out.push_str(&raw(t)));
            }
            _ => {}
        }
    }
    text
}

fn raw(node: &Node) -> String {
    node.children
        .iter()
        .filter_map(|c| if let Child::Text(t) = c { Some(t.as_str()) } else { None })
        .collect::<String>()
        .replace("_x000D_", "")
}

/// A format of cells: how numbers look, and whether all is struck out.
#[derive(Clone, Debug, Default)]
struct Format {
    number: String,
    is_struck: bool,
}

fn formats(styles: Option<&Node>) -> Vec<Format> {
    let Some(styles) = styles else { return Vec::new() };
    let own: BTreeMap<&str, &str> = styles
        .first("numFmts")
        .into_iter()
        .flat_map(|n| n.all("numFmt"))
        .filter_map(|n| Some((n.get("numFmtId")?, n.get("formatCode")?)))
        .collect();
    let struck: Vec<bool> = styles.first("fonts").into_iter().flat_map(|f| f.all("font")).map(|f| f.is_set("strike")).collect();
    let one = |xf: &Node| {
        let id = xf.get("numFmtId").unwrap_or("0");
        let number = own.get(id).map_or_else(|| format::built_in(id.parse().unwrap_or(0)).to_owned(), |code| (*code).to_owned());
        let font: usize = xf.get("fontId").and_then(|f| f.parse().ok()).unwrap_or(0);
        Format { number, is_struck: struck.get(font).copied().unwrap_or(false) }
    };
    styles.first("cellXfs").into_iter().flat_map(|x| x.all("xf")).map(one).collect()
}

/// The cells of a sheet by row and column.
#[derive(Default)]
struct Grid {
    cells: BTreeMap<(u32, u32), Text>,
    /// Merged cells: first row and column, and one past the last.
    merged: BTreeMap<(u32, u32), (u32, u32)>,
    /// Cells with text that are hidden.
    hidden: usize,
    /// Numbers whose format is not known.
    unknown: usize,
}

impl Grid {
    fn read(sheet: &Node, shared: &[Text], formats: &[Format], is_1904: bool) -> Self {
        let mut grid = Self::default();
        let hidden_cols: BTreeSet<u32> = sheet
            .first("cols")
            .into_iter()
            .flat_map(|c| c.all("col"))
            .filter(|c| matches!(c.get("hidden"), Some("1" | "true")))
            .flat_map(|c| {
                c.get("min").and_then(|m| m.parse::<u32>().ok()).unwrap_or(1)
                    ..=c.get("max").and_then(|m| m.parse::<u32>().ok()).unwrap_or(0).min(MOST_COLS)
            })
            .collect();
        let mut next_row = 0;
        for row in sheet.first("sheetData").into_iter().flat_map(|d| d.all("row")) {
            let number = row.get("r").and_then(|r| r.parse::<u32>().ok()).map_or(next_row, |r| r.saturating_sub(1));
            next_row = number + 1;
            let mut next_col = 0;
            for cell in row.all("c") {
                let place = cell.get("r").and_then(place).unwrap_or((number, next_col));
                next_col = place.1 + 1;
                let Some(text) = grid.text(cell, shared, formats, is_1904) else { continue };
                if matches!(row.get("hidden"), Some("1" | "true")) || hidden_cols.contains(&(place.1 + 1)) {
                    grid.hidden += 1;
                } else {
                    grid.cells.insert(place, text);
                }
            }
        }
        for merge in sheet.first("mergeCells").into_iter().flat_map(|m| m.all("mergeCell")) {
            let ends = merge.get("ref").and_then(|r| r.split_once(':')).and_then(|(a, b)| Some((place(a)?, place(b)?)));
            grid.merged.extend(ends.filter(|(a, b)| a.0 <= b.0 && a.1 <= b.1).map(|(a, b)| (a, (b.0 + 1, b.1 + 1))));
        }
        grid
    }

    /// What a cell shows; none for an empty one.
    fn text(&mut self, cell: &Node, shared: &[Text], formats: &[Format], is_1904: bool) -> Option<Text> {
        let format = cell.get("s").and_then(|s| s.parse::<usize>().ok()).and_then(|s| formats.get(s));
        let value = cell.first("v").map(Node::text).unwrap_or_default();
        let text = match cell.get("t") {
            Some("s") => shared.get(value.trim().parse::<usize>().ok()?)?.clone(),
            Some("inlineStr") => rich(cell.first("is")?),
            Some("b") => Text { live: if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(), ..Text::default() },
            Some("str" | "e" | "d") => Text { live: value, ..Text::default() },
            _ => Text { live: self.number(value.trim(), format, is_1904)?, ..Text::default() },
        };
        let text = match format {
            Some(f) if f.is_struck => Text { struck: text.live + &text.struck, live: String::new() },
            _ => text,
        };
        (!text.live.trim().is_empty() || !text.struck.trim().is_empty()).then_some(text)
    }

    fn number(&mut self, value: &str, format: Option<&Format>, is_1904: bool) -> Option<String> {
        let number: f64 = value.parse().ok()?;
        let shown = format::shown(number, format.map_or("general", |f| &f.number), is_1904);
        self.unknown += usize::from(shown.is_none());
        Some(shown.unwrap_or_else(|| format::plain(number)))
    }
}

/// Row and column, from 0, of B7.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let col = name[..digits]
        .bytes()
        .try_fold(0_u32, |n, b| b.is_ascii_uppercase().then(|| n * 26 + u32::from(b - b'A') + 1).filter(|&n| n <= MOST_COLS))?;
    let row: u32 = name[digits..].parse().ok().filter(|r| (1..=MOST_ROWS).contains(r))?;
    Some((row - 1, col.checked_sub(1)?))
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
fn page(name: &str, grid: &Grid, first_line: u32) -> Page {
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
    let Writer { text, mut given } = writer;
    given.sheet = Some((name.to_owned(), places));
    Page::new(text, first_line, 0).with_given(given)
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
    let lines = writer.lines(&text.live);
    let before = writer.given.struck.len();
    writer.struck(&text.struck);
    let all = lines.iter().chain(&writer.given.struck[before..]);
    places.extend(all.map(|&range| (range, name_of(row, col))));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_names() {
        assert_eq!(place("B7"), Some((6, 1)));
        assert_eq!(place("$AA$10"), Some((9, 26)));
        assert_eq!([place("7"), place("B0"), place("ZZZZZ1")], [None; 3]);
        assert_eq!(name_of(6, 1), "B7");
        assert_eq!(name_of(9, 26), "AA10");
    }
}
