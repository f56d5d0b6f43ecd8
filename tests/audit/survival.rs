//! Corrections survive what happens to documents: another conversion, other options, a line end more, an export by another
//! program, another scan. What does not fit is listed; nothing is ever laid over another value.

use super::{corrections_of, write_ledger};
use crate::print::forms::{self, Form, PLAIN, SHORT_WORDS};
use crate::print::tools::{Producer, program};
use crate::scanner::{self, CLEAN, CONDITIONS};
use crate::support::{convert, files, fixtures, read, shared};
use seisho_audit::ledger::Correction;
use seisho_audit::values::{squeezed, values};
use seisho_model::Pointer;
use seisho_model::record::Document;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::Path;
use tempfile::TempDir;

type Documents = BTreeMap<String, Document>;

fn documents(inputs: &Path, args: &[OsString]) -> (Documents, Value) {
    let all: Vec<OsString> = std::iter::once(inputs.as_os_str().to_owned()).chain(args.iter().cloned()).collect();
    let converted = convert(&all);
    assert_ne!(converted.outcome.code, 2, "{}", converted.outcome.stderr);
    let typed = |value| serde_json::from_value::<Document>(value).expect("a document");
    let run = serde_json::from_slice(&read(&converted.folder.path().join("run.json"))).expect("JSON");
    (converted.documents().into_iter().map(|(path, value)| (path, typed(value))).collect(), run)
}

/// What became of the corrections of all values.
#[derive(Debug, Default)]
struct Share {
    lines: usize,
    applied: usize,
    settled: usize,
    listed: usize,
    wrong: Vec<String>,
}

/// Corrects every value of documents, then lays all that over what became of them.
fn survive(before: &Documents, after: &Path, args: &[&str]) -> Share {
    let lines: Vec<Correction> = before.values().flat_map(corrections_of).collect();
    let folder = TempDir::new().expect("a folder");
    let ledger = write_ledger(folder.path(), &lines);
    let args: Vec<OsString> = args.iter().map(OsString::from).collect();
    let (plain, _) = documents(after, &args);
    let with: Vec<OsString> = args.into_iter().chain(["--corrections".into(), ledger.into_os_string()]).collect();
    let (corrected, run) = documents(after, &with);
    let by_id: BTreeMap<String, &Correction> = lines.iter().map(|line| (line.id(), line)).collect();
    let mut share = Share { lines: by_id.len(), ..Share::default() };
    let mut applied = BTreeSet::new();
    for (path, document) in &corrected {
        let read = texts(&plain[path]);
        for (pointer, text) in texts(document) {
            let Some(mark) = document.corrections.get(&pointer) else {
                // Nothing that is not marked has changed.
                if read.get(&pointer) != Some(&text) {
                    share.wrong.push(format!("{path}#{pointer} is {text:?} without a mark"));
                }
                continue;
            };
            let line = by_id[&mark.id];
            applied.insert(mark.id.clone());
            let origin = before.values().find(|d| d.source.sha256 == line.source.sha256).expect("the document corrected");
            let is_same = squeezed(&read[&pointer]) == squeezed(&line.was)
                && squeezed(&mark.was) == squeezed(&line.was)
                && squeezed(&text) == squeezed(&line.now)
                && around(origin, &line.pointer) == around(&plain[path], &pointer);
            if !is_same {
                share.wrong.push(format!("{path}#{pointer}: {:?} for {:?}, corrected at {}", text, read[&pointer], line.pointer));
            }
        }
    }
    let listed: BTreeSet<&str> = run["corrections"]["listed"].as_array().expect("a list").iter().filter_map(|l| l["id"].as_str()).collect();
    share.applied = applied.len();
    share.listed = listed.iter().filter(|id| !applied.contains(**id)).count();
    share.settled = (run["corrections"]["settled"].as_u64().unwrap_or(0) + run["corrections"]["superseded"].as_u64().unwrap_or(0)) as usize;
    assert!(share.applied + share.listed + share.settled >= share.lines, "a line was dropped: {share:?}");
    share
}

