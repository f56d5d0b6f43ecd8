//! Pages of a dump without form feeds: where the headings come again, or where, behind the texts of one page, the
//! next run of row numbers begins. Knows headings and numbers only.

use crate::parts::RowStart;
use crate::text::headings::Headings;
use crate::text::segments::Segment;
use std::collections::BTreeSet;

/// More segments than this between two numbers are the texts of a page, not the narrow cells of a row: those are
/// seven at most, and few are cut into three (measured on seed 004 and the corpus, 2026-11).
const TEXTS_OF_A_PAGE: usize = 20;
/// Runs of numbers have at least so many, the last one excepted.
const SHORTEST_RUN: usize = 2;

/// Numbers the sheets of a dump that has one page, in its segments and rows. Says whether there are several.
pub(crate) fn number(segments: &mut [Segment], rows: &mut [RowStart], headings: &Headings) {
    if segments.last().is_none_or(|s| s.sheet > 0) || !rows.windows(2).all(|w| w[0].segment < w[1].segment) {
        return;
    }
    let mut starts = repeated_headings(segments, rows, headings);
    starts.extend(new_runs(rows, &starts));
    starts.sort_unstable();
    for (index, segment) in segments.iter_mut().enumerate() {
        segment.sheet = starts.partition_point(|&s| s <= index) as u32;
    }
    for row in rows {
        row.page = segments[row.segment].sheet;
    }
}

/// Headings that come again behind numbers: the first of each page.
fn repeated_headings(segments: &[Segment], rows: &[RowStart], headings: &Headings) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut last = 0;
    for index in (0..segments.len()).filter(|&i| headings.of[i]) {
        let numbers = rows.iter().filter(|r| (last..index).contains(&r.segment)).count();
        if !seen.insert(&segments[index].text) && numbers > 0 {
            starts.push(index);
            last = index;
        }
    }
    starts
}

/// Numbers that begin a new run behind texts, where all runs are long enough.
fn new_runs(rows: &[RowStart], known: &[usize]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut length = 1;
    for pair in rows.windows(2) {
        let is_known = known.iter().any(|k| (pair[0].segment..pair[1].segment).contains(k));
        if is_known || pair[1].segment - pair[0].segment > TEXTS_OF_A_PAGE {
            if length < SHORTEST_RUN {
                return Vec::new();
            }
            length = 0;
            starts.extend((!is_known).then_some(pair[1].segment));
        }
        length += 1;
    }
    starts
}
