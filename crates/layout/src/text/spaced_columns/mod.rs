//! Tables whose columns are kept apart by spaces, line by line, as `pdftotext -layout` writes them: white corridors
//! from the top of the table to its bottom. A grid row is a line of the text; which lines make up a row of the
//! table takes a reader. Knows widths of characters, no words.

mod places;

use crate::span;
use seisho_model::layout::{Cell, CellLine, ListLine, Table, TableForm};
use seisho_model::script::{is_hiragana, is_kanji, is_katakana, is_list_mark};
use seisho_model::{Page, Run};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Fewer columns are no table: letters have three (作成日, 職名, 氏名), two columns of text have two.
const ENOUGH_COLUMNS: usize = 5;
/// Fewer lines of text show no corridors.
const ENOUGH_LINES: usize = 6;
/// A table is looked for below so many lines of the head, and above so many of the foot.
const HEAD_LINES: usize = 16;
const FOOT_LINES: usize = 6;
/// A line with so many texts may be the first of a heading.
const HEADING_TEXTS: usize = 4;
/// The first lines of a table in which every column must have text.
const HEADING_LINES: usize = 5;

/// How wide a character is counted: tools count all as one, or wide ones as two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// Every character is a column.
    Characters,
    /// Wide characters are two.
    Columns,
}

/// A stretch of text on a line: its columns and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    columns: Range<usize>,
    bytes: Range<usize>,
    /// It begins with a list mark.
    marked: bool,
    /// One space parts it from the text before, beside a number or a Latin word: 令和 5 年. It begins no cell.
    goes_on: bool,
    /// Digits and nothing else.
    number: bool,
    /// A lone letter.
    letter: bool,
    /// A lone character that writes no Japanese word and no number.
    sign: bool,
}

/// The tables of pages, each with the lines (by index) that it takes; none where a page has none.
pub(crate) fn tables(pages: &[Page]) -> Vec<Option<(Range<usize>, Table)>> {
    let own: Vec<Option<(Found, Measure)>> = pages.iter().map(look).collect();
    let most = own.iter().flatten().map(|(found, _)| found.edges.len()).max().unwrap_or(0);
    let shows_most = |index: &usize| own[*index].as_ref().is_some_and(|(found, _)| found.edges.len() == most);
    let mut tables = Vec::with_capacity(pages.len());
    for (number, page) in pages.iter().enumerate() {
        // A page of few or full lines shows too little by itself: it has the columns of the page before, or behind.
        let near = (0..number).rev().chain(number + 1..pages.len()).find(shows_most).filter(|_| !shows_most(&number));
        let near = near.and_then(|near| own[near].as_ref());
        let like = near.and_then(|(found, measure)| like_another(page, *measure, &found.edges));
        tables.push(like.as_ref().or(own[number].as_ref()).map(|(found, measure)| table(number, page, found, *measure)));
    }
    tables
}

fn table(number: usize, page: &Page, found: &Found, measure: Measure) -> (Range<usize>, Table) {
    let lines: Vec<Range<usize>> = page.lines().map(|l| l.as_usize()).collect();
    let spaces = spaces_numbers(&page.text);
    let taken: Vec<Vec<Stretch>> = lines[found.lines.clone()].iter().map(|l| stretches(page, l, measure, spaces)).collect();
    let cells = cells(number, &taken, &found.edges);
    let table = Table { form: TableForm::Columns, rows: taken.len() as u32, cols: found.edges.len() as u32 + 1, cells, edges: None };
    (found.lines.clone(), table)
}

/// The table that a page shows by itself.
fn look(page: &Page) -> Option<(Found, Measure)> {
    let lines: Vec<Range<usize>> = page.lines().map(|l| l.as_usize()).collect();
    let has_gaps = |l: &Range<usize>| page.text[l.clone()].trim().split("  ").filter(|p| !p.trim().is_empty()).count() > 2;
    if page.text.contains(['\t', '|']) || lines.iter().filter(|l| has_gaps(l)).count() < ENOUGH_LINES {
        return None;
    }
    let spaces = spaces_numbers(&page.text);
    let both =
        [Measure::Characters, Measure::Columns].map(|m| best(&lines.iter().map(|l| stretches(page, l, m, spaces)).collect::<Vec<_>>()));
    let [characters, columns] = both;
    // The measure that shows more columns is the tool's; of equals the simpler one.
    let count = |found: &Option<Found>| found.as_ref().map_or(0, |f| f.edges.len());
    let (found, measure) =
        if count(&columns) > count(&characters) { (columns, Measure::Columns) } else { (characters, Measure::Characters) };
    Some((found?, measure))
}

