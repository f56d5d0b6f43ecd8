//! Cells of narrow columns among the segments, whole or cut by wraps. Knows neighbourhood; what a text is, it asks
//! [`crate::cells::narrow_cells`].

use crate::cells::narrow_cells;
use crate::fields;
use crate::text::segments::Segment;
use crate::text::words::Words;
use seisho_forms::page_numbers::{self, PageNumberStyle};
use seisho_forms::{Field, FieldKind, GoalTableForm};
use std::collections::BTreeSet;

/// A narrow cell is cut into no more lines.
const MOST_LINES: usize = 6;
/// No line of a narrow cell is wider, in columns of a half-width character, if the cell has several.
const WIDEST: u32 = 22;

/// A cell of a narrow column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NarrowCell {
    pub(crate) field: Field,
    /// Its segments, in order.
    pub(crate) segments: Vec<usize>,
}

/// The narrow cells of `body` (indices of segments, in order). `fixed` says which segments are numbers.
pub(crate) fn find(
    segments: &[Segment],
    body: &[usize],
    fixed: &dyn Fn(usize) -> bool,
    fields: &BTreeSet<Field>,
    form: &GoalTableForm,
) -> Vec<NarrowCell> {
    let mut cells: Vec<NarrowCell> = Vec::new();
    let mut at = 0;
    // Whether the segment before is narrow too: then a cell of several lines may begin.
    let mut narrow_before = true;
    while at < body.len() {
        let found = (!fixed(body[at])).then(|| cell_at(segments, body, at, narrow_before, fixed, fields, form)).flatten();
        narrow_before = found.is_some() || fixed(body[at]);
        match found {
            Some((len, field)) => {
                cells.push(NarrowCell { field, segments: body[at..at + len].to_vec() });
                at += len;
            }
            None => at += 1,
        }
    }
    cells
}

/// The words of a line with which narrow cells begin at its end, behind a text: …を実施 | 12月 | 生活福祉課.
/// `next`: the line below, with which they may go on.
pub(crate) fn tail(line: &Words, next: Option<&Words>, form: &GoalTableForm) -> BTreeSet<usize> {
    let text = |from: usize, to: usize| line.tokens[from..to].iter().map(|t| t.text.as_str()).collect::<String>();
    let is_cell = |t: &str| narrow_cells::is_division(t, form) || narrow_cells::is_achievement(t);
    let page = |words: &Words| words.tokens.first().map(|t| t.piece.page);
    let goes_on = next.is_none_or(|n| page(n) != page(line) || is_page_number(n))
        || next.and_then(|n| n.tokens.first()).is_some_and(|t| narrow_cells::is_division(&t.text, form));
    let mut found = BTreeSet::new();
    let mut end = line.tokens.len();
    while end > 0 {
        let is_deadline = |from: usize| (goes_on || !found.is_empty()) && narrow_cells::is_deadline(&text(from, end));
        let Some(from) = [1, 2, 3]
            .into_iter()
            .filter_map(|n| end.checked_sub(n))
            .find(|&from| is_deadline(from) || (from + 1 == end && is_cell(&text(from, end))))
        else {
            break;
        };
        found.insert(from);
        end = from;
    }
    found
}

/// `- 3 -`, `3 / 12 ページ`: a page number in its dress.
pub(crate) fn is_page_number(words: &Words) -> bool {
    let line: String = words.tokens.iter().map(|t| t.text.as_str()).collect();
    matches!(page_numbers::parse(&line), Some((PageNumberStyle::Decorated, _)))
}

fn cell_at(
    segments: &[Segment],
    body: &[usize],
    at: usize,
    narrow_before: bool,
    fixed: &dyn Fn(usize) -> bool,
    fields: &BTreeSet<Field>,
    form: &GoalTableForm,
) -> Option<(usize, Field)> {
    let may_begin = narrow_before || segments[body[at]].after_blank || segments[body[at]].place > 0;
    let is_rate = |field: Field| field.kind() == FieldKind::Rate;
    let mut text = String::new();
    for len in 1..=MOST_LINES.min(body.len() - at) {
        let segment = &segments[body[at + len - 1]];
        let goes_on = len == 1 || (may_begin && is_below(segments, body, at + len - 1, fixed));
        if !goes_on || (len > 1 && segment.width() > WIDEST) {
            return None;
        }
        text.push_str(&segment.text);
        let field = field_of(&text, fields, form);
        let next = body.get(at + len);
        let is_closed = field.is_some_and(is_rate) && text.ends_with(['）', ')']);
        let ends = len == 1 || is_closed || next.is_none_or(|&n| ends_before(segments, n, fixed, fields, form));
        if let Some(field) = field.filter(|_| ends) {
            let more = next.is_some_and(|&n| segments[n].text.starts_with(['（', '('])) && is_rate(field);
            if !more {
                return Some((len, field));
            }
        }
    }
    None
}

fn field_of(text: &str, fields: &BTreeSet<Field>, form: &GoalTableForm) -> Option<Field> {
    let kind = match () {
        () if narrow_cells::is_deadline(text) => FieldKind::Date,
        () if narrow_cells::is_division(text, form) => FieldKind::Names,
        () if fields.iter().any(|f| f.kind() == FieldKind::Rate) && narrow_cells::is_achievement(text) => FieldKind::Rate,
        () => return None,
    };
    Some(fields::first(kind))
}

/// On the line below the segment before, or beside it, without a blank line between.
fn is_below(segments: &[Segment], body: &[usize], at: usize, fixed: &dyn Fn(usize) -> bool) -> bool {
    let (before, here) = (&segments[body[at - 1]], &segments[body[at]]);
    !fixed(body[at]) && here.is_below(before) && here.place == 0
}

/// A blank line, a number or another narrow cell follows.
fn ends_before(segments: &[Segment], next: usize, fixed: &dyn Fn(usize) -> bool, fields: &BTreeSet<Field>, form: &GoalTableForm) -> bool {
    segments[next].after_blank || fixed(next) || segments[next].place > 0 || field_of(&segments[next].text, fields, form).is_some()
}
