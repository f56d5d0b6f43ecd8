//! How a run over thousands of files goes: files and pages a second, what a second thread brings, what the journal and
//! the worker processes cost, how much memory is in use; beside `pdftotext` and pdfplumber on the same PDFs.
//!
//! `cargo bench -p seisho --bench batch` copies the documents of the fixtures and, where it is there, of `../shared`
//! (those that are no scans) as often as needed, measures and prints; it judges nothing. The first line of the cost
//! table converts in one thread without journal, processes or progress: what the documents themselves take.
#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

mod clock;
#[path = "../../../tests/print/mod.rs"]
#[expect(dead_code, reason = "the tests print as well")]
mod print;

use print::tools;
use seisho_extract::Options;
use seisho_pipeline::{Engine, Engines, When, records};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const FILES: usize = 2_000;
const MANY: [usize; 3] = [200, 2_000, 20_000];
const POLL: Duration = Duration::from_millis(5);
const PDFPLUMBER: &str = "import sys, pdfplumber\nfor name in sys.argv[1:]:\n    try:\n        with pdfplumber.open(name) as pdf:\n            for page in pdf.pages:\n                page.extract_tables()\n                page.close()\n    except Exception:\n        pass";

/// Rounds of which the best is shown: other guests of the machine come and go.
const ROUNDS: usize = 2;

/// What a command took.
#[derive(Clone, Copy)]
struct Taken {
    /// Seconds on the clock, and of the processor.
    wall: f64,
    cpu: f64,
    /// Until the first document was there.
    first: f64,
    /// Memory of all its processes together, in MiB.
    peak: f64,
}

fn main() {
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-batch");
    let _ = fs::remove_dir_all(&folder);
    let sources = sources();
    let (inputs, out) = (folder.join("in"), folder.join("out"));
    copies(&sources, FILES, &inputs);
    let pdfs = sources.iter().cycle().take(FILES).filter(|f| f.extension().is_some_and(|e| e == "pdf")).count();
    println!("{FILES} files ({} documents over and over), {pdfs} of them PDFs", sources.len());

    let alone = (0..ROUNDS).map(|_| by_library(&inputs, &folder.join("alone"))).fold(f64::INFINITY, f64::min);
    let ways: [&[&str]; 3] = [&["--in-process", "--jobs", "1"], &["--jobs", "1"], &["--jobs", "2"]];
    let rounds: Vec<[Taken; 3]> = (0..ROUNDS).map(|_| ways.map(|args| seisho(&inputs, &out, args))).collect();
    let [here, one, two] = [0, 1, 2].map(|way| best(rounds.iter().map(|round| &round[way])));
    let pages = pages(&out);
    println!("\n{:34} {:>8} {:>9} {:>8} {:>8} {:>9}", "", "files/s", "pages/s", "CPU s", "first", "memory");
    let show = |what: &str, t: &Taken| {
        let (files, pages) = (FILES as f64 / t.wall, pages as f64 / t.wall);
        println!("{what:34} {files:8.1} {pages:9.1} {:8.2} {:6.0}ms {:6.0}MiB", t.cpu, t.first * 1e3, t.peak);
    };
    show("1 job", &one);
    show("2 jobs", &two);
    println!("speed-up with 2 jobs: {:.2}", one.wall / two.wall);
    let share = |more: f64| more / alone * 100.0;
    println!(
        "\nCPU seconds: documents alone {alone:.2}; journal, results and progress {:+.1} %, worker processes {:+.1} %",
        share(here.cpu - alone),
        share(one.cpu - here.cpu)
    );
    let again = converting(&inputs, &out, &["--jobs", "2"]);
    println!("the same command again, nothing changed: {:.2} s, {:.2} CPU s", again.wall, again.cpu);

    println!("\nmemory of all processes, 2 jobs");
    for files in MANY {
        let inputs = folder.join(format!("in-{files}"));
        copies(&sources, files, &inputs);
        let taken = seisho(&inputs, &out, &["--jobs", "2"]);
        println!("{files:6} files {:6.0} MiB  {:6.1} s", taken.peak, taken.wall);
        fs::remove_dir_all(&inputs).expect("a folder");
    }
    peers(&sources, &folder);
}

/// The least of each time, the most of memory.
fn best<'t>(taken: impl Iterator<Item = &'t Taken>) -> Taken {
    let least = |a: Taken, b: &Taken| Taken {
        wall: a.wall.min(b.wall),
        cpu: a.cpu.min(b.cpu),
        first: a.first.min(b.first),
        peak: a.peak.max(b.peak),
    };
    let none = Taken { wall: f64::INFINITY, cpu: f64::INFINITY, first: f64::INFINITY, peak: 0.0 };
    taken.fold(none, least)
}

/// Documents that every machine converts the same: no scans.
fn sources() -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["fixtures/documents", "../shared/corpus/docs", "../shared/seeds"].map(|f| top.join(f));
    let mut found: Vec<PathBuf> =
        folders.iter().filter_map(|f| fs::read_dir(f).ok()).flatten().flatten().map(|e| e.path()).filter(|f| f.is_file()).collect();
    found.sort();
    let engines = Engines::new(When::Never, None);
    let engine = Engine::new(Options::default()).expect("sound data").with_engines(engines);
    let mut worker = engine.worker();
    found.retain(|file| {
        let document = engine.convert("a", &fs::read(file).expect("a file"), &mut worker);
        document.is_ok_and(|d| d.findings.iter().all(|f| f.code != "X108"))
    });
    found
}

