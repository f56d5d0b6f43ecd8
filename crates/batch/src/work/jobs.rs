//! Files to threads, each with a worker process that lives across files. A file over which a process dies is tried
//! once more when all others are done, alone and in a new process.

use super::convert::{convert, failed, read_opened};
use super::engine::{STACK, engine};
use super::process::{Death, Process};
use super::program::Program;
use super::wire::{Form, PageOf, Reply, Request, Setup};
use crate::Error;
use crate::files::{Names, RelativePath, WriteError, Writer, place};
use crate::inputs::Input;
use crate::journal::{Sum, announce};
use crate::options::Ocr;
use seisho_extract::{Format, sniff};
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{Confinement, ManifestLine};
use seisho_pipeline::{Engine, Worker};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

/// What became of an input; its document is in its place.
pub(crate) struct Done<'i> {
    pub(crate) input: &'i Input,
    pub(crate) manifest: ManifestLine,
    /// Bytes of the source.
    pub(crate) size: u64,
    pub(crate) documents: Vec<Sum>,
    /// Its lines of `records.jsonl`.
    pub(crate) records: Vec<u8>,
}

impl<'i> Done<'i> {
    /// Of an input of which all is known without reading it.
    pub(crate) fn known(input: &'i Input) -> Option<Self> {
        let manifest = input.known.as_ref()?.manifest(&input.path);
        Some(Self { input, manifest, size: 0, documents: Vec::new(), records: Vec::new() })
    }
}

/// What a run hears from its threads.
pub(crate) enum Event<'i> {
    /// A page that takes long is begun.
    Page(&'i Input, PageOf),
    Done(Box<Done<'i>>),
}

/// What all threads share.
pub(crate) struct Jobs<'r> {
    pub(crate) threads: usize,
    pub(crate) setup: Setup,
    /// What converts in processes of its own.
    pub(crate) worker: Program,
    pub(crate) in_process: bool,
    /// The folder of results.
    pub(crate) out: &'r Path,
    pub(crate) writer: &'r Writer,
    /// A file of its own for every thread, on the disk of the results.
    pub(crate) asides: Vec<PathBuf>,
    pub(crate) names: &'r Names,
    /// Set when no new file is to be begun.
    pub(crate) stop: &'r AtomicBool,
    /// What no worker process that has done a file could reach.
    pub(crate) confinement: &'r Mutex<Option<Confinement>>,
}

impl Jobs<'_> {
    /// Converts all inputs, and hands on what happens as it happens.
    pub(crate) fn run<'i>(&self, inputs: &[&'i Input], mut each: impl FnMut(Event<'i>) -> Result<(), Error>) -> Result<(), Error> {
        let (next, again) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let (sender, events) = sync_channel(self.threads * 2);
        std::thread::scope(|scope| {
            for aside in self.asides.iter().take(self.threads.min(inputs.len())) {
                let (sender, next, again) = (sender.clone(), &next, &again);
                let work = move || {
                    if let Err(stop) = self.thread(inputs, next, again, aside, &sender) {
                        let _ = sender.send(Err(stop)); // the other side goes only when it has one already
                    }
                };
                let started = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
                started.map_err(|e| Error::Threads(Box::new(e)))?;
            }
            drop(sender);
            let ended = events.into_iter().try_for_each(|event| each(event?));
            if ended.is_err() {
                self.stop.store(true, Ordering::Relaxed);
            }
            ended
        })?;
        let mut again = again.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        again.sort_unstable();
        for index in again.into_iter().take_while(|_| !self.stop.load(Ordering::Relaxed)) {
            let input = inputs[index];
            let alone = Setup { page_threads: 1, ..self.setup.clone() };
            let converted = self.convert(&mut self.converter(alone)?, input, |_| {})?;
            let reply = converted.unwrap_or_else(|death| failed(input.path.as_str(), None, 0, death.code(), death.message()));
            each(Event::Done(self.keep(input, reply, &self.asides[0])?))?;
        }
        Ok(())
    }

    fn thread<'i>(
        &self,
        inputs: &[&'i Input],
        next: &AtomicUsize,
        again: &Mutex<Vec<usize>>,
        aside: &Path,
        events: &SyncSender<Result<Event<'i>, Error>>,
    ) -> Result<(), Error> {
        let mut converter = self.converter(self.setup.clone())?;
        while !self.stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(&input) = inputs.get(index) else { break };
            let on_page = |page| {
                let _ = events.send(Ok(Event::Page(input, page))); // of no use to one who is gone
            };
            let converted = self.convert(&mut converter, input, on_page)?;
            if let Some(here) = converter.confinement() {
                let mut of_all = self.confinement.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                *of_all = Some(of_all.map_or(here, |of_all| least(of_all, here)));
            }
            match converted {
                Ok(reply) => {
                    if events.send(self.keep(input, reply, aside).map(Event::Done)).is_err() {
                        break;
                    }
                }
                Err(_) => again.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(index),
            }
        }
        Ok(())
    }

    fn convert(&self, converter: &mut Converter, input: &Input, on_page: impl FnMut(PageOf)) -> Result<Result<Reply, Death>, Error> {
        let as_one = self.names.is_one(&input.path);
        // Here and not in the worker, which can open nothing: so it is the file that was found, and read once.
        match read_opened(input.open(), self.setup.conversion.bounds.max_bytes) {
            Ok(bytes) => converter.convert(&Request { path: input.path.clone(), bytes, form: Form::Pretty, as_one }, None, on_page),
            Err((size, code, reason)) => Ok(Ok(failed(input.path.as_str(), None, size, code, reason))),
        }
    }

    fn converter(&self, setup: Setup) -> Result<Converter, Error> {
        if self.in_process { Converter::here(&setup) } else { Ok(Converter::there(self.worker.clone(), setup, false)) }
    }

    /// Writes the document, whole.
    fn keep<'i>(&self, input: &'i Input, reply: Reply, aside: &Path) -> Result<Box<Done<'i>>, Error> {
        let mut documents = Vec::with_capacity(reply.documents.len());
        let mut cannot_be_named = None;
        for (number, document) in (1..).zip(&reply.documents) {
            let path = place(self.out, &input.path, number);
            // Killed before the journal has it, the next run knows it by this.
            announce(aside, document, self.writer).map_err(|e| Error::cannot_write(aside, e))?;
            match self.writer.whole_by(aside, &path, document) {
                Ok(()) => documents.push(Sum::of(document)),
                Err(e) if e.is_of_the_name() => {
                    cannot_be_named = Some(e);
                    break;
                }
                Err(e) => return Err(Error::cannot_write(&path, e)),
            }
        }
        let reply = match cannot_be_named {
            None => reply,
            Some(error) => {
                documents.clear();
                nameless(reply, &error)
            }
        };
        self.remove_from(documents.len() as u32 + 1, &input.path);
        let Reply { manifest, size, records, .. } = reply;
        Ok(Box::new(Done { input, manifest, size, documents, records }))
    }

    /// What an earlier run made of another content is not a result of it: its documents from this number on.
    fn remove_from(&self, first: u32, path: &RelativePath) {
        for number in first.. {
            let file = place(self.out, path, number);
            let is_of_another = number > 1 && self.names.is_one(path);
            if is_of_another || !file.is_file() || self.writer.remove(&file).is_err() {
                break;
            }
        }
    }
}

