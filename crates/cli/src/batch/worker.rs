//! `seisho worker`: a request a line, a document a line, in the same order; so that any scheduler can drive it.

use super::convert::failed;
use super::jobs::Converter;
use super::wire::{Form, Reply, Request, Setup, Source};
use crate::End;
use crate::args::Worker;
use crate::engine;
use crate::files::{Identity, RelativePath};
use crate::lang::Stop;
use crate::output;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use seisho_extract::Error;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::Failure;
use serde::Deserialize;
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

/// Answers until standard input ends. Lines wait for their turn, so that the order is that of the requests.
pub(crate) fn worker(options: &Worker) -> Result<End, Stop> {
    let threads = options.pool.jobs();
    let most = options.conversion.bounds.max_bytes;
    if options.pool.password.is_on_standard_input() {
        let (ja, en) = (
            "標準入力からは依頼を読むので、--password-file にファイルを指定してください",
            "standard input brings the requests; name a file for --password-file",
        );
        return Err(Stop::new(ja, en));
    }
    let program = engine::worker_process()?;
    let password = options.pool.password.read()?;
    let setup = Setup { conversion: options.conversion.clone(), password, page_threads: 1, fallback: engine::fallback_reader()? };
    let (tasks, taken) = sync_channel::<Task>(threads);
    let taken = &Mutex::new(taken);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (program, setup) = (program.clone(), setup.clone());
            scope.spawn(move || answer(Converter::there(program, setup), taken));
        }
        let (turns, waiting) = sync_channel::<Receiver<Vec<u8>>>(threads);
        let writer = scope.spawn(move || waiting.into_iter().try_for_each(|turn| write(&turn)));
        let mut input = std::io::stdin().lock();
        while let Some(asked) = next(&mut input, most).map_err(unreadable)? {
            let (answer, turn) = sync_channel(1);
            if turns.send(turn).is_err() || tasks.send((asked, answer)).is_err() {
                break; // nobody reads the answers, or a thread has stopped
            }
        }
        drop((tasks, turns));
        // A reader that is gone wants no more answers.
        let _ = writer.join();
        Ok(())
    })?;
    Ok(End::AllConverted)
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
    output::line(&failure).unwrap_or_default()
}

fn failure(path: &str, code: Code, reason: Message) -> Box<Failure> {
    Box::new(Failure::of(failed(path, None, 0, code, reason).manifest))
}

/// Tried again once, in a new process, where the process dies.
fn converted(converter: &mut Converter, request: &Request) -> Result<Reply, Box<Failure>> {
    let mut once = || converter.convert(request, |_| {}).map_err(|stop| failure(request.path.as_str(), Code::I001, stop.into_message()));
    let reply = match once()? {
        Ok(reply) => Ok(reply),
        Err(_) => once()?,
    };
    reply.map_err(|death| failure(request.path.as_str(), death.code(), death.message()))
}

fn write(turn: &Receiver<Vec<u8>>) -> std::io::Result<()> {
    let Ok(line) = turn.recv() else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
    let mut output = std::io::stdout().lock();
    output.write_all(&line)?;
    output.flush()
}

/// The next request, or what is wrong with it; none at the end of the input.
fn next(input: &mut impl BufRead, most: u64) -> std::io::Result<Option<Asking>> {
    // Base64 takes four bytes for three; names and braces take the rest.
    let longest = most / 3 * 4 + (1 << 16);
    let mut line = Vec::new();
    input.by_ref().take(longest).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 == longest {
        let size = longest + skip_line(input)?;
        let error = Error::TooLarge { size, limit: longest };
        return Ok(Some(Err(failure("", error.code(), error.message()))));
    }
    Ok(Some(request(&line)))
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

fn request(line: &[u8]) -> Asking {
    let asked: Asked = serde_json::from_slice(line).map_err(|e| not_understood(&e.to_string()))?;
    let source = match (&asked.path, &asked.base64) {
        (Some(path), None) => Source::File(not_the_output(path)?.into()),
        (None, Some(text)) => Source::Bytes(BASE64_STANDARD.decode(text).map_err(|e| not_understood(&e.to_string()))?),
        _ => return Err(not_understood("path | base64")),
    };
    let file_name = || asked.path.as_deref().and_then(|p| Path::new(p).file_name()).map(|n| n.to_string_lossy().into_owned());
    let name = asked.name.clone().or_else(file_name).unwrap_or_default();
    let path = RelativePath::parse(name).map_err(|e| not_understood(&e.to_string()))?;
    Ok(Request { path, source, form: Form::Line })
}

/// The path of a file that is to be read; the answers may be going into it.
fn not_the_output(path: &str) -> Result<&str, Box<Failure>> {
    let output = Identity::of_standard_output();
    if output.is_none() || output != Identity::of(Path::new(path)) {
        return Ok(path);
    }
    let reason = Message::new("答えの書き出し先と同じファイルです", "it is the file that the answers are written to");
    Err(failure("", Code::X104, reason))
}

fn not_understood(what: &str) -> Box<Failure> {
    let reason = Message::new(format!("依頼の行が読めません（{what}）"), format!("the request is not understood ({what})"));
    failure("", Code::X104, reason)
}

fn unreadable(error: std::io::Error) -> Stop {
    Stop::new("標準入力を読めません", "standard input cannot be read").because(error)
}
