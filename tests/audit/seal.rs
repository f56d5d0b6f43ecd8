//! What was signed, and all that it speaks of: a change of any of it after signing is said by its name.

use super::review::work;
use super::{corrections_of, document, write_ledger};
use crate::support::{Outcome, convert, fixtures, read, seisho};
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn run(args: &[&dyn AsRef<std::ffi::OsStr>]) -> Outcome {
    seisho(&args.iter().map(|a| a.as_ref().to_owned()).collect::<Vec<OsString>>())
}

/// A folder with everything that a report is made of: results, plan, work, ledger, page and twin.
struct Signed(TempDir);

impl Signed {
    fn new() -> Self {
        let signed = Self(TempDir::new().expect("a folder"));
        let at = |name: &str| signed.at(name);
        let file = fixtures().join("documents/goals-ruled.pdf");
        let read = convert(&[&file]);
        let lines = corrections_of(&document(read.folder.path(), "goals-ruled.pdf"));
        let ledger = write_ledger(signed.0.path(), &lines[lines.len() - 1..]);
        let made = run(&[&"convert", &file, &"--out", &at("out"), &"--corrections", &ledger, &"--quiet"]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        run(&[&"audit", &"plan", &at("out"), &"--rate", &"20%", &"--to", &at("plan.json")]);
        run(&[&"review", &at("out"), &"--sample", &at("plan.json"), &"--to", &at("page.html")]);
        std::fs::write(at("work.json"), work(&at("page.html"), &|_| ("right", None)).to_string()).expect("a work");
        let made = run(&[
            &"audit",
            &"report",
            &at("out"),
            &"--plan",
            &at("plan.json"),
            &"--work",
            &at("work.json"),
            &"--corrections",
            &ledger,
            &"--to",
            &at("report.html"),
        ]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        signed
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn verify(&self) -> Outcome {
        run(&[&"audit", &"verify", &self.at("report.json"), &"--results", &self.at("out")])
    }
}

fn replaced(file: &Path, from: &str, to: &str) {
    let text = String::from_utf8(read(file)).expect("UTF-8");
    assert!(text.contains(from), "{}: {from}", file.display());
    std::fs::write(file, text.replacen(from, to, 1)).expect("a change");
}

#[test]
fn every_file_that_was_signed_is_missed_or_seen_to_have_changed_by_its_name() {
    let signed = Signed::new();
    assert_eq!(signed.verify().code, 0, "{}", signed.verify().stdout);
    let files = [
        "report.html",
        "report.json",
        "plan.json",
        "work.json",
        "corrections.jsonl",
        "out/records.jsonl",
        "out/manifest.jsonl",
        "out/run.json",
        "out/documents/goals-ruled.pdf.json",
    ];
    for name in files {
        let file = signed.at(name);
        let kept = read(&file);
        std::fs::write(&file, [kept.as_slice(), b"\n"].concat()).expect("a change");
        let shown = name.strip_prefix("out/").unwrap_or(name);
        let said = signed.verify();
        assert!(said.code == 1 && said.stdout.contains(shown) && said.stdout.contains("changed"), "{name}: {}", said.stdout);
        std::fs::remove_file(&file).expect("it is there");
        let said = signed.verify();
        // Without the twin nothing can be held against anything.
        let is_said = if name == "report.json" { said.code == 2 } else { said.code == 1 && said.stdout.contains("is gone") };
        assert!(is_said && format!("{}{}", said.stdout, said.stderr).contains(shown), "{name}: {} {}", said.stdout, said.stderr);
        std::fs::write(&file, kept).expect("as it was");
        assert_eq!(signed.verify().code, 0, "{name}: {}", signed.verify().stdout);
    }
}

#[test]
fn a_page_that_says_otherwise_and_a_document_that_was_added_are_seen() {
    let signed = Signed::new();
    let page = read(&signed.at("report.html"));
    replaced(&signed.at("report.html"), "合格", "不合格");
    let said = signed.verify();
    assert!(said.code == 1 && said.stdout.contains("report.html: changed"), "{}", said.stdout);
    // Another seal, or none, is printed.
    std::fs::write(signed.at("report.html"), &page).expect("as it was");
    let twin: Value = serde_json::from_slice(&read(&signed.at("report.json"))).expect("JSON");
    replaced(&signed.at("report.html"), twin["seal"].as_str().expect("a seal"), &"0".repeat(64));
    assert!(signed.verify().stdout.contains("report.html: changed"), "{}", signed.verify().stdout);
    std::fs::write(signed.at("report.html"), &page).expect("as it was");
    std::fs::copy(signed.at("out/documents/goals-ruled.pdf.json"), signed.at("out/documents/more.json")).expect("a document");
    let said = signed.verify();
    assert!(said.code == 1 && said.stdout.contains("documents/more.json: was not there"), "{}", said.stdout);
    std::fs::remove_file(signed.at("out/documents/more.json")).expect("it is there");
    // What the program keeps for itself is not signed.
    std::fs::write(signed.at("out/.seisho/note"), "x").expect("a file");
    assert_eq!(signed.verify().code, 0);
}

#[test]
fn a_page_is_verified_by_its_twin_and_results_may_be_moved() {
    let signed = Signed::new();
    let by_page = || run(&[&"audit", &"verify", &signed.at("report.html")]);
    assert_eq!(by_page().code, 0, "{} {}", by_page().stdout, by_page().stderr);
    std::fs::rename(signed.at("out"), signed.at("elsewhere")).expect("moved");
    let gone = by_page();
    assert!(gone.code == 1 && gone.stdout.contains("--results DIR"), "{}", gone.stdout);
    let moved = run(&[&"audit", &"verify", &signed.at("report.html"), &"--results", &signed.at("elsewhere")]);
    assert_eq!(moved.code, 0, "{} {}", moved.stdout, moved.stderr);
    std::fs::remove_file(signed.at("report.json")).expect("it is there");
    let alone = by_page();
    assert!(alone.code == 2 && alone.stderr.contains("the twin of"), "{} {}", alone.stdout, alone.stderr);
}

#[test]
fn a_report_that_was_sealed_before_can_still_be_verified_and_says_what_it_does_not_cover() {
    let signed = Signed::new();
    let mut old: seisho_audit::report::Report = serde_json::from_slice(&read(&signed.at("report.json"))).expect("a report");
    old.format = seisho_audit::report::FIRST_FORMAT.to_owned();
    (old.bound, old.page, old.results_at) = (Vec::new(), None, String::new());
    old.seal = seisho_audit::report::seal(&old);
    let text = serde_json::to_string_pretty(&old).expect("JSON") + "\n";
    assert!(!text.contains("\"bound\"") && !text.contains("results_at"), "as the format was: {text}");
    std::fs::write(signed.at("report.json"), text).expect("a report");
    std::fs::remove_file(signed.at("report.html")).expect("it is there");
    let said = signed.verify();
    assert!(said.code == 0 && said.stdout.contains("format 1") && said.stdout.contains("records.jsonl"), "{}", said.stdout);
    replaced(&signed.at("out/documents/goals-ruled.pdf.json"), "立地", "立他");
    assert!(signed.verify().stdout.contains("the result of goals-ruled.pdf changed"), "{}", signed.verify().stdout);
}
