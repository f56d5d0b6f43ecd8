//! How well scans are read: records printed, put on a scanner of our own (`tests/scanner`) under several conditions and
//! read back, beside `tesseract` on the whole page; and what the confidence of a value is worth.
//!
//! `cargo bench -p seisho --bench scans` prints the tables of ACCURACY.md and the steps of `confidence::CHANCES`, fitted on
//! every other record and judged on the rest. Names of conditions behind `--` restrict it to them, and leave plain
//! `tesseract` out; `--list` names every wrong value that no finding is about; `--keep FOLDER` leaves the scans and the
//! records there. Needs typst, pdftoppm and Tesseract (`.ci/tools`). The records are the gold
//! of the fixtures and, where it is there, of `../shared`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

#[path = "scans/calibration.rs"]
mod calibration;
#[path = "../../../tests/print/mod.rs"]
#[expect(dead_code, reason = "the tests print more forms than the benchmark")]
mod print;
#[path = "../../../tests/scanner/mod.rs"]
mod scanner;

use print::forms::{self, A4, A4_LANDSCAPE, Form, Head, PLAIN, SHORT_WORDS};
use print::tools::{Producer, program};
use rayon::prelude::*;
use scanner::score::{self, Score};
use scanner::{CONDITIONS, Condition, Pixels};
use seisho_extract::Options;
use seisho_model::geometry::Rect;
use seisho_pipeline::{Engine, Trace};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What is asked for.
#[derive(Default)]
struct Wish {
    measures: bool,
    lists: bool,
    keep: Option<PathBuf>,
    /// None for all.
    conditions: Vec<String>,
}

impl Wish {
    fn new(mut args: impl Iterator<Item = String>) -> Self {
        let mut wish = Self::default();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--bench" => wish.measures = true,
                "--list" => wish.lists = true,
                "--keep" => wish.keep = args.next().map(PathBuf::from),
                _ => wish.conditions.push(arg),
            }
        }
        wish
    }
}

/// A printed record.
struct Print {
    gold: Value,
    pdf: PathBuf,
    /// The cells of its tables, page by page.
    cells: Vec<Vec<Rect>>,
    /// Whether the confidence is fitted on it.
    fits: bool,
}

/// What one record gave under one condition.
#[derive(Default)]
struct Measured {
    score: Score,
    /// Characters that the whole page, read at once, does not have.
    lost_by_page: u64,
    cells: [usize; 3],
    pages: usize,
    seconds: f64,
    /// Doubt and whether the value is right.
    values: Vec<(u32, bool)>,
    /// Values that are wrong and that no finding is about, said in words.
    silent: Vec<String>,
}

