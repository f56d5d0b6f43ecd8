//! How fast text becomes JSON: bytes → `Document` → pretty JSON and lines of records, in memory, one thread.
//!
//! `cargo bench -p seisho-pipeline --bench text [-- FOLDER]` works through `fixtures/documents` (or another
//! folder) and prints tables; it judges nothing. MB are 10⁶ bytes of decoded text as UTF-8, whatever the file's
//! encoding. Two peers run on the same text: cutting it into words once, which everything that tokenizes all
//! of a text pays at the least, and the floor: decoding the bytes and writing the finished JSON from a
//! ready-made value. Without `--bench`, as under `cargo test`, a short round checks that the stages, called one by
//! one, give what [`Engine::convert`] gives.
#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

mod stages;

use seisho_extract::Options;
use seisho_forms::Forms;
use seisho_pipeline::Engine;
use stages::{STAGES, json};
use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Rounds of which the median is shown; odd.
const ROUNDS: usize = 7;
/// Decoded text that a round of one kind works through, in bytes, at the least.
const ROUND_BYTES: usize = 2_000_000;

/// One file and what the measures need of it.
struct Sample {
    path: String,
    bytes: Vec<u8>,
    /// Its pages, decoded.
    texts: Vec<String>,
    encoding: &'static encoding_rs::Encoding,
    /// What it becomes, as a value.
    json: serde_json::Value,
}

/// Samples of one kind of document and source.
#[derive(Default)]
struct Group {
    samples: Vec<Sample>,
    /// Decoded bytes of all of them.
    size: usize,
}

/// Seconds of every round, in order.
struct Times(Vec<f64>);

