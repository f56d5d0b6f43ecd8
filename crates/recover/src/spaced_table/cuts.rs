//! Where one row of lines ends and the next begins.

use super::apart::Apart;
use super::grid::Lines;
use super::search::{BLANK, CONTINUED, Cuts, FRESH, Hypothesis, NOTHING_ABOVE, TORN, UNSURE, best_cuts, off_middle, place};
use super::unnumbered::{self, Stand};
use seisho_forms::mapping::row_number;
use seisho_forms::{Field, FieldKind};
use seisho_japanese::join::{Gap, Verdict, joint};
use seisho_japanese::normalize::match_text;
use seisho_model::Piece;
use seisho_reading::Reader;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Costs of a cut beside those that all tables share; their order is what counts. Chosen on ten drawn tables and o16, 2026-11.
const UNSURE_FULL: i64 = 4;
const NO_ITEM: i64 = 6;
/// How much dearer it is that texts stand out of the middle of their rows, where the first row shows that they stand there. Chosen
/// on the fitted half of the kept dumps and on eighteen forms of dumps, 2026-11.
const CENTRED: i64 = 2;
/// A cut whose runner-up costs so much more is sure. Measured on dumps of thirty-two drawn tables, 2026-11.
const SURE: i64 = 5;
/// More than all else that is weighed: below a line of no row a row begins.
const FORCED: i64 = 10_000;

/// Lines of a row; or one that is of none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) lines: Range<usize>,
    pub(crate) apart: Option<Apart>,
}

/// What the tables of a document show of its rows, from page to page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// A table with rows stands above.
    has_rows: bool,
    /// Numbers and texts stand in the middle of their rows.
    are_centred: bool,
}

/// Lines of rows that have numbers.
struct Numbered<'n> {
    body: Range<usize>,
    /// The lines with a number.
    numbers: &'n [usize],
    /// Those of no row.
    apart: &'n BTreeMap<usize, Apart>,
    shown: Shown,
}

