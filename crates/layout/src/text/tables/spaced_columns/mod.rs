//! Tables whose columns are kept apart by spaces, line by line, as `pdftotext -layout` writes them: white corridors
//! from the top of the table to its bottom. A grid row is a line of the text; which lines make up a row of the
//! table takes a reader. Knows widths of characters, no words.

mod amounts;
mod cut;
mod places;
mod stretch;

pub(crate) use amounts::tables_of_amounts;

use crate::{rule_signs, span};
use cut::Cuts;
use seisho_model::layout::{Cell, CellLine, ListLine, Table, TableForm};
use seisho_model::script::half_width;
use seisho_model::{Page, Run};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use stretch::{Measure, Stretch, spaces_numbers, stretches};

/// Fewer columns are no table: letters have three (作成日, 職名, 氏名), two columns of text have two.
const ENOUGH_COLUMNS: usize = 5;
/// The same where the first column counts its rows.
const ENOUGH_COUNTED: usize = 4;
/// So many numbers below each other, each one more than the one before, count rows.
const ENOUGH_ROWS: usize = 3;
/// Fewer lines of text show no corridors.
const ENOUGH_LINES: usize = 6;
/// A line with so many texts may be the first of a heading.
const HEADING_TEXTS: usize = 4;
/// The first lines of a table in which every column must have text.
const HEADING_LINES: usize = 5;

/// The tables of pages, each with the lines (by index) that it takes; none where a page has none.
pub(crate) fn tables(pages: &[Page]) -> Vec<Option<(Range<usize>, Table)>> {
    if !pages.iter().any(shows_columns) {
        return vec![None; pages.len()];
    }
    // Only the first page has a head.
    let seen: Vec<Option<Seen>> = pages.iter().enumerate().map(|(page, p)| look(p, if page == 0 { LINES_OF_HEAD } else { 1 })).collect();
    let is_own = |s: &&Seen| s.shows_columns && s.table(s.cuts.best()).is_some();
    let own: Vec<&Cuts> = seen.iter().flatten().filter(is_own).map(|s| &s.cuts).collect();
    let common = cut::common(&own);
    let mut edges_of_others: BTreeMap<usize, &[usize]> = BTreeMap::new();
    for (page, seen) in seen.iter().enumerate() {
        edges_of_others.extend(seen.as_ref().filter(is_own).and_then(|s| Some((page, s.cuts.with(common)?))));
    }
    let found = |number: usize, seen: &Seen| {
        // A page of few or full lines shows too little by itself: it has as many columns as the others, or, where one of them
        // is empty on it, theirs.
        let has_fewer = seen.cuts.best().len() + 1 < common;
        let mut near = (0..number).rev().chain(number + 1..pages.len());
        let theirs = near.find_map(|page| edges_of_others.get(&page)).filter(|edges| has_fewer && seen.keeps_to(edges)).copied();
        let others = theirs.or_else(|| seen.cuts.with(common).filter(|_| !own.is_empty()));
        let found = if seen.shows_columns { seen.table(others.unwrap_or(seen.cuts.best())) } else { seen.rest(others?) }?;
        let lines = &seen.lines[found.lines.clone()];
        Some(Found { edges: settled(lines, never_side_by_side(lines, found.edges)), ..found })
    };
    let tables = seen.iter().enumerate();
    tables.map(|(number, seen)| seen.as_ref().and_then(|s| Some(table(number, s, found(number, s)?)))).collect()
}

fn table(number: usize, seen: &Seen, Found { lines, edges }: Found) -> (Range<usize>, Table) {
    let cells = cells(number, &seen.lines[lines.clone()], &edges);
    let table = Table { form: TableForm::Columns, rows: lines.len() as u32, cols: edges.len() as u32 + 1, cells, edges: None };
    (lines, table)
}

/// The lines of a page and the cuts that they allow.
struct Seen {
    lines: Vec<Vec<Stretch>>,
    /// The first line that may be of a heading.
    from: usize,
    cuts: Cuts,
    /// It has lines enough of several texts.
    shows_columns: bool,
    /// The first texts of lines that are numbers: where each begins, and what it is.
    numbers: Vec<(usize, usize)>,
}

