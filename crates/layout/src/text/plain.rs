//! Text line by line: headings, list marks, and rows of cells between tabs, commas or pipes, which may
//! all stand in one file.

use crate::text::inline::{self, Tags};
use crate::text::tables::rows::{self, Field, Row};
use crate::text::tables::{boxed, separated, spaced_columns};
use crate::{span, wrap};
use seisho_model::Trust;
use seisho_model::codes::layout::l017;
use seisho_model::layout::{Block, Layout, Line, StandIn, Table, TableForm};
use seisho_model::script::{is_hiragana, is_kanji};
use seisho_model::{Finding, Page, Pages, Piece, Reported, Run};
use std::collections::BTreeMap;
use std::ops::Range;

/// Takes a text apart.
pub(crate) fn lay_out(pages: &Pages) -> Reported<Layout> {
    let mut layout = Layout::default();
    let mut findings = Vec::new();
    let separator = if let [page] = pages.0.as_slice() { separated::separator(&page.text) } else { None };
    for ((number, page), in_columns) in pages.0.iter().enumerate().zip(spaced_columns::tables(&pages.0)) {
        if number > 0 {
            layout.blocks.push(Block::PageBreak);
        }
        Reader {
            page,
            number,
            separator,
            in_columns,
            no_table_before: 0,
            boxes: boxed::Boxes::of(&page.text),
            blank: 0,
            layout: &mut layout,
            findings: &mut findings,
        }
        .read();
    }
    Reported { output: layout, findings }
}

