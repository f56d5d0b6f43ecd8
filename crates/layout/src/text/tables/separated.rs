//! What parts the cells of a text that is rows of cells, and cells that an unquoted sign cut.

use crate::text::tables::rows::{self, Field, Row};
use std::collections::BTreeSet;

/// The signs that part cells, the usual one first; tabs part them in any text.
const SEPARATORS: [char; 5] = [',', ';', '|', '；', '，'];
/// So many rows say what parts the cells of a text.
const ROWS: usize = 400;
/// A name of a column, or a label, is no longer than this.
const LABEL: usize = 14;

/// What parts the cells of a text, where it is one of rows.
pub(crate) fn separator(text: &str) -> Option<char> {
    if text.contains('\t') {
        return None;
    }
    // A look at the lines before they are read as rows: most texts have no such sign, or in a line or two.
    let lines = || text.split(['\n', '\r']).filter(|line| !line.is_empty()).take(ROWS);
    let is_likely = |sign: char| lines().filter(|line| line.contains(sign)).nth(1).is_some();
    let shapes = SEPARATORS.into_iter().filter(|&sign| is_likely(sign)).filter_map(|sign| Some((Shape::of(text, sign)?, sign)));
    // Of equals the usual one.
    shapes.rev().max_by_key(|(shape, _)| shape.rows * shape.cols).map(|(_, sign)| sign)
}

/// Rows with the same number of cells.
struct Shape {
    cols: usize,
    rows: usize,
}

impl Shape {
    /// The rows that a sign makes of a text; none where it does not look like a table's.
    fn of(text: &str, sign: char) -> Option<Self> {
        let all = records(text, sign);
        let counts: BTreeSet<usize> = all.iter().map(|row| row.cells.len()).filter(|&cells| cells > 1).collect();
        // A row has so many cells, or as many more as figures that the sign cut can take up.
        let cuts: Vec<usize> = all.iter().map(|row| row.cells.windows(2).filter(|pair| is_cut(text, &pair[0], &pair[1])).count()).collect();
        let is_of = |at: usize, cols: usize| (cols..=cols + cuts[at]).contains(&all[at].cells.len());
        let of = |cols: usize| -> Vec<usize> { (0..all.len()).filter(|&at| is_of(at, cols)).collect() };
        let (cols, these) =
            counts.into_iter().map(|cols| (cols, of(cols))).max_by_key(|(cols, these)| (these.len() * (cols - 1), *cols))?;
        let (first, last, rows) = (*these.first()?, *these.last()?, these.len());
        let (odd, outside) = (last + 1 - first - rows, all.len() - (last + 1 - first));
        // Sentences have signs too, in any number; English ones a blank and a word behind them.
        let whole = || these.iter().map(|&at| &all[at]).filter(|row| row.cells.len() == cols);
        let cells = || whole().flat_map(|row| &row.cells[1..]).filter(|cell| !cell.range.is_empty());
        let is_word = |cell: &&Field| {
            text[cell.range.clone()].strip_prefix(' ').is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        let with_blank = cells().filter(is_word).count();
        if with_blank * 2 > cells().count() {
            return None;
        }
        let names = |row: &Row| {
            let filled = row.cells.iter().map(|cell| text[cell.range.clone()].trim()).filter(|cell| !cell.is_empty());
            filled.clone().count() >= 3 && filled.clone().all(is_label)
        };
        let ends = these.iter().filter(|&&at| all[at].cells.last().is_some_and(|cell| !cell.range.is_empty())).count();
        let is_table = match sign {
            // Sentences have it too.
            '，' | '；' => ends * 2 > rows && cols >= 4 && rows >= 3 && odd * 3 <= rows && names(&all[first]),
            '|' => cols >= 3 && rows >= 3 && odd == 0 && !all[first].cells[0].range.is_empty(),
            // Labels and what they say.
            _ if cols == 2 => {
                let labels = all[first..=last].iter().filter(|row| is_label(&text[row.cells[0].range.clone()])).count();
                sign == ',' && rows >= 4 && odd * 4 <= rows && outside <= rows && labels == last + 1 - first
            }
            _ => rows >= 2 && odd <= rows / 2 && (rows >= 3 || outside <= rows + 1),
        };
        is_table.then_some(Self { cols, rows })
    }
}

/// Rows of a text with something in them.
fn records(text: &str, sign: char) -> Vec<Row> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() && all.len() < ROWS {
        let row = rows::read_row(text, at, sign);
        // A row of nothing but its signs parts tables.
        let is_filled = text[at..row.end].chars().any(|c| !c.is_whitespace() && c != '"' && c != sign);
        at = row.end + text[row.end..].bytes().take_while(|b| matches!(b, b'\r' | b'\n')).count().max(1);
        all.extend(is_filled.then_some(row));
    }
    all
}

