//! What is usual on a page: letters whose ink does not tell their width have that of their kind.

use super::line::{Line, Width};
use super::path::{Path, Told};
use std::collections::BTreeMap;

/// What is likelier by more, in natural logarithms, is told by its ink, whatever others are.
const SURE: f64 = 5.0;
/// What is likelier by less is told by the others.
const UNSURE: f64 = 2.0;
/// What one letter says at most of its kind, and the kind of one letter.
const ONE: f64 = 4.0;
const ALL: f64 = 3.0;

/// What a kind says is little, in natural logarithms.
const FEW: f64 = 1.5;

/// The kind that is most like another.
fn near(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Lone => Some(Kind::Digit),
        Kind::Digit | Kind::Point(_) => Some(Kind::Number),
        Kind::Label => Some(Kind::Bracket),
        _ => None,
    }
}

/// Labels in brackets are no longer than this.
const LABEL: usize = 4;

/// Letters of a kind are of one width as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A digit that is all of its line: nothing beside it tells its width.
    Lone,
    /// A digit that stands alone; offices set it wide where they set numbers narrow.
    Digit,
    /// A digit of a number.
    Number,
    /// The point or comma of a number.
    Point(char),
    Latin,
    Bracket,
    /// A bracket of the label that a line begins with: (1).
    Label,
    /// A sign behind a number of this width.
    Behind(char, bool),
    Other(char),
}

/// Gives letters whose ink does not tell the width of their kind.
pub(super) fn apply(lines: &[Line], paths: &mut [Path]) {
    for (line, path) in lines.iter().zip(&mut *paths) {
        brackets(line, path);
    }
    let kinds: Vec<Vec<Option<Kind>>> = lines.iter().zip(&*paths).map(|(line, path)| kinds(line, path)).collect();
    let mut sums: BTreeMap<Kind, f64> = BTreeMap::new();
    for (kind, told) in kinds.iter().flatten().zip(paths.iter().flat_map(|p| &p.letters)) {
        if let Some(kind) = kind {
            *sums.entry(*kind).or_default() += told.full.clamp(-ONE, ONE);
        }
    }
    for (kind, told) in kinds.iter().flatten().zip(paths.iter_mut().flat_map(|p| &mut p.letters)) {
        let Some(sum) = kind.and_then(|kind| sums.get(&kind)).filter(|_| told.full.abs() < SURE) else { continue };
        let mut others = (sum - told.full.clamp(-ONE, ONE)).clamp(-ALL, ALL);
        // Where few of a kind are told, those of the nearest kind tell.
        if others.abs() < FEW {
            let near = kind.and_then(near).and_then(|kind| sums.get(&kind)).copied().unwrap_or(0.0);
            others = (others + near).clamp(-ALL, ALL);
        }
        let width = if told.full + others > 0.0 { Width::Full } else { Width::Half };
        told.by_habit = told.full.abs() < UNSURE || width != told.width;
        told.width = width;
        told.full += others;
    }
}

/// Two brackets that belong together are of one width: of the first of a line and the last its ink tells little.
fn brackets(line: &Line, path: &mut Path) {
    let mut open = Vec::new();
    for (i, letter) in line.letters.iter().enumerate() {
        match letter.forms.usual() {
            '(' => open.push(i),
            ')' => {
                let Some(first) = open.pop() else { continue };
                let (a, b) = (path.letters[first].full, path.letters[i].full);
                let of = |own: f64, other: f64| if own.abs() < SURE && other.abs() >= SURE { other } else { own };
                for (one, full) in [(first, of(a, b)), (i, of(b, a))] {
                    path.letters[one].full = full;
                    path.letters[one].width = if full > 0.0 { Width::Full } else { Width::Half };
                }
            }
            _ => {}
        }
    }
}

fn kinds(line: &Line, path: &Path) -> Vec<Option<Kind>> {
    let c = |i: usize| line.letters.get(i).map(|l| l.forms.usual());
    let is_number = |i: Option<usize>| i.and_then(c).is_some_and(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let is_in_label = |i: usize| c(i).is_some_and(|c| c.is_alphanumeric());
    let end = (1..LABEL).find(|&i| c(i) == Some(')'));
    let is_label = c(0) == Some('(') && end.is_some_and(|end| end > 1 && (1..end).all(is_in_label));
    let kind = |i: usize, told: &Told| {
        if !line.letters[i].forms.is_open() {
            return None;
        }
        let is_beside = is_number(i.checked_sub(1)) || is_number(Some(i + 1));
        Some(match c(i)? {
            own if own.is_ascii_digit() && line.letters.len() == 1 => Kind::Lone,
            own if own.is_ascii_digit() => {
                if is_beside {
                    Kind::Number
                } else {
                    Kind::Digit
                }
            }
            own @ (',' | '.') if is_beside => Kind::Point(own),
            own if own.is_ascii_alphabetic() => Kind::Latin,
            '(' | ')' if i < LABEL && is_label => Kind::Label,
            '(' | ')' => Kind::Bracket,
            own if is_number(i.checked_sub(1)) => Kind::Behind(own, path.letters[i - 1].width == Width::Full),
            own => Kind::Other(own),
        })
        .filter(|_| told.full.is_finite())
    };
    path.letters.iter().enumerate().map(|(i, told)| kind(i, told)).collect()
}
