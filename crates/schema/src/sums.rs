//! Figures of a scanned table held against each other: sums, products, differences and shares that the table itself states.
//! What agrees is confirmed; what does not is doubted, with the figure that would agree. Nothing is changed.

use crate::recorder::Recorder;
use seisho_model::codes::picture::x017;
use seisho_model::record::Table;
use seisho_model::script::{half_width, is_kanji};
use seisho_model::{Finding, Pointer};
use std::collections::BTreeMap;

/// Sums of fewer figures may be right by chance.
const LEAST_ADDENDS: usize = 2;
/// A figure of fewer digits agrees by chance.
const LEAST_DIGITS: usize = 2;
/// So many figures of a column with marks of thousands make a point before three digits odd.
const HABIT: usize = 2;
/// So many times as many figures with a unit as without it make those without odd.
const UNITS: usize = 2;
/// Decimal places that are kept.
const PLACES: usize = 3;

/// A figure of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Figure {
    /// In thousandths.
    value: i128,
    places: usize,
    is_percent: bool,
}

impl Figure {
    /// What a cell says; none where that is no figure.
    fn of(text: &str) -> Option<Self> {
        let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
        let (sign, rest) = match folded.strip_prefix(['△', '▲', '-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, folded.as_str()),
        };
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
        let (number, unit) = rest.split_at(end);
        let is_percent = unit == "%";
        let (whole, places) = number.split_once('.').unwrap_or((number, ""));
        let is_unit = unit.chars().count() <= 3 && unit.chars().all(|c| !c.is_ascii() || c == '%');
        if whole.is_empty() || whole.len() > 20 || !is_unit || places.len() > PLACES || !places.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let mut groups = whole.split(',');
        let first = groups.next().map_or(0, str::len);
        if whole.contains(',') && (!(1..=3).contains(&first) || groups.any(|group| group.len() != 3)) {
            return None;
        }
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        let value: i128 = format!("{digits}{places:0<PLACES$}").parse().ok()?;
        Some(Self { value: sign * value, places: places.len(), is_percent })
    }
}

/// What stands behind a figure.
fn unit(text: &str) -> String {
    text.chars().map(half_width).skip_while(|c| !c.is_ascii_digit()).skip_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect()
}

/// Whether a cell of a column of figures says a word or that there is none: 皆増, －.
fn is_word(text: &str) -> bool {
    !text.chars().any(|c| half_width(c).is_ascii_alphanumeric()) && text.chars().all(|c| is_kanji(c) || "－―ー-‐−—～〃…（）()".contains(c))
}

/// Figures that say another one together.
struct Relation {
    /// Cells by their place in the table, and the one that the others make, last.
    cells: Vec<usize>,
    holds: bool,
    /// The value that each would need, where it alone is wrong.
    needs: Vec<Option<i128>>,
}

/// Holds the figures of a table against each other.
pub(crate) fn check(table: &Table, number: usize, recorder: &mut Recorder<'_>) {
    let figures: Vec<Option<Figure>> = table.cells.iter().map(|cell| Figure::of(&cell.text)).collect();
    let grid = Grid::new(table, &figures);
    let relations = grid.relations();
    let mut confirmed: Vec<usize> = relations.iter().filter(|r| r.holds).flat_map(|r| r.cells.iter().copied()).collect();
    confirmed.sort_unstable();
    confirmed.dedup();
    let pointer = |cell: usize| Pointer::of("tables").item(number).field("cells").item(cell).field("text");
    let mut said: BTreeMap<usize, Option<String>> = BTreeMap::new();
    for relation in relations.iter().filter(|r| !r.holds) {
        for (cell, with) in suspects(relation, table, &figures, &confirmed) {
            said.entry(cell).or_insert(with);
        }
    }
    let bare = grid.odd_units();
    confirmed.retain(|cell| !bare.contains(cell));
    said.extend(bare.into_iter().map(|cell| (cell, None)));
    for cell in grid.odd_points() {
        said.entry(cell).or_insert_with(|| Some(table.cells[cell].text.replace('.', ",")));
    }
    for (cell, with) in said {
        if !confirmed.contains(&cell) {
            let finding = x017::odd(&table.cells[cell].text, with.as_deref()).about(pointer(cell));
            recorder.findings.push(Finding { suggestion: with, ..finding });
        }
    }
    for cell in confirmed {
        recorder.confirm(&pointer(cell));
    }
}

/// The cells that may be wrong where figures do not agree, each with what would agree.
fn suspects(relation: &Relation, table: &Table, figures: &[Option<Figure>], confirmed: &[usize]) -> Vec<(usize, Option<String>)> {
    let open: Vec<usize> = (0..relation.cells.len()).filter(|&i| !confirmed.contains(&relation.cells[i])).collect();
    let with = |i: usize| {
        let cell = relation.cells[i];
        let text = written(relation.needs[i]?, &table.cells[cell].text, figures[cell]?)?;
        is_near(&text, &table.cells[cell].text).then_some((cell, Some(text)))
    };
    let near: Vec<(usize, Option<String>)> = open.iter().filter_map(|&i| with(i)).collect();
    if !near.is_empty() {
        return near;
    }
    match (open.as_slice(), relation.cells.last()) {
        ([one], _) => vec![(relation.cells[*one], None)],
        (_, Some(&last)) => vec![(last, None)],
        _ => Vec::new(),
    }
}

/// A value as a cell would say it: with its marks of thousands, places, sign and unit.
fn written(value: i128, like: &str, figure: Figure) -> Option<String> {
    // Three places behind a point may be thousands behind a mark that was misread.
    let count = if figure.places == PLACES && value % 1_000 == 0 { 0 } else { figure.places };
    let scale = 10_i128.pow((PLACES - count) as u32);
    if value % scale != 0 {
        return None;
    }
    let digits = format!("{:0>width$}", (value.abs() / scale).to_string(), width = count + 1);
    let (whole, places) = digits.split_at(digits.len() - count);
    let has_marks = like.contains([',', '，', '.', '．']) || count == 0;
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && has_marks && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    let signs = like.chars().next().filter(|c| matches!(c, '△' | '▲' | '-' | '−'));
    let sign = if value < 0 { Some(signs.unwrap_or('△')) } else { None };
    let unit: String =
        like.chars().skip_while(|c| signs == Some(*c)).skip_while(|c| half_width(*c).is_ascii() && half_width(*c) != '%').collect();
    let point = if places.is_empty() { "" } else { "." };
    Some(sign.into_iter().chain(format!("{grouped}{point}{places}{unit}").chars()).collect())
}

/// Whether one text is another but for one character, or for its points and commas.
fn is_near(a: &str, b: &str) -> bool {
    let folded = |text: &str| text.chars().map(half_width).collect::<Vec<char>>();
    let plain = |text: &str| folded(text).into_iter().filter(|c| *c != ',' && *c != '.').collect::<Vec<char>>();
    let (a, b) = (plain(a), plain(b));
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    (a.len() - start - end).max(b.len() - start - end) <= 1
}

/// The cells of a table by row and column.
struct Grid<'t> {
    table: &'t Table,
    figures: &'t [Option<Figure>],
    places: BTreeMap<(u32, u32), usize>,
}

