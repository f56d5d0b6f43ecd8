//! Labels of sheets as bands: labels beside each other with their values behind them, or below.

use super::labels::{Labels, Place};
use super::lines::{Line, Word};
use seisho_japanese::join::starts_with_label;
use seisho_reading::ends_sentence;
use std::collections::BTreeSet;

/// A line is full that ends so near the end of the longest one, in characters.
const FULL: usize = 3;
/// A text that goes on begins no farther left of the one above it, in characters.
const LEFT: usize = 2;

/// Labels that stand beside each other.
pub(super) struct Band {
    /// The labels, each of one or more lines, by index, from left to right.
    pub(super) labels: Vec<Vec<usize>>,
    /// Whether their values stand below them, and not behind them on their lines.
    pub(super) is_above: bool,
}

impl Band {
    fn all(&self) -> impl Iterator<Item = usize> {
        self.labels.iter().flatten().copied()
    }
}

/// Sheets, their lines and labels.
pub(super) struct Sheets<'l> {
    pub(super) lines: &'l [Line],
    pub(super) labels: &'l Labels,
    places: BTreeSet<Place>,
    /// Where the longest line ends.
    longest: usize,
}

impl<'l> Sheets<'l> {
    pub(super) fn new(lines: &'l [Line], labels: &'l Labels) -> Self {
        let longest = lines[labels.starts[0]..].iter().map(end).max().unwrap_or(0);
        Self { lines, labels, places: labels.places.iter().flatten().copied().collect(), longest }
    }

    pub(super) fn count(&self) -> usize {
        self.labels.starts.len()
    }