struct Reader<'a> {
    page: &'a Page,
    number: usize,
    /// What parts the cells of a whole file of rows; tabs part them in any text.
    separator: Option<char>,
    /// The page's table of columns kept apart by spaces, with its lines.
    in_columns: Option<(Range<usize>, Table)>,
    /// No delimited table starts before this line.
    no_table_before: usize,
    boxes: boxed::Boxes,
    /// Blank lines since the last text.
    blank: u32,
    layout: &'a mut Layout,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn read(mut self) {
        let page = self.page;
        let lines: Vec<Range<usize>> = page.lines().map(|l| l.as_usize()).collect();
        let mut at = 0;
        while at < lines.len() {
            if let Some((range, table)) = self.in_columns.take_if(|(range, _)| range.start == at) {
                self.layout.blocks.push(Block::Table(table));
                (at, self.blank) = (range.end, 0);
                continue;
            }
            let text = &page.text[lines[at].clone()];
            if text.trim().is_empty() {
                self.blank += 1;
                at += 1;
                continue;
            }
            let read = self.boxed(&lines, at).or_else(|| self.pipes(&lines, at)).or_else(|| self.delimited(&lines, at));
            at = read.or_else(|| self.quoted(&lines, at)).unwrap_or_else(|| {
                self.line(lines[at].clone());
                at + 1
            });
            self.blank = 0;
        }
    }

    /// Reads a table between rules that are written and gives the line after it.
    fn boxed(&mut self, lines: &[Range<usize>], first: usize) -> Option<usize> {
        if self.separator.is_some() {
            return None;
        }
        let (parts, next) = self.boxes.read((self.page, self.number), lines, first, Tags::Known, self.layout)?;
        for part in parts {
            match part {
                boxed::Part::Table(table) => self.layout.blocks.push(Block::Table(table)),
                boxed::Part::Line(bytes) => self.line(bytes),
            }
        }
        Some(next)
    }

    /// Reads a table of `|` rows and gives the line after it.
    fn pipes(&mut self, lines: &[Range<usize>], first: usize) -> Option<usize> {
        let text = &self.page.text;
        let found: Vec<Vec<Range<usize>>> = lines[first..].iter().map_while(|l| rows::pipe_cells(text, l.clone())).collect();
        if found.len() < 2 {
            return None;
        }
        let mut table = Vec::new();
        for (cells, line) in found.iter().zip(&lines[first..]) {
            let mut from = line.start;
            let is_rule = rows::is_pipe_rule(text, cells);
            for cell in cells.iter().filter(|_| !is_rule) {
                self.markup(from..cell.start);
                from = cell.end;
                for (at, _) in text[cell.clone()].match_indices("\\|") {
                    let piece = span::piece(self.number, cell.start + at..cell.start + at + 2);
                    self.layout.stand_ins.push(StandIn { piece, means: "|".into(), rule: "unescape", trust: Trust::Lossless });
                }
            }
            self.markup(from..line.end);
            if !is_rule {
                let fields = cells.iter().map(|c| rows::Field { range: c.clone(), quoted: false }).collect();
                table.push(Row { cells: fields, end: line.end });
            }
        }
        let table = rows::table(self.page, self.number, &table, TableForm::Pipes, self.layout);
        self.layout.blocks.push(Block::Table(table));
        Some(first + found.len())
    }

    /// Reads a table of rows between tabs or commas and gives the line after it.
    fn delimited(&mut self, lines: &[Range<usize>], first: usize) -> Option<usize> {
        if first < self.no_table_before {
            return None;
        }
        let text = &self.page.text;
        let (delimiter, form) = self.separator.map_or(('\t', TableForm::Tabs), |separator| (separator, TableForm::Commas));
        let (mut found, mut starts) = (Vec::new(), Vec::new());
        let mut next = first;
        // A row may begin with a quoted cell whose first line holds no delimiter.
        let is_row = |line: &Range<usize>| {
            let text_of_line = text[line.clone()].trim_start();
            text_of_line.contains(delimiter) || text_of_line.starts_with('"') && rows::read_row(text, line.start, delimiter).cells.len() > 1
        };
        while next < lines.len() && is_row(&lines[next]) {
            let row = rows::read_row(text, lines[next].start, delimiter);
            starts.push(next);
            next += lines[next..].partition_point(|l| l.start <= row.end);
            found.push(row);
        }
        let start = table_start(text, &found);
        if start != Some(0) {
            // The rows are not read again from each of their lines.
            self.no_table_before = start.map_or(next, |row| starts[row]);
            return None;
        }
        let found = if form == TableForm::Commas { self.mended(found) } else { found };
        let table = rows::table(self.page, self.number, &found, form, self.layout);
        self.layout.blocks.push(Block::Table(table));
        Some(next)
    }

    /// Reads a line of a file of rows that is one cell in quotation marks, and gives the line after it.
    fn quoted(&mut self, lines: &[Range<usize>], first: usize) -> Option<usize> {
        let row = rows::read_row(&self.page.text, lines[first].start, self.separator?);
        let [only] = row.cells.as_slice() else { return None };
        if !only.quoted {
            return None;
        }
        let Range { start, end } = only.range;
        self.layout.markup.extend([start - 1..start, end..end + 1].map(|mark| span::piece(self.number, mark)));
        let next = first + lines[first..].partition_point(|line| line.start < end);
        for line in &lines[first..next.max(first + 1)] {
            let inside = line.start.max(start)..line.end.min(end);
            if !self.page.text[inside.clone()].trim().is_empty() {
                self.line(inside);
            }
        }
        Some(next.max(first + 1))
    }

    /// Rows with more cells than the others, put together where a sign cut a figure; what stays too many is said. Rows above the
    /// first usual one are of the head.
    fn mended(&mut self, found: Vec<Row>) -> Vec<Row> {
        let text = &self.page.text;
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        found.iter().for_each(|row| *counts.entry(row.cells.len()).or_default() += 1);
        let cols = counts.into_iter().max_by_key(|&(cells, rows)| (rows, cells)).map_or(0, |(cells, _)| cells);
        let head = found.iter().position(|row| row.cells.len() == cols).unwrap_or(0);
        let mut found = found.into_iter();
        let mut out: Vec<Row> = found.by_ref().take(head).collect();
        for row in found {
            let (row, joined) = separated::mended(text, row, cols);
            let is_filled = |field: &&Field| !text[field.range.clone()].trim().is_empty();
            let is_long = row.cells.iter().skip(cols).any(|field| is_filled(&field));
            let doubtful = if is_long { row.cells.iter().filter(is_filled).cloned().collect() } else { joined };
            for field in doubtful {
                let piece = span::trimmed(self.page, span::piece(self.number, field.range));
                self.findings.push(l017::cut(self.page.slice(piece.range), is_long, Run(vec![piece])));
            }
            out.push(row);
        }
        out
    }

    fn line(&mut self, line: Range<usize>) {
        let text = &self.page.text[line.clone()];
        let indent = span::width(&text[..text.len() - text.trim_start().len()]);
        let whole = span::trimmed(self.page, span::piece(self.number, line));
        let text = self.page.slice(whole.range);
        if is_rule(text) {
            self.layout.markup.push(whole);
            return;
        }
        let (mark, heading, item) = leading_mark(text);
        self.layout.markup.extend((mark > 0).then(|| whole.part(0..mark)));
        let mut rest = span::trimmed(self.page, whole.part(mark..text.len()));
        if heading.is_some() {
            rest = self.without_closing_hashes(rest);
        }
        rows::emphasis(self.page, rest, self.layout);
        self.escapes(rest);
        for (i, part) in inline::split(self.page, rest, Tags::Known, self.layout).into_iter().enumerate() {
            let width = part.run.0.iter().map(|p| wrap::measure(self.page.slice(p.range))).sum();
            let blank_before = if i == 0 { self.blank } else { 0 };
            self.layout.blocks.push(Block::Line(Line {
                run: part.run,
                heading,
                item,
                blank_before,
                indent,
                width,
                running: false,
                beside: false,
            }));
        }
    }

    /// `## so ##`
    fn without_closing_hashes(&mut self, piece: Piece) -> Piece {
        let text = self.page.slice(piece.range);
        let body = text.trim_end_matches('#');
        if body.len() == text.len() || !body.ends_with([' ', '\t', '\u{3000}']) {
            return piece;
        }
        self.layout.markup.push(piece.part(body.len()..text.len()));
        span::trimmed(self.page, piece.part(0..body.len()))
    }

    /// `1\.` and `\(1\)`: Markdown writers keep labels from becoming lists.
    fn escapes(&mut self, piece: Piece) {
        let text = self.page.slice(piece.range);
        for (at, _) in text.match_indices('\\').take_while(|(at, _)| *at < LABEL_REACH) {
            if text[at + 1..].starts_with(['.', '(', ')', '-', '*', '#', '+']) {
                self.layout.stand_ins.push(StandIn {
                    piece: piece.part(at..at + 1),
                    means: String::new(),
                    rule: "unescape",
                    trust: Trust::Lossless,
                });
            }
        }
    }

    fn markup(&mut self, range: Range<usize>) {
        if !self.page.text[range.clone()].trim().is_empty() {
            self.layout.markup.push(span::piece(self.number, range));
        }
    }
}

