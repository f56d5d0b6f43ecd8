//! Dumps: goal tables of which only the words are left, column by column or row by row, cut at the cells' edges.
//!
//! `segment → numbers → headings → head → cells, weave → rows → drafts`: stretches of text, the rows' numbers, the
//! form's own words, the document's head, narrow cells, texts and their columns, which row each belongs to, and the
//! goals. Every step is a pure function of the one before; only the last writes.

mod abreast;
mod affinity;
mod align;
mod breaks;
mod cells;
mod columns;
mod doubts;
mod free;
mod furniture;
mod habits;
mod head;
mod headings;
mod kinds;
mod lines;
mod links;
mod matching;
mod names;
mod narrow;
mod numbers;
mod passes;
mod reorder;
mod rivals;
mod rows;
mod segment;
mod sheets;
mod spaced;
mod texts;
mod torn;
mod turns;
mod ways;
mod weave;
mod write;

pub(crate) use lines::regroup;
pub(in crate::goals) use torn::report as report_torn;

use crate::head::{Head, Written};
use crate::page_numbers;
use crate::profile::{Field, Forms};
use crate::reader::Reader;
use crate::recorder::Recorder;
use affinity::Affinity;
use habits::Habits;
use headings::Headings;
use kinds::KINDS;
use numbers::RowNumber;
use rows::{RowStart, Thing};
use segment::{Segment, Words};
use seisho_model::Run;
use seisho_model::layout::{Block, Line};
use seisho_model::record::{Goal, Role};
use spaced::Breaks;
use std::collections::BTreeSet;
use weave::Loom;

/// Fewer numbered rows show no table.
const ENOUGH_ROWS: usize = 2;

/// Rows that follow each other have so many segments, on average: seven cells and more.
const ROW_SEGMENTS: usize = 10;
/// And never fewer than this.
const FEWEST_SEGMENTS: usize = 4;

/// A dump as it goes into the record.
pub(crate) struct Dump {
    pub(crate) head: Written,
    pub(crate) goals: Vec<Goal>,
}

/// What a dump holds, before rows are looked for.
struct Parts {
    segments: Vec<Segment>,
    rows: Vec<RowStart>,
    headings: Headings,
    things: Vec<Thing>,
    affinity: Affinity,
    /// Spaces stand wherever scripts meet.
    spaced: bool,
}

