//! Tables of which every grid row is a line of the text (columns kept apart by spaces): which lines make up a row.
//! Between two numbers one row ends; where, is told by the words at the cut, by blank lines, and by whether numbers
//! stand at the top or in the middle of their rows. All cuts of a table are chosen together.

use crate::headers::{self, Fit};
use crate::page_numbers::{self, Dress};
use crate::profile::{Column, Field, Forms};
use crate::reader::Reader;
use seisho_japanese::join::{Gap, Verdict, joint};
use seisho_japanese::normalize::match_text;
use seisho_model::layout::{Block, Cell, Line, Table, TableForm};
use seisho_model::{Piece, Run};
use std::collections::BTreeMap;
use std::ops::Range;

/// A heading has no more lines.
const MOST_HEADING_LINES: usize = 7;
/// Lines of the head that stand between the same corridors.
const MOST_LINES_ABOVE: usize = 12;
/// A caption has no more lines.
const CAPTION_LINES: usize = 2;
/// Fewer fields than this make no heading.
const ENOUGH_FIELDS: usize = 3;

/// Costs of a cut; their order is what counts. Chosen on ten drawn tables and o16, 2026-11.
const TORN: i64 = 14;
const UNSURE: i64 = 3;
const UNSURE_FULL: i64 = 4;
const BLANK: i64 = -8;
const FRESH: i64 = -3;
const NO_ITEM: i64 = 6;
const CONTINUED: i64 = 8;
/// Most that a number out of its place costs.
const OUT_OF_PLACE: i64 = 16;

/// The blocks, with tables of lines as tables of rows.
pub(crate) fn regroup(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Option<Vec<Block>> {
    let is_lines = |b: &Block| matches!(b, Block::Table(t) if t.form == TableForm::Columns);
    if !blocks.iter().any(is_lines) {
        return None;
    }
    let rows = in_rows(blocks, forms, reader);
    // Where the columns of one page are not those of the form, no page is trusted: the lines go another way.
    Some(rows.unwrap_or_else(|| as_lines(blocks, reader)))
}

fn in_rows(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>) -> Option<Vec<Block>> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut fields: Option<Vec<Option<Field>>> = None;
    for block in blocks {
        let Block::Table(table) = block else {
            out.push(block.clone());
            continue;
        };
        if table.form != TableForm::Columns {
            out.push(block.clone());
            continue;
        }
        let lines = Lines::new(table, reader);
        let heading = lines.heading(&forms.goal_table.columns);
        let start = heading.as_ref().map_or(0, |(at, _)| at.start);
        out.extend((0..start).filter_map(|line| lines.line(line)).map(Block::Line));
        if let Some((_, found)) = &heading {
            fields = Some(found.clone());
        }
        let fields = fields.as_ref().filter(|f| f.len() == table.cols as usize)?;
        let heading = heading.map_or(0..0, |h| h.0);
        if !lines.keep_to(fields, heading.end) {
            return None;
        }
        lines.parts(heading, fields, reader, &mut out);
    }
    Some(out)
}

/// The tables of lines as lines of text.
fn as_lines(blocks: &[Block], reader: &Reader<'_>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Table(table) if table.form == TableForm::Columns => {
                let lines = Lines::new(table, reader);
                out.extend((0..lines.grid.len()).filter_map(|line| lines.line(line)).map(Block::Line));
            }
            other => out.push(other.clone()),
        }
    }
    out
}

