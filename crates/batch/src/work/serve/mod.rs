//! A request a line, an answer a line, in the same order; so that any scheduler can drive it.

mod protocol;

pub use protocol::Line;

use super::convert::{failed, read_file};
use super::jobs::Converter;
use super::program::Programs;
use super::wire::{Form, Reply, Request, Setup};
use crate::Error;
use crate::files::json;
use crate::files::{Identity, NotRegular, OpenError, RelativePath, Writer};
use crate::options::Conversion;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use protocol::{Answer, Asked, Greeting, Id, longest_line};
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{Failure, ManifestLine};
use seisho_model::record::document_name;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How the names of documents end.
const JSON: &str = ".json";
/// How often it is looked whether the worker is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// A document that is asked for, and where its bytes are.
struct Wanted {
    path: RelativePath,
    source: Source,
    max_wall: Option<u32>,
    parts: bool,
}

enum Source {
    File(PathBuf),
    Bytes(Vec<u8>),
}

/// How a request is answered.
enum Manner {
    /// With the document or its failure.
    Plain,
    /// With an [`Answer`].
    Told { id: Option<Id>, out: Option<PathBuf>, records: bool },
}

/// A request, or why there is none, and how it is answered.
struct Asking {
    wanted: Result<Wanted, Box<ManifestLine>>,
    manner: Manner,
}

/// A request and where its answer goes.
type Task = (Asking, SyncSender<Vec<u8>>);

/// Serves another program.
pub struct Server {
    /// What converts.
    pub programs: Programs,
    /// How.
    pub conversion: Conversion,
    /// Password of encrypted PDFs.
    pub password: String,
    /// Documents at a time.
    pub jobs: usize,
    /// The file that the answers go to, where they go to one: it is not read as a document.
    pub answers: Option<Identity>,
    /// Whether the first line says who answers.
    pub hello: bool,
}

impl Server {
    /// Answers until the requests end, or `stop` is set: then no further request is begun, and those that are have their
    /// answers. Answers wait for their turn, so that their order is that of the requests.
    ///
    /// # Errors
    /// When the requests cannot be read, or the answers not be written.
    pub fn serve(
        &self,
        mut input: impl BufRead + Send + 'static,
        output: &mut (impl Write + Send),
        stop: &AtomicBool,
    ) -> Result<(), Error> {
        let Self { programs, conversion, password, jobs, answers, hello } = self;
        let Programs { worker, fallback } = programs;
        let most = conversion.bounds.max_bytes;
        if *hello {
            let line = Greeting::line(programs, conversion, *jobs)?;
            output.write_all(&line).and_then(|()| output.flush()).map_err(Error::Answers)?;
        }
        // A thread that nobody waits for: it may stand before an input that never ends.
        let (lines, asked) = sync_channel(*jobs);
        let answers = answers.clone();
        let reading = std::thread::Builder::new().spawn(move || {
            loop {
                let next = next(&mut input, most, answers.as_ref());
                let is_last = !matches!(next, Ok(Some(_)));
                if lines.send(next).is_err() || is_last {
                    return;
                }
            }
        });
        reading.map_err(|e| Error::Threads(Box::new(e)))?;
        let (tasks, taken) = sync_channel::<Task>(*jobs);
        let taken = &Mutex::new(taken);
        std::thread::scope(|scope| {
            for _ in 0..*jobs {
                let (conversion, password, fallback) = (conversion.clone(), password.clone(), fallback.clone());
                let setup = Setup { conversion, password, page_threads: 1, fallback, held: BTreeSet::new() };
                scope.spawn(move || answer(Converter::there(worker.clone(), setup, true), most, taken));
            }
            let (turns, waiting) = sync_channel::<Receiver<Vec<u8>>>(*jobs);
            let writer = scope.spawn(move || waiting.into_iter().try_for_each(|turn| write(&turn, output)));
            while !stop.load(Ordering::Relaxed) {
                let asking = match asked.recv_timeout(LOOK) {
                    Ok(next) => next.map_err(Error::Requests)?,
                    Err(RecvTimeoutError::Timeout) => continue,
                    Err(RecvTimeoutError::Disconnected) => None,
                };
                let Some(asking) = asking else { break };
                let (answer, turn) = sync_channel(1);
                if turns.send(turn).is_err() || tasks.send((asking, answer)).is_err() {
                    break; // nobody reads the answers, or a thread has stopped
                }
            }
            drop((tasks, turns));
            // A reader that is gone, or a disk that is full, has not all answers: that is no success.
            writer.join().map_or(Err(Error::Fault), |written| written.map_err(Error::Answers))
        })
    }
}

