//! Lines in which the same labels come again and again, in the same order: records, one behind the other.

use crate::goals::label::{Begin, begins, inside};
use seisho_japanese::numerals;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    /// White stands above it, or the source marks it as a heading.
    pub(super) opens: bool,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) line: usize,
    pub(super) bytes: Range<usize>,
}

/// A label with the parts of lines that are its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// A colon or brackets say that it is one.
    pub(super) is_marked: bool,
    pub(super) label: Part,
    pub(super) value: Vec<Part>,
}

/// A record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Its first line.
    pub(super) start: usize,
    /// What stands above its labels: a number, a name.
    pub(super) title: Vec<Option<Part>>,
    /// By the key of the label.
    pub(super) entries: BTreeMap<String, Entry>,
    /// Lines that are of the head of the document, again.
    pub(super) running: Vec<usize>,
    /// Where it ends.
    pub(super) end: usize,
}

/// Records, and the keys of their labels in order.
pub(super) struct Found {
    pub(super) keys: Vec<String>,
    pub(super) records: Vec<Record>,
}

/// So many of the records, in percent, have a label, and their labels in the same order.
const NEARLY_ALL: usize = 80;
/// Fewer labels may come again by chance.
const ENOUGH_LABELS: usize = 3;
/// Where no colon and no bracket shows labels, so many of them must be headings that a form knows, in so many records. Chosen on the
/// dumps of `tests/heldout` that are `fit`: with less, words of a dump's columns are taken for labels.
const ENOUGH_KNOWN: usize = 4;
const ENOUGH_RECORDS: usize = 3;
/// The first label of a record stands in one of the first lines, and is one of the first keys that come again.
const FIRST_LINES: usize = 200;
const FIRST_KEYS: usize = 12;

/// Whether a form has a heading word for word.
pub(super) type IsKnown<'k> = &'k dyn Fn(&str) -> bool;

/// Lines with the labels that they may begin with, and where each label comes.
struct Lines<'t> {
    texts: &'t [Text],
    /// By line: labels that come again, as numbers.
    begins: Vec<Vec<(usize, Begin)>>,
    /// By label: the lines.
    places: Vec<Vec<usize>>,
}

/// The records among lines; none where no labels come again. A label that a form knows may stand in few of them.
pub(super) fn find(texts: &[Text], is_known: IsKnown<'_>) -> Option<Found> {
    let lines = Lines::new(texts);
    let starts = (0..lines.places.len()).filter(|&key| lines.places[key][0] < FIRST_LINES).take(FIRST_KEYS);
    let found: Vec<Cycle> = starts.filter_map(|start| lines.cycle(start)).collect();
    // Of as many labels those that begin first.
    let best = found.into_iter().rev().max_by_key(|cycle| cycle.labels.len())?;
    let found = lines.records(&best, is_known);
    let telling = found.keys.iter().filter(|key| lines.varies(key, &found.records)).count();
    let marked = found.keys.iter().filter(|key| found.records.iter().any(|r| r.entries.get(*key).is_some_and(|e| e.is_marked))).count();
    let known = found.keys.iter().filter(|key| is_known(key)).count();
    // What only a blank parts may be any word: the form must know it.
    let are_labels = marked * 2 > found.keys.len() || known >= ENOUGH_KNOWN && found.records.len() >= ENOUGH_RECORDS;
    (telling >= ENOUGH_LABELS && telling * 2 > found.keys.len() && are_labels).then_some(found)
}

/// Labels in their order, and the lines with the first of them.
struct Cycle {
    labels: Vec<usize>,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(texts: &'t [Text]) -> Self {
        let all: Vec<Vec<Begin>> = texts.iter().map(|t| begins(&t.text)).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in &all {
            let keys: BTreeSet<&str> = line.iter().map(|b| b.key.as_str()).collect();
            keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        }
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut places: Vec<Vec<usize>> = Vec::new();
        let mut begins: Vec<Vec<(usize, Begin)>> = Vec::with_capacity(all.len());
        for (at, line) in all.iter().enumerate() {
            let mut of_line: Vec<(usize, Begin)> = Vec::new();
            for begin in line.iter().filter(|b| counts[b.key.as_str()] > 1) {
                let number = *numbers.entry(&begin.key).or_insert_with(|| {
                    places.push(Vec::new());
                    places.len() - 1
                });
                if places[number].last() != Some(&at) {
                    places[number].push(at);
                }
                of_line.push((number, begin.clone()));
            }
            begins.push(of_line);
        }
        Self { texts, begins, places }
    }

