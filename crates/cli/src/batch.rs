//! `seisho convert`: one task a file, results in the order of the inputs, each file shielded from the
//! others' faults.

use crate::args::Convert;
use crate::inputs::{self, Input};
use crate::lang::{Lang, Stop};
use crate::output::{self, Lines};
use crate::progress::Progress;
use crate::second::OtherProcess;
use crate::summary;
use jiff::Timestamp;
use rayon::prelude::*;
use seisho_extract::Limits;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{ManifestLine, Options, Run, Status, Totals};
use seisho_model::record::{Document, SCHEMA_VERSION};
use seisho_pipeline::Engine;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Files in flight for every thread: enough that a slow one does not leave the others idle, few enough
/// that memory stays flat.
const IN_FLIGHT: usize = 32;

/// Stack of a thread: forms of a PDF that call each other go deep, and a thread that runs out takes the run down.
const STACK: usize = 64 << 20;

/// What became of one input.
struct Done {
    manifest: ManifestLine,
    /// Its lines of `records.jsonl`.
    records: Vec<u8>,
    bytes: u64,
}

/// Converts everything; true when nothing failed.
pub(crate) fn convert(options: &Convert, lang: Lang) -> Result<bool, Stop> {
    let started = (Timestamp::now(), Instant::now());
    let inputs = inputs::find(&options.inputs, &options.out)?;
    if inputs.is_empty() {
        return Err(Stop::new("変換するファイルがありません", "there is nothing to convert"));
    }
    let jobs = options.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let engine = Engine::new(Limits {
        second: Some(Arc::new(OtherProcess)),
        bytes: options.max_bytes,
        password: options.password.clone(),
        ..Limits::default()
    })
    .map_err(|e| Stop::new("プログラムが壊れています", "the program is damaged").because(e))?
    .with_options(seisho_pipeline::Options { page_joins: !options.no_page_joins })
    .with_readers(options.scans.readers());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .build()
        .map_err(|e| Stop::new("スレッドを作れません", "no threads").because(e))?;
    // A panic becomes its file's failure, with its message; the standard one would break the bar.
    std::panic::set_hook(Box::new(|_| {}));
    let totals = run(&inputs, &options.out, jobs, &engine, &pool, lang)?;
    let report = Run {
        schema_version: SCHEMA_VERSION.to_owned(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        options: Options {
            inputs: options.inputs.iter().map(|p| p.display().to_string()).collect(),
            jobs: jobs as u64,
            max_bytes: options.max_bytes,
            page_joins: !options.no_page_joins,
        },
        started: started.0.to_string(),
        seconds: started.1.elapsed().as_secs_f64(),
        totals,
    };
    output::write_whole(&options.out.join("run.json"), &output::pretty(&report)?)?;
    summary::print(&report, &options.out, lang);
    Ok(report.totals.failed == 0)
}

fn run(inputs: &[Input], out: &Path, jobs: usize, engine: &Engine, pool: &rayon::ThreadPool, lang: Lang) -> Result<Totals, Stop> {
    std::fs::create_dir_all(out)
        .map_err(|e| Stop::new(format!("{} を作れません", out.display()), format!("cannot create {}", out.display())).because(e))?;
    let mut records = Lines::create(out.join("records.jsonl"))?;
    let mut manifest = Lines::create(out.join("manifest.jsonl"))?;
    let mut totals = Totals::default();
    let mut progress = Progress::new(inputs.len() as u64, lang);
    for part in inputs.chunks(jobs * IN_FLIGHT) {
        let done: Result<Vec<Done>, Stop> =
            pool.install(|| part.par_iter().map_init(|| engine.worker(), |worker, input| one(input, out, engine, worker)).collect());
        for done in done? {
            records.add(&done.records)?;
            manifest.add(&output::line(&done.manifest)?)?;
            let failed = done.manifest.status == Status::Failed;
            if failed && let Some(reason) = &done.manifest.reason {
                progress.note(&summary::failure(&done.manifest, reason, lang));
            }
            progress.step(failed);
            count(&done, &mut totals);
        }
    }
    progress.finish();
    records.finish()?;
    manifest.finish()?;
    Ok(totals)
}

fn count(done: &Done, totals: &mut Totals) {
    let counter = match done.manifest.status {
        Status::Converted => &mut totals.converted,
        Status::Failed => &mut totals.failed,
        Status::Skipped => &mut totals.skipped,
    };
    *counter += 1;
    totals.bytes += done.bytes;
    if let Some(counts) = &done.manifest.counts {
        totals.counts.add(counts);
    }
}

/// Converts one input and writes its document. Only what concerns the run as a whole is an error.
fn one(input: &Input, out: &Path, engine: &Engine, worker: &mut seisho_pipeline::Worker) -> Result<Done, Stop> {
    if let Some(reason) = &input.skip {
        return Ok(failed(input, None, Status::Skipped, None, reason.clone(), 0));
    }
    let bytes = match std::fs::read(&input.file) {
        Ok(bytes) => bytes,
        Err(e) => {
            let reason = Message::new(format!("開けません（{e}）"), format!("cannot be read ({e})"));
            return Ok(failed(input, None, Status::Failed, Some(Code::X104), reason, 0));
        }
    };
    let sha256 = Some(seisho_pipeline::sha256(&bytes));
    let size = bytes.len() as u64;
    match shielded(|| engine.convert(&input.path, &bytes, worker)) {
        Ok(Ok(document)) => write(&document, out, size),
        Ok(Err(error)) => Ok(failed(input, sha256, Status::Failed, Some(error.code()), error.message(), size)),
        Err(fault) => {
            *worker = engine.worker(); // its scratch may be half-written
            Ok(failed(input, sha256, Status::Failed, Some(Code::I001), fault, size))
        }
    }
}

/// Does some work; a panic in it becomes a message and takes nothing else with it.
fn shielded<T>(work: impl FnOnce() -> T) -> Result<T, Message> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let what = said.unwrap_or("?");
        Message::new(format!("内部の誤りです（{what}）"), format!("internal error ({what})"))
    })
}

fn write(document: &Document, out: &Path, size: u64) -> Result<Done, Stop> {
    let path = out.join("documents").join(format!("{}.json", document.source.path));
    output::write_whole(&path, &output::pretty(document)?)?;
    let mut records = Vec::new();
    for record in seisho_pipeline::records(document) {
        records.extend(output::line(&record)?);
    }
    let manifest = ManifestLine {
        path: document.source.path.clone(),
        sha256: Some(document.source.sha256.clone()),
        status: Status::Converted,
        code: None,
        reason: None,
        kind: Some(document.kind),
        counts: Some(seisho_pipeline::counts(document)),
    };
    Ok(Done { manifest, records, bytes: size })
}

fn failed(input: &Input, sha256: Option<String>, status: Status, code: Option<Code>, reason: Message, bytes: u64) -> Done {
    let code = code.map(|c| c.name().to_owned());
    let manifest = ManifestLine { path: input.path.clone(), sha256, status, code, reason: Some(reason), kind: None, counts: None };
    Done { manifest, records: Vec::new(), bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_file_becomes_its_message() {
        let numbers: Vec<u32> = Vec::new();
        let fault = shielded(|| numbers[3]).unwrap_err();
        assert!(fault.en.contains("internal error (index out of bounds") && fault.ja.contains("内部の誤り"), "{fault:?}");
        assert_eq!(shielded(|| 3).unwrap(), 3);
    }
}
