//! Dumps: goal tables of which only the words are left, column by column or row by row, cut at the cells' edges.
//!
//! `segments → numbers → headings`, the [`Outline`]; then, once it is known which lines are of the document's head,
//! `narrow cells, texts → which row each is of → Table`. Every step is a pure function of the one before.

use crate::cells::kinds::{self, KINDS};
use crate::cells::statistics::Habits;
use crate::cells::thread_search::{self, LineGraph};
use crate::cells::{ambiguous_lines, find, narrow_cells};
use crate::fields;
use crate::parts::{Entry, Parts, RowStart};
use crate::recovered::Recovered;
use crate::rows;
use crate::rows::word_overlap::Affinity;
use crate::table;
use crate::text::headings::Headings;
use crate::text::numbers::RowNumber;
use crate::text::script_spacing::Breaks;
use crate::text::segments::Segment;
use crate::text::words::Words;
use crate::text::{furniture, headings, numbers, pages, segments};
use seisho_forms::{FieldKind, Forms, page_numbers};
use seisho_model::Run;
use seisho_model::layout::{Block, Line};
use seisho_model::record::Role;
use seisho_reading::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer numbered rows show no table.
const ENOUGH_ROWS: usize = 2;

/// Rows that follow each other have so many segments, on average: seven cells and more.
const ROW_SEGMENTS: usize = 10;
/// And never fewer than this.
const FEWEST_SEGMENTS: usize = 4;

/// What a dump shows before its head and its cells are told apart.
pub struct Outline<'b> {
    /// Its lines, in their order.
    pub lines: Vec<&'b Line>,
    segments: Vec<Segment>,
    rows: Vec<RowStart>,
    headings: Headings,
    spaced: bool,
}

/// Finds segments, the rows' numbers and the headings of a dump.
#[must_use]
pub fn outline<'b>(blocks: &'b [Block], forms: &Forms, reader: &mut Reader<'_>) -> Outline<'b> {
    let lines: Vec<&Line> = blocks.iter().filter_map(|b| if let Block::Line(l) = b { Some(l) } else { None }).collect();
    let form = &forms.goal_table;
    let is_heading =
        |text: &str| form.columns.iter().flat_map(|c| &c.headings).any(|w| w.chars().count() > 3 && text.starts_with(w.as_str()));
    let breaks = Breaks { is_cell: &|text| narrow_cells::is_cell(text, form), is_heading: &is_heading };
    let (words, spaced) = segments::words(blocks, &breaks, reader);
    let chain = numbers::chain(&words, &forms.goal_table.categories, reader.worker);
    let (mut segments, mut rows) = cut(&words, &chain, forms);
    let headings = headings::find(&segments, &forms.goal_table);
    pages::number(&mut segments, &mut rows, &headings);
    Outline { lines, segments, rows, headings, spaced }
}

impl Outline<'_> {
    /// Lines that hold a row's number.
    fn numbered(&self) -> BTreeSet<usize> {
        self.rows.iter().map(|r| self.segments[r.segment].line).collect()
    }

    /// Lines that hold a heading.
    fn headed(&self) -> BTreeSet<usize> {
        self.segments.iter().zip(&self.headings.of).filter(|(_, of)| **of).map(|(s, _)| s.line).collect()
    }

    /// How many fields its headings name.
    #[must_use]
    pub fn named(&self) -> usize {
        self.headings.fields.len()
    }

    /// The first line with a number or a heading: the head stands before it, or anywhere.
    #[must_use]
    pub fn first(&self) -> usize {
        self.numbered().union(&self.headed()).min().copied().unwrap_or(self.lines.len())
    }

    /// Lines that no number and no heading has taken.
    #[must_use]
    pub fn free(&self) -> BTreeSet<usize> {
        let (numbered, headed) = (self.numbered(), self.headed());
        (0..self.lines.len()).filter(|line| !numbered.contains(line) && !headed.contains(line)).collect()
    }

    /// Puts the rows together. `of_head`: lines that are of the document's head.
    #[must_use]
    pub fn recover(self, of_head: &BTreeSet<usize>, forms: &Forms, reader: &mut Reader<'_>) -> Recovered {
        let Self { lines, segments, rows, mut headings, spaced } = self;
        let of_pages = furniture::find(&segments);
        let named = furnished(&lines, &segments, &headings, of_head, &of_pages, reader);
        if rows.len() < ENOUGH_ROWS {
            return Recovered { furniture: named, ..Recovered::default() };
        }
        let is_body = |index: usize| !headings.of[index] && !of_head.contains(&segments[index].line) && !of_pages[index];
        let body: Vec<usize> = (0..segments.len()).filter(|&i| is_body(i)).collect();
        let mut entries = entries(&segments, &body, &rows, &headings, forms, reader);
        let categories = entries.iter().filter(|t| t.field.kind() == FieldKind::Choice).count();
        // As many categories show the column whose heading was lost; a few short nouns are none.
        if categories * 2 >= rows.len() {
            headings.add(fields::first(FieldKind::Choice));
        } else if !headings.fields.iter().any(|f| f.kind() == FieldKind::Choice) {
            entries.retain(|t| t.field.kind() != FieldKind::Choice);
        }
        let affinity = Affinity::new(entries.iter().map(|t| t.text.as_str()));
        let are_weighed = headings.are_weighed;
        let parts = Parts { segments, rows, headings, entries, affinity, spaced };
        let assigned = rows::assign(&parts);
        Recovered { furniture: named, are_weighed, ..table::table(&parts, &assigned) }
    }
}