/// A label and its escapes are no longer than this, in bytes.
const LABEL_REACH: usize = 16;

/// Length of the Markdown mark at the start of a line, the level of a heading, and whether it is an item;
/// `- 3 -` is none.
fn leading_mark(text: &str) -> (usize, Option<u8>, bool) {
    let hashes = text.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t', '\u{3000}']) {
        return (hashes, Some(hashes as u8), false);
    }
    if text.starts_with("> ") {
        return (1, None, false);
    }
    let is_page_number = text.ends_with('-') && text.bytes().all(|b| matches!(b, b'-' | b' ' | b'0'..=b'9'));
    let is_item = !is_page_number && ["- ", "* ", "+ ", "-\t", "*\t", "+\t"].iter().any(|m| text.starts_with(m));
    (usize::from(is_item), None, is_item)
}

/// A line of three or more `-`, `=`, `*` or `_`: a Markdown rule or the underline of a heading.
fn is_rule(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    matches!(first, '-' | '=' | '*' | '_') && text.len() >= 3 && text.chars().all(|c| c == first || c == ' ')
}

/// The first row from which on rows are a table: one of them has three cells with text, or two cells a row come
/// again and again and the first of them is not a mere label (Word exports a numbered paragraph as label,
/// tab, text).
fn table_start(text: &str, rows: &[Row]) -> Option<usize> {
    let mut start = None;
    let (mut has_three, mut pairs, mut labels) = (false, 0, 0);
    for (index, row) in rows.iter().enumerate().rev() {
        let filled = row.cells.iter().filter(|c| !text[c.range.clone()].trim().is_empty()).take(3).count();
        has_three |= filled == 3;
        if filled == 2 {
            pairs += 1;
            labels += usize::from(is_label_like(text[row.cells[0].range.clone()].trim().chars()));
        }
        if has_three || (pairs >= 2 && labels * 2 < pairs) {
            start = Some(index);
        }
    }
    start
}

