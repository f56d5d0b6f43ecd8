//! How fast PDFs become records: the whole program on a 200-page goal table from each of three producers, beside
//! `pdftotext -layout` and pdfplumber's `extract_tables` on the same files.
//!
//! `cargo bench -p seisho --bench pdf` prints the PDFs anew (into the target folder), measures and prints tables; it
//! judges nothing. Time is that of the processor, user and system, with the start of the process; the best of
//! several runs. `.ci/tools` installs producers and peers; one that is missing is left out, and said so. The goals
//! are the gold of the fixtures and, where it is there, of `../shared`, over and over with numbers of their own; before
//! anything is measured, every one of them must have come back.
#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

mod clock;
#[path = "../../../tests/print/mod.rs"]
#[expect(dead_code, reason = "the tests print more forms than the benchmark")]
mod print;
#[path = "../../pipeline/benches/stages/mod.rs"]
mod stages;

use print::forms::{self, Form, PLAIN};
use print::tools::{self, Producer};
use seisho_extract::Options;
use seisho_forms::Forms;
use seisho_pipeline::Engine;
use serde_json::{Value, json};
use stages::STAGES;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

const PAGES: usize = 200;
const GOALS_A_PAGE: usize = 5;
const PRODUCERS: [Producer; 3] = [Producer::Writer, Producer::Chromium, Producer::Typst];
/// Runs of which the best is shown. One of pdfplumber takes most of a minute.
const RUNS: usize = 5;
const RUNS_OF_PDFPLUMBER: usize = 2;
/// Rounds of the stages, after one that warms up.
const ROUNDS: usize = 3;
const PDFPLUMBER: &str = "import sys, pdfplumber\nwith pdfplumber.open(sys.argv[1]) as pdf:\n    for page in pdf.pages:\n        page.extract_tables()\n        page.close()";

/// Seconds of the processor for one file.
struct Measured {
    producer: Producer,
    seisho: f64,
    pdftotext: Option<f64>,
    pdfplumber: Option<f64>,
    stages: [f64; STAGES.len()],
}

fn main() {
    let is_measuring = std::env::args().any(|a| a == "--bench");
    let pages = if is_measuring { PAGES } else { 2 };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-pdf");
    fs::create_dir_all(&folder).expect("a folder");
    let record = record(pages);
    let form = Form { size: (420, 297), points: 8.0, ..PLAIN };
    let mut measured = Vec::new();
    for producer in PRODUCERS {
        if !producer.is_there() {
            println!("left out: {} is not installed", producer.name());
            continue;
        }
        producer.print(&[forms::paper(producer.name(), &record, &form)], &folder);
        let pdf = folder.join(producer.name()).with_extension("pdf");
        check(&pdf, &record, pages, &folder);
        if is_measuring {
            measured.push(measure(producer, &pdf, &folder));
        }
    }
    if is_measuring {
        print_speeds(&measured, pages);
        print_stages(&measured, pages);
    }
}

/// One goal table of so many pages.
fn record(pages: usize) -> Value {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let own = ["goals-merged-rows.txt", "goals-ruled.pdf", "goals-spans.html"].map(|name| top.join(format!("fixtures/gold/{name}.json")));
    let shared = [2, 3, 4].map(|n| top.join(format!("../shared/gold/{n:03}.json")));
    let read = |file: &PathBuf| -> Option<Value> { serde_json::from_slice(&fs::read(file).ok()?).ok() };
    let golds: Vec<Value> = own.iter().chain(&shared).filter_map(read).collect();
    println!("goals of {} records{}", golds.len(), if golds.len() == own.len() { ": ../shared is not there" } else { "" });
    let mut record = golds[0].clone();
    let all: Vec<&Value> = golds.iter().flat_map(|g| g["goals"].as_array().into_iter().flatten()).collect();
    let goals = all.iter().cycle().take(pages * GOALS_A_PAGE).enumerate();
    record["goals"] = goals.map(|(index, goal)| numbered(goal, index)).collect();
    record
}

fn numbered(goal: &Value, index: usize) -> Value {
    let mut goal = goal.clone();
    goal["number"] = json!(index + 1);
    goal["page"] = json!(index / GOALS_A_PAGE + 1);
    goal["inherited"] = Value::Null;
    goal
}

