//! Tables that were exported and typed over, as readings: CSV, and sheets of a workbook.

use super::super::results::unreadable;
use super::shapes::{self, Known};
use crate::screen::lang::Stop;
use calamine::{Data, Reader as _, Xlsx};
use seisho_audit::compare::{Reading, Tables};
use seisho_export::Table;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

/// Rows of a sheet in which its headings are looked for.
const FIRST: usize = 10;

/// What columns of the same list, spread over a sheet, are called before their number.
const SPREAD: &str = "列";

pub(super) fn csv(file: &Path) -> Result<Reading, Stop> {
    let bytes = bytes(file)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned(),
        // The other encoding that export writes, and Excel.
        Err(_) => without_code_points(&encoding_rs::SHIFT_JIS.decode(&bytes).0),
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let row = |row: Result<csv::StringRecord, csv::Error>| row.map(|row| row.iter().map(unguarded).collect());
    let rows: Vec<Vec<String>> = reader.records().map(row).collect::<Result<_, _>>().map_err(|e| unreadable(file).because(e))?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut typed = Typed::default();
    typed.add(&Sheet { file, name: None, rows: &rows, called: &|table| table.name == stem })?;
    typed.reading(file)
}

pub(super) fn xlsx(file: &Path) -> Result<Reading, Stop> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(file)?)).map_err(|e| unreadable(file).because(e))?;
    let mut typed = Typed::default();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|e| unreadable(file).because(e))?;
        let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(said).collect()).collect();
        // A table that is too long for one sheet goes on in 目標 (2).
        let title = name.split(" (").next().unwrap_or(&name).to_owned();
        typed.add(&Sheet { file, name: Some(&name), rows: &rows, called: &|table| table.sheet == Some(title.as_str()) })?;
    }
    typed.reading(file)
}

/// A sheet, or a CSV file.
struct Sheet<'s> {
    file: &'s Path,
    name: Option<&'s str>,
    rows: &'s [Vec<String>],
    /// Whether it is called as this table is.
    called: &'s dyn Fn(&Table) -> bool,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    tables: Tables,
    unknown: BTreeSet<String>,
    /// Sheets of findings and the like.
    notes: BTreeSet<String>,
    /// Sheets whose rows do not say of which document they are.
    nameless: Vec<String>,
}

impl Typed {
    fn add(&mut self, sheet: &Sheet<'_>) -> Result<(), Stop> {
        let called = sheet.name.unwrap_or_default();
        if sheet.rows.iter().flatten().all(String::is_empty) {
            return Ok(());
        }
        let tables = seisho_export::tables();
        let own = tables.iter().find(|table| (sheet.called)(table));
        if own.is_some_and(|table| !shapes::all().iter().any(|known| known.table == table.name)) {
            if sheet.name.is_none() {
                return Err(no_headings(sheet));
            }
            self.notes.insert(called.to_owned());
            return Ok(());
        }
        let Some((known, names, first)) = headings(sheet, &tables) else {
            if own.is_some() || sheet.name.is_none() {
                return Err(no_headings(sheet));
            }
            self.unknown.insert(called.to_owned());
            return Ok(());
        };
        let unknown = names.iter().zip(&sheet.rows[first]).filter(|(name, heading)| name.is_none() && !heading.is_empty());
        let place = |heading: &str| if called.is_empty() { heading.to_owned() } else { format!("{called}!{heading}") };
        self.unknown.extend(unknown.map(|(_, heading)| place(heading)));
        if !names.iter().flatten().any(|name| *name == "source_path") {
            self.nameless.push(called.to_owned());
        }
        let shape = known.shape();
        self.tables.columns(&shape, names.iter().flatten().copied());
        for row in &sheet.rows[first + 1..] {
            let mut cells: BTreeMap<&str, String> = BTreeMap::new();
            for (name, cell) in names.iter().zip(row) {
                let Some(name) = name else { continue };
                let cell = cell.replace("\r\n", "\n");
                // Columns of one list are its lines.
                cells.entry(name).and_modify(|text| *text = format!("{text}\n{cell}")).or_insert(cell);
            }
            cells.values_mut().for_each(|text| text.truncate(text.trim_end_matches('\n').len()));
            if cells.values().any(|text| !text.is_empty()) {
                let document = cells.get("source_path").cloned().unwrap_or_default();
                self.tables.add(&shape, &document, &cells);
            }
        }
        Ok(())
    }

