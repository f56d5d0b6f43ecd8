//! The characters of a line that are rules, and the places between them.

use crate::rule_signs::{self, arms};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// What a character may be in a written table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Blank,
    Text,
    /// `│`: parts cells.
    Bar,
    /// `|`: so do these, and texts have them too.
    Pipe,
    /// `─`
    Across,
    /// `-`: a rule beside others, else text.
    Dash,
    /// `┼`
    Corner,
    /// `+`: a corner beside rules, else text.
    Plus,
}

fn sign(c: char) -> Sign {
    match arms(c) {
        Some([up, down, left, right]) => match (up || down, left || right) {
            (true, true) => Sign::Corner,
            (true, false) => Sign::Bar,
            _ => Sign::Across,
        },
        None => match c {
            '|' | '｜' => Sign::Pipe,
            '-' | '=' | '－' | '＝' | '―' | '—' | '‐' | 'ー' | '_' | '＿' => Sign::Dash,
            '+' | '＋' => Sign::Plus,
            c if c.is_whitespace() => Sign::Blank,
            _ => Sign::Text,
        },
    }
}

/// A bar or corner: its bytes, and the column of a half-width character that it begins in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) bytes: Range<usize>,
    pub(super) column: u32,
}

/// A line of a written table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) bytes: Range<usize>,
    /// Bars and corners, from left to right.
    pub(super) marks: Vec<Mark>,
    /// Whether what stands before the first mark, between two, and behind the last is a rule.
    pub(super) ruled: Vec<bool>,
    /// Nothing but rules.
    pub(super) is_rule: bool,
    /// It has signs that nothing but a table has.
    pub(super) is_sure: bool,
    /// The columns of all of it.
    pub(super) width: u32,
}

/// Fewer dashes are text.
const ENOUGH_DASHES: usize = 3;

impl Line {
    /// A line with rules in it; none where it has none. `wide`: rules are as wide as kanji.
    pub(super) fn of(text: &str, bytes: Range<usize>, wide: bool) -> Option<Self> {
        if !may_have_rules(&text[bytes.clone()]) {
            return None;
        }
        let mut column = 0;
        let mut all: Vec<(Sign, Mark)> = Vec::new();
        for (at, c) in text[bytes.clone()].char_indices() {
            let start = bytes.start + at;
            all.push((sign(c), Mark { bytes: start..start + c.len_utf8(), column }));
            column += if wide { c.width_cjk() } else { c.width() }.unwrap_or(0) as u32;
        }
        let signs: Vec<Sign> = all.iter().map(|(sign, _)| *sign).collect();
        let is_rule = is_rule(&signs);
        let is_sure = signs.iter().any(|s| matches!(s, Sign::Bar | Sign::Corner)) || is_rule && signs.contains(&Sign::Plus);
        let is_mark = |at: usize| match signs[at] {
            Sign::Bar | Sign::Pipe | Sign::Corner => true,
            Sign::Plus => is_rule || is_corner(&signs, at),
            _ => false,
        };
        let places: Vec<usize> = (0..signs.len()).filter(|&at| is_mark(at)).collect();
        if places.is_empty() && !is_rule {
            return None;
        }
        let ends = std::iter::once(None).chain(places.iter().copied().map(Some)).zip(places.iter().copied().map(Some).chain([None]));
        let ruled = ends.map(|(left, right)| {
            let between = &signs[left.map_or(0, |at| at + 1)..right.unwrap_or(signs.len())];
            let is_corner = |at: Option<usize>| at.is_some_and(|at| matches!(signs[at], Sign::Corner | Sign::Plus));
            is_ruled(between, is_rule, is_corner(left) || is_corner(right))
        });
        let ruled = ruled.collect();
        let marks = places.iter().map(|&at| all[at].1.clone()).collect();
        Some(Self { bytes, marks, ruled, is_rule, is_sure, width: column })
    }

    /// What stands between the marks, with the two ends; one more than there are marks.
    pub(super) fn between(&self) -> Vec<Range<usize>> {
        let starts = std::iter::once(self.bytes.start).chain(self.marks.iter().map(|mark| mark.bytes.end));
        let ends = self.marks.iter().map(|mark| mark.bytes.start).chain([self.bytes.end]);
        starts.zip(ends).map(|(start, end)| start..end).collect()
    }

    /// Whether a part of it is a rule.
    pub(super) fn has_rules(&self) -> bool {
        self.ruled.contains(&true)
    }
}

/// Whether a text may hold a bar or corner.
pub(super) fn may_be_in(text: &str) -> bool {
    rule_signs::may_be_in(text) || ['|', '+', '｜', '＋'].into_iter().any(|sign| text.contains(sign))
}

/// A look at a line before it is taken apart: most lines of a text have no such sign.
fn may_have_rules(line: &str) -> bool {
    let is_mark = |c| matches!(sign(c), Sign::Bar | Sign::Pipe | Sign::Corner | Sign::Plus);
    line.contains(is_mark) || line.chars().all(|c| sign(c) != Sign::Text)
}

/// Whether a line is made of rules, two of them or three dashes side by side at the least.
fn is_rule(signs: &[Sign]) -> bool {
    let is_of_rule = |s: &Sign| !matches!(s, Sign::Text);
    let runs = |of: fn(&Sign) -> bool| signs.split(|s| !of(s)).map(<[Sign]>::len).max().unwrap_or(0);
    signs.iter().all(is_of_rule)
        && (runs(|s| *s == Sign::Across) > 1
            || runs(|s| matches!(s, Sign::Across | Sign::Dash)) >= ENOUGH_DASHES
            || has_tight_dashes(signs))
}

/// `+--+`, `＋－＋`: dashes alone between corners.
fn has_tight_dashes(signs: &[Sign]) -> bool {
    signs.contains(&Sign::Plus) && !signs.contains(&Sign::Blank) && signs.contains(&Sign::Dash)
}

/// Whether a plus sign among other text ends a rule.
fn is_corner(signs: &[Sign], at: usize) -> bool {
    let dashes = |run: &mut dyn Iterator<Item = &Sign>| run.take_while(|s| matches!(s, Sign::Dash | Sign::Across)).count();
    dashes(&mut signs[at + 1..].iter()) >= ENOUGH_DASHES || dashes(&mut signs[..at].iter().rev()) >= ENOUGH_DASHES
}

/// Whether what stands between two marks is a rule.
fn is_ruled(between: &[Sign], is_rule: bool, has_corner: bool) -> bool {
    let across = between.iter().filter(|s| matches!(s, Sign::Across | Sign::Dash)).count();
    if is_rule {
        return across > 0;
    }
    has_corner && across > 0 && across == between.len() && (across > 1 || between[0] == Sign::Across)
}
