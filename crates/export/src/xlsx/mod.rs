//! A workbook for people: a sheet a table, written row by row so that memory does not grow with the rows.

mod cell;
mod links;
mod look;

use crate::error::Error;
use crate::options::Linked;
use crate::sink::Sink;
use crate::tables::Value;
use crate::tables::{Column, Kind, Row, Table, TableId};
use crate::target::Target;
use cell::{Limits, printable, split};
use links::Links;
use look::{Look, Tone};
use rust_xlsxwriter::{ExcelDateTime, Note, Workbook, Worksheet, XlsxError};
use seisho_model::finding::Message;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;

const NAME: &str = "seisho.xlsx";
/// The sheets, as a person wants them.
const ORDER: [TableId; 7] =
    [TableId::Goals, TableId::Provisions, TableId::Forms, TableId::TableRows, TableId::Findings, TableId::Documents, TableId::Texts];
/// Where the rest of a text stands that is too long for its cell, and the headings there.
const REST: &str = "続き";
const REST_HEADINGS: [(&str, u16); 6] = [("シート", 14), ("セル", 10), ("何番目", 8), ("内容", 100), ("元のファイル", 28), ("記録ID", 24)];

/// The workbook in the making.
pub(crate) struct Book {
    workbook: Workbook,
    look: Look,
    file: BufWriter<File>,
    limits: Limits,
    sheets: Vec<Option<Sheet>>,
    /// What is too long for its cell: sheet, cell, text, source, record.
    rest: Vec<[String; 5]>,
    /// Characters that no workbook can hold.
    unprintable: u64,
    /// Rows that went on on another sheet.
    continued: Vec<String>,
    links: Links,
}

/// A sheet of a table.
struct Sheet {
    title: &'static str,
    /// Which of the workbook's sheets takes the next row.
    index: usize,
    /// How many the table has.
    count: usize,
    /// The next row, from 0.
    row: u32,
    columns: Vec<SheetColumn>,
    /// Which columns hold anything.
    used: Vec<bool>,
    findings: Option<usize>,
    record_id: Option<usize>,
    source_path: Option<usize>,
    page: Option<usize>,
    /// How many cells lead elsewhere.
    links: usize,
}

/// A column of a sheet.
#[derive(Clone)]
struct SheetColumn {
    /// Which value of the row.
    index: usize,
    column: Column,
    /// Which text of a list that is spread over several columns.
    item: Option<usize>,
    heading: String,
}

impl Book {
    /// With a sheet and its headings for every table of people's; `widest` is the number of columns of the widest table.
    pub(crate) fn create(tables: &[Table], widest: usize, links: Vec<Linked>, target: &mut Target) -> Result<Self, Error> {
        let file = BufWriter::new(target.create(NAME)?);
        Self::with_limits(tables, widest, Links::of(links), file, Limits::EXCEL).map_err(|e| Error::cannot_write(NAME, e))
    }

