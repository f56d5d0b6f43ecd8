//! Texts over several columns by the lines on which names stand: where names of one line stand on the first line, those that
//! stand lower have a text above them. Knows places, no words.

use super::grid::Lines;
use std::ops::Range;

/// A text of a heading, perhaps of several lines, that stands over several columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) cols: Range<usize>,
    /// Its cells: line and column.
    pub(crate) cells: Vec<(usize, usize)>,
}

/// A text of a heading: its line, and the column that it stands in.
type Place = (usize, usize);

/// The texts on the first line of a heading that stand over several columns. `own`: the texts of each column; `bounds`: where
/// the columns begin and end; `body`: the line below the heading.
pub(crate) fn by_first_line(lines: &Lines<'_>, first: usize, body: usize, own: &[Vec<Place>], bounds: &[Range<usize>]) -> Vec<Group> {
    let is_high = |col: &usize| own[*col].first().is_some_and(|text| text.0 == first);
    let named = own.iter().filter(|lines| !lines.is_empty()).count();
    // A text of the heading between two lower ones, in a column that holds nothing else, stands over both.
    let is_low = |col: usize| own.get(col).and_then(|own| own.first()).is_some_and(|text| text.0 > first);
    let is_between = |col: usize| {
        let is_bare = (body..lines.grid.len()).all(|line| lines.text(line, col).is_empty());
        is_bare && col > 0 && is_low(col - 1) && is_low(col + 1)
    };
    let is_single = |col: usize| own[col].len() == 1 && own[col][0].0 == first && !is_between(col);
    if (0..own.len()).filter(is_high).count() * 2 < named || !(0..own.len()).any(is_single) {
        return Vec::new();
    }
    let mut groups = Vec::new();
    let mut col = 0;
    while col < own.len() {
        let run = col..(col..own.len()).find(|&at| is_single(at) || own[at].is_empty()).unwrap_or(own.len());
        col = run.end + 1;
        let texts: Vec<usize> = run.clone().filter(is_high).collect();
        let parts = parts(lines, run, &texts, own, bounds).into_iter().zip(&texts);
        groups.extend(parts.filter(|(cols, _)| cols.len() > 1).map(|(cols, &text)| Group { cols, cells: vec![own[text][0]] }));
    }
    groups
}

/// The columns of each text, so that all texts stand as near the middle of theirs as they can.
fn parts(lines: &Lines<'_>, run: Range<usize>, texts: &[usize], own: &[Vec<Place>], bounds: &[Range<usize>]) -> Vec<Range<usize>> {
    let place = |of: Option<&Place>| of.and_then(|&(line, col)| lines.place(line, col));
    let off = |text: usize, cols: &Range<usize>| {
        let Some(place_of) = place(own[text].first()) else { return 0 };
        let aside = (bounds[cols.start].start + bounds[cols.end - 1].end).abs_diff(place_of.start + place_of.end);
        // Lines of one name are centred on each other.
        let below = place(own[text].get(1)).filter(|_| cols.len() == 1);
        below.map_or(aside, |below| aside.min((below.start + below.end).abs_diff(place_of.start + place_of.end)))
    };
    // For every end of the columns of the texts so far the best parts up to there.
    let mut best: Vec<(usize, Vec<Range<usize>>)> = vec![(0, Vec::new())];
    for (index, &text) in texts.iter().enumerate() {
        let ends = match texts.get(index + 1) {
            Some(&next) => text + 1..next + 1,
            None => run.end..run.end + 1,
        };
        let with = |end: usize| {
            let ways = best.iter().map(|(cost, parts)| {
                let cols = parts.last().map_or(run.start, |last| last.end)..end;
                (cost + off(text, &cols), [parts.as_slice(), &[cols]].concat())
            });
            ways.min_by_key(|(cost, _)| *cost)
        };
        best = ends.filter_map(with).collect();
    }
    best.into_iter().min_by_key(|(cost, _)| *cost).map(|(_, parts)| parts).unwrap_or_default()
}
