//! K012: a row of totals that is not the sum of what stands above it. Another column whose total agrees says that the row
//! is one of totals; without it, or where only one column has numbers, nothing is said.

use crate::checks::{Hit, Sheet};
use seisho_japanese::tokenizer::Worker;
use seisho_model::record::Table;

const TOTALS: [&str; 4] = ["計", "合計", "総計", "総合計"];

pub(in crate::checks) fn find(sheet: &Sheet<'_>, _: &mut Worker) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (number, table) in sheet.document.tables.iter().enumerate() {
        for (cell, sum) in wrong(table) {
            let pointer = format!("/tables/{number}/cells/{cell}/text");
            let Some(text) = sheet.texts.iter().position(|t| t.pointer.as_str() == pointer) else { continue };
            let (ja, en) = (format!("上の数の和は {sum} です"), format!("what stands above adds up to {sum}"));
            hits.push(Hit::new(text, [0, sheet.texts[text].chars.len()], Some(sum.to_string()), ja, en));
        }
    }
    hits
}

/// Cells of totals that are wrong, with the sum of their columns.
fn wrong(table: &Table) -> Vec<(usize, i64)> {
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let Some(row) = table.cells.iter().find(|c| TOTALS.contains(&squeezed(&c.text).as_str())).map(|c| c.row[0]) else { return Vec::new() };
    let (mut right, mut wrong) = (0, Vec::new());
    for (index, total) in table.cells.iter().enumerate().filter(|(_, c)| c.row[0] == row) {
        let Some(said) = number(&total.text) else { continue };
        let above = table.cells.iter().filter(|c| c.col == total.col && c.row[1] <= row);
        let parts: Vec<i64> = above.filter_map(|c| number(&c.text)).collect();
        match parts.len() >= 2 {
            true if parts.iter().sum::<i64>() == said => right += 1,
            true => wrong.push((index, parts.iter().sum())),
            false => {}
        }
    }
    if right > 0 { wrong } else { Vec::new() }
}

/// A whole number; △ is a minus.
fn number(text: &str) -> Option<i64> {
    let digits = |c: char| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c };
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).map(digits).collect();
    plain.replacen(['△', '▲', '－', '−'], "-", 1).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::record::TableCell;

    fn table(rows: &[[&str; 3]]) -> Table {
        let cell = |r: usize, c: usize, text: &str| TableCell {
            row: [r as u32, r as u32 + 1],
            col: [c as u32, c as u32 + 1],
            text: text.to_owned(),
        };
        let cells = rows.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, text)| cell(r, c, text))).collect();
        Table { page: 1, rows: rows.len() as u32, cols: 3, cells }
    }

    #[test]
    fn a_total_is_held_against_its_parts() {
        let rows = [["課", "件数", "金額"], ["税務", "10", "1,200"], ["市民", "20", "△200"]];
        assert_eq!(wrong(&table(&[rows[0], rows[1], rows[2], ["合計", "40", "1,000"]])), [(10, 30)]);
        assert_eq!(wrong(&table(&[rows[0], rows[1], rows[2], ["合 計", "30", "1,000"]])), []);
    }
}
