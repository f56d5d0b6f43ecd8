//! Delimited rows: cells between tabs, commas or pipes, with quoted cells that hold line ends.

use crate::span;
use crate::text::inline::{self, Tags};
use seisho_model::Trust;
use seisho_model::layout::{Cell, Layout, StandIn, Table, TableForm};
use seisho_model::{Page, Piece};
use std::ops::Range;

/// A quoted cell runs over at most this many bytes; a longer one is a stray quotation mark.
const LONGEST_QUOTE: usize = 20_000;

/// The cells of one row as byte ranges of a page's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Field>,
    /// One past the row's last byte, without its line end.
    pub(crate) end: usize,
}

/// One cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) range: Range<usize>,
    /// Stood in quotation marks, which are not in the range.
    pub(crate) quoted: bool,
}

/// Reads the row that starts at `start`; it ends at a line end outside quotation marks.
pub(crate) fn read_row(text: &str, start: usize, delimiter: char) -> Row {
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        let field = read_field(text, at, delimiter);
        at = field.range.end + usize::from(field.quoted);
        cells.push(field);
        if !text[at..].starts_with(delimiter) {
            return Row { cells, end: at };
        }
        at += delimiter.len_utf8();
    }
}

fn read_field(text: &str, start: usize, delimiter: char) -> Field {
    let bytes = text.as_bytes();
    // A mark alone between tabs says "as above".
    let is_ditto = delimiter == '\t' && matches!(bytes.get(start + 1), None | Some(b'\t' | b'\n' | b'\r'));
    if bytes.get(start) == Some(&b'"')
        && !is_ditto
        && let Some(end) = closing_quote(text, start + 1, delimiter)
    {
        return Field { range: start + 1..end, quoted: true };
    }
    let end = text[start..].find([delimiter, '\n', '\r']).map_or(text.len(), |n| start + n);
    Field { range: start..end, quoted: false }
}

/// The quotation mark that ends a cell: the first single one, if a delimiter or line end follows it.
fn closing_quote(text: &str, mut at: usize, delimiter: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let last = bytes.len().min(at + LONGEST_QUOTE);
    while at < last {
        if bytes[at] != b'"' {
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
        } else {
            let rest = &text[at + 1..];
            return (rest.is_empty() || rest.starts_with(['\n', '\r', delimiter])).then_some(at);
        }
    }
    None
}

/// Makes a table of rows; quotation marks and what the delimiters leave go to the layout's markup.
pub(crate) fn table(page: &Page, number: usize, rows: &[Row], form: TableForm, layout: &mut Layout) -> Table {
    let mut cells = Vec::new();
    let cols = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    for (row, fields) in rows.iter().enumerate() {
        for (col, field) in fields.cells.iter().enumerate() {
            let piece = span::piece(number, field.range.clone());
            if field.quoted {
                quotation_marks(page, piece, layout);
            }
            if form == TableForm::Pipes {
                emphasis(page, piece, layout);
            }
            let lines = cell_lines(page, piece, field.quoted, layout);
            let (row, col) = (row as u32, col as u32);
            cells.push(Cell { row: row..row + 1, col: col..col + 1, header: false, room: None, lines });
        }
    }
    if form == TableForm::Commas {
        delimiters(page, number, rows, layout);
    }
    Table { form, rows: rows.len() as u32, cols: cols as u32, cells, edges: None }
}

/// `**so**`: the stars are no part of the text.
pub(crate) fn emphasis(page: &Page, piece: Piece, layout: &mut Layout) {
    let stars: Vec<usize> = page.slice(piece.range).match_indices("**").map(|(at, _)| at).collect();
    for pair in stars.chunks_exact(2) {
        layout.emphasis.extend((pair[0] + 2 < pair[1]).then(|| piece.part(pair[0] + 2..pair[1])));
    }
    for at in stars.chunks_exact(2).flatten() {
        layout.stand_ins.push(StandIn {
            piece: piece.part(*at..at + 2),
            means: String::new(),
            rule: "drop-emphasis",
            trust: Trust::Lossless,
        });
    }
}

