//! What changed between two runs over the same files, and why, as far as the results say it.

use crate::values::values;
use seisho_model::Pointer;
use seisho_model::record::Document;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A value that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The value.
    pub pointer: Pointer,
    /// What it said; none where it is new.
    pub was: Option<String>,
    /// What it says; none where it is gone.
    pub now: Option<String>,
    /// Why: `corrected`, `correction-gone`, `read-otherwise` (the raw text is another), `mended-otherwise` (the same raw text).
    pub why: &'static str,
}

/// Values that differ between two results of one file.
#[must_use]
pub fn changes(before: &Document, after: &Document) -> Vec<Change> {
    let [old, new] =
        [before, after].map(|document| values(document).into_iter().map(|v| (v.pointer.as_str(), v)).collect::<BTreeMap<_, _>>());
    let mut found = Vec::new();
    for (name, value) in &old {
        let now = new.get(name);
        if now.is_none_or(|now| now.text != value.text) {
            let why = match now {
                Some(now) if after.corrections.contains_key(now.pointer) => "corrected",
                Some(_) if before.corrections.contains_key(value.pointer) => "correction-gone",
                Some(now) if now.evidence.raw == value.evidence.raw => "mended-otherwise",
                _ => "read-otherwise",
            };
            found.push(Change { pointer: value.pointer.clone(), was: Some(value.text.clone()), now: now.map(|v| v.text.clone()), why });
        }
    }
    let fresh = new.iter().filter(|(name, _)| !old.contains_key(*name)).map(|(_, value)| value);
    found.extend(fresh.map(|v| Change { pointer: v.pointer.clone(), was: None, now: Some(v.text.clone()), why: "read-otherwise" }));
    found.sort_by(|a, b| a.pointer.as_str().cmp(b.pointer.as_str()));
    found
}

/// What differs between two `run.json`: names with both values. Times, counts and places on the disk are left out.
#[must_use]
pub fn options(before: &Value, after: &Value) -> Vec<(String, String, String)> {
    const OF_NO_MATTER: [&str; 12] =
        ["started", "finished", "seconds", "jobs", "inputs", "totals", "unchanged", "strays", "shard", "written", "edited", "listed"];
    let [old, new] = [before, after].map(|run| {
        let mut all = BTreeMap::new();
        leaves(run, "", &OF_NO_MATTER, &mut all);
        all
    });
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let of = |all: &BTreeMap<String, String>, name: &String| all.get(name).cloned().unwrap_or_else(|| "-".to_owned());
    names.into_iter().map(|name| (name.clone(), of(&old, name), of(&new, name))).filter(|(_, a, b)| a != b).collect()
}

fn leaves(value: &Value, at: &str, without: &[&str], all: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !without.contains(&name.as_str())) {
                leaves(value, &if at.is_empty() { name.clone() } else { format!("{at}.{name}") }, without, all);
            }
        }
        other => {
            all.insert(at.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::document;
    use serde_json::json;

    #[test]
    fn a_change_says_whether_the_source_was_read_otherwise() {
        let (before, mut after) = (document(&["点険を実施"]), document(&["点検を実施"]));
        assert_eq!(changes(&before, &after)[0].why, "read-otherwise");
        after.evidence.0[0].1.raw = "点険を実施".to_owned();
        let found = changes(&before, &after);
        assert_eq!((found[0].why, found[0].now.as_deref(), found.len()), ("mended-otherwise", Some("点検を実施"), 1));
        assert_eq!(changes(&before, &before), []);
    }

    #[test]
    fn options_of_two_runs_differ_by_name() {
        let run = |version: &str, joins: bool| json!({ "program_version": version, "seconds": 1.5, "options": { "page_joins": joins, "jobs": 2 } });
        assert_eq!(options(&run("1", true), &run("1", true)), []);
        assert_eq!(options(&run("1", true), &run("2", false)).len(), 2);
    }
}
