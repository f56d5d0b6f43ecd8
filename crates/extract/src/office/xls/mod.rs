//! Excel files of older days (.xls): each sheet a page, its cells as the sheet shows them, as far as the file says how.

mod biff;

use super::cells::Text;
use super::format;
use super::sheet::{Grid, Sheets};
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
                true => Text::plain(live).into_struck(),
                false => Text::plain(live),
            };
            grid.cells.insert(at, text);
        }
        for merged in book.merge_cells_by_sheet_name(&about.name).into_iter().flatten() {
            grid.merged.insert(merged.start, (merged.end.0 + 1, merged.end.1 + 1));
        }
        grid.comments = looks.sheets.get(number).map(|sheet| sheet.comments.clone()).unwrap_or_default();
        grid.drawn = looks.sheets.get(number).map(|sheet| sheet.drawn.clone()).unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use std::io::Write;

    /// A file of Excel 95: BIFF5 in the stream `Book`, texts in code page 932.
    fn excel_95(cells: &[(u16, u16, &str)]) -> Vec<u8> {
        let record = |kind: u16, body: &[u8]| [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat();
        let cp932 = |text: &str| encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
        let begin = |what: u16| record(0x809, &[0x0500_u16, what, 0x0DBB, 0x07CC].map(u16::to_le_bytes).concat());
        let end = record(0x0A, &[]);
        let head = [begin(5), record(0x42, &932_u16.to_le_bytes())].concat();
        let name = cp932("目標");
        let sheet_at = (head.len() + 4 + 7 + name.len() + end.len()) as u32;
        let about = [&sheet_at.to_le_bytes()[..], &[0, 0, name.len() as u8], &name].concat();
        let mut book = [head, record(0x85, &about), end.clone(), begin(0x10)].concat();
        for (row, column, text) in cells {
            let place = [*row, *column, 0].map(u16::to_le_bytes).concat();
            book.extend(match text.parse::<f64>() {
                Ok(number) => record(0x203, &[place, number.to_le_bytes().to_vec()].concat()),
                Err(_) => record(0x204, &[place, (cp932(text).len() as u16).to_le_bytes().to_vec(), cp932(text)].concat()),
            });
        }
        book.extend(end);
        // Smaller streams stand elsewhere in the file.
        book.resize(book.len().max(4_096), 0);
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
        file.create_stream("/Book").unwrap().write_all(&book).unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn a_file_of_excel_95_is_read_in_its_code_page() {
        let bytes = excel_95(&[(0, 0, "番号"), (0, 1, "実施項目"), (1, 0, "1"), (1, 1, "①髙橋の窓口改善―㈱ソフト")]);
        let read = crate::read(&bytes, &Options::default()).unwrap();
        let text = &read.output.pages.0[0].text;
        assert!(text.contains("番号") && text.contains("①髙橋の窓口改善") && text.contains("㈱ソフト"), "{text}");
        assert_eq!(read.output.media_type, "application/vnd.ms-excel");
    }
}
