//! The labels of sheets: words that come again in each of them, in the same order.

use super::lines::{Line, Word};
use seisho_japanese::join::starts_with_label;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer sheets, or labels, may be chance.
const FEWEST_SHEETS: usize = 3;
const FEWEST_LABELS: usize = 5;
/// How many words are tried as the first label of a sheet.
const MOST_FIRST: usize = 6;
/// No label is longer, in characters.
pub(super) const LONGEST: usize = 20;
/// Places of one label differ by no more from sheet to sheet, in characters.
const SAME_PLACE: usize = 6;

/// A word of a text, by line and word.
pub(super) type Place = (usize, usize);

/// Sheets and their labels.
pub(super) struct Labels {
    /// The line with which each sheet begins.
    pub(super) starts: Vec<usize>,
    /// Where each label stands in each sheet, in the order of the first sheet.
    pub(super) places: Vec<Vec<Place>>,
}

/// Sheets that follow each other, by what they have in common.
pub(super) fn find(lines: &[Line]) -> Option<Labels> {
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_outside) {
        // ・ between the letters of a label that is written downwards.
        let is_sign = |word: &Word| line.words.len() == 1 && word.to == word.from + 1 && !word.key.contains(char::is_numeric);
        for (nth, word) in line.words.iter().enumerate().filter(|(_, word)| is_name(&word.key) || is_sign(word)) {
            places.entry(word.key.as_str()).or_default().push((at, nth));
        }
    }
    let mut starts = starts(&places)?;
    let mut labels: Vec<Vec<Place>> = places.values().flat_map(|all| in_each(lines, &starts, all)).collect();
    labels.sort();
    let mut labels = without_values(lines, labels);
    let counted = counted(lines, &starts);
    if !counted.is_empty() {
        starts = counted.iter().map(|place| place.0).collect();
        labels.insert(0, counted);
    }
    (labels.len() >= FEWEST_LABELS && are_in_order(&labels)).then_some(Labels { starts, places: labels })
}

/// Whether a word may be a label: letters, and no sentence or entry.
fn is_name(key: &str) -> bool {
    key.chars().any(char::is_alphabetic) && !key.contains(['。', '、']) && !starts_with_label(key) && key.chars().count() <= LONGEST
}

/// Words alone on the lines above sheets that count them: 目標１, 目標２. None where a sheet has none.
fn counted(lines: &[Line], starts: &[usize]) -> Vec<Place> {
    let name_and_number = |line: usize| {
        let [word] = &lines[line].words[..] else { return None };
        let name = word.key.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((name, word.key[name.len()..].parse::<usize>().ok()?)).filter(|(name, _)| !name.is_empty())
    };
    let above = |start: usize| start.checked_sub(1).filter(|&line| !lines[line].is_outside);
    let found: Option<Vec<(usize, (&str, usize))>> =
        starts.iter().map(|&start| above(start).and_then(|line| Some((line, name_and_number(line)?)))).collect();
    let found = found.unwrap_or_default();
    let counts = found.windows(2).all(|pair| pair[0].1.0 == pair[1].1.0 && pair[0].1.1 + 1 == pair[1].1.1);
    if counts { found.into_iter().map(|(line, _)| (line, 0)).collect() } else { Vec::new() }
}

/// Whether labels stand in the same order in all sheets.
fn are_in_order(labels: &[Vec<Place>]) -> bool {
    labels.windows(2).all(|pair| pair[0].iter().zip(&pair[1]).all(|(a, b)| a.0 <= b.0))
}

/// The lines with which sheets begin: those of the word with which most words of the same number alternate.
fn starts(places: &BTreeMap<&str, Vec<Place>>) -> Option<Vec<usize>> {
    let mut of_count: BTreeMap<usize, Vec<&Vec<Place>>> = BTreeMap::new();
    for all in places.values().filter(|all| all.len() >= FEWEST_SHEETS) {
        of_count.entry(all.len()).or_default().push(all);
    }
    let mut best: Option<(usize, &Vec<Place>)> = None;
    for same in of_count.values_mut().filter(|same| same.len() >= FEWEST_LABELS) {
        same.sort();
        for first in same.iter().take(MOST_FIRST) {
            let alternates =
                |all: &&&Vec<Place>| (0..all.len()).all(|n| all[n] >= first[n] && first.get(n + 1).is_none_or(|next| all[n] < *next));
            let count = same.iter().filter(alternates).count();
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, first));
            }
        }
    }
    let (count, first) = best?;
    let starts: Vec<usize> = first.iter().map(|place| place.0).collect();
    let parts = starts.windows(2).all(|pair| pair[0] < pair[1]);
    (count >= FEWEST_LABELS && parts).then_some(starts)
}

/// Where a word stands in each sheet, as often as in all of them; where it stands more often in some, the one at the same place.
fn in_each(lines: &[Line], starts: &[usize], all: &[Place]) -> Vec<Vec<Place>> {
    let sheet = |place: &Place| starts.partition_point(|&start| start <= place.0).checked_sub(1);
    let mut of_sheet: Vec<Vec<Place>> = vec![Vec::new(); starts.len()];
    for place in all {
        if let Some(sheet) = sheet(place) {
            of_sheet[sheet].push(*place);
        }
    }
    let counts: BTreeSet<usize> = of_sheet.iter().map(Vec::len).collect();
    if counts.len() == 1 {
        let count = of_sheet[0].len();
        return (0..count).map(|n| of_sheet.iter().map(|sheet| sheet[n]).collect()).collect();
    }
    let from = |place: &Place| lines[place.0].words[place.1].from;
    let Some(single) = of_sheet.iter().find(|sheet| sheet.len() == 1).map(|sheet| from(&sheet[0])) else { return Vec::new() };
    let nearest = |sheet: &Vec<Place>| {
        sheet.iter().min_by_key(|p| from(p).abs_diff(single)).copied().filter(|p| from(p).abs_diff(single) <= SAME_PLACE)
    };
    of_sheet.iter().map(nearest).collect::<Option<Vec<Place>>>().into_iter().collect()
}

/// Without values that all sheets have alike (the department): of words side by side every other one, where what stands
/// below is no value of theirs.
fn without_values(lines: &[Line], labels: Vec<Vec<Place>>) -> Vec<Vec<Place>> {
    let first: BTreeSet<Place> = labels.iter().map(|label| label[0]).collect();
    let is_label = |line: usize, word: usize| first.contains(&(line, word));
    let has_value = |line: usize| (0..lines[line].words.len()).any(|word| !is_label(line, word));
    let has_label = |line: usize| (0..lines[line].words.len()).any(|word| is_label(line, word));
    // Labels above their values: below them stand words alone.
    let is_above = |line: usize| (line..lines.len()).find(|&at| has_value(at) && !lines[at].is_outside).is_some_and(|at| !has_label(at));
    let mut values: BTreeSet<Place> = BTreeSet::new();
    for line in first.iter().map(|place| place.0).collect::<BTreeSet<usize>>() {
        let mut run: Vec<Place> = Vec::new();
        for word in 0..=lines[line].words.len() {
            if word < lines[line].words.len() && is_label(line, word) {
                run.push((line, word));
                continue;
            }
            if word < lines[line].words.len() {
                run.pop();
            } else if is_above(line) {
                run.clear();
            }
            if run.len().is_multiple_of(2) {
                values.extend(run.iter().skip(1).step_by(2));
            }
            run.clear();
        }
    }
    labels.into_iter().filter(|label| !values.contains(&label[0])).collect()
}
