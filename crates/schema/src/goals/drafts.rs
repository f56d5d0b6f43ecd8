//! Rows as goals: a row with a number begins one, a row without goes on with the one before, a blank cell
//! under a merged one takes its text from above.

use super::table::row::{FieldCell, Row};
use crate::recorder::Recorder;
use seisho_forms::mapping::{is_ditto, row_number};
use seisho_forms::profiles::Profile;
use seisho_forms::{Field, FieldKind, of_kind};
use seisho_model::Code;
use seisho_model::codes::goals::{m003, m004, m006};
use seisho_model::codes::layout::{l002, l014};
use seisho_model::layout::{CellLine, ListLine};
use seisho_model::record::{Cut, JoinEvidence, PageJoin, Role};
use seisho_model::{Pointer, Run};
use seisho_reading::mend;
use seisho_reading::{Reader, Reading, Room, ends_sentence};
use std::collections::{BTreeMap, BTreeSet};

/// A goal before its cells are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) number: Option<u32>,
    pub(crate) number_run: Run,
    /// Whether `number_run` is the number's own cell.
    pub(crate) number_is_own: bool,
    /// Whether the number is what the rows around it call for, not what was read.
    pub(crate) number_mended: bool,
    /// From 1.
    pub(crate) page: u32,
    /// The page of its last row so far.
    pub(crate) last_page: u32,
    pub(crate) cells: BTreeMap<Field, Vec<CellLine>>,
    /// The room that the lines of these have, where it is known.
    pub(crate) rooms: BTreeMap<Field, Room>,
    /// Field → index of the draft whose cell covers it.
    pub(crate) inherited: BTreeMap<Field, usize>,
    /// Fields whose cell the table itself merges with the one above.
    pub(crate) merged: BTreeSet<Field>,
    /// Fields that say "as above", with the mark.
    pub(crate) ditto: BTreeMap<Field, Run>,
    /// Fields that the table cuts into rows of their own inside this goal's row.
    pub(crate) sub_rows: BTreeMap<Field, u32>,
    /// Whether a merge was inferred from blank cells.
    pub(crate) inferred: bool,
    /// Where the source leaves its number open, all numbers that it could have.
    pub(crate) candidates: Option<Vec<u32>>,
    /// The row over the whole table that it stands below.
    pub(crate) band: Option<Run>,
}

/// What the fields of one goal hold, by field.
pub(crate) type Readings = BTreeMap<Field, Vec<Reading>>;

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'p> {
    pub(crate) page: u32,
    /// Whether it is the first row of its page.
    pub(crate) first_on_page: bool,
    /// Whether the table says itself which cells are merged.
    pub(crate) shows_merges: bool,
    /// Whether the table has a column of numbers.
    pub(crate) has_numbers: bool,
    /// Whether rows go on over the end of a page.
    pub(crate) page_joins: bool,
    /// Whether the source states its cells: those of a row below are no lines of those above.
    pub(crate) has_cells: bool,
    /// The user's profile, which may say what blank cells mean.
    pub(crate) profile: Option<&'p Profile>,
}

