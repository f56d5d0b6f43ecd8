//! A folder of documents to a folder of results, by worker processes, with a journal by which a run that was stopped
//! goes on.

use crate::Error;
use crate::files::{Names, RelativePath, WriteError, Writer, place};
use crate::inputs::{self, Input};
use crate::journal::{Beginning, Change, Entry, Heading, Journal, Origins, Start, edited, laid};
use crate::options::{Conversion, Shard};
use crate::results::{self, Notes, Started};
use crate::unchanged;
use crate::work::{Done, Event, Jobs, PageOf, Programs, STACK, Setup};
use rayon::prelude::*;
use seisho_model::output::{Confinement, ManifestLine, Options, Run, Status};
use seisho_pipeline::Engines;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Files whose entries are in memory at a time while it is seen what is still to do.
const LOOKED_AT: usize = 256;

/// Documents to convert, and how.
#[derive(Clone)]
pub struct Batch {
    /// Files and folders, which are searched to the bottom.
    pub inputs: Vec<PathBuf>,
    /// Folder of results.
    pub out: PathBuf,
    /// What converts.
    pub programs: Programs,
    /// How.
    pub conversion: Conversion,
    /// Password of encrypted PDFs.
    pub password: String,
    /// Files at a time.
    pub jobs: usize,
    /// Only this part of the inputs.
    pub shard: Option<Shard>,
    /// Whether what an earlier run has done is done again.
    pub force: bool,
    /// Whether results of other inputs that are there are kept beside these.
    pub add: bool,
    /// Whether documents are converted in this process, which one of them may end.
    pub in_process: bool,
    /// Folder for copies of the inputs that failed.
    pub quarantine: Option<PathBuf>,
}

/// What hears how a run goes. It does nothing unless it says so.
pub trait Reporter {
    /// The run begins: so many inputs, of which so many are still to be done.
    fn begun(&mut self, total: u64, todo: u64) {
        let _ = (total, todo);
    }

    /// A page of a document that takes long is begun: which one, from 1, of how many.
    fn page(&mut self, path: &RelativePath, page: usize, of: usize) {
        let _ = (path, page, of);
    }

    /// An input is done.
    fn done(&mut self, line: &ManifestLine) {
        let _ = line;
    }

    /// An input that failed could not be copied to the quarantine. The run goes on.
    fn not_set_aside(&mut self, to: &Path, error: &WriteError) {
        let _ = (to, error);
    }
}

/// Nobody hears.
impl Reporter for () {}

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// All inputs are done; this is what `run.json` says.
    Finished(Box<Run>),
    /// It was stopped; the same batch goes on from here.
    Stopped,
}

impl Batch {
    /// These inputs into this folder, one at a time, as by default.
    pub fn new<P: Into<PathBuf>>(inputs: impl IntoIterator<Item = P>, out: impl Into<PathBuf>, programs: Programs) -> Self {
        Self {
            inputs: inputs.into_iter().map(Into::into).collect(),
            out: out.into(),
            programs,
            conversion: Conversion::default(),
            password: String::new(),
            jobs: 1,
            shard: None,
            force: false,
            add: false,
            in_process: false,
            quarantine: None,
        }
    }

    /// Finds all inputs. Nothing is written yet.
    ///
    /// # Errors
    /// When an input is not there, two of them have one result, or a file of the results is an input.
    pub fn plan(self) -> Result<Plan, Error> {
        let inputs = inputs::find(&self.inputs, &self.out, self.quarantine.as_deref())?;
        if inputs.is_empty() {
            return Err(Error::NothingToDo);
        }
        // Those of other shards as well.
        let kept = Origins::read(&self.out);
        let writer = Writer::sparing(inputs.iter().filter(|i| i.is_file).map(|i| i.file.clone()).chain(kept.files()));
        results::check(&self.out, &writer)?;
        let names = Arc::new(Names::of(inputs.iter().map(|i| &i.path)));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).stack_size(STACK).build();
        let pool = Arc::new(pool.map_err(|e| Error::Threads(Box::new(e)))?);
        let inputs = match self.shard {
            Some(shard) => pool.install(|| of_shard(inputs, shard)),
            None => inputs,
        };
        Ok(Plan { batch: self, inputs, names, writer, pool, started: Started::now(), confinement: Mutex::new(None) })
    }
}