impl Lines<'_> {
    /// The lines of every row below the heading. `open` takes the texts that may be of another row.
    pub(crate) fn cuts(
        &self,
        Range { start: from, end }: Range<usize>,
        fields: &[Option<Field>],
        reader: &mut Reader<'_>,
        shown: &mut Shown,
        open: &mut BTreeSet<Piece>,
    ) -> Vec<Row> {
        let to = (from..end).rev().find(|&l| !self.is_blank(l)).map_or(from, |l| l + 1);
        let col_of = |kind: FieldKind| fields.iter().position(|f| f.is_some_and(|f| f.kind() == kind));
        let number_col = col_of(FieldKind::Number);
        let is_number = |line: &usize| number_col.is_some_and(|col| is_number(self.text(*line, col)));
        let numbers: Vec<usize> = (from..to).filter(is_number).collect();
        let apart = self.apart(from..to, number_col.map(|col| (col, numbers.as_slice())), fields);
        let above: Vec<usize> = (from..to).take_while(|line| apart.contains_key(line) || self.is_blank(*line)).collect();
        // Lines of no row above the first.
        let (before, from) =
            above.iter().rposition(|line| apart.contains_key(line)).map_or((0..0, from), |at| (from..above[at] + 1, above[at] + 1));
        let row = |lines: Range<usize>| self.rows_of(lines, &apart);
        if from == to {
            return row(before);
        }
        if numbers.is_empty() {
            let mut costs = unnumbered::cuts(self, from..to, fields, reader);
            for &line in apart.keys() {
                [line, line + 1].iter().for_each(|line| *costs.entry(*line).or_default() -= FORCED);
            }
            let mut both = [Stand::Top, Stand::Middle].map(|stand| unnumbered::rows(self, from..to, fields, stand, &costs, reader));
            both.sort_by_key(|hypothesis| hypothesis.total);
            self.doubt(&both[..1], fields, from..to, open);
            return row(before).into_iter().chain(ranges(&both[0].starts, from, to).into_iter().flat_map(row)).collect();
        }
        shown.are_centred |= !shown.has_rows && self.begins_above(from..numbers[0], fields);
        let of_rows = Numbered { body: from..to, numbers: &numbers, apart: &apart, shown: *shown };
        shown.has_rows = true;
        let hypotheses = self.numbered(&of_rows, fields, reader);
        self.doubt(&hypotheses, fields, from..to, open);
        row(before).into_iter().chain(ranges(&hypotheses[0].starts, from, to).into_iter().flat_map(row)).collect()
    }

    /// Where rows with numbers begin: the numbers, and the texts with them, at the top of their rows or in the middle; the cheapest
    /// first.
    fn numbered(&self, of: &Numbered<'_>, fields: &[Option<Field>], reader: &mut Reader<'_>) -> Vec<Hypothesis> {
        let Numbered { body, numbers, apart, shown: Shown { has_rows, are_centred } } = of;
        let Range { start: from, end: to } = *body;
        let are_blocks = self.are_blocks(of);
        let is_parted = |before: usize| apart.contains_key(&before) || are_blocks && self.is_blank(before);
        let begins = |line: usize| {
            line > from && line < to && is_parted(line - 1) && !apart.contains_key(&line) && !(are_blocks && self.is_blank(line))
        };
        let forced = |line: usize| if begins(line) { FORCED } else { 0 };
        let by_words: BTreeMap<usize, i64> =
            (from..=to).map(|line| (line, self.cut_cost(from..to, line, fields, *are_centred, reader) - forced(line))).collect();
        let wide: Vec<usize> = (0..fields.len()).filter(|&col| fields[col].is_some_and(Field::is_wide)).collect();
        let end_of = |start: usize, end: usize| (start..end).rev().find(|line| !apart.contains_key(line)).map_or(end, |last| last + 1);
        let off = |start: usize, end: usize, col: usize| {
            let mut lines = (start..end).filter(|&line| !self.text(line, col).is_empty());
            let first = lines.next();
            let ends = first.map(|first| first + lines.next_back().unwrap_or(first));
            ends.map_or(NO_ITEM, |ends| off_middle(start, end, ends))
        };
        let by_number = |row: usize, start: usize, end: usize, centred: bool| place(start, end, numbers[row], centred);
        let in_middle = |row: usize, start: usize, end: usize| {
            (by_number(row, start, end, true) + wide.iter().map(|&col| off(start, end, col)).sum::<i64>())
                * if *are_centred { CENTRED } else { 1 }
        };
        let cuts = |costs: &BTreeMap<usize, i64>, place: &dyn Fn(usize, usize, usize) -> i64| {
            let place = |row: usize, start: usize, end: usize| place(row, start, end_of(start, end));
            let continued = if *has_rows { CONTINUED } else { NOTHING_ABOVE };
            best_cuts(&Cuts { body: from..to, numbers, costs, continued, place: &place })
        };
        let all_middle = cuts(&by_words, &in_middle);
        if *are_centred {
            return vec![all_middle];
        }
        let item_col = fields.iter().position(|f| f.is_some_and(|f| f.kind() == FieldKind::Text));
        let has_item = |line: usize| item_col.is_some_and(|col| !self.text(line, col).is_empty());
        let no_item = |line: usize| if line > from && line < to && !self.is_blank(line) && !has_item(line) { NO_ITEM } else { 0 };
        let with_items: BTreeMap<usize, i64> = by_words.iter().map(|(&line, cost)| (line, cost + no_item(line))).collect();
        let middle = cuts(&with_items, &|row, start, end| by_number(row, start, end, true));
        let top = cuts(&with_items, &|row, start, end| by_number(row, start, end, false));
        let mut hypotheses = vec![middle, top, all_middle];
        hypotheses.sort_by_key(|hypothesis| hypothesis.total);
        hypotheses
    }

    /// Whether blank lines part the rows, as a sheet of high rows prints: between them stands one number each.
    fn are_blocks(&self, of: &Numbered<'_>) -> bool {
        let lines: Vec<usize> = of.body.clone().filter(|line| !of.apart.contains_key(line)).collect();
        let blocks = lines.split(|&line| self.is_blank(line)).filter(|block| !block.is_empty());
        let counts: Vec<usize> = blocks.map(|block| block.iter().filter(|line| of.numbers.contains(line)).count()).collect();
        counts.len() > 1 && counts.iter().all(|&count| count == 1)
    }

    /// Whether a text of a cell stands above the first number of a document, and the cell's neighbours do not: neither numbers nor
    /// texts stand at the top of their rows. A list mark or a full line is of a cell; other short words may be of the heading.
    fn begins_above(&self, above: Range<usize>, fields: &[Option<Field>]) -> bool {
        let wide: Vec<usize> = (0..fields.len()).filter(|&col| fields[col].is_some_and(Field::is_wide)).collect();
        let is_of_cell = |line: usize, col: usize| {
            let text = self.text(line, col);
            text.starts_with(seisho_model::script::is_list_mark) || text.chars().count() * 4 >= self.widest[col] * 3
        };
        let begins = |col: &usize| above.clone().any(|line| is_of_cell(line, *col));
        let is_empty = |col: &usize| above.clone().all(|line| self.text(line, *col).is_empty());
        wide.iter().any(begins) && wide.iter().any(is_empty)
    }

    /// The lines of a row, and those of none below it, each by itself.
    fn rows_of(&self, lines: Range<usize>, apart: &BTreeMap<usize, Apart>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for line in lines.filter(|&line| !self.is_blank(line)) {
            let kind = apart.get(&line).copied();
            match rows.last_mut().filter(|last| last.apart.is_none() && kind.is_none()) {
                Some(last) => last.lines.end = line + 1,
                None => rows.push(Row { lines: line..line + 1, apart: kind }),
            }
        }
        rows
    }

    /// The texts at every cut that could as well lie elsewhere, and their neighbours in the rows above and below.
    /// `hypotheses`: the cheapest first.
    fn doubt(&self, hypotheses: &[Hypothesis], fields: &[Option<Field>], body: Range<usize>, open: &mut BTreeSet<Piece>) {
        let Some((best, others)) = hypotheses.split_first() else { return };
        let near = |hypothesis: &&Hypothesis| hypothesis.total < best.total + SURE;
        for (row, &start) in best.starts.iter().enumerate() {
            // Lines above the first row of a page are of the last row of the page before, or of this one.
            let first_line = (row == 0 && start > body.start).then_some(body.start);
            let elsewhere = others.iter().filter(near).filter_map(|hypothesis| hypothesis.starts.get(row).copied());
            let nearly = best.next[row].iter().filter(|(_, dearer)| *dearer < SURE).map(|(start, _)| *start);
            let all: Vec<usize> = elsewhere.chain(nearly).chain([start]).chain(first_line).collect();
            let (Some(&first), Some(&last)) = (all.iter().min(), all.iter().max()) else { continue };
            for col in (0..fields.len()).filter(|&col| fields[col].is_some_and(|f| f.kind() != FieldKind::Number)) {
                let has_text = |line: &usize| !self.text(*line, col).is_empty();
                if !(first..last).any(|line| has_text(&line)) {
                    continue;
                }
                let above = (body.start..first).rev().find(has_text);
                let below = (last..body.end).find(has_text);
                let cells = (first..last).chain(above).chain(below).filter_map(|line| self.grid[line][col]);
                open.extend(cells.flat_map(|cell| self.table.cells[cell].run().0));
            }
        }
    }

    /// What speaks against a row that begins with a line. `are_centred`: texts stand in the middle of their rows, so that one with
    /// nothing above it begins none.
    fn cut_cost(&self, body: Range<usize>, line: usize, fields: &[Option<Field>], are_centred: bool, reader: &mut Reader<'_>) -> i64 {
        if line == body.start || line >= body.end {
            return 0;
        }
        if self.is_blank(line) {
            return CONTINUED;
        }
        let mut cost = if self.is_blank(line - 1) { BLANK } else { 0 };
        for (col, field) in fields.iter().enumerate() {
            match field.map(Field::kind) {
                Some(FieldKind::Text | FieldKind::Items | FieldKind::Choice | FieldKind::Rate | FieldKind::Names) => {}
                Some(FieldKind::Number | FieldKind::Date | FieldKind::Free) | None => continue,
            }
            let (above, here) = match are_centred {
                // The lines of a cell follow each other.
                true => (self.text(line - 1, col), self.text(line, col)),
                false => {
                    (self.above(line, col), Some(self.text(line, col)).filter(|t| !t.is_empty()).unwrap_or(self.below(line, col, body.end)))
                }
            };
            if here.is_empty() {
                continue;
            }
            let is_text = field.is_some_and(Field::is_wide);
            cost += if above.is_empty() {
                if is_text && !are_centred && !self.text(line, col).is_empty() { FRESH } else { 0 }
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
        if here.starts_with(seisho_model::script::is_list_mark) {
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

/// The lines of rows by their first lines; lines above the first are a row of their own.
fn ranges(starts: &[usize], from: usize, to: usize) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    rows.extend((starts[0] > from).then_some(from..starts[0]));
    rows.extend((0..starts.len()).map(|i| starts[i]..starts.get(i + 1).copied().unwrap_or(to)));
    rows
}

/// A number or a code of numbers: 3, ③, No.3, 1-(2).
fn is_number(text: &str) -> bool {
    let key = match_text(text);
    let is_code = key.len() <= LONGEST_CODE && key.contains(|c: char| c.is_ascii_digit());
    let is_code = is_code && key.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | '.' | '・'));
    is_code || row_number(text).is_some_and(|n| n < MOST_ROWS)
}

/// A code of a row is no longer.
const LONGEST_CODE: usize = 8;
/// Rows have no higher numbers.
const MOST_ROWS: u32 = 1000;
