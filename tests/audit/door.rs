//! Audits write under new names, or over what they wrote before of the same kind; nothing else is overwritten.

use super::review::work;
use crate::print::tools::{has_module, python_program};
use crate::support::{Outcome, fixtures, read, seisho, top};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn run(args: &[&dyn AsRef<std::ffi::OsStr>]) -> Outcome {
    seisho(&args.iter().map(|a| a.as_ref().to_owned()).collect::<Vec<OsString>>())
}

const WRITERS: [&str; 6] = ["plan", "decide", "check json", "check csv", "compare json", "compare html"];

/// A command that writes a file, to a name.
fn write(what: &str, at: &dyn Fn(&str) -> PathBuf, to: &Path) -> Outcome {
    let (out, plan, work) = (at("out"), at("plan.json"), at("work.json"));
    match what {
        "plan" => run(&[&"audit", &"plan", &out, &"--rate", &"20%", &"--to", &to]),
        "decide" => run(&[&"audit", &"decide", &plan, &work, &"--to", &to]),
        "check json" => run(&[&"audit", &"check", &out, &"--json", &to]),
        "check csv" => run(&[&"audit", &"check", &out, &"--csv", &to]),
        "compare json" => run(&[&"audit", &"compare", &out, &out, &"--json", &to]),
        _ => run(&[&"audit", &"compare", &out, &out, &"--html", &to]),
    }
}

/// All of them.
fn writers(at: &dyn Fn(&str) -> PathBuf, to: &Path) -> Vec<(&'static str, Outcome)> {
    WRITERS.iter().map(|what| (*what, write(what, at, to))).collect()
}

fn made() -> TempDir {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    std::fs::create_dir(at("in")).expect("a folder");
    std::fs::copy(fixtures().join("documents/goals-ruled.pdf"), at("in/goals-ruled.pdf")).expect("a document");
    assert_eq!(run(&[&"convert", &at("in"), &"--out", &at("out"), &"--quiet"]).code, 0);
    run(&[&"audit", &"plan", &at("out"), &"--rate", &"20%", &"--to", &at("plan.json")]);
    run(&[&"review", &at("out"), &"--sample", &at("plan.json"), &"--to", &at("page.html")]);
    std::fs::write(at("work.json"), work(&at("page.html"), &|_| ("right", None)).to_string()).expect("a work");
    place
}

#[test]
fn nothing_but_what_an_audit_wrote_before_is_overwritten() {
    let place = made();
    let at = |name: &str| place.path().join(name);
    std::fs::write(at("note.txt"), "覚え").expect("a file");
    let kept = ["in/goals-ruled.pdf", "out/manifest.jsonl", "out/run.json", "out/documents/goals-ruled.pdf.json", "work.json", "note.txt"];
    for name in kept {
        let before = read(&at(name));
        for (what, said) in writers(&at, &at(name)) {
            let shown = Path::new(name).file_name().expect("a name").to_string_lossy();
            assert!(said.code == 2 && said.stderr.contains(&*shown), "{what} {name}: {} {}", said.stdout, said.stderr);
            assert!(read(&at(name)) == before, "{what} {name}");
        }
    }
    // A plan is only overwritten by a plan, and nothing new stands among the documents.
    let plan = read(&at("plan.json"));
    for (what, said) in writers(&at, &at("plan.json")) {
        assert!((said.code == 0) == (what == "plan") && read(&at("plan.json")) == plan, "{what}: {} {}", said.stdout, said.stderr);
    }
    for (what, said) in writers(&at, &at("out/documents/new.json")) {
        assert!(said.code == 2 && !at("out/documents/new.json").exists(), "{what}: {}", said.stderr);
    }
    // What was written before is written again.
    for name in WRITERS {
        for _ in 0..2 {
            let to = at(&format!("{name}.new"));
            let said = write(name, &at, &to);
            assert!(said.code < 2 && to.exists(), "{name}: {} {}", said.stdout, said.stderr);
        }
    }
}

#[test]
fn a_report_takes_the_place_of_neither_plan_nor_page() {
    let place = made();
    let at = |name: &str| place.path().join(name);
    let plan = read(&at("plan.json"));
    let report = |to: &str| run(&[&"audit", &"report", &at("out"), &"--plan", &at("plan.json"), &"--to", &at(to)]);
    let twin = report("plan.html");
    assert!(twin.code == 2 && twin.stderr.contains("plan.json is no JSON of a report"), "{} {}", twin.stdout, twin.stderr);
    assert!(read(&at("plan.json")) == plan && !at("plan.html").exists());
    let page = report("page.html");
    assert!(page.code == 2 && page.stderr.contains("page.html"), "{} {}", page.stdout, page.stderr);
    let json = report("r.json");
    assert!(json.code == 2 && json.stderr.contains("ends with .html") && !at("r.json").exists(), "{} {}", json.stdout, json.stderr);
    for _ in 0..2 {
        let made = report("report.html");
        assert!(made.code == 0 && at("report.html").exists() && at("report.json").exists(), "{} {}", made.stdout, made.stderr);
    }
    // A review's page is made again, but over no report.
    let review = |to: &str| run(&[&"review", &at("out"), &"--all", &"--to", &at(to)]);
    assert_eq!((review("page.html").code, review("report.html").code), (0, 2));
}

#[test]
fn a_workbook_that_was_filled_in_is_not_made_again() {
    if !has_module("openpyxl") {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "openpyxl is not installed");
        eprintln!("skipped: openpyxl is not installed");
        return;
    }
    let place = made();
    let at = |name: &str| place.path().join(name);
    let review = || run(&[&"review", &at("out"), &"--all", &"--to", &at("book.xlsx")]);
    assert_eq!((review().code, review().code), (0, 0), "nobody filled it in");
    let fill = top().join("tests/audit/fill.py");
    let filled = Command::new(python_program()).arg(fill).args([at("book.xlsx"), at("book.xlsx")]).arg("all").output().expect("Python");
    assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
    let before = read(&at("book.xlsx"));
    let said = review();
    assert!(said.code == 2 && said.stderr.contains("book.xlsx holds judgements"), "{} {}", said.stdout, said.stderr);
    assert!(read(&at("book.xlsx")) == before);
}