/// A batch whose inputs are known.
pub struct Plan {
    batch: Batch,
    inputs: Vec<Input>,
    names: Arc<Names>,
    writer: Writer,
    pool: Arc<rayon::ThreadPool>,
    started: Started,
    /// What the worker processes could not reach, once one has said so.
    confinement: Mutex<Option<Confinement>>,
}

impl Plan {
    /// Writes to everything but the inputs: for what the caller writes beside the results.
    #[must_use]
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// How many inputs there are.
    pub(crate) fn len(&self) -> usize {
        self.inputs.len()
    }

    /// What was planned.
    pub(crate) fn batch(&self) -> &Batch {
        &self.batch
    }

    /// The paths of all inputs, in one hash: two machines that see the same files have the same.
    pub(crate) fn listing(&self) -> String {
        let paths: Vec<&str> = self.inputs.iter().map(|input| input.path.as_str()).collect();
        seisho_pipeline::sha256(paths.join("\n").as_bytes())
    }

    /// A part of the inputs by the hash of their paths, into a folder of its own. No file is read for it, and one that changes
    /// meanwhile stays in its part.
    pub(crate) fn part(&self, shard: Shard, out: PathBuf) -> Self {
        let inputs = self.inputs.iter().filter(|input| is_of(shard, &seisho_pipeline::sha256(input.path.as_str().as_bytes())));
        Self {
            batch: Batch { out, shard: Some(shard), ..self.batch.clone() },
            inputs: inputs.cloned().collect(),
            names: Arc::clone(&self.names),
            writer: self.writer.clone(),
            pool: Arc::clone(&self.pool),
            started: Started::now(),
            confinement: Mutex::new(None),
        }
    }

    /// Converts everything that is not done yet, until `stop` is set: then the files in hand are finished.
    ///
    /// # Errors
    /// When the results cannot be written, another run has them, or no worker process can be started.
    pub fn run(&self, stop: &AtomicBool, reporter: &mut dyn Reporter) -> Result<Outcome, Error> {
        let Batch { out, shard, conversion, .. } = &self.batch;
        let mut journal = Journal::open(out, &self.writer)?;
        self.check_shard(&journal)?;
        if !self.batch.force {
            results::check_foreign(out, &journal, &self.writer, self.inputs.iter().map(|i| &i.path))?;
        }
        let heading = Heading::new(self.batch.programs.identity(), conversion.clone(), *shard);
        let kept_inputs = self.of_other_inputs(&journal)?;
        let kept = journal.kept().heading.as_ref();
        let is_of_it = kept.is_some_and(|kept| kept.is_but_for_ledger(&heading));
        let begins_anew = (self.batch.force && !self.batch.add) || !is_of_it;
        // Another ledger changes only the documents that its lines concern.
        let before = kept.map_or(&[][..], |kept| &kept.conversion.corrections).to_vec();
        let change = Change::of(&before, &conversion.corrections);
        if let Some(other) = kept_inputs.first().filter(|_| begins_anew) {
            let (out, path, root) = (out.clone(), other.path.to_string(), other.root.to_string());
            return Err(Error::OtherOptions { out, path, root });
        }
        let mut todo = if begins_anew || self.batch.force { self.inputs.iter().collect() } else { self.todo(&journal, &change) };
        let unchanged = self.inputs.len() - todo.len();
        todo.extend(self.touched(&kept_inputs, &journal, &change)?);
        let total = (unchanged + todo.len()) as u64;
        let start = Start { inputs: total, at: self.started.at.to_string(), process: std::process::id() };
        let all: Vec<&Input> = self.inputs.iter().chain(&kept_inputs).collect();
        Origins::of(all.iter().map(|i| (&i.path, &*i.root))).write(out, &self.writer)?;
        let edited = edited::keep(&journal, todo.iter().map(|i| &i.path), out, &self.writer)?;
        let with = match journal.kept().heading.as_ref() == Some(&heading) {
            _ if begins_anew => Beginning::Anew,
            true => Beginning::Kept,
            false => {
                let open: BTreeSet<&RelativePath> = todo.iter().map(|i| &i.path).collect();
                Beginning::Some(all.iter().map(|i| &i.path).filter(|path| !open.contains(path)).collect())
            }
        };
        journal.begin(heading, start, &with)?;
        reporter.begun(total, todo.len() as u64);
        let mut keeper = Keeper {
            journal: &mut journal,
            writer: &self.writer,
            reporter,
            quarantine: self.batch.quarantine.as_deref(),
            names: &self.names,
        };
        let mut paths: Vec<&RelativePath> = all.iter().map(|i| &i.path).collect();
        paths.sort_unstable();
        self.convert(&todo, &BTreeSet::new(), &mut keeper, stop)?;
        if !stop.load(Ordering::Relaxed) {
            self.take_back(&all, &paths, &mut keeper, stop)?;
        }
        if stop.load(Ordering::Relaxed) {
            return Ok(Outcome::Stopped);
        }
        self.make_good(&all, &mut keeper, stop)?;
        if stop.load(Ordering::Relaxed) {
            return Ok(Outcome::Stopped);
        }
        let notes = Notes {
            options: self.said(),
            corrections: &conversion.corrections,
            left_out: (conversion.corrections.is_empty() && !before.is_empty()).then_some(before.len() as u64),
            edited,
            confinement: *self.confinement.lock().unwrap_or_else(PoisonError::into_inner),
        };
        let run = results::finish(out, &self.writer, &mut journal, &paths, unchanged, self.started, notes)?;
        Ok(Outcome::Finished(Box::new(run)))
    }