    fn with_limits(tables: &[Table], widest: usize, links: Links, file: BufWriter<File>, limits: Limits) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&look::properties()?);
        let mut book = Self {
            workbook,
            look: Look::default(),
            file,
            limits,
            sheets: tables.iter().map(|_| None).collect(),
            rest: Vec::new(),
            unprintable: 0,
            continued: Vec::new(),
            links,
        };
        for id in ORDER {
            let table = &tables[id as usize];
            let Some(title) = table.sheet else { continue };
            let mut sheet = Sheet {
                title,
                index: 0,
                count: 0,
                row: 0,
                columns: columns(table, widest.clamp(1, limits.spread)),
                used: Vec::new(),
                findings: None,
                record_id: table.position("record_id"),
                source_path: table.position("source_path"),
                page: table.position("page"),
                links: 0,
            };
            sheet.findings = sheet.columns.iter().position(|c| c.column.name == "findings" || c.column.name == "code");
            sheet.used = vec![false; sheet.columns.len()];
            book.begin(&mut sheet)?;
            book.sheets[id as usize] = Some(sheet);
        }
        Ok(book)
    }

    /// Adds a sheet with headings for the rows to come.
    fn begin(&mut self, sheet: &mut Sheet) -> Result<(), XlsxError> {
        sheet.index = self.workbook.worksheets().len();
        sheet.count += 1;
        let name = if sheet.count == 1 { sheet.title.to_owned() } else { format!("{} ({})", sheet.title, sheet.count) };
        let to = self.workbook.add_worksheet_with_constant_memory()?;
        to.set_name(name)?;
        let headings: Vec<(&str, u16)> = sheet.columns.iter().map(|c| (c.heading.as_str(), c.column.width)).collect();
        self.look.headings(to, &headings)?;
        for (at, column) in (0..).zip(&sheet.columns) {
            let note = Note::new(column.column.meaning.0).add_author_prefix(false).set_author("清書").set_width(240).set_height(60);
            to.insert_note(0, at, &note)?;
        }
        (sheet.row, sheet.links) = (1, 0);
        Ok(())
    }

    fn write(&mut self, row: &Row, sheet: &mut Sheet) -> Result<(), XlsxError> {
        if sheet.row >= self.limits.rows {
            self.end(sheet)?;
            self.begin(sheet)?;
            self.continued.push(sheet.title.to_owned());
        }
        let doubts = doubts(row, sheet);
        let Self { workbook, look, limits, rest, unprintable, links, .. } = self;
        let to = workbook.worksheet_from_index(sheet.index)?;
        let name = to.name();
        let said = |at: Option<usize>| at.map(|at| row.values[at].flat("")).unwrap_or_default();
        let mut lines = 1;
        let page = sheet.page.and_then(|at| if let Value::Integer(page) = row.values[at] { u32::try_from(page).ok() } else { None });
        let (to_page, to_picture) = links.of_row(&said(sheet.source_path), &said(sheet.record_id), page);
        for (at, column) in (0..).zip(&sheet.columns) {
            let doubt = doubts.get(&usize::from(at));
            let value = column.value(&row.values[column.index]);
            let tone = if doubt.is_some() { Tone::Doubted } else { Tone::Plain };
            let kind = column.column.kind;
            sheet.used[usize::from(at)] |= !value.is_empty();
            let link = match Some(column.index) {
                index if index == sheet.page => to_picture.as_ref(),
                index if index == sheet.source_path => to_page.as_ref(),
                _ => None,
            };
            if let Some(link) = link.filter(|_| sheet.links < links::MOST) {
                // The cell's own value follows: the link stays behind it.
                to.write_url_with_text(sheet.row, at, link.as_str(), "-")?;
                sheet.links += 1;
            }
            let tone = if link.is_some() && tone == Tone::Plain { Tone::Linked } else { tone };
            match (kind, &value) {
                (_, Value::Integer(number)) => to.write_number_with_format(sheet.row, at, *number as f64, look.of(tone, kind))?,
                (_, Value::Number(number)) => to.write_number_with_format(sheet.row, at, *number, look.of(tone, kind))?,
                (_, value) if value.is_empty() => to.write_blank(sheet.row, at, look.of(tone, kind))?,
                (Kind::Date | Kind::DatePart, Value::Text(text)) if day(text).is_some() => {
                    to.write_datetime_with_format(sheet.row, at, day(text).unwrap_or_default(), look.of(tone, Kind::Date))?
                }
                (_, value) => {
                    let text = printable(&value.flat(kind.glue()), unprintable);
                    let (text, more) = split(&text, limits.characters);
                    if let Some(more) = more {
                        let cell = format!("{}{}", letters(at), sheet.row + 1);
                        rest.push([name.clone(), cell, more, said(sheet.source_path), said(sheet.record_id)]);
                    }
                    if !matches!(kind, Kind::Code | Kind::Choice(_)) {
                        // Places and ids are for looking up; no row grows for them.
                        lines = lines.max(look::lines(&text, column.column.width));
                    }
                    let kind = if kind == Kind::DatePart { Kind::Code } else { kind };
                    to.write_string_with_format(sheet.row, at, text, look.of(tone, kind))?
                }
            };
            if let Some(notes) = doubt.filter(|notes| !notes.is_empty()) {
                let text = notes.join("\n");
                let (text, more) = split(&text, limits.note);
                if let Some(more) = more {
                    let cell = format!("{}{}（コメント）", letters(at), sheet.row + 1);
                    rest.push([name.clone(), cell, more, said(sheet.source_path), said(sheet.record_id)]);
                }
                let height = 40 + 18 * u32::try_from(text.chars().count() / 22 + notes.len()).unwrap_or(20).min(20);
                let note = Note::new(text).add_author_prefix(false).set_author("清書").set_width(320).set_height(height);
                to.insert_note(sheet.row, at, &note)?;
            }
        }
        // Programs differ in whether they make room for wrapped text by themselves.
        to.set_row_height(sheet.row, look::height(lines))?;
        sheet.row += 1;
        Ok(())
    }

    /// Sets the filter of a sheet whose rows are all there.
    fn end(&mut self, sheet: &Sheet) -> Result<(), XlsxError> {
        let last = u16::try_from(sheet.columns.len() - 1).unwrap_or(u16::MAX);
        let to = self.workbook.worksheet_from_index(sheet.index)?;
        to.autofilter(0, 0, (sheet.row - 1).max(1), last)?;
        for (at, (column, is_used)) in (0..).zip(sheet.columns.iter().zip(&sheet.used)) {
            // A column that nothing stands in leaves the room to the others.
            if !is_used && sheet.row > 1 {
                to.set_column_width(at, f64::from(column.column.width.min(look::NARROW)))?;
            }
        }
        // What comes behind says where a row is from, and is not for paper.
        let printed = sheet.columns.iter().position(|c| c.column.name == "findings").and_then(|at| u16::try_from(at).ok()).unwrap_or(last);
        to.set_print_area(0, 0, sheet.row - 1, printed)?;
        Ok(())
    }

    /// The sheet of what was too long for its cell.
    fn write_rest(&mut self) -> Result<(), XlsxError> {
        let to: &mut Worksheet = self.workbook.add_worksheet_with_constant_memory()?;
        to.set_name(REST)?;
        self.look.headings(to, &REST_HEADINGS)?;
        let mut row = 1;
        let plain = self.look.of(Tone::Plain, Kind::Code);
        for [sheet, cell, text, source, record] in &self.rest {
            let mut left = Some(text.clone());
            let mut number = 1_u32;
            while let Some(text) = left {
                let (text, more) = split(&text, self.limits.characters);
                // The mark that the rest stands elsewhere is not needed where it stands in the next row.
                let text = text.strip_suffix(cell::GOES_ON).map_or(text.clone(), str::to_owned);
                to.write_string_with_format(row, 0, sheet, plain)?;
                to.write_string_with_format(row, 1, cell, plain)?;
                to.write_number_with_format(row, 2, number, plain)?;
                to.write_string_with_format(row, 3, text, plain)?;
                to.write_string_with_format(row, 4, source, plain)?;
                to.write_string_with_format(row, 5, record, plain)?;
                (left, number, row) = (more, number + 1, row + 1);
            }
        }
        Ok(())
    }

    fn save(mut self) -> Result<Vec<Message>, XlsxError> {
        let sheets = std::mem::take(&mut self.sheets);
        for sheet in sheets.iter().flatten() {
            self.end(sheet)?;
        }
        let mut said = Vec::new();
        if !self.rest.is_empty() {
            self.write_rest()?;
            let n = self.rest.len();
            said.push(Message::new(
                format!("Excel のセルに入りきらない内容 {n} 個の続きを、シート「{REST}」に書きました"),
                format!("{n} texts are too long for a cell of Excel; sheet {REST} holds the rest of them"),
            ));
        }
        for title in &self.continued {
            said.push(Message::new(
                format!("シート「{title}」の行が Excel の上限を超えたため、次のシートに続けました"),
                format!("sheet {title} has more rows than Excel holds and goes on on another sheet"),
            ));
        }
        if self.unprintable > 0 {
            let n = self.unprintable;
            said.push(Message::new(
                format!("Excel に入れられない制御文字 {n} 字を 〓U+XXXX〓 と書きました"),
                format!("{n} control characters that Excel cannot hold are written as 〓U+XXXX〓"),
            ));
        }
        said.extend(self.links.said());
        self.workbook.save_to_writer(&mut self.file)?;
        std::io::Write::flush(&mut self.file)?;
        Ok(said)
    }
}

