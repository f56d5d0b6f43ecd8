//! What was typed into a cell. A program of sheets makes a number of 50%, a day of 1/2 and a formula of what begins with =:
//! then the book no longer holds what stands on paper, and the cell is named instead of guessed at.

use calamine::{Data, Range, Reader, StyleRange, Xlsx};
use seisho_model::codes::finding::Message;
use std::io::Cursor;

/// Formulas and formats of a sheet, by cell.
pub(super) struct Typed {
    formulas: Range<String>,
    styles: StyleRange,
}

/// Numbers from here on are not kept digit by digit.
const EXACT: f64 = 1e15;

impl Typed {
    /// Of a sheet; without formats where the book's cannot be read.
    pub(super) fn of(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Self {
        let formulas = book.worksheet_formula(sheet).unwrap_or_default();
        Self { formulas, styles: book.worksheet_style(sheet).unwrap_or_else(|_| StyleRange::empty()) }
    }

    /// Why a cell does not hold what was typed; none where it does.
    pub(super) fn problem(&self, at: (u32, u32), cell: &Data) -> Option<Message> {
        let name = name(at);
        if self.formulas.get_value(at).is_some_and(|formula| !formula.is_empty()) {
            return Some(retype(&name, "数式になっています", "holds a formula"));
        }
        match cell {
            Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => Some(retype(
                &name,
                "日付か時刻になっています（1/2 などは、日付に変わります）",
                "holds a date or time (1/2 and the like become one)",
            )),
            Data::Float(number) => self.of_number(at, *number).map(|format| {
                retype(
                    &name,
                    &format!("書式「{format}」の数になっています（ブックにある値は {number}）"),
                    &format!("holds a number of the format {format:?} (the book says {number})"),
                )
            }),
            Data::Bool(_) | Data::Error(_) => {
                Some(retype(&name, "文字ではありません（真偽値か誤り）", "holds no text (a truth value or an error)"))
            }
            _ => None,
        }
    }

    /// The format of a number that shows something else than the book says; none where both are the same.
    fn of_number(&self, at: (u32, u32), number: f64) -> Option<String> {
        let format = self.styles.get(at).and_then(|style| style.number_format.as_ref()).map(|format| format.format_code.as_str());
        let is_whole = number.fract() == 0.0;
        match format.unwrap_or("General") {
            format if number.abs() >= EXACT => Some(format.to_owned()),
            "General" | "@" | "" => None,
            "0" if is_whole => None,
            format => Some(format.to_owned()),
        }
    }
}

fn retype(cell: &str, ja: &str, en: &str) -> Message {
    Message::new(
        format!("セル {cell} が{ja}。セルの書式を「文字列」にして（または先頭に ' を付けて）、紙にあるとおりに書き直してください"),
        format!("cell {cell} {en}; make the cell a text (or begin with '), and write again what stands on paper"),
    )
}

/// A cell as sheets call it: L2.
fn name((row, column): (u32, u32)) -> String {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    format!("{}{}", letters.into_iter().rev().collect::<String>(), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_sheets_name_them() {
        assert_eq!([(0, 0), (1, 11), (9, 26), (0, 701), (0, 702)].map(name), ["A1", "L2", "AA10", "ZZ1", "AAA1"]);
    }
}