fn texts(document: &Document) -> BTreeMap<Pointer, String> {
    values(document).into_iter().map(|v| (v.pointer.clone(), v.text)).collect()
}

/// What a person would know a value by, in other words than the ledger's own: number and item of the goal, labels above
/// the provision, and the field.
fn around(document: &Document, pointer: &Pointer) -> Vec<String> {
    let steps: Vec<String> = pointer.steps().map(std::borrow::Cow::into_owned).collect();
    let field = steps.iter().filter(|s| s.parse::<usize>().is_err() && *s != "children").cloned().collect::<Vec<_>>().join("/");
    let mut around = vec![field];
    let index = |at: usize| steps.get(at).and_then(|s| s.parse::<usize>().ok());
    if steps[0] == "goals" {
        let goal = &document.goals[index(1).expect("a goal")];
        around.extend([format!("{:?}", goal.number), squeezed(goal.item.as_deref().unwrap_or_default())]);
    } else if steps[0] == "sections" {
        let mut list = document.sections.as_slice();
        for at in steps.iter().filter_map(|s| s.parse::<usize>().ok()) {
            let Some(provision) = list.get(at) else { break };
            around.extend([squeezed(&provision.label), squeezed(&provision.text)]);
            list = &provision.children;
        }
    }
    around
}

fn said(what: &str, share: &Share) {
    let percent = |n: usize| 100 * n / share.lines.max(1);
    eprintln!(
        "{what}: {} lines, applied {} ({} %), settled {}, listed {}, wrong {}",
        share.lines,
        share.applied,
        percent(share.applied),
        share.settled,
        share.listed,
        share.wrong.len()
    );
    assert!(share.wrong.is_empty(), "{what}: {:#?}", share.wrong);
}

fn copied(from: &Path, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for file in files(from) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        std::fs::write(folder.path().join(&name), change(&name, read(&file))).expect("a file");
    }
    folder
}

#[test]
fn another_conversion_keeps_every_correction() {
    let inputs = fixtures().join("documents");
    let share = survive(&documents(&inputs, &[]).0, &inputs, &[]);
    said("the same again", &share);
    assert_eq!((share.applied, share.listed), (share.lines, 0));
}

#[test]
fn other_options_keep_what_they_do_not_change() {
    let inputs = fixtures().join("documents");
    let share = survive(&documents(&inputs, &[]).0, &inputs, &["--no-page-joins"]);
    said("no page joins", &share);
    assert!(share.applied * 100 >= share.lines * 95, "{share:?}");
    if let Some(shared) = shared() {
        let seeds = shared.join("seeds");
        let share = survive(&documents(&seeds, &[]).0, &seeds, &["--no-page-joins"]);
        said("no page joins, seeds", &share);
    }
}

#[test]
fn a_line_end_more_keeps_them_too() {
    let inputs = fixtures().join("documents");
    let is_text = |name: &str| [".txt", ".md", ".csv", ".html"].iter().any(|end| name.ends_with(end)) && !name.contains("utf16");
    let more = copied(&inputs, |name, mut bytes| {
        if is_text(name) {
            bytes.push(b'\n');
        }
        bytes
    });
    let share = survive(&documents(&inputs, &[]).0, more.path(), &[]);
    said("a line end more", &share);
    assert!(share.applied * 100 >= share.lines * 95, "{share:?}");
    if let Some(shared) = shared() {
        let seeds = shared.join("seeds");
        let more = copied(&seeds, |_, bytes| [b"\n".as_slice(), &bytes, b"\n"].concat());
        let share = survive(&documents(&seeds, &[]).0, more.path(), &[]);
        said("a line end more, seeds", &share);
        assert!(share.applied * 100 >= share.lines * 90, "{share:?}");
    }
}

