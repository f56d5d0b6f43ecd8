//! The list as a workbook.

use super::identity::{FORMAT, Identity};
use super::look::{self, Look};
use super::{Column, EMPTY, GUIDE, HIDDEN, READER, RIGHT, SAME, SHEET, UNKNOWN, WRONG, is_hidden_when_blind};
use crate::item::{Item, Spot};
use crate::page::{Review, Sheet};
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, Format, Image, ObjectMovement, Workbook, Worksheet, XlsxError,
};
use seisho_audit::values::sha256;
use std::collections::BTreeMap;

/// What a cell shows of the source.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Parts of pages, in their order.
    pub cuts: Vec<Cut>,
}

/// A part of a page.
#[derive(Clone, Debug)]
pub struct Cut {
    /// As PNG.
    pub png: Vec<u8>,
    /// Its size in pixels.
    pub size: (u32, u32),
}

/// UTF-16 units of a cell.
const CHARACTERS: usize = 32_000;
/// Lines of a text source that stand before and behind the value's.
const AROUND: u32 = 1;
/// Pixels of the sheet for one of a page's picture, which has 144 an inch: a third larger than on paper.
const SHRINK: f64 = 0.9;
/// Pixels that stay free around a picture.
const MARGIN: u32 = 4;

/// The list as a workbook; `shown` has one entry a value.
///
/// # Errors
/// When it cannot be written as xlsx, which no sound build does.
pub fn write(review: &Review, shown: &[Shown]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let look = Look::default();
    let mut book = Workbook::new();
    book.set_properties(&look::properties()?);
    let identities: Vec<Vec<String>> =
        review.items.iter().map(|item| identity(review, item).cells()).collect::<Result<_, serde_json::Error>>()?;
    let further = identities.iter().map(Vec::len).max().unwrap_or(1);
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    headings(sheet, &look, further)?;
    let nothing = Shown::default();
    for (at, (item, cells)) in review.items.iter().zip(&identities).enumerate() {
        let row = u32::try_from(at)? + 1;
        let rows = Row { sheet, look: &look, row, lowest: look::LOWEST };
        rows.write(review, item, shown.get(at).unwrap_or(&nothing), cells)?;
    }
    let last = u32::try_from(review.items.len())?.max(1);
    filled_in(sheet, &look, last, review.blind)?;
    let columns = u16::try_from(Column::ALL.len() + HIDDEN.len() + further - 1)?;
    sheet.autofilter(0, 0, last, columns - 1)?;
    sheet.set_print_area(0, 0, last, Column::ALL.len() as u16 - 1)?;
    guide(book.add_worksheet(), &look, review)?;
    Ok(book.save_to_buffer()?)
}

fn identity(review: &Review, item: &Item) -> Identity {
    let of = &review.sheets[item.sheet];
    let mut anchor = item.anchor.clone();
    anchor.document = of.named.clone();
    Identity {
        format: FORMAT.to_owned(),
        review: review.id.clone(),
        lot: review.lot.clone(),
        blind: review.blind,
        path: of.path.clone(),
        source_sha256: of.sha256.clone(),
        pointer: item.pointer.clone(),
        text: item.text.clone(),
        was: item.was.clone().unwrap_or_else(|| item.text.clone()),
        anchor,
        confidence: item.confidence,
    }
}