/// A table of lines with its texts.
struct Lines<'t> {
    table: &'t Table,
    /// For every line the cell of every column, by index.
    grid: Vec<Vec<Option<usize>>>,
    texts: Vec<String>,
    /// The widest text of every column, in characters.
    widest: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(table: &'t Table, reader: &Reader<'_>) -> Self {
        let texts: Vec<String> = table.cells.iter().map(|c| reader.glance(&c.run()).text().to_owned()).collect();
        let mut grid = table.grid();
        let mut widest = vec![0; table.cols as usize];
        for line in &mut grid {
            line.resize(table.cols as usize, None);
            for (col, cell) in line.iter().enumerate() {
                widest[col] = widest[col].max(cell.map_or(0, |c| texts[c].chars().count()));
            }
        }
        Self { table, grid, texts, widest }
    }

    fn text(&self, line: usize, col: usize) -> &str {
        self.grid[line][col].map_or("", |c| &self.texts[c])
    }

    /// The heading's lines and the field of every column: as few lines as name the most fields, and what their
    /// brackets still hold.
    fn heading(&self, columns: &[Column]) -> Option<(Range<usize>, Vec<Option<Field>>)> {
        let mut best: Option<(Range<usize>, usize, Vec<Option<Field>>)> = None;
        let ranges = (0..MOST_LINES_ABOVE).flat_map(|start| (1..=MOST_HEADING_LINES).map(move |len| start..start + len));
        for range in ranges.filter(|r| r.end <= self.grid.len()) {
            let fits: Vec<Option<(Field, Fit)>> =
                (0..self.widest.len()).map(|col| headers::field_of(&self.joined(range.clone(), col), columns)).collect();
            let whole = fits.iter().flatten().filter(|f| f.1 == Fit::Whole).count();
            let fields = headers::assign(&fits);
            let score = fields.iter().flatten().count() * 2 + whole;
            if fields.iter().flatten().count() >= ENOUGH_FIELDS && best.as_ref().is_none_or(|b| score > b.1) {
                best = Some((range, score, fields));
            }
        }
        let (Range { start, mut end }, _, fields) = best?;
        let is_open = |end: usize| (0..self.widest.len()).any(|col| has_open_bracket(&self.joined(start..end, col)));
        while end < self.grid.len() && end - start < MOST_HEADING_LINES && (is_open(end) || self.is_remark(end)) {
            end += 1;
        }
        Some((start..end, fields))
    }

    /// A line of the grid as a line of text; none for a blank one.
    fn line(&self, line: usize) -> Option<Line> {
        let pieces: Vec<Piece> = self.grid[line].iter().flatten().flat_map(|&c| self.table.cells[c].run().0).collect();
        let width = self.grid[line].iter().flatten().map(|&c| self.texts[c].chars().count() as u32).sum();
        let plain = Line { run: Run(pieces), heading: None, item: false, blank_before: 0, indent: 0, width, running: false, beside: false };
        Some(plain).filter(|l| !l.run.is_empty())
    }

    /// Whether the cells below the heading are what their columns hold: no sentences and lists in narrow ones.
    fn keep_to(&self, fields: &[Option<Field>], from: usize) -> bool {
        let to = self.body_end(from);
        let is_narrow = |field: &Option<Field>| {
            matches!(field, Some(Field::Number | Field::PlanCategory | Field::Deadline | Field::Divisions)) || field.is_none()
        };
        let narrow: Vec<usize> = (0..fields.len()).filter(|&col| is_narrow(&fields[col])).collect();
        let is_text = |text: &str| text.contains(['。', '、']) || text.starts_with(['・', '○', '●']);
        let texts = (from..to).flat_map(|line| narrow.iter().map(move |&col| (line, col)));
        !texts.into_iter().any(|(line, col)| is_text(self.text(line, col)))
    }

    /// A line of remarks in brackets under a heading.
    fn is_remark(&self, line: usize) -> bool {
        let mut texts = self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str()).peekable();
        texts.peek().is_some() && texts.all(|t| t.starts_with(['（', '(']) || t.ends_with(['）', ')']))
    }

    fn joined(&self, lines: Range<usize>, col: usize) -> String {
        lines.map(|line| self.text(line, col)).collect()
    }

    /// The tables between headings that come again, and the lines between them.
    fn parts(&self, heading: Range<usize>, fields: &[Option<Field>], reader: &mut Reader<'_>, out: &mut Vec<Block>) {
        let end = self.body_end(heading.end);
        let mut from = heading.clone();
        let again = self.headings_again(&heading, end);
        for next in &again {
            // A caption stands above its table, below a blank line.
            let last = (from.end..next.start).rev().find(|&line| !self.is_blank(line)).map_or(from.end, |line| line + 1);
            let caption = (from.end..last).rev().find(|&line| self.is_blank(line)).map_or(last, |line| line + 1);
            let caption = if last - caption <= CAPTION_LINES { caption } else { next.start };
            out.push(Block::Table(self.rows(from, caption, fields, reader)));
            out.extend((caption..next.start).filter_map(|line| self.line(line)).map(Block::Line));
            from = next.clone();
        }
        out.push(Block::Table(self.rows(from, end, fields, reader)));
        out.extend((end..self.grid.len()).filter_map(|line| self.line(line)).map(Block::Line));
    }

    /// Where the heading comes again: lines of which every text is one of the heading's.
    fn headings_again(&self, heading: &Range<usize>, end: usize) -> Vec<Range<usize>> {
        let texts = |line: usize| self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str());
        let known: std::collections::BTreeSet<&str> = heading.clone().flat_map(texts).collect();
        let is_heading = |line: &usize| !self.is_blank(*line) && texts(*line).all(|t| known.contains(t));
        let mut again: Vec<Range<usize>> = Vec::new();
        for line in (heading.end..end).filter(is_heading) {
            match again.last_mut().filter(|last| last.end + 1 >= line) {
                Some(last) => last.end = line + 1,
                None => again.push(line..line + 1),
            }
        }
        again.retain(|range| range.clone().flat_map(texts).count() >= ENOUGH_FIELDS);
        again
    }

    fn is_blank(&self, line: usize) -> bool {
        self.grid[line].iter().all(Option::is_none)
    }

    /// Where the lines at the foot begin that are of no row.
    fn body_end(&self, from: usize) -> usize {
        let mut end = self.grid.len();
        while let Some(line) = (from..end).rev().find(|&line| !self.is_blank(line)).filter(|&line| self.is_foot(line)) {
            end = line;
        }
        end
    }

    /// A page number in its dress, or a note (※).
    fn is_foot(&self, line: usize) -> bool {
        let text: String = self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str()).collect();
        text.starts_with('※') || matches!(page_numbers::parse(&text), Some((Dress::Dressed, _)))
    }

    /// The lines down to `end` put together to rows.
    fn rows(&self, heading: Range<usize>, end: usize, fields: &[Option<Field>], reader: &mut Reader<'_>) -> Table {
        let mut bounds: Vec<Range<usize>> = Vec::new();
        let body = heading.end;
        bounds.extend((!heading.is_empty()).then_some(heading));
        bounds.extend(self.cuts(body, end, fields, reader));
        let mut cells = Vec::new();
        for (row, lines) in bounds.iter().enumerate() {
            for col in 0..self.table.cols {
                let own = lines.clone().filter_map(|line| self.grid[line][col as usize]);
                let texts = own.flat_map(|c| self.table.cells[c].lines.iter().cloned()).collect();
                cells.push(Cell { row: row as u32..row as u32 + 1, col: col..col + 1, header: false, lines: texts });
            }
        }
        Table { form: TableForm::Columns, rows: bounds.len() as u32, cols: self.table.cols, cells, edges: None }
    }

    /// The lines of every row below the heading.
    fn cuts(&self, from: usize, end: usize, fields: &[Option<Field>], reader: &mut Reader<'_>) -> Vec<Range<usize>> {
        let to = (from..end).rev().find(|&l| !self.is_blank(l)).map_or(from, |l| l + 1);
        let number_col = fields.iter().position(|f| *f == Some(Field::Number));
        let is_number = |line: &usize| number_col.is_some_and(|col| is_number(self.text(*line, col)));
        let numbers: Vec<usize> = (from..to).filter(is_number).collect();
        if numbers.is_empty() {
            return std::iter::once(from..to).filter(|rows| !rows.is_empty()).collect();
        }
        let by_words: BTreeMap<usize, i64> = (from..=to).map(|line| (line, self.cut_cost(from..to, line, fields, reader))).collect();
        let item_col = fields.iter().position(|f| *f == Some(Field::Item));
        let has_item = |line: usize| item_col.is_some_and(|col| !self.text(line, col).is_empty());
        let no_item = |line: usize| if line > from && line < to && !self.is_blank(line) && !has_item(line) { NO_ITEM } else { 0 };
        let with_items: BTreeMap<usize, i64> = by_words.iter().map(|(&line, cost)| (line, cost + no_item(line))).collect();
        let wide: Vec<usize> = (0..fields.len()).filter(|&col| fields[col].is_some_and(is_wide)).collect();
        let off = |start: usize, end: usize, col: usize| {
            let mut lines = (start..end).filter(|&line| !self.text(line, col).is_empty());
            let first = lines.next();
            let ends = first.map(|first| first + lines.next_back().unwrap_or(first));
            ends.map_or(NO_ITEM, |ends| off_middle(start, end, ends))
        };
        let in_middle = |start: usize, end: usize, number: usize| {
            place(start, end, number, true) + wide.iter().map(|&col| off(start, end, col)).sum::<i64>()
        };
        let middle = best_cuts(from..to, &numbers, &with_items, &|start, end, number| place(start, end, number, true));
        let top = best_cuts(from..to, &numbers, &with_items, &|start, end, number| place(start, end, number, false));
        let all_middle = best_cuts(from..to, &numbers, &by_words, &in_middle);
        let (_, starts) = [middle, top, all_middle].into_iter().min_by_key(|way| way.0).unwrap_or_default();
        let mut rows: Vec<Range<usize>> = Vec::new();
        rows.extend((starts[0] > from).then_some(from..starts[0]));
        rows.extend((0..starts.len()).map(|i| starts[i]..starts.get(i + 1).copied().unwrap_or(to)));
        rows
    }

    /// What speaks against a row that begins with a line.
    fn cut_cost(&self, body: Range<usize>, line: usize, fields: &[Option<Field>], reader: &mut Reader<'_>) -> i64 {
        if line == body.start || line >= body.end {
            return 0;
        }
        if self.is_blank(line) {
            return CONTINUED;
        }
        let mut cost = if self.is_blank(line - 1) { BLANK } else { 0 };
        for (col, field) in fields.iter().enumerate() {
            match field {
                Some(Field::Item | Field::Target | Field::Methods | Field::PlanCategory | Field::Achievement | Field::Divisions) => {}
                _ => continue,
            }
            let here = self.text(line, col);
            let above = self.above(line, col);
            let here = if here.is_empty() { self.below(line, col, body.end) } else { here };
            if here.is_empty() {
                continue;
            }
            let is_text = matches!(field, Some(Field::Item | Field::Target | Field::Methods));
            cost += if above.is_empty() {
                if is_text && !self.text(line, col).is_empty() { FRESH } else { 0 }
            } else {
                self.joint_cost(above, here, col, reader)
            };
        }
        cost
    }

    /// The text above a line in its column: on the line before, or beyond one that only centred cells stand on.
    fn above(&self, line: usize, col: usize) -> &str {
        let near = self.text(line - 1, col);
        if near.is_empty() && line > 1 && !self.is_blank(line - 1) { self.text(line - 2, col) } else { near }
    }

    /// The text below a line on which only centred cells stand.
    fn below(&self, line: usize, col: usize, end: usize) -> &str {
        if line + 1 < end { self.text(line + 1, col) } else { "" }
    }

    /// What it costs to part two lines of a column.
    fn joint_cost(&self, above: &str, here: &str, col: usize, reader: &mut Reader<'_>) -> i64 {
        if here.starts_with('・') || here.starts_with('○') {
            return FRESH;
        }
        let is_full = above.chars().count() + 2 >= self.widest[col];
        match joint(reader.worker, above, here, Gap::LineBreak).verdict {
            Verdict::Join => TORN,
            Verdict::Separate => 0,
            Verdict::Unsure if is_full => UNSURE_FULL,
            Verdict::Unsure => UNSURE,
        }
    }
}

