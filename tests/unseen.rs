//! Forms that the program has never seen, made by `tests/forms`: how much of them is right, that no figure falls, and that
//! what knows them is data.

use crate::support::{convert, shared};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What was counted in one half of the forms.
fn measured(forms: &Path, out: &Path, score: &Path, split: &str) -> BTreeMap<String, u32> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/forms/measure.py");
    let mut command = Command::new("python3");
    command.arg(script).args([forms, out]).args(["--split", split, "--unread", "--columns"]).env("SCORE_FORMS", score);
    let done = command.output().expect("python3 runs");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    let line = |start: &str| text.lines().find(|l| l.starts_with(start)).unwrap_or_default().to_owned();
    let number = |text: &str, before: &str| -> u32 {
        let rest = text.split_once(before).map_or("", |(_, rest)| rest);
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
    };
    let (all, columns) = (line("ALL: "), line("ALL COLUMNS: "));
    let fields = all.split_once('(').map_or("", |(_, rest)| rest);
    BTreeMap::from([
        ("fields".to_owned(), number(fields, "/")),
        ("right".to_owned(), number(&format!("({fields}"), "(")),
        ("other columns".to_owned(), number(all.split_once("other right ").map_or("", |(_, r)| r), "/")),
        ("other columns right".to_owned(), number(&all, "other right ")),
        ("columns taken for a wrong field".to_owned(), number(&columns, "wrong ")),
    ])
}

/// Two halves with other words each: `a` may be looked at, `b` is held out. Figures may only rise.
#[test]
fn forms_never_seen_come_out_as_well_as_they_ever_did() {
    let Some(shared) = shared() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/forms");
    let made = tempfile::TempDir::new().expect("a folder");
    let make = Command::new("python3").arg(folder.join("make.py")).arg(made.path()).args(["--formats", "html,tsv,csv,docx,xlsx"]).status();
    assert!(make.is_ok_and(|s| s.success()), "tests/forms/make.py fails");
    let converted = convert(&[&made.path().join("docs")]);
    assert_eq!(converted.outcome.code, 0, "{}", converted.outcome.stderr);
    let score = shared.join("tools/score_forms.py");
    let stored = folder.join("figures.tsv");
    let floors = std::fs::read_to_string(&stored).unwrap_or_default();
    let mut written = String::new();
    let mut worse = Vec::new();
    for split in ["a", "b"] {
        for (what, got) in measured(made.path(), converted.folder.path(), &score, split) {
            written += &format!("{split}\t{what}\t{got}\n");
            let floor = floors.lines().find_map(|l| l.strip_prefix(&format!("{split}\t{what}\t"))).and_then(|n| n.parse::<u32>().ok());
            let falls = |floor: u32| if what.contains("wrong") { got > floor } else { got < floor };
            worse.extend(floor.filter(|f| falls(*f)).map(|floor| format!("{split} {what}: {got}, was {floor}")));
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
    if std::env::var_os("SEISHO_UPDATE").is_some() {
        std::fs::write(&stored, written).expect("the figures are written");
    } else {
        assert_eq!(floors, written, "better than {}: SEISHO_UPDATE=1 writes it", stored.display());
    }
}

/// Forms that a tester made who knew nothing of the program, in two halves: of `k` only these figures are looked at.
#[test]
fn forms_of_a_tester_come_out_as_well_as_they_ever_did() {
    let Some(shared) = shared() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/strange_forms");
    let made = tempfile::TempDir::new().expect("a folder");
    let make = Command::new("python3").arg(folder.join("make.py")).arg(made.path()).args(["7", "--formats", "html,tsv,csv"]).output();
    assert!(make.is_ok_and(|s| s.status.success()), "tests/strange_forms/make.py fails");
    let converted = convert(&[&made.path().join("docs")]);
    let mut tally = Command::new("python3");
    tally.arg(folder.join("tally.py")).arg(made.path()).arg(converted.folder.path()).arg("--tsv");
    let told = tally.env("SHARED_TOOLS", shared.join("tools")).output().expect("python3 runs");
    let written = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(written.lines().count() > 10, "{}", String::from_utf8_lossy(&told.stderr));
    let stored = folder.join("figures.tsv");
    let floors = std::fs::read_to_string(&stored).unwrap_or_default();
    let figures = |text: &str| -> BTreeMap<String, u32> {
        text.lines().filter_map(|l| l.rsplit_once('\t')).filter_map(|(what, n)| Some((what.to_owned(), n.parse().ok()?))).collect()
    };
    let (floor, got) = (figures(&floors), figures(&written));
    let is_worse = |what: &str, got: u32, floor: u32| if what.contains("wrong") { got > floor } else { got < floor };
    let worse = floor.iter().filter_map(|(what, floor)| Some((what, *got.get(what)?, *floor))).filter(|(w, g, f)| is_worse(w, *g, *f));
    let worse: Vec<String> = worse.map(|(what, got, floor)| format!("{what}: {got}, was {floor}")).collect();
    assert!(worse.is_empty(), "{}", worse.join("\n"));
    if std::env::var_os("SEISHO_UPDATE").is_some() {
        std::fs::write(&stored, written).expect("the figures are written");
    } else {
        assert_eq!(floors, written, "better than {}: SEISHO_UPDATE=1 writes it", stored.display());
    }
}

/// Headings stand in the profiles, not in the code that maps columns. (Words of the language, as of dates, are code of
/// `japanese`.)
#[test]
fn no_heading_stands_in_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let profile: toml::Value =
        toml::from_str(&std::fs::read_to_string(root.join("data/profiles/goal-table.toml")).expect("it is there")).expect("TOML");
    let lists = profile["fields"].as_array().into_iter().flatten().map(|c| &c["headings"]);
    let words: Vec<&str> =
        lists.flat_map(|l| l.as_array().into_iter().flatten()).filter_map(|w| w.as_str()).filter(|w| w.chars().count() > 1).collect();
    let mut found = Vec::new();
    let mut open = ["forms", "layout", "recover", "schema"].map(|c| root.join("crates").join(c).join("src")).to_vec();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).expect("a folder").map(|e| e.expect("an entry").path()));
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("forms/src/field.rs") {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
            found.extend(
                lines
                    .filter(|l| words.iter().any(|w| l.contains(&format!("\"{w}\""))))
                    .map(|l| format!("{}: {}", path.display(), l.trim())),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
