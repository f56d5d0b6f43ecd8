//! Where rows begin in blocks whose lines come in turn, a line of the one wide column and a line of the other: a column
//! that had no line while the other had two had no more text in that row, and when it has one again, both begin the
//! next; where one begins a text alone, the row goes on. Knows lines and columns, no words.

use crate::fields::LISTS;
use crate::parts::Entry;
use crate::text::segments::Segment;
use seisho_forms::{Field, FieldKind};

/// So many texts that go on across a line of the other column show that lines come in turn.
const FEWEST_CROSSED: usize = 2;

/// What the lines around its first line say of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Start {
    #[default]
    Open,
    /// It begins a row.
    Row,
    /// It is of the row of the text before it in its column.
    Inside,
}

/// A line of a wide column.
struct Line {
    entry: usize,
    segment: usize,
    field: Field,
    is_first: bool,
}

/// For every entry what the lines around it say.
pub(crate) fn find(segments: &[Segment], entries: &[Entry]) -> Vec<Start> {
    let mut found = vec![Start::Open; entries.len()];
    for block in blocks(segments, entries).iter().filter(|b| come_in_turn(b)) {
        for (at, line) in block.iter().enumerate().filter(|(_, l)| l.is_first) {
            let Some(last) = block[..at].iter().rposition(|l| l.field == line.field) else { continue };
            let is_first_column = line.field == LISTS[0];
            let is_alone = if is_first_column { block.get(at + 1).is_some_and(|l| l.field == line.field) } else { last + 1 == at };
            if at - last > 2 {
                found[line.entry] = Start::Row;
                // What begins beside it does, too.
                let beside = if is_first_column { Some(at + 1) } else { at.checked_sub(1) };
                if let Some(beside) = beside.and_then(|b| block.get(b)).filter(|b| b.is_first && b.field != line.field) {
                    found[beside.entry] = Start::Row;
                }
            } else if is_alone && found[line.entry] == Start::Open {
                found[line.entry] = Start::Inside;
            }
        }
    }
    found
}

fn come_in_turn(block: &[Line]) -> bool {
    let crosses = |w: &&[Line]| w[0].entry == w[2].entry && w[1].entry != w[0].entry;
    block.windows(3).filter(crosses).count() >= FEWEST_CROSSED
}

/// The lines of wide columns that stand right below each other.
fn blocks(segments: &[Segment], entries: &[Entry]) -> Vec<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for (entry, t) in entries.iter().enumerate().filter(|(_, t)| t.field.kind() == FieldKind::Items) {
        lines.extend(t.segments.iter().enumerate().map(|(i, &segment)| Line { entry, segment, field: t.field, is_first: i == 0 }));
    }
    lines.sort_by_key(|l| l.segment);
    let mut blocks: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let goes_on = blocks.last().and_then(|b| b.last()).is_some_and(|above| segments[line.segment].is_next_to(&segments[above.segment]));
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => block.push(line),
            None => blocks.push(vec![line]),
        }
    }
    blocks
}
