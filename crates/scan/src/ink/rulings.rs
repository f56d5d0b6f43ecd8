//! Lines of both axes to rules: gaps under stamps closed, strokes of letters left out.

use crate::ink::line_traces::{Ridge, ridges};
use crate::picture::circles::Disc;
use crate::picture::gray::{Gray, Levels, Window};

/// Rules from left to right and from top to bottom, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rules {
    pub(crate) horizontal: Vec<Ridge>,
    pub(crate) vertical: Vec<Ridge>,
}

/// Shorter rules from left to right are strokes, in inches.
const SHORTEST_HORIZONTAL: f64 = 0.30;
/// Shorter rules from top to bottom are strokes, in inches; a row of one line is higher.
const SHORTEST_VERTICAL: f64 = 0.17;
/// Rules miss each other by no more than this where they meet, in inches.
const MEET: f64 = 0.03;
/// A gap in a rule is closed where it is dark and no longer than this, in inches: a stamp or a hole lies on it.
const COVERED_GAP: f64 = 0.26;
/// A rule of this length in inches that is ink nearly throughout stands even alone: rows of a table without
/// vertical rules.
const ALONE: f64 = 1.5;
const ALONE_COVER: f64 = 0.9;

/// The rules of a picture, on which lie places where ink was taken out.
pub(crate) fn rules(gray: &Gray, levels: Levels, dpi: f64, covered: &[Disc]) -> Rules {
    let turned = gray.transposed();
    let turned_covers: Vec<Disc> = covered.iter().map(|d| d.transposed()).collect();
    let horizontal = closed(ridges(gray, levels, dpi, SHORTEST_HORIZONTAL), gray, levels, dpi, covered);
    let vertical = closed(ridges(&turned, levels, dpi, SHORTEST_VERTICAL), &turned, levels, dpi, &turned_covers);
    pruned(Rules { horizontal, vertical }, dpi)
}

impl Rules {
    /// A picture with paper where they are.
    pub(crate) fn taken_out(&self, gray: &Gray, levels: Levels) -> Gray {
        let mut bare = gray.clone();
        let across = |r: &Ridge| {
            let half = r.width / 2.0 + 1.5;
            ((r.at - half).max(0.0).round() as usize, (r.at + half).round() as usize)
        };
        let level = |r: &Ridge| Window { x0: r.from, y0: across(r).0, x1: r.to, y1: across(r).1 };
        let upright = |r: &Ridge| Window { x0: across(r).0, y0: r.from, x1: across(r).1, y1: r.to };
        for rule in self.horizontal.iter().map(level).chain(self.vertical.iter().map(upright)) {
            bare.fill_window(rule, levels.paper);
        }
        bare
    }
}

/// Rules on one line with a gap between them that is dark, or under something that was taken out, joined.
fn closed(mut ridges: Vec<Ridge>, gray: &Gray, levels: Levels, dpi: f64, covered: &[Disc]) -> Vec<Ridge> {
    ridges.sort_by(|a, b| a.from.cmp(&b.from).then(a.at.total_cmp(&b.at)));
    let mut out: Vec<Ridge> = Vec::with_capacity(ridges.len());
    for ridge in ridges {
        let joins = |last: &Ridge| {
            let aside = (last.at - ridge.at).abs();
            let gap = ridge.from as f64 - last.to as f64;
            let is_dark = || gap <= dpi * COVERED_GAP && is_dark(gray, levels, last, &ridge);
            aside <= dpi * 0.012 && (is_dark() || is_covered(last, &ridge, covered, dpi))
        };
        match out.iter_mut().rev().find(|last| joins(last)) {
            Some(last) => last.to = last.to.max(ridge.to),
            None => out.push(ridge),
        }
    }
    out
}

/// Ink around a place that was taken out is lost with it up to this far, in inches.
const AROUND: f64 = 0.05;

/// Whether one place that was taken out reaches from the end of one stretch to the start of the next.
fn is_covered(left: &Ridge, right: &Ridge, covered: &[Disc], dpi: f64) -> bool {
    let at = (left.at + right.at) / 2.0;
    covered.iter().any(|d| [left.to, right.from].iter().all(|&x| d.holds(x as f64, at, dpi * AROUND)))
}

/// Whether ink lies between the end of one stretch and the start of the next, nearly throughout.
fn is_dark(gray: &Gray, levels: Levels, left: &Ridge, right: &Ridge) -> bool {
    if right.from <= left.to {
        return true;
    }
    let y = ((left.at + right.at) / 2.0) as usize;
    let threshold = levels.threshold();
    let is_ink = |x: usize| (y.saturating_sub(1)..=(y + 1).min(gray.height - 1)).any(|y| gray.at(x, y) < threshold);
    let dark = (left.to..right.from).filter(|&x| is_ink(x)).count();
    dark * 100 >= (right.from - left.to) * 85
}

/// Rules that meet at least two across, or one and end where a table is open; and long ones.
fn pruned(mut rules: Rules, dpi: f64) -> Rules {
    let reach = dpi * MEET;
    let is_alone = |a: &Ridge| (a.to - a.from) as f64 >= dpi * ALONE && a.cover >= ALONE_COVER;
    let all = rules.horizontal.clone();
    loop {
        let count = rules.horizontal.len() + rules.vertical.len();
        let vertical = standing(&rules.vertical, &rules.horizontal, reach);
        let horizontal = standing(&rules.horizontal, &vertical, reach);
        rules.horizontal.retain(|h| horizontal.contains(h) || is_alone(h));
        rules.vertical = vertical;
        if rules.horizontal.len() + rules.vertical.len() == count {
            break;
        }
    }
    let is_free = |h: &&Ridge| !rules.vertical.iter().any(|v| meets(h, v, reach));
    let free: Vec<Ridge> = rules.horizontal.iter().filter(is_free).copied().collect();
    let left: Vec<Ridge> = all.into_iter().filter(|h| !rules.horizontal.contains(h)).collect();
    rules.horizontal.extend(parts(&left, &free, reach));
    rules
}

