//! Letters as a reader sees them (a kana and its mark are one), their differences, and what is taken for what.

use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters: a base with the marks and variation selectors behind it.
pub(super) fn clusters(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for c in text.chars() {
        let is_behind = is_combining_mark(c) || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{200D}');
        match found.last_mut().filter(|_| is_behind) {
            Some(last) => last.push(c),
            None => found.push(c.to_string()),
        }
    }
    found
}

/// Without what is a matter of width and white space.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Edit distance: letters put in, left out, changed.
#[must_use]
pub fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

/// A stretch of two texts: the same in both, or one for the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: String,
    pub(super) second: String,
}

/// Beyond so many pairs of letters, the middle of two texts is one stretch.
const MOST: usize = 4_000_000;

/// Both texts from end to end, in stretches; those that differ are as short as they can be.
pub(super) fn stretches(first: &str, second: &str) -> Vec<Stretch> {
    let (a, b) = (clusters(first), clusters(second));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (a_mid, b_mid) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut found = Vec::new();
    push(&mut found, &a[..head], &b[..head]);
    if a_mid.len().saturating_mul(b_mid.len()) > MOST {
        push(&mut found, a_mid, b_mid);
    } else {
        steps(a_mid, b_mid).into_iter().for_each(|[i, i_to, j, j_to]| push(&mut found, &a_mid[i..i_to], &b_mid[j..j_to]));
    }
    push(&mut found, &a[a.len() - tail..], &b[b.len() - tail..]);
    found
}

fn push(found: &mut Vec<Stretch>, first: &[String], second: &[String]) {
    if first.is_empty() && second.is_empty() {
        return;
    }
    let (first, second) = (first.concat(), second.concat());
    match found.last_mut() {
        Some(last) if (last.first == last.second) == (first == second) => {
            last.first.push_str(&first);
            last.second.push_str(&second);
        }
        _ => found.push(Stretch { first, second }),
    }
}

/// The cheapest way from one to the other, letter by letter, as ranges of both.
fn steps(a: &[String], b: &[String]) -> Vec<[usize; 4]> {
    let width = b.len() + 1;
    let mut costs = vec![0_u32; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            costs[i * width + j] = match (i, j) {
                (0, n) | (n, 0) => u32::try_from(n).unwrap_or(u32::MAX),
                _ => {
                    let change = costs[(i - 1) * width + j - 1] + u32::from(a[i - 1] != b[j - 1]);
                    change.min(costs[(i - 1) * width + j] + 1).min(costs[i * width + j - 1] + 1)
                }
            };
        }
    }
    let (mut i, mut j, mut found) = (a.len(), b.len(), Vec::new());
    while i > 0 || j > 0 {
        let here = costs[i * width + j];
        let (from_i, from_j) = if i > 0 && j > 0 && here == costs[(i - 1) * width + j - 1] + u32::from(a[i - 1] != b[j - 1]) {
            (i - 1, j - 1)
        } else if i > 0 && here == costs[(i - 1) * width + j] + 1 {
            (i - 1, j)
        } else {
            (i, j - 1)
        };
        found.push([from_i, i, from_j, j]);
        (i, j) = (from_i, from_j);
    }
    found.reverse();
    found
}

/// Adds what is taken for what.
pub(super) fn confusions(first: &str, second: &str, counts: &mut BTreeMap<(String, String), u64>) {
    for stretch in stretches(first, second).into_iter().filter(|s| s.first != s.second) {
        let (a, b) = (clusters(&stretch.first), clusters(&stretch.second));
        if a.len() == b.len() {
            a.into_iter().zip(b).for_each(|pair| *counts.entry(pair).or_default() += 1);
        } else {
            *counts.entry((stretch.first, stretch.second)).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kana_and_its_mark_are_one_letter() {
        assert_eq!(clusters("か\u{3099}辻\u{E0100}").len(), 2);
        assert_eq!(folded("ｶﾞｲﾄﾞ １ 2"), "ガイド12");
    }

    #[test]
    fn stretches_name_what_differs_and_give_both_texts_back() {
        let found = stretches("全識員が受講する。", "全職員が、受講した。");
        let differing: Vec<_> = found.iter().filter(|s| s.first != s.second).map(|s| (s.first.as_str(), s.second.as_str())).collect();
        assert_eq!(differing, [("識", "職"), ("", "、"), ("する", "した")]);
        assert_eq!(found.iter().map(|s| s.first.as_str()).collect::<String>(), "全識員が受講する。");
        let mut counts = BTreeMap::new();
        confusions("識員と識見", "職員と職見", &mut counts);
        assert_eq!(counts[&("識".to_owned(), "職".to_owned())], 2);
    }
}