    /// Converts documents again that rest on a correction which another document claims too: it is laid over neither.
    fn take_back(&self, all: &[&Input], paths: &[&RelativePath], keeper: &mut Keeper<'_>, stop: &AtomicBool) -> Result<(), Error> {
        if self.batch.conversion.corrections.is_empty() {
            return Ok(());
        }
        let held = laid::in_two_documents(keeper.journal, paths);
        let is_of_it = |input: &&Input| keeper.journal.entry(&input.path).is_some_and(|e| laid::rests_on(&e, &held));
        let again: Vec<&Input> = if held.is_empty() { Vec::new() } else { all.iter().copied().filter(is_of_it).collect() };
        if let Some(gone) = again.iter().find(|input| !is_as_it_was(input, keeper.journal)) {
            return Err(self.without_source(gone));
        }
        if again.is_empty() { Ok(()) } else { self.convert(&again, &held, keeper, stop) }
    }

    /// Results that are kept, and that another ledger changes: done again from their sources, as if these had been named.
    fn touched<'o>(&self, kept: &'o [Input], journal: &Journal, change: &Change<'_>) -> Result<Vec<&'o Input>, Error> {
        let mut touched = Vec::new();
        for input in kept {
            let Some(entry) = journal.entry(&input.path) else {
                if !input.file.is_file() {
                    return Err(self.without_source(input));
                }
                touched.push(input);
                continue;
            };
            if change.touches(&entry, &self.batch.out, &input.path) {
                if !is_as_it_was(input, journal) {
                    return Err(self.without_source(input));
                }
                touched.push(input);
            } else if unchanged::is_held(&entry) && is_as_it_was(input, journal) {
                touched.push(input);
            }
        }
        Ok(touched)
    }

    /// Converts documents again that somebody took away since they were written: what is counted is there.
    fn make_good(&self, all: &[&Input], keeper: &mut Keeper<'_>, stop: &AtomicBool) -> Result<(), Error> {
        let out = &self.batch.out;
        let is_lost = |input: &&Input| keeper.journal.entry(&input.path).is_some_and(|e| !e.has_its_documents(out, &input.path));
        let lost: Vec<&Input> = all.iter().copied().filter(is_lost).collect();
        if lost.is_empty() { Ok(()) } else { self.convert(&lost, &BTreeSet::new(), keeper, stop) }
    }