/// The heading row, which stays in sight, and the widths.
fn headings(sheet: &mut Worksheet, look: &Look, further: usize) -> Result<(), XlsxError> {
    for (at, column) in (0..).zip(Column::ALL) {
        let is_entry = matches!(column, Column::Verdict | Column::Now | Column::Memo);
        sheet.set_column_width(at, f64::from(column.width()))?;
        sheet.write_string_with_format(0, at, column.heading(), &look.headings[usize::from(is_entry)])?;
    }
    let more = (2..=further).map(|n| format!("{} {n}", HIDDEN[3]));
    for (at, name) in (Column::ALL.len() as u16..).zip(HIDDEN.map(str::to_owned).into_iter().chain(more)) {
        sheet.write_string(0, at, name)?;
        sheet.set_column_hidden(at)?;
    }
    sheet.set_row_height_pixels(0, 30)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// The columns that the reader fills in: what may stand there, and how it shows.
fn filled_in(sheet: &mut Worksheet, look: &Look, last: u32, blind: bool) -> Result<(), XlsxError> {
    let at = |column: Column| Column::ALL.iter().position(|c| *c == column).unwrap_or_default() as u16;
    let choices: &[&str] = if blind { &[UNKNOWN] } else { &[RIGHT, WRONG, UNKNOWN] };
    let list = DataValidation::new()
        .allow_list_strings(choices)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("判定")?
        .set_error_message(format!("{} のどれかを選んでください", choices.join("・")))?;
    let verdict = at(Column::Verdict);
    sheet.add_data_validation(1, verdict, last, verdict, &list)?;
    let name = char::from(b'A' + verdict as u8);
    for (word, format) in [RIGHT, WRONG, UNKNOWN].into_iter().zip(&look.verdicts) {
        let rule = ConditionalFormatFormula::new().set_rule(format!("=${name}2=\"{word}\"").as_str()).set_format(format);
        sheet.add_conditional_format(1, verdict, last, at(Column::Memo), &rule)?;
    }
    Ok(())
}

/// A row in the making.
struct Row<'s> {
    sheet: &'s mut Worksheet,
    look: &'s Look,
    row: u32,
    /// How high it is so far, in pixels.
    lowest: u32,
}

impl Row<'_> {
    fn write(mut self, review: &Review, item: &Item, shown: &Shown, identity: &[String]) -> Result<(), XlsxError> {
        let of = &review.sheets[item.sheet];
        for (at, column) in (0..).zip(Column::ALL) {
            let format = self.look.of(column);
            if review.blind && is_hidden_when_blind(column) {
                self.sheet.write_blank(self.row, at, format)?;
                continue;
            }
            match column {
                Column::Number => _ = self.sheet.write_number_with_format(self.row, at, f64::from(self.row), format)?,
                Column::Confidence => match item.confidence {
                    Some(sure) => _ = self.sheet.write_number_with_format(self.row, at, sure, format)?,
                    None => _ = self.sheet.write_blank(self.row, at, format)?,
                },
                Column::Paper => self.paper(at, of, item, shown)?,
                Column::Document => self.text(at, column, &document(of))?,
                Column::Page => self.text(at, column, &page(item))?,
                Column::Field => self.text(at, column, &field(item))?,
                Column::Value => self.text(at, column, if item.text.is_empty() { EMPTY } else { &item.text })?,
                Column::Raw => self.text(at, column, &item.raw)?,
                Column::Findings => self.text(at, column, &findings(item))?,
                Column::Candidates => self.text(at, column, &candidates(item))?,
                Column::Verdict | Column::Now | Column::Memo => _ = self.sheet.write_blank(self.row, at, format)?,
            }
        }
        let names = [of.sha256.clone(), item.pointer.to_string(), sha256(item.text.as_bytes())];
        for (at, name) in (Column::ALL.len() as u16..).zip(names.iter().chain(identity)) {
            self.sheet.write_string(self.row, at, name)?;
        }
        self.sheet.set_row_height_pixels(self.row, self.lowest.min(look::HIGHEST))?;
        Ok(())
    }

    fn text(&mut self, at: u16, column: Column, text: &str) -> Result<(), XlsxError> {
        let text = printable(text);
        self.lowest = self.lowest.max(look::lines(&text, column.width()) * look::LINE + 4);
        let format = self.look.of(column);
        match text.is_empty() {
            true => self.sheet.write_blank(self.row, at, format)?,
            false => self.sheet.write_string_with_format(self.row, at, text, format)?,
        };
        Ok(())
    }

    /// What the source shows there.
    fn paper(&mut self, at: u16, of: &Sheet, item: &Item, shown: &Shown) -> Result<(), XlsxError> {
        if !shown.cuts.is_empty() {
            return self.pictures(at, item, shown);
        }
        let parts = lines(of, item, self.look);
        if !parts.is_empty() {
            let whole: String = parts.iter().map(|(_, text)| text.as_str()).collect();
            self.lowest = self.lowest.max(look::lines(&whole, Column::Paper.width()) * look::LINE + 4);
            let parts: Vec<(&Format, &str)> = parts.iter().map(|(format, text)| (*format, text.as_str())).collect();
            self.sheet.write_rich_string_with_format(self.row, at, &parts, self.look.of(Column::Paper))?;
            return Ok(());
        }
        let others: Vec<&str> =
            item.at.iter().filter_map(|s| if let Spot::Other { place } = s { Some(place.as_str()) } else { None }).collect();
        let said = match (of.missing, others.is_empty()) {
            (Some("unreadable"), _) => "（元の文書を図にできません）".to_owned(),
            (Some("gone"), _) => "（元の文書が見つかりません）".to_owned(),
            (Some(_), _) => "（元の文書が変換の後で変わっています）".to_owned(),
            (None, false) => others.join("\n"),
            (None, true) => "（図にできません）".to_owned(),
        };
        self.text(at, Column::Paper, &said)
    }

    fn pictures(&mut self, at: u16, item: &Item, shown: &Shown) -> Result<(), XlsxError> {
        let format = self.look.of(Column::Paper);
        self.sheet.write_blank(self.row, at, format)?;
        // Columns are seven pixels a character and five more.
        let room = f64::from(u32::from(Column::Paper.width()) * 7 + 5 - 2 * MARGIN);
        let sizes = shown.cuts.iter().map(|cut| (f64::from(cut.size.0) * SHRINK, f64::from(cut.size.1) * SHRINK));
        let sizes: Vec<(f64, f64)> = sizes.collect();
        let widest = sizes.iter().map(|s| s.0).fold(1.0, f64::max);
        let high: f64 = sizes.iter().map(|s| s.1).sum();
        let most = f64::from(look::HIGHEST - MARGIN * (sizes.len() as u32 + 1));
        let scale = (room / widest).min(most / high.max(1.0)).min(1.0);
        let mut top = MARGIN;
        let heights: Vec<u32> = sizes.iter().map(|s| ((s.1 * scale) as u32).max(1)).collect();
        self.lowest = self.lowest.max(heights.iter().map(|h| h + MARGIN).sum::<u32>() + MARGIN);
        // The height decides how a picture hangs in its cell: it is set before.
        self.sheet.set_row_height_pixels(self.row, self.lowest.min(look::HIGHEST))?;
        for ((cut, size), height) in shown.cuts.iter().zip(&sizes).zip(heights) {
            let image = Image::new_from_buffer(&cut.png)?
                .set_scale_to_size(((size.0 * scale) as u32).max(1), height, false)
                .set_object_movement(ObjectMovement::MoveAndSizeWithCells)
                .set_alt_text(format!("{} {}", page(item), item.names[1].ja));
            self.sheet.insert_image_with_offset(self.row, at, &image, MARGIN, top)?;
            top += height + MARGIN;
        }
        Ok(())
    }
}