    /// The labels that come once in every stretch from one line with a label to the next.
    fn cycle(&self, start: usize) -> Option<Cycle> {
        let starts = &self.places[start];
        let stretch = |line: usize| starts.partition_point(|&s| s <= line);
        let head = self.head(starts[0]);
        let is_own = |line: &&usize| !head.contains(self.texts[**line].text.trim());
        let is_label = |key: &usize| {
            let lines = self.places[*key].iter().filter(is_own);
            let mut in_stretches: Vec<usize> = lines.map(|&line| stretch(line)).filter(|&s| s > 0).collect();
            let all = in_stretches.len();
            in_stretches.dedup();
            in_stretches.len() > 1 && in_stretches.len() * 100 >= starts.len() * NEARLY_ALL && all * NEARLY_ALL <= starts.len() * 100
        };
        let keys: BTreeSet<usize> = (0..self.places.len()).filter(is_label).collect();
        if keys.len() < 2 || self.is_head(start, &keys) {
            return None;
        }
        let mut order: Vec<usize> = Vec::new();
        let mut sequences: Vec<Vec<usize>> = vec![Vec::new(); starts.len()];
        for line in (starts[0]..self.texts.len()).filter(|line| is_own(&line)) {
            let of = &mut sequences[stretch(line) - 1];
            if let Some((key, _)) = self.label_of(line, &keys).filter(|(key, _)| !of.contains(key)) {
                of.push(key);
                if !order.contains(&key) {
                    order.push(key);
                }
            }
        }
        let rank = |key: &usize| order.iter().position(|k| k == key);
        let is_in_order = |s: &&Vec<usize>| s.windows(2).all(|pair| rank(&pair[0]) < rank(&pair[1]));
        let in_order = sequences.iter().filter(is_in_order).count();
        (order.first() == Some(&start) && in_order * 100 >= sequences.len() * NEARLY_ALL)
            .then(|| Cycle { labels: order, starts: starts.clone() })
    }

    /// What stands above the first record, which pages repeat.
    fn head(&self, first: usize) -> BTreeSet<&str> {
        self.texts[..first].iter().map(|t| t.text.trim()).collect()
    }

    /// The label with which a line begins: one with a colon or brackets before others, else the shortest.
    fn label_of(&self, line: usize, keys: &BTreeSet<usize>) -> Option<(usize, &Begin)> {
        let known = self.begins[line].iter().filter(|(key, _)| keys.contains(key));
        known.min_by_key(|(_, b)| (!b.is_marked, b.name.len())).map(|(key, begin)| (*key, begin))
    }

    /// Whether what stands behind a label is always the same: a line of the head that every page repeats.
    fn is_head(&self, key: usize, keys: &BTreeSet<usize>) -> bool {
        let value = |line: usize| {
            let begin = &self.begins[line].iter().find(|(k, _)| *k == key)?.1;
            let rest = self.texts[line].text[begin.value..].trim();
            let below = || self.texts.get(line + 1).filter(|_| self.label_of(line + 1, keys).is_none()).map_or("", |t| t.text.trim());
            Some(if rest.is_empty() { below() } else { rest })
        };
        let values: BTreeSet<&str> = self.places[key].iter().filter_map(|&line| value(line)).collect();
        values.len() < 2
    }

    fn records(&self, cycle: &Cycle, is_known: IsKnown<'_>) -> Found {
        let keys: BTreeSet<usize> = cycle.labels.iter().copied().collect();
        let head = self.head(cycle.starts[0]);
        let ends = cycle.starts.iter().copied().skip(1).chain([self.texts.len()]);
        let record = |(start, end)| self.record(start..end, &keys, &head, is_known);
        let records: Vec<Record> = cycle.starts.iter().copied().zip(ends).map(record).collect();
        let of_cycle =
            cycle.labels.iter().filter_map(|&key| Some(self.begins[self.places[key][0]].iter().find(|(k, _)| *k == key)?.1.key.clone()));
        let mut found = Found { keys: of_cycle.collect(), records };
        let others: BTreeSet<&String> = found.records.iter().flat_map(|r| r.entries.keys()).collect();
        let others: Vec<String> = others.into_iter().filter(|key| !found.keys.contains(key)).cloned().collect();
        found.keys.extend(others);
        self.part_inside(&mut found, is_known);
        self.take_titles(&mut found.records);
        found
    }