/// A page of few or full lines, from the first line that may be of a heading on: with columns of its own where they are
/// as many as those of another page, else with that page's where nearly all its texts keep to them.
fn like_another(page: &Page, measure: Measure, others: &[usize]) -> Option<(Found, Measure)> {
    let spaces = spaces_numbers(&page.text);
    let lines: Vec<Vec<Stretch>> = page.lines().map(|l| stretches(page, &l.as_usize(), measure, spaces)).collect();
    let from = lines.iter().position(|l| l.len() >= HEADING_TEXTS)?;
    let to = lines.iter().rposition(|l| !l.is_empty())? + 1;
    let body = &lines[from..to];
    let own = edges(body);
    if own.len() == others.len() {
        return Some((Found { lines: from..to, edges: own }, measure));
    }
    let texts: usize = body.iter().map(Vec::len).sum();
    let crossed: usize = body.iter().map(|l| crossings(l, others)).sum();
    (crossed * CROSSED < texts).then(|| (Found { lines: from..to, edges: others.to_vec() }, measure))
}

/// Whether a page has spaces beside its numbers and Latin words, as often as it has none (令和 5 年): such a space parts no
/// columns.
fn spaces_numbers(text: &str) -> bool {
    let (mut touching, mut spaced) = (0, 0);
    let mut last = [' '; 2];
    for c in text.chars() {
        let is_wide = |c: char| !c.is_ascii() && c.is_alphabetic();
        let changes = |a: char, b: char| a.is_ascii_digit() && is_wide(b) || is_wide(a) && b.is_ascii_digit();
        touching += usize::from(changes(last[1], c));
        spaced += usize::from(last[1] == ' ' && changes(last[0], c));
        last = [last[1], c];
    }
    spaced > 0 && spaced >= touching
}

/// Text between white space: one space is enough, for a full line of one column ends right before the next.
///
/// `spaces_numbers`: of the page.
fn stretches(page: &Page, line: &Range<usize>, measure: Measure, spaces_numbers: bool) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut column = 0;
    let mut before = ' ';
    for (at, c) in page.text[line.clone()].char_indices() {
        let width = if measure == Measure::Characters { 1 } else { c.width_cjk().unwrap_or(0) };
        if !c.is_whitespace() {
            let bytes = line.start + at..line.start + at + c.len_utf8();
            match found.last_mut().filter(|s| s.bytes.end == bytes.start) {
                Some(last) => {
                    (last.columns.end, last.bytes.end) = (column + width, bytes.end);
                    last.number &= c.is_numeric();
                    (last.letter, last.sign) = (false, false);
                }
                None => {
                    let marked = is_list_mark(c);
                    let is_thin = found.last().is_some_and(|l| l.columns.end + 1 >= column);
                    let goes_on = spaces_numbers && is_thin && !marked && (c.is_ascii_alphanumeric() || before.is_ascii_alphanumeric());
                    let letter = c.is_alphabetic();
                    let sign = width > 0 && !is_kanji(c) && !is_hiragana(c) && !is_katakana(c) && !c.is_numeric() && !marked;
                    found.push(Stretch { columns: column..column + width, bytes, marked, goes_on, number: c.is_numeric(), letter, sign });
                }
            }
            before = c;
        }
        column += width;
    }
    found
}

/// Lines of a table and the columns at which its columns part.
struct Found {
    lines: Range<usize>,
    edges: Vec<usize>,
}

/// The columns behind an edge in which enough texts begin: words of a heading that stand apart make none.
fn filled_columns(lines: &[Vec<Stretch>], edges: &[usize]) -> usize {
    let column = |index: usize| edges[index]..edges.get(index + 1).copied().unwrap_or(usize::MAX);
    let texts = |index: usize| lines.iter().filter(|l| l.iter().any(|s| column(index).contains(&s.columns.start))).count();
    (0..edges.len()).filter(|&index| texts(index) >= ENOUGH_STARTS).count()
}