/// A thread: takes requests until there are no more. It ends for nothing else, or the order would wait for it.
fn answer(mut converter: Converter, most: u64, tasks: &Mutex<Receiver<Task>>) {
    loop {
        let next = tasks.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
        let Ok((Asking { wanted, manner }, answer)) = next else { return };
        let form = if matches!(manner, Manner::Told { out: Some(_), .. }) { Form::Pretty } else { Form::Line };
        let reply =
            wanted.and_then(|wanted| wanted.read(most, form)).and_then(|(request, until)| converted(&mut converter, &request, until));
        let _ = answer.send(line(reply, manner)); // nobody waits for it when the reader of the answers is gone
    }
}

/// When a request is over, and its seconds, where it has a limit of its own.
type Until = Option<(Instant, u64)>;

impl Wanted {
    fn read(self, most: u64, form: Form) -> Result<(Request, Until), Box<ManifestLine>> {
        let Self { path, source, max_wall, parts } = self;
        let until = max_wall.map(|seconds| (Instant::now() + Duration::from_secs(seconds.into()), seconds.into()));
        let bytes = match source {
            Source::Bytes(bytes) => bytes,
            Source::File(file) => read_file(&file, most).map_err(|(_, code, reason)| failure(path.as_str(), code, reason))?,
        };
        Ok((Request { path, bytes, form, as_one: !parts }, until))
    }
}

/// The line that answers. A failure has one as well.
fn line(reply: Result<Reply, Box<ManifestLine>>, manner: Manner) -> Vec<u8> {
    let line = match (reply, manner) {
        (Ok(reply), Manner::Plain) if !reply.documents.is_empty() => Ok(reply.documents.concat()),
        (Ok(Reply { manifest, .. }), Manner::Plain) => json::line(&Failure::of(manifest)),
        (Err(manifest), Manner::Plain) => json::line(&Failure::of(*manifest)),
        (Err(manifest), Manner::Told { id, .. }) => Answer::line(id, *manifest, Vec::new(), &[], &[]),
        (Ok(Reply { manifest, documents, records, .. }), Manner::Told { id, out, records: wanted }) => {
            let records = if wanted { &records[..] } else { &[] };
            match out.map(|out| keep(&out, &documents, &manifest.path)) {
                None => Answer::line(id, manifest, Vec::new(), &documents, records),
                Some(Ok(written)) => Answer::line(id, manifest, written, &[], records),
                Some(Err(failure)) => Answer::line(id, *failure, Vec::new(), &[], &[]),
            }
        }
    };
    line.unwrap_or_default()
}

/// Writes documents, each whole. Two workers may write the same: each has a name aside of its own.
fn keep(out: &Path, documents: &[Vec<u8>], path: &str) -> Result<Vec<String>, Box<ManifestLine>> {
    let stem = out.to_string_lossy();
    let stem = stem.strip_suffix(JSON).unwrap_or(&stem);
    let mut written = Vec::new();
    for (number, document) in (1..).zip(documents) {
        let to = document_name(stem, number) + JSON;
        let mark = std::hash::RandomState::new().build_hasher().finish();
        let aside = PathBuf::from(format!("{to}.{mark:016x}.tmp"));
        if let Err(error) = Writer::default().whole_by(&aside, Path::new(&to), document) {
            let _ = std::fs::remove_file(&aside);
            let Message { ja, en } = error.message();
            let reason = Message::new(format!("{to} に書けません（{ja}）"), format!("{to} cannot be written ({en})"));
            return Err(failure(path, Code::X112, reason));
        }
        written.push(to);
    }
    Ok(written)
}

fn failure(path: &str, code: Code, reason: Message) -> Box<ManifestLine> {
    Box::new(failed(path, None, 0, code, reason).manifest)
}

/// Tried again once, in a new process, where the process dies and there is time.
fn converted(converter: &mut Converter, request: &Request, until: Until) -> Result<Reply, Box<ManifestLine>> {
    let mut once =
        || converter.convert(request, until, |_| {}).map_err(|error| failure(request.path.as_str(), Code::I001, error.message()));
    let is_over = || until.is_some_and(|(until, _)| Instant::now() >= until);
    let reply = match once()? {
        Ok(reply) => Ok(reply),
        Err(death) if is_over() => Err(death),
        Err(_) => once()?,
    };
    reply.map_err(|death| failure(request.path.as_str(), death.code(), death.message()))
}

