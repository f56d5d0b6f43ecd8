//! A document as lines for other systems, and what it holds in numbers.

use seisho_model::Pointer;
use seisho_model::output::{Counts, GoalRecord, ProvisionRecord, Record, RecordHead, RecordType};
use seisho_model::record::{Document, Provision};
use std::collections::{BTreeMap, BTreeSet};

/// One record a goal or provision, in order.
#[must_use]
pub fn records(document: &Document) -> Vec<Record> {
    let mut records = Vec::with_capacity(document.goals.len() + document.sections.len());
    let codes = codes(document);
    for (index, goal) in document.goals.iter().enumerate() {
        let pointer = Pointer::goal(index);
        let findings = codes_of(&codes, &pointer);
        let head = head(document, &pointer, RecordType::Goal);
        records.push(Record::Goal(Box::new(GoalRecord { head, goal: goal.clone(), findings })));
    }
    let mut path = Vec::new();
    provisions(document, &codes, &document.sections, &Pointer::section, &mut path, &mut records);
    records
}

/// Records of a list of provisions and of those below them; `named` gives the pointer of the one at an index.
fn provisions(
    document: &Document,
    codes: &Codes<'_>,
    list: &[Provision],
    named: &dyn Fn(usize) -> Pointer,
    path: &mut Vec<String>,
    records: &mut Vec<Record>,
) {
    for (index, provision) in list.iter().enumerate() {
        let pointer = named(index);
        path.push(provision.label.clone());
        records.push(Record::Provision(Box::new(ProvisionRecord {
            head: head(document, &pointer, RecordType::Provision),
            path: path.clone(),
            text: provision.text.clone(),
            body: provision.body.clone(),
            findings: codes_of(codes, &pointer),
        })));
        provisions(document, codes, &provision.children, &|child| pointer.clone().child(child), path, records);
        path.pop();
    }
}

fn head(document: &Document, pointer: &Pointer, record_type: RecordType) -> RecordHead {
    RecordHead {
        record_id: format!("{}{pointer}", &document.source.sha256[..16]),
        record_type,
        source_path: document.source.path.clone(),
        source_sha256: document.source.sha256.clone(),
        kind: document.kind,
        title: document.title.clone(),
        fiscal_year: document.fiscal_year.as_ref().map(|y| y.gregorian),
        issued: document.dates.issued.iter().find_map(|d| d.iso.clone()),
        department: document.department.clone(),
        authors: document.authors.clone(),
    }
}

/// Codes of findings by the pointer of the record that they are about.
type Codes<'d> = BTreeMap<Pointer, BTreeSet<&'d str>>;

fn codes(document: &Document) -> Codes<'_> {
    let mut codes = Codes::new();
    for finding in &document.findings {
        if let Some(record) = finding.pointer.as_ref().and_then(Pointer::record) {
            codes.entry(record).or_default().insert(&finding.code);
        }
    }
    codes
}

fn codes_of(codes: &Codes<'_>, record: &Pointer) -> Vec<String> {
    codes.get(record).into_iter().flatten().map(|&code| code.to_owned()).collect()
}

/// What a document holds, in numbers.
#[must_use]
pub fn counts(document: &Document) -> Counts {
    let mut counts = Counts {
        pages: document.source.pages.map_or(0, u64::from),
        goals: document.goals.len() as u64,
        provisions: count(&document.sections),
        tables: document.tables.len() as u64,
        ..Counts::default()
    };
    for finding in &document.findings {
        *counts.findings.entry(finding.code.clone()).or_default() += 1;
    }
    counts
}

fn count(provisions: &[Provision]) -> u64 {
    provisions.iter().map(|p| 1 + count(&p.children)).sum()
}