/// The segments of all lines, and those that are the rows' numbers.
fn cut(words: &[Words], chain: &[RowNumber], forms: &Forms) -> (Vec<Segment>, Vec<RowStart>) {
    let mut segments: Vec<Segment> = Vec::new();
    let mut rows = Vec::new();
    let mut by_line: BTreeMap<usize, Vec<&RowNumber>> = BTreeMap::new();
    for number in chain {
        by_line.entry(number.line).or_default().push(number);
    }
    for (line, of_line) in words.iter().enumerate() {
        let numbers = by_line.remove(&line).unwrap_or_default();
        let tail = find::tail(of_line, words.get(line + 1), &forms.goal_table);
        let is_cut = |token: usize| numbers.iter().any(|n| n.token == token || n.token + 1 == token) || tail.contains(&token);
        let from = segments.len();
        segments.extend(segments::segments(line, of_line, &is_cut));
        for number in numbers {
            let piece = of_line.tokens[number.token].piece;
            let found = segments[from..].iter().position(|s| s.piece == piece);
            rows.extend(found.map(|at| RowStart { value: number.value, segment: from + at, page: piece.page }));
        }
    }
    rows.sort_by_key(|r: &RowStart| r.value);
    (segments, rows)
}

/// What is in no field: headings, page numbers, what every page repeats.
fn furnished(
    lines: &[&Line],
    segments: &[Segment],
    headings: &Headings,
    of_head: &BTreeSet<usize>,
    furniture: &[bool],
    reader: &Reader<'_>,
) -> Vec<(Run, Role)> {
    let mut named = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let run = Run(vec![segment.piece]);
        if headings.of[index] {
            named.push((run, Role::TableHeader));
        } else if !of_head.contains(&segment.line) && furniture[index] {
            let text = reader.glance(&lines[segment.line].run);
            let is_number = page_numbers::parse(text.text()).is_some();
            named.push((run, if is_number { Role::PageNumber } else { Role::Header }));
        }
    }
    named
}

/// The cells and texts of the body, with their fields, in the order of the dump.
fn entries(
    segments: &[Segment],
    body: &[usize],
    rows: &[RowStart],
    headings: &Headings,
    forms: &Forms,
    reader: &mut Reader<'_>,
) -> Vec<Entry> {
    let form = &forms.goal_table;
    let numbers: BTreeSet<usize> = rows.iter().map(|r| r.segment).collect();
    let narrow = find::find(segments, body, &|i| numbers.contains(&i), &headings.fields, form);
    let in_cells: BTreeSet<usize> = narrow.iter().flat_map(|c| c.segments.iter().copied()).collect();
    let wide: Vec<usize> = body.iter().copied().filter(|i| !numbers.contains(i) && !in_cells.contains(i)).collect();
    // Only where rows follow each other does a number say what comes next.
    let spread = rows.last().zip(rows.first()).map_or(0, |(l, f)| l.segment.saturating_sub(f.segment)) / rows.len().max(1);
    let in_order = rows.windows(2).all(|w| w[0].segment < w[1].segment);
    let rows_follow = in_order && spread >= ROW_SEGMENTS && rows.windows(2).all(|w| w[1].segment - w[0].segment > FEWEST_SEGMENTS);
    let habits = Habits::new(segments, &wide, &form.categories, rows_follow, reader.worker);
    let marks: Vec<char> = form.bullets.iter().copied().chain(['※']).collect();
    let begins_row = |segment: usize| rows_follow && segment.checked_sub(1).is_some_and(|before| numbers.contains(&before));
    let graph = LineGraph { segments, body: &wide, marks: &marks, habits: &habits, begins_row: &begins_row };
    let texts = thread_search::find(&graph, reader.worker);
    let mut entries: Vec<Entry> = Vec::new();
    for cell in narrow {
        let text = cell.segments.iter().map(|&i| segments[i].text.as_str()).collect();
        entries.push(Entry { field: cell.field, segments: cell.segments, text, bullet: false, clear: true });
    }
    let rivals = if rows_follow { vec![false; texts.len()] } else { ambiguous_lines::find(segments, &texts, &habits, reader.worker) };
    for ((thread, kind), has_rival) in texts.into_iter().zip(rivals) {
        let clear = !has_rival && kinds::is_clear(segments, &thread, kind, &habits, reader.worker) && !narrow_cells::is_rest(&thread.text);
        entries.push(Entry { field: KINDS[kind], segments: thread.segments, text: thread.text, bullet: thread.bullet, clear });
    }
    entries.retain(|t| !t.text.starts_with('※'));
    entries.sort_by_key(|t| t.segments[0]);
    entries
}