impl<'t> Grid<'t> {
    fn new(table: &'t Table, figures: &'t [Option<Figure>]) -> Self {
        let single = |cell: &seisho_model::record::TableCell| cell.row[1] - cell.row[0] == 1 && cell.col[1] - cell.col[0] == 1;
        let places = table.cells.iter().enumerate().filter(|(_, c)| single(c)).map(|(i, c)| ((c.row[0], c.col[0]), i)).collect();
        Self { table, figures, places }
    }

    fn text(&self, row: u32, col: u32) -> String {
        let text = self.places.get(&(row, col)).map_or("", |&i| self.table.cells[i].text.as_str());
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    fn figure(&self, row: u32, col: u32) -> Option<(usize, Figure)> {
        let &cell = self.places.get(&(row, col))?;
        Some((cell, self.figures[cell]?))
    }

    /// Everything that figures of the table say of each other.
    fn relations(&self) -> Vec<Relation> {
        let mut all = Vec::new();
        for col in 0..self.table.cols {
            self.totals(col, &mut all);
        }
        let heads: Vec<String> = (0..self.table.cols).map(|col| self.text(0, col)).collect();
        let of = |names: &[&str]| (0..self.table.cols).find(|&col| names.iter().any(|n| heads[col as usize].starts_with(n)));
        if let (Some(count), Some(price), Some(sum)) = (of(&["数量", "個数"]), of(&["単価"]), of(&["金額", "価格", "計"])) {
            all.extend((1..self.table.rows).filter_map(|row| self.product(row, [count, price, sum])));
        }
        if let Some(differ) = of(&["比較", "増減額", "差引", "差額", "増減"]).filter(|&col| col >= 2) {
            all.extend((1..self.table.rows).filter_map(|row| self.difference(row, [differ - 2, differ - 1, differ])));
        }
        all
    }

    /// A row that sums up those above it.
    fn totals(&self, col: u32, all: &mut Vec<Relation>) {
        let is_total = |row: u32| matches!(self.text(row, 0).as_str(), "合計" | "計" | "総計" | "総額" | "小計");
        let mut from = 1;
        for row in (1..self.table.rows).filter(|&row| is_total(row)) {
            let addends: Vec<(usize, Figure)> = (from..row).filter_map(|r| self.figure(r, col)).collect();
            let is_plain = addends.iter().all(|(_, f)| !f.is_percent && f.places == 0);
            let is_full = addends.len() == (from..row).filter(|&r| !self.text(r, col).is_empty()).count();
            if let Some((cell, sum)) = self.figure(row, col).filter(|(_, f)| is_plain && is_full && f.places == 0 && !f.is_percent)
                && addends.len() >= LEAST_ADDENDS
                && sum.value.abs() / 1_000 >= 10_i128.pow(LEAST_DIGITS as u32 - 1)
            {
                let total: i128 = addends.iter().map(|(_, f)| f.value).sum();
                let needs = addends.iter().map(|(_, f)| Some(f.value + sum.value - total)).chain([Some(total)]).collect();
                let cells = addends.iter().map(|(c, _)| *c).chain([cell]).collect();
                all.push(Relation { cells, holds: total == sum.value, needs });
            }
            from = row + 1;
        }
    }

    fn product(&self, row: u32, [count, price, sum]: [u32; 3]) -> Option<Relation> {
        let [(a, x), (b, y), (c, z)] = [self.figure(row, count)?, self.figure(row, price)?, self.figure(row, sum)?];
        let over = |by: Figure| (by.value != 0 && z.value * 1_000 % by.value == 0).then(|| z.value * 1_000 / by.value);
        let product = x.value.checked_mul(y.value)? / 1_000;
        Some(Relation { cells: vec![a, b, c], holds: product == z.value, needs: vec![over(y), over(x), Some(product)] })
    }

    fn difference(&self, row: u32, [now, before, differ]: [u32; 3]) -> Option<Relation> {
        let [(a, x), (b, y), (c, z)] = [self.figure(row, now)?, self.figure(row, before)?, self.figure(row, differ)?];
        let is_plain = [x, y, z].iter().all(|f| !f.is_percent);
        let needs = vec![Some(y.value + z.value), Some(x.value - z.value), Some(x.value - y.value)];
        is_plain.then(|| Relation { cells: vec![a, b, c], holds: x.value - y.value == z.value, needs })
    }

    /// Cells of a column of figures that have another unit than nearly all others, or are no figures.
    fn odd_units(&self) -> Vec<usize> {
        let mut odd = Vec::new();
        for col in 0..self.table.cols {
            // A word, or that there is none, says nothing of the unit of others.
            let is_counted = |cell: &usize| !is_word(&self.table.cells[*cell].text);
            let cells = (1..self.table.rows).filter_map(|row| self.places.get(&(row, col))).copied().filter(is_counted);
            let cells: Vec<usize> = cells.collect();
            let unit = |cell: usize| self.figures[cell].map(|_| unit(&self.table.cells[cell].text));
            let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
            cells.iter().for_each(|&cell| *counts.entry(unit(cell)).or_default() += 1);
            let Some((usual, &count)) = counts.iter().max_by_key(|(_, count)| **count).filter(|(usual, _)| usual.is_some()) else {
                continue;
            };
            if count > (cells.len() - count) * UNITS {
                odd.extend(cells.into_iter().filter(|&cell| unit(cell) != *usual));
            }
        }
        odd
    }

    /// Points before three digits in a column whose figures have marks of thousands.
    fn odd_points(&self) -> Vec<usize> {
        let mut odd = Vec::new();
        for col in 0..self.table.cols {
            let cells: Vec<usize> = (1..self.table.rows).filter_map(|row| self.figure(row, col)).map(|(cell, _)| cell).collect();
            let is_marked =
                |cell: &&usize| self.table.cells[**cell].text.contains([',', '，']) && self.figures[**cell].is_some_and(|f| f.places == 0);
            let is_point = |cell: &&usize| self.figures[**cell].is_some_and(|f| f.places == PLACES);
            if cells.iter().filter(is_marked).count() >= HABIT {
                odd.extend(cells.iter().filter(is_point));
            }
        }
        odd
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::Pages;
    use seisho_model::record::TableCell;

    /// What is said of a table of scanned figures: by cell what it says, and what would agree.
    fn found(rows: &[&[&str]]) -> Vec<(String, Option<String>)> {
        let cells = (0..).zip(rows).flat_map(|(r, row)| (0..).zip(*row).map(move |(c, text)| (r, c, *text)));
        let cell = |(r, c, text): (u32, u32, &str)| TableCell { row: [r, r + 1], col: [c, c + 1], text: text.to_owned() };
        let cells: Vec<TableCell> = cells.filter(|c| !c.2.is_empty()).map(cell).collect();
        let table = Table { page: 1, rows: rows.len() as u32, cols: rows[0].len() as u32, cells };
        let pages = Pages(Vec::new());
        let mut recorder = Recorder::new(&pages);
        check(&table, 0, &mut recorder);
        assert!(recorder.findings.iter().all(|f| f.code.name() == "X017"));
        let text = |f: &Finding| {
            let pointer = f.pointer.as_ref().expect("a cell").as_str().to_owned();
            let cell: usize = pointer.split('/').nth(4).and_then(|n| n.parse().ok()).expect("a number");
            table.cells[cell].text.clone()
        };
        recorder.findings.iter().map(|f| (text(f), f.suggestion.clone())).collect()
    }

    #[test]
    fn a_product_that_is_no_product_is_doubted_with_the_figure_that_is_one() {
        let head: &[&str] = &["品名", "数量", "単価", "金額"];
        assert_eq!(found(&[head, &["机", "3", "1,900", "5,700"], &["椅子", "4", "20,000", "80,000"]]), []);
        let odd = found(&[head, &["机", "3", "1,900", "5.700"], &["椅子", "4", "20,000", "80,000"]]);
        assert_eq!(odd, [("5.700".to_owned(), Some("5,700".to_owned()))]);
    }

    #[test]
    fn of_a_total_that_is_none_the_figure_that_nothing_confirms_is_doubted() {
        let rows: [&[&str]; 4] = [
            &["区分", "数量", "単価", "金額"],
            &["机", "3", "1,900", "5,700"],
            &["椅子", "4", "20,000", "80,000"],
            &["合計", "", "", "85,790"],
        ];
        assert_eq!(found(&rows), [("85,790".to_owned(), Some("85,700".to_owned()))]);
    }

    #[test]
    fn a_figure_with_another_unit_or_in_wrong_groups_is_doubted_and_a_word_is_not() {
        let head: &[&str] = &["指標", "率"];
        let rows: [&[&str]; 6] =
            [head, &["受診率", "40.5%"], &["収納率", "99.1%"], &["出席率", "27.8も"], &["利用率", "31.0%"], &["普及率", "皆増"]];
        assert_eq!(found(&rows), [("27.8も".to_owned(), None)]);
        let rows: [&[&str]; 5] = [&["年度", "額"], &["3", "1,204"], &["4", "1,310"], &["5", "1152,680"], &["6", "2,000"]];
        assert_eq!(found(&rows), [("1152,680".to_owned(), None)]);
    }

    #[test]
    fn figures_that_are_no_sums_are_left_alone() {
        assert_eq!(found(&[&["年度", "件数"], &["令和6年度", "1,204"], &["令和7年度", "1,310"]]), []);
        assert_eq!(found(&[&["指標", "率"], &["受診率", "40.5%"], &["収納率", "99.1%"], &["計", "70.0%"]]), [], "shares are no addends");
    }
}