fn page(item: &Item) -> String {
    let mut said: Vec<String> = Vec::new();
    for spot in &item.at {
        let next = match spot {
            Spot::Box { page, .. } => page.to_string(),
            Spot::Line { line, .. } => format!("{line} 行"),
            Spot::Other { .. } => continue,
        };
        if !said.contains(&next) {
            said.push(next);
        }
    }
    said.join("\n")
}

/// The path of a document, and those of files with the same bytes.
fn document(of: &Sheet) -> String {
    std::iter::once(&of.path).chain(&of.also).map(String::as_str).collect::<Vec<_>>().join(SAME)
}

fn field(item: &Item) -> String {
    format!("{} {}\n{}", item.names[0].ja, item.names[1].ja, item.pointer)
}

fn findings(item: &Item) -> String {
    let said: Vec<String> = item.findings.iter().map(|f| format!("{} {}", f.code, f.message.ja)).collect();
    said.join("\n")
}

fn candidates(item: &Item) -> String {
    let said: Vec<String> = match &*item.candidates {
        [only] => vec![only.clone()],
        many => many.iter().enumerate().map(|(at, text)| format!("{}. {text}", at + 1)).collect(),
    };
    said.join("\n")
}

/// The lines of a text source around a value, in parts that are its own and others.
fn lines<'l>(of: &Sheet, item: &Item, look: &'l Look) -> Vec<(&'l Format, String)> {
    let mut marked: BTreeMap<u32, Vec<[u32; 2]>> = BTreeMap::new();
    for spot in &item.at {
        if let Spot::Line { line, c } = spot {
            marked.entry(*line).or_default().push(*c);
        }
    }
    let (Some(first), Some(last)) = (marked.keys().next(), marked.keys().next_back()) else { return Vec::new() };
    let mut parts: Vec<(&Format, String)> = Vec::new();
    let mut units = 0;
    let shown = of.lines.range(first.saturating_sub(AROUND)..=last + AROUND);
    for (number, text) in shown.filter(|(n, _)| marked.keys().any(|m| m.abs_diff(**n) <= AROUND)) {
        let columns = marked.get(number).map_or(&[][..], Vec::as_slice);
        let text = printable(text);
        units += text.encode_utf16().count() + 12;
        if units > CHARACTERS {
            break;
        }
        let mut add = |is_own: bool, text: String| match parts.last_mut() {
            _ if text.is_empty() => {}
            Some((format, so_far)) if std::ptr::eq(*format, &look.line[usize::from(is_own)]) => so_far.push_str(&text),
            _ => parts.push((&look.line[usize::from(is_own)], text)),
        };
        add(false, format!("{number}: "));
        for (column, c) in (1..).zip(text.chars()) {
            add(columns.iter().any(|[from, to]| (*from..*to).contains(&column)), c.to_string());
        }
        add(false, "\n".to_owned());
    }
    if let Some((_, text)) = parts.last_mut() {
        text.truncate(text.trim_end_matches('\n').len());
    }
    parts.retain(|(_, text)| !text.is_empty());
    parts
}

