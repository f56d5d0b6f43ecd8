//! Whether exported CSV files keep the rules for machine-readable tables of the Ministry of Internal Affairs (総務省,
//! 統計表における機械判読可能なデータの表記方法の統一ルール, December 2020), rule by rule. It reads the files as any
//! program would and trusts nothing of what wrote them but the kinds of columns.

use crate::csv::file_name;
use crate::error::Error;
use crate::tables::{Column, Kind, Table, tables};
use csv::ReaderBuilder;
use encoding_rs::SHIFT_JIS;
use std::path::Path;

/// A rule and whether it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its number: 1-1.
    pub number: &'static str,
    /// What it asks, in Japanese and English.
    pub asks: (&'static str, &'static str),
    /// Whether it is kept.
    pub verdict: Verdict,
}

/// Whether a rule is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Kept,
    /// It is not: how many places, and the first few of them.
    Broken(u64, Vec<String>),
    /// It says nothing about tables of this kind, because of this, in Japanese and English.
    DoesNotApply(&'static str, &'static str),
}

/// Places at which a rule is broken.
#[derive(Default)]
struct Places(u64, Vec<String>);

impl Places {
    /// Places that are named; the rest is counted.
    const NAMED: usize = 5;

    fn add(&mut self, place: impl FnOnce() -> String) {
        self.0 += 1;
        if self.1.len() < Self::NAMED {
            self.1.push(place());
        }
    }

    fn verdict(self) -> Verdict {
        if self.0 == 0 { Verdict::Kept } else { Verdict::Broken(self.0, self.1) }
    }
}

/// What was seen in all files.
#[derive(Default)]
struct Seen {
    format: Places,
    several: Places,
    numbers: Places,
    layout: Places,
    headings: Places,
    formulas: Places,
    units: Places,
    machine_dependent: Places,
    years: Places,
    divided: Places,
    tables: Places,
}

/// Checks the CSV files of a folder.
///
/// # Errors
/// When there are none, or one cannot be read.
pub fn check(folder: &Path) -> Result<Vec<Rule>, Error> {
    let mut seen = Seen::default();
    let mut files = 0;
    for table in tables().iter().filter(|t| t.is_file) {
        let path = folder.join(file_name(table));
        if path.is_file() {
            files += 1;
            let bytes = std::fs::read(&path).map_err(|e| Error::CannotRead(path, e))?;
            file(table, &bytes, &mut seen);
        }
    }
    if files == 0 {
        return Err(Error::NothingToCheck(folder.to_owned()));
    }
    Ok(rules(seen))
}

fn rules(seen: Seen) -> Vec<Rule> {
    let of_csv = Verdict::DoesNotApply("CSV にセルの結合はありません", "CSV has no merged cells");
    let objects = Verdict::DoesNotApply("CSV に図形はありません", "CSV has no objects");
    let regions = Verdict::DoesNotApply(
        "地域別の統計ではありません。どの行にも元のファイルがあります",
        "no statistics by region; every row names its source",
    );
    let symbols =
        Verdict::DoesNotApply("秘匿などの記号を使う数値の列はありません", "no column of numbers uses symbols for what is withheld");
    let rule = |number, ja, en, verdict| Rule { number, asks: (ja, en), verdict };
    vec![
        rule("1-1", "ファイル形式は Excel か CSV となっているか", "files are Excel or CSV", seen.format.verdict()),
        rule("1-2", "1セル1データとなっているか", "one datum a cell", seen.several.verdict()),
        rule("1-3", "数値データは数値属性とし、文字列を含まないこと", "numbers hold no text", seen.numbers.verdict()),
        rule("1-4", "セルの結合をしていないか", "no merged cells", of_csv),
        rule("1-5", "スペースや改行等で体裁を整えていないか", "no spaces or line breaks for layout", seen.layout.verdict()),
        rule("1-6", "項目名等を省略していないか", "no heading is left out", seen.headings.verdict()),
        rule("1-7", "数式を使用している場合は、数値データに修正しているか", "no formulas", seen.formulas.verdict()),
        rule("1-8", "オブジェクトを使用していないか", "no objects", objects),
        rule("1-9", "データの単位を記載しているか", "units are told", seen.units.verdict()),
        rule("1-10", "機種依存文字を使用していないか", "no machine-dependent characters", seen.machine_dependent.verdict()),
        rule(
            "1-11",
            "西暦表記又は和暦に西暦の併記がされているか",
            "years are western, or have the western year beside",
            seen.years.verdict(),
        ),
        rule("1-12", "地域コード又は地域名称が表記されているか", "regions are named", regions),
        rule("1-13", "数値データの同一列内に特殊記号が含まれる場合の表記", "symbols in columns of numbers", symbols),
        rule("2-1", "データが分断されていないか", "no table is divided", seen.divided.verdict()),
        rule("2-2", "1シートに複数の表が掲載されていないか", "one table a file", seen.tables.verdict()),
    ]
}