/// Whether a page has lines enough of several texts, or rows enough of many and one that names them.
fn shows_columns(page: &Page) -> bool {
    let (mut several, mut many) = (0, 0);
    let counts = page.lines().map(|l| texts_apart(&page.text[l.as_usize()]));
    counts.for_each(|count| {
        several += usize::from(count >= TEXTS_APART);
        many += usize::from(count >= HEADING_TEXTS);
    });
    (several >= ENOUGH_LINES || many > ENOUGH_ROWS) && may_have_columns(page)
}

/// How many texts of a line stand apart by more than one blank; behind a number that begins it one is enough.
fn texts_apart(line: &str) -> usize {
    let line = line.trim();
    let counts = line.split_once(' ').is_some_and(|(first, rest)| first.chars().all(char::is_numeric) && !rest.starts_with(' '));
    line.split("  ").filter(|p| !p.trim().is_empty()).count() + usize::from(counts)
}

/// A line of fewer texts says nothing of columns.
const TEXTS_APART: usize = 3;

/// No tabs, bars or written rules part its columns, though a bar may stand in a text; and it is as wide as paper is.
fn may_have_columns(page: &Page) -> bool {
    let (mut bars, has_rules) = (0, rule_signs::may_be_in(&page.text));
    let is_narrow = page.lines().all(|l| {
        let line = &page.text[l.as_usize()];
        bars += usize::from(line.contains('|') || line.contains('｜') || has_rules && rule_signs::may_be_in(line));
        line.chars().count() <= WIDEST
    });
    is_narrow && !page.text.contains('\t') && bars < ENOUGH_BARS
}

/// Fewer lines with bars are no table.
const ENOUGH_BARS: usize = 3;
/// No line of a printed page has more characters (A3 in small print has 300); the search takes time with the square of it.
const WIDEST: usize = 1000;

/// What a page shows by itself.
fn look(page: &Page, most: usize) -> Option<Seen> {
    if !may_have_columns(page) || !page.lines().any(|l| texts_apart(&page.text[l.as_usize()]) >= TEXTS_APART) {
        return None;
    }
    let lines: Vec<Range<usize>> = page.lines().map(|l| l.as_usize()).collect();
    let (spaces, shows_columns) = (spaces_numbers(&page.text), shows_columns(page));
    let seen = |measure| {
        let lines: Vec<Vec<Stretch>> = lines.iter().map(|l| stretches(page, l, measure, spaces)).collect();
        let cuts = below_head(&lines, most);
        let from = first_line(&lines, cuts.best());
        let value =
            |s: &Stretch| Some((s.columns.start, page.text[s.bytes.clone()].chars().map(half_width).collect::<String>().parse().ok()?));
        let numbers = lines.iter().filter_map(|line| line.first().filter(|s| s.number).and_then(value)).collect();
        Seen { lines, from, cuts, shows_columns, numbers }
    };
    // The measure in which cuts leave the smaller part of what it costs that there are none is the tool's: few columns are cheap in
    // any. Of equals that in which the heading names more of them, then the simpler one.
    let [characters, columns] = [Measure::Characters, Measure::Columns].map(seen);
    let dear = |s: &Seen, other: &Seen| (s.cuts.cost() * other.cuts.uncut(), std::cmp::Reverse(s.named()));
    Some(if dear(&columns, &characters) < dear(&characters, &columns) { columns } else { characters })
}

/// The cheapest cuts of the lines below the document's head, which is as long as makes all cheapest.
fn below_head(lines: &[Vec<Stretch>], most: usize) -> Cuts {
    let filled = (0..lines.len()).filter(|&l| !lines[l].is_empty()).take(most);
    let skipped = filled.scan(0, |skipped, line| {
        let before = *skipped;
        *skipped += if cut::texts_of(&lines[line]) < HEADING_TEXTS { FEW_OF_HEAD } else { LINE_OF_HEAD };
        Some((line, before))
    });
    let cuts = skipped.map(|(line, skipped)| (cut::cheapest(&lines[line..], HEADING_LINES), skipped));
    let best = cuts.min_by_key(|(cuts, skipped)| cuts.cost() + skipped);
    best.map(|(cuts, _)| cuts).unwrap_or_default()
}