/// What two processes have both given up.
fn least(a: Confinement, b: Confinement) -> Confinement {
    Confinement { files: a.files && b.files, network: a.network && b.network, processes: a.processes && b.processes }
}

/// The failure of a document that cannot have its name.
fn nameless(reply: Reply, error: &WriteError) -> Reply {
    let Message { ja, en } = error.message();
    let reason = Message::new(format!("結果を書けない名前です（{ja}）"), format!("no result can have this name ({en})"));
    failed(&reply.manifest.path, reply.manifest.sha256, reply.size, Code::X112, reason)
}

/// A worker process that is there.
pub(crate) struct Living {
    process: Box<Process>,
    /// It can read pictures. To load the engine takes longer than to convert a small text.
    reads_pictures: bool,
}

/// Converts documents one by one: in a process that is replaced when it dies, or in this one.
pub(crate) enum Converter {
    There { program: Program, setup: Box<Setup>, process: Option<Living>, reads_pictures: bool },
    Here { engine: Box<Engine>, worker: Box<Worker> },
}

impl Converter {
    /// By worker processes; `reads_pictures`: by those that can, even where the first document is a text: a process that
    /// lives long should not need another one.
    pub(crate) fn there(program: Program, setup: Setup, reads_pictures: bool) -> Self {
        Self::There { program, setup: Box::new(setup), process: None, reads_pictures }
    }

    /// In this process.
    fn here(setup: &Setup) -> Result<Self, Error> {
        let engine = Box::new(engine(setup)?);
        let worker = Box::new(engine.worker());
        Ok(Self::Here { engine, worker })
    }

    /// What its process can no longer reach; none where there was none yet. In this process nothing is given up.
    pub(crate) fn confinement(&self) -> Option<Confinement> {
        match self {
            Self::Here { .. } => Some(Confinement::default()),
            Self::There { process, .. } => process.as_ref().and_then(|living| living.process.confinement()),
        }
    }

    /// The reply, or how its process died; only what concerns the program as a whole is the outer error.
    pub(crate) fn convert(
        &mut self,
        request: &Request,
        until: Option<(Instant, u64)>,
        on_page: impl FnMut(PageOf),
    ) -> Result<Result<Reply, Death>, Error> {
        match self {
            Self::Here { engine, worker } => Ok(Ok(convert(request, engine, worker)?)),
            Self::There { program, setup, process, reads_pictures } => {
                let reads_pictures = *reads_pictures || may_hold_pictures(&request.bytes);
                let mut living = match process.take().filter(|living| living.reads_pictures || !reads_pictures) {
                    Some(living) => living,
                    None => Living::start(program, setup, reads_pictures)?,
                };
                let reply = living.process.ask(request, until, on_page);
                if reply.is_ok() {
                    *process = Some(living);
                }
                Ok(reply)
            }
        }
    }
}

/// Text, in whatever form, holds none.
fn may_hold_pictures(bytes: &[u8]) -> bool {
    !matches!(sniff(bytes), Format::Empty | Format::Text)
}

impl Living {
    fn start(program: &Program, setup: &Setup, reads_pictures: bool) -> Result<Self, Error> {
        let mut setup = setup.clone();
        if !reads_pictures {
            setup.conversion.scans.ocr = Ocr::Never;
        }
        let process = Box::new(Process::start(program, &setup).map_err(Error::NoWorker)?);
        Ok(Self { process, reads_pictures })
    }
}