/// Takes a row into the drafts.
pub(crate) fn take(row: Row, setting: Setting<'_>, drafts: &mut Vec<Draft>, reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
    if row.run.is_empty() && row.cells.values().all(|c| !c.from_above) {
        return;
    }
    let number = number_of(&row, reader);
    let is_blank = |kind: FieldKind| of_kind(&row.cells, kind).is_none_or(|c| c.lines.is_empty());
    if is_total(&row, number.as_ref(), reader) {
        recorder.furniture(&row.run, Role::Note);
        return;
    }
    if row.is_remark && (number.is_none() || row.is_band || is_note(&row.run, reader)) {
        recorder.furniture(&row.run, Role::Note);
        return;
    }
    // A page end cuts a merged cell of a number, which is printed in its lower half.
    let lacks_number =
        |d: &Draft| d.number.is_none() && d.number_run.is_empty() && of_kind(&d.cells, FieldKind::Text).is_some_and(|c| !c.is_empty());
    let has_number_below =
        setting.first_on_page && setting.page_joins && is_blank(FieldKind::Text) && drafts.last().is_some_and(lacks_number);
    let goes_on = match &number {
        Some(Number::Read(..)) if has_number_below => true,
        Some(Number::Read(..) | Number::Unreadable(..)) => false,
        None if setting.first_on_page && !setting.page_joins => false,
        None if setting.has_numbers => setting.first_on_page || is_blank(FieldKind::Text),
        // Without numbers a row that says neither what nor when nor who is the rest of one.
        None => setting.first_on_page && [FieldKind::Text, FieldKind::Date, FieldKind::Names].into_iter().all(is_blank),
    };
    let lacking = BEYOND.into_iter().find(|field| !row.cells.contains_key(field));
    let of = if goes_on { drafts.len().saturating_sub(1) } else { drafts.len() };
    for beyond in &row.beyond {
        let finding = l002::beyond(beyond.clone());
        // What the heading does not name may be what the goal lacks.
        recorder.findings.push(match lacking {
            Some(field) => finding.about(Pointer::goal(of).field(field.name())),
            None => finding,
        });
    }
    for (run, fields) in &row.over {
        let finding = |field: &Field| l014::over_columns(run.clone(), fields.len() as u32).about(Pointer::goal(of).field(field.name()));
        recorder.findings.extend(fields.iter().map(finding));
    }
    let index = drafts.len().saturating_sub(1);
    if goes_on && let Some(draft) = drafts.last_mut() {
        note_join(&row, draft, index, setting, reader, recorder);
        let is_sub_row = !setting.first_on_page && setting.shows_merges && note_sub_row(&row, draft);
        if let Some(Number::Read(value, run)) = number {
            (draft.number, draft.number_run, draft.number_is_own) = (Some(value), run, true);
            let pointer = Pointer::goal(index).field("number");
            recorder.findings.retain(|f| f.code != Code::M003 || f.pointer.as_ref() != Some(&pointer));
        }
        go_on(row, is_sub_row || setting.has_cells && !setting.first_on_page, draft);
        return;
    }
    start(row, number, setting, drafts, reader, recorder);
}

/// Fields that stand at the right of a form, the likeliest first.
const BEYOND: [Field; 4] = [Field::Divisions, Field::Achievement, Field::Deadline, Field::PlanCategory];

/// Whether a text is a remark and no number: ※ …, a sentence.
fn is_note(run: &Run, reader: &Reader<'_>) -> bool {
    let text = reader.glance(run);
    text.text().starts_with(['※', '*', '＊']) || text.text().trim_end().ends_with('。')
}

/// Whether a row counts the rows above it: 合計, in the column of the numbers or of the items, and no text, date or unit of a
/// goal beside it.
fn is_total(row: &Row, number: Option<&Number>, reader: &Reader<'_>) -> bool {
    if matches!(number, Some(Number::Read(..))) {
        return false;
    }
    let text = |lines: &[CellLine]| -> String {
        let run = Run(lines.iter().flat_map(|l| l.run.0.iter().copied()).collect());
        reader.glance(&run).text().chars().filter(|c| !c.is_whitespace()).collect()
    };
    let filled: Vec<(&Field, String)> = row.cells.iter().filter(|(_, c)| !c.lines.is_empty()).map(|(f, c)| (f, text(&c.lines))).collect();
    let is_word = |(field, text): &&(&Field, String)| {
        matches!(field.kind(), FieldKind::Number | FieldKind::Text)
            && TOTALS.contains(&text.trim_matches(['(', ')', '（', '）', '【', '】']))
    };
    let has_figures = |text: &str| text.chars().any(char::is_numeric) && text.chars().count() <= LONGEST_COUNT;
    let rest = |word: &(&Field, String)| filled.iter().filter(|other| other.0 != word.0).all(|(_, text)| has_figures(text));
    filled.iter().find(is_word).is_some_and(rest)
}

/// Words for a count of rows.
const TOTALS: [&str; 7] = ["計", "小計", "合計", "総計", "総合計", "累計", "部計"];
/// A count has no more characters.
const LONGEST_COUNT: usize = 12;

/// What a row's number cell holds.
enum Number {
    Read(u32, Run),
    Unreadable(Run),
}

fn number_of(row: &Row, reader: &Reader<'_>) -> Option<Number> {
    let lines = &of_kind(&row.cells, FieldKind::Number)?.lines;
    if lines.is_empty() {
        return None;
    }
    let run = Run(lines.iter().flat_map(|l| l.run.0.clone()).collect());
    let reading = reader.glance(&run);
    let value = row_number(reading.text());
    Some(value.map_or(Number::Unreadable(run.clone()), |v| Number::Read(v, run)))
}