/// Records on paper, by a program.
fn printed(producer: Producer, form: &Form) -> Option<TempDir> {
    let names = ["goals-ruled.pdf", "goals-merged-rows.txt", "goals-spans.html", "policy-export.txt", "policy-kana-eucjp.txt"];
    if !producer.is_there() {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "{} is not installed", producer.name());
        eprintln!("skipped: {} is not installed", producer.name());
        return None;
    }
    let gold = |name: &str| serde_json::from_slice::<Value>(&read(&fixtures().join(format!("gold/{name}.json")))).expect("gold");
    let papers: Vec<_> = names.iter().map(|name| forms::paper(name, &gold(name), form)).collect();
    let folder = TempDir::new().expect("a folder");
    producer.print(&papers, folder.path());
    Some(folder)
}

#[test]
fn an_export_by_another_program_keeps_what_reads_the_same() {
    let Some(first) = printed(Producer::Typst, &Form { points: 9.0, ..PLAIN }) else { return };
    let before = documents(first.path(), &[]).0;
    let other = Form { points: 10.5, words: SHORT_WORDS, font: "IPAexMincho", ..PLAIN };
    for producer in [Producer::Chromium, Producer::WeasyPrint] {
        let Some(second) = printed(producer, &other) else { continue };
        let share = survive(&before, second.path(), &[]);
        said(&format!("typst, then {}", producer.name()), &share);
        assert!(share.applied * 100 >= share.lines * 80, "{share:?}");
    }
}

#[test]
fn another_scan_keeps_what_reads_the_same() {
    if ["pdftoppm", "tesseract"].iter().any(|tool| program(&[tool]).is_none()) {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "pdftoppm or tesseract is not installed");
        return;
    }
    let Some(print) = printed(Producer::Typst, &Form { points: 10.5, ..PLAIN }) else { return };
    let scan = |condition: &scanner::Condition, seed: u64| {
        let folder = TempDir::new().expect("a folder");
        for file in files(print.path()) {
            let pages = scanner::scan(&file, condition, seed);
            let name = format!("{}.tif", file.file_stem().expect("a name").to_string_lossy());
            std::fs::write(folder.path().join(name), scanner::image::tiff(&pages, condition.dpi)).expect("a scan");
        }
        folder
    };
    let before = documents(scan(&CLEAN, 1).path(), &[]).0;
    let again = CONDITIONS.iter().find(|c| c.name == "office 200").expect("a condition");
    let share = survive(&before, scan(again, 2).path(), &[]);
    said("300 dpi, then 200 dpi at a slant", &share);
    assert!(share.applied > 0, "{share:?}");
}

/// Tables that are almost the same: another department with the same goals, another year, an edition that was revised,
/// rows in another order with other numbers.
#[test]
fn another_document_is_never_corrected() {
    const TABLE: &str = "令和7年度 組織目標展開整理表（部の組織目標）\n福祉部長 山田 太郎 作成日 令和7年4月1日\n
|番号|実施項目|どの水準まで|どのような方法で|いつまで|共通/課名|
|---|---|---|---|---|---|---|
|1|窓口の改善|待ち時間を減らす|案内係を置く|3月|福祉課|
|2|相談の充実|相談を増やす|案内係を置く|3月|福祉課|
|3|訪問の充実|訪問を増やす|案内係を置く|3月|福祉課|
";
    let write = |text: &str| {
        let folder = TempDir::new().expect("a folder");
        std::fs::write(folder.path().join("a.md"), text).expect("a file");
        folder
    };
    let before = documents(write(TABLE).path(), &[]).0;
    for other in [
        TABLE.replace("福祉部長 山田 太郎", "環境部長 川上 次郎"),
        TABLE.replace("令和7年", "令和8年"),
        TABLE.replace("令和7年4月1日", "令和7年4月1日 見直し日 令和7年10月1日"),
        TABLE.replace("（部の組織目標）", "（課の組織目標）"),
    ] {
        let share = survive(&before, write(&other).path(), &[]);
        assert_eq!((share.applied, &share.wrong), (0, &Vec::new()), "{other}");
    }
    let renumbered = TABLE.replace("|1|", "|9|").replace("|2|", "|1|").replace("|9|", "|2|");
    let share = survive(&before, write(&renumbered).path(), &[]);
    said("renumbered", &share);
    // The goal that kept its number keeps its corrections; of the two others only what names the goal itself.
    assert!(share.listed > 0 && share.applied > 0, "{share:?}");
}
