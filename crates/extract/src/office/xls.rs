//! Excel files of older days (.xls): each sheet a page. How the sheet shows its numbers is not known here: they are written
//! as they are stored, and said.

use super::sheet::{Grid, Sheets, Text};
use crate::{Error, Extracted, Limits};
use calamine::{Data, Reader, SheetVisible, Xls};
use seisho_model::Reported;
use std::io::Cursor;

/// Reads a book.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| Error::Office)?;
    let mut sheets = Sheets::default();
    for about in book.sheets_metadata().to_vec() {
        if about.visible != SheetVisible::Visible {
            sheets.hidden(&about.name);
            continue;
        }
        let Ok(range) = book.worksheet_range(&about.name) else { continue };
        let mut grid = Grid::default();
        let (row, col) = range.start().unwrap_or_default();
        for (down, right, cell) in range.used_cells() {
            let (text, is_certain) = shown(cell);
            grid.unknown += usize::from(!is_certain);
            let text = Text { live: text, struck: String::new() };
            if !text.is_blank() {
                grid.cells.insert((row + down as u32, col + right as u32), text);
            }
        }
        for merged in book.merge_cells_by_sheet_name(&about.name).into_iter().flatten() {
            grid.merged.insert(merged.start, (merged.end.0 + 1, merged.end.1 + 1));
        }
        sheets.add(&about.name, &grid, limits)?;
    }
    sheets.finish("application/vnd.ms-excel")
}

/// A value in words, and whether it is as the sheet shows it.
fn shown(cell: &Data) -> (String, bool) {
    match cell {
        Data::Empty => (String::new(), true),
        Data::String(text) => (text.clone(), true),
        Data::Bool(value) => (if *value { "TRUE" } else { "FALSE" }.to_owned(), true),
        Data::Error(error) => (error.to_string(), true),
        Data::DateTimeIso(text) | Data::DurationIso(text) => (text.clone(), false),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let time = if (hour, minute) == (0, 0) { String::new() } else { format!(" {hour}:{minute:02}") };
            (format!("{year}/{month}/{day}{time}"), false)
        }
        Data::Int(number) => (number.to_string(), false),
        Data::Float(number) => (super::format::plain(*number), false),
    }
}
