//! The lines of text in a window: rows of ink with white between them, or, where lines stand tight, their thinnest places;
//! and in the same way the letters of a column.

use crate::picture::components::Part;
use std::cmp::Reverse;
use std::ops::Range;

/// Two bands that together are no higher than this share of an em, in percent, are one line: dots over letters, 二.
const ONE_LINE_PERCENT: usize = 118;
/// A band higher than this share of an em, in percent, holds several lines.
const SEVERAL_PERCENT: usize = 165;
/// Lines are at least this share of an em apart, in percent.
const CLOSEST_PERCENT: usize = 85;
/// A letter is no higher than this share of an em, in percent.
const ONE_LETTER_PERCENT: usize = 110;
/// A row with less than this share of the usual ink, in percent, may part two lines.
const THIN_PERCENT: usize = 35;

/// The lines of parts of ink, from top to bottom, as rows of a window of this height.
pub(crate) fn lines(parts: &[Part], height: usize, em: usize) -> Vec<Range<usize>> {
    let profile = profile(parts, height);
    let whole = joined(bands(&profile), em);
    whole.into_iter().flat_map(|band| parted(&profile, band, em)).collect()
}

/// The letters of a column of parts, from top to bottom, as rows of a window of this height: as few as are no higher
/// than letters, with as much white between them as can be.
pub(crate) fn letters(parts: &[Part], height: usize, em: usize) -> Vec<Range<usize>> {
    let bands = bands(&profile(parts, height));
    // For every so many bands: how many letters they are, the white between those, and the first band of the last.
    let mut best: Vec<(usize, Reverse<usize>, usize)> = vec![(0, Reverse(0), 0)];
    for end in 1..=bands.len() {
        let is_letter = |from: &usize| *from + 1 == end || (bands[end - 1].end - bands[*from].start) * 100 <= em * ONE_LETTER_PERCENT;
        let ways = (0..end).rev().take_while(is_letter).map(|from| {
            let white = from.checked_sub(1).map_or(0, |last| bands[from].start - bands[last].end);
            (best[from].0 + 1, Reverse(best[from].1.0 + white), from)
        });
        best.extend(ways.min());
    }
    let mut out = Vec::new();
    let mut end = bands.len();
    while end > 0 {
        let from = best[end].2;
        out.push(bands[from].start..bands[end - 1].end);
        end = from;
    }
    out.reverse();
    out
}

/// The ink of every row.
fn profile(parts: &[Part], height: usize) -> Vec<usize> {
    let mut profile = vec![0_usize; height];
    for part in parts {
        // A part's ink, spread over its rows.
        let row = (part.area / part.height().max(1)).max(1);
        profile[part.y0..part.y1.min(height)].iter_mut().for_each(|p| *p += row);
    }
    profile
}

/// Rows of ink that touch.
fn bands(profile: &[usize]) -> Vec<Range<usize>> {
    let mut bands: Vec<Range<usize>> = Vec::new();
    for y in (0..profile.len()).filter(|&y| profile[y] > 0) {
        match bands.last_mut().filter(|b| b.end == y) {
            Some(band) => band.end = y + 1,
            None => bands.push(y..y + 1),
        }
    }
    bands
}

/// Bands that are parts of one line, together.
fn joined(bands: Vec<Range<usize>>, em: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for band in bands {
        match out.last_mut().filter(|last| (band.end - last.start) * 100 <= em * ONE_LINE_PERCENT) {
            Some(last) => last.end = band.end,
            None => out.push(band),
        }
    }
    out
}

/// A band cut at its thinnest rows, as often as its height asks for.
fn parted(profile: &[usize], band: Range<usize>, em: usize) -> Vec<Range<usize>> {
    let height = band.end - band.start;
    if height * 100 <= em * SEVERAL_PERCENT {
        return vec![band];
    }
    let mean = profile[band.clone()].iter().sum::<usize>() / height;
    let closest = em * CLOSEST_PERCENT / 100;
    let inner = band.start + closest..band.end.saturating_sub(closest);
    // The thinnest row that may part lines; of equals the one nearest to a line's height from the top.
    let thinnest = inner.filter(|&y| profile[y] * 100 <= mean * THIN_PERCENT).min_by_key(|&y| (profile[y], y.abs_diff(band.start + em)));
    match thinnest {
        Some(at) => [parted(profile, band.start..at, em), parted(profile, at..band.end, em)].concat(),
        None => vec![band],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(y0: usize, y1: usize) -> Part {
        Part { x0: 0, y0, x1: 30, y1, area: 30 * (y1 - y0) }
    }

    #[test]
    fn lines_are_rows_of_ink_and_tight_ones_are_cut_where_they_are_thin() {
        // 二 is two bands of one line; the second and third line touch by one thin stroke.
        let mut tight = vec![part(60, 92), part(96, 128)];
        tight.push(Part { x0: 40, y0: 90, x1: 42, y1: 98, area: 8 });
        assert_eq!(lines(&[[part(5, 9), part(25, 30)].as_slice(), &tight].concat(), 140, 34).len(), 3);
    }

    #[test]
    fn letters_of_a_column_are_parted_at_the_widest_white() {
        // ン, ラ with its stroke on top, 二, 一.
        let column = [part(0, 24), part(36, 38), part(44, 64), part(78, 80), part(98, 102), part(128, 131)];
        assert_eq!(letters(&column, 140, 34), [0..24, 36..64, 78..102, 128..131]);
    }
}