/// Whether a rule and one across it meet.
fn meets(a: &Ridge, b: &Ridge, reach: f64) -> bool {
    let within = |at: f64, r: &Ridge| at >= r.from as f64 - reach && at <= r.to as f64 + reach;
    within(b.at, a) && within(a.at, b)
}

/// Of rules that nothing else makes stand, those between rows of a table without vertical rules, beside a merged cell:
/// they end where long ones do, or go on at the height of such.
fn parts(rules: &[Ridge], long: &[Ridge], reach: f64) -> Vec<Ridge> {
    let is_between = |a: &&Ridge| long.iter().any(|b| b.at < a.at) && long.iter().any(|b| b.at > a.at);
    let short = rules.iter().filter(|a| a.cover >= ALONE_COVER).filter(is_between).copied();
    let (open, inner): (Vec<Ridge>, Vec<Ridge>) = short.partition(|a| is_open(a, long, &[], reach));
    let goes_on = |a: &Ridge| open.iter().chain(long).any(|b| (a.at - b.at).abs() <= reach / 2.0);
    let inner: Vec<Ridge> = inner.into_iter().filter(goes_on).collect();
    [open, inner].concat()
}

/// The rules that meet two across, and those that meet one and end with two such: a table without a border on that side.
fn standing(rules: &[Ridge], across: &[Ridge], reach: f64) -> Vec<Ridge> {
    let counts: Vec<usize> = rules.iter().map(|a| across.iter().filter(|b| meets(a, b, reach)).take(2).count()).collect();
    let sure: Vec<Ridge> = rules.iter().zip(&counts).filter(|(_, n)| **n == 2).map(|(r, _)| *r).collect();
    rules.iter().zip(&counts).filter(|(r, n)| **n == 2 || **n == 1 && is_open(r, &sure, across, reach)).map(|(r, _)| *r).collect()
}

/// Whether a rule begins or ends where two others do, and none across is there.
fn is_open(rule: &Ridge, others: &[Ridge], across: &[Ridge], reach: f64) -> bool {
    let ends_with = |end: fn(&Ridge) -> usize| {
        let is_closed = across.iter().any(|b| (b.at - end(rule) as f64).abs() <= reach && meets(rule, b, reach));
        !is_closed && others.iter().filter(|b| end(rule).abs_diff(end(b)) as f64 <= reach).count() >= 2
    };
    ends_with(|r| r.from) || ends_with(|r| r.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(lines: &[(usize, usize, usize, usize)]) -> Gray {
        let (width, height) = (900, 600);
        let mut px = vec![255; width * height];
        for &(x0, y0, x1, y1) in lines {
            for y in y0..y1 {
                px[y * width + x0..y * width + x1].fill(0);
            }
        }
        Gray { width, height, px }
    }

    #[test]
    fn a_table_is_its_rules_and_strokes_beside_it_are_none() {
        let table = [
            (100, 100, 700, 103),
            (100, 200, 700, 202),
            (100, 300, 700, 303),
            (100, 100, 102, 303),
            (400, 100, 402, 303),
            (699, 100, 701, 303),
        ];
        let strokes = [(750, 400, 850, 404), (780, 380, 784, 450)];
        let gray = drawing(&[table.as_slice(), strokes.as_slice()].concat());
        let found = rules(&gray, gray.levels(), 300.0, &[]);
        assert_eq!((found.horizontal.len(), found.vertical.len()), (3, 3), "{found:?}");
        assert!((found.horizontal[0].at - 101.5).abs() < 1.0 && found.horizontal[0].from.abs_diff(100) < 3, "{found:?}");
    }

    #[test]
    fn a_short_rule_at_an_open_side_stands() {
        // No border on the left; the second row parts the first column only.
        let table = [
            (100, 100, 700, 103),
            (100, 200, 220, 202),
            (100, 300, 700, 303),
            (220, 100, 222, 303),
            (699, 100, 701, 303),
            (300, 200, 420, 202), // inside a cell: a stroke
            (500, 100, 503, 180), // a stroke that touches the rule above it
        ];
        let gray = drawing(&table);
        let found = rules(&gray, gray.levels(), 300.0, &[]);
        assert_eq!((found.horizontal.len(), found.vertical.len()), (3, 2), "{found:?}");
    }

    #[test]
    fn parts_of_a_rule_between_merged_cells_stand_without_vertical_rules() {
        let full = [(100, 100, 700, 103), (100, 200, 700, 203), (100, 400, 700, 403)];
        let parts = [(100, 300, 200, 302), (300, 300, 400, 302), (500, 300, 700, 302)];
        let stroke = [(320, 350, 420, 352)];
        let gray = drawing(&[full.as_slice(), &parts, &stroke].concat());
        let found = rules(&gray, gray.levels(), 300.0, &[]);
        assert_eq!(found.horizontal.len(), 6, "{found:?}");
    }

    #[test]
    fn a_dashed_rule_is_one_rule() {
        let mut lines = vec![(100, 100, 700, 102), (100, 300, 700, 302), (100, 100, 102, 302), (699, 100, 701, 302)];
        lines.extend((0..60).map(|i| (100 + i * 10, 200, 106 + i * 10, 202)));
        let gray = drawing(&lines);
        let found = rules(&gray, gray.levels(), 300.0, &[]);
        assert_eq!((found.horizontal.len(), found.vertical.len()), (3, 2), "{found:?}");
    }
}