/// Maps a dump to goals.
pub(crate) fn map(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Dump {
    let lines: Vec<&Line> = blocks.iter().filter_map(|b| if let Block::Line(l) = b { Some(l) } else { None }).collect();
    let form = &forms.goal_table;
    let is_heading = |text: &str| form.columns.iter().flat_map(|c| &c.words).any(|w| w.chars().count() > 3 && text.starts_with(w.as_str()));
    let breaks = Breaks { is_cell: &|text| narrow::is_cell(text, form), is_heading: &is_heading };
    let (words, spaced) = segment::words(blocks, &breaks, reader);
    let chain = numbers::chain(&words, &forms.goal_table.categories, reader.worker);
    let (mut segments, mut rows) = cut(&words, &chain, forms);
    let mut headings = headings::find(&segments, &forms.goal_table.columns);
    sheets::number(&mut segments, &mut rows, &headings);
    let mut head = Head::default();
    let of_head = take_head(&lines, &segments, &rows, &headings, &mut head, forms, reader, recorder);
    let furniture = furniture::find(&segments);
    name_furniture(&lines, &segments, &headings, &of_head, &furniture, reader, recorder);
    let written = |head: Head, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>| head.write(&forms.head, reader, recorder);
    if rows.len() < ENOUGH_ROWS {
        super::no_rows(recorder);
        return Dump { head: written(head, reader, recorder), goals: Vec::new() };
    }
    let is_body = |index: usize| !headings.of[index] && !of_head.contains(&segments[index].line) && !furniture[index];
    let body: Vec<usize> = (0..segments.len()).filter(|&i| is_body(i)).collect();
    let mut things = things(&segments, &body, &rows, &headings, forms, reader);
    let categories = things.iter().filter(|t| t.field == Field::PlanCategory).count();
    // As many categories show the column whose heading was lost; a few short nouns are none.
    if categories * 2 >= rows.len() {
        headings.add(Field::PlanCategory);
    } else if !headings.fields.contains(&Field::PlanCategory) {
        things.retain(|t| t.field != Field::PlanCategory);
    }
    let affinity = Affinity::new(things.iter().map(|t| t.text.as_str()));
    let parts = Parts { segments, rows, headings, things, affinity, spaced };
    let assigned = rows::assign(&parts);
    let head = written(head, reader, recorder);
    let goals = write::write(&parts, &assigned, head.fiscal_year.as_ref(), forms, reader, recorder);
    Dump { head, goals }
}

/// The segments of all lines, and those that are the rows' numbers.
fn cut(words: &[Words], chain: &[RowNumber], forms: &Forms) -> (Vec<Segment>, Vec<RowStart>) {
    let mut segments: Vec<Segment> = Vec::new();
    let mut rows = Vec::new();
    for (line, of_line) in words.iter().enumerate() {
        let numbers: Vec<&RowNumber> = chain.iter().filter(|n| n.line == line).collect();
        let tail = cells::tail(of_line, words.get(line + 1), &forms.goal_table);
        let is_cut = |token: usize| numbers.iter().any(|n| n.token == token || n.token + 1 == token) || tail.contains(&token);
        let from = segments.len();
        segments.extend(segment::segments(line, of_line, &is_cut));
        for number in numbers {
            let piece = of_line.tokens[number.token].piece;
            let found = segments[from..].iter().position(|s| s.piece == piece);
            rows.extend(found.map(|at| RowStart { value: number.value, segment: from + at, page: piece.page }));
        }
    }
    rows.sort_by_key(|r: &RowStart| r.value);
    (segments, rows)
}

#[expect(clippy::too_many_arguments, reason = "what the head may be among")]
fn take_head(
    lines: &[&Line],
    segments: &[Segment],
    rows: &[RowStart],
    headings: &Headings,
    head: &mut Head,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> BTreeSet<usize> {
    let numbers: BTreeSet<usize> = rows.iter().map(|r| segments[r.segment].line).collect();
    let with_headings: BTreeSet<usize> = segments.iter().zip(&headings.of).filter(|(_, of)| **of).map(|(s, _)| s.line).collect();
    let first = numbers.iter().chain(&with_headings).min().copied().unwrap_or(lines.len());
    let free = |line: usize| !numbers.contains(&line) && !with_headings.contains(&line);
    head::take(lines, first, &free, head, forms, reader, recorder)
}

/// Names what is in no field: headings, page numbers, what every page repeats.
fn name_furniture(
    lines: &[&Line],
    segments: &[Segment],
    headings: &Headings,
    of_head: &BTreeSet<usize>,
    furniture: &[bool],
    reader: &Reader<'_>,
    recorder: &mut Recorder<'_>,
) {
    for (index, segment) in segments.iter().enumerate() {
        let run = Run(vec![segment.piece]);
        if headings.of[index] {
            recorder.furniture(&run, Role::TableHeader);
        } else if !of_head.contains(&segment.line) && furniture[index] {
            let text = reader.glance(&lines[segment.line].run);
            let is_number = page_numbers::parse(text.text()).is_some();
            recorder.furniture(&run, if is_number { Role::PageNumber } else { Role::Header });
        }
    }
}

/// The cells and texts of the body, with their fields, in the order of the dump.
fn things(
    segments: &[Segment],
    body: &[usize],
    rows: &[RowStart],
    headings: &Headings,
    forms: &Forms,
    reader: &mut Reader<'_>,
) -> Vec<Thing> {
    let form = &forms.goal_table;
    let numbers: BTreeSet<usize> = rows.iter().map(|r| r.segment).collect();
    let narrow = cells::find(segments, body, &|i| numbers.contains(&i), &headings.fields, form);
    let in_cells: BTreeSet<usize> = narrow.iter().flat_map(|c| c.segments.iter().copied()).collect();
    let wide: Vec<usize> = body.iter().copied().filter(|i| !numbers.contains(i) && !in_cells.contains(i)).collect();
    // Only where rows follow each other does a number say what comes next.
    let spread = rows.last().zip(rows.first()).map_or(0, |(l, f)| l.segment.saturating_sub(f.segment)) / rows.len().max(1);
    let in_order = rows.windows(2).all(|w| w[0].segment < w[1].segment);
    let rows_follow = in_order && spread >= ROW_SEGMENTS && rows.windows(2).all(|w| w[1].segment - w[0].segment > FEWEST_SEGMENTS);
    let habits = Habits::new(segments, &wide, &form.categories, rows_follow, reader.worker);
    let marks: Vec<char> = form.bullets.iter().copied().chain(['※']).collect();
    let begins_row = |segment: usize| rows_follow && segment.checked_sub(1).is_some_and(|before| numbers.contains(&before));
    let loom = Loom { segments, body: &wide, marks: &marks, habits: &habits, begins_row: &begins_row };
    let texts = weave::weave(&loom, reader.worker);
    let mut things: Vec<Thing> = Vec::new();
    for cell in narrow {
        let text = cell.segments.iter().map(|&i| segments[i].text.as_str()).collect();
        things.push(Thing { field: cell.field, segments: cell.segments, text, bullet: false, clear: true });
    }
    let rivals = if rows_follow { vec![false; texts.len()] } else { rivals::find(segments, &texts, &habits, reader.worker) };
    for ((thread, kind), has_rival) in texts.into_iter().zip(rivals) {
        let clear = !has_rival && kinds::is_clear(segments, &thread, kind, &habits, reader.worker) && !narrow::is_rest(&thread.text);
        things.push(Thing { field: KINDS[kind], segments: thread.segments, text: thread.text, bullet: thread.bullet, clear });
    }
    things.retain(|t| !t.text.starts_with('※'));
    things.sort_by_key(|t| t.segments[0]);
    things
}
