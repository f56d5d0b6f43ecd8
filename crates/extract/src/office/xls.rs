//! Excel files of older days (.xls): each sheet a page, its cells as the sheet shows them, as far as the file says how.

use super::biff;
use super::format;
use super::sheet::{Grid, Sheets, Text};
use crate::{Error, Extracted, Limits};
use calamine::{Data, Reader, SheetVisible, Xls};
use seisho_model::Reported;
use std::io::Cursor;

/// Reads a book.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| Error::Office)?;
    let names = book.sheets_metadata().to_vec();
    // Sheets are known by their number: where that is not the same, nothing is known of how cells look.
    let looks = biff::Book::read(bytes, limits.stream).filter(|looks| looks.sheets.len() == names.len()).unwrap_or_default();
    let is_1904 = book.has_1904_epoch();
    let mut sheets = Sheets::default();
    for (number, about) in names.into_iter().enumerate() {
        if about.visible != SheetVisible::Visible {
            sheets.hidden(&about.name);
            continue;
        }
        let Ok(range) = book.worksheet_range(&about.name) else { continue };
        let mut grid = Grid::default();
        let start = range.start().unwrap_or_default();
        for (down, right, cell) in range.used_cells() {
            let at = (start.0 + down as u32, start.1 + right as u32);
            let own = looks.sheets.get(number);
            let is_hidden = own.is_some_and(|sheet| sheet.hidden_rows.contains(&at.0) || sheet.hidden_cols.contains(&at.1));
            let format = looks.format(number, at);
            let (live, is_certain) = shown(cell, format, is_1904);
            if live.trim().is_empty() {
                continue;
            }
            if is_hidden {
                grid.hidden += 1;
                continue;
            }
            if !is_certain {
                grid.unknown.insert(at, format.map(str::to_owned));
            }
            let text = match looks.is_struck(number, at) {
                true => Text { live: String::new(), struck: live },
                false => Text { live, struck: String::new() },
            };
            grid.cells.insert(at, text);
        }
        for merged in book.merge_cells_by_sheet_name(&about.name).into_iter().flatten() {
            grid.merged.insert(merged.start, (merged.end.0 + 1, merged.end.1 + 1));
        }
        grid.comments = looks.sheets.get(number).map(|sheet| sheet.comments.clone()).unwrap_or_default();
        sheets.add(&about.name, &grid, limits)?;
    }
    sheets.finish("application/vnd.ms-excel")
}

/// A value in words, and whether it is as the sheet shows it.
fn shown(cell: &Data, format: Option<&str>, is_1904: bool) -> (String, bool) {
    let number = |number: f64, plain: String| {
        let shown = format.and_then(|format| format::shown(number, format, is_1904));
        (shown.clone().unwrap_or(plain), shown.is_some())
    };
    match cell {
        Data::Empty => (String::new(), true),
        Data::String(text) => (text.clone(), true),
        Data::Bool(value) => (if *value { "TRUE" } else { "FALSE" }.to_owned(), true),
        Data::Error(error) => (error.to_string(), true),
        Data::DateTimeIso(text) | Data::DurationIso(text) => (text.clone(), false),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let time = if (hour, minute) == (0, 0) { String::new() } else { format!(" {hour}:{minute:02}") };
            number(moment.as_f64(), format!("{year}/{month}/{day}{time}"))
        }
        Data::Int(value) => number(*value as f64, value.to_string()),
        Data::Float(value) => number(*value, format::plain(*value)),
    }
}
