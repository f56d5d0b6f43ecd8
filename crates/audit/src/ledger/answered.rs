//! Findings that a person has answered: who puts a value right, or says that it is right, has seen what was doubted.

use seisho_model::Pointer;
use seisho_model::record::{Answered, Document, Finding};
use std::collections::BTreeMap;

/// Codes that are about more than the value at which they stand: a column of all goals.
const OF_MORE: [&str; 1] = ["M009"];

/// Marks the findings of a document, as it was read, that what was said of its values answers.
pub(super) fn mark(document: &mut Document, answers: &BTreeMap<Pointer, Answered>) {
    if answers.is_empty() {
        return;
    }
    let Document { findings, evidence, .. } = document;
    for finding in findings {
        finding.answered =
            answer(finding, answers, &|about| evidence.0.iter().map(|(at, _)| at).filter(|at| at.is_within(about)).collect());
    }
}

/// What answers a finding: what was said of its value, or of all values in what it is about. One about a whole record is
/// answered by no value, and one about the ledger itself (A003, A004) by nothing that the ledger says.
fn answer<'v>(finding: &Finding, answers: &BTreeMap<Pointer, Answered>, within: &dyn Fn(&Pointer) -> Vec<&'v Pointer>) -> Option<Answered> {
    let about = finding.pointer.as_ref().filter(|_| !finding.code.starts_with('A') && !OF_MORE.contains(&&*finding.code))?;
    if let Some(said) = answers.get(about) {
        return Some(said.clone());
    }
    if about.steps().count() == 0 || about.record().as_ref() == Some(about) {
        return None;
    }
    let values = within(about);
    if values.is_empty() {
        // It is about a part of a value, or about one that was not read and that a person entered.
        let is_of_it = |value: &Pointer| about.is_within(value) || value.is_within(about);
        return answers.iter().find(|(value, _)| is_of_it(value)).map(|(_, said)| said.clone());
    }
    let said: Option<Vec<&Answered>> = values.into_iter().map(|value| answers.get(value)).collect();
    said?.into_iter().min_by_key(|said| said.how).cloned()
}