    fn reading(self, file: &Path) -> Result<Reading, Stop> {
        let (stated, mut notes) = (self.tables.stated.clone(), self.tables.notes.clone());
        notes.extend(self.notes);
        let papers = self.tables.papers();
        if stated.fields.is_empty() {
            return Err(no_table(file));
        }
        // Rows that name no document can only be of the one that there is.
        if papers.len() > 1 && papers.contains_key("") {
            return Err(no_source(file, &self.nameless));
        }
        Ok(Reading { papers, stated, notes, unknown: self.unknown })
    }
}

/// That rows say of which documents they are is needed where there are several.
pub(super) fn fits(typed: &Reading, file: &Path, other: &Reading) -> Result<(), Stop> {
    if typed.papers.contains_key("") && other.papers.len() > 1 { Err(no_source(file, &[])) } else { Ok(()) }
}

/// A table, the names of its columns, and the row of its headings.
type Headings = (&'static Known, Vec<Option<&'static str>>, usize);

/// The table that a sheet is, its columns by name, and the row of its headings: the one that names the most of them.
fn headings(sheet: &Sheet<'_>, tables: &[Table]) -> Option<Headings> {
    let mut best: Option<((bool, usize), Headings)> = None;
    for known in shapes::all() {
        let table = tables.iter().find(|table| table.name == known.table)?;
        for (at, row) in sheet.rows.iter().take(FIRST).enumerate() {
            let column = |heading: &String| {
                let heading = heading.trim();
                let named = table.columns.iter().find(|c| c.name == heading || c.heading == heading);
                let spread = || heading.strip_prefix(SPREAD).is_some_and(|n| n.parse::<u32>().is_ok());
                let cells = || table.columns.iter().find(|c| c.name == "cells" && spread());
                named.or_else(cells).map(|c| c.name)
            };
            let names: Vec<Option<&'static str>> = row.iter().map(column).collect();
            let own = names.iter().flatten().filter(|name| known.is_own(name)).count();
            let is_called = (sheet.called)(table);
            let fit = (is_called, own);
            if own > 0 && best.as_ref().is_none_or(|(other, _)| fit > *other) {
                best = Some((fit, (known, names, at)));
            }
        }
    }
    best.map(|(_, headings)| headings)
}

fn said(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::DateTime(day) if day.is_datetime() => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// A text without the mark that export sets before what a spreadsheet would take for a formula.
fn unguarded(cell: &str) -> String {
    let is_guarded = |rest: &str| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    cell.strip_prefix('\'').filter(|rest| is_guarded(rest)).unwrap_or(cell).to_owned()
}

/// A text in which characters that CP932 does not have stand again for their code points (〓U+9DD7〓).
fn without_code_points(text: &str) -> String {
    let mut parts = text.split("〓U+");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let found = part.split_once('〓').and_then(|(code, rest)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest)));
        match found {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push_str("〓U+");
                out.push_str(part);
            }
        }
    }
    out
}

fn bytes(file: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    seisho_batch::files::open(file)
        .map_err(|e| unreadable(file).because(e))?
        .read_to_end(&mut bytes)
        .map_err(|e| unreadable(file).because(e))?;
    Ok(bytes)
}

fn no_table(file: &Path) -> Stop {
    let name = file.display();
    Stop::new(
        format!("{name} に、seisho export の表（目標・方針の項・様式・その他の表・段落・文書）がありません"),
        format!("{name} has no table as seisho export writes them (goals, provisions, forms, table_rows, texts, documents)"),
    )
}

fn no_headings(sheet: &Sheet<'_>) -> Stop {
    let place = sheet.name.map_or_else(|| sheet.file.display().to_string(), |name| format!("{} [{name}]", sheet.file.display()));
    Stop::new(
        format!(
            "{place} の列名が分かりません。比べられるのは、seisho export の goals・provisions・forms・table_rows・texts・documents（の列名のままのもの）です"
        ),
        format!(
            "{place}: no heading is known; what can be compared are goals, provisions, forms, table_rows, texts and documents of seisho export, with their headings as they were"
        ),
    )
}

fn no_source(file: &Path, sheets: &[String]) -> Stop {
    let sheets: Vec<&str> = sheets.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let place = if sheets.is_empty() { file.display().to_string() } else { format!("{} [{}]", file.display(), sheets.join("、")) };
    Stop::new(
        format!(
            "{place} に、どの文書の行かを言う列「元のファイル」（source_path）がないか、空の行があります。文書がいくつかあるときは要ります"
        ),
        format!(
            "{place}: the column source_path (元のファイル), which says of which document a row is, is not there or empty in a row; with several documents it is needed"
        ),
    )
}