/// The first line of many texts from which on they keep to the edges: one of the heading, or of the head above it.
fn first_line(lines: &[Vec<Stretch>], edges: &[usize]) -> usize {
    let keeps = |&line: &usize| {
        let near = lines[line..].iter().filter(|l| !l.is_empty()).take(HEADING_LINES);
        let (texts, crossed) = near.fold((0, 0), |(texts, crossed), l| (texts + l.len(), crossed + crossings(l, edges)));
        crossed * CROSSED_ABOVE <= texts
    };
    (0..lines.len()).filter(|&l| lines[l].len() >= HEADING_TEXTS).find(keeps).unwrap_or(0)
}

impl Seen {
    /// How many columns the first line names.
    fn named(&self) -> usize {
        let column = |s: &Stretch| self.cuts.best().partition_point(|&edge| edge <= (s.columns.start + s.columns.end) / 2);
        self.lines.get(self.from).into_iter().flatten().map(column).collect::<BTreeSet<usize>>().len()
    }

    /// Whether nearly all its texts keep to the edges of another page.
    fn keeps_to(&self, edges: &[usize]) -> bool {
        let texts: usize = self.lines.iter().map(Vec::len).sum();
        let crossed: usize = self.lines.iter().map(|l| crossings(l, edges)).sum();
        crossed * CROSSED < texts
    }

    /// Whether the numbers of the first column count rows.
    fn counts(&self, edges: &[usize]) -> bool {
        let of_first: Vec<usize> =
            self.numbers.iter().filter(|(start, _)| edges.first().is_some_and(|edge| start < edge)).map(|n| n.1).collect();
        of_first.chunk_by(|a, b| a.checked_add(1) == Some(*b)).any(|run| run.len() >= ENOUGH_ROWS)
    }

    /// The rest of a table whose columns other pages show.
    fn rest(&self, edges: &[usize]) -> Option<Found> {
        let to = self.lines.iter().rposition(|l| !l.is_empty())? + 1;
        (edges.len() + 1 >= ENOUGH_COLUMNS).then(|| with_lines_above(&self.lines, Found { lines: self.from..to, edges: edges.to_vec() }))
    }

    /// The table with these edges; none where they are no columns.
    fn table(&self, edges: &[usize]) -> Option<Found> {
        let to = self.lines.iter().rposition(|l| !l.is_empty())? + 1;
        let filled = self.lines[self.from..to].iter().filter(|l| !l.is_empty()).count();
        let explains = self.cuts.cost() * 2 < self.cuts.uncut();
        let enough = if self.counts(edges) { ENOUGH_COUNTED } else { ENOUGH_COLUMNS };
        let is_table = edges.len() + 1 >= enough && filled >= ENOUGH_LINES && explains;
        is_table.then(|| with_lines_above(&self.lines, Found { lines: self.from..to, edges: edges.to_vec() }))
    }
}

/// Lines of a table and the columns at which its columns part.
struct Found {
    lines: Range<usize>,
    edges: Vec<usize>,
}

/// Lines above that keep to the same columns are of the table too, and all from the first that may be of a heading
/// on where nearly all their texts do.
fn with_lines_above(lines: &[Vec<Stretch>], mut found: Found) -> Found {
    let heading = (0..found.lines.start).find(|&l| lines[l].len() >= HEADING_TEXTS);
    if let Some(heading) = heading {
        let above = &lines[heading..found.lines.start];
        let crossed: usize = above.iter().map(|l| crossings(l, &found.edges)).sum();
        if crossed * CROSSED_ABOVE <= above.iter().map(Vec::len).sum() {
            found.lines.start = heading;
        }
    }
    for line in (0..found.lines.start).rev().filter(|&l| !lines[l].is_empty()) {
        if crossings(&lines[line], &found.edges) > 0 {
            break;
        }
        found.lines.start = line;
    }
    found
}

