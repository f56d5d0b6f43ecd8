//! A document as lines for other systems, and what it holds in numbers.

use seisho_model::output::{Counts, GoalRecord, ProvisionRecord, Record, RecordHead, RecordType};
use seisho_model::record::{Document, Provision};
use std::collections::BTreeSet;

/// One record a goal or provision, in order.
#[must_use]
pub fn records(document: &Document) -> Vec<Record> {
    let mut records = Vec::with_capacity(document.goals.len() + document.sections.len());
    for (index, goal) in document.goals.iter().enumerate() {
        let pointer = format!("/goals/{index}");
        let findings = codes(document, &pointer, false);
        let head = head(document, &pointer, RecordType::Goal);
        records.push(Record::Goal(Box::new(GoalRecord { head, goal: goal.clone(), findings })));
    }
    let mut path = Vec::new();
    provisions(document, &document.sections, "/sections", &mut path, &mut records);
    records
}

fn provisions(document: &Document, list: &[Provision], parent: &str, path: &mut Vec<String>, records: &mut Vec<Record>) {
    for (index, provision) in list.iter().enumerate() {
        let pointer = format!("{parent}/{index}");
        path.push(provision.label.clone());
        records.push(Record::Provision(Box::new(ProvisionRecord {
            head: head(document, &pointer, RecordType::Provision),
            path: path.clone(),
            text: provision.text.clone(),
            body: provision.body.clone(),
            findings: codes(document, &pointer, true),
        })));
        provisions(document, &provision.children, &format!("{pointer}/children"), path, records);
        path.pop();
    }
}

fn head(document: &Document, pointer: &str, record_type: RecordType) -> RecordHead {
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

/// Codes of the findings about a record. A provision's children are records of their own.
fn codes(document: &Document, pointer: &str, without_children: bool) -> Vec<String> {
    let is_about = |p: &str| {
        p.strip_prefix(pointer)
            .is_some_and(|rest| (rest.is_empty() || rest.starts_with('/')) && !(without_children && rest.starts_with("/children")))
    };
    let found = document.findings.iter().filter(|f| f.pointer.as_deref().is_some_and(is_about));
    found.map(|f| f.code.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What a document holds, in numbers.
#[must_use]
pub fn counts(document: &Document) -> Counts {
    let mut counts = Counts {
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
