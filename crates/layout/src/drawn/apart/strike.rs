//! Text that is struck out: a rule runs through the middle of its letters and ends where they end, or runs through all
//! letters that it meets.

use crate::drawn::grid;
use crate::drawn::lines::Mark;
use seisho_model::TextRange;
use seisho_model::geometry::{Pt, Rect, exceeds};
use seisho_model::ink::{Axis, Ruling};
use std::collections::BTreeSet;

/// A rule strikes a letter between these shares of its em box, in percent from its top: below are underlines, above
/// rules that touch it.
const BAND_PERCENT: [i32; 2] = [24, 78];
/// And along this share of it.
const COVER_PERCENT: i32 = 60;
/// It ends no farther from the first and last letter, in percent of an em.
const OVERHANG_PERCENT: i32 = 80;
/// Of the letters that it meets, so many, in percent, are struck.
const STRUCK_PERCENT: usize = 80;
/// A rule that goes farther strikes so many letters at least, and all that it meets, along this share of it, in percent: a
/// row is struck through, cell for cell. A stamp over a rule of the table is not.
const ENOUGH: usize = 4;
const ROW_PERCENT: i32 = 50;

/// What is left of a page without what is struck out.
pub(super) struct Parted {
    pub(super) live: Vec<Mark>,
    pub(super) struck: Vec<Mark>,
    /// Those that strike nothing.
    pub(super) rulings: Vec<Ruling>,
}

/// Sets struck text and the rules through it apart.
pub(super) fn parted(marks: Vec<Mark>, rulings: &[Ruling], strokes: &[[(Pt, Pt); 2]]) -> Parted {
    let mut by_top: Vec<Mark> = marks.iter().filter(|m| !m.vertical).copied().collect();
    by_top.sort_unstable_by_key(|m| (m.rect.y0, m.rect.x0, m.range));
    let highest = by_top.iter().map(|m| m.rect.height().0).max().unwrap_or(0);
    let letters = Letters { by_top, highest };
    // Rules as far as they are drawn on: a rule of a table is drawn cell by cell, what strikes ends with its text. Most
    // rules meet no letter, and nobody asks.
    let mut whole: Option<Vec<Ruling>> = None;
    let mut struck: BTreeSet<TextRange> = BTreeSet::new();
    let mut kept = Vec::with_capacity(rulings.len());
    for ruling in rulings {
        let through = if ruling.axis == Axis::Horizontal && letters.struck_by(ruling).is_some() {
            let whole = whole.get_or_insert_with(|| grid::merge(rulings));
            letters.through(ruling, &drawn_on(ruling, whole))
        } else {
            Vec::new()
        };
        if through.is_empty() {
            kept.push(*ruling);
        }
        struck.extend(through);
    }
    let of_rules = &struck;
    let crossed: BTreeSet<TextRange> =
        strokes.iter().flat_map(|stroke| crossed(&marks, stroke)).chain(cells(&marks, rulings, strokes)).collect();
    let is_struck = |m: &Mark| of_rules.contains(&m.range) || crossed.contains(&m.range);
    let (struck, live) = marks.into_iter().partition(is_struck);
    Parted { live, struck, rulings: kept }
}

/// The letters that a line goes through which leans a little, or waves, and begins and ends where they do.
fn crossed(marks: &[Mark], [a, b]: &[(Pt, Pt); 2]) -> Vec<TextRange> {
    // A broken file may have lines of any length.
    let wide = |v: i32| i64::from(v);
    let (width, fall) = (wide(b.0.0) - wide(a.0.0), wide(b.1.0) - wide(a.1.0));
    if width <= 0 || fall.abs() > width * LEAN_PERCENT / 100 {
        return Vec::new();
    }
    let y_at = |x: i32| wide(a.1.0) + (i128::from(fall) * i128::from(wide(x) - wide(a.0.0)) / i128::from(width)) as i64;
    let is_hit = |m: &&Mark| {
        let (x, _) = m.rect.center();
        let height = wide(m.rect.y1.0) - wide(m.rect.y0.0);
        let y = y_at(x.0);
        !m.vertical
            && (a.0..=b.0).contains(&x)
            && y > wide(m.rect.y0.0) + height / 100 * HIT_PERCENT[0]
            && y < wide(m.rect.y0.0) + height / 100 * HIT_PERCENT[1]
    };
    let hit: Vec<&Mark> = marks.iter().filter(is_hit).collect();
    let Some(first) = hit.first() else { return Vec::new() };
    let reach = wide(first.size / 100 * OVERHANG_PERCENT);
    let (left, right) = hit.iter().fold((i64::MAX, i64::MIN), |(l, r), m| (l.min(wide(m.rect.x0.0)), r.max(wide(m.rect.x1.0))));
    let is_level = hit.iter().all(|m| (wide(m.rect.center().1.0) - wide(first.rect.center().1.0)).abs() < wide(m.size / 2));
    // What crosses all that it is wide is of letters; a line over a figure is not.
    let covered: i64 = hit.iter().map(|m| wide(m.rect.x1.0) - wide(m.rect.x0.0)).sum();
    let is_filled = covered * 100 >= (right - left) * wide(COVER_PERCENT);
    if is_level && is_filled && (left - wide(a.0.0)).abs() <= reach && (wide(b.0.0) - right).abs() <= reach {
        hit.iter().map(|m| m.range).collect()
    } else {
        Vec::new()
    }
}

