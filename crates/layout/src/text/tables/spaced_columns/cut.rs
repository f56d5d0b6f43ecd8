//! Where columns begin: the cheapest cut of all lines, all edges together. White inside a column and text across an edge
//! cost; so does every edge. Knows widths, no words.

use super::stretch::{Stretch, blanks, is_thin, is_usual};
use std::ops::Range;

/// Costs; their order is what counts. Chosen on dumps by `pdftotext -layout` of forms of `tests/forms` whose names begin with
/// `a`, 2026-11, judged on `tests/heldout` and on those that begin with `b`.
/// Blanks between two texts of one column: one, two or three, and more.
const THIN: i64 = 3;
const BLANKS: i64 = 5;
const FAR_BLANKS: i64 = 7;
const FAR: usize = 4;
/// How much dearer it is between two names of the heading.
const NAMES: i64 = 2;
/// The same between a number and a text, in addition.
const NUMBER: i64 = 3;
/// Two texts on lines below each other, of which neither stands above the other: of one column they would.
const ASIDE: i64 = 2;
const ASIDE_NAMES: i64 = 10;
/// A text that runs across the end of its column, and one that does so by no more than `super::PULLED`.
const ACROSS: i64 = 6;
const HARDLY_ACROSS: i64 = 2;
/// An edge, and a column that has no heading.
const EDGE: i64 = 9;
const UNNAMED: i64 = 6;
/// Pages of one table have as many columns: one that is cut so at no more than this above its cheapest cut follows the others.
const FOLLOWS: i64 = 2 * EDGE;
/// What one page has against a number of columns counts no more: it may have another table.
const DEAREST: i64 = 4 * FOLLOWS;
/// Tables have no more columns.
const MOST_COLUMNS: usize = 32;

/// The cheapest cuts of lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Cuts {
    /// For one column, two columns …: what it costs, and where columns begin but for the first.
    by_count: Vec<(i64, Vec<usize>)>,
}

impl Cuts {
    /// The edges of the cheapest.
    pub(super) fn best(&self) -> &[usize] {
        self.least().map_or(&[], |i| &self.by_count[i].1)
    }

    /// What the cheapest costs.
    pub(super) fn cost(&self) -> i64 {
        self.least().map_or(0, |i| self.by_count[i].0)
    }

    /// What it costs that there are no columns.
    pub(super) fn uncut(&self) -> i64 {
        self.by_count.first().map_or(0, |(cost, _)| *cost)
    }

    fn least(&self) -> Option<usize> {
        (0..self.by_count.len()).min_by_key(|&i| self.by_count[i].0)
    }

    /// The edges of the cheapest with so many columns, where that is hardly dearer than any other.
    pub(super) fn with(&self, columns: usize) -> Option<&[usize]> {
        let (cost, edges) = self.by_count.get(columns.checked_sub(1)?)?;
        (cost - self.cost() <= FOLLOWS).then_some(edges)
    }
}

/// The number of columns that is the cheapest for all pages together.
pub(super) fn common(pages: &[&Cuts]) -> usize {
    let dearer = |cuts: &Cuts, count: usize| cuts.by_count.get(count - 1).map_or(DEAREST, |(cost, _)| (cost - cuts.cost()).min(DEAREST));
    let total = |count: &usize| pages.iter().map(|cuts| dearer(cuts, *count)).sum::<i64>();
    (1..=MOST_COLUMNS).min_by_key(total).unwrap_or(1)
}