    pub(super) fn word(&self, place: Place) -> &'l Word {
        &self.lines[place.0].words[place.1]
    }

    pub(super) fn is_label(&self, place: Place) -> bool {
        self.places.contains(&place)
    }

    /// The words of a line that are no labels.
    pub(super) fn values(&self, line: usize) -> impl Iterator<Item = Place> {
        let words = if self.lines[line].is_outside { 0 } else { self.lines[line].words.len() };
        (0..words).map(move |word| (line, word)).filter(|place| !self.is_label(*place))
    }

    /// The labels as bands, in their order.
    pub(super) fn bands(&self) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        for lines in self.on_one_line() {
            let is_above = !lines.iter().any(|&label| self.has_value(label));
            if !bands.last().is_some_and(|last| self.goes_on(last, &lines, is_above)) {
                bands.push(Band { labels: Vec::new(), is_above });
            }
            if let Some(band) = bands.last_mut() {
                lines.into_iter().for_each(|label| self.add(band, label));
            }
        }
        for band in &mut bands {
            band.labels.sort_by_key(|label| self.word(self.labels.places[label[0]][0]).from);
        }
        bands
    }

    /// Labels in groups of those that stand on one line in any sheet.
    fn on_one_line(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for label in 0..self.labels.places.len() {
            let are_beside = |other: &usize| (0..self.count()).any(|sheet| self.line(*other, sheet) == self.line(label, sheet));
            match groups.iter_mut().find(|group| group.iter().any(are_beside)) {
                Some(group) => group.push(label),
                None => groups.push(vec![label]),
            }
        }
        groups
    }

    pub(super) fn line(&self, label: usize, sheet: usize) -> usize {
        self.labels.places[label][sheet].0
    }

    /// Whether a value stands behind a label on its line, in any sheet.
    fn has_value(&self, label: usize) -> bool {
        (0..self.count()).any(|sheet| self.value_beside(label, sheet).is_some())
    }

    fn value_beside(&self, label: usize, sheet: usize) -> Option<&'l Word> {
        let (line, word) = self.labels.places[label][sheet];
        (word + 1 < self.lines[line].words.len() && !self.is_label((line, word + 1))).then(|| self.word((line, word + 1)))
    }

    /// Whether labels of a line are further lines of those of a band.
    fn goes_on(&self, band: &Band, labels: &[usize], is_above: bool) -> bool {
        let follows = |sheet: usize| {
            let last = band.all().map(|label| self.line(label, sheet)).max().unwrap_or(0);
            let first = labels.iter().map(|&label| self.line(label, sheet)).min().unwrap_or(0);
            (last + 1..first).all(|line| self.values(line).next().is_none())
        };
        if !(0..self.count()).all(follows) {
            return false;
        }
        if band.is_above {
            return is_above;
        }
        // Each is a further line of one of them.
        let is_under = |label: usize| {
            band.all().any(|above| overlap(self.word(self.labels.places[above][0]), self.word(self.labels.places[label][0])))
        };
        labels.iter().all(|&label| is_under(label)) && self.is_further(band, labels)
    }

    /// Whether what stands behind or below labels goes on with what stands behind those of the band.
    fn is_further(&self, band: &Band, labels: &[usize]) -> bool {
        let value = |label: usize, sheet: usize| self.value_beside(label, sheet);
        let beside: Vec<&Word> = (0..self.count()).flat_map(|sheet| band.all().filter_map(move |label| value(label, sheet))).collect();
        let Some(start) = beside.iter().map(|word| word.from).min() else { return true };
        let mut filled = 0;
        for sheet in 0..self.count() {
            let line = labels.iter().map(|&label| self.line(label, sheet)).max().unwrap_or(0);
            let below = (line + 1..self.end(sheet)).find(|&line| !self.lines[line].is_outside);
            let begins_left = below.is_some_and(|line| !self.has_label(line) && self.lines[line].words[0].from + LEFT < start);
            if begins_left {
                return false;
            }
            if let Some(word) = labels.iter().find_map(|&label| value(label, sheet)) {
                filled += 1;
                let first = band.all().find_map(|label| value(label, sheet));
                let last = band.all().filter(|&label| value(label, sheet).is_some()).map(|label| self.line(label, sheet)).max();
                // Behind a line without a value another value begins.
                if last.is_some_and(|last| last + 1 < line) || !is_entry(word, first) && !self.is_full(line.saturating_sub(1)) {
                    return false;
                }
            }
        }
        filled < self.count() || self.are_letters(band, labels)
    }

    /// Whether all are single letters: of a label that is written downwards.
    fn are_letters(&self, band: &Band, labels: &[usize]) -> bool {
        let is_letter = |&label: &usize| self.labels.places[label].iter().map(|&place| self.word(place)).all(|w| w.to == w.from + 1);
        labels.iter().all(is_letter) && band.labels.first().is_some_and(|first| first.iter().all(is_letter))
    }

    pub(super) fn has_label(&self, line: usize) -> bool {
        (0..self.lines[line].words.len()).any(|word| self.is_label((line, word)))
    }

    /// Whether a line is as long as the longest.
    fn is_full(&self, line: usize) -> bool {
        end(&self.lines[line]) + FULL >= self.longest
    }

    fn add(&self, band: &mut Band, label: usize) {
        let is_of = |own: &Vec<usize>| {
            own.iter().any(|&above| overlap(self.word(self.labels.places[above][0]), self.word(self.labels.places[label][0])))
        };
        match band.labels.iter_mut().find(|own| is_of(own)) {
            Some(own) => own.push(label),
            None => band.labels.push(vec![label]),
        }
    }

    /// The line behind a sheet's last.
    pub(super) fn end(&self, sheet: usize) -> usize {
        self.labels.starts.get(sheet + 1).copied().unwrap_or(self.lines.len())
    }

    /// Whether each line of a value goes on with the one above it: that one is full, or ends a sentence, or an entry begins.
    /// `end`: of the longest line of such values.
    pub(super) fn reads_on(&self, lines: &[Vec<Place>], end: usize) -> bool {
        lines.windows(2).all(|pair| {
            let (Some(last), Some(first)) = (pair[0].last().map(|p| self.word(*p)), pair[1].first().map(|p| self.word(*p))) else {
                return true;
            };
            starts_with_label(&first.key) || ends_sentence(&last.key) || last.to + FULL >= end
        })
    }
}

/// Whether a text begins an entry: with a list mark or label, or with the sign that the first one begins with.
fn is_entry(word: &Word, first: Option<&Word>) -> bool {
    let sign = |word: &Word| word.key.chars().next().filter(|c| !c.is_alphanumeric());
    starts_with_label(&word.key) || sign(word).is_some_and(|mark| first.and_then(sign) == Some(mark))
}

/// Where a line ends.
fn end(line: &Line) -> usize {
    line.words.last().map_or(0, |word| word.to)
}

fn overlap(a: &Word, b: &Word) -> bool {
    a.from < b.to && b.from < a.to
}
