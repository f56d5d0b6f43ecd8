//! Makes the tables and dumps of this folder anew: gold records, and rows of several of them drawn by lot, are printed
//! by real programs on several forms, and five tools take the text out again.

use super::measure::{Side, TOOLS};
use crate::print::forms::{self, A4, Flow, Form, Head, PLAIN, SHORT_WORDS};
use crate::print::paper::{Paper, Rules};
use crate::print::tools::{Producer, python_program};
use crate::support::{files, fixtures, read, shared};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FREE: Flow = Flow::Free { repeats: true, splits: false };
const A3_LANDSCAPE: (u32, u32) = (420, 297);

/// The forms that mixed tables are printed on, in turn, and by what.
const MAKES: [(Producer, Form); 13] = [
    (Producer::Typst, PLAIN),
    (Producer::Typst, Form { points: 8.0, font: "Noto Serif CJK JP", words: SHORT_WORDS, ..PLAIN }),
    (Producer::Typst, Form { rules: Rules::OpenSides, head: Head::Columns, font: "IPAexMincho", flow: FREE, ..PLAIN }),
    (Producer::Typst, Form { size: A4, flow: Flow::Free { repeats: true, splits: true }, head: Head::Lines, ..PLAIN }),
    (Producer::Typst, Form { grouped: true, points: 9.0, size: A3_LANDSCAPE, flow: FREE, ..PLAIN }),
    (Producer::Typst, Form { rules: Rules::Rows, font: "IPAexGothic", flow: FREE, ..PLAIN }),
    (Producer::Typst, Form { rules: Rules::None, flow: FREE, ..PLAIN }),
    (Producer::Typst, Form { size: (297, 150), flow: Flow::Free { repeats: false, splits: true }, ..PLAIN }),
    (Producer::Typst, Form { sheets: true, size: A4, points: 10.0, words: SHORT_WORDS, head: Head::Lines, ..PLAIN }),
    (Producer::Calc, PLAIN),
    (Producer::Writer, PLAIN),
    (Producer::Chromium, Form { points: 8.0, size: A3_LANDSCAPE, ..PLAIN }),
    (Producer::WeasyPrint, Form { words: SHORT_WORDS, ..PLAIN }),
];
/// Every form comes with several tables, on both sides of the split.
const MIXED: usize = 65;

/// A table to be printed.
struct Drawn {
    gold: Value,
    make: (Producer, Form),
}

/// Writes all tables with their dumps into the packed file.
pub(crate) fn make(file: &Path) {
    let drawn = drawn();
    let printed = tempfile::TempDir::new().expect("a folder");
    print(&drawn, printed.path());
    let pdfs: Vec<PathBuf> = drawn.keys().map(|name| printed.path().join(name).with_extension("pdf")).collect();
    let by_tool = TOOLS.map(|tool| (tool, dumps(tool, &pdfs)));
    let mut packed = GzEncoder::new(std::fs::File::create(file).expect("a file"), Compression::best());
    for (index, (name, drawn)) in drawn.iter().enumerate() {
        let dumps: serde_json::Map<String, Value> = by_tool.iter().map(|(tool, texts)| ((*tool).to_owned(), json!(texts[index]))).collect();
        writeln!(packed, "{}", json!({ "name": name, "gold": drawn.gold, "dumps": dumps })).expect("a line is written");
    }
    packed.finish().expect("the file is written");
}

/// What the tools take out of the printed tables.
fn dumps(tool: &str, pdfs: &[PathBuf]) -> Vec<String> {
    match tool {
        "pdfminer" => pdfminer(pdfs),
        "pdf-extract" => pdfs.iter().map(|pdf| pdf_extract::extract_text(pdf).expect("text")).collect(),
        _ => {
            let options: Vec<String> = tool.split_once('-').map(|(_, option)| format!("-{option}")).into_iter().collect();
            pdfs.iter().map(|pdf| output(Command::new("pdftotext").args(&options).arg(pdf).arg("-"))).collect()
        }
    }
}