    fn record(&self, lines: Range<usize>, keys: &BTreeSet<usize>, head: &BTreeSet<&str>, is_known: IsKnown<'_>) -> Record {
        let mut record = Record { start: lines.start, end: lines.end, ..Record::default() };
        let mut current = String::new();
        for line in lines {
            let text = &self.texts[line].text;
            let is_running = head.contains(text.trim());
            let of_cycle = self.label_of(line, keys).map(|(_, begin)| begin.clone());
            let begin = of_cycle.or_else(|| begins(text).into_iter().find(|b| is_known(&b.key)));
            if let Some(begin) = begin.filter(|b| !is_running && !record.entries.contains_key(&b.key)) {
                let mut value = vec![Part { line, bytes: begin.value..text.len() }];
                value.retain(|part| !self.text(part).trim().is_empty());
                current.clone_from(&begin.key);
                record.entries.insert(begin.key, Entry { is_marked: begin.is_marked, label: Part { line, bytes: 0..begin.value }, value });
            } else if is_running {
                record.running.push(line);
            } else if let Some(entry) = record.entries.get_mut(&current) {
                entry.value.push(Part { line, bytes: 0..text.len() });
            }
        }
        record
    }

    /// Whether a label has a value in most records, and not always the same: headings of columns, which every page repeats, have
    /// none.
    fn varies(&self, key: &str, records: &[Record]) -> bool {
        let text = |e: &Entry| e.value.iter().map(|part| self.text(part).trim()).collect::<String>();
        let values: Vec<String> = records.iter().filter_map(|r| r.entries.get(key)).map(text).filter(|text| !text.is_empty()).collect();
        values.len() * 2 > records.len() && values.iter().any(|value| *value != values[0])
    }

    fn text(&self, part: &Part) -> &str {
        &self.texts[part.line].text[part.bytes.clone()]
    }

    /// Parts values at the labels inside the line of another: those that stand there in nearly all records, and those that a
    /// form knows.
    fn part_inside(&self, found: &mut Found, is_known: IsKnown<'_>) {
        let mut place = 0;
        while place < found.keys.len() {
            let of = found.keys[place].clone();
            let inner = |record: &Record| -> Vec<Begin> {
                let Some(entry) = record.entries.get(&of) else { return Vec::new() };
                let first = entry.value.first().filter(|part| part.line == entry.label.line);
                let labels = first.map_or_else(Vec::new, |part| inside(&self.texts[part.line].text[..part.bytes.end], part.bytes.start));
                // A word at the end of its line is a value.
                let is_label = |b: &Begin| b.is_marked || first.is_some_and(|part| b.value < part.bytes.end);
                labels.into_iter().filter(|b| is_label(b) && !record.entries.contains_key(&b.key)).collect()
            };
            let all: Vec<Vec<Begin>> = found.records.iter().map(inner).collect();
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for labels in &all {
                let keys: BTreeSet<&str> = labels.iter().map(|b| b.key.as_str()).collect();
                keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
            }
            let holds = found.records.iter().filter(|r| r.entries.contains_key(&of)).count();
            let is_label = |key: &str| counts[key] > 1 && counts[key] * 100 >= holds * NEARLY_ALL || is_known(key);
            let Some(key) = all.iter().flatten().map(|b| b.key.clone()).find(|key| is_label(key)) else {
                place += 1;
                continue;
            };
            for (record, labels) in found.records.iter_mut().zip(&all) {
                let begin = labels.iter().find(|b| b.key == key);
                if let Some(entry) = begin.and_then(|begin| self.split(record.entries.get_mut(&of)?, begin)) {
                    record.entries.insert(key.clone(), entry);
                }
            }
            if !found.keys.contains(&key) {
                found.keys.insert(place + 1, key);
            }
        }
    }

    /// Cuts a value at a label inside its first line.
    fn split(&self, entry: &mut Entry, begin: &Begin) -> Option<Entry> {
        let first = entry.value.first().cloned()?;
        let mut rest: Vec<Part> = entry.value.drain(1..).collect();
        entry.value[0].bytes.end = begin.name.start;
        rest.insert(0, Part { line: first.line, bytes: begin.value..first.bytes.end });
        let has_text = |part: &Part| !self.text(part).trim().is_empty();
        entry.value.retain(has_text);
        rest.retain(has_text);
        let label = Part { line: first.line, bytes: begin.name.start..begin.value };
        Some(Entry { is_marked: begin.is_marked, label, value: rest })
    }