fn is_label(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().nth(LABEL).is_none() && !text.contains('。')
}

/// Cells of a row that has more of them than its table has columns, and which of them were put together again: a sign
/// without quotation marks cut 1,200 in two.
pub(crate) fn mended(text: &str, row: Row, cols: usize) -> (Row, Vec<Field>) {
    let mut cells: Vec<Field> = Vec::new();
    let mut mended = Vec::new();
    let mut surplus = row.cells.len().saturating_sub(cols);
    for cell in row.cells {
        match cells.last_mut().filter(|last| surplus > 0 && is_cut(text, last, &cell)) {
            Some(last) => {
                last.range.end = cell.range.end;
                surplus -= 1;
                mended.retain(|field: &Field| field.range.start != last.range.start);
                mended.push(last.clone());
            }
            None => cells.push(cell),
        }
    }
    (Row { cells, end: row.end }, mended)
}

/// Whether a figure goes on from one cell to the next: one to three digits, then three.
fn is_cut(text: &str, left: &Field, right: &Field) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    let (before, after) = (&text[left.range.clone()], &text[right.range.clone()]);
    let tail = before.len() - before.trim_end_matches(digits).len();
    let head = after.len() - after.trim_start_matches(digits).len();
    !left.quoted && !right.quoted && (1..=3).contains(&tail) && head == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_about_the_rows_are_none_of_them() {
        let table = "方針\n令和7年4月1日,部長\n番号,項目,期限\n1,周知,3月\n2,\"研修,\n見学\",5月\n以上\n";
        assert_eq!(separator(table), Some(','));
        assert_eq!(separator(&table.replace(',', ";")), Some(';'));
        assert_eq!(separator("番号|項目|期限\n1|周知|3月\n2|研修|5月\n"), Some('|'));
    }

    #[test]
    fn full_width_commas_part_cells_where_sentences_do_not_have_them() {
        assert_eq!(separator("目標一覧\n番号，項目，手段，期限\n1，周知，広報，3月\n2，研修，講師の招へい，5月\n"), Some('，'));
        assert_eq!(
            separator(
                "本市は，人口の減少，高齢化，災害に備え，\n職員は，課題を，自ら，捉え，\n関係者と，力を，合わせ，取り組み，\n成果を，市民に，分かりやすく，示す。\n"
            ),
            None
        );
        assert_eq!(separator("令和7年度,方針\n職員は課題を捉えること。\n"), None);
    }

    #[test]
    fn sentences_with_commas_are_no_rows() {
        let letter = "Three lines, clean, printed\nExpected: one, two, three\nGot: a, b, c\nMade, read, looked at, kept\n";
        assert_eq!(separator(letter), None);
    }

    #[test]
    fn labels_and_values_are_rows_of_two_cells() {
        assert_eq!(separator("部局,環境部\n目標,ごみの減量\n期限,3月\n手段,出前講座の開催\n"), Some(','));
        assert_eq!(separator("1,方針\n職員は課題を捉えること。\n2,目標\n研修を行うこと。\n"), None);
    }

    #[test]
    fn a_figure_that_a_comma_cut_is_put_together_where_the_row_has_a_cell_too_many() {
        let texts = |text: &str, cols: usize| {
            let (row, mended) = mended(text, rows::read_row(text, 0, ','), cols);
            (row.cells.iter().map(|f| text[f.range.clone()].to_owned()).collect::<Vec<_>>(), mended.len())
        };
        assert_eq!(texts("1,参加者1,200人,3月", 3), (vec!["1".into(), "参加者1,200人".into(), "3月".into()], 1));
        assert_eq!(texts("1,200,3月", 3), (vec!["1".into(), "200".into(), "3月".into()], 0));
    }
}