impl Sink for Book {
    fn row(&mut self, row: &Row) -> Result<(), Error> {
        let Some(mut sheet) = self.sheets[row.table as usize].take() else { return Ok(()) };
        self.write(row, &mut sheet).map_err(|e| Error::cannot_write(NAME, e))?;
        self.sheets[row.table as usize] = Some(sheet);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Message>, Error> {
        self.save().map_err(|e| Error::cannot_write(NAME, e))
    }
}

impl SheetColumn {
    /// Whether it holds a field, or what a field is part of: `fields` for `fields.budget`, the third cell for `cells.2`.
    fn is_of(&self, field: &str) -> bool {
        let (whole, part) = field.split_once('.').map_or((field, None), |(whole, part)| (whole, Some(part)));
        let is_item = self.item.is_none() || part.is_none_or(|part| part.parse() == Ok(self.item.unwrap_or_default()));
        !field.is_empty() && self.column.field == whole && is_item
    }

    /// What stands in it: the value, or one text of a list.
    fn value(&self, value: &Value) -> Value {
        match (self.item, value) {
            (Some(item), Value::List(list)) => Value::text(list.get(item).cloned()),
            _ => value.clone(),
        }
    }
}

/// The columns of a sheet; the cells of a table are spread over `widest` columns.
fn columns(table: &Table, widest: usize) -> Vec<SheetColumn> {
    let mut columns = Vec::new();
    for (index, column) in table.columns.iter().enumerate().filter(|(_, c)| c.width > 0) {
        if column.name == "cells" {
            let spread =
                (0..widest).map(|item| SheetColumn { index, column: *column, item: Some(item), heading: format!("列{}", item + 1) });
            columns.extend(spread);
        } else {
            columns.push(SheetColumn { index, column: *column, item: None, heading: column.heading.to_owned() });
        }
    }
    columns
}

/// Which columns of a row are doubted. What the findings say stands at the first column of the field; at the column of
/// findings where no column is of the field.
fn doubts(row: &Row, sheet: &Sheet) -> BTreeMap<usize, Vec<String>> {
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for [field, code, message] in &row.doubts {
        let of_field = || sheet.columns.iter().enumerate().filter(|(_, c)| c.is_of(field)).map(|(at, _)| at);
        let note = format!("{code} {message}");
        match of_field().next().or(sheet.findings) {
            Some(first) => found.entry(first).or_default().push(note),
            None => continue,
        }
        for at in of_field() {
            found.entry(at).or_default();
        }
    }
    found
}

/// A day that Excel counts as the calendar does.
fn day(text: &str) -> Option<ExcelDateTime> {
    let [year, month, day] = text.split('-').collect::<Vec<_>>().try_into().ok()?;
    let year: u16 = year.parse().ok().filter(|y| (1901..=9999).contains(y))?;
    ExcelDateTime::from_ymd(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The name of a column: A, B … AA.
fn letters(column: u16) -> String {
    let (mut letters, mut left) = (Vec::new(), u32::from(column) + 1);
    while left > 0 {
        letters.insert(0, char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_over_the_limit_go_on_on_another_sheet() {
        let tables = crate::tables::tables();
        let limits = Limits { rows: 3, ..Limits::EXCEL };
        let file = BufWriter::new(tempfile::tempfile().unwrap());
        let mut book = Box::new(Book::with_limits(&tables, 1, Links::default(), file, limits).unwrap());
        let values = vec![Value::Text("x".to_owned()); tables[TableId::Goals as usize].columns.len()];
        for _ in 0..5 {
            book.row(&Row { table: TableId::Goals, values: values.clone(), doubts: Vec::new() }).unwrap();
        }
        let names: Vec<String> = book.workbook.worksheets().iter().map(Worksheet::name).collect();
        assert_eq!(names[7..], ["目標 (2)", "目標 (3)"]);
        assert_eq!(book.finish().unwrap().len(), 2);
    }

    #[test]
    fn columns_are_named_as_excel_does() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn only_whole_days_are_dates() {
        assert!(day("2026-03-31").is_some());
        for text in ["2026-03", "2026", "", "1900-02-28", "2026-13-01", "未定"] {
            assert!(day(text).is_none(), "{text}");
        }
    }
}
