//! Small letters beside larger ones that are no part of their text: readings above kanji, marks of notes.

use crate::drawn::lines::Mark;
use seisho_model::geometry::exceeds;
use seisho_model::script::is_ruby;
use seisho_model::{Page, TextRange};
use std::collections::BTreeSet;

/// Ruby is set in half the size of its text, in percent of it.
const RUBY_PERCENT: i32 = 60;
/// It touches its text to this share of the text's size, in percent.
const RUBY_GAP_PERCENT: i32 = 40;

/// Sets ruby apart: small kana right above larger glyphs.
pub(super) fn without_ruby(page: &Page, marks: Vec<Mark>) -> (Vec<Mark>, Vec<Mark>) {
    let Some(largest) = marks.iter().map(|m| m.size).max() else { return (marks, Vec::new()) };
    let is_kana = |m: &Mark| page.slice(m.range).chars().all(is_ruby);
    let is_small = |m: &Mark| !m.vertical && !exceeds(m.size, RUBY_PERCENT, largest) && is_kana(m);
    if !marks.iter().any(is_small) {
        return (marks, Vec::new());
    }
    let mut by_top = marks.clone();
    by_top.sort_unstable_by_key(|m| (m.rect.y0, m.rect.x0, m.range));
    let is_base_of = |base: &Mark, ruby: &Mark| {
        let touches = !exceeds((base.rect.y0.0 - ruby.rect.y1.0).abs(), RUBY_GAP_PERCENT, base.size);
        touches && !exceeds(ruby.size, RUBY_PERCENT, base.size) && (base.rect.x0..base.rect.x1).contains(&ruby.rect.center().0)
    };
    let is_ruby = |m: &Mark| {
        let (bottom, reach) = (m.rect.y1.0, largest / 100 * RUBY_GAP_PERCENT);
        let from = by_top.partition_point(|b| b.rect.y0.0 < bottom - reach);
        let near = by_top[from..].iter().take_while(|b| b.rect.y0.0 <= bottom + reach);
        is_small(m) && near.into_iter().any(|base| is_base_of(base, m))
    };
    let mut found: Vec<Mark> = marks.iter().filter(|m| is_ruby(m)).copied().collect();
    // A reading may be longer than its kanji: what goes on with it is of it.
    let mut from = 0;
    while from < found.len() {
        let goes_on = |m: &&Mark| is_small(m) && !found.contains(m) && found[from..].iter().any(|r| is_next(r, m));
        let more: Vec<Mark> = marks.iter().filter(goes_on).copied().collect();
        from = found.len();
        found.extend(more);
    }
    marks.iter().partition(|m| !found.contains(m))
}

/// Whether two small kana stand side by side on a line.
fn is_next(a: &Mark, b: &Mark) -> bool {
    let gap = (a.rect.x0.0 - b.rect.x1.0).max(b.rect.x0.0 - a.rect.x1.0);
    let down = (a.rect.center().1.0 - b.rect.center().1.0).abs();
    !exceeds(gap, RUBY_GAP_PERCENT, a.size) && !exceeds(down, RUBY_GAP_PERCENT, a.size)
}

/// Marks of notes are no larger than this, in percent of the text that they stand behind: browsers set theirs at 83,
/// word processors at 58 to 66.
const RAISED_PERCENT: i32 = 86;
/// And so much higher, from middle to middle, in percent of its size.
const LIFT_PERCENT: i32 = 15;
/// They touch it to this share of its size, in percent.
const TOUCH_PERCENT: i32 = 30;
/// A mark has no more characters (※12).
const LONGEST_MARK: usize = 4;

