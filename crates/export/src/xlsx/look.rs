//! How a workbook looks.

use crate::tables::Kind;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet, XlsxError};

/// Whether a cell is doubted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// It is not.
    Plain,
    /// A finding doubts it.
    Doubted,
    /// It leads to the paper.
    Linked,
}

/// Width of a column that nothing stands in.
pub(super) const NARROW: u16 = 8;

/// Lines that a text takes in a column of this width; a character of Japanese is as wide as two others.
pub(super) fn lines(text: &str, width: u16) -> u32 {
    let width = usize::from(width.max(4)) - 1;
    let cells = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    text.split('\n').map(|line| u32::try_from(cells(line).div_ceil(width).max(1)).unwrap_or(u32::MAX)).fold(0, u32::saturating_add)
}

/// The height of a row, in points; Excel has a highest.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines.min(100)) * 16.0 + 4.0).min(409.0)
}

/// The formats of cells.
pub(super) struct Look {
    heading: Format,
    /// Text, codes, whole numbers, days, numbers; plain, then doubted, then linked.
    cells: [[Format; 5]; 3],
}

const FONT: &str = "游ゴシック";
const RULE: Color = Color::RGB(0x00D0_D5DD);

impl Default for Look {
    fn default() -> Self {
        let cell = Format::new()
            .set_font_name(FONT)
            .set_font_size(10)
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(RULE);
        let kinds = |cell: Format| {
            [
                cell.clone().set_text_wrap(),
                cell.clone().set_text_wrap().set_num_format("@"),
                cell.clone().set_align(FormatAlign::Center),
                cell.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
                cell,
            ]
        };
        let doubted = cell.clone().set_background_color(Color::RGB(0x00FF_E8A3));
        let linked = cell.clone().set_font_color(Color::RGB(0x0005_63C1)).set_underline(FormatUnderline::Single);
        let heading = cell
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x001F_4E79))
            .set_font_color(Color::White);
        Self { heading, cells: [kinds(cell), kinds(doubted), kinds(linked)] }
    }
}

impl Look {
    /// The format of a cell.
    pub(super) fn of(&self, tone: Tone, kind: Kind) -> &Format {
        let kind = match kind {
            Kind::Text | Kind::List | Kind::Parts(..) => 0,
            Kind::Code | Kind::Choice(_) => 1,
            Kind::Integer(_) => 2,
            Kind::Date | Kind::DatePart => 3,
            Kind::Number => 4,
        };
        &self.cells[tone as usize][kind]
    }

    /// The heading row, which stays in sight, and widths; the sheet prints on A3 paper as wide as it is.
    pub(super) fn headings(&self, sheet: &mut Worksheet, headings: &[(&str, u16)]) -> Result<(), XlsxError> {
        for (at, (heading, width)) in (0..).zip(headings) {
            sheet.set_column_width(at, f64::from(*width))?;
            sheet.write_string_with_format(0, at, *heading, &self.heading)?;
        }
        sheet.set_row_height(0, 36)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        Ok(())
    }
}

/// What a workbook says of itself: always the same, so that the same results give the same bytes.
pub(super) fn properties() -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("清書の書き出し").set_author("seisho").set_creation_datetime(&made))
}
