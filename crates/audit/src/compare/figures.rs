//! The figures of a comparison, and where both differ.

use super::adjacency::adjacency;
use super::letters::{clusters, confusions, distance, folded};
use super::rows::{Paper, Reading, Row};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Two readings held against each other. Counts are of the first where it matters: it is the truth, if one is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comparison {
    /// Documents in both.
    pub documents: u64,
    /// Documents in one only: of the first, of the second.
    pub alone: [Vec<String>; 2],
    /// Rows in both.
    pub rows: u64,
    /// Rows in one only.
    pub rows_alone: [u64; 2],
    /// Fields that one of both speaks of and the other does not, so that they are not compared: of the first, of the second.
    pub not_compared: [Vec<String>; 2],
    /// Fields in which the program notes something about its reading, which are not compared.
    pub notes: Vec<String>,
    /// Columns and sheets that nobody knows, and are not compared.
    pub unknown: Vec<String>,
    /// Of all fields.
    pub all: Figures,
    /// By field.
    pub fields: BTreeMap<String, Figures>,
    /// Pairs of neighbouring cells of tables: in both, in the first, in the second.
    pub cells: [u64; 3],
    /// What is taken for what, and how often; the most frequent first.
    pub confusions: Vec<(String, String, u64)>,
    /// Where both differ.
    pub differences: Vec<Difference>,
}

/// Counts of some fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Fields with text in one or the other.
    pub fields: u64,
    /// Those that are the same, letter by letter.
    pub exact: u64,
    /// Those that are the same but for width and white space.
    pub exact_folded: u64,
    /// Letters of the first; those that differ.
    pub letters: u64,
    /// Letters put in, left out, changed.
    pub edits: u64,
    /// The same without width and white space.
    pub letters_folded: u64,
    /// The same without width and white space.
    pub edits_folded: u64,
}

/// A field in which both differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its document.
    pub document: String,
    /// Its row: kind and number or label.
    pub row: [String; 2],
    /// Its field.
    pub field: String,
    /// What the first says.
    pub first: String,
    /// What the second says.
    pub second: String,
    /// What a third reading says, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub third: Option<String>,
    /// With whom the third agrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

/// With whom a third reading agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// The first.
    First,
    /// The second.
    Second,
    /// Nobody: a person decides.
    Open,
}

/// So many confusions are named.
const NAMED: usize = 30;

/// Holds a second reading against a first.
#[must_use]
pub fn compare(first: &Reading, second: &Reading) -> Comparison {
    let mut found = Comparison::default();
    let compared = compared(first, second, &mut found);
    let names = |of: [&BTreeSet<String>; 2]| of.into_iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    (found.notes, found.unknown) = (names([&first.notes, &second.notes]), names([&first.unknown, &second.unknown]));
    let kinds: BTreeSet<&str> = compared.iter().map(|(kind, _)| *kind).collect();
    let mut counts = BTreeMap::new();
    for [a, b] in papers(first, second, &compared, &mut found) {
        let (paper, other) = (&first.papers[a], &second.papers[b]);
        for (row, partner) in pairs(paper, other, &kinds, &mut found) {
            for (_, field) in compared.iter().filter(|(kind, _)| *kind == row.kind) {
                let [x, y] = [row, partner].map(|row| row.fields.get(*field).map_or("", String::as_str));
                let figures = figures(x, y);
                if figures.fields == 0 {
                    continue;
                }
                found.all.add(&figures);
                found.fields.entry(format!("{}/{field}", row.kind)).or_default().add(&figures);
                if x != y {
                    confusions(x, y, &mut counts);
                    let row = [row.kind.clone(), row.key.clone()];
                    let (field, first, second) = ((*field).to_owned(), x.to_owned(), y.to_owned());
                    found.differences.push(Difference { document: a.clone(), row, field, first, second, third: None, decided: None });
                }
            }
        }
        let cells = adjacency(&paper.tables, &other.tables);
        found.cells.iter_mut().zip(cells).for_each(|(sum, count)| *sum += count);
    }
    found.confusions = counts.into_iter().map(|((a, b), times)| (a, b, times)).collect();
    found.confusions.sort_by(|x, y| (y.2, &x.0, &x.1).cmp(&(x.2, &y.0, &y.1)));
    found.confusions.truncate(NAMED);
    found
}

/// Kinds and fields.
type Compared<'r> = BTreeSet<(&'r str, &'r str)>;

