//! A value as the page shows it.

use crate::names::names;
use crate::rank::{Rank, Ranker};
use seisho_audit::gaps::{findings_of_gap, gaps, near, with_gaps};
use seisho_audit::ledger::{Anchor, anchors};
use seisho_audit::values::{Value, findings_of, squeezed};
use seisho_model::Pointer;
use seisho_model::codes::finding::{Message, Severity};
use seisho_model::reading::Trust;
use seisho_model::record::{Document, Finding, Place};
use serde::Serialize;
use std::collections::BTreeMap;

/// A value as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Which of the sheets its document is.
    pub sheet: usize,
    /// Its name in the document.
    pub pointer: Pointer,
    /// The record that it is of, and its field, for people.
    pub names: [Message; 2],
    /// What it says.
    pub text: String,
    /// What was read, where it was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Whether nothing was read, and nobody has entered anything since.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_missing: bool,
    /// As in the source.
    pub raw: String,
    /// How sure it is.
    pub confidence: Option<f64>,
    /// Where it stands.
    pub at: Vec<Spot>,
    /// What speaks against it.
    pub findings: Vec<Said>,
    /// What it could be instead.
    pub candidates: Vec<String>,
    /// How likely it is wrong.
    pub rank: Rank,
    /// Whether something spoke against it that a person has answered since.
    #[serde(skip)]
    pub is_settled: bool,
    /// By what it is known again; that of its document is the sheet's.
    pub anchor: Anchor,
    /// Where it belongs in a sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stratum: Option<String>,
}

/// A place as the page marks it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Spot {
    /// A box on a page, from 1, in points.
    Box {
        /// The page.
        page: u32,
        /// Left, top, right, bottom.
        r: [f64; 4],
    },
    /// Columns of a line, both from 1; one past the last.
    Line {
        /// The line.
        line: u32,
        /// From and to.
        c: [u32; 2],
    },
    /// Elsewhere, in words.
    Other {
        /// What to say.
        place: String,
    },
}

impl Spot {
    /// Its box, where it is on a page.
    #[must_use]
    pub fn on(&self, wanted: u32) -> Option<[f64; 4]> {
        match self {
            Self::Box { page, r } if *page == wanted => Some(*r),
            _ => None,
        }
    }
}

/// A finding as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// Its code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it says.
    pub message: Message,
}

/// The values of a document, in its order; those included that it has room for and that were not read.
#[must_use]
pub fn items(document: &Document, sheet: usize) -> Vec<Item> {
    let gaps = gaps(document);
    let values = with_gaps(document, &gaps);
    let anchors = anchors(document, &values);
    let read: Vec<Value<'_>> = values.iter().filter(|v| v.is_read()).cloned().collect();
    let ranker = Ranker::of(document, &read);
    // What was not read stands behind what was read of its record: in a stable sort, with the place of the last of it.
    let last: BTreeMap<Option<Pointer>, usize> = read.iter().enumerate().map(|(at, value)| (value.pointer.record(), at)).collect();
    let mut past = 0;
    let mut place = |value: &Value<'_>| {
        past += usize::from(value.is_read());
        if value.is_read() { past - 1 } else { last.get(&value.pointer.record()).copied().unwrap_or(0) }
    };
    let pairs = values.iter().zip(anchors);
    let mut found: Vec<(usize, Item)> =
        pairs.map(|(value, anchor)| (place(value), item(document, sheet, value, anchor, &ranker))).collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, item)| item).collect()
}

fn item(document: &Document, sheet: usize, value: &Value<'_>, anchor: Anchor, ranker: &Ranker<'_>) -> Item {
    let at = if value.is_read() { value.evidence.at.clone() } else { near(document, value.pointer) };
    let findings = if value.is_read() {
        findings_of(document, value.pointer).map(said).collect()
    } else {
        findings_of_gap(document, value.pointer).map(said).collect()
    };
    Item {
        sheet,
        pointer: value.pointer.clone(),
        names: names(document, value.pointer),
        text: value.text.clone(),
        was: (value.read != value.text).then(|| value.read.clone()),
        is_missing: !value.is_read() && value.text.is_empty(),
        raw: value.evidence.raw.clone(),
        confidence: value.evidence.confidence,
        at: at.iter().map(spot).collect(),
        findings,
        candidates: candidates(document, value),
        rank: ranker.rank(value),
        is_settled: ranker.is_settled(value),
        anchor,
        stratum: None,
    }
}

fn said(finding: &Finding) -> Said {
    Said { code: finding.code.clone(), severity: finding.severity, message: finding.message.clone() }
}

fn spot(place: &Place) -> Spot {
    match place {
        Place::Box(place) => {
            let r = [place.rect.x0, place.rect.y0, place.rect.x1, place.rect.y1].map(|p| p.points());
            Spot::Box { page: place.page, r }
        }
        Place::Line(place) => Spot::Line { line: place.line, c: place.columns },
        Place::Cell(place) => Spot::Other { place: format!("{} {}", place.sheet, place.cell) },
        Place::Bytes(place) => Spot::Other { place: format!("{}–{}", place.bytes[0], place.bytes[1]) },
    }
}

/// What a value could be instead: what findings suggest, and what was read before anything was guessed.
fn candidates(document: &Document, value: &Value<'_>) -> Vec<String> {
    let mut found: Vec<String> = findings_of(document, value.pointer).filter_map(|f| f.suggestion.clone()).collect();
    found.extend(without_guesses(value));
    let mut seen = vec![squeezed(&value.text)];
    found.retain(|candidate| {
        let key = squeezed(candidate);
        let is_new = !key.is_empty() && !seen.contains(&key);
        seen.push(key);
        is_new
    });
    // One for each key.
    found.truncate(9);
    found
}

/// The value with what was read where something was guessed.
fn without_guesses(value: &Value<'_>) -> Option<String> {
    let edits = &value.evidence.edits;
    edits.iter().any(|e| e.trust == Trust::Guess).then_some(())?;
    let raw = &value.evidence.raw;
    let (mut text, mut at) = (String::new(), 0);
    for edit in edits {
        let [from, to] = edit.raw.map(|byte| byte as usize);
        text.push_str(raw.get(at..from)?);
        text.push_str(if edit.trust == Trust::Guess { &edit.before } else { &edit.after });
        at = to;
    }
    text.push_str(raw.get(at..)?);
    Some(text)
}
