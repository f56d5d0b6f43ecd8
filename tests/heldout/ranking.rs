//! Which doubts come first: of the kept dumps, and of scans that are made anew, how many of the first tenth of the list of
//! doubts are wrong. `seisho review --doubts` shows that list.

use super::measure::{Side, Table, squeezed, tables};
use crate::print::forms::{self, PLAIN};
use crate::print::paper::Paper;
use crate::print::tools::Producer;
use crate::scanner::{self, CLEAN, Condition};
use seisho_model::record::Document;
use seisho_review::items;
use serde_json::Value;
use std::path::Path;

/// As offices scan: 200 dots an inch, at a slant, neither sharp nor clean.
const OFFICE: Condition = Condition { name: "office 200", dpi: 200, skew: 0.6, blur: 0.7, noise: 6.0, ..CLEAN };
/// What the first tenth of the list holds at least, in percent of what an order could have at best, on tables that no weight
/// was chosen on. An order by lot has 14 to 26.
const FLOORS: [(&str, usize); 5] =
    [("pdftotext", 72), ("pdftotext-layout", 41), ("pdftotext-raw", 60), ("pdfminer", 52), ("pdf-extract", 72)];
/// Tables that are scanned, of both sides.
const SCANNED: [&str; 16] =
    ["002", "g03c", "g05a", "o04", "o05", "o12", "o13", "o28", "004", "g01a", "o01", "o03", "o07", "o15", "o20", "o30"];

/// A value of the list: how soon it is looked at, and whether it is wrong.
pub(crate) struct Looked {
    pub(crate) score: u32,
    pub(crate) is_wrong: bool,
    /// What it was ranked by.
    signs: Vec<(seisho_review::Sign, i32)>,
}

/// A value but for what no reading of a picture tells: white space, width, and which comma it is.
fn folded(value: &Value) -> String {
    let text = seisho_japanese::normalize::match_text(&squeezed(value));
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '、' } else { c }).collect()
}

/// The values of goals of a document, held against its gold.
pub(crate) fn looked(document: &Document, gold: &Value) -> Vec<Looked> {
    let goals = gold["goals"].as_array().map_or(&[][..], Vec::as_slice);
    let mut looked = Vec::new();
    // The floors are of values that were read; those that are missing stand in the list besides.
    for item in items(document, 0).into_iter().filter(|item| !item.is_missing) {
        let steps: Vec<String> = item.pointer.steps().map(std::borrow::Cow::into_owned).collect();
        let [list, index, field, ..] = &*steps else { continue };
        let Some(goal) = index.parse::<usize>().ok().and_then(|i| document.goals.get(i)).filter(|_| list == "goals") else { continue };
        let wanted = goals.iter().find(|g| g["number"].as_u64() == goal.number.map(u64::from));
        let text = folded(&Value::String(item.text));
        let is_right = wanted.is_some_and(|wanted| match (&**field, &wanted[field]) {
            ("number", _) => true,
            (_, Value::Array(items)) => items.iter().any(|i| folded(i) == text),
            (_, value) => folded(value) == text,
        });
        if ["number", "item", "plan_category", "target", "methods", "deadline", "divisions"].contains(&&**field) {
            looked.push(Looked { score: item.rank.score, is_wrong: !is_right, signs: item.rank.signs });
        }
    }
    looked
}

/// What the first tenth of a list of doubts holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct First {
    /// Wrong values, of all and of the list.
    wrong: [usize; 2],
    /// Values of the list, and of its first tenth.
    list: [usize; 2],
    /// Wrong values of the first tenth.
    first: usize,
}

impl First {
    fn of(mut all: Vec<Looked>) -> Self {
        let wrong = all.iter().filter(|l| l.is_wrong).count();
        all.retain(|l| l.score >= seisho_review::DOUBT);
        all.sort_by_key(|l| std::cmp::Reverse(l.score));
        let tenth = all.len().div_ceil(10);
        let of = |part: &[Looked]| part.iter().filter(|l| l.is_wrong).count();
        Self { wrong: [wrong, of(&all)], list: [all.len(), tenth], first: of(&all[..tenth]) }
    }

    /// Percent of what an order could have at best: the tenth full of wrong values, or all of them.
    fn of_best(self) -> usize {
        100 * self.first / self.wrong[0].min(self.list[1]).max(1)
    }
}