/// The letters of cells that a line crosses from corner to corner.
fn cells(marks: &[Mark], rulings: &[Ruling], strokes: &[[(Pt, Pt); 2]]) -> Vec<TextRange> {
    if strokes.is_empty() {
        return Vec::new();
    }
    let is_rule = |axis: Axis, at: i32, middle: i32| {
        let is_here = |r: &Ruling| r.at.0.abs_diff(at) <= CORNER.unsigned_abs();
        let passes = |r: &Ruling| r.from.0.saturating_sub(CORNER) <= middle && middle <= r.to.0.saturating_add(CORNER);
        rulings.iter().any(|r| r.axis == axis && is_here(r) && passes(r))
    };
    let crossed = |[a, b]: &[(Pt, Pt); 2]| {
        let (top, bottom) = (a.1.0.min(b.1.0), a.1.0.max(b.1.0));
        let (x, y) = (a.0.0.midpoint(b.0.0), top.midpoint(bottom));
        let is_cell = bottom.abs_diff(top) > CORNER.unsigned_abs() * 2
            && is_rule(Axis::Vertical, a.0.0, y)
            && is_rule(Axis::Vertical, b.0.0, y)
            && is_rule(Axis::Horizontal, top, x)
            && is_rule(Axis::Horizontal, bottom, x);
        is_cell.then_some(Rect { x0: a.0, y0: Pt(top), x1: b.0, y1: Pt(bottom) })
    };
    let boxes: Vec<Rect> = strokes.iter().filter_map(crossed).collect();
    marks.iter().filter(|m| boxes.iter().any(|b| b.contains(m.rect.center()))).map(|m| m.range).collect()
}

/// A line that strikes leans by no more than this, in percent: a tick leans more.
const LEAN_PERCENT: i64 = 75;
/// It goes through a letter between these shares of its em box, in percent from its top.
const HIT_PERCENT: [i64; 2] = [10, 90];
/// The ends of a line through a cell lie this near to its corners, in thousandths of a point.
const CORNER: i32 = 2_500;

/// A rule as far as it is drawn on.
fn drawn_on(ruling: &Ruling, whole: &[Ruling]) -> Ruling {
    let is_part =
        |w: &&Ruling| w.axis == ruling.axis && (w.at.0 - ruling.at.0).abs() <= grid::SNAP && w.from <= ruling.from && ruling.to <= w.to;
    let found = whole.iter().find(is_part);
    found.map_or(*ruling, |w| Ruling { from: w.from, to: w.to, ..*ruling })
}

/// The letters of a page.
struct Letters {
    /// By their upper edge.
    by_top: Vec<Mark>,
    /// The height of the highest, in thousandths of a point.
    highest: i32,
}

impl Letters {
    /// The letters that a rule runs through the middle of, and how many it meets; none where it runs through none, or meets
    /// too many elsewhere.
    fn struck_by(&self, ruling: &Ruling) -> Option<(Vec<&Mark>, usize)> {
        let at = ruling.at.0;
        let from = self.by_top.partition_point(|m| m.rect.y0.0 < at - self.highest);
        let covers = |m: &&Mark| {
            let shared = ruling.to.0.min(m.rect.x1.0) - ruling.from.0.max(m.rect.x0.0);
            at < m.rect.y1.0 && shared > 0 && exceeds(shared, COVER_PERCENT, m.rect.width().0)
        };
        let met: Vec<&Mark> = self.by_top[from..].iter().take_while(|m| m.rect.y0.0 < at).filter(covers).collect();
        let is_struck = |m: &&&Mark| {
            let down = (at - m.rect.y0.0) * 100;
            (m.rect.height().0 * BAND_PERCENT[0]..=m.rect.height().0 * BAND_PERCENT[1]).contains(&down)
        };
        let struck: Vec<&Mark> = met.iter().filter(is_struck).copied().collect();
        (!struck.is_empty() && struck.len() * 100 >= met.len() * STRUCK_PERCENT).then_some((struck, met.len()))
    }

    /// The letters that a rule strikes. `piece`: what was drawn in one go of it.
    fn through(&self, piece: &Ruling, ruling: &Ruling) -> Vec<TextRange> {
        let Some((struck, met)) = self.struck_by(ruling) else { return Vec::new() };
        let bounds = struck.iter().map(|m| m.rect).reduce(Rect::union).unwrap_or_default();
        let em = struck.iter().map(|m| m.size).max().unwrap_or(0);
        let fits = !exceeds(bounds.x0.0 - ruling.from.0, OVERHANG_PERCENT, em) && !exceeds(ruling.to.0 - bounds.x1.0, OVERHANG_PERCENT, em);
        let spans = exceeds(bounds.width().0, ROW_PERCENT, ruling.to.0 - ruling.from.0);
        // A rule of a table is drawn in pieces, cell by cell; who strikes a row draws one line.
        let is_one = piece.from == ruling.from && piece.to == ruling.to;
        let is_whole = spans && is_one && struck.len() >= ENOUGH && struck.len() == met;
        if fits || is_whole { struck.iter().map(|m| m.range).collect() } else { Vec::new() }
    }
}
