//! What the documents of a batch hold, and what was found in them.

use crate::values::{is_doubted, values};
use seisho_model::codes::finding::Severity;
use seisho_model::record::{Document, Evidence, Place};
use seisho_model::{Code, is_visible};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the documents of a batch hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Their values.
    pub values: u64,
    /// Values that anything speaks against.
    pub doubted: u64,
    /// The characters of the sources, each once.
    pub balance: Balance,
    /// Findings by code.
    pub findings: BTreeMap<String, Kind>,
    /// Values and doubted ones by form.
    pub forms: BTreeMap<String, [u64; 2]>,
    /// Pages with the most doubted values, the worst first.
    pub weak: Vec<Weak>,
}

/// The characters of the sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// In values.
    pub values: u64,
    /// In the remainder, by role.
    pub remainder: BTreeMap<String, u64>,
    /// Documents of which some characters are nowhere, or held twice (A001, A002).
    pub unbalanced: u64,
}

/// Findings of a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// What it means.
    pub title: String,
    /// Errors, warnings, notes.
    pub by_severity: [u64; 3],
}

/// A page that needs a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weak {
    /// Path of the source.
    pub path: String,
    /// The page, from 1; 0 where the source has none.
    pub page: u32,
    /// Its doubted values.
    pub doubted: u64,
}

/// So many pages are named.
const NAMED: usize = 20;

impl Summary {
    /// Adds a document.
    pub fn add(&mut self, document: &Document) {
        let form = document.profile.as_ref().map_or(document.kind.name(), |p| p.id.as_str()).to_owned();
        let mut pages: BTreeMap<u32, u64> = BTreeMap::new();
        for value in values(document) {
            self.values += 1;
            let counts = self.forms.entry(form.clone()).or_default();
            counts[0] += 1;
            if is_doubted(document, &value) {
                self.doubted += 1;
                counts[1] += 1;
                *pages.entry(page_of(value.evidence)).or_default() += 1;
            }
        }
        self.weak.extend(pages.into_iter().map(|(page, doubted)| Weak { path: document.source.document(), page, doubted }));
        self.weak.sort_by(|a, b| (b.doubted, &a.path, a.page).cmp(&(a.doubted, &b.path, b.page)));
        self.weak.truncate(NAMED);
        for finding in &document.findings {
            let kind = self.findings.entry(finding.code.clone()).or_default();
            kind.title = Code::named(&finding.code).map(|c| c.entry().title().ja).unwrap_or_default();
            kind.by_severity[match finding.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Info => 2,
            }] += 1;
        }
        self.balance.add(document);
    }
}

impl Balance {
    fn add(&mut self, document: &Document) {
        let visible = |text: &str| text.chars().filter(|c| is_visible(*c)).count() as u64;
        // What several values share, a merged cell, is one text of the source.
        let texts: BTreeSet<(&[Place], &str)> = document.evidence.0.iter().map(|(_, e)| (e.at.as_slice(), e.raw.as_str())).collect();
        self.values += texts.into_iter().map(|(_, raw)| visible(raw)).sum::<u64>();
        for left in &document.remainder {
            *self.remainder.entry(left.role.name().to_owned()).or_default() += visible(&left.text);
        }
        let is_unbalanced = |code: &str| code == Code::A001.name() || code == Code::A002.name();
        self.unbalanced += u64::from(document.findings.iter().any(|f| is_unbalanced(&f.code)));
    }
}

fn page_of(evidence: &Evidence) -> u32 {
    match evidence.at.first() {
        Some(Place::Box(place)) => place.page,
        _ => 0,
    }
}
