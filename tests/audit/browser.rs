//! The page of the review in real browsers: walked by keys, reloaded in the middle, its work saved and read back; and the pages that
//! are only read.

use crate::print::tools::{has_module, program, python_program};
use crate::support::{convert, read, seisho, top};
use seisho_audit::work::Work;
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Chromium and Firefox, as they are installed.
pub(super) fn browsers() -> Vec<PathBuf> {
    let all = [&["chromium", "chromium-browser", "google-chrome"][..], &["firefox-esr", "firefox"]];
    let (found, missing): (Vec<_>, Vec<_>) = all.into_iter().map(|names| (names, program(names))).partition(|(_, p)| p.is_some());
    let has_driver = has_module("playwright");
    if !missing.is_empty() || !has_driver {
        let missing: Vec<_> = missing.iter().map(|(names, _)| names[0]).collect();
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "not installed: {missing:?}, or playwright ({has_driver})");
        eprintln!("skipped: not installed: {missing:?}, or playwright ({has_driver})");
    }
    found.into_iter().filter_map(|(_, program)| program.filter(|_| has_driver)).collect()
}

/// Runs a script of this folder in a browser.
pub(super) fn script(name: &str, browser: &Path, args: &[PathBuf]) {
    let mut command = Command::new(python_program());
    let output = command.arg(top().join("tests/audit").join(name)).arg(browser).args(args).output().expect("python starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{} {said}\n{}", browser.display(), String::from_utf8_lossy(&output.stderr));
    eprintln!("{} {said}", browser.display());
}

#[test]
fn two_hundred_values_are_walked_by_keys_and_come_back_into_the_ledger() {
    let inputs = top().join("fixtures/documents");
    let converted = convert(&[&inputs]);
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let made = seisho(&[OsString::from("review"), converted.folder.path().into(), "--all".into(), "--to".into(), at("page").into()]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    for browser in browsers() {
        let name = |ending: &str| at(&format!("{}.{ending}", browser.file_name().unwrap_or_default().to_string_lossy()));
        script("walk.py", &browser, &[at("page/index.html"), name("json"), name("png")]);
        let work: Work = serde_json::from_slice(&read(&name("json"))).expect("a work");
        assert_eq!((work.items.len(), work.reader.as_str()), (200, "山田"));
        let ledger = name("jsonl");
        let added =
            seisho(&["audit".into(), "corrections".into(), name("json").into_os_string(), "--to".into(), ledger.clone().into_os_string()]);
        assert!(added.stdout.contains("20 corrections added"), "{} {}", added.stdout, added.stderr);
        let done = convert(&[inputs.as_os_str(), "--corrections".as_ref(), ledger.as_os_str()]);
        let run: Value = serde_json::from_slice(&read(&done.folder.path().join("run.json"))).expect("JSON");
        let laid = run["corrections"]["by_source"].as_u64().unwrap_or(0);
        let unread = run["corrections"]["listed"].as_array().map_or(0, Vec::len) as u64;
        assert_eq!(laid + unread, 20, "{run:#}");
    }
}

#[test]
fn the_report_and_the_comparison_ask_for_nothing_and_complain_of_nothing() {
    let converted = convert(&[top().join("fixtures/documents")]);
    let out = converted.folder.path().as_os_str().to_owned();
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name).into_os_string();
    let run = |args: &[OsString]| {
        let done = seisho(args);
        assert!(done.code == 0, "{args:?}: {} {}", done.stdout, done.stderr);
    };
    run(&["audit".into(), "plan".into(), out.clone(), "--rate".into(), "5%".into(), "--to".into(), at("plan.json")]);
    run(&["audit".into(), "report".into(), out.clone(), "--plan".into(), at("plan.json"), "--to".into(), at("report.html")]);
    run(&["audit".into(), "compare".into(), out.clone(), out, "--html".into(), at("compare.html")]);
    for browser in browsers() {
        script("look.py", &browser, &[at("report.html").into(), at("compare.html").into()]);
    }
}