    /// Lines above the labels of every record that are none of the record before: its number and name. And what stands below
    /// the last record.
    fn take_titles(&self, records: &mut [Record]) {
        let last = |record: &Record| -> Option<String> {
            let ends = record.entries.iter().filter_map(|(key, e)| Some((e.value.last()?.line, e.label.bytes.start, key)));
            ends.max().map(|(.., key)| key.clone())
        };
        // Lines of the last value behind the first white below it.
        let behind = |record: &Record| -> usize {
            let Some(entry) = last(record).and_then(|key| record.entries.get(&key)) else { return 0 };
            let opens = entry.value.iter().skip(1).position(|part| self.texts[part.line].opens);
            opens.map_or(0, |at| entry.value.len() - 1 - at)
        };
        let above: Vec<Option<usize>> = (0..records.len())
            .map(|index| match index {
                0 => records[0].start.checked_sub(1),
                _ => {
                    let before = &records[index - 1];
                    let entry = last(before).and_then(|key| before.entries.get(&key))?;
                    entry.value.last().map(|part| part.line).filter(|line| *line > entry.label.line)
                }
            })
            .collect();
        let Some(above) = above.into_iter().collect::<Option<Vec<usize>>>() else {
            return self.cut_last(records, &behind, &last);
        };
        let number = |line: &usize| numbered(&self.texts[*line].text).map(|(number, _)| number);
        let counts_up = above.iter().zip(1..).all(|(line, nth): (_, u64)| number(line) == Some(nth));
        let is_apart = (1..records.len()).all(|index| behind(&records[index - 1]) > 0);
        if !counts_up && !is_apart {
            return self.cut_last(records, &behind, &last);
        }
        for (index, &line) in above.iter().enumerate() {
            let cut = index.checked_sub(1).map(|before| behind(&records[before]).max(1));
            let cut = index.checked_sub(1).zip(cut).and_then(|(before, cut)| Some((before, cut, last(&records[before])?)));
            if let Some((before, cut, key)) = cut
                && let Some(entry) = records[before].entries.get_mut(&key)
            {
                let keep = entry.value.len().saturating_sub(cut);
                let end = entry.value[keep].line;
                entry.value.truncate(keep);
                records[before].end = end;
            }
            let text = &self.texts[line].text;
            let parted = numbered(text).map_or(0, |(_, end)| end);
            let part = |bytes: Range<usize>| Some(Part { line, bytes }).filter(|part| !self.text(part).trim().is_empty());
            records[index].title =
                if counts_up || parted > 0 { vec![part(0..parted), part(parted..text.len())] } else { vec![part(0..text.len())] };
            records[index].start = line;
        }
        self.cut_last(records, &behind, &last);
    }

    /// What stands behind white below the last record, where no other record has such, is none of its value.
    fn cut_last(&self, records: &mut [Record], behind: &dyn Fn(&Record) -> usize, last: &dyn Fn(&Record) -> Option<String>) {
        let Some((of, before)) = records.split_last_mut() else { return };
        let cut = behind(of);
        let key = last(of);
        if cut > 0
            && before.iter().all(|record| behind(record) == 0)
            && let Some(entry) = key.and_then(|key| of.entries.get_mut(&key))
        {
            let keep = entry.value.len() - cut;
            let end = entry.value[keep].line;
            entry.value.truncate(keep);
            of.end = end;
        }
    }
}

/// The number with which a line begins, and where what it numbers begins: １　…, (1) …, ①….
fn numbered(line: &str) -> Option<(u64, usize)> {
    let start = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || "■□◆◇●○（(【［[".contains(c)).len();
    let first = line[start..].chars().next()?;
    let single = numerals::label_value(first);
    let (number, length) = match single {
        Some(number) => (u64::from(number), first.len_utf8()),
        None => numerals::integer(&line[start..])?,
    };
    let rest = &line[start + length..];
    let behind = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || ".．、)）】］]：:".contains(c)).len();
    (behind > 0 || single.is_some()).then_some((number, start + length + behind))
}
