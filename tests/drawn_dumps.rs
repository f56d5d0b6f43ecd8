//! Dumps as real tools leave them: the gold tables are printed by a real program, their text is taken out again by
//! five tools, and the real program reads what is left. How many fields come back, and how many wrong ones are
//! stated without a finding.

use crate::heldout::measure::Tally;
use crate::print::forms::{self, PLAIN};
use crate::print::paper::Paper;
use crate::print::tools::{Producer, has_module, program, python_program};
use crate::support::{convert, files, fixtures, read, shared};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A tool that takes text out of PDFs, and what is known of it, measured 2026-11: the share of fields that come back in
/// percent, and how many of a thousand fields without a finding are wrong (the aim is 5).
struct Tool {
    name: &'static str,
    dump: fn(&[PathBuf]) -> Vec<String>,
    right_percent: usize,
    wrong_per_mille: usize,
}

const TOOLS: [Tool; 5] = [
    Tool { name: "pdftotext", dump: |pdfs| pdftotext(pdfs, &[]), right_percent: 89, wrong_per_mille: 5 },
    Tool { name: "pdftotext -layout", dump: |pdfs| pdftotext(pdfs, &["-layout"]), right_percent: 97, wrong_per_mille: 5 },
    Tool { name: "pdftotext -raw", dump: |pdfs| pdftotext(pdfs, &["-raw"]), right_percent: 97, wrong_per_mille: 2 },
    Tool { name: "pdfminer", dump: pdfminer, right_percent: 86, wrong_per_mille: 1 },
    Tool { name: "pdf-extract", dump: pdf_extract, right_percent: 71, wrong_per_mille: 1 },
];

fn output(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().expect("the tool starts");
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn pdftotext(pdfs: &[PathBuf], options: &[&str]) -> Vec<String> {
    pdfs.iter().map(|pdf| output(Command::new("pdftotext").args(options).arg(pdf).arg("-"))).collect()
}

fn pdf_extract(pdfs: &[PathBuf]) -> Vec<String> {
    pdfs.iter().map(|pdf| pdf_extract::extract_text(pdf).expect("text")).collect()
}

/// One process for all: most of its time goes into starting.
fn pdfminer(pdfs: &[PathBuf]) -> Vec<String> {
    const SCRIPT: &str = "import json, sys; from pdfminer.high_level import extract_text\n\
        print(json.dumps([extract_text(pdf) for pdf in sys.argv[1:]]))";
    serde_json::from_str(&output(Command::new(python_program()).args(["-c", SCRIPT]).args(pdfs))).expect("a list of texts")
}

/// The gold tables of fixtures, seeds and corpus without merged cells, by a name of their own.
fn tables() -> BTreeMap<String, Value> {
    let mut folders = vec![fixtures().join("gold")];
    folders.extend(shared().into_iter().flat_map(|s| [s.join("gold"), s.join("corpus/gold")]));
    let mut tables = BTreeMap::new();
    for (index, file) in folders.iter().enumerate().flat_map(|(i, f)| files(f).into_iter().map(move |file| (i, file))) {
        let gold: Value = serde_json::from_slice(&read(&file)).expect("gold is JSON");
        let goals = gold["goals"].as_array().map_or(&[][..], Vec::as_slice);
        let is_plain = goals.len() >= 4 && goals.iter().all(|g| g["inherited"].is_null() && g["number"].is_u64());
        // A title says what form a dump is of; a fixture may lack it.
        if is_plain && gold["title"].is_string() {
            let name = file.file_stem().expect("a name").to_string_lossy().replace('.', "-");
            tables.insert(format!("{index}-{name}"), gold);
        }
    }
    tables
}

/// All tables take a minute; every third shows what all show. With `SEISHO_ALL_TABLES` set, all are taken.
const EACH: usize = 3;

#[test]
fn dumps_of_drawn_tables_come_back_or_say_that_they_may_not() {
    let is_there = Producer::Typst.is_there() && program(&["pdftotext"]).is_some() && has_module("pdfminer");
    if !is_there {
        assert!(std::env::var_os("SEISHO_REQUIRE_TOOLS").is_none(), "typst, pdftotext or pdfminer is not installed");
        eprintln!("skipped: typst, pdftotext or pdfminer is not installed");
        return;
    }
    let each = if std::env::var_os("SEISHO_ALL_TABLES").is_some() { 1 } else { EACH };
    let tables: BTreeMap<String, Value> = tables().into_iter().step_by(each).collect();
    let papers: Vec<Paper> = tables.iter().map(|(name, gold)| forms::paper(name, gold, &PLAIN)).collect();
    let printed = tempfile::TempDir::new().expect("a folder");
    Producer::Typst.print(&papers, printed.path());
    let pdfs: Vec<PathBuf> = tables.keys().map(|name| printed.path().join(format!("{name}.pdf"))).collect();
    let mut failed = Vec::new();
    for tool in &TOOLS {
        let folder = tempfile::TempDir::new().expect("a folder");
        for (name, text) in tables.keys().zip((tool.dump)(&pdfs)) {
            std::fs::write(folder.path().join(format!("{name}.txt")), text).expect("a dump");
        }
        let documents = convert(&[folder.path()]).documents();
        let mut tally = Tally::default();
        tables.iter().for_each(|(name, gold)| tally.add(name, gold, &documents[&format!("{name}.txt")]));
        let (all, sure) = (tally.fields, tally.sure);
        eprintln!("{:18} {} of {all} fields right, {} of {sure} without a finding wrong", tool.name, tally.right, tally.unsaid.len());
        let is_right = tally.right * 100 >= all * tool.right_percent && tally.unsaid.len() * 1000 <= sure * tool.wrong_per_mille;
        failed.extend((!is_right).then(|| format!("{}:\n{}", tool.name, tally.unsaid.join("\n"))));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
