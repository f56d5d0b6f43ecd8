//! The heading words of a dump, whole or in pieces, wherever they stand. Knows the form's words; refuses to know
//! rows.

use crate::text::segments::Segment;
use seisho_forms::headings::{self, Fit};
use seisho_forms::mapping::{Column, Contents, Evidence, assign};
use seisho_forms::{Field, GoalTableForm};
use std::collections::{BTreeMap, BTreeSet};

/// A heading is cut into no more pieces, its remark in brackets included.
const MOST_PIECES: usize = 4;

/// The headings of a dump.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headings {
    /// For every segment whether it is of a heading.
    pub(crate) of: Vec<bool>,
    /// The fields that are named.
    pub(crate) fields: BTreeSet<Field>,
    /// The same in the order in which they were first named.
    pub(crate) order: Vec<Field>,
    /// Whether a form knows few of them, and others stand among those.
    pub(crate) are_weighed: bool,
}

impl Headings {
    /// A field that has a column.
    pub(crate) fn add(&mut self, field: Field) {
        if self.fields.insert(field) {
            self.order.push(field);
        }
    }
}

/// Finds the headings: words of the form, remarks in brackets behind them, and the same pieces again on other
/// pages.
pub(crate) fn find(segments: &[Segment], form: &GoalTableForm) -> Headings {
    let mut headings = Headings { of: vec![false; segments.len()], fields: BTreeSet::new(), order: Vec::new(), are_weighed: false };
    let mut named: BTreeMap<usize, Field> = BTreeMap::new();
    let mut at = 0;
    while at < segments.len() {
        let Some((len, field)) = heading_at(segments, at, form) else {
            at += 1;
            continue;
        };
        named.insert(at, field);
        headings.of[at..at + len].fill(true);
        at += len;
    }
    headings.are_weighed = unknown(segments, form, &mut headings.of, &mut named);
    named.into_values().for_each(|field| headings.add(field));
    remarks(segments, &mut headings.of);
    between(segments, &mut headings.of);
    among(segments, &mut headings.of);
    above(segments, &mut headings.of);
    repeated(segments, &mut headings.of);
    headings
}

/// Headings that no form knows, by the words that they are made of, where those that one knows are few: short texts in the row of
/// them that holds most headings.
fn unknown(segments: &[Segment], form: &GoalTableForm, of: &mut [bool], named: &mut BTreeMap<usize, Field>) -> bool {
    let fields: BTreeSet<Field> = named.values().copied().collect();
    if fields.len() >= ENOUGH_FIELDS {
        return false;
    }
    let may_be = |i: usize| of[i] || crate::cells::narrow_cells::is_heading_like(&segments[i].text);
    let is_row = |&i: &usize| may_be(i);
    let all: Vec<usize> = (0..segments.len()).collect();
    let rows = all
        .chunk_by(|&a, &b| may_be(a) && may_be(b) && segments[a].page() == segments[b].page())
        .filter(|row| row.first().is_some_and(&is_row));
    let known = |row: &[usize]| row.iter().filter(|i| named.contains_key(i)).count();
    let Some(row) = rows.max_by_key(|row| (known(row), std::cmp::Reverse(row[0]))).filter(|row| known(row) >= ENOUGH_KNOWN) else {
        return false;
    };
    let others: Vec<usize> = row.iter().copied().filter(|&i| !of[i]).collect();
    let column = |&i: &usize| Column { path: vec![segments[i].text.clone()], contents: Contents::default() };
    let columns: Vec<Column> = others.iter().map(column).collect();
    let held: BTreeSet<Field> = named.values().copied().collect();
    let taken = assign(&columns, &held, form, Evidence { words: true, contents: false });
    let found: Vec<(usize, Field)> = others.iter().zip(taken).filter_map(|(&i, taken)| Some((i, taken.field?))).collect();
    // What stands between two headings is one of no field.
    let places = || row.iter().filter(|i| of[**i]).chain(found.iter().map(|(i, _)| i));
    let (first, last) = (places().min().copied().unwrap_or(0), places().max().copied().unwrap_or(0));
    for &i in others.iter().filter(|i| (first..=last).contains(*i)) {
        of[i] = true;
    }
    named.extend(found);
    !others.is_empty()
}

/// Fewer headings that a form knows do not show that the short texts around them are headings.
const ENOUGH_KNOWN: usize = 2;
/// So many fields that a form knows show the table by themselves.
const ENOUGH_FIELDS: usize = 4;

