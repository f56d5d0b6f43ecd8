//! Tables that were exported and typed over, as readings: CSV, and sheets of a workbook.

use crate::screen::lang::Stop;
use calamine::{Data, Reader as _, Xlsx};
use seisho_audit::compare::{Reading, of_table};
use seisho_export::tables;
use std::io::{Cursor, Read};
use std::path::Path;

/// Rows of a sheet in which its headings are looked for.
const FIRST: usize = 10;

pub(super) fn csv(file: &Path) -> Result<Reading, Stop> {
    let bytes = bytes(file)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned(),
        // The other encoding that export writes, and Excel.
        Err(_) => encoding_rs::SHIFT_JIS.decode(&bytes).0.into_owned(),
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let row = |row: Result<csv::StringRecord, csv::Error>| row.map(|row| row.iter().map(str::to_owned).collect());
    let rows: Vec<Vec<String>> = reader.records().map(row).collect::<Result<_, _>>().map_err(|e| unreadable(file).because(e))?;
    of_rows(&rows).ok_or_else(|| no_table(file))
}

pub(super) fn xlsx(file: &Path) -> Result<Reading, Stop> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(file)?)).map_err(|e| unreadable(file).because(e))?;
    let mut all = Reading::default();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|e| unreadable(file).because(e))?;
        let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(said).collect()).collect();
        for (document, paper) in of_rows(&rows).unwrap_or_default().papers {
            all.papers.entry(document).or_default().rows.extend(paper.rows);
        }
    }
    if all.papers.is_empty() { Err(no_table(file)) } else { Ok(all) }
}

fn said(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// The table whose headings are those of goals or provisions, by name or as people read them.
fn of_rows(rows: &[Vec<String>]) -> Option<Reading> {
    rows.iter().take(FIRST).enumerate().find_map(|(place, headings)| {
        tables().iter().filter(|table| ["goals", "provisions"].contains(&table.name)).find_map(|table| {
            let name = |heading: &String| table.columns.iter().find(|c| c.name == heading || c.heading == heading).map(|c| c.name);
            let names: Vec<Option<&str>> = headings.iter().map(name).collect();
            let wanted = if table.name == "goals" { "item" } else { "text" };
            names.contains(&Some(wanted)).then(|| of_table(&names, &rows[place + 1..])).flatten()
        })
    })
}

fn bytes(file: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    seisho_batch::files::open(file)
        .map_err(|e| unreadable(file).because(e))?
        .read_to_end(&mut bytes)
        .map_err(|e| unreadable(file).because(e))?;
    Ok(bytes)
}

fn unreadable(file: &Path) -> Stop {
    let name = file.display();
    Stop::new(format!("{name} を読めません"), format!("{name} cannot be read"))
}

fn no_table(file: &Path) -> Stop {
    let name = file.display();
    Stop::new(
        format!("{name} に、seisho export の目標や項の表がありません（列名と番号が要ります）"),
        format!("{name} has no table of goals or provisions as seisho export writes them (headings and numbers are needed)"),
    )
}