/// Says that a row goes on over the end of a page.
fn note_join(row: &Row, draft: &mut Draft, index: usize, setting: Setting<'_>, reader: &Reader<'_>, recorder: &mut Recorder<'_>) {
    let last = std::mem::replace(&mut draft.last_page, setting.page);
    if last == setting.page {
        return;
    }
    let mut evidence = Vec::new();
    evidence.extend(setting.has_numbers.then_some(JoinEvidence::NoNumber));
    evidence.extend(of_kind(&row.cells, FieldKind::Text).is_none_or(|c| c.lines.is_empty()).then_some(JoinEvidence::NoItem));
    let is_cut = |field: &Field| draft.cells.get(field).and_then(|lines| lines.last()).is_some_and(|l| !ends_sentence(&reader.raw(&l.run)));
    let cells = row.cells.iter().filter(|(_, cell)| !cell.lines.is_empty());
    evidence.extend(cells.map(|(field, _)| field).any(is_cut).then_some(JoinEvidence::UnfinishedSentence));
    let pointer = Some(Pointer::goal(index));
    recorder.page_joins.push(PageJoin { what: Cut::Row, pages: [last, setting.page], pointer, evidence });
}

/// In a scan, a number between two that are two apart is the one between them, whatever was read; and a last one that is
/// none is the next.
pub(crate) fn mend_numbers(drafts: &mut [Draft], reader: &Reader<'_>) {
    for index in 1..drafts.len() {
        let Some(before) = drafts[index - 1].number else { continue };
        let fits = match drafts.get(index + 1) {
            Some(after) => after.number == Some(before + 2) && drafts[index].number != Some(before + 1),
            None => drafts[index].number.is_none(),
        };
        let draft = &mut drafts[index];
        if fits && draft.number_is_own && mend::is_scanned(reader.pages, &draft.number_run) {
            (draft.number, draft.number_mended) = (Some(before + 1), true);
        }
    }
}

/// Takes note of a row inside a goal's row that has its own method and its own date or unit: which goes with which is lost
/// when they are put together.
fn note_sub_row(row: &Row, draft: &mut Draft) -> bool {
    let own: Vec<Field> = row.cells.iter().filter(|(_, cell)| !cell.lines.is_empty()).map(|(field, _)| *field).collect();
    let is_pair = |field: &Field| matches!(field.kind(), FieldKind::Date | FieldKind::Names | FieldKind::Rate);
    let is_sub_row = own.len() > 1 && own.iter().any(is_pair);
    for field in own.into_iter().filter(|_| is_sub_row) {
        *draft.sub_rows.entry(field).or_insert(1) += 1;
    }
    is_sub_row
}

/// Cells that a page end cuts in two: a blank one that the table merges down to the end of its page, or from the top of the
/// next one, has the text of the other half.
pub(crate) fn join_merged_over_pages(drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        if drafts[index].page <= drafts[index - 1].page {
            continue;
        }
        let fields: Vec<Field> = drafts[index].cells.keys().copied().collect();
        for field in fields.into_iter().filter(|f| !matches!(f.kind(), FieldKind::Number | FieldKind::Rate | FieldKind::Free)) {
            join_merged(drafts, index, field);
        }
    }
}

/// Joins the halves of one field's cell above and below a page end; `index`: the first goal below it.
fn join_merged(drafts: &mut [Draft], index: usize, field: Field) {
    let root = drafts[index - 1].inherited.get(&field).copied().unwrap_or(index - 1);
    let is_blank = |draft: &Draft| draft.cells.get(&field).is_some_and(Vec::is_empty);
    let (above_is_merged, above_is_blank) = (drafts[index - 1].merged.contains(&field), is_blank(&drafts[root]));
    let next = drafts.get(index + 1).filter(|next| next.page == drafts[index].page);
    let (here_is_merged, here_is_blank) = (next.is_some_and(|next| next.merged.contains(&field)), is_blank(&drafts[index]));
    let (from, to) = match (above_is_blank, here_is_blank) {
        (false, true) if above_is_merged || here_is_merged => (index, root),
        (true, true) if above_is_merged && here_is_merged => (index, root),
        (true, false) if above_is_merged && here_is_merged => (root, index),
        _ => return,
    };
    for (at, draft) in drafts.iter_mut().enumerate() {
        if at == from || draft.inherited.get(&field) == Some(&from) {
            draft.cells.remove(&field);
            draft.inherited.insert(field, to);
            draft.inferred = true;
        }
    }
}

/// `is_apart`: its cells are cells of their own, and no lines of those above.
fn go_on(row: Row, is_apart: bool, draft: &mut Draft) {
    for (field, mut cell) in row.cells.into_iter().filter(|(field, _)| field.kind() != FieldKind::Number) {
        if let Some(room) = cell.room.filter(|_| !cell.lines.is_empty()) {
            draft.rooms.entry(field).or_insert(room);
        }
        let lines = draft.cells.entry(field).or_default();
        let is_list = matches!(field.kind(), FieldKind::Items | FieldKind::Free);
        if is_list && is_apart {
            let firsts = [lines.first_mut(), cell.lines.first_mut()];
            firsts.into_iter().flatten().filter(|line| line.list == ListLine::No).for_each(|line| line.list = ListLine::Item);
        }
        lines.extend(cell.lines);
    }
}

