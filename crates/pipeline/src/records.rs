//! A document as lines for other systems, and what it holds in numbers.

use seisho_model::output::{Counts, GoalRecord, ProvisionRecord, Record, RecordHead, RecordType};
use seisho_model::record::{Document, Provision};
use std::collections::{BTreeMap, BTreeSet};

/// One record a goal or provision, in order.
#[must_use]
pub fn records(document: &Document) -> Vec<Record> {
    let mut records = Vec::with_capacity(document.goals.len() + document.sections.len());
    let codes = codes(document);
    for (index, goal) in document.goals.iter().enumerate() {
        let pointer = format!("/goals/{index}");
        let findings = codes_of(&codes, &pointer);
        let head = head(document, &pointer, RecordType::Goal);
        records.push(Record::Goal(Box::new(GoalRecord { head, goal: goal.clone(), findings })));
    }
    let mut path = Vec::new();
    provisions(document, &codes, &document.sections, "/sections", &mut path, &mut records);
    records
}

fn provisions(document: &Document, codes: &Codes<'_>, list: &[Provision], parent: &str, path: &mut Vec<String>, records: &mut Vec<Record>) {
    for (index, provision) in list.iter().enumerate() {
        let pointer = format!("{parent}/{index}");
        path.push(provision.label.clone());
        records.push(Record::Provision(Box::new(ProvisionRecord {
            head: head(document, &pointer, RecordType::Provision),
            path: path.clone(),
            text: provision.text.clone(),
            body: provision.body.clone(),
            findings: codes_of(codes, &pointer),
        })));
        provisions(document, codes, &provision.children, &format!("{pointer}/children"), path, records);
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

/// Codes of findings by the pointer of the record that they are about.
type Codes<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

fn codes(document: &Document) -> Codes<'_> {
    let mut codes = Codes::new();
    for finding in &document.findings {
        if let Some(record) = finding.pointer.as_deref().and_then(record_of) {
            codes.entry(record).or_default().insert(&finding.code);
        }
    }
    codes
}

fn codes_of(codes: &Codes<'_>, record: &str) -> Vec<String> {
    codes.get(record).into_iter().flatten().map(|&code| code.to_owned()).collect()
}

/// The record that a value belongs to: `/goals/3/item` is of `/goals/3`, `/sections/0/children/2/text` of
/// `/sections/0/children/2`. A provision's children are records of their own.
fn record_of(pointer: &str) -> Option<&str> {
    let numbered = |rest: &str, list: &str| {
        let number = rest.strip_prefix(list)?.split('/').next()?;
        Some(list.len() + number.len())
    };
    let mut len = numbered(pointer, "/goals/").or_else(|| numbered(pointer, "/sections/"))?;
    while let Some(child) = numbered(&pointer[len..], "/children/") {
        len += child;
    }
    Some(&pointer[..len])
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

#[cfg(test)]
mod tests {
    use super::record_of;

    #[test]
    fn a_value_belongs_to_the_innermost_record() {
        assert_eq!(record_of("/goals/3"), Some("/goals/3"));
        assert_eq!(record_of("/goals/12/target/0"), Some("/goals/12"));
        assert_eq!(record_of("/sections/0/children/2/text"), Some("/sections/0/children/2"));
        assert_eq!(record_of("/sections/1/body/0"), Some("/sections/1"));
        assert_eq!(record_of("/dates/issued/0"), None);
    }
}
