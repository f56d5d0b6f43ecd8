//! Lines that share columns. Every group has one score: what each of its lines says for the white between two columns, less
//! what lines that cross it say against it. Neighbours are merged while the score rises, the best first.

use super::parts::{Line, Part};
use seisho_model::geometry::{Pt, exceeds};
use std::cmp::Reverse;
use std::ops::Range;

/// White between two columns, in percent of an em.
const CORRIDOR_PERCENT: i32 = 30;
/// Lines of a table are no farther apart, in percent of an em.
const FAR_PERCENT: i32 = 300;
/// Nor are more lines without columns between two of them.
const MOST_BETWEEN: usize = 3;
/// Lines that may reach over white: one, and one more for so many lines.
const ROWS_A_SPAN: usize = 12;
/// With so many lines with figures those of names over groups are told apart.
const ENOUGH_FIGURES: usize = 3;
/// So few lines have none.
const FEW_ROWS: usize = 4;
/// Of the lines with text on both sides of a white, so many, in percent, have more there than a blank.
const STRONG_PERCENT: usize = 30;
/// A lone text of this share of a group's width, in percent, is a line of prose.
const PROSE_PERCENT: i32 = 75;
/// What a line says for white with a text on both sides, against one that a word crosses or a blank of a text falls in, and
/// what a table of its own costs.
const RESPECTED: i32 = 10;
const CROSSED: i32 = 15;
const COVERED: i32 = 5;
const TABLE: i32 = 25;
/// What a lone text that crosses white says against it, at most, and a line of prose beyond each.
const LONE: i32 = 20;
const PROSE: i32 = 20;

/// Lines that share columns.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) rows: Range<usize>,
    /// From where to where the texts of each column reach.
    pub(super) columns: Vec<(i32, i32)>,
    score: i32,
}

impl Group {
    /// Its lines with several texts.
    pub(super) fn body<'a>(&self, lines: &'a [Line]) -> impl Iterator<Item = &'a Line> {
        lines[self.rows.clone()].iter().filter(|l| l.is_parted())
    }

    /// The column that a text lies in, if in one.
    pub(super) fn column_of(&self, part: &Part) -> Option<usize> {
        let column = |x: i32| self.columns.iter().position(|c| c.0 <= x && x <= c.1);
        column(part.from).filter(|_| column(part.from) == column(part.to))
    }

    /// With the columns that are told without the lines of names over groups of them: without figures, and of few texts.
    fn without_groups(mut self, lines: &[Line]) -> Self {
        let figures = || self.body(lines).filter(|l| l.parts[1..].iter().any(|p| p.is_figure));
        if figures().count() < ENOUGH_FIGURES {
            return self;
        }
        let most = figures().map(|l| l.parts.len()).max().unwrap_or(0);
        let names = |l: &&Line| l.parts.len() + 1 < most && !l.parts[1..].iter().any(|p| p.is_figure);
        let body: Vec<&Line> = self.body(lines).filter(|l| !names(l)).collect();
        let em = body.iter().map(|l| l.em).max().unwrap_or(1);
        let columns = columns(&body, &corridors(&body, em));
        if columns.len() >= self.columns.len() {
            self.columns = columns;
        }
        self
    }

    /// Lines whose columns rules tell.
    pub(super) fn ruled(lines: &[Line], xs: &[Pt]) -> Self {
        Self { rows: 0..lines.len(), columns: xs.windows(2).map(|x| (x[0].0, x[1].0)).collect(), score: 0 }
    }

    fn of(lines: &[Line], rows: Range<usize>) -> Self {
        let body: Vec<&Line> = lines[rows.clone()].iter().filter(|l| l.is_parted()).collect();
        let em = body.iter().map(|l| l.em).max().unwrap_or(1);
        let corridors = corridors(&body, em);
        let columns = columns(&body, &corridors);
        let mut score = -TABLE;
        for line in &lines[rows.clone()] {
            score += said(line, &corridors, &columns);
        }
        Self { rows, columns, score }
    }
}

/// What a line says for the white between columns: for each that its texts stand on both sides of, against each that one crosses.
fn said(line: &Line, corridors: &[(i32, i32)], columns: &[(i32, i32)]) -> i32 {
    let over = |c: &(i32, i32)| line.parts.iter().any(|p| p.from < c.1 && c.0 < p.to);
    let crossed = corridors.iter().filter(|c| crosses(line, **c)).count() as i32;
    if line.is_parted() {
        let covered = corridors.iter().filter(|c| over(c)).count() as i32 - crossed;
        let mut filled: Vec<usize> = line.parts.iter().map(|p| columns.partition_point(|c| c.1 < i32::midpoint(p.from, p.to))).collect();
        filled.dedup();
        return (filled.len() as i32 - 1) * RESPECTED - crossed * CROSSED - covered * COVERED;
    }
    let width = columns.last().map_or(0, |c| c.1) - columns.first().map_or(0, |c| c.0);
    let is_prose = exceeds(line.rect.width().0, PROSE_PERCENT, width);
    if is_prose { -crossed * PROSE - PROSE } else { -(crossed * CROSSED).min(LONE) }
}

