//! What an older Excel file (BIFF8) says of its cells beside their values: how numbers look, what is struck out or hidden,
//! comments. Its values are read elsewhere.

use crate::office::comments::Comment;
use crate::office::drawing::Drawn;
use crate::office::format;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// A book as far as it is understood; nothing is known of what is damaged.
#[derive(Default)]
pub(super) struct Book {
    /// Formats of numbers by their id.
    formats: BTreeMap<u16, String>,
    /// Whether text of a font is struck out.
    struck: Vec<bool>,
    /// Font and format of number of each format of cells.
    looks: Vec<(u16, u16)>,
    /// The sheets, in order.
    pub(super) sheets: Vec<Sheet>,
}

/// A sheet of it.
#[derive(Default)]
pub(super) struct Sheet {
    /// Where it begins.
    start: usize,
    /// Which format a cell has.
    looks: BTreeMap<(u32, u32), u16>,
    /// Rows that are not shown.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Columns that are not shown.
    pub(super) hidden_cols: BTreeSet<u32>,
    /// Comments by row and column.
    pub(super) comments: Vec<((u32, u32), Comment)>,
    /// What is drawn over it.
    pub(super) drawn: Vec<((u32, u32), Drawn)>,
}

/// A record: what it is, and its bytes.
type Record<'b> = (u16, &'b [u8]);

/// The version that is understood: Excel 97 and later.
const BIFF8: u16 = 0x0600;

impl Book {
    /// Reads the book of a file; none where it is of another version, or nothing can be made of it.
    pub(super) fn read(file: &[u8], most: u64) -> Option<Self> {
        let mut compound = cfb::CompoundFile::open(Cursor::new(file)).ok()?;
        let stream = compound.open_stream("/Workbook").ok()?;
        let mut bytes = Vec::new();
        stream.take(most).read_to_end(&mut bytes).ok()?;
        let mut book = Self::default();
        book.globals(&bytes)?;
        let mut sheets = std::mem::take(&mut book.sheets);
        sheets.iter_mut().for_each(|sheet| sheet.read(&bytes));
        book.sheets = sheets;
        Some(book)
    }

    /// What is of all sheets.
    fn globals(&mut self, bytes: &[u8]) -> Option<()> {
        let mut records = records(bytes, 0);
        let (kind, begin) = records.next()?;
        if (kind, word(begin, 0)?) != (0x809, BIFF8) {
            return None;
        }
        for (kind, record) in records.take_while(|(kind, _)| *kind != END) {
            match kind {
                0x31 => self.struck.push(word(record, 2)? & 8 != 0),
                0xE0 => self.looks.push((word(record, 0)?, word(record, 2)?)),
                0x41E => drop(self.formats.insert(word(record, 0)?, text(record.get(2..)?)?)),
                0x85 => self.sheets.push(Sheet { start: long(record, 0)? as usize, ..Sheet::default() }),
                _ => {}
            }
        }
        Some(())
    }

    /// The format of a cell's number; none where the file says none.
    pub(super) fn format(&self, sheet: usize, at: (u32, u32)) -> Option<&str> {
        let id = self.look(sheet, at)?.1;
        Some(self.formats.get(&id).map_or_else(|| format::built_in(u32::from(id)), String::as_str))
    }

    /// Whether all text of a cell is struck out.
    pub(super) fn is_struck(&self, sheet: usize, at: (u32, u32)) -> bool {
        // There is no font 4.
        let font = |number: u16| usize::from(if number > 4 { number - 1 } else { number });
        self.look(sheet, at).is_some_and(|(number, _)| self.struck.get(font(number)) == Some(&true))
    }

    fn look(&self, sheet: usize, at: (u32, u32)) -> Option<(u16, u16)> {
        let look = self.sheets.get(sheet)?.looks.get(&at)?;
        self.looks.get(usize::from(*look)).copied()
    }
}

