//! Batches as a scheduler or a module of another language runs them: by the library, with a program that it names.

use crate::support::{bytes_of, convert, files, fixtures, folder_of, read};
use seisho_batch::files::WriteError;
use seisho_batch::{Batch, Error, Outcome, Program, Programs, Reporter, Shard, State};
use seisho_model::output::{ManifestLine, Run};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;

const BAD: &[u8] = b"%PDF-1.7 and nothing more";

/// The command that the tests are about, in the part of a worker.
fn programs() -> Programs {
    Programs::of(env!("CARGO_BIN_EXE_seisho"))
}

/// What a caller hears.
#[derive(Default)]
struct Heard {
    begun: Option<(u64, u64)>,
    done: Vec<String>,
    not_set_aside: usize,
}

impl Reporter for Heard {
    fn begun(&mut self, total: u64, todo: u64) {
        self.begun = Some((total, todo));
    }

    fn done(&mut self, line: &ManifestLine) {
        self.done.push(line.path.clone());
    }

    fn not_set_aside(&mut self, _: &Path, error: &WriteError) {
        assert!(matches!(error, WriteError::Input));
        self.not_set_aside += 1;
    }
}

fn finished(outcome: Outcome) -> Run {
    match outcome {
        Outcome::Finished(run) => *run,
        Outcome::Stopped => panic!("stopped"),
    }
}

#[test]
fn a_library_call_writes_what_the_command_writes() {
    let inputs = fixtures().join("documents");
    let out = TempDir::new().expect("a folder");
    let batch = Batch { jobs: 2, ..Batch::new([&inputs], out.path(), programs()) };
    let mut heard = Heard::default();
    let run = finished(batch.clone().plan().expect("a plan").run(&AtomicBool::new(false), &mut heard).expect("a run"));
    let count = files(&inputs).len() as u64;
    assert_eq!((heard.begun, heard.done.len() as u64, run.totals.converted), (Some((count, count)), count, count));
    assert_eq!(bytes_of(out.path()), convert(&[&inputs]).bytes());
    let again = finished(batch.plan().expect("a plan").run(&AtomicBool::new(false), &mut ()).expect("a run"));
    assert_eq!(again.unchanged, count);
    let status = seisho_batch::status(out.path()).expect("a status");
    assert_eq!((status.state, status.done, status.failed), (State::Finished, count, 0));
}

#[test]
fn a_stopped_batch_goes_on_and_shards_are_merged() {
    let inputs = fixtures().join("documents");
    let whole = convert(&[&inputs]).bytes();
    let folder = TempDir::new().expect("a folder");
    let shards: Vec<_> = (1..=2).map(|part| (Shard { part, parts: 2 }, folder.path().join(part.to_string()))).collect();
    for (shard, out) in &shards {
        let batch = Batch { shard: Some(*shard), ..Batch::new([&inputs], out, programs()) };
        let stopped = batch.clone().plan().expect("a plan").run(&AtomicBool::new(true), &mut ()).expect("a run");
        assert!(matches!(stopped, Outcome::Stopped));
        assert_eq!(seisho_batch::status(out).expect("a status").state, State::Stopped);
        finished(batch.plan().expect("a plan").run(&AtomicBool::new(false), &mut ()).expect("a run"));
    }
    let (out, folders) = (folder.path().join("all"), shards.into_iter().map(|(_, out)| out).collect::<Vec<_>>());
    assert!(matches!(seisho_batch::merge(&folders[..1], &out), Err(Error::Incomplete { parts: 2, named }) if named == [1]));
    seisho_batch::merge(&folders, &out).expect("the whole");
    assert_eq!(bytes_of(&out), whole);
}

#[test]
fn errors_are_types_and_keep_their_causes() {
    let folder = folder_of(&[("in/bad.pdf", BAD)]);
    let (inputs, out) = (folder.path().join("in"), folder.path().join("out"));
    let batch = |input: &Path, programs| Batch::new([input], &out, programs);
    let missing = batch(&folder.path().join("none"), programs()).plan().err().expect("an error");
    assert!(matches!(&missing, Error::Missing(..)) && std::error::Error::source(&missing).is_some(), "{missing:?}");
    let gone = Programs { worker: Program::new("/no/such/program", &["answer"]), ..programs() };
    let plan = batch(&inputs, gone).plan().expect("a plan");
    let error = plan.run(&AtomicBool::new(false), &mut ()).expect_err("no worker");
    assert!(matches!(error, Error::NoWorker(_)), "{error:?}");
    let batch = Batch { quarantine: Some(inputs.clone()), ..batch(&inputs, programs()) };
    let mut heard = Heard::default();
    let run = finished(batch.plan().expect("a plan").run(&AtomicBool::new(false), &mut heard).expect("a run"));
    assert_eq!((run.totals.failed, heard.not_set_aside), (1, 1));
    assert_eq!(read(&inputs.join("bad.pdf")), BAD);
}

/// A fallback reader is a program like any other, and not this one.
#[cfg(unix)]
#[test]
fn the_fallback_reader_is_the_program_that_was_named() {
    let out = TempDir::new().expect("a folder");
    let fallback = Program::new("/bin/sh", &["-c", r#"cat > /dev/null; echo '{"Ok":["Budget 2026 xyz"]}'"#]);
    let batch = Batch::new([fixtures().join("second/narrow.pdf")], out.path(), Programs { fallback, ..programs() });
    finished(batch.plan().expect("a plan").run(&AtomicBool::new(false), &mut ()).expect("a run"));
    let document: serde_json::Value = serde_json::from_slice(&read(&out.path().join("documents/narrow.pdf.json"))).expect("JSON");
    assert_eq!(document["preamble"][1], "xyz");
}