/// The cheapest cuts of lines; `heading`: how many of the first lines with text may name the columns.
pub(super) fn cheapest(lines: &[Vec<Stretch>], heading: usize) -> Cuts {
    let width = lines.iter().flatten().map(|s| s.columns.end).max().unwrap_or(0);
    let mut starts = vec![false; width + 1];
    let mut named = vec![false; width + 1];
    let mut across: Vec<Vec<Range<usize>>> = vec![Vec::new(); width + 1];
    let mut white: Vec<Vec<(usize, i64)>> = vec![Vec::new(); width + 1];
    for (index, line) in lines.iter().filter(|l| !l.is_empty()).enumerate() {
        for (place, text) in line.iter().enumerate() {
            let Range { start, end } = text.columns;
            starts[start] = true;
            named[(start + end) / 2] |= index < heading;
            // Behind a full line a text is pulled to the left: it may be of a column that begins farther right.
            let counts_from = if place > 0 && is_thin(line, place) { (start + super::PULLED).min(width) } else { start };
            across[start].push(counts_from + 1..end);
            if let Some(before) = place.checked_sub(1) {
                // Names beside each other are names of two columns.
                let names = if index < heading && heading < lines.len() { NAMES } else { 1 };
                white[line[before].columns.start].push((counts_from, names * white_between(line, place)));
            }
        }
    }
    let filled: Vec<&Vec<Stretch>> = lines.iter().filter(|l| !l.is_empty()).collect();
    for (index, pair) in filled.windows(2).enumerate() {
        let cost = if index + 1 < heading && heading < lines.len() { ASIDE_NAMES } else { ASIDE };
        for (left, right) in aside(pair[0], pair[1]) {
            white[left.start].push((right.start, cost));
        }
    }
    // `inside[b]`: white between a text that begins at `from` or behind it and one that begins at b. `over[b]`: texts that
    // begin there and run across b.
    let (mut inside, mut over) = (vec![0_i64; width + 1], vec![0_i64; width + 1]);
    let mut rest: Vec<Vec<Option<(i64, usize)>>> = vec![vec![None; MOST_COLUMNS]; width + 1];
    for from in (0..width).rev() {
        for &(next, cost) in &white[from] {
            inside[next] += cost;
        }
        for columns in &across[from] {
            for at in columns.clone() {
                over[at] += if columns.end > at + super::PULLED { ACROSS } else { HARDLY_ACROSS };
            }
        }
        if from > 0 && !starts[from] {
            continue;
        }
        let (mut blanks, mut has_name) = (inside[from], named[from]);
        for to in from + 1..=width {
            if to == width || starts[to] {
                let own = blanks + if to < width { over[to] } else { 0 } + if has_name { 0 } else { UNNAMED };
                let (here, behind) = rest.split_at_mut(to);
                if to == width {
                    keep(&mut here[from][0], own, to);
                }
                for count in 1..MOST_COLUMNS {
                    if let Some((cost, _)) = behind[0][count - 1] {
                        keep(&mut here[from][count], own + EDGE + cost, to);
                    }
                }
            }
            if to < width {
                blanks += inside[to];
                has_name |= named[to];
            }
        }
    }
    let all = |count: usize| {
        let mut edges = Vec::with_capacity(count);
        let (cost, mut at) = rest.first()?[count]?;
        for left in (0..count).rev() {
            edges.push(at);
            at = rest[at][left]?.1;
        }
        Some((cost, edges))
    };
    Cuts { by_count: (0..MOST_COLUMNS).map_while(all).collect() }
}

/// Keeps the cheaper one; of equals the one whose column is longer.
fn keep(best: &mut Option<(i64, usize)>, cost: i64, to: usize) {
    if best.is_none_or(|(least, _)| cost <= least) {
        *best = Some((cost, to));
    }
}

/// Neighbours among the texts of two lines that are of different lines and stand above each other nowhere. Of two lines with as
/// many texts, each text of one has its own of the other: a number at the right edge of its column, a name at the left one.
fn aside(above: &[Stretch], below: &[Stretch]) -> Vec<(Range<usize>, Range<usize>)> {
    let are_paired = texts_of(above) == texts_of(below) && texts_of(above) >= super::HEADING_TEXTS;
    let (above, below) = (counted(above), counted(below));
    let mut all: Vec<(Range<usize>, bool, usize)> = above.into_iter().map(|(columns, number)| (columns, true, number)).collect();
    all.extend(below.into_iter().map(|(columns, number)| (columns, false, number)));
    all.sort_unstable_by_key(|(columns, is_above, _)| (columns.start, columns.end, *is_above));
    let is_aside = |pair: &&[(Range<usize>, bool, usize)]| {
        let is_pair = are_paired && pair[0].2 == pair[1].2;
        pair[0].1 != pair[1].1 && pair[0].0.end <= pair[1].0.start && !is_pair
    };
    all.windows(2).filter(is_aside).map(|pair| (pair[0].0.clone(), pair[1].0.clone())).collect()
}

/// How many texts a line has.
pub(super) fn texts_of(line: &[Stretch]) -> usize {
    line.iter().filter(|s| !s.goes_on).count()
}

/// The texts of a line with their numbers, from 1; the rest of one behind a usual space has its number.
fn counted(line: &[Stretch]) -> Vec<(Range<usize>, usize)> {
    let mut number = 0;
    let count = |s: &Stretch| {
        number += usize::from(!s.goes_on);
        (s.columns.clone(), number)
    };
    line.iter().map(count).collect()
}

/// What the white between a text and the one before it costs where both are of one column.
fn white_between(line: &[Stretch], index: usize) -> i64 {
    let (before, after) = (&line[index - 1], &line[index]);
    let number = if before.number != after.number && !after.goes_on { NUMBER } else { 0 };
    match blanks(before, after) {
        0..=1 if is_usual(line, index) => 0,
        0..=1 => THIN + number,
        n if n < FAR => BLANKS + number,
        _ => FAR_BLANKS + number,
    }
}