/// Short words that stand, twice or more in the dump, between two headings: 目標の内容 over 達成目標 and 期限.
fn among(segments: &[Segment], of: &mut [bool]) {
    let is_among = |i: &usize| {
        !of[*i] && of[*i - 1] && of.get(*i + 1).copied().unwrap_or(false) && crate::cells::narrow_cells::is_heading_like(&segments[*i].text)
    };
    let found: Vec<usize> = (1..segments.len()).filter(is_among).collect();
    for &index in &found {
        let times = found.iter().filter(|&&o| segments[o].text == segments[index].text).count();
        of[index] |= times > 1;
    }
}

/// Short words that stand right before a heading wherever they stand, on two pages or more: 目標の内容 over 達成目標.
fn above(segments: &[Segment], of: &mut [bool]) {
    let mut pages: BTreeMap<&str, Option<BTreeSet<u32>>> = BTreeMap::new();
    for (index, segment) in segments.iter().enumerate().filter(|(i, _)| !of[*i]) {
        let is_before = of.get(index + 1) == Some(&true) && segments[index + 1].page() == segment.page();
        let seen = pages.entry(&segment.text).or_insert_with(|| Some(BTreeSet::new()));
        *seen = seen.take().filter(|_| is_before && crate::cells::narrow_cells::is_heading_like(&segment.text));
        if let Some(seen) = seen {
            seen.insert(segment.page());
        }
    }
    let is_heading = |s: &Segment| matches!(pages.get(s.text.as_str()), Some(Some(seen)) if seen.len() > 1);
    let found: Vec<usize> = (0..segments.len()).filter(|&i| !of[i] && is_heading(&segments[i])).collect();
    for index in found {
        of[index] = true;
    }
}

/// The heading that begins with a segment: how many segments it has, and its field.
fn heading_at(segments: &[Segment], at: usize, form: &GoalTableForm) -> Option<(usize, Field)> {
    let mut text = String::new();
    let pieces = segments[at..].iter().take(MOST_PIECES).enumerate();
    for (index, segment) in pieces.take_while(|(i, s)| *i == 0 || is_next(segments, at + i, s)) {
        text.push_str(&segment.text);
        if let Some((field, Fit::Whole)) = headings::field_of(&text, form) {
            return Some((index + 1, field));
        }
    }
    None
}

/// On the line of the segment before or the one below, without a blank line between.
fn is_next(segments: &[Segment], index: usize, segment: &Segment) -> bool {
    let before = &segments[index - 1];
    before.line == segment.line || segment.is_below(before)
}

/// （業務目標又は事務の内容）: in brackets, behind a heading or another remark or at the top of a column.
fn remarks(segments: &[Segment], of: &mut [bool]) {
    for index in 1..segments.len() {
        if !of[index - 1] || of[index] || !segments[index].text.starts_with(['（', '(']) {
            continue;
        }
        let closes = segments[index..].iter().take(MOST_PIECES).position(|s| s.text.ends_with(['）', ')']));
        if let Some(len) = closes {
            of[index..=index + len].fill(true);
        }
    }
}

/// Short words on lines that stand, without a blank line, between lines of headings: 目標の内容 above 達成目標.
fn between(segments: &[Segment], of: &mut [bool]) {
    let lines: BTreeSet<usize> = segments.iter().zip(of.iter()).filter(|(_, of)| **of).map(|(s, _)| s.line).collect();
    for (index, segment) in segments.iter().enumerate() {
        let line = segment.line;
        let is_inside =
            line > 0 && !segment.after_blank && lines.contains(&(line - 1)) && (lines.contains(&(line + 1)) || lines.contains(&line));
        if is_inside && crate::cells::narrow_cells::is_heading_like(&segment.text) {
            of[index] = true;
        }
    }
}

/// Pieces of headings that stand alone on another page.
fn repeated(segments: &[Segment], of: &mut [bool]) {
    let known: BTreeSet<&str> =
        segments.iter().zip(of.iter()).filter(|(s, of)| **of && s.text.chars().count() > 2).map(|(s, _)| s.text.as_str()).collect();
    let again: Vec<usize> = (0..segments.len()).filter(|&i| !of[i] && known.contains(segments[i].text.as_str())).collect();
    for index in again {
        of[index] = true;
    }
}
