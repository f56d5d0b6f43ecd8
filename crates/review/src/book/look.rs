//! How the sheet looks.

use super::Column;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder};
use rust_xlsxwriter::{DocProperties, XlsxError};

const FONT: &str = "游ゴシック";
const RULE: Color = Color::RGB(0x00D0_D5DD);

/// The formats of cells.
pub(super) struct Look {
    /// The heading row: what is given, what is filled in.
    pub(super) headings: [Format; 2],
    text: Format,
    number: Format,
    sure: Format,
    entry: Format,
    /// Parts of a text line: around the value, and the value itself.
    pub(super) line: [Format; 2],
    /// Rows by what is said of them: right, wrong, cannot tell.
    pub(super) verdicts: [Format; 3],
    /// The guide.
    pub(super) plain: Format,
    pub(super) title: Format,
}

impl Default for Look {
    fn default() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::Top);
        let cell = plain.clone().set_border(FormatBorder::Thin).set_border_color(RULE);
        // Text stays text, whatever it begins with and whatever program writes it again.
        let text = cell.clone().set_text_wrap().set_num_format("@").set_quote_prefix();
        let entry = cell.clone().set_text_wrap().set_num_format("@").set_background_color(Color::RGB(0x00FF_FBE6)).set_unlocked();
        let heading = cell.clone().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_font_color(Color::White);
        let ground = |colour| Format::new().set_background_color(Color::RGB(colour));
        Self {
            headings: [0x001F_4E79, 0x0093_5E00].map(|colour| heading.clone().set_background_color(Color::RGB(colour))),
            text,
            number: cell.clone().set_align(FormatAlign::Center),
            sure: cell.set_align(FormatAlign::Center).set_num_format("0.00"),
            entry,
            line: [plain.clone().set_font_color(Color::RGB(0x0060_6060)), plain.clone().set_bold().set_font_color(Color::RGB(0x00C0_1010))],
            verdicts: [0x00DF_F2DF, 0x00FB_D9D9, 0x00E6_E6E6].map(ground),
            title: plain.clone().set_bold().set_font_size(13),
            plain: plain.set_text_wrap(),
        }
    }
}

impl Look {
    /// The format of a cell.
    pub(super) fn of(&self, column: Column) -> &Format {
        match column {
            Column::Number => &self.number,
            Column::Confidence => &self.sure,
            Column::Verdict | Column::Now | Column::Memo => &self.entry,
            _ => &self.text,
        }
    }
}

/// Lines that a text takes in a column of this width; a character of Japanese is as wide as two others.
pub(super) fn lines(text: &str, width: u16) -> u32 {
    let width = usize::from(width.max(4)) - 1;
    let cells = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    text.split('\n').map(|line| u32::try_from(cells(line).div_ceil(width).max(1)).unwrap_or(u32::MAX)).fold(0, u32::saturating_add)
}

/// Pixels of a line of text, and of the lowest and highest row.
pub(super) const LINE: u32 = 20;
pub(super) const LOWEST: u32 = 26;
pub(super) const HIGHEST: u32 = 540;

/// What a workbook says of itself: always the same, so that the same list gives the same bytes.
pub(super) fn properties() -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("清書の見直し").set_author("seisho").set_creation_datetime(&made))
}
