//! Files to threads, each with a worker process that lives across files. A file over which a process dies is tried
//! once more when all others are done, alone and in a new process.

use super::convert::{convert, failed, read_file};
use super::engine::{STACK, engine};
use super::process::{Death, Process};
use super::program::Program;
use super::wire::{Form, PageOf, Reply, Request, Setup, Source};
use crate::Error;
use crate::files::{RelativePath, WriteError, Writer};
use crate::inputs::Input;
use crate::journal::Sum;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::ManifestLine;
use seisho_pipeline::{Engine, Worker};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// What became of an input; its document is in its place.
pub(crate) struct Done<'i> {
    pub(crate) input: &'i Input,
    pub(crate) manifest: ManifestLine,
    /// Bytes of the source.
    pub(crate) size: u64,
    pub(crate) document: Option<Sum>,
    /// Its lines of `records.jsonl`.
    pub(crate) records: Vec<u8>,
}

impl<'i> Done<'i> {
    /// Of an input of which all is known without reading it.
    pub(crate) fn known(input: &'i Input) -> Option<Self> {
        let manifest = input.known.as_ref()?.manifest(&input.path);
        Some(Self { input, manifest, size: 0, document: None, records: Vec::new() })
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
    /// Set when no new file is to be begun.
    pub(crate) stop: &'r AtomicBool,
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
            match self.convert(&mut converter, input, on_page)? {
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
        let source = if is_of_this_process(&input.file) {
            match read_file(&input.file, self.setup.conversion.bounds.max_bytes) {
                Ok(bytes) => Source::Bytes(bytes),
                Err((size, code, reason)) => return Ok(Ok(failed(input.path.as_str(), None, size, code, reason))),
            }
        } else {
            Source::File(input.file.clone().into_os_string())
        };
        converter.convert(&Request { path: input.path.clone(), source, form: Form::Pretty }, on_page)
    }

    fn converter(&self, setup: Setup) -> Result<Converter, Error> {
        if self.in_process { Converter::here(&setup) } else { Ok(Converter::there(self.worker.clone(), setup)) }
    }

    /// Writes the document, whole.
    fn keep<'i>(&self, input: &'i Input, reply: Reply, aside: &Path) -> Result<Box<Done<'i>>, Error> {
        let path = place(self.out, &input.path);
        let (reply, document) = if reply.document.is_empty() {
            // What an earlier run made of another content is not its result.
            let _ = self.writer.remove(&path);
            (reply, None)
        } else {
            match self.writer.whole_by(aside, &path, &reply.document) {
                Ok(()) => {
                    let sum = Sum::of(&reply.document);
                    (reply, Some(sum))
                }
                Err(e) if e.is_of_the_name() => (nameless(reply, &e), None),
                Err(e) => return Err(Error::cannot_write(&path, e)),
            }
        };
        let Reply { manifest, size, records, .. } = reply;
        Ok(Box::new(Done { input, manifest, size, document, records }))
    }
}

/// The failure of a document that cannot have its name.
fn nameless(reply: Reply, error: &WriteError) -> Reply {
    let Message { ja, en } = error.message();
    let reason = Message::new(format!("結果を書けない名前です（{ja}）"), format!("no result can have this name ({en})"));
    failed(&reply.manifest.path, reply.manifest.sha256, reply.size, Code::X112, reason)
}

/// Where the document of an input is.
pub(crate) fn place(out: &Path, path: &RelativePath) -> PathBuf {
    let mut place = path.below(&out.join("documents")).into_os_string();
    place.push(".json");
    place.into()
}

/// Names that mean something else in another process: standard input, a pipe of the shell.
fn is_of_this_process(file: &Path) -> bool {
    ["/dev/stdin", "/dev/fd", "/proc/self"].iter().any(|own| file.starts_with(own))
}

/// Converts documents one by one: in a process that is replaced when it dies, or in this one.
pub(crate) enum Converter {
    There { program: Program, setup: Box<Setup>, process: Option<Process> },
    Here { engine: Box<Engine>, worker: Box<Worker>, most: u64 },
}

impl Converter {
    /// By worker processes.
    pub(crate) fn there(program: Program, setup: Setup) -> Self {
        Self::There { program, setup: Box::new(setup), process: None }
    }

    /// In this process.
    fn here(setup: &Setup) -> Result<Self, Error> {
        let engine = Box::new(engine(setup)?);
        let worker = Box::new(engine.worker());
        Ok(Self::Here { engine, worker, most: setup.conversion.bounds.max_bytes })
    }

    /// The reply, or how its process died; only what concerns the program as a whole is the outer error.
    pub(crate) fn convert(&mut self, request: &Request, on_page: impl FnMut(PageOf)) -> Result<Result<Reply, Death>, Error> {
        match self {
            Self::Here { engine, worker, most } => Ok(Ok(convert(request, *most, engine, worker)?)),
            Self::There { program, setup, process } => {
                let mut living = match process.take() {
                    Some(living) => living,
                    None => Process::start(program, setup).map_err(Error::NoWorker)?,
                };
                let reply = living.ask(request, on_page);
                if reply.is_ok() {
                    *process = Some(living);
                }
                Ok(reply)
            }
        }
    }
}
