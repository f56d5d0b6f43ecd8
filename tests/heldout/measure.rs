//! Reads the tables of this folder and the dumps that tools left of them, and counts what comes back. Knows the engine
//! and gold; nothing of how the dumps were made. The measurement that `tests/ablate` builds has this file, too.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;

/// The tools whose dumps are kept, by the names of their files.
pub(crate) const TOOLS: [&str; 5] = ["pdftotext", "pdftotext-layout", "pdftotext-raw", "pdfminer", "pdf-extract"];

/// The fields of a goal that are compared.
const FIELDS: [&str; 6] = ["item", "plan_category", "target", "methods", "deadline", "divisions"];

/// On which side of the split a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// Constants may be chosen on it.
    Fit,
    /// Nothing is chosen on it; only its figures are printed.
    HeldOut,
}

impl Side {
    /// By the name alone, so that nobody can choose: an even last hex digit of the name's SHA-256 is `fit`.
    pub(crate) fn of(name: &str) -> Self {
        let digit = seisho_pipeline::sha256(name.as_bytes()).chars().last().and_then(|c| c.to_digit(16));
        if digit.is_some_and(|d| d % 2 == 1) { Self::HeldOut } else { Self::Fit }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::HeldOut => "heldout",
        }
    }
}

/// A table: its truth, and its dump by each tool.
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) gold: Value,
    /// By tool, in the order of [`TOOLS`].
    pub(crate) dumps: Vec<(&'static str, String)>,
}

/// All tables of the packed file, by name: a line of JSON each.
pub(crate) fn tables(file: &Path) -> Vec<Table> {
    let packed = std::fs::File::open(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let lines = std::io::BufReader::new(flate2::read::GzDecoder::new(packed)).lines();
    let table = |line: String| {
        let mut line: Value = serde_json::from_str(&line).expect("a line is JSON");
        let dump = |tool: &'static str| (tool, line["dumps"][tool].as_str().expect("every tool's dump").to_owned());
        let dumps = TOOLS.map(dump).into();
        Table { name: line["name"].as_str().expect("a name").to_owned(), gold: line["gold"].take(), dumps }
    };
    lines.map(|line| table(line.expect("the file is whole"))).collect()
}

/// What came of the fields of some tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) fields: usize,
    pub(crate) right: usize,
    /// Stated without a finding about the field or its number.
    pub(crate) sure: usize,
    /// Of those, the wrong ones: where, what is wanted, what is stated.
    pub(crate) unsaid: Vec<String>,
    /// Of all documents: whether anything at all is different.
    pub(crate) digest: String,
}

impl Tally {
    /// Compares a document with its gold.
    pub(crate) fn add(&mut self, name: &str, gold: &Value, document: &Value) {
        self.digest = seisho_pipeline::sha256(format!("{} {document}", self.digest).as_bytes());
        let goals: Vec<&Value> = document["goals"].as_array().into_iter().flatten().collect();
        let doubted: BTreeSet<&str> = document["findings"].as_array().into_iter().flatten().filter_map(|f| f["pointer"].as_str()).collect();
        for want in gold["goals"].as_array().into_iter().flatten() {
            let found = goals.iter().position(|g| g["number"] == want["number"]);
            let goal = found.map_or(&Value::Null, |i| goals[i]);
            for field in FIELDS {
                let (want_text, got) = (squeezed(&want[field]), squeezed(&goal[field]));
                let is_said = |i: usize| [field, "number"].iter().any(|f| doubted.contains(format!("/goals/{i}/{f}").as_str()));
                // A goal that is not there states nothing.
                let is_sure = found.is_some_and(|i| !is_said(i));
                self.fields += 1;
                self.right += usize::from(want_text == got);
                self.sure += usize::from(is_sure);
                if is_sure && want_text != got {
                    self.unsaid.push(format!("{name} {} {field}: {want_text} / {got}", want["number"]));
                }
            }
        }
    }

    fn join(mut self, other: Self) -> Self {
        self.fields += other.fields;
        self.right += other.right;
        self.sure += other.sure;
        self.unsaid.extend(other.unsaid);
        self.digest = seisho_pipeline::sha256((self.digest + &other.digest).as_bytes());
        self
    }
}

/// What a field of a goal says, without white space.
pub(crate) fn squeezed(value: &Value) -> String {
    let text = match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<String>(),
        Value::Object(fields) => fields.get("raw").and_then(Value::as_str).unwrap_or_default().to_owned(),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What comes back of every table, by side and tool: two threads, each with a worker of its own.
pub(crate) fn measure(tables: &[Table]) -> BTreeMap<(Side, &'static str), Tally> {
    let engine = seisho_pipeline::Engine::new(seisho_extract::Options::default()).expect("a sound build");
    let part = |tables: &[&Table]| {
        let mut worker = engine.worker();
        let mut all: BTreeMap<(Side, &'static str), Tally> = BTreeMap::new();
        for table in tables {
            for (tool, dump) in &table.dumps {
                let document = engine.convert(&format!("{}.txt", table.name), dump.as_bytes(), &mut worker).expect("a text");
                let document = serde_json::to_value(&document).expect("JSON");
                all.entry((Side::of(&table.name), tool)).or_default().add(&format!("{} {tool}", table.name), &table.gold, &document);
            }
        }
        all
    };
    let halves: [Vec<&Table>; 2] = [0, 1].map(|half| tables.iter().skip(half).step_by(2).collect());
    let [mut all, more] = std::thread::scope(|scope| {
        let running = halves.each_ref().map(|tables| scope.spawn(|| part(tables)));
        running.map(|thread| thread.join().expect("no panic"))
    });
    for (key, tally) in more {
        let joined = all.remove(&key).unwrap_or_default().join(tally);
        all.insert(key, joined);
    }
    all
}