/// The cheapest first lines of the rows of all numbers. `place`: what it costs that a row of some lines has its number
/// on a line.
fn best_cuts(
    body: Range<usize>,
    numbers: &[usize],
    costs: &BTreeMap<usize, i64>,
    place: &dyn Fn(usize, usize, usize) -> i64,
) -> (i64, Vec<usize>) {
    // For every possible start of the row of a number: the cost of all rows above, and the start of the row above.
    let mut best: Vec<BTreeMap<usize, (i64, usize)>> = Vec::new();
    let first = (body.start..=numbers[0]).map(|start| {
        let continued = if start > body.start { CONTINUED } else { 0 };
        (start, (costs[&start] + continued, start))
    });
    best.push(first.collect());
    for row in 1..numbers.len() {
        let here = (numbers[row - 1] + 1..=numbers[row]).map(|start| {
            let above = best[row - 1].iter().map(|(&from, &(cost, _))| (cost + place(from, start, numbers[row - 1]), from));
            let (cost, from) = above.min().unwrap_or((0, body.start));
            (start, (cost + costs[&start], from))
        });
        let here = here.collect();
        best.push(here);
    }
    let last = numbers.len() - 1;
    let ends = best[last].iter().map(|(&from, &(cost, _))| (cost + place(from, body.end, numbers[last]), from));
    let (total, mut start) = ends.min().unwrap_or((0, body.start));
    let mut starts = vec![start];
    for row in (1..numbers.len()).rev() {
        start = best[row].get(&start).map_or(body.start, |&(_, from)| from);
        starts.push(start);
    }
    starts.reverse();
    (total, starts)
}