fn write(turn: &Receiver<Vec<u8>>, output: &mut impl Write) -> std::io::Result<()> {
    // A thread that has stopped owes the rest.
    let Ok(line) = turn.recv() else { return Err(std::io::ErrorKind::UnexpectedEof.into()) };
    output.write_all(&line)?;
    output.flush()
}

/// The next request, or what is wrong with it; none at the end of the input.
fn next(input: &mut impl BufRead, most: u64, answers: Option<&Identity>) -> std::io::Result<Option<Asking>> {
    let longest = longest_line(most);
    let mut line = Vec::new();
    input.by_ref().take(longest).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 == longest {
        let size = longest + skip_line(input)?;
        let error = seisho_extract::Error::TooLarge { size, limit: longest };
        let wanted = Err(failure("", error.code(), error.message()));
        return Ok(Some(Asking { wanted, manner: Manner::Plain }));
    }
    Ok(Some(request(&line, answers)))
}

/// Bytes to the end of the line, without keeping them.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<u64> {
    let mut skipped = 0;
    loop {
        let part = input.fill_buf()?;
        let end = part.iter().position(|&b| b == b'\n');
        let taken = end.map_or(part.len(), |at| at + 1);
        skipped += taken as u64;
        input.consume(taken);
        if end.is_some() || taken == 0 {
            return Ok(skipped);
        }
    }
}

fn request(line: &[u8], answers: Option<&Identity>) -> Asking {
    match serde_json::from_slice::<Asked>(line) {
        Ok(asked) => {
            let wanted = wanted(&asked, answers);
            let manner = match asked.is_answered() {
                true => Manner::Told { id: asked.id, out: asked.out.map(PathBuf::from), records: asked.records },
                false => Manner::Plain,
            };
            Asking { wanted, manner }
        }
        Err(error) => {
            // The caller may know it by its id all the same.
            let id = serde_json::from_slice::<Marked>(line).ok().map(|marked| marked.id);
            let manner = id.map_or(Manner::Plain, |id| Manner::Told { id: Some(id), out: None, records: false });
            Asking { wanted: Err(not_understood(&error.to_string())), manner }
        }
    }
}

/// What is left of a request that is not understood.
#[derive(Deserialize)]
struct Marked {
    id: Id,
}

fn wanted(asked: &Asked, answers: Option<&Identity>) -> Result<Wanted, Box<ManifestLine>> {
    let source = match (&asked.path, &asked.base64) {
        (Some(path), None) => Source::File(not_the_answers(path, answers)?.into()),
        (None, Some(text)) => Source::Bytes(BASE64_STANDARD.decode(text).map_err(|e| not_understood(&e.to_string()))?),
        _ => return Err(not_understood("path | base64")),
    };
    if asked.max_wall == Some(0) {
        return Err(not_understood("max_wall"));
    }
    if let Some(out) = &asked.out {
        let to = Path::new(not_the_answers(out, answers)?);
        let is_source =
            asked.path.as_deref().is_some_and(|path| Identity::of(to).is_some_and(|to| Some(to) == Identity::of(Path::new(path))));
        // The ending keeps what is no document of this program from being written over.
        if !out.ends_with(JSON) || is_source || to.is_dir() {
            return Err(not_understood("out: *.json"));
        }
    }
    let file_name = || asked.path.as_deref().and_then(|p| Path::new(p).file_name()).map(|n| n.to_string_lossy().into_owned());
    let name = asked.name.clone().or_else(file_name).unwrap_or_default();
    let path = RelativePath::parse(name).map_err(|e| not_understood(&e.to_string()))?;
    Ok(Wanted { path, source, max_wall: asked.max_wall, parts: asked.parts })
}

/// The path of a file that is to be read; the answers may be going into it.
fn not_the_answers<'p>(path: &'p str, answers: Option<&Identity>) -> Result<&'p str, Box<ManifestLine>> {
    // Names that mean the requests, the answers or whatever else this process has open.
    if ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"].iter().any(|own| Path::new(path).starts_with(own)) {
        let error = OpenError::from(NotRegular::Other);
        return Err(failure("", Code::X104, error.message()));
    }
    if answers.is_none() || answers != Identity::of(Path::new(path)).as_ref() {
        return Ok(path);
    }
    let reason = Message::new("答えの書き出し先と同じファイルです", "it is the file that the answers are written to");
    Err(failure("", Code::X104, reason))
}

fn not_understood(what: &str) -> Box<ManifestLine> {
    let reason = Message::new(format!("依頼の行が読めません（{what}）"), format!("the request is not understood ({what})"));
    failure("", Code::X104, reason)
}