/// Looks at a file.
fn file(table: &Table, bytes: &[u8], seen: &mut Seen) {
    let name = file_name(table);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
        Err(_) => SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut columns: Vec<Option<&Column>> = Vec::new();
    for (row, record) in (1_u64..).zip(reader.records()) {
        let Ok(record) = record else {
            seen.format.add(|| format!("{name} {row}"));
            return;
        };
        if row == 1 {
            columns = record.iter().map(|heading| table.columns.iter().find(|c| c.name == heading)).collect();
            heading(table, &columns, record.iter(), seen);
            continue;
        }
        if record.iter().zip(&columns).all(|(cell, column)| column.is_some_and(|c| c.name == cell)) {
            seen.tables.add(|| format!("{name} {row}"));
        }
        if record.iter().all(str::is_empty) || record.len() != columns.len() {
            seen.divided.add(|| format!("{name} {row}"));
        }
        for (column, cell) in columns.iter().zip(record.iter()) {
            let Some(column) = column else { continue };
            look(column, cell, &|| format!("{name} {row} {}: {}", column.name, start(cell)), seen);
        }
    }
    if columns.is_empty() {
        seen.headings.add(|| name.clone());
    }
}

/// Looks at the heading row.
fn heading<'r>(table: &Table, columns: &[Option<&Column>], headings: impl Iterator<Item = &'r str>, seen: &mut Seen) {
    let name = file_name(table);
    for (heading, column) in headings.zip(columns) {
        match column {
            None => seen.headings.add(|| format!("{name} {heading}")),
            // A number whose unit its heading does not say is a count or a number in a row.
            Some(column) if column.name.contains("rate") && !column.name.ends_with("_percent") => {
                seen.units.add(|| format!("{name} {heading}"))
            }
            Some(_) => {}
        }
    }
    let has = |wanted: &str| columns.iter().flatten().any(|c| c.name == wanted);
    for (era, western) in [("fiscal_year_raw", "fiscal_year"), ("issued_raw", "issued"), ("deadline_raw", "deadline_until")] {
        if has(era) && !has(western) {
            seen.years.add(|| format!("{name} {era}"));
        }
    }
}

/// Looks at a cell.
fn look(column: &Column, cell: &str, place: &dyn Fn() -> String, seen: &mut Seen) {
    let is_number = matches!(column.kind, Kind::Integer(_) | Kind::Number);
    if column.kind.is_list() && !cell.is_empty() {
        seen.several.add(place);
    }
    if is_number && !cell.is_empty() && !is_plain_number(cell) {
        seen.numbers.add(place);
    }
    if cell.contains(['\n', '\r', '\t']) || cell != cell.trim() {
        seen.layout.add(place);
    }
    if !is_number && cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        seen.formulas.add(place);
    }
    if cell.chars().any(is_machine_dependent) {
        seen.machine_dependent.add(place);
    }
}

/// Digits with at most a sign and a point: no commas, no units, no full width.
fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_digits(whole) && is_digits(part)
}

/// A character that is not in JIS X 0208: circled digits, ㈱, half-width katakana, what only some machines have.
fn is_machine_dependent(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
    }
    if matches!(c, '\u{FF61}'..='\u{FF9F}') {
        return true;
    }
    let text = c.to_string();
    let (bytes, _, has_failed) = SHIFT_JIS.encode(&text);
    // Rows 13 and 89 to 120 are what NEC and IBM added; the user-defined rows follow.
    has_failed || matches!(bytes.as_ref(), [0x87 | 0xED | 0xEE | 0xF0..=0xFC, _])
}

fn start(cell: &str) -> String {
    let line: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).take(24).collect();
    if cell.chars().count() > 24 { format!("{line}…") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_neither_commas_nor_units() {
        assert!(["0", "12", "-3", "99.5"].iter().all(|n| is_plain_number(n)));
        assert!(["1,200", "12%", "１２", "", "-", "1.", "約3"].iter().all(|n| !is_plain_number(n)));
    }

    #[test]
    fn what_jis_does_not_have_is_machine_dependent() {
        assert!("①㈱ｱ髙﨑𠮷Ⅳ".chars().all(is_machine_dependent));
        assert!("職員研修、（）％～〓ア1a".chars().all(|c| !is_machine_dependent(c)));
    }

    #[test]
    fn a_broken_rule_names_its_place() {
        let tables = tables();
        let mut seen = Seen::default();
        file(&tables[crate::TableId::Goals as usize], "\u{FEFF}number,item,target\r\n\"1,200\",①,\"一\n二\"\r\n".as_bytes(), &mut seen);
        let broken: Vec<&str> = rules(seen).iter().filter(|r| matches!(r.verdict, Verdict::Broken(..))).map(|r| r.number).collect();
        assert_eq!(broken, ["1-2", "1-3", "1-5", "1-10"]);
    }
}