/// Texts of a line that run across an edge.
fn crossings(line: &[Stretch], edges: &[usize]) -> usize {
    line.iter().filter(|s| edges.iter().any(|&e| s.columns.start < e && s.columns.end > e + PULLED)).count()
}

/// The edges, and those between columns whose texts hardly ever stand on one line (numbers in the middle of their rows, what
/// they number at the top): no text runs across, and on one line, that of the heading, both have text.
fn never_side_by_side(lines: &[Vec<Stretch>], edges: Vec<usize>) -> Vec<usize> {
    let width = lines.iter().flatten().map(|s| s.columns.end).max().unwrap_or(0);
    let mut all = edges.clone();
    for (index, from) in [0].iter().chain(&edges).copied().enumerate() {
        let to = edges.get(index).copied().unwrap_or(width);
        let own = |line: &[Stretch]| line.iter().filter(|s| (from..to).contains(&s.columns.start)).cloned().collect::<Vec<_>>();
        let own: Vec<Vec<Stretch>> = lines.iter().map(|l| own(l)).filter(|own| !own.is_empty()).collect();
        let (alone, beside): (Vec<_>, Vec<_>) = own.into_iter().partition(|own| own.len() == 1);
        let is_edge = |at: usize| {
            let (left, right): (Vec<&Stretch>, Vec<&Stretch>) = alone.iter().flatten().partition(|s| s.columns.start < at);
            let numbers = left.iter().filter(|s| s.number).count();
            let are_numbers = numbers >= ENOUGH_NUMBERS && numbers * 2 >= left.len();
            let both = |own: &[Stretch]| own[0].columns.start < at && own.iter().any(|s| s.columns.start >= at);
            let are_named = || left.len() >= ENOUGH_STARTS && beside.iter().any(|own| both(own));
            left.iter().all(|s| s.columns.end <= at) && right.len() >= ENOUGH_STARTS && (are_numbers || are_named())
        };
        // Right before what begins behind it.
        let starts: BTreeSet<usize> = alone.iter().chain(&beside).flatten().map(|s| s.columns.start).collect();
        all.extend(starts.into_iter().find(|&at| at > from && is_edge(at)));
    }
    all.sort_unstable();
    all
}

/// Fewer texts on a side of an edge show no column; of numbers two do.
const ENOUGH_STARTS: usize = 4;
const ENOUGH_NUMBERS: usize = 2;

/// The edges, each right before where the texts of its column begin: a few that begin farther left are ends of those before.
fn settled(lines: &[Vec<Stretch>], mut edges: Vec<usize>) -> Vec<usize> {
    for index in 0..edges.len() {
        let (edge, next) = (edges[index], edges.get(index + 1).copied().unwrap_or(usize::MAX));
        let first = |line: &Vec<Stretch>| line.iter().map(|s| s.columns.start).find(|start| (edge..next).contains(start));
        let mut starts: Vec<usize> = lines.iter().filter_map(first).collect();
        starts.sort_unstable();
        let usual =
            starts.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), usize::MAX - same[0])).filter(|same| same.len() >= ENOUGH_STARTS);
        let Some(usual) = usual.filter(|same| same.len() * USUAL > starts.len()).map(|same| same[0]) else { continue };
        let at = usual.saturating_sub(2 * PULLED);
        if at > edge && starts.iter().filter(|&&start| start < at).count() * FEW < starts.len() {
            edges[index] = at;
        }
    }
    edges
}

/// The texts of a column begin where more than one of so many do, and fewer than one of so many farther left.
const USUAL: usize = 5;
const FEW: usize = 12;