    fn without_source(&self, input: &Input) -> Error {
        Error::WithoutSource { out: self.batch.out.clone(), path: input.path.to_string(), file: input.file.clone() }
    }

    /// Results of inputs that are not of this run, with what was named: a folder holds those of one run, unless others are
    /// to be kept. What stands in a root that is named again and is gone, is gone.
    fn of_other_inputs(&self, journal: &Journal) -> Result<Vec<Input>, Error> {
        let Batch { out, add, force, .. } = &self.batch;
        let roots: BTreeSet<&str> = self.inputs.iter().map(|i| &*i.root).collect();
        let by_path: BTreeMap<&str, &Input> = self.inputs.iter().map(|i| (i.path.as_str(), i)).collect();
        let mut others = Vec::new();
        let origins = Origins::read(out);
        let origins = origins.by_path();
        for path in journal.kept().entries.keys() {
            let Some(root) = origins.get(path.as_str()).filter(|root| !roots.contains(*root)).map(|r| (*r).to_owned()) else { continue };
            match by_path.get(path.as_str()) {
                None => others.push(Input::kept(path.clone(), &root)),
                Some(_) if *force => {}
                // A folder that was moved holds the same documents.
                Some(input) if journal.entry(path).is_some_and(|e| e.manifest.sha256 == unchanged::sha256(input)) => {}
                Some(input) => {
                    let path = path.to_string();
                    return Err(Error::Replaced { out: out.clone(), file: input.file.clone(), path, root });
                }
            }
        }
        // Those that a run under another ledger was stopped over have a document, but no entry any more.
        for (path, root) in origins.iter().filter(|(path, root)| !roots.contains(*root) && !by_path.contains_key(*path)) {
            let Ok(path) = RelativePath::parse(*path) else { continue };
            if !journal.kept().entries.contains_key(&path) && place(out, &path, 1).is_file() {
                others.push(Input::kept(path, root));
            }
        }
        match others.first() {
            Some(Input { path, root, .. }) if !add && !force => {
                let (out, path, root, count) = (out.clone(), path.to_string(), root.to_string(), others.len());
                Err(Error::OtherInput { out, path, root, count })
            }
            _ if !add => Ok(Vec::new()),
            _ => Ok(others),
        }
    }

    fn todo(&self, journal: &Journal, change: &Change<'_>) -> Vec<&Input> {
        let engines = self.batch.conversion.scans.engines();
        self.pool.install(|| todo(&self.inputs, &self.names, &self.batch.out, journal, &engines, change))
    }

    fn convert(&self, todo: &[&Input], held: &BTreeSet<String>, keeper: &mut Keeper<'_>, stop: &AtomicBool) -> Result<(), Error> {
        let Batch { jobs: threads, programs, conversion, password, in_process, out, .. } = &self.batch;
        let threads = *threads;
        let jobs = Jobs {
            threads,
            setup: Setup {
                conversion: conversion.clone(),
                password: password.clone(),
                // Threads that no file keeps busy read pages.
                page_threads: threads / todo.len().clamp(1, threads),
                fallback: programs.fallback.clone(),
                held: held.clone(),
            },
            worker: programs.worker.clone(),
            in_process: *in_process,
            out,
            writer: &self.writer,
            names: &self.names,
            asides: (0..threads).map(|n| keeper.journal.aside(n)).collect(),
            stop,
            confinement: &self.confinement,
        };
        let (known, unread): (Vec<&Input>, Vec<&Input>) = todo.iter().partition(|i| i.known.is_some());
        known.into_iter().filter_map(Done::known).try_for_each(|done| keeper.keep(done))?;
        jobs.run(&unread, |event| match event {
            Event::Page(input, PageOf { page, of }) => {
                keeper.reporter.page(&input.path, page, of);
                Ok(())
            }
            Event::Done(done) => keeper.keep(*done),
        })
    }