/// Kinds and fields that both speak of, a kind by itself with an empty field; the others are named.
fn compared<'r>(first: &'r Reading, second: &'r Reading, found: &mut Comparison) -> Compared<'r> {
    let mut all = first.named();
    all.extend(second.named());
    let states = |reading: &Reading, kind: &str, field: &str| match field {
        "" => reading.stated.has_kind(kind),
        field => reading.stated.has(kind, field),
    };
    let mut both = BTreeSet::new();
    for (kind, field) in all {
        match (states(first, kind, field), states(second, kind, field)) {
            (true, true) => {
                both.insert((kind, field));
            }
            (is_first, _) => {
                // Of a kind that one does not speak of, no field is.
                let other = if is_first { second } else { first };
                let name = if other.stated.has_kind(kind) { format!("{kind}/{field}") } else { kind.to_owned() };
                let names = &mut found.not_compared[usize::from(!is_first)];
                if !name.ends_with('/') && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    both
}

/// Documents of both: by their names, else by the names of their files without endings; two that are alone are one.
/// One without a row of a table that both have is in neither: goals alone say nothing of documents without goals.
fn papers<'r>(first: &'r Reading, second: &'r Reading, compared: &Compared<'_>, found: &mut Comparison) -> Vec<[&'r String; 2]> {
    let is_by_table = !compared.iter().any(|(kind, _)| *kind == "head");
    let counts = |paper: &Paper| !is_by_table || paper.rows.iter().any(|row| compared.contains(&(row.kind.as_str(), "")));
    let stem = |name: &str| name.rsplit('/').next().unwrap_or(name).split('.').next().unwrap_or(name).to_owned();
    let mut left: Vec<&String> = second.papers.keys().collect();
    let mut both = Vec::new();
    for name in first.papers.keys() {
        let is_one = first.papers.len() == 1 && second.papers.len() == 1;
        let place = left.iter().position(|other| *other == name);
        let place = place.or_else(|| left.iter().position(|other| stem(other) == stem(name) || is_one));
        match place {
            Some(place) => both.push([name, left.remove(place)]),
            None if counts(&first.papers[name]) => found.alone[0].push(name.clone()),
            None => {}
        }
    }
    found.alone[1] = left.into_iter().filter(|name| counts(&second.papers[*name])).cloned().collect();
    found.documents = both.len() as u64;
    both
}

/// Texts that are this much alike are one row's.
const ALIKE: f64 = 0.5;

fn pairs<'r>(first: &'r Paper, second: &'r Paper, kinds: &BTreeSet<&str>, found: &mut Comparison) -> Vec<(&'r Row, &'r Row)> {
    let rows = |paper: &'r Paper| paper.rows.iter().filter(|row| kinds.contains(row.kind.as_str())).collect::<Vec<_>>();
    let (a, mut b) = (rows(first), rows(second));
    let mut partners: Vec<Option<&Row>> = Vec::new();
    let keys = Keys::of(&a, &b);
    for row in &a {
        let place = b.iter().position(|other| keys.are_one(row, other));
        partners.push(place.map(|place| b.remove(place)));
    }
    // Then what says the same, and what the program knew by the same name.
    let by: [fn(&Row, &Row) -> bool; 2] = [|row, other| row.fields == other.fields, |row, other| row.id == other.id && !row.id.is_empty()];
    for is_one in by {
        for (row, partner) in a.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            let place = b.iter().position(|other| other.kind == row.kind && is_one(row, other));
            *partner = place.map(|place| b.remove(place));
        }
    }
    for (row, partner) in a.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
        let alike = b.iter().enumerate().filter(|(_, other)| other.kind == row.kind).map(|(place, other)| (likeness(row, other), place));
        let best = alike.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        *partner = best.filter(|(alike, _)| *alike >= ALIKE).map(|(_, place)| b.remove(place));
    }
    let both: Vec<_> = a.iter().zip(partners).filter_map(|(row, partner)| Some((*row, partner?))).collect();
    found.rows += both.len() as u64;
    found.rows_alone[0] += (a.len() - both.len()) as u64;
    found.rows_alone[1] += b.len() as u64;
    both
}

/// Numbers and labels that stand once in each of both: one that stands twice pairs nothing by itself.
struct Keys<'r>(BTreeSet<(&'r str, &'r str)>);

impl<'r> Keys<'r> {
    fn of(a: &[&'r Row], b: &[&'r Row]) -> Self {
        let once = |rows: &[&'r Row]| {
            let mut counts: BTreeMap<(&'r str, &'r str), u32> = BTreeMap::new();
            rows.iter().for_each(|row| *counts.entry((&row.kind, &row.key)).or_default() += 1);
            counts.into_iter().filter(|((_, key), count)| *count == 1 && !key.is_empty()).map(|(key, _)| key).collect::<BTreeSet<_>>()
        };
        Self(once(a).intersection(&once(b)).copied().collect())
    }

    fn are_one(&self, a: &Row, b: &Row) -> bool {
        a.kind == b.kind && a.key == b.key && self.0.contains(&(a.kind.as_str(), a.key.as_str()))
    }
}