/// So many copies, in folders of a hundred.
fn copies(sources: &[PathBuf], count: usize, folder: &Path) {
    for (n, source) in sources.iter().cycle().take(count).enumerate() {
        let part = folder.join(format!("{:03}", n / 100));
        fs::create_dir_all(&part).expect("a folder");
        let name = source.file_name().expect("a name").to_string_lossy();
        fs::copy(source, part.join(format!("{n:05}-{name}"))).expect("a copy");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// CPU seconds of converting everything in this thread and writing the documents, nothing else.
fn by_library(inputs: &Path, out: &Path) -> f64 {
    let used = || rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let engine = Engine::new(Options::default()).expect("sound data");
    let mut worker = engine.worker();
    fs::create_dir_all(out).expect("a folder");
    let start = used();
    let mut lines = std::io::BufWriter::new(fs::File::create(out.join("records.jsonl")).expect("a file"));
    for (n, file) in files(inputs).iter().enumerate() {
        let Ok(document) = engine.convert("a", &fs::read(file).expect("a file"), &mut worker) else { continue };
        let aside = out.join("aside");
        fs::write(&aside, serde_json::to_vec_pretty(&document).expect("JSON")).expect("a file");
        fs::rename(&aside, out.join(format!("{n}.json"))).expect("a file");
        for record in records(&document) {
            serde_json::to_writer(&mut lines, &record).expect("a line");
            lines.write_all(b"\n").expect("a line");
        }
    }
    lines.flush().expect("a file");
    let end = used();
    (end.tv_sec - start.tv_sec) as f64 + (end.tv_nsec - start.tv_nsec) as f64 / 1e9
}

fn seisho(inputs: &Path, out: &Path, args: &[&str]) -> Taken {
    let _ = fs::remove_dir_all(out);
    converting(inputs, out, args)
}

fn converting(inputs: &Path, out: &Path, args: &[&str]) -> Taken {
    let all: Vec<&OsStr> =
        ["convert", "--quiet", "--out"].map(OsStr::new).into_iter().chain([out.as_os_str(), inputs.as_os_str()]).collect();
    let args: Vec<&OsStr> = all.into_iter().chain(args.iter().map(OsStr::new)).collect();
    taken(env!("CARGO_BIN_EXE_seisho").as_ref(), &args, &out.join("documents"))
}

/// Runs a command and looks at its processes while it runs.
fn taken(program: &OsStr, args: &[&OsStr], first: &Path) -> Taken {
    let started = Instant::now();
    let mut child = clock::timed(program, args).spawn().expect("bash");
    let (mut peaks, mut came) = (BTreeMap::new(), None);
    let wall = loop {
        if child.try_wait().expect("a state").is_some() {
            break started.elapsed();
        }
        if came.is_none() && fs::read_dir(first).is_ok_and(|mut d| d.next().is_some()) {
            came = Some(started.elapsed());
        }
        look(child.id(), &mut peaks);
        std::thread::sleep(POLL);
    };
    let cpu = clock::seconds(&child.wait_with_output().expect("its words").stderr);
    let peak = peaks.values().sum::<u64>() as f64 / 1024.0;
    Taken { wall: wall.as_secs_f64(), cpu, first: came.unwrap_or_default().as_secs_f64(), peak }
}

/// The most that each process has used so far, in KiB.
fn look(process: u32, peaks: &mut BTreeMap<u32, u64>) {
    let Ok(status) = fs::read_to_string(format!("/proc/{process}/status")) else { return };
    let most: Option<u64> = status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    // A process that has ended no longer says it.
    let peak = peaks.entry(process).or_default();
    *peak = most.unwrap_or_default().max(*peak);
    for task in fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten() {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        children.split_whitespace().filter_map(|id| id.parse().ok()).for_each(|id| look(id, peaks));
    }
}

fn pages(out: &Path) -> usize {
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).expect("a file")).expect("JSON");
    run["totals"]["counts"]["pages"].as_u64().expect("a number") as usize
}

/// One of each PDF, by all three.
fn peers(sources: &[PathBuf], folder: &Path) {
    let pdfs: Vec<&PathBuf> = sources.iter().filter(|f| f.extension().is_some_and(|e| e == "pdf")).collect();
    let inputs = folder.join("pdfs");
    copies(&pdfs.iter().map(|f| (*f).clone()).collect::<Vec<_>>(), pdfs.len(), &inputs);
    let out = folder.join("out-pdfs");
    let own = seisho(&inputs, &out, &["--jobs", "1"]);
    let pages = pages(&out) as f64;
    println!(
        "\n{} PDFs of {pages} pages: pages a CPU second, one process start a file for pdftotext\nseisho {:.0}",
        pdfs.len(),
        pages / own.cpu
    );
    let list = files(&inputs);
    let names: Vec<&OsStr> = list.iter().map(|f| f.as_os_str()).collect();
    if let Some(bash) = tools::program(&["pdftotext"]).map(|_| OsStr::new("bash")) {
        let script = "for f in \"$@\"; do pdftotext -layout \"$f\" /dev/null; done";
        let args: Vec<&OsStr> =
            [OsStr::new("-c"), OsStr::new(script), OsStr::new("bash")].into_iter().chain(names.iter().copied()).collect();
        let t = taken(bash, &args, &out);
        println!("pdftotext -layout {:.0} ({:.1} times as long)", pages / t.cpu, t.cpu / own.cpu);
    }
    if tools::has_module("pdfplumber") {
        let args: Vec<&OsStr> = [OsStr::new("-c"), OsStr::new(PDFPLUMBER)].into_iter().chain(names).collect();
        let t = taken(tools::python_program().as_os_str(), &args, &out);
        println!("pdfplumber extract_tables {:.1} ({:.1} times as long)", pages / t.cpu, t.cpu / own.cpu);
    }
}
