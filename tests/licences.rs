//! What dependencies bring: the licences that deny.toml allows, asked of `cargo metadata`, so that it is also known where
//! cargo-deny is not installed.

use crate::support::{read, top};
use serde_json::Value;
use std::process::Command;

#[test]
fn every_dependency_bears_a_licence_that_is_allowed() {
    let allowed = allowed();
    let packages = packages();
    assert!(packages.len() > 100, "the dependencies are not there");
    for package in &packages {
        let licence = package["license"].as_str().unwrap_or_else(|| panic!("{} names no licence", package["name"]));
        assert!(may_come_in(licence, &allowed), "{}: {licence} is not in deny.toml", package["name"]);
    }
    assert!(!may_come_in("GPL-3.0-only", &allowed) && !may_come_in("MIT AND GPL-3.0-only", &allowed));
}

#[test]
fn the_project_is_under_the_licences_whose_texts_it_bears() {
    let ours = packages().into_iter().filter(|p| p["name"].as_str().is_some_and(|name| name.starts_with("seisho")));
    for package in ours {
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{}", package["name"]);
    }
    let text = |name: &str| String::from_utf8(read(&top().join(name))).expect("UTF-8");
    assert!(text("LICENSE-MIT").contains("Permission is hereby granted") && text("LICENSE-APACHE").contains("Apache License"));
    assert!(text("NOTICE").contains("mecab-ipadic") && text("NOTICE").contains("Noto Serif CJK JP"));
}

/// The licences of `allow` in deny.toml.
fn allowed() -> Vec<String> {
    let text = String::from_utf8(read(&top().join("deny.toml"))).expect("UTF-8");
    let list = text.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("a list of licences");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// All crates that are built here.
fn packages() -> Vec<Value> {
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", &host]).current_dir(top());
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

/// Whether one way to read the licence is allowed: each part of its `AND`s, by one of its `OR`s. `/` is the old `OR`.
fn may_come_in(licence: &str, allowed: &[String]) -> bool {
    let plain = licence.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" AND ").all(|part| part.split(" OR ").any(|one| allowed.iter().any(|a| a == one.trim())))
}
