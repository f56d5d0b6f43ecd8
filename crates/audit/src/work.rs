//! What a person found who looked at values: the file that the review page writes.

use crate::ledger::{Anchor, Correction, SourceName};
use crate::values::squeezed;
use seisho_model::Pointer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a reader did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// What the file is.
    pub format: String,
    /// The list that was worked on.
    pub review: String,
    /// The plan whose sample it is, by its lot; none where it is no sample.
    #[serde(default)]
    pub lot: Option<String>,
    /// Who.
    pub reader: String,
    /// Whether what was read by the program was hidden.
    #[serde(default)]
    pub blind: bool,
    /// What was looked at.
    pub items: Vec<Judged>,
}

/// The format that a work names.
pub const FORMAT: &str = "seisho-work/1";

/// What a reader says of a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Path of the source.
    pub path: String,
    /// SHA-256 of the source.
    pub source_sha256: String,
    /// The value.
    pub pointer: Pointer,
    /// What it said.
    pub text: String,
    /// What the program had read there.
    pub was: String,
    /// By what it is known again in another file.
    #[serde(default)]
    pub anchor: Option<Anchor>,
    /// How sure the program was, where anything measured it.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// What the reader says of it.
    pub verdict: Verdict,
    /// What it should say; in a blind pass, what the reader read.
    #[serde(default)]
    pub now: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// When, RFC 3339.
    #[serde(default)]
    pub at: Option<String>,
}

/// What a reader says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is as on paper.
    Right,
    /// It is not.
    Wrong,
    /// It cannot be told.
    Unknown,
    /// The reader wrote down what is on paper, without knowing what was read.
    Typed,
}

/// Whether a value is right, as far as a reader says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It is.
    Right,
    /// It is not.
    Wrong,
    /// It cannot be told.
    Unknown,
}

impl Judged {
    /// What was found: of what was typed blindly, by comparing it but for white space.
    #[must_use]
    pub fn found(&self) -> Found {
        match (self.verdict, &self.now) {
            (Verdict::Right, _) => Found::Right,
            (Verdict::Wrong, _) => Found::Wrong,
            (Verdict::Typed, Some(now)) if squeezed(now) == squeezed(&self.text) => Found::Right,
            (Verdict::Typed, Some(_)) => Found::Wrong,
            (Verdict::Unknown | Verdict::Typed, _) => Found::Unknown,
        }
    }
}

/// The corrections that a reader's work asks for: of what is wrong, where it says what is right; and, where `confirmed`, a
/// line for each value that is right as it was read, which answers the findings about it. `at` is when, where the work
/// does not say.
#[must_use]
pub fn corrections(work: &Work, at: &str, confirmed: bool) -> Vec<Correction> {
    let correction = |item: &Judged| {
        let is_confirmed = confirmed && item.found() == Found::Right && item.text == item.was;
        let now = if is_confirmed { item.was.clone() } else { item.now.clone()? };
        let anchor = item.anchor.clone()?;
        let is_wrong = item.found() == Found::Wrong && now != item.text;
        (is_wrong || is_confirmed).then(|| Correction {
            source: SourceName { path: item.path.clone(), sha256: item.source_sha256.clone() },
            pointer: item.pointer.clone(),
            anchor,
            was: item.was.clone(),
            now,
            by: work.reader.clone(),
            at: item.at.clone().unwrap_or_else(|| at.to_owned()),
            reason: item.reason.clone().filter(|r| !r.is_empty()),
        })
    };
    work.items.iter().filter_map(correction).collect()
}

/// Where two readers differ.
#[derive(Clone, Debug, Default)]
pub struct Agreement<'w> {
    /// Values that both looked at.
    pub both: usize,
    /// Those of which they say the same.
    pub same: usize,
    /// The others.
    pub differ: Vec<[&'w Judged; 2]>,
}

/// Compares what two readers say of the same values: whether they are right, and what they should say.
#[must_use]
pub fn agreement<'w>(first: &'w Work, second: &'w Work) -> Agreement<'w> {
    let mut found = Agreement::default();
    for a in &first.items {
        let is_same = |b: &&Judged| b.source_sha256 == a.source_sha256 && b.pointer == a.pointer;
        let Some(b) = second.items.iter().find(is_same) else { continue };
        found.both += 1;
        let said = |j: &Judged| (j.found() == Found::Wrong).then(|| j.now.as_deref().map(squeezed));
        if a.found() == b.found() && said(a) == said(b) { found.same += 1 } else { found.differ.push([a, b]) }
    }
    found
}

/// Who says what of a value.
#[derive(Clone, Copy, Debug)]
pub struct Said<'w> {
    /// The reader.
    pub reader: &'w str,
    /// What is said.
    pub judged: &'w Judged,
}

/// By which a value is known: hash of its source, and its place.
pub type Key<'w> = (&'w str, &'w str);

/// What readers say of each value, one judgement a reader: a later one of the same reader replaces the earlier, by the time
/// that they say. Where no time tells, both stand.
#[must_use]
pub fn said(works: &[Work]) -> BTreeMap<Key<'_>, Vec<Said<'_>>> {
    let mut all: BTreeMap<Key<'_>, Vec<Said<'_>>> = BTreeMap::new();
    for work in works {
        for judged in &work.items {
            let said = all.entry((judged.source_sha256.as_str(), judged.pointer.as_str())).or_default();
            said.push(Said { reader: work.reader.as_str(), judged });
        }
    }
    for said in all.values_mut() {
        // In an order of their own, so that none of the works comes first.
        said.sort_by(|a, b| (a.reader, time(a), order(a)).cmp(&(b.reader, time(b), order(b))));
        let mut kept: Vec<Said<'_>> = Vec::new();
        for one in std::mem::take(said) {
            let is_of_one = |before: &Said<'_>| before.reader == one.reader && !one.reader.is_empty();
            let replaces = |before: &Said<'_>| is_of_one(before) && time(before).is_some() && time(before) < time(&one);
            kept.retain(|before| !replaces(before));
            if !kept.iter().any(|before| is_of_one(before) && order(before) == order(&one)) {
                kept.push(one);
            }
        }
        *said = kept;
    }
    all
}

/// What readers found of a value where they agree.
#[must_use]
pub fn settled(said: &[Said<'_>]) -> Option<Found> {
    let mut found = said.iter().map(|said| said.judged.found());
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// A time as it can be compared, RFC 3339 in UTC: to the second, and what follows it.
fn time<'w>(said: &Said<'w>) -> Option<(&'w str, &'w str)> {
    let at = said.judged.at.as_deref()?.strip_suffix('Z')?;
    Some((at.get(..19)?, at.get(19..)?))
}

fn order<'w>(said: &Said<'w>) -> (u8, &'w str) {
    (said.judged.found() as u8, said.judged.now.as_deref().unwrap_or_default())
}
