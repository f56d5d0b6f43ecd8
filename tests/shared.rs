//! The material beside the repository: real documents whose truth is known. Skipped, and said so, where it
//! is absent; CI has it. How many fields are right is checked by `.ci/accuracy`. Scans are read with the recorded answers
//! of the net: what is lost does not depend on what an engine says.

use crate::net::{Set, sets};
use crate::support::shared;

/// A set of documents and how many it holds at least.
fn set(name: &str, at_least: usize) -> &'static Set {
    let set = sets().iter().find(|set| set.name == name).unwrap_or_else(|| panic!("{name} is not converted"));
    assert!(set.documents.len() >= at_least, "{name}: {} documents", set.documents.len());
    set
}

#[test]
fn nothing_is_lost_or_doubled_in_seeds_and_corpus() {
    if shared().is_none() {
        return;
    }
    assert_eq!(set("seeds", 5).code, 0, "every seed is read");
    for set in [set("seeds", 5), set("corpus", 14), set("real", 1)] {
        for (path, document) in &set.documents {
            for finding in document["findings"].as_array().expect("findings") {
                assert!(finding["code"] != "A001" && finding["code"] != "A002" && finding["code"] != "I001", "{path}: {finding}");
            }
        }
    }
}

/// In exports, where nothing is lost, nothing may be left unread either.
#[test]
fn exports_leave_nothing_unread() {
    if shared().is_none() {
        return;
    }
    for (path, document) in set("seeds", 5).documents.iter().filter(|(path, _)| !path.starts_with("004")) {
        let unread: Vec<_> = document["remainder"].as_array().expect("remainder").iter().filter(|r| r["role"] == "unread").collect();
        assert!(unread.is_empty(), "{path}: {unread:?}");
    }
}
