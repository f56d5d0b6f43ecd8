//! Laying corrections over a document: where each belongs, what the value says then, and what becomes of those that
//! belong nowhere.

use super::{Anchor, Correction, Named, anchors, answered};
use crate::gaps::{gaps, with_gaps};
use crate::values::{Value, squeezed};
use seisho_model::Pointer;
use seisho_model::codes::audit::{a003, a004};
use seisho_model::codes::finding;
use seisho_model::output::{Laid, Listed, Unlaid};
use seisho_model::record::{Answer, Answered, Corrected, Document, Finding, Matched, Place, SCHEMA_VERSION_1_1};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// Writes what a value should say into a document, with all that is computed of it; false where it cannot be read as what
/// the field holds.
pub type Derive<'d> = dyn Fn(&mut Json, &Pointer, &str) -> bool + 'd;

/// What laying came to.
#[derive(Clone, Debug)]
pub struct Laying {
    /// The document with its corrections.
    pub document: Document,
    /// What became of the lines that concern it.
    pub laid: Laid,
}

/// What becomes of a line.
enum Fate {
    At(Pointer, Matched),
    Settled(Pointer),
    Listed(Unlaid, Option<Pointer>),
}

/// Lays the lines of a ledger over a document. Of the lines in `held`, two documents could be meant: they are laid over
/// none but the file that they were made on.
#[must_use]
pub fn lay(document: Document, ledger: &[Correction], held: &BTreeSet<String>, derive: &Derive<'_>) -> Laying {
    if ledger.is_empty() {
        return Laying { laid: Laid::default(), document };
    }
    let missing = gaps(&document);
    let known = with_gaps(&document, &missing);
    let named = Named::of(&document, &known);
    let source = document.source.id();
    let concerning: Vec<&Correction> = ledger.iter().filter(|c| c.source.sha256 == source || c.anchor.document.is(&named)).collect();
    if concerning.is_empty() {
        return Laying { laid: Laid::default(), document };
    }
    let anchors = anchors(&document, &known);
    let places = Places { source: &source, values: &known, anchors: &anchors };
    let mut laid = Laid::default();
    let mut findings = Vec::new();
    // The last line about a value holds.
    let mut chosen: BTreeMap<Pointer, (&Correction, Option<Matched>)> = BTreeMap::new();
    for &line in &concerning {
        let id = line.id();
        let (pointer, matched) = match places.fate(line, held.contains(&id)) {
            Fate::At(pointer, matched) => (pointer, Some(matched)),
            Fate::Settled(pointer) => (pointer, None),
            Fate::Listed(why, pointer) => {
                findings.push(places.unlaid(line, why, pointer));
                laid.listed.push(Listed { id, why });
                continue;
            }
        };
        if let Some((earlier, _)) = chosen.insert(pointer, (line, matched)) {
            laid.superseded.push(earlier.id());
        }
    }
    let mut json = serde_json::to_value(&document).unwrap_or_default();
    let mut corrections = BTreeMap::new();
    let (mut answers, mut confirmed) = (BTreeMap::<Pointer, Answered>::new(), BTreeMap::new());
    let named: BTreeSet<Pointer> = chosen.keys().cloned().collect();
    for (pointer, (line, matched)) in chosen {
        let id = line.id();
        // One that says what was read takes an earlier one back.
        let same_ink: Vec<Pointer> = places.of_same_ink(&pointer).into_iter().filter(|p| !named.contains(p)).collect();
        let mut answer = |how| {
            let said = Answered { how, by: line.by.clone(), at: line.at.clone(), id: id.clone() };
            let all: Vec<_> = std::iter::once(&pointer).chain(&same_ink).map(|at| (at.clone(), said.clone())).collect();
            answers.extend(all.iter().cloned());
            all
        };
        let Some(matched) = matched.filter(|_| line.now != places.read(&pointer)) else {
            confirmed.extend(answer(Answer::Confirmed));
            laid.settled.push(id);
            continue;
        };
        let is_written = std::iter::once(&pointer).chain(&same_ink).all(|at| derive(&mut json, at, &line.now));
        if !is_written {
            findings.push(places.unlaid(line, Unlaid::Unreadable, Some(pointer)));
            laid.listed.push(Listed { id, why: Unlaid::Unreadable });
            continue;
        }
        answer(Answer::Corrected);
        match matched {
            Matched::Source => laid.by_source.push(id.clone()),
            Matched::Content => {
                findings.push(places.finding(a004::elsewhere(&line.was, &line.now, &line.source.path), Some(pointer.clone())));
                laid.by_content.push(id.clone());
            }
        }
        for at in std::iter::once(pointer).chain(same_ink) {
            let (was, by, when, reason) = (places.read(&at), line.by.clone(), line.at.clone(), line.reason.clone());
            corrections.entry(at).or_insert(Corrected { was, by, at: when, reason, matched, id: id.clone() });
        }
    }
    let mut corrected = serde_json::from_value::<Document>(json).unwrap_or_else(|_| document.clone());
    (corrected.corrections, corrected.confirmed) = (corrections, confirmed);
    answered::mark(&mut corrected, &answers);
    if !corrected.corrections.is_empty() || !corrected.confirmed.is_empty() || corrected.findings.iter().any(|f| f.answered.is_some()) {
        SCHEMA_VERSION_1_1.clone_into(&mut corrected.schema_version);
    }
    corrected.findings.extend(findings);
    corrected.sort_findings();
    Laying { document: corrected, laid }
}