fn cell_lines(page: &Page, piece: Piece, quoted: bool, layout: &mut Layout) -> Vec<seisho_model::layout::CellLine> {
    // A line end inside quotation marks was typed by a person: each line stands alone.
    let parts = if quoted { span::lines(page, piece) } else { vec![piece] };
    inline::cell(page, parts, Tags::Known, layout)
}

fn quotation_marks(page: &Page, piece: Piece, layout: &mut Layout) {
    let (start, end) = (piece.range.start as usize, piece.range.end as usize);
    layout.markup.push(span::piece(piece.page as usize, start - 1..start));
    layout.markup.push(span::piece(piece.page as usize, end..end + 1));
    for (at, _) in page.slice(piece.range).match_indices("\"\"") {
        layout.stand_ins.push(StandIn {
            piece: piece.part(at..at + 2),
            means: "\"".into(),
            rule: "undouble-quotation-mark",
            trust: Trust::Lossless,
        });
    }
}

fn delimiters(page: &Page, number: usize, rows: &[Row], layout: &mut Layout) {
    for row in rows {
        for field in &row.cells[..row.cells.len() - 1] {
            let at = field.range.end + usize::from(field.quoted);
            let long = page.text[at..].chars().next().map_or(0, char::len_utf8);
            layout.markup.push(span::piece(number, at..at + long));
        }
    }
}

/// The cells of a `| a | b |` row, or none where the line is no such row. `\|` does not end a cell.
pub(crate) fn pipe_cells(text: &str, line: Range<usize>) -> Option<Vec<Range<usize>>> {
    let row = &text[line.clone()];
    let body = row.trim();
    if body.len() < 2 || !body.starts_with('|') {
        return None;
    }
    let offset = line.start + (row.len() - row.trim_start().len());
    let bars: Vec<usize> = body.match_indices('|').map(|(at, _)| at).filter(|&at| at == 0 || body.as_bytes()[at - 1] != b'\\').collect();
    let mut cells: Vec<Range<usize>> = bars.windows(2).map(|w| offset + w[0] + 1..offset + w[1]).collect();
    let last = bars[bars.len() - 1];
    if last + 1 < body.len() {
        cells.push(offset + last + 1..offset + body.len());
    }
    (!cells.is_empty()).then_some(cells)
}

/// True for the row of dashes under a Markdown table's header.
pub(crate) fn is_pipe_rule(text: &str, cells: &[Range<usize>]) -> bool {
    cells.iter().all(|c| {
        let cell = text[c.clone()].trim();
        cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, delimiter: char) -> (Vec<&str>, usize) {
        let row = read_row(text, 0, delimiter);
        (row.cells.iter().map(|f| &text[f.range.clone()]).collect(), row.end)
    }

    #[test]
    fn a_row_ends_at_a_line_end_outside_quotation_marks() {
        let text = "1\t\"a\nb\"\"c\"\t\t3月\nnext";
        assert_eq!(texts(text, '\t'), (vec!["1", "a\nb\"\"c", "", "3月"], text.len() - 5));
    }

    #[test]
    fn a_stray_quotation_mark_is_text() {
        assert_eq!(texts("\"未完\t2\n", '\t').0, ["\"未完", "2"]);
    }

    #[test]
    fn pipes_with_and_without_a_closing_one() {
        let text = "| 1 | a\\|b |";
        let cells: Vec<_> = pipe_cells(text, 0..text.len()).unwrap().into_iter().map(|r| text[r].trim()).collect();
        assert_eq!(cells, ["1", "a\\|b"]);
        let rule = "|---|:-:";
        assert!(is_pipe_rule(rule, &pipe_cells(rule, 0..rule.len()).unwrap()));
    }
}