impl Sheet {
    fn read(&mut self, bytes: &[u8]) {
        // Texts of comments by the object that shows them; which comment is whose comes at the end.
        let mut texts: BTreeMap<u16, String> = BTreeMap::new();
        let (mut object, mut length) = (0, None);
        // Where the object that is being read begins, and what it is.
        let (mut at, mut shape) = ((0, 0), 0);
        // A chart is a part of its own inside the sheet.
        let mut depth = 0;
        for (kind, record) in records(bytes, self.start).skip(1) {
            match kind {
                BEGIN => depth += 1,
                END if depth == 0 => break,
                END => depth -= 1,
                _ if depth > 0 => {}
                0xEC => at = anchor(record).unwrap_or(at),
                0x5D => {
                    (shape, object) = (word(record, 4).unwrap_or(0), word(record, 6).unwrap_or(0));
                    self.drawn.extend(matches!(shape, PICTURE | CHART).then(|| (at, Drawn { pictures: 1, ..Drawn::default() })));
                }
                0x1B6 => length = word(record, 10),
                0x3C => {
                    if let Some(text) = length.take().and_then(|length| characters(record, length)) {
                        if shape != NOTE && !text.trim().is_empty() {
                            self.drawn.push((at, Drawn { texts: vec![text.clone()], ..Drawn::default() }));
                        }
                        texts.insert(object, text);
                    }
                }
                _ => drop(self.record(kind, record, &texts)),
            }
        }
        self.comments.sort_by_key(|(at, _)| *at);
    }

    fn record(&mut self, kind: u16, record: &[u8], texts: &BTreeMap<u16, String>) -> Option<()> {
        let at = (u32::from(word(record, 0)?), u32::from(word(record, 2)?));
        match kind {
            // Blank, number, label, truth, short number, formula, shared label, label with runs.
            0x201 | 0x203 | 0x204 | 0x205 | 0x27E | 0x06 | 0xFD | 0xD6 => drop(self.looks.insert(at, word(record, 4)?)),
            // Short numbers side by side.
            0xBD => {
                let cells = record.get(4..record.len().checked_sub(2)?)?.chunks_exact(6);
                self.looks.extend((at.1..).zip(cells).filter_map(|(col, cell)| Some(((at.0, col), word(cell, 0)?))));
            }
            0x208 if word(record, 12)? & 0x20 != 0 => drop(self.hidden_rows.insert(at.0)),
            // First and last column, then what they look like.
            0x7D if word(record, 8)? & 1 != 0 => self.hidden_cols.extend(at.0..=at.1),
            0x1C => {
                let comment = texts.get(&word(record, 6)?)?.clone();
                self.comments.push((at, Comment { author: text(record.get(8..)?), text: comment }));
            }
            _ => {}
        }
        Some(())
    }
}

/// Kinds of objects: a chart, a picture, a comment.
const CHART: u16 = 0x05;
const PICTURE: u16 = 0x08;
const NOTE: u16 = 0x19;

/// Row and column in which a drawing begins.
fn anchor(record: &[u8]) -> Option<(u32, u32)> {
    // The head of the part of a shape that says so, and its length.
    const HEAD: [u8; 6] = [0x10, 0xF0, 0x12, 0, 0, 0];
    let start = record.windows(HEAD.len()).rposition(|window| window == HEAD)? + HEAD.len();
    Some((u32::from(word(record, start + 6)?), u32::from(word(record, start + 2)?)))
}

/// The records that begin and end a part.
const BEGIN: u16 = 0x809;
const END: u16 = 0x0A;

fn records(bytes: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = bytes.get(start..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (word(rest, 0)?, usize::from(word(rest, 2)?));
        let record = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((kind, record))
    })
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A text behind its length.
fn text(bytes: &[u8]) -> Option<String> {
    characters(bytes.get(2..)?, word(bytes, 0)?)
}

/// So many characters behind the byte that says how wide they are.
fn characters(bytes: &[u8], length: u16) -> Option<String> {
    let (is_wide, length) = (bytes.first()? & 1 != 0, usize::from(length));
    let characters = &bytes[1..];
    if !is_wide {
        return Some(characters.get(..length)?.iter().map(|&byte| char::from(byte)).collect());
    }
    let units: Vec<u16> = characters.get(..2 * length)?.chunks_exact(2).filter_map(|unit| word(unit, 0)).collect();
    Some(String::from_utf16_lossy(&units))
}