fn likeness(a: &Row, b: &Row) -> f64 {
    let [a, b] = [a, b].map(|row| clusters(&folded(&row.fields.values().map(String::as_str).collect::<Vec<_>>().concat())));
    let longest = a.len().max(b.len());
    if longest == 0 { 0.0 } else { 1.0 - distance(&a, &b) as f64 / longest as f64 }
}

fn figures(first: &str, second: &str) -> Figures {
    let (a, b) = (clusters(first), clusters(second));
    let [x, y] = [first, second].map(folded);
    let (c, d) = (clusters(&x), clusters(&y));
    Figures {
        fields: u64::from(!first.is_empty() || !second.is_empty()),
        exact: u64::from(first == second && !first.is_empty()),
        exact_folded: u64::from(x == y && !(first.is_empty() && second.is_empty())),
        letters: a.len() as u64,
        edits: distance(&a, &b) as u64,
        letters_folded: c.len() as u64,
        edits_folded: distance(&c, &d) as u64,
    }
}

impl Figures {
    fn add(&mut self, other: &Self) {
        self.fields += other.fields;
        self.exact += other.exact;
        self.exact_folded += other.exact_folded;
        self.letters += other.letters;
        self.edits += other.edits;
        self.letters_folded += other.letters_folded;
        self.edits_folded += other.edits_folded;
    }
}

impl Comparison {
    /// Whether nothing differs of what was compared.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let [both, first, second] = self.cells;
        let is_whole = self.alone.iter().all(Vec::is_empty) && self.rows_alone == [0, 0];
        self.differences.is_empty() && is_whole && both == first && both == second
    }
}

/// Lets a third reading decide: with whom it agrees, letter by letter or but for width and white space.
pub fn decide(found: &mut Comparison, first: &Reading, third: &Reading) {
    let against = compare(first, third);
    for difference in &mut found.differences {
        let is_known = third.stated.has(&difference.row[0], &difference.field);
        let other = against.differences.iter().find(|d| {
            d.document == difference.document && d.row == difference.row && d.field == difference.field && d.first == difference.first
        });
        let is_there = is_known && !against.alone[0].contains(&difference.document);
        let says = match other {
            Some(other) => other.second.clone(),
            None if is_there => difference.first.clone(),
            None => continue,
        };
        let same = |text: &str| folded(text) == folded(&says);
        difference.decided = Some(match (same(&difference.first), same(&difference.second)) {
            (true, true) if says == difference.second => Decided::Second,
            (true, _) => Decided::First,
            (_, true) => Decided::Second,
            _ => Decided::Open,
        });
        difference.third = Some(says);
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::of_json;
    use super::*;
    use serde_json::json;

    fn reading(items: &[(Option<u32>, &str)]) -> Reading {
        let goals: Vec<_> = items.iter().map(|(number, item)| json!({ "number": number, "item": item })).collect();
        let mut reading = Reading::default();
        reading.add("a.txt".to_owned(), of_json(&json!({ "goals": goals })));
        reading
    }

    #[test]
    fn rows_are_paired_by_number_or_else_by_text() {
        let first = reading(&[(Some(1), "計画の策定"), (Some(2), "施設の点検"), (Some(3), "周知・啓発")]);
        let second = reading(&[(Some(1), "計画の策定"), (None, "施設の点険"), (Some(7), "別のもの")]);
        let found = compare(&first, &second);
        assert_eq!((found.rows, found.rows_alone), (2, [1, 1]));
        let item = found.fields["goal/item"];
        assert_eq!((item.fields, item.exact, item.edits, item.letters), (2, 1, 1, 10));
        // The number that the second lacks is a difference as well.
        assert_eq!((found.all.fields, found.all.exact, found.differences.len()), (4, 2, 2));
        assert!(found.confusions.contains(&("検".to_owned(), "険".to_owned(), 1)), "{:?}", found.confusions);
    }

    #[test]
    fn width_counts_in_the_raw_rate_only() {
        let found = compare(&reading(&[(Some(1), "DX推進 10件")]), &reading(&[(Some(1), "ＤＸ推進１０件")]));
        let item = found.fields["goal/item"];
        assert_eq!((item.exact, item.exact_folded, item.edits, item.edits_folded), (0, 1, 5, 0));
    }

    #[test]
    fn a_third_reading_decides_and_a_third_opinion_leaves_it_open() {
        let [first, second] = ["点検", "点険"].map(|item| reading(&[(Some(1), item), (Some(2), item)]));
        let mut found = compare(&first, &second);
        decide(&mut found, &first, &reading(&[(Some(1), "点険"), (Some(2), "点剣")]));
        assert_eq!(found.differences.iter().map(|d| d.decided).collect::<Vec<_>>(), [Some(Decided::Second), Some(Decided::Open)]);
        decide(&mut found, &first, &first);
        assert_eq!(found.differences[0].decided, Some(Decided::First));
    }
}
