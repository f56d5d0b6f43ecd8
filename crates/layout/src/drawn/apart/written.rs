//! Rules that are set as characters (`│ ─ ┼`): on a page they are drawn lines, from the middle of one to the middle of the next
//! that it reaches out to.

use crate::drawn::lines::Mark;
use crate::rule_signs::{Arms, DOWN, LEFT, RIGHT, UP, arms};
use seisho_model::Page;
use seisho_model::geometry::{Pt, exceeds};
use seisho_model::ink::{Axis, Ruling};

/// Fewer characters of this kind are text: a dash, a sign of a family tree.
const ENOUGH: usize = 12;
/// Bars of two lines are one rule where they stand no farther apart than this, in percent of an em.
const PITCH_PERCENT: i32 = 220;
/// And a step to the side is no more than this.
const ASIDE_PERCENT: i32 = 30;

/// The letters of a page without those that are rules, the rules, and the letters that they were.
pub(super) fn without(page: &Page, marks: Vec<Mark>) -> (Vec<Mark>, Vec<Ruling>, Vec<Mark>) {
    let of_mark = |mark: &Mark| {
        let mut all = page.slice(mark.range).chars();
        all.next().and_then(arms).filter(|_| all.next().is_none())
    };
    // Most pages have none.
    if marks.iter().filter(|mark| of_mark(mark).is_some()).count() < ENOUGH {
        return (marks, Vec::new(), Vec::new());
    }
    let (mut rules, rest): (Vec<(Mark, Option<Arms>)>, Vec<_>) =
        marks.iter().map(|mark| (*mark, of_mark(mark))).partition(|(_, arms)| arms.is_some());
    let is_corner = |arms: &Option<Arms>| arms.is_some_and(|[up, down, left, right]| (up || down) && (left || right));
    if !rules.iter().any(|(_, arms)| is_corner(arms)) {
        return (marks, Vec::new(), Vec::new());
    }
    let mut drawn = Vec::new();
    for (axis, out, back) in [(Axis::Horizontal, RIGHT, LEFT), (Axis::Vertical, DOWN, UP)] {
        let along = |mark: &Mark| if axis == Axis::Horizontal { mark.rect.center() } else { (mark.rect.center().1, mark.rect.center().0) };
        rules.sort_unstable_by_key(|(mark, _)| (along(mark), mark.range));
        let reaches = |arms: &Option<Arms>, way: usize| arms.is_some_and(|arms| arms[way]);
        for (at, (mark, _)) in rules.iter().enumerate().filter(|(_, (_, arms))| reaches(arms, out)) {
            let (from, level) = along(mark);
            let near = rules[at + 1..].iter().take_while(|(next, _)| !exceeds(along(next).0.0 - from.0, PITCH_PERCENT, mark.size));
            let is_level = |next: &Mark| !exceeds((along(next).1.0 - level.0).abs(), ASIDE_PERCENT, mark.size);
            let next = near.filter(|(next, _)| along(next).0 > from && is_level(next)).find(|(_, arms)| reaches(arms, back));
            drawn.extend(next.map(|(next, _)| Ruling { axis, at: level, from, to: along(next).0, width: Pt(mark.size / 20) }));
        }
    }
    (rest.into_iter().map(|(mark, _)| mark).collect(), drawn, rules.into_iter().map(|(mark, _)| mark).collect())
}