/// Whether a word of a line lies in white.
fn crosses(line: &Line, corridor: (i32, i32)) -> bool {
    line.words.iter().any(|w| w.0 < corridor.1 && corridor.0 < w.1)
}

/// What a stretch of the page is covered by: how many lines.
fn coverage(body: &[&Line]) -> Vec<(i32, i32, usize)> {
    let mut ends: Vec<(i32, i32)> = body.iter().flat_map(|l| &l.words).flat_map(|w| [(w.0, 1), (w.1, -1)]).collect();
    ends.sort_unstable();
    let mut out = Vec::with_capacity(ends.len());
    let mut count = 0;
    for pair in ends.windows(2) {
        count += pair[0].1;
        if pair[0].0 < pair[1].0 {
            out.push((pair[0].0, pair[1].0, count.max(0) as usize));
        }
    }
    out
}

/// The white between columns: stretches that hardly a line covers, with text on both sides.
fn corridors(body: &[&Line], em: i32) -> Vec<(i32, i32)> {
    let white = em / 100 * CORRIDOR_PERCENT;
    if let [line] = body {
        return line.parts.windows(2).map(|p| (p[0].to, p[1].from)).filter(|c| c.1 - c.0 >= white).collect();
    }
    let most = if body.len() < FEW_ROWS { 0 } else { 1 + body.len() / ROWS_A_SPAN };
    let mut zones: Vec<(i32, i32)> = Vec::new();
    for (from, to, _) in coverage(body).into_iter().filter(|s| s.2 <= most) {
        match zones.last_mut().filter(|last| last.1 == from) {
            Some(last) => last.1 = to,
            None => zones.push((from, to)),
        }
    }
    let mut out = Vec::new();
    for zone in zones {
        out.extend(left_white(body, zone).into_iter().filter(|c| c.1 - c.0 >= white && is_strong(body, *c)));
    }
    with_texts(body, out)
}

/// The white that parts columns with texts: what lies between two stretches, but is of hardly any text's own, is of the
/// nearer neighbour.
fn with_texts(body: &[&Line], mut corridors: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    let has_texts = |from: i32, to: i32| {
        let inside = || body.iter().flat_map(|l| &l.parts).filter(|p| from <= p.from && p.from < to);
        inside().count() > usize::from(body.len() >= FEW_ROWS) || inside().any(|p| p.is_figure)
    };
    let width = |c: Option<&(i32, i32)>| c.map_or(i32::MAX, |c| c.1 - c.0);
    let mut at = 0;
    while at < corridors.len() {
        let next = corridors.get(at + 1).copied();
        if has_texts(corridors[at].1, next.map_or(i32::MAX, |n| n.0)) {
            at += 1;
        } else if width(next.as_ref()) < width(Some(&corridors[at])) {
            corridors.remove(at + 1);
        } else {
            corridors.remove(at);
        }
    }
    corridors
}

/// A stretch without the texts that begin or end in it: they are of a column with few texts, or long ones of the next.
fn left_white(body: &[&Line], zone: (i32, i32)) -> Vec<(i32, i32)> {
    let mut texts: Vec<(i32, i32)> = Vec::new();
    for line in body {
        let inside = line.parts.iter().filter(|p| p.from < zone.1 && zone.0 < p.to);
        // A text that goes on over all of the stretch reaches over it.
        texts.extend(inside.filter(|p| p.from >= zone.0 || p.to <= zone.1).map(|p| (p.from, p.to)));
    }
    texts.sort_unstable();
    let mut out = Vec::new();
    let mut at = zone.0;
    for (from, to) in texts {
        if from > at {
            out.push((at, from));
        }
        at = at.max(to);
    }
    out.extend((at < zone.1).then_some((at, zone.1)));
    out
}

/// Whether lines have more than a blank there.
fn is_strong(body: &[&Line], corridor: (i32, i32)) -> bool {
    let (mut both, mut strong) = (0, 0);
    for line in body {
        let (from, to) = (line.rect.x0.0, line.rect.x1.0);
        if from >= corridor.0 || corridor.1 >= to || crosses(line, corridor) {
            continue;
        }
        both += 1;
        strong += usize::from(!line.parts.iter().any(|p| p.from < corridor.0 && corridor.1 < p.to));
    }
    strong >= 2.min(both) && strong > 0 && strong * 100 >= both * STRONG_PERCENT
}

