//! The page of the review in a real browser: walked by keys, reloaded in the middle, its work saved and read back.

use crate::print::tools::{has_module, program, python_program};
use crate::support::{convert, read, seisho, top};
use seisho_audit::work::Work;
use serde_json::Value;
use std::ffi::OsString;
use std::process::Command;
use tempfile::TempDir;

#[test]
fn two_hundred_values_are_walked_by_keys_and_come_back_into_the_ledger() {
    let Some(browser) = program(&["chromium", "chromium-browser", "google-chrome"]).filter(|_| has_module("playwright")) else {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "chromium or playwright is not installed");
        eprintln!("skipped: chromium or playwright is not installed");
        return;
    };
    let inputs = top().join("fixtures/documents");
    let converted = convert(&[&inputs]);
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let made = seisho(&[OsString::from("review"), converted.folder.path().into(), "--all".into(), "--to".into(), at("page").into()]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let script = top().join("tests/audit/walk.py");
    let output =
        Command::new(python_program()).arg(script).args([at("page/index.html"), at("work.json"), browser]).output().expect("python starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    eprintln!("{said}");
    let work: Work = serde_json::from_slice(&read(&at("work.json"))).expect("a work");
    assert_eq!((work.items.len(), work.reader.as_str()), (200, "山田"));
    let ledger = at("corrections.jsonl");
    let added =
        seisho(&["audit".into(), "corrections".into(), at("work.json").into_os_string(), "--to".into(), ledger.clone().into_os_string()]);
    assert!(added.stdout.contains("20 corrections added"), "{} {}", added.stdout, added.stderr);
    let done = convert(&[inputs.as_os_str(), "--corrections".as_ref(), ledger.as_os_str()]);
    let run: Value = serde_json::from_slice(&read(&done.folder.path().join("run.json"))).expect("JSON");
    let laid = run["corrections"]["by_source"].as_u64().unwrap_or(0);
    let unread = run["corrections"]["listed"].as_array().map_or(0, Vec::len) as u64;
    assert_eq!(laid + unread, 20, "{run:#}");
}