/// What it costs that a number stands where it does in its row.
fn place(start: usize, end: usize, number: usize, centred: bool) -> i64 {
    // Twice the distance from the middle line; one for rows of an even number of lines.
    if centred { off_middle(start, end, 2 * number) } else { (3 * (number - start) as i64).min(OUT_OF_PLACE) }
}

/// How far twice a place is from twice the middle of some lines.
fn off_middle(start: usize, end: usize, twice: usize) -> i64 {
    ((start + end - 1) as i64 - twice as i64).abs().min(OUT_OF_PLACE)
}

fn is_wide(field: Field) -> bool {
    matches!(field, Field::Item | Field::Target | Field::Methods)
}

fn is_number(text: &str) -> bool {
    let key = match_text(text);
    !key.is_empty() && key.len() <= 3 && key.bytes().all(|b| b.is_ascii_digit())
}

fn has_open_bracket(text: &str) -> bool {
    text.matches(['（', '(']).count() > text.matches(['）', ')']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_middle_of_their_rows_tell_where_rows_end() {
        // Two rows of three lines, numbers in the second and the fifth; the words say nothing.
        let costs: BTreeMap<usize, i64> = (0..=6).map(|line| (line, 0)).collect();
        assert_eq!(best_cuts(0..6, &[1, 4], &costs, &|start, end, number| place(start, end, number, true)), (0, vec![0, 3]));
        // At the top: the first row's number stands in its second line, which must be its first.
        assert_eq!(best_cuts(0..6, &[0, 4], &costs, &|start, end, number| place(start, end, number, false)), (0, vec![0, 4]));
    }
}