    /// A folder holds one shard, or all.
    fn check_shard(&self, journal: &Journal) -> Result<(), Error> {
        let name = |shard: Option<Shard>| shard.map_or_else(|| "1/1".to_owned(), |s| s.to_string());
        let Batch { out, shard, force, .. } = &self.batch;
        match &journal.kept().heading {
            Some(heading) if heading.shard != *shard && !force => {
                Err(Error::OtherShard { out: out.clone(), there: name(heading.shard), here: name(*shard) })
            }
            _ => Ok(()),
        }
    }

    /// The options as `run.json` states them.
    fn said(&self) -> Options {
        let Batch { inputs, jobs, conversion, shard, .. } = &self.batch;
        Options {
            inputs: inputs.iter().map(|p| p.display().to_string()).collect(),
            jobs: *jobs as u64,
            max_bytes: conversion.bounds.max_bytes,
            page_joins: !conversion.no_page_joins,
            shard: shard.map(|s| s.to_string()),
        }
    }
}

/// Keeps what became of the files, one by one.
struct Keeper<'r> {
    journal: &'r mut Journal,
    writer: &'r Writer,
    reporter: &'r mut dyn Reporter,
    quarantine: Option<&'r Path>,
    names: &'r Names,
}

impl Keeper<'_> {
    fn keep(&mut self, done: Done<'_>) -> Result<(), Error> {
        let Done { input, manifest, size, documents, records } = done;
        self.reporter.done(&manifest);
        if let (Status::Failed, Some(to)) = (manifest.status, self.quarantine) {
            let to = input.path.below(to);
            if let Err(error) = self.writer.copy(input.open(), &to) {
                self.reporter.not_set_aside(&to, &error);
            }
        }
        let as_one = self.names.is_one(&input.path);
        self.journal.add(Entry::new(manifest, size, documents, as_one, &records), &records)
    }
}

/// Whether a file is still what the journal's entry was made of.
fn is_as_it_was(input: &Input, journal: &Journal) -> bool {
    let known = journal.entry(&input.path).and_then(|entry| entry.manifest.sha256);
    known.is_some() && known == unchanged::sha256(input)
}

/// Inputs that the journal does not have as they are now.
fn todo<'i>(inputs: &'i [Input], names: &Names, out: &Path, journal: &Journal, engines: &Engines, change: &Change<'_>) -> Vec<&'i Input> {
    let mut todo = Vec::new();
    for part in inputs.chunks(LOOKED_AT) {
        let entries: Vec<(&Input, Option<Entry>)> = part.iter().map(|i| (i, journal.entry(&i.path))).collect();
        let is_done = |entry: &Entry, input: &Input| {
            let is_named_alike = entry.as_one == names.is_one(&input.path);
            is_named_alike && unchanged::is_unchanged(entry, input, out, || engines.name()) && !change.touches(entry, out, &input.path)
        };
        let open = entries.par_iter().filter(|(input, entry)| !entry.as_ref().is_some_and(|e| is_done(e, input)));
        todo.par_extend(open.map(|(input, _)| *input));
    }
    todo
}

/// The inputs of a shard: by their content, so that the same document is always in the same one; by their name
/// where they have none that can be read.
fn of_shard(inputs: Vec<Input>, shard: Shard) -> Vec<Input> {
    let is_of_it = |input: &Input| {
        let content = if input.known.is_none() { unchanged::sha256(input) } else { None };
        let hash = content.unwrap_or_else(|| seisho_pipeline::sha256(input.path.as_str().as_bytes()));
        is_of(shard, &hash)
    };
    inputs.into_par_iter().filter(is_of_it).collect()
}

/// Whether a hash in hex falls into a shard.
fn is_of(shard: Shard, hash: &str) -> bool {
    u64::from_str_radix(&hash[..15], 16).is_ok_and(|n| n % u64::from(shard.parts) == u64::from(shard.part - 1))
}
