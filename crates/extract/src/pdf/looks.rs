//! What of a page's text is set otherwise than most of it: in another colour, bold, with a box or a ground around it, or a line
//! below.

use seisho_model::TextRange;
use seisho_model::geometry::Rect;
use seisho_model::ink::{Axis, Glyph, Ruling};
use std::collections::BTreeMap;

/// A glyph's text, its colour, and whether it is bold.
pub(super) type Look = (TextRange, Option<[u8; 4]>, bool);

/// Colours that differ by less than this in each of their parts may be one.
const OTHER_COLOUR: u8 = 60;
/// A frame reaches no farther beyond the letters in it, in percent of their size, and is no higher.
const SNUG_PERCENT: i32 = 70;
const HIGHEST_PERCENT: i32 = 200;
/// A line below letters stands so far from their bottom, in percent of their size.
const BELOW_PERCENT: i32 = 35;
/// A rule of a table meets another one this near to its end, in thousandths of a point.
const JOINT: i32 = 1_500;

/// Stretches of text, in order.
pub(super) fn emphasis(glyphs: &[Glyph], looks: &[Look], frames: &[Rect], rulings: &[Ruling]) -> Vec<TextRange> {
    let mut counts: BTreeMap<Option<[u8; 4]>, usize> = BTreeMap::new();
    for (_, color, _) in looks {
        *counts.entry(*color).or_default() += 1;
    }
    let usual = counts.into_iter().max_by_key(|(color, count)| (*count, *color)).and_then(|(color, _)| color);
    let is_other = |a: [u8; 4], b: [u8; 4]| (0..3).any(|part| a[part].abs_diff(b[part]) >= OTHER_COLOUR);
    let bold = looks.iter().filter(|(.., is_bold)| *is_bold).count();
    let is_set = |look: &&Look| {
        let other = look.1.zip(usual).is_some_and(|(own, usual)| is_other(own, usual));
        other || look.2 && bold * 2 < looks.len()
    };
    let mut found: Vec<TextRange> = looks.iter().filter(is_set).map(|(range, ..)| *range).collect();
    let free = || rulings.iter().filter(|r| r.axis == Axis::Horizontal && !meets_another(r, rulings));
    for frame in frames {
        found.extend(inside(glyphs, *frame));
    }
    for rule in free() {
        found.extend(above(glyphs, rule));
    }
    found.sort_unstable();
    found.dedup();
    let mut out: Vec<TextRange> = Vec::new();
    for range in found {
        match out.last_mut().filter(|last| last.end == range.start) {
            Some(last) => last.end = range.end,
            None => out.push(range),
        }
    }
    out
}

fn meets_another(rule: &Ruling, rulings: &[Ruling]) -> bool {
    let is_near = |x: i32, other: &Ruling| {
        near(other.at.0, x, JOINT) && other.from.0.saturating_sub(JOINT) <= rule.at.0 && rule.at.0 <= other.to.0.saturating_add(JOINT)
    };
    let ends = [rule.from.0, rule.to.0];
    let meets = |other: &Ruling| other.axis == Axis::Vertical && ends.iter().any(|&x| is_near(x, other));
    // Drawn on beside it, it is one rule of several cells.
    let goes_on = |other: &Ruling| {
        other != rule
            && other.axis == Axis::Horizontal
            && near(other.at.0, rule.at.0, JOINT)
            && (near(other.from.0, rule.to.0, JOINT) || near(rule.from.0, other.to.0, JOINT))
    };
    rulings.iter().any(|other| meets(other) || goes_on(other))
}

/// The letters that a frame stands snug around.
fn inside(glyphs: &[Glyph], frame: Rect) -> Vec<TextRange> {
    let within: Vec<&Glyph> = glyphs.iter().filter(|g| !g.vertical && frame.contains(g.rect.center())).collect();
    if is_snug(&within, frame.x0.0, frame.x1.0) && within.iter().all(|g| near(frame.y0.0, frame.y1.0, g.size.0 / 100 * HIGHEST_PERCENT + 1))
    {
        within.iter().map(|g| g.range).collect()
    } else {
        Vec::new()
    }
}

/// The letters that a line stands snug below.
fn above(glyphs: &[Glyph], rule: &Ruling) -> Vec<TextRange> {
    let is_above = |g: &&Glyph| {
        let (x, _) = g.rect.center();
        !g.vertical && (rule.from..=rule.to).contains(&x) && near(rule.at.0, g.rect.y1.0, g.size.0 / 100 * BELOW_PERCENT / 2 + 1)
    };
    let within: Vec<&Glyph> = glyphs.iter().filter(is_above).collect();
    if is_snug(&within, rule.from.0, rule.to.0) { within.iter().map(|g| g.range).collect() } else { Vec::new() }
}

/// Whether letters stand on one line and reach from end to end.
fn is_snug(within: &[&Glyph], from: i32, to: i32) -> bool {
    let Some(first) = within.first() else { return false };
    let reach = first.size.0 / 100 * SNUG_PERCENT;
    let (left, right) = within.iter().fold((i32::MAX, i32::MIN), |(l, r), g| (l.min(g.rect.x0.0), r.max(g.rect.x1.0)));
    let is_level = within.iter().all(|g| near(g.rect.center().1.0, first.rect.center().1.0, reach / 2));
    is_level && near(left, from, reach + 1) && near(to, right, reach + 1)
}

/// Whether two places are nearer to each other than this; a broken file may have them anywhere.
fn near(a: i32, b: i32, reach: i32) -> bool {
    i64::from(a.abs_diff(b)) < i64::from(reach)
}
