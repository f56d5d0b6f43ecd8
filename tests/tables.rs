//! Tables with every kind of rule and none, made by `tests/tables`: how many of their cells stand beside the right neighbours,
//! and that no two figures are ever one.

use crate::print::tools::{has_module, program, python_program};
use crate::support::shared;
use std::path::Path;
use std::process::Command;

/// The mean F of a half of the documents, in thousandths, and how many figures were glued.
fn measured(folder: &Path, adjacency: &Path, split: &str) -> (u32, u32) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tables/measure.py");
    let mut command = Command::new(python_program());
    command.arg(script).arg(folder).arg(env!("CARGO_BIN_EXE_seisho")).args(["--split", split]).env("ADJACENCY", adjacency);
    let done = command.output().expect("python3 runs");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    let line = |start: &str| text.lines().find(|l| l.starts_with(start)).unwrap_or_default().to_owned();
    let f = line("ALL\t").rsplit('/').next().and_then(|f| f.trim().parse::<f64>().ok()).unwrap_or(0.0);
    let glued = line("glued\t").rsplit(' ').next().and_then(|n| n.trim().parse().ok()).unwrap_or(u32::MAX);
    ((f * 1000.0).round() as u32, glued)
}

/// Half `a` was looked at while the program was written, half `b` never.
#[test]
fn tables_without_rules_are_read_as_well_as_they_ever_were_and_no_figures_are_glued() {
    let Some(shared) = shared() else { return };
    if program(&["chromium"]).is_none() || !has_module("playwright") {
        eprintln!("skipped: no chromium, or no playwright");
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tables");
    let made = tempfile::TempDir::new().expect("a folder");
    let make = Command::new(python_program()).arg(folder.join("make.py")).arg(made.path()).args(["--documents", "2"]).output();
    assert!(make.as_ref().is_ok_and(|m| m.status.success()), "tests/tables/make.py fails: {make:?}");
    let floors = std::fs::read_to_string(folder.join("figures.tsv")).expect("the figures are there");
    for split in ["a", "b"] {
        let floor = floors.lines().find_map(|l| l.strip_prefix(&format!("{split}\t"))).and_then(|f| f.trim().parse::<u32>().ok());
        let (f, glued) = measured(made.path(), &shared.join("tools/adjacency.py"), split);
        assert_eq!(glued, 0, "half {split}: figures glued");
        assert!(Some(f) >= floor, "half {split}: F {f} of 1000, was {floor:?}");
    }
}