/// A text that a cell can hold: characters that no workbook has are named, and what is too long ends with a mark.
pub(super) fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut printed, mut units) = (String::with_capacity(text.len()), 0);
    for c in text.chars() {
        let is_bad = (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
        units += if is_bad { 8 } else { c.len_utf16() };
        if units > CHARACTERS {
            printed.push('…');
            break;
        }
        if is_bad { printed.push_str(&format!("〓U+{:04X}〓", u32::from(c))) } else { printed.push(c) }
    }
    printed
}

/// What to do, and who does it.
fn guide(sheet: &mut Worksheet, look: &Look, review: &Review) -> Result<(), XlsxError> {
    sheet.set_name(GUIDE)?;
    sheet.set_column_width(0, 14)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, "見直しの使い方", &look.title)?;
    sheet.write_string_with_format(2, 0, READER, &look.headings[1])?;
    match review.reader.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => sheet.write_string_with_format(2, 1, printable(name), look.of(Column::Memo))?,
        None => sheet.write_blank(2, 1, look.of(Column::Memo))?,
    };
    let how: &[(&str, &str)] = if review.blind {
        &[
            ("1", "この上の「確認者」に名前を入れます。"),
            ("2", "シート「見直し」の「元の文書」の赤い枠（テキストは赤い字）を読み、紙にあるとおりの字を「直した値」に書きます。"),
            ("3", "読めないときは、「判定」で「分からない」を選びます。紙に何もない欄には（なし）と書きます。"),
            ("4", "保存して、seisho audit agree や seisho audit decide に渡します。"),
        ]
    } else {
        &[
            ("1", "この上の「確認者」に名前を入れます。"),
            ("2", "シート「見直し」の「値」を、「元の文書」の赤い枠（テキストは赤い字）と見比べます。"),
            ("3", "「判定」で、正しい・違う・分からない のどれかを選びます。まだ見ていないものは空のままにします。"),
            ("4", "「違う」のときは、紙にあるとおりの字を「直した値」に書きます。「値」は変えません。"),
            (
                "",
                "「値」が（なし）のものは、読めた字のない欄です。紙にあれば「違う」を選んで「直した値」に書き（並びの欄は1行に1つ）、紙にもなければ「正しい」を選びます。",
            ),
            ("5", "並べ替え・絞り込み・行の削除をしても構いません。隠れた列（右端）は消さないでください。"),
            ("6", "保存して、seisho audit decide や seisho audit corrections に渡します。"),
        ]
    };
    for (row, (number, text)) in (4..).zip(how) {
        sheet.write_string_with_format(row, 0, *number, &look.plain)?;
        sheet.write_string_with_format(row, 1, *text, &look.plain)?;
    }
    let row = 5 + how.len() as u32;
    sheet.write_string_with_format(row, 0, "結果", &look.plain)?;
    sheet.write_string_with_format(row, 1, printable(&review.results), &look.plain)?;
    sheet.write_string_with_format(row + 1, 0, "件数", &look.plain)?;
    sheet.write_number_with_format(
        row + 1,
        1,
        review.items.len() as f64,
        &look.plain.clone().set_align(rust_xlsxwriter::FormatAlign::Left),
    )?;
    Ok(())
}
