//! The numbers of the rows: the longest chain of whole numbers in which each is one more than the one before.
//! Knows how numbers stand on a line; refuses to know what else stands there.

use super::segment::Words;
use seisho_japanese::normalize::match_text;
use seisho_japanese::numerals;
use std::collections::BTreeMap;

/// A row's number in the dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowNumber {
    pub(super) value: u32,
    /// Index of the line, and of the word on it.
    pub(super) line: usize,
    pub(super) token: usize,
}

/// No table has more rows; a greater number is none of a row.
const MOST_ROWS: u32 = 500;

/// The chain of row numbers; of chains as long as each other the one that begins first.
pub(super) fn chain(lines: &[Words]) -> Vec<RowNumber> {
    let candidates = candidates(lines);
    // For every candidate the length of the chain that ends in it, and the candidate before.
    let mut ends: Vec<(usize, Option<usize>)> = Vec::with_capacity(candidates.len());
    let mut last: BTreeMap<u32, usize> = BTreeMap::new();
    for (index, found) in candidates.iter().enumerate() {
        let before = found.value.checked_sub(1).and_then(|v| last.get(&v).copied());
        let length = before.map_or(0, |b| ends[b].0) + 1;
        ends.push((length, before));
        // Of two equal numbers the one with the longer chain counts, of equals the first.
        let known = last.get(&found.value).copied();
        if known.is_none_or(|k| ends[k].0 < length) {
            last.insert(found.value, index);
        }
    }
    let mut best: Option<usize> = None;
    for index in 0..ends.len() {
        if best.is_none_or(|b| ends[index].0 > ends[b].0) {
            best = Some(index);
        }
    }
    let mut chain = Vec::new();
    while let Some(index) = best {
        chain.push(candidates[index]);
        best = ends[index].1;
    }
    chain.reverse();
    chain
}

fn candidates(lines: &[Words]) -> Vec<RowNumber> {
    let mut found = Vec::new();
    for (line, words) in lines.iter().enumerate() {
        for (token, word) in words.tokens.iter().enumerate() {
            let next = words.tokens.get(token + 1).map(|t| t.text.as_str());
            // Inside a line a number stands between two texts only where white space is wide, or alone.
            let stands = token == 0 || next.is_none() || !word.thin_gap;
            if let Some(value) = value(&word.text).filter(|_| stands && !next.is_some_and(counts)) {
                found.push(RowNumber { value, line, token });
            }
        }
    }
    found
}

/// A whole number and nothing else: 3, １２, ③ is none.
fn value(text: &str) -> Option<u32> {
    let key = match_text(text);
    let is_plain = !key.is_empty() && key.len() <= 3 && text.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let (value, len) = numerals::integer(&key).filter(|_| is_plain)?;
    u32::try_from(value).ok().filter(|&v| len == key.len() && v > 0 && v <= MOST_ROWS)
}

/// What follows makes the number one of a text: 3 月, 5 件, 10 までに.
fn counts(next: &str) -> bool {
    let first = next.chars().next().unwrap_or(' ');
    matches!(first, 'ぁ'..='ん') || "月日年件回人名時分度割市か箇ヶカ台社校館園世帯課業%％.,．，/／".contains(first)
}