/// The values of a document and what stands around each.
struct Places<'d> {
    source: &'d str,
    values: &'d [Value<'d>],
    anchors: &'d [Anchor],
}

impl Places<'_> {
    /// Where a line belongs.
    fn fate(&self, line: &Correction, is_held: bool) -> Fate {
        let is_of_this = line.source.sha256 == self.source;
        let was = squeezed(&line.was);
        let fits = |&at: &usize| line.anchor.is_of(&self.anchors[at]);
        let says = |text: &str, at: usize| squeezed(&self.values[at].read) == text;
        let fitting: Vec<usize> = (0..self.values.len()).filter(fits).collect();
        let pointer = |at: usize| self.values[at].pointer.clone();
        let before: Vec<usize> = fitting.iter().copied().filter(|at| says(&was, *at)).collect();
        // Of several that were alike it was one by its place, which says something only while all of them are there.
        let namesakes = line.anchor.namesakes.map(|n| n as usize);
        let is_told_by_place = namesakes.is_none_or(|n| n == before.len());
        let there = before.iter().find(|at| is_of_this && is_told_by_place && *self.values[**at].pointer == line.pointer);
        if let Some(at) = there {
            return Fate::At(pointer(*at), Matched::Source);
        }
        if let (Some(_), [first, ..]) = (namesakes, &*before) {
            return Fate::Listed(Unlaid::OneOfSeveral, Some(pointer(*first)));
        }
        // A value that is missing is known by its goal; one of a goal of which nothing is known could be any.
        let is_known = |at: usize| self.values[at].is_read() || self.anchors[at].names_its_record();
        let before: Vec<usize> = before.into_iter().filter(|at| is_known(*at)).collect();
        let now = squeezed(&line.now);
        match (&*before, fitting.iter().find(|at| says(&now, **at))) {
            ([only], _) if is_held && !is_of_this => Fate::Listed(Unlaid::TwoDocuments, Some(pointer(*only))),
            ([only], _) => Fate::At(pointer(*only), Matched::Content),
            ([first, ..], _) => Fate::Listed(Unlaid::TwoPlaces, Some(pointer(*first))),
            ([], Some(at)) => Fate::Settled(pointer(*at)),
            ([], None) => match &*fitting {
                [] => Fate::Listed(Unlaid::NoPlace, None),
                [only] => Fate::Listed(Unlaid::Changed, Some(pointer(*only))),
                [first, ..] => {
                    // The value that has its place in the list, if there is one: 2 of the methods.
                    let same = fitting.iter().find(|at| last(self.values[**at].pointer) == last(&line.pointer)).unwrap_or(first);
                    Fate::Listed(Unlaid::Changed, Some(pointer(*same)))
                }
            },
        }
    }

    /// Other values that are the very same ink: a cell that is merged over several rows.
    fn of_same_ink(&self, pointer: &Pointer) -> Vec<Pointer> {
        let Some(at) = self.values.iter().position(|v| v.pointer == pointer) else { return Vec::new() };
        let (value, anchor) = (&self.values[at], &self.anchors[at]);
        let is_same = |(other, its): &(&Value<'_>, &Anchor)| {
            other.pointer != pointer
                && its.field == anchor.field
                && !value.evidence.at.is_empty()
                && other.evidence.at == value.evidence.at
                && other.evidence.raw == value.evidence.raw
                && other.read == value.read
        };
        self.values.iter().zip(self.anchors).filter(is_same).map(|(v, _)| v.pointer.clone()).collect()
    }

    fn read(&self, pointer: &Pointer) -> String {
        self.values.iter().find(|v| v.pointer == pointer).map(|v| v.read.clone()).unwrap_or_default()
    }

    fn unlaid(&self, line: &Correction, why: Unlaid, pointer: Option<Pointer>) -> Finding {
        let says = pointer.as_ref().filter(|_| why == Unlaid::Changed).map(|p| self.read(p));
        self.finding(a003::unlaid(&line.was, &line.now, why, says.as_deref()), pointer)
    }

    fn finding(&self, found: finding::Finding, pointer: Option<Pointer>) -> Finding {
        let at: Vec<Place> =
            pointer.as_ref().and_then(|p| self.values.iter().find(|v| v.pointer == p)).map(|v| v.evidence.at.clone()).unwrap_or_default();
        let finding::Finding { code, severity, message, suggestion, .. } = found;
        Finding { code: code.name().to_owned(), severity, message, at, pointer, suggestion, answered: None }
    }
}

fn last(pointer: &Pointer) -> Option<String> {
    pointer.steps().next_back().map(std::borrow::Cow::into_owned)
}