fn main() {
    let wish = Wish::new(std::env::args().skip(1));
    let tools = [Producer::Typst.is_there(), program(&["pdftoppm"]).is_some(), program(&["tesseract"]).is_some()];
    if !wish.measures || tools.contains(&false) {
        println!("left out: typst, pdftoppm, tesseract: {tools:?}");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-scans");
    fs::create_dir_all(&folder).expect("a folder");
    let engine = Engine::new(Options::default()).expect("the program's own data is sound");
    let prints = prints(&folder, &engine);
    println!("{} records, {} pages", prints.len(), prints.iter().map(|p| p.cells.len()).sum::<usize>());
    println!(
        "\n| condition | fields right | CER | lost | lost by `tesseract` on the page | cells found / right | wrong and silent | s a page |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let (mut fitted, mut judged) = (Vec::new(), Vec::new());
    for condition in CONDITIONS.iter().filter(|c| wish.conditions.is_empty() || wish.conditions.iter().any(|w| w == c.name)) {
        let measured: Vec<Measured> =
            prints.par_iter().enumerate().map(|(i, print)| measure(&engine, print, condition, i as u64, &wish)).collect();
        show(condition.name, &measured);
        measured.iter().filter(|_| wish.lists).flat_map(|m| &m.silent).for_each(|line| println!("{line}"));
        for (one, print) in measured.into_iter().zip(&prints) {
            if print.fits { fitted.extend(one.values) } else { judged.extend(one.values) }
        }
    }
    let steps = calibration::fit(fitted);
    println!("\nsteps (doubt from, chance in ten thousandths): {steps:?}");
    calibration::reliability(&steps, &judged);
}

/// Records by name, in a fixed order.
fn golds() -> Vec<Value> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let fixtures = [
        "goals-ruled.pdf",
        "goals-merged-rows.txt",
        "goals-spans.html",
        "policy-drawn.pdf",
        "policy-headings.md",
        "goals-two-posts-utf16.txt",
    ];
    let shared = ["o16", "o23", "o20"];
    let files = fixtures.iter().map(|n| top.join(format!("fixtures/gold/{n}.json")));
    let files = files.chain(shared.iter().map(|n| top.join(format!("../shared/corpus/gold/{n}.json"))));
    files.filter_map(|f| serde_json::from_slice(&fs::read(f).ok()?).ok()).collect()
}

fn prints(folder: &Path, engine: &Engine) -> Vec<Print> {
    let makes = [
        Form { points: 9.0, ..PLAIN },
        Form { points: 8.0, font: "Noto Serif CJK JP", words: SHORT_WORDS, ..PLAIN },
        Form { points: 8.5, font: "IPAexMincho", head: Head::Columns, ..PLAIN },
        Form { points: 8.0, font: "IPAexGothic", head: Head::Lines, ..PLAIN },
    ];
    let print = |(index, gold): (usize, Value)| {
        let size = if gold["kind"] == "policy" { A4 } else { A4_LANDSCAPE };
        let points = if gold["kind"] == "policy" { 10.5 } else { makes[index % makes.len()].points };
        let name = format!("page-{index}");
        Producer::Typst.print(&[forms::paper(&name, &gold, &Form { size, points, ..makes[index % makes.len()] })], folder);
        let pdf = folder.join(&name).with_extension("pdf");
        let traced = engine.trace("page.pdf", &fs::read(&pdf).expect("a file"), &mut engine.worker()).expect("a page");
        Print { gold, cells: cells(&traced), pdf, fits: index % 2 == 0 }
    };
    golds().into_iter().enumerate().map(print).collect()
}

/// The cells of ruled tables on pages put right: a scan is turned back about its middle, about which it leaned.
fn cells(traced: &Trace) -> Vec<Vec<Rect>> {
    let of_page = |page: &seisho_model::Page| -> Vec<Rect> {
        let Some(ink) = &page.ink else { return Vec::new() };
        seisho_layout::regions(ink).into_iter().flat_map(|r| r.cells).collect()
    };
    traced.pages.0.iter().map(of_page).collect()
}

fn measure(engine: &Engine, print: &Print, condition: &Condition, seed: u64, wish: &Wish) -> Measured {
    let pages = scanner::scan(&print.pdf, condition, seed);
    let bytes = scanner::image::tiff(&pages, condition.dpi);
    let kept = wish.keep.as_ref().map(|folder| folder.join(format!("{}-{seed}", condition.name.replace(' ', "-"))));
    if let Some(kept) = &kept {
        fs::write(kept.with_extension("tif"), &bytes).expect("a file");
        fs::write(kept.with_extension("gold.json"), print.gold.to_string()).expect("a file");
    }
    let began = Instant::now();
    let Ok(traced) = engine.trace("page.tif", &bytes, &mut engine.worker()) else {
        return Measured { score: score::score(&print.gold, &Value::Null), pages: pages.len(), ..Measured::default() };
    };
    let seconds = began.elapsed().as_secs_f64();
    let got = serde_json::to_value(&traced.document).expect("a record is JSON");
    let found = cells(&traced);
    let mut counts = [0; 3];
    for (want, got) in print.cells.iter().zip(&found) {
        let same = score::found(want, got);
        counts = [counts[0] + want.len(), counts[1] + got.len(), counts[2] + same];
    }
    if let Some(kept) = &kept {
        fs::write(kept.with_extension("got.json"), got.to_string()).expect("a file");
    }
    let compared = if wish.conditions.is_empty() { pages.as_slice() } else { &[] };
    let said: String = compared.iter().map(|p| whole_page(p, condition.dpi)).collect();
    let (values, silent) = values(&print.gold, &got, &traced);
    Measured {
        score: score::score(&print.gold, &got),
        lost_by_page: score::lost(&score::values(&print.gold), &said),
        cells: counts,
        pages: pages.len(),
        seconds,
        values,
        silent,
    }
}

/// What `tesseract` says of a page at once.
fn whole_page(page: &Pixels, dpi: u32) -> String {
    let file = tempfile::Builder::new().suffix(".pgm").tempfile().expect("a file");
    fs::write(file.path(), [format!("P5\n{} {}\n255\n", page.width, page.height).as_bytes(), &page.px].concat()).expect("a file");
    let args = ["-", "-l", "jpn", "--psm", "3", "--dpi", &dpi.to_string()];
    let output = Command::new("tesseract").arg(file.path()).args(args).env("OMP_THREAD_LIMIT", "1").output().expect("tesseract starts");
    score::folded(&Value::String(String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The doubt of every value and whether it is right, by its pointer; and those that are wrong without a finding.
fn values(gold: &Value, got: &Value, traced: &Trace) -> (Vec<(u32, bool)>, Vec<String>) {
    let mut all = Vec::new();
    let mut silent = Vec::new();
    let named: Vec<&str> = got["findings"].as_array().into_iter().flatten().filter_map(|f| f["pointer"].as_str()).collect();
    for (pointer, evidence) in got["evidence"].as_object().into_iter().flatten() {
        let Some(want) = gold.pointer(pointer) else { continue };
        let (want, said) = (score::folded(want), score::folded(got.pointer(pointer).unwrap_or(&Value::Null)));
        let doubt = doubt(traced, &evidence["at"]);
        all.push((doubt, want == said));
        if want != said && !named.contains(&pointer.as_str()) {
            silent.push(format!("{pointer} {} (doubt {doubt})\n  want {want}\n  said {said}", evidence["confidence"]));
        }
    }
    (all, silent)
}

/// The doubt that the characters in some boxes leave.
fn doubt(traced: &Trace, at: &Value) -> u32 {
    let mut sum = 0;
    for place in at.as_array().into_iter().flatten() {
        let number = |v: &Value| v.as_f64().unwrap_or_default();
        let [x0, y0, x1, y1] = [0, 1, 2, 3].map(|i| number(&place["box"][i]));
        let page = place["page"].as_u64().unwrap_or(1) as usize;
        let Some(ink) = traced.pages.0.get(page - 1).and_then(|p| p.ink.as_ref()) else { continue };
        for glyph in &ink.glyphs {
            let (x, y) = ink.shown(glyph.rect).center();
            let is_inside = (x0..=x1).contains(&x.points()) && (y0..=y1).contains(&y.points());
            sum += glyph.score.filter(|_| is_inside).map_or(0, seisho_reading::confidence::doubt);
        }
    }
    sum
}

fn show(name: &str, measured: &[Measured]) {
    let (mut all, mut silent) = (Measured::default(), 0);
    for one in measured {
        all.score += one.score;
        all.lost_by_page += one.lost_by_page;
        all.pages += one.pages;
        all.seconds += one.seconds;
        silent += one.silent.len();
        all.values.extend(&one.values);
        (0..3).for_each(|i| all.cells[i] += one.cells[i]);
    }
    let percent = |part: u64, of: u64| 100.0 * part as f64 / of.max(1) as f64;
    let s = all.score;
    let [want, got, same] = all.cells.map(|n| n as u64);
    println!(
        "| {name} | {:.1} % | {:.2} % | {:.2} % | {:.1} % | {:.1} / {:.1} % | {:.2} % | {:.1} |",
        percent(s.right, s.fields),
        percent(s.errors, s.chars),
        percent(s.lost, s.chars),
        percent(all.lost_by_page, s.chars),
        percent(same, want),
        percent(same, got),
        percent(silent as u64, all.values.len() as u64),
        all.seconds / all.pages.max(1) as f64
    );
}