/// Lines of a document's head that may stand above the heading, and what it costs to take a line for one: of as many texts as
/// headings have, and of fewer.
const LINES_OF_HEAD: usize = 8;
const LINE_OF_HEAD: i64 = 12;
const FEW_OF_HEAD: i64 = 3;
/// Of the texts of a page that has the columns of another one, fewer than one in so many cross an edge.
const CROSSED: usize = 8;
/// Of the texts of a heading, which are centred over their columns, one in so many may cross an edge.
const CROSSED_ABOVE: usize = 4;
/// A text that begins so many columns before its column's edge was pulled to the left behind a full line. Measured on ten
/// drawn tables dumped by `pdftotext -layout`, 2026-11.
const PULLED: usize = 3;

/// The cells of all lines: the text between two edges, with the spaces inside it.
fn cells(number: usize, lines: &[Vec<Stretch>], edges: &[usize]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for ((row, line), columns) in lines.iter().enumerate().zip(places::columns_of(lines, edges)) {
        let mut last: Option<(usize, Range<usize>)> = None;
        let mut push = |found: Option<(usize, Range<usize>)>| {
            let Some((col, bytes)) = found else { return };
            let line = CellLine { run: Run(vec![span::piece(number, bytes)]), list: ListLine::No };
            let (row, col) = (row as u32, col as u32);
            cells.push(Cell { row: row..row + 1, col: col..col + 1, header: false, room: None, lines: vec![line] });
        };
        for (stretch, col) in line.iter().zip(columns) {
            match &mut last {
                Some((before, bytes)) if *before == col => bytes.end = stretch.bytes.end,
                _ => push(last.replace((col, stretch.bytes.clone()))),
            }
        }
        push(last);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Range<usize>, Vec<Vec<String>>)> {
        let page = Page::new(text.into(), 1, 0);
        let (lines, table) = tables(std::slice::from_ref(&page)).pop()??;
        let mut rows = vec![vec![String::new(); table.cols as usize]; table.rows as usize];
        for cell in &table.cells {
            rows[cell.row.start as usize][cell.col.start as usize] = page.slice(cell.lines[0].run.0[0].range).to_owned();
        }
        Some((lines, rows))
    }

    /// A table of columns of 4, 11, 8, 14, 6 and 4 characters, below a title; the third column is full.
    fn drawn() -> String {
        let row = |n: &str| [n, "周知の推進", "伝わっている市", "・紙面を刷新してから公開", "3月", "広報課"].map(str::to_owned);
        let rest = ["", "", "民が増えている", "する。", "", ""].map(str::to_owned);
        let heading = ["番号", "項目", "水準", "方法", "期限", "課名"].map(str::to_owned);
        let rows = [heading].into_iter().chain((1..7).flat_map(|n| [row(&n.to_string()), rest.clone()]));
        let line = |cells: [String; 6]| {
            let padded = cells.iter().zip([4, 11, 8, 14, 6, 4]).map(|(c, w): (_, usize)| c.clone() + &" ".repeat(w - c.chars().count()));
            padded.collect::<String>().trim_end().to_owned() + "\n"
        };
        "令和8年度の組織目標展開整理表について各課が定めるもの\n".to_owned() + &rows.map(line).collect::<String>()
    }

    #[test]
    fn a_full_line_is_parted_from_the_next_column_by_one_space() {
        let (lines, rows) = read(&drawn()).unwrap();
        assert_eq!(lines, 1..14);
        assert_eq!(rows[1], ["1", "周知の推進", "伝わっている市", "・紙面を刷新してから公開", "3月", "広報課"]);
        assert_eq!(rows[2], ["", "", "民が増えている", "する。", "", ""]);
    }

    /// A table of these cells, line by line, below a title and a heading.
    fn of_lines(lines: &[[&str; 6]], widths: [usize; 6]) -> Vec<Vec<String>> {
        let line = |cells: &[&str; 6]| {
            let padded = cells.iter().zip(widths).map(|(c, w)| (*c).to_owned() + &" ".repeat(w.saturating_sub(c.chars().count())));
            padded.collect::<String>().trim_end().to_owned() + "\n"
        };
        read(&("令和8年度の目標\n".to_owned() + &lines.iter().map(line).collect::<String>())).unwrap().1
    }

    #[test]
    fn a_lone_sign_has_a_column_of_its_own() {
        let row = |who: &'static str| {
            [["周知の推進", "伝わっている市民が増え", "9月", who, "○", "分かりにくい。"], ["", "ている。", "", "", "", ""]]
        };
        let mut lines = vec![["項目", "水準", "期限", "課名", "評価", "意見"]];
        lines.extend(["広報課", "子育て相談室", "広報課", "子育て相談室", "広報課", "広報課"].map(row).concat());
        let rows = of_lines(&lines, [10, 13, 6, 7, 6, 8]);
        assert_eq!(rows[2][3..], ["広報課", "○", "分かりにくい。"]);
        assert_eq!(rows[4][3..], ["子育て相談室", "○", "分かりにくい。"]);
    }

    #[test]
    fn columns_that_never_stand_side_by_side_are_two_where_no_text_reaches_over() {
        // Dates in the middle of their rows, partners at the top.
        let row = [
            ["周知の推進", "伝わっている市民が増え", "・紙面を刷新する", "", "商工会議所", ""],
            ["", "ている。", "・窓口で配る", "9月", "", ""],
        ];
        let mut lines = vec![["項目", "水準", "方法", "", "連携先", "意見"], ["", "", "", "期限", "", ""]];
        lines.extend([row; 6].concat());
        let rows = of_lines(&lines, [10, 13, 12, 8, 9, 4]);
        assert_eq!((rows[3][4].as_str(), rows[4][3].as_str()), ("商工会議所", "9月"), "{rows:?}");
    }

    #[test]
    fn a_mark_that_has_no_width_takes_no_column() {
        let (lines, rows) = read(&drawn().replace("広報課", "  \u{3099}")).unwrap();
        assert_eq!((lines, rows[1][4].as_str()), (1..14, "3月"));
    }

    #[test]
    fn running_text_has_no_corridors() {
        let text = "第1  方針  を次のとおり  定める。\n".repeat(3) + &"各課は  次の事項に  留意して  取り組む。\n".repeat(9);
        assert_eq!(read(&text), None);
    }

    #[test]
    fn a_number_at_the_right_edge_of_its_column_is_below_its_name() {
        // As an xlsx printed and dumped: names at the left edge, numbers at the right one.
        let row = |n: usize| format!("    {n:>2} 周知の推進{n}    伝わっている市民が増えた。    ・紙面を刷新する    3月     広報課\n");
        let text = "令和7年度  総務部  目標一覧\n番号     目標        達成水準             取組          時期     担当\n".to_owned();
        let (lines, rows) = read(&(text + &(1..9).map(row).collect::<String>())).unwrap();
        let below: Vec<&str> = rows[1 - lines.start..].iter().map(|row| row[0].as_str()).take(3).collect();
        assert_eq!((below, rows[0].len()), (vec!["番号", "1", "2"], 6));
    }

    #[test]
    fn four_columns_are_a_table_where_the_first_counts() {
        let row = |n: &str| format!("{n}   周知の推進    紙面を刷新する    広報課\n                     配布先を見直す\n");
        let text = |numbers: [&str; 3]| "№   目標         取組         担当\n".to_owned() + &numbers.map(row).concat();
        assert_eq!(
            read(&text(["1", "2", "3"])).map(|(_, rows)| rows[0].clone()),
            Some(["№", "目標", "取組", "担当"].map(str::to_owned).to_vec())
        );
        assert_eq!(read(&text(["4", "4", "4"])), None);
    }

    #[test]
    fn what_a_head_has_far_to_the_right_is_no_column() {
        let head = "                                                            令和7年4月8日\n                                                       総務部長   早川 昇\n";
        let row = ["周知の推進    伝わっている市民が増えた。  ・紙面を刷新する  3月  広報課  低\n"; 6].concat();
        let names = "目標       達成水準          取組        時期   担当   難度\n";
        let (_, rows) = read(&[head, names, row.as_str()].concat()).unwrap();
        assert_eq!(rows.last().map(Vec::len), Some(6));
    }
}