/// What is measured must be the whole job: every goal on its page, with its item.
fn check(pdf: &Path, record: &Value, pages: usize, folder: &Path) {
    let out = folder.join("out");
    seisho(pdf, &out);
    let name = format!("documents/{}.json", pdf.file_name().unwrap_or_default().to_string_lossy());
    let document: Value = serde_json::from_slice(&fs::read(out.join(name)).expect("a document")).expect("JSON");
    let read = |v: &Value| -> Vec<Value> {
        let goals = v["goals"].as_array().expect("goals");
        goals.iter().map(|g| json!([g["number"], g["page"], g["item"], g["target"], g["methods"]])).collect()
    };
    assert_eq!(document["source"]["pages"], json!(pages), "{}", pdf.display());
    for (want, got) in read(record).iter().zip(&read(&document)) {
        assert_eq!(want, got, "{}", pdf.display());
    }
    assert_eq!(read(record).len(), read(&document).len(), "{}", pdf.display());
}

fn seisho(pdf: &Path, out: &Path) -> f64 {
    cpu(
        env!("CARGO_BIN_EXE_seisho").as_ref(),
        &["convert", "--force", "--jobs", "1", "--out"]
            .map(OsStr::new)
            .into_iter()
            .chain([out.as_os_str(), pdf.as_os_str()])
            .collect::<Vec<_>>(),
    )
}

fn measure(producer: Producer, pdf: &Path, folder: &Path) -> Measured {
    let (out, text) = (folder.join("out"), folder.join("text"));
    let best = |runs: usize, run: &dyn Fn() -> f64| (0..runs).map(|_| run()).fold(f64::INFINITY, f64::min);
    let pdftotext = tools::program(&["pdftotext"]);
    let pdftotext = pdftotext.map(|p| best(RUNS, &|| cpu(p.as_os_str(), &["-layout".as_ref(), pdf.as_os_str(), text.as_os_str()])));
    let python = tools::has_module("pdfplumber").then(tools::python_program);
    let pdfplumber =
        python.map(|p| best(RUNS_OF_PDFPLUMBER, &|| cpu(p.as_os_str(), &["-c".as_ref(), PDFPLUMBER.as_ref(), pdf.as_os_str()])));
    Measured { producer, seisho: best(RUNS, &|| seisho(pdf, &out)), pdftotext, pdfplumber, stages: by_stages(pdf) }
}

/// Seconds of the processor that a program takes.
fn cpu(program: &OsStr, args: &[&OsStr]) -> f64 {
    let output = clock::timed(program, args).output().expect("bash");
    assert!(output.status.success(), "{program:?} failed");
    clock::seconds(&output.stderr)
}

/// Seconds of every stage in one round, inside this process.
fn by_stages(pdf: &Path) -> [f64; STAGES.len()] {
    let engine = Engine::new(Options::default()).expect("sound data");
    let (forms, mut worker) = (Forms::built_in().expect("sound forms"), engine.worker());
    let bytes = fs::read(pdf).expect("a file");
    let mut seconds = [0.0; STAGES.len()];
    stages::by_stages(("a.pdf", &bytes), &forms, &mut worker.words, &mut [0.0; STAGES.len()]);
    for _ in 0..ROUNDS {
        stages::by_stages(("a.pdf", &bytes), &forms, &mut worker.words, &mut seconds);
    }
    seconds.map(|s| s / ROUNDS as f64)
}

fn print_speeds(measured: &[Measured], pages: usize) {
    println!("\npages a CPU second, process start included, {pages} pages; in brackets how many times as fast seisho is");
    println!("{:12} {:>8}  {:>20}  {:>26}", "producer", "seisho", "pdftotext -layout", "pdfplumber extract_tables");
    for m in measured {
        let speed = |seconds: f64| pages as f64 / seconds;
        let peer = |seconds: Option<f64>| seconds.map_or("not installed".into(), |s| format!("{:.1} ({:.2} ×)", speed(s), s / m.seisho));
        println!("{:12} {:8.0}  {:>20}  {:>26}", m.producer.name(), speed(m.seisho), peer(m.pdftotext), peer(m.pdfplumber));
    }
}

fn print_stages(measured: &[Measured], pages: usize) {
    println!("\n{:12} {}{:>10}", "time, %", STAGES.map(|s| format!("{s:>9}")).concat(), "ms a page");
    for m in measured {
        let all: f64 = m.stages.iter().sum();
        let shares = m.stages.map(|s| format!("{:9.1}", s / all * 100.0)).concat();
        println!("{:12} {shares}{:10.2}", m.producer.name(), all * 1e3 / pages as f64);
    }
}