/// The columns between stretches of white.
fn columns(body: &[&Line], corridors: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let (Some(left), Some(right)) = (body.iter().map(|l| l.rect.x0.0).min(), body.iter().map(|l| l.rect.x1.0).max()) else {
        return Vec::new();
    };
    let starts = [left].into_iter().chain(corridors.iter().map(|c| c.1));
    let ends = corridors.iter().map(|c| c.0).chain([right]);
    starts.zip(ends).collect()
}

/// The groups of lines, from top to bottom.
pub(super) fn groups(lines: &[Line], inner: Range<usize>) -> Vec<Group> {
    let mut groups: Vec<Group> = inner.filter(|&at| lines[at].is_parted()).map(|at| Group::of(lines, at..at + 1)).collect();
    let merged = |a: &Group, b: &Group| -> Option<(i32, Group)> {
        if is_far(lines, a.rows.end, b.rows.start) {
            return None;
        }
        let both = Group::of(lines, a.rows.start..b.rows.end);
        let gain = both.score - a.score - b.score;
        (gain > 0).then_some((gain, both))
    };
    let mut next: Vec<Option<(i32, Group)>> = groups.windows(2).map(|w| merged(&w[0], &w[1])).collect();
    loop {
        let best = next.iter().enumerate().filter_map(|(at, m)| m.as_ref().map(|(gain, g)| (*gain, Reverse(g.rows.len()), Reverse(at))));
        let Some((_, _, Reverse(at))) = best.max() else { break };
        let Some((_, both)) = next.remove(at) else { break };
        groups[at] = both;
        groups.remove(at + 1);
        if at > 0 {
            next[at - 1] = merged(&groups[at - 1], &groups[at]);
        }
        if at + 1 < groups.len() {
            next[at] = merged(&groups[at], &groups[at + 1]);
        }
    }
    groups.into_iter().map(|group| group.without_groups(lines)).collect()
}

/// Whether too much lies between two lines with columns.
fn is_far(lines: &[Line], end: usize, start: usize) -> bool {
    start - end > MOST_BETWEEN || lines[end - 1..=start].windows(2).any(|w| exceeds(w[0].gap(&w[1]), FAR_PERCENT, w[0].em))
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::geometry::Rect;

    /// A line at a height with texts from and to these places, in points.
    fn line(y: i32, texts: &[(i32, i32)], figures: bool) -> Line {
        let part = |(at, &(from, to)): (usize, &(i32, i32))| Part {
            from: from * 1000,
            to: to * 1000,
            is_figure: figures && at > 0,
            is_label: false,
        };
        let parts: Vec<Part> = texts.iter().enumerate().map(part).collect();
        let (x0, x1) = (parts[0].from, parts[parts.len() - 1].to);
        let rect = Rect { x0: Pt(x0), y0: Pt(y * 1000), x1: Pt(x1), y1: Pt((y + 10) * 1000) };
        let words = parts.iter().map(|p| (p.from, p.to)).collect();
        Line { rect, em: 10_000, parts, words, lead: 10_000, has_leader: false }
    }

    #[test]
    fn a_line_of_prose_parts_two_tables_and_a_short_one_does_not() {
        //  みず   1  22        みず   1  22
        //  まち  10   3        まち  10   3
        //  文章文章文章文章     北部
        //  もり   4   5        もり   4   5
        let rows = [(0, 20), (50, 60), (80, 100)];
        let with = |text: (i32, i32)| {
            let all = [line(0, &rows, true), line(14, &rows, true), line(28, &[text], false), line(42, &rows, true), line(56, &rows, true)];
            groups(&all, 0..5).iter().map(|g| (g.rows.clone(), g.columns.len())).collect::<Vec<_>>()
        };
        assert_eq!(with((0, 120)), [(0..2, 3), (3..5, 3)]);
        assert_eq!(with((0, 20)), [(0..5, 3)]);
    }

    #[test]
    fn a_long_label_reaches_over_white_that_the_others_leave() {
        //  みず          1
        //  まちなみの整備  2   the white right of みず is no column
        let long = line(42, &[(0, 60), (90, 100)], true);
        let all =
            [line(0, &[(0, 20), (90, 100)], true), line(14, &[(0, 20), (90, 100)], true), line(28, &[(0, 20), (90, 100)], true), long];
        assert_eq!(groups(&all, 0..4).iter().map(|g| g.columns.clone()).collect::<Vec<_>>(), [[(0, 60_000), (90_000, 100_000)]]);
    }
}
