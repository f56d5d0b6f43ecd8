//! A request a line, a document a line, in the same order; so that any scheduler can drive it.

use super::convert::failed;
use super::jobs::Converter;
use super::program::Programs;
use super::wire::{Form, Reply, Request, Setup, Source};
use crate::Error;
use crate::files::json;
use crate::files::{Identity, RelativePath};
use crate::options::Conversion;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::Failure;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::io::{BufRead, Read, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// A line of standard input.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Of a file.
    path: Option<String>,
    /// What the document says of itself; the path where there is none.
    name: Option<String>,
    /// The bytes themselves.
    base64: Option<String>,
}

/// A request, or why there is none.
type Asking = Result<Request, Box<Failure>>;

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
}

impl Server {
    /// Answers until the requests end. Answers wait for their turn, so that their order is that of the requests.
    ///
    /// # Errors
    /// When the requests cannot be read.
    pub fn serve(&self, input: &mut impl BufRead, output: &mut (impl Write + Send)) -> Result<(), Error> {
        let Self { programs: Programs { worker, fallback }, conversion, password, jobs, answers } = self;
        let most = conversion.bounds.max_bytes;
        let (tasks, taken) = sync_channel::<Task>(*jobs);
        let taken = &Mutex::new(taken);
        std::thread::scope(|scope| {
            for _ in 0..*jobs {
                let (conversion, password, fallback) = (conversion.clone(), password.clone(), fallback.clone());
                let setup = Setup { conversion, password, page_threads: 1, fallback, held: BTreeSet::new() };
                scope.spawn(move || answer(Converter::there(worker.clone(), setup), taken));
            }
            let (turns, waiting) = sync_channel::<Receiver<Vec<u8>>>(*jobs);
            let writer = scope.spawn(move || waiting.into_iter().try_for_each(|turn| write(&turn, output)));
            while let Some(asked) = next(input, most, answers.as_ref()).map_err(Error::Requests)? {
                let (answer, turn) = sync_channel(1);
                if turns.send(turn).is_err() || tasks.send((asked, answer)).is_err() {
                    break; // nobody reads the answers, or a thread has stopped
                }
            }
            drop((tasks, turns));
            // A reader that is gone wants no more answers.
            let _ = writer.join();
            Ok(())
        })
    }
}

/// A thread: takes requests until there are no more. It ends for nothing else, or the order would wait for it.
fn answer(mut converter: Converter, tasks: &Mutex<Receiver<Task>>) {
    loop {
        let next = tasks.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
        let Ok((asked, answer)) = next else { return };
        let line = line(asked.and_then(|request| converted(&mut converter, &request)));
        let _ = answer.send(line); // nobody waits for it when the reader of the answers is gone
    }
}

/// A failure is a document as well.
fn line(reply: Result<Reply, Box<Failure>>) -> Vec<u8> {
    let failure = match reply {
        Ok(reply) if !reply.document.is_empty() => return reply.document,
        Ok(reply) => Box::new(Failure::of(reply.manifest)),
        Err(failure) => failure,
    };
    json::line(&failure).unwrap_or_default()
}

fn failure(path: &str, code: Code, reason: Message) -> Box<Failure> {
    Box::new(Failure::of(failed(path, None, 0, code, reason).manifest))
}

/// Tried again once, in a new process, where the process dies.
fn converted(converter: &mut Converter, request: &Request) -> Result<Reply, Box<Failure>> {
    let mut once = || converter.convert(request, |_| {}).map_err(|error| failure(request.path.as_str(), Code::I001, error.message()));
    let reply = match once()? {
        Ok(reply) => Ok(reply),
        Err(_) => once()?,
    };
    reply.map_err(|death| failure(request.path.as_str(), death.code(), death.message()))
}

fn write(turn: &Receiver<Vec<u8>>, output: &mut impl Write) -> std::io::Result<()> {
    let Ok(line) = turn.recv() else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
    output.write_all(&line)?;
    output.flush()
}

/// The next request, or what is wrong with it; none at the end of the input.
fn next(input: &mut impl BufRead, most: u64, answers: Option<&Identity>) -> std::io::Result<Option<Asking>> {
    // Base64 takes four bytes for three; names and braces take the rest.
    let longest = most / 3 * 4 + (1 << 16);
    let mut line = Vec::new();
    input.by_ref().take(longest).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 == longest {
        let size = longest + skip_line(input)?;
        let error = seisho_extract::Error::TooLarge { size, limit: longest };
        return Ok(Some(Err(failure("", error.code(), error.message()))));
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
    let asked: Asked = serde_json::from_slice(line).map_err(|e| not_understood(&e.to_string()))?;
    let source = match (&asked.path, &asked.base64) {
        (Some(path), None) => Source::File(not_the_answers(path, answers)?.into()),
        (None, Some(text)) => Source::Bytes(BASE64_STANDARD.decode(text).map_err(|e| not_understood(&e.to_string()))?),
        _ => return Err(not_understood("path | base64")),
    };
    let file_name = || asked.path.as_deref().and_then(|p| Path::new(p).file_name()).map(|n| n.to_string_lossy().into_owned());
    let name = asked.name.clone().or_else(file_name).unwrap_or_default();
    let path = RelativePath::parse(name).map_err(|e| not_understood(&e.to_string()))?;
    Ok(Request { path, source, form: Form::Line })
}

/// The path of a file that is to be read; the answers may be going into it.
fn not_the_answers<'p>(path: &'p str, answers: Option<&Identity>) -> Result<&'p str, Box<Failure>> {
    if answers.is_none() || answers != Identity::of(Path::new(path)).as_ref() {
        return Ok(path);
    }
    let reason = Message::new("答えの書き出し先と同じファイルです", "it is the file that the answers are written to");
    Err(failure("", Code::X104, reason))
}

fn not_understood(what: &str) -> Box<Failure> {
    let reason = Message::new(format!("依頼の行が読めません（{what}）"), format!("the request is not understood ({what})"));
    failure("", Code::X104, reason)
}
