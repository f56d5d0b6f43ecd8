//! The material beside the repository: real documents whose truth is known. Skipped, and said so, where it
//! is absent; CI has it. How many fields are right is checked by `.ci/accuracy`.

use crate::support::{Converted, convert, shared};

fn assert_nothing_lost(converted: &Converted, at_least: usize) {
    let documents = converted.documents();
    assert!(documents.len() >= at_least, "{} documents", documents.len());
    for (path, document) in documents {
        for finding in document["findings"].as_array().expect("findings") {
            assert!(finding["code"] != "A001" && finding["code"] != "A002" && finding["code"] != "I001", "{path}: {finding}");
        }
    }
}

#[test]
fn nothing_is_lost_or_doubled_in_seeds_and_corpus() {
    let Some(shared) = shared() else { return };
    let seeds = convert(&[shared.join("seeds")]);
    assert_eq!(seeds.outcome.code, 0, "{}", seeds.outcome.stderr);
    assert_nothing_lost(&seeds, 5);
    assert_nothing_lost(&convert(&[shared.join("corpus")]), 14);
}

/// In exports, where nothing is lost, nothing may be left unread either.
#[test]
fn exports_leave_nothing_unread() {
    let Some(shared) = shared() else { return };
    let converted = convert(&[shared.join("seeds")]);
    for (path, document) in converted.documents().into_iter().filter(|(path, _)| !path.starts_with("004")) {
        let unread: Vec<_> = document["remainder"].as_array().expect("remainder").iter().filter(|r| r["role"] == "unread").collect();
        assert!(unread.is_empty(), "{path}: {unread:?}");
    }
}