impl std::fmt::Display for First {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { wrong, list, first } = self;
        let (share, precision) = (100 * first / wrong[0].max(1), 100 * first / list[1].max(1));
        let whole = 100 * wrong[1] / list[0].max(1);
        write!(
            f,
            "{} wrong, {} of them among {} doubts ({whole} %); first tenth: {share} % of all wrong ones, {precision} % of it wrong, {} % of the best order",
            wrong[0],
            wrong[1],
            list[0],
            self.of_best()
        )
    }
}

/// Signs of all values, for weights to be fitted on (`tests/heldout/weights.py`): where `SEISHO_SIGNS` names a folder.
fn write(side: Side, tool: &str, all: &[Looked]) {
    let Some(folder) = std::env::var_os("SEISHO_SIGNS") else { return };
    let line = |l: &Looked| {
        let signs: Vec<String> = l.signs.iter().map(|(sign, much)| format!("{sign:?}={much}")).collect();
        format!("{}\t{}\t{}\n", u8::from(l.is_wrong), l.score, signs.join(" "))
    };
    let name = Path::new(&folder).join(format!("{}-{tool}.tsv", side.name()));
    std::fs::write(name, all.iter().map(line).collect::<String>()).expect("a file");
}

fn table(name: &str) -> Table {
    tables(&super::folder().join("tables.jsonl.gz")).into_iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn the_first_doubts_are_mostly_wrong() {
    let engine = seisho_pipeline::Engine::new(seisho_extract::Options::default()).expect("a sound build");
    let mut worker = engine.worker();
    let tables = tables(&super::folder().join("tables.jsonl.gz"));
    let mut low = Vec::new();
    let sides = if std::env::var_os("SEISHO_SIGNS").is_some() { vec![Side::Fit, Side::HeldOut] } else { vec![Side::HeldOut] };
    for (side, (tool, floor)) in sides.into_iter().flat_map(|side| FLOORS.map(|of| (side, of))) {
        let mut all = Vec::new();
        for table in tables.iter().filter(|t| Side::of(&t.name) == side) {
            let dump = &table.dumps.iter().find(|(name, _)| *name == tool).expect("every tool's dump").1;
            let document = engine.convert(&format!("{}.txt", table.name), dump.as_bytes(), &mut worker).expect("a text");
            all.extend(looked(&document, &table.gold));
        }
        write(side, tool, &all);
        let first = First::of(all);
        eprintln!("{} {tool}: {first}", side.name());
        if side == Side::HeldOut && first.of_best() < floor {
            low.push(tool);
        }
    }
    assert!(low.is_empty(), "{low:?}");
}

/// Prints and scans tables into the folder that `SEISHO_KEEP` names.
#[test]
#[ignore = "makes scans that are kept; needs typst and pdftoppm"]
fn scan_the_tables() {
    let keep = std::env::var_os("SEISHO_KEEP").expect("SEISHO_KEEP names a folder");
    let printed = tempfile::TempDir::new().expect("a folder");
    let form = forms::Form { points: 9.0, ..PLAIN };
    let papers: Vec<Paper> = SCANNED.iter().map(|name| forms::paper(name, &table(name).gold, &form)).collect();
    Producer::Typst.print(&papers, printed.path());
    for (seed, name) in (1..).zip(SCANNED) {
        let pages = scanner::scan(&printed.path().join(format!("{name}.pdf")), &OFFICE, seed);
        let folder = Path::new(&keep).join(Side::of(name).name());
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.tif")), scanner::image::tiff(&pages, OFFICE.dpi)).expect("a scan");
    }
}

/// Of results of those scans, converted into `fit.out` and `heldout.out` beside them.
#[test]
#[ignore = "measures scans that were kept and converted"]
fn the_first_doubts_of_scans() {
    let keep = std::env::var_os("SEISHO_KEEP").expect("SEISHO_KEEP names a folder");
    for side in [Side::Fit, Side::HeldOut] {
        let folder = Path::new(&keep).join(format!("{}.out/documents", side.name()));
        let mut all = Vec::new();
        for name in SCANNED.iter().filter(|name| Side::of(name) == side) {
            let bytes = std::fs::read(folder.join(format!("{name}.tif.json"))).expect("converted");
            all.extend(looked(&serde_json::from_slice(&bytes).expect("a document"), &table(name).gold));
        }
        write(side, "scans", &all);
        eprintln!("{} scans: {}", side.name(), First::of(all));
    }
}