/// Few characters, none of them kanji or hiragana: `1`, `(2)`, `③`, `ア`, `-`.
pub(crate) fn is_label_like(mut text: impl Iterator<Item = char>) -> bool {
    text.by_ref().take(4).all(|c| !is_hiragana(c) && !is_kanji(c)) && text.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay_out_text(text: &str) -> (Layout, Pages) {
        let pages = Pages(vec![Page::new(text.into(), 1, 0)]);
        (lay_out(&pages).output, pages)
    }

    #[test]
    fn headings_and_items_lose_their_marks_and_keep_their_text() {
        let (layout, pages) = lay_out_text("## 令和6年度 方針\n\n- (1) 周知する\n#ハッシュ\n- 3 -\n");
        let lines: Vec<_> = layout
            .blocks
            .iter()
            .map(|b| if let Block::Line(l) = b { (l.run.raw(&pages), l.heading, l.item, l.blank_before) } else { panic!("no table here") })
            .collect();
        let want = [
            ("令和6年度 方針", Some(2), false, 0),
            ("(1) 周知する", None, true, 1),
            ("#ハッシュ", None, false, 0),
            ("- 3 -", None, false, 0),
        ];
        assert_eq!(lines, want.map(|(t, h, i, b)| (t.to_owned(), h, i, b)));
        assert_eq!(layout.markup.len(), 2);
    }

    #[test]
    fn label_tab_text_is_no_table() {
        let (layout, _) = lay_out_text("1\t方針\n(1)\t周知する\n(2)\t研修する\n");
        assert!(layout.blocks.iter().all(|b| matches!(b, Block::Line(_))));
    }

    #[test]
    fn a_table_may_begin_below_label_tab_text() {
        let (layout, _) = lay_out_text("1\t方針\n2\t目標\n3\t期限\n名称\t説明\n窓口\t案内\n");
        // From 2 on, two pairs of four are labels, which is not less than half; from 3 on, one of three is.
        let lines = layout.blocks.iter().take_while(|b| matches!(b, Block::Line(_))).count();
        assert_eq!((lines, layout.blocks.len()), (2, 3));
    }

    #[test]
    fn a_line_in_quotation_marks_is_one_of_the_head_without_them() {
        let (layout, pages) = lay_out_text(
            "\"令和7年度 方針\"\n\"部長\n名前\"\n\"番号\",\"項目\",\"期限\"\n\"1\",\"周知\",\"3月\"\n\"2\",\"研修\",\"5月\"\n",
        );
        let lines: Vec<String> =
            layout.blocks.iter().filter_map(|b| if let Block::Line(l) = b { Some(l.run.raw(&pages)) } else { None }).collect();
        assert_eq!(lines, ["令和7年度 方針", "部長", "名前"]);
        assert!(matches!(layout.blocks.last(), Some(Block::Table(table)) if table.rows == 3));
    }

    #[test]
    fn pipes_tabs_and_commas_make_tables() {
        let shape = |text: &str| match &lay_out_text(text).0.blocks[0] {
            Block::Table(t) => (t.form, t.rows, t.cols),
            other => panic!("{other:?}"),
        };
        assert_eq!(shape("| 番号 | 項目 |\n|---|---|\n| 1 | 周知 |\n"), (TableForm::Pipes, 2, 2));
        assert_eq!(shape("番号\t項目\t期限\n1\t\"周\n知\"\t3月\n"), (TableForm::Tabs, 2, 3));
        assert_eq!(shape("番号,項目,期限\n1,\"周知,研修\",3月\n"), (TableForm::Commas, 2, 3));
    }
}
