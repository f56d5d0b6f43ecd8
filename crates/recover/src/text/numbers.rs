//! The numbers of the rows: the longest chain of whole numbers in which each is one more than the one before and
//! stands on its page or a later one.
//! Knows how numbers stand on a line; refuses to know what else stands there.

use crate::cells::find::is_page_number;
use crate::text::words::Words;
use seisho_japanese::normalize::match_text;
use seisho_japanese::numerals;
use seisho_japanese::tokenizer::{PartOfSpeech, Worker};
use seisho_model::script::{is_digit, is_hiragana};
use std::collections::BTreeMap;

/// A row's number in the dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowNumber {
    pub(crate) value: u32,
    /// Index of the line, and of the word on it.
    pub(crate) line: usize,
    pub(crate) token: usize,
}

/// No table has more rows; a greater number is none of a row.
const MOST_ROWS: u32 = 500;

/// What it costs to stand above the number before on the same page, and not alone on its line.
const OUT_OF_ORDER: u32 = 3;
const NOT_ALONE: u32 = 1;

/// The longest chain of row numbers; pages follow the numbers, lines need not. Of chains as long as each other the
/// one whose numbers stand best, then the one that begins first. `cells`: what may stand beside a number.
pub(crate) fn chain(lines: &[Words], cells: &[String], worker: &mut Worker) -> Vec<RowNumber> {
    let candidates = candidates(lines, cells, worker);
    let mut by_value: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, found) in candidates.iter().enumerate() {
        by_value.entry(found.value).or_default().push(index);
    }
    // For every candidate the chain that ends in it: its length, its cost, and the candidate before.
    let mut ends: Vec<(usize, u32, Option<usize>)> = vec![(1, 0, None); candidates.len()];
    let mut best: Option<usize> = None;
    for (&value, here) in &by_value {
        for &index in here {
            let before = value.checked_sub(1).and_then(|v| by_value.get(&v));
            let alone = if lines[candidates[index].line].tokens.len() > 1 { NOT_ALONE } else { 0 };
            let links = before.into_iter().flatten().filter_map(|&b| Some((b, link(&candidates[b], &candidates[index], lines)?)));
            let cheapest =
                links.map(|(b, cost)| (ends[b].0 + 1, ends[b].1 + cost, Some(b))).min_by_key(|&(n, cost, _)| (usize::MAX - n, cost));
            let (length, cost, from) = cheapest.unwrap_or((1, 0, None));
            ends[index] = (length, cost + alone, from);
            if best.is_none_or(|b| (ends[b].0, u32::MAX - ends[b].1) < (length, u32::MAX - cost - alone)) {
                best = Some(index);
            }
        }
    }
    let mut chain = Vec::new();
    while let Some(index) = best {
        chain.push(candidates[index]);
        best = ends[index].2;
    }
    chain.reverse();
    chain
}

/// What it costs that one number follows another; none where it cannot.
fn link(before: &RowNumber, after: &RowNumber, lines: &[Words]) -> Option<u32> {
    let page = |n: &RowNumber| lines[n.line].tokens[n.token].piece.page;
    if page(before) > page(after) {
        return None;
    }
    Some(if page(before) == page(after) && (after.line, after.token) < (before.line, before.token) { OUT_OF_ORDER } else { 0 })
}

fn candidates(lines: &[Words], cells: &[String], worker: &mut Worker) -> Vec<RowNumber> {
    let mut found = Vec::new();
    for (line, words) in lines.iter().enumerate().filter(|(_, w)| !is_page_number(w)) {
        for (token, word) in words.tokens.iter().enumerate() {
            let Some(value) = value(&word.text) else { continue };
            let next = words.tokens.get(token + 1).map(|t| t.text.as_str());
            // Inside a line a number stands between two texts only where white space is wide, or alone.
            let stands = token == 0 || next.is_none() || !word.thin_gap;
            if stands && !next.is_some_and(|n| !cells.iter().any(|c| c == n) && counts(n, worker)) {
                found.push(RowNumber { value, line, token });
            }
        }
    }
    found
}

/// A whole number and nothing else: 3, １２, ③ is none.
fn value(text: &str) -> Option<u32> {
    let key = match_text(text);
    let is_plain = !key.is_empty() && key.len() <= 3 && text.chars().all(is_digit);
    let (value, len) = numerals::integer(&key).filter(|_| is_plain)?;
    u32::try_from(value).ok().filter(|&v| len == key.len() && v > 0 && v <= MOST_ROWS)
}

/// What follows makes the number one of a text: 3 月, 5 件, 10 までに; not 人材育成 and ごみの減量, which begin an item.
fn counts(next: &str, worker: &mut Worker) -> bool {
    let first = next.chars().next().unwrap_or(' ');
    if "%％.,．，/／-－".contains(first) {
        return true;
    }
    if !is_hiragana(first) && !"月日年件回人名時分度割か箇ヶカ".contains(first) {
        return false;
    }
    // In front of a number a unit is cut off as one; 1 stands for it.
    let counted = format!("1{next}");
    let words = worker.segment(&counted);
    let Some(unit) = words.iter().find(|w| w.range.as_usize().start >= 1) else { return false };
    let text = unit.of(&counted);
    matches!(unit.pos, PartOfSpeech::Particle(_) | PartOfSpeech::Auxiliary) || UNITS.contains(&text) || unit.range.as_usize().start > 1
}

/// What numbers of municipal texts count.
const UNITS: [&str; 25] = [
    "月", "月末", "月中", "日", "日間", "年", "年度", "件", "回", "回目", "人", "名", "時", "時間", "分", "分間", "度", "割", "か所",
    "カ所", "箇所", "か月", "カ月", "つ", "ずつ",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::Token;
    use seisho_japanese::tokenizer::Tokenizer;
    use seisho_model::{Piece, TextRange};

    fn words(line: &str) -> Words {
        let piece = Piece { page: 0, range: TextRange::new(0, 0) };
        let tokens = line.split(' ').enumerate().map(|(at, text)| Token { piece, text: text.into(), thin_gap: at > 0 });
        Words { tokens: tokens.collect(), after_blank: false }
    }

    #[test]
    fn a_number_before_an_item_is_a_rows_and_before_what_it_counts_is_none() {
        let lines = ["1 ごみの減量", "2 人材育成の推進", "3 月 総務課", "3 お客さまの声", "4 件を超えている", "4 までに策定"];
        let lines: Vec<Words> = lines.iter().map(|l| words(l)).collect();
        let tokenizer = Tokenizer::new().unwrap();
        let found: Vec<(u32, usize)> = chain(&lines, &[], &mut tokenizer.worker()).iter().map(|n| (n.value, n.line)).collect();
        assert_eq!(found, [(1, 0), (2, 1), (3, 3)]);
    }
}