fn start(
    row: Row,
    number: Option<Number>,
    setting: Setting<'_>,
    drafts: &mut Vec<Draft>,
    reader: &Reader<'_>,
    recorder: &mut Recorder<'_>,
) {
    let index = drafts.len();
    let mut draft = Draft { page: setting.page, last_page: setting.page, ..Draft::default() };
    match number {
        Some(Number::Read(value, run)) => (draft.number, draft.number_run, draft.number_is_own) = (Some(value), run, true),
        Some(Number::Unreadable(run)) => {
            (draft.number_run, draft.number_is_own) = (run.clone(), true);
            missing_number(index, run, recorder);
        }
        None if setting.has_numbers => missing_number(index, row.run.clone(), recorder),
        // A form without a column of numbers lacks none.
        None => {}
    }
    let item_is_blank = of_kind(&row.cells, FieldKind::Text).is_some_and(|c| c.lines.is_empty());
    for (field, cell) in row.cells {
        if field.kind() == FieldKind::Number {
            continue;
        }
        // A cell that the table merges is of the one above though that is blank: a page end may part it from its text.
        let is_merged = cell.from_above && cell.lines.is_empty();
        let has =
            |above: &&Draft| above.inherited.contains_key(&field) || above.cells.get(&field).is_some_and(|c| is_merged || !c.is_empty());
        let above = drafts.last().filter(has);
        let ditto = ditto(&cell.lines, reader);
        if let Some((mark, run)) = ditto.as_ref().filter(|_| above.is_none()) {
            recorder.findings.push(m006::unresolved(mark).at(run.clone()).about(Pointer::goal(index).field(field.name())));
        }
        let says_above = ditto.is_some() && above.is_some();
        let takes_from_above = says_above || cell.lines.is_empty() && merged(field, &cell, item_is_blank, setting);
        match drafts.last().filter(|_| takes_from_above) {
            Some(above) => {
                let root = above.inherited.get(&field).copied().unwrap_or(index - 1);
                draft.inherited.insert(field, root);
                draft.inferred |= says_above || !cell.from_above;
                if cell.from_above {
                    draft.merged.insert(field);
                }
                draft.ditto.extend(ditto.filter(|_| says_above).map(|(_, run)| (field, run)));
            }
            None => {
                draft.rooms.extend(cell.room.filter(|_| !cell.lines.is_empty()).map(|room| (field, room)));
                draft.cells.insert(field, cell.lines);
            }
        }
    }
    check_sequence(&draft, drafts, recorder);
    drafts.push(draft);
}

/// A cell that says "as above" and nothing else.
fn ditto(lines: &[CellLine], reader: &Reader<'_>) -> Option<(String, Run)> {
    let run = Run(lines.iter().flat_map(|l| l.run.0.iter().copied()).collect());
    let text = if lines.len() == 1 { reader.glance(&run).text().to_owned() } else { return None };
    is_ditto(&text).then(|| (text.trim().to_owned(), run))
}

/// Whether a blank cell is part of a merged one: the table says so, or the item, which every goal has, is
/// blank too. An achievement that is blank by itself is not yet filled in.
fn merged(field: Field, cell: &FieldCell, item_is_blank: bool, setting: Setting<'_>) -> bool {
    match setting.profile.and_then(|p| p.entry(field)).and_then(|e| e.inherited) {
        Some(true) => return true,
        Some(false) => return cell.from_above,
        None => {}
    }
    // A page break ends the box of a merged cell, not the merge.
    let over_a_page = setting.first_on_page && item_is_blank;
    if setting.shows_merges && !over_a_page {
        cell.from_above
    } else {
        item_is_blank && !matches!(field.kind(), FieldKind::Rate | FieldKind::Free)
    }
}

fn missing_number(index: usize, run: Run, recorder: &mut Recorder<'_>) {
    recorder.findings.push(m003::unreadable(run).about(Pointer::goal(index).field("number")));
}

fn check_sequence(draft: &Draft, drafts: &[Draft], recorder: &mut Recorder<'_>) {
    let Some(number) = draft.number else { return };
    let Some(before) = drafts.iter().rev().find_map(|d| d.number) else { return };
    if number != before + 1 {
        let finding = m004::jump(number, before);
        recorder.findings.push(finding.at(draft.number_run.clone()).about(Pointer::goal(drafts.len()).field("number")));
    }
}