/// The stretch of lines with the most columns that are filled, and with the most; of equals the longest at its foot, then
/// the one whose corridors fewer texts cross.
fn best(lines: &[Vec<Stretch>]) -> Option<Found> {
    let mut best: Option<Found> = None;
    let filled: Vec<usize> = (0..lines.len()).filter(|&l| !lines[l].is_empty()).collect();
    // Heading rows name many columns, titles few.
    let mut starts: Vec<usize> = (0..HEAD_LINES.min(filled.len())).filter(|&s| lines[filled[s]].len() >= HEADING_TEXTS).collect();
    if starts.is_empty() {
        starts.push(0);
    }
    let mut least = (0, 0, 0, usize::MAX);
    for skip in starts {
        for cut in 0..FOOT_LINES.min(filled.len().saturating_sub(skip)) {
            let range = filled[skip]..filled[filled.len() - 1 - cut] + 1;
            if filled.len() - skip - cut < ENOUGH_LINES {
                continue;
            }
            let edges = edges(&lines[range.clone()]);
            let crossed: usize = lines[range.clone()].iter().map(|l| crossings(l, &edges)).sum();
            let filled = filled_columns(&lines[range.clone()], &edges);
            let rank = (usize::MAX - filled, usize::MAX - edges.len(), cut, crossed);
            if edges.len() + 1 >= ENOUGH_COLUMNS && (best.is_none() || rank < least) {
                (best, least) = (Some(Found { lines: range, edges }), rank);
            }
        }
    }
    best.map(|found| with_lines_above(lines, found))
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

/// The columns from which on text belongs to the next column, so that each has text in the first lines.
fn edges(lines: &[Vec<Stretch>]) -> Vec<usize> {
    let hard = hard_edges(lines);
    let width = lines.iter().flatten().map(|s| s.columns.end).max().unwrap_or(0);
    let mut edges = hard.clone();
    for (index, &from) in [0].iter().chain(&hard).enumerate() {
        let to = hard.get(index).copied().unwrap_or(width);
        edges.extend(soft_edge(lines, from..to));
    }
    edges.sort_unstable();
    let mut edges = side_by_side(lines, edges);
    for index in 0..edges.len() {
        let before = index.checked_sub(1).map_or(0, |i| edges[i]);
        let after = edges.get(index + 1).copied().unwrap_or(usize::MAX);
        if after.min(width) - before <= NARROW_PAIR {
            edges[index] = settled(lines, before, edges[index], after);
        }
    }
    edges
}

/// The place of an edge that parts the most lines with one text on each side of it; of equals the nearest.
fn settled(lines: &[Vec<Stretch>], before: usize, edge: usize, after: usize) -> usize {
    let pair = |line: &Vec<Stretch>| {
        let mut inside = line.iter().filter(|s| (before..after).contains(&s.columns.start));
        let (a, b) = (inside.next()?, inside.next()?);
        // One space may stand inside a text.
        let is_pair = inside.next().is_none() && b.columns.start > a.columns.end + 1;
        is_pair.then_some((a.columns.start, b.columns.start))
    };
    let pairs: Vec<(usize, usize)> = lines.iter().filter_map(pair).collect();
    let parted = |at: usize| pairs.iter().filter(|(a, b)| *a < at && at <= *b).count();
    let near = edge.saturating_sub(SETTLE).max(before + 1)..=(edge + SETTLE).min(after.saturating_sub(1));
    near.max_by_key(|&at| (parted(at), usize::MAX - at.abs_diff(edge), usize::MAX - at)).unwrap_or(edge)
}

/// Two columns together no wider than this are narrow: their texts are short and drift with what stands before.
const NARROW_PAIR: usize = 24;
/// An edge is moved by no more columns.
const SETTLE: usize = 6;

/// Edges that nearly no text crosses: right before what begins behind a corridor.
fn hard_edges(lines: &[Vec<Stretch>]) -> Vec<usize> {
    let width = lines.iter().flatten().map(|s| s.columns.end).max().unwrap_or(0);
    let (mut crossing, mut starting) = (vec![0_usize; width + REACH + 2], vec![0_usize; width + REACH + 2]);
    for stretch in lines.iter().flatten() {
        starting[stretch.columns.start] += 1;
        // Marks without a width of their own take no column; a lone sign (○, Ａ) stands between two corridors.
        let inner = (stretch.columns.start + 1).min(stretch.columns.end)..stretch.columns.end + usize::from(stretch.sign);
        crossing[inner].iter_mut().for_each(|c| *c += 1);
    }
    let begin = |column: usize| starting[column..=column + REACH].iter().sum::<usize>();
    let is_open = |column: usize| crossing[column] * CROSSED < begin(column).max(1);
    let mut kept: Vec<usize> = Vec::new();
    let mut column = 1;
    while column < width {
        if !is_open(column) {
            column += 1;
            continue;
        }
        let end = (column..width).find(|&c| !is_open(c)).unwrap_or(width);
        // The last of the least crossed: right before what begins behind it.
        let right = (column..end).rev().min_by_key(|&c| crossing[c]).unwrap_or(column);
        let left = kept.last().copied().unwrap_or(0);
        // Behind a first column of one letter there is no room for texts that are pulled to the left.
        let edge = if kept.is_empty() && right > 1 { right.saturating_sub(DRIFT).max(1) } else { right.saturating_sub(DRIFT) };
        if edge > left && has_heading(lines, left..edge) && begin(right) > 0 {
            kept.push(edge);
        }
        column = end;
    }
    while kept.last().is_some_and(|&e| !has_heading(lines, e..usize::MAX)) {
        kept.pop();
    }
    kept
}

/// An edge inside a wide column, whose right part is pulled to the left wherever the line before it is full: text
/// that begins before it goes little beyond it.
fn soft_edge(lines: &[Vec<Stretch>], column: Range<usize>) -> Option<usize> {
    let inside: Vec<&Stretch> = lines.iter().flatten().filter(|s| column.contains(&s.columns.start)).collect();
    let crossing = |at: usize| inside.iter().filter(|s| s.columns.start < at && s.columns.end > at + PULLED).count();
    let begin = |at: usize| inside.iter().filter(|s| !s.goes_on && (at..at + 3 * PULLED).contains(&s.columns.start)).count();
    let middle = column.start + NARROWEST..column.end.saturating_sub(NARROW);
    let enough = middle.filter(|&at| begin(at) >= ENOUGH_STARTS);
    let best = enough.min_by_key(|&at| (crossing(at) * 100 / begin(at), usize::MAX - at))?;
    let is_edge = crossing(best) * CROSSED < begin(best);
    (is_edge && has_heading(lines, column.start..best) && has_heading(lines, best..column.end)).then_some(best)
}

/// Without edges between columns that never stand side by side on a line: they are one whose text is centred. The
/// first column, of numbers, may stand alone on its lines.
fn side_by_side(lines: &[Vec<Stretch>], mut edges: Vec<usize>) -> Vec<usize> {
    let mut index = 1;
    while index < edges.len() {
        let (from, at, to) = (edges[index - 1], edges[index], edges.get(index + 1).copied().unwrap_or(usize::MAX));
        let held =
            |line: &[Stretch], range: Range<usize>| line.iter().filter(|s| range.contains(&s.columns.start)).cloned().collect::<Vec<_>>();
        // A name of two letters that are set apart is one.
        let is_letter = |texts: &[Stretch]| texts.len() == 1 && texts[0].letter;
        let are_apart = |line: &[Stretch]| {
            let (left, right) = (held(line, from..at), held(line, at..to));
            !(left.is_empty() || right.is_empty() || is_letter(&left) && is_letter(&right))
        };
        // What is centred in one column lies above and below each other; of two columns no text reaches into the other.
        let texts = || lines.iter().flatten();
        let count = |range: Range<usize>| texts().filter(|s| range.contains(&s.columns.start)).count();
        let reach = texts().filter(|s| (from..at).contains(&s.columns.start)).map(|s| s.columns.end).max().unwrap_or(at);
        let are_two = reach < at && count(from..at) >= ENOUGH_STARTS && count(at..to) >= ENOUGH_STARTS;
        if are_two || lines.iter().any(|l| are_apart(l)) {
            index += 1;
        } else {
            edges.remove(index);
        }
    }
    edges
}

/// Whether a column has text in the first lines.
fn has_heading(lines: &[Vec<Stretch>], column: Range<usize>) -> bool {
    lines.iter().filter(|l| !l.is_empty()).take(HEADING_LINES).flatten().any(|s| column.contains(&s.columns.start))
}

/// What begins so many columns behind a corridor is set against what crosses it, and how many there must be for one
/// that crosses.
const REACH: usize = 4;
const CROSSED: usize = 8;
/// The same for the lines of a heading, whose words are centred over their columns.
const CROSSED_ABOVE: usize = 4;
/// A text that begins so many columns before its column's edge was pulled to the left.
const DRIFT: usize = 2;
/// The same behind a full line, and the narrowest columns, in columns, between which that happens. Measured on ten
/// drawn tables dumped by `pdftotext -layout`, 2026-11.
const PULLED: usize = 3;
/// Fewer texts that begin behind a soft edge show none.
const ENOUGH_STARTS: usize = 4;
const NARROWEST: usize = 12;
const NARROW: usize = 4;

/// The cells of all lines: the text between two edges, with the spaces inside it.
fn cells(number: usize, lines: &[Vec<Stretch>], edges: &[usize]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for ((row, line), columns) in lines.iter().enumerate().zip(places::columns_of(lines, edges)) {
        let mut last: Option<(usize, Range<usize>)> = None;
        let mut push = |found: Option<(usize, Range<usize>)>| {
            let Some((col, bytes)) = found else { return };
            let line = CellLine { run: Run(vec![span::piece(number, bytes)]), list: ListLine::No };
            let (row, col) = (row as u32, col as u32);
            cells.push(Cell { row: row..row + 1, col: col..col + 1, header: false, lines: vec![line] });
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
}
