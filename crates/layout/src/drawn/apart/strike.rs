//! Text that is struck out: a rule runs through the middle of its letters and ends where they end, or runs through all
//! letters that it meets.

use crate::drawn::grid;
use crate::drawn::lines::Mark;
use seisho_model::TextRange;
use seisho_model::geometry::{Rect, exceeds};
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
pub(super) fn parted(marks: Vec<Mark>, rulings: &[Ruling]) -> Parted {
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
    let (struck, live) = marks.into_iter().partition(|m| struck.contains(&m.range));
    Parted { live, struck, rulings: kept }
}

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