/// Sets raised marks of notes apart, each with the glyph behind which it stands: small figures and signs behind text,
/// above its middle. Behind a letter they make a unit (m²).
pub(super) fn without_raised(page: &Page, marks: Vec<Mark>) -> (Vec<Mark>, Vec<(Vec<Mark>, Mark)>) {
    let text = |m: &Mark| page.slice(m.range);
    let is_sign = |m: &Mark| {
        text(m).chars().all(|c| c.is_ascii_digit() || matches!(c, '０'..='９' | '※' | '＊' | '*' | '†' | '注' | '(' | ')' | '（' | '）'))
    };
    let mut by_end: Vec<Mark> = marks.iter().filter(|m| !m.vertical).copied().collect();
    by_end.sort_unstable_by_key(|m| (m.rect.x1, m.rect.y0, m.range));
    let largest = by_end.iter().map(|m| m.size).max().unwrap_or(0);
    // The glyph that ends where this one begins, and the nearest in height of several.
    let before = |m: &Mark| {
        let reach = largest / 100 * TOUCH_PERCENT;
        let from = by_end.partition_point(|b| b.rect.x1.0 < m.rect.x0.0 - reach);
        let near = by_end[from..].iter().take_while(|b| b.rect.x1.0 <= m.rect.x0.0 + reach);
        let touches = |b: &&Mark| b.range != m.range && !exceeds((m.rect.x0.0 - b.rect.x1.0).abs(), TOUCH_PERCENT, b.size.max(m.size));
        let overlaps = |b: &&Mark| b.rect.y0.0 < m.rect.y1.0 && m.rect.y0.0 < b.rect.y1.0;
        near.filter(touches).filter(overlaps).max_by_key(|b| (b.size, b.range)).copied()
    };
    let is_raised = |m: &Mark, base: &Mark| {
        let lift = base.rect.center().1.0 - m.rect.center().1.0;
        !exceeds(m.size, RAISED_PERCENT, base.size) && exceeds(lift, LIFT_PERCENT, base.size)
    };
    let is_unit = |base: &Mark| {
        text(base).ends_with(|c: char| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c) || matches!(c, 'ｍ' | 'Ｍ' | '㎞' | '㎝'))
    };
    let mut found: Vec<(Vec<Mark>, Mark)> = Vec::new();
    let candidates = || marks.iter().filter(|m| !m.vertical && !exceeds(m.size, RAISED_PERCENT, largest) && is_sign(m));
    for mark in candidates() {
        let Some(base) = before(mark).filter(|base| is_raised(mark, base) && !is_unit(base)) else { continue };
        // What goes on behind the first figure of the mark, on its line.
        let mut run = vec![*mark];
        while let Some(next) = candidates().find(|m| before(m).is_some_and(|b| run.last().is_some_and(|l| l.range == b.range))) {
            run.push(*next);
            if run.len() > LONGEST_MARK {
                break;
            }
        }
        if run.len() <= LONGEST_MARK {
            found.push((run, base));
        }
    }
    if found.is_empty() {
        return (marks, found);
    }
    let raised: BTreeSet<TextRange> = found.iter().flat_map(|(run, _)| run.iter().map(|m| m.range)).collect();
    (marks.into_iter().filter(|m| !raised.contains(&m.range)).collect(), found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::lines::{drawn, marks};

    #[test]
    fn ruby_is_set_apart_and_small_text_elsewhere_is_not() {
        //    うじ        5 points, right above 宇治
        //   宇 治  ぬ    10 points; ぬ is small, but above nothing
        let (page, ink) = drawn("うじ宇治ぬ", &[(52, 0, 5), (62, 0, 5), (50, 6, 10), (60, 6, 10), (90, 8, 5)]);
        let (text, ruby) = without_ruby(&page, marks(&page, &ink));
        let read = |marks: &[Mark]| marks.iter().map(|m| page.slice(m.range)).collect::<String>();
        assert_eq!((read(&text).as_str(), read(&ruby).as_str()), ("宇治ぬ", "うじ"));
    }

    #[test]
    fn a_raised_figure_is_a_mark_behind_a_number_and_a_unit_behind_a_letter() {
        //      2          6 points, above the middle of 0
        //  3 5 0  基  m²
        let places = [(0, 10, 10), (5, 10, 10), (10, 10, 10), (20, 8, 6), (26, 10, 10), (40, 10, 10), (50, 8, 6)];
        let (page, ink) = drawn("3502基m2", &places);
        let (text, raised) = without_raised(&page, marks(&page, &ink));
        let read = |marks: &[Mark]| marks.iter().map(|m| page.slice(m.range)).collect::<String>();
        let raised: Vec<(String, &str)> = raised.iter().map(|(run, base)| (read(run), page.slice(base.range))).collect();
        assert_eq!((read(&text).as_str(), raised), ("350基m2", vec![("2".to_owned(), "0")]));
    }
}