/// What was measured of one group.
struct Measured {
    /// Decoded bytes a round.
    bytes: usize,
    whole: Times,
    segment: Times,
    floor: Times,
    /// Seconds by stage, over all rounds.
    stages: [f64; STAGES.len()],
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = args.iter().find(|a| !a.starts_with('-')).map_or_else(fixtures, PathBuf::from);
    let is_benchmark = args.iter().any(|a| a == "--bench");
    let engine = Engine::new(Options::default()).expect("the built-in data is sound");
    let groups = read(&folder, &engine);
    check(&groups, &engine);
    if is_benchmark {
        println!("{}: median of {ROUNDS} rounds (slowest, fastest), one thread", folder.display());
        let measured: Vec<(&str, Measured)> = groups.iter().map(|(name, group)| (name.as_str(), measure(group, &engine))).collect();
        print_speeds(&groups, &measured);
        print_shares(&measured);
        print_start(&groups);
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/documents")
}

/// The files below a folder that convert, by kind of document and ending.
fn read(folder: &Path, engine: &Engine) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut worker = engine.worker();
    for path in files(folder) {
        let bytes = fs::read(&path).expect("a file that can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (Ok(read), Ok(document)) = (seisho_extract::read(&bytes, &Options::default()), engine.convert(&name, &bytes, &mut worker))
        else {
            continue;
        };
        let texts: Vec<String> = read.output.pages.0.into_iter().map(|p| p.text).collect();
        let encoding = read.output.encoding.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let group = groups.entry(format!("{} .{ending}", document.kind.name())).or_default();
        group.size += texts.iter().map(String::len).sum::<usize>();
        let json = serde_json::to_value(&document).expect("a document is JSON");
        group.samples.push(Sample { path: name, bytes, texts, encoding: encoding.unwrap_or(encoding_rs::UTF_8), json });
    }
    groups
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    found.sort();
    found.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The stages called one by one must be the pipeline that is measured as a whole.
fn check(groups: &BTreeMap<String, Group>, engine: &Engine) {
    let (forms, mut worker) = (Forms::built_in().expect("sound forms"), engine.worker());
    for sample in groups.values().flat_map(|g| &g.samples) {
        let whole = whole(sample, engine, &mut worker);
        let staged = stages::by_stages((&sample.path, &sample.bytes), &forms, &mut worker.words, &mut [0.0; STAGES.len()]);
        assert!(whole == staged, "{}: the stages do not make up the whole", sample.path);
    }
}

fn measure(group: &Group, engine: &Engine) -> Measured {
    let (forms, mut worker) = (Forms::built_in().expect("sound forms"), engine.worker());
    let turns = ROUND_BYTES.div_ceil(group.size.max(1));
    let mut stages = [0.0; STAGES.len()];
    let mut times = [Times(Vec::new()), Times(Vec::new()), Times(Vec::new())];
    // The measures take turns, so that a machine that slows down slows all of them.
    for _ in 0..ROUNDS {
        times[0].0.push(round(group, turns, |s| drop(black_box(whole(s, engine, &mut worker)))));
        round(group, turns, |s| drop(black_box(stages::by_stages((&s.path, &s.bytes), &forms, &mut worker.words, &mut stages))));
        times[1].0.push(round(group, turns, |s| s.texts.iter().for_each(|t| drop(black_box(worker.words.segment(t))))));
        times[2].0.push(round(group, turns, floor));
    }
    for times in &mut times {
        times.0.sort_by(f64::total_cmp);
    }
    let [whole, segment, floor] = times;
    Measured { bytes: group.size * turns, whole, segment, floor, stages }
}

/// Seconds for all samples, `turns` times.
fn round(group: &Group, turns: usize, mut each: impl FnMut(&Sample)) -> f64 {
    let start = Instant::now();
    for _ in 0..turns {
        group.samples.iter().for_each(&mut each);
    }
    start.elapsed().as_secs_f64()
}

fn whole(sample: &Sample, engine: &Engine, worker: &mut seisho_pipeline::Worker) -> Vec<u8> {
    json(&engine.convert(&sample.path, &sample.bytes, worker).expect("it converted before"))
}

/// Decodes the bytes and writes the finished document: less nobody can do.
fn floor(sample: &Sample) {
    black_box(sample.encoding.decode(&sample.bytes));
    black_box(serde_json::to_vec_pretty(&sample.json).expect("a value is JSON"));
}

impl Times {
    fn median(&self) -> f64 {
        self.0[self.0.len() / 2]
    }
}

fn print_speeds(groups: &BTreeMap<String, Group>, measured: &[(&str, Measured)]) {
    println!("\n{:18} {:>5} {:>6}  {:>18}  {:>17}  {:>17}", "MB/s", "files", "KB", "whole path", "words (whole is)", "floor (whole is)");
    for (name, m) in measured {
        let speed = |seconds: f64| m.bytes as f64 / 1e6 / seconds;
        let (fastest, slowest) = (m.whole.0[0], m.whole.0[m.whole.0.len() - 1]);
        let whole = m.whole.median();
        let group = &groups[*name];
        println!(
            "{name:18} {:5} {:6.1}  {:6.2} ({:.2}, {:.2})  {:8.2} ({:.2} ×)  {:8.2} ({:.2} ×)",
            group.samples.len(),
            group.size as f64 / 1e3,
            speed(whole),
            speed(slowest),
            speed(fastest),
            speed(m.segment.median()),
            m.segment.median() / whole,
            speed(m.floor.median()),
            m.floor.median() / whole,
        );
    }
}

fn print_shares(measured: &[(&str, Measured)]) {
    println!("\n{:18} {}", "share of time, %", STAGES.map(|s| format!("{s:>9}")).concat());
    for (name, m) in measured {
        let all: f64 = m.stages.iter().sum();
        println!("{name:18} {}", m.stages.map(|s| format!("{:9.1}", s / all * 100.0)).concat());
    }
}

/// Start-up: the engine and a worker, and the program as a whole where a build of it lies at hand.
fn print_start(groups: &BTreeMap<String, Group>) {
    let engine = median(|| drop(black_box(Engine::new(Options::default()).expect("sound data").worker())));
    println!("\nstart: engine and worker {:.2} ms", engine.as_secs_f64() * 1e3);
    let program = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.join("seisho")));
    let Some(program) = program.filter(|p| p.exists()) else { return };
    let Some(sample) = groups.values().flat_map(|g| &g.samples).next() else { return };
    let scratch = std::env::temp_dir().join(format!("seisho-bench-{}", std::process::id()));
    let input = scratch.join(&sample.path);
    fs::create_dir_all(&scratch).and_then(|()| fs::write(&input, &sample.bytes)).expect("a temporary file");
    let run = |args: &[&Path]| {
        let time = median(|| {
            let status = Command::new(&program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
            assert!(status.is_ok_and(|s| s.success()), "{} failed", program.display());
        });
        time.as_secs_f64() * 1e3
    };
    let version = run(&[Path::new("--version")]);
    let convert = run(&[Path::new("convert"), &input, Path::new("--out"), &scratch.join("out")]);
    println!("start: seisho --version {version:.2} ms, convert of one file ({} bytes) {convert:.2} ms", sample.bytes.len());
    fs::remove_dir_all(&scratch).expect("a temporary folder");
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}