fn output(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().expect("the tool starts");
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// One process for all: most of its time goes into starting.
fn pdfminer(pdfs: &[PathBuf]) -> Vec<String> {
    const SCRIPT: &str = "import json, sys; from pdfminer.high_level import extract_text\n\
        print(json.dumps([extract_text(pdf) for pdf in sys.argv[1:]]))";
    serde_json::from_str(&output(Command::new(python_program()).args(["-c", SCRIPT]).args(pdfs))).expect("a list of texts")
}

fn print(drawn: &BTreeMap<String, Drawn>, folder: &Path) {
    for producer in [Producer::Typst, Producer::Calc, Producer::Writer, Producer::Chromium, Producer::WeasyPrint] {
        assert!(producer.is_there(), "{} is not installed", producer.name());
        let of_it = drawn.iter().filter(|(_, d)| d.make.0 == producer);
        let papers: Vec<Paper> = of_it.map(|(name, d)| forms::paper(name, &d.gold, &d.make.1)).collect();
        producer.print(&papers, folder);
    }
}

/// The gold tables of fixtures, seeds, corpus and forms; twins of others, with slips put in, are left out.
fn records() -> BTreeMap<String, Value> {
    let shared = shared().expect("the tables are made of what stands in ../shared");
    let folders = [fixtures().join("gold"), shared.join("gold"), shared.join("corpus/gold"), shared.join("forms/gold")];
    let mut records = BTreeMap::new();
    for (folder, file) in folders.iter().flat_map(|folder| files(folder).into_iter().map(move |file| (folder, file))) {
        let gold: Value = serde_json::from_slice(&read(&file)).expect("gold is JSON");
        let name = file.file_stem().expect("a name").to_string_lossy().replace('.', "-");
        let is_twin = folder.ends_with("corpus/gold") && name.ends_with('t');
        if gold["kind"] == "goal_table" && gold["title"].is_string() && !is_twin {
            records.insert(name, gold);
        }
    }
    records
}

/// Rows that can stand in another table: with a number of their own and all their cells.
fn whole(goal: &&Value) -> bool {
    let is_own = goal["inherited"].as_object().is_none_or(serde_json::Map::is_empty);
    is_own && goal["number"].is_u64() && goal["item"].is_string()
}

/// Whole records on the plain form, and mixed tables on all forms.
fn drawn() -> BTreeMap<String, Drawn> {
    let records = records();
    let is_whole = |gold: &Value| {
        let goals = gold["goals"].as_array().map_or(&[][..], Vec::as_slice);
        goals.len() >= 4 && goals.iter().all(|g| whole(&g))
    };
    let mut drawn: BTreeMap<String, Drawn> = BTreeMap::new();
    for (name, gold) in records.iter().filter(|(_, gold)| is_whole(gold)) {
        drawn.insert(name.clone(), Drawn { gold: trimmed(gold, &gold["goals"]), make: MAKES[0] });
    }
    for index in 0..MIXED {
        let name = format!("mixed-{index:02}");
        drawn.insert(name.clone(), Drawn { gold: mixed(&name, index as u64, &records), make: MAKES[index % MAKES.len()] });
    }
    drawn
}

/// Rows drawn by lot from records of the same side of the split: what is held out shares no row with what is not.
fn mixed(name: &str, seed: u64, records: &BTreeMap<String, Value>) -> Value {
    let side: Vec<&Value> = records.iter().filter(|(n, _)| Side::of(n) == Side::of(name)).map(|(_, gold)| gold).collect();
    let mut pool: Vec<&Value> = side.iter().flat_map(|gold| gold["goals"].as_array().into_iter().flatten()).filter(whole).collect();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    let of_head = side[draw(&mut state, side.len())];
    let (count, of_page) = (6 + draw(&mut state, 9), 3 + draw(&mut state, 4));
    let goals: Vec<Value> = (0..count)
        .map(|index| {
            let mut goal = pool.swap_remove(draw(&mut state, pool.len())).clone();
            goal["number"] = json!(index + 1);
            goal["page"] = json!(index / of_page + 1);
            goal
        })
        .collect();
    trimmed(of_head, &Value::Array(goals))
}

/// What the form prints of a record, and nothing else.
fn trimmed(head: &Value, goals: &Value) -> Value {
    const OF_GOAL: [&str; 9] = ["number", "page", "item", "plan_category", "target", "methods", "deadline", "divisions", "achievement"];
    let take = |from: &Value, names: &[&str]| -> Value {
        names.iter().filter(|n| !from[**n].is_null()).map(|n| ((*n).to_owned(), from[*n].clone())).collect::<serde_json::Map<_, _>>().into()
    };
    let goals: Vec<Value> = goals.as_array().into_iter().flatten().map(|goal| take(goal, &OF_GOAL)).collect();
    let mut gold = take(head, &["kind", "title", "dates", "authors"]);
    gold["goals"] = goals.into();
    gold
}

/// Numbers that look drawn by lot, the same in every run (Knuth's multiplier).
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize % below.max(1)
}
