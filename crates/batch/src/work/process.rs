//! A worker process as the run sees it. What a document does to its process ends with the process.

use super::program::Program;
use super::wire::{self, PageOf, Reply, Request, Said, Setup};
use crate::options::Bounds;
use seisho_model::Code;
use seisho_model::finding::Message;
use std::io::{BufReader, BufWriter, Read, Result};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// How much of what a process said last is looked at, in bytes.
const LAST_WORDS: usize = 4096;
/// So long the last words of a dead process are waited for: one that it started may still hold the pipe.
const LISTENING: Duration = Duration::from_secs(2);

/// A worker process.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    requests: BufWriter<ChildStdin>,
    said: Receiver<Said>,
    /// What it says to nobody: the last words of one that dies.
    words: Receiver<Vec<u8>>,
    bounds: Bounds,
}

/// Why a process died over a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    Wall(u64),
    Cpu(u64),
    Memory(u64),
    Stack,
    Crash(String),
}

impl Process {
    /// Starts one.
    pub(crate) fn start(program: &Program, setup: &Setup) -> Result<Self> {
        let mut command = program.command();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A trace would push what it died of out of its last words.
        command.env("RUST_BACKTRACE", "0");
        apart(&mut command);
        let mut child = command.spawn()?;
        let (Some(input), Some(output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        let mut requests = BufWriter::new(input);
        wire::write_line(&mut requests, setup)?;
        // In memory: a disk for temporary files may be full.
        let (last, words) = sync_channel(1);
        std::thread::Builder::new().spawn(move || last.send(last_words(errors)))?;
        let (sender, said) = sync_channel(1);
        std::thread::Builder::new().spawn(move || listen(output, &sender))?;
        Ok(Self { child, requests, said, words, bounds: setup.conversion.bounds.clone() })
    }

    /// Its reply, or how it died; after that it is of no use. Every page that it begins has the time of a file.
    pub(crate) fn ask(&mut self, request: &Request, mut on_page: impl FnMut(PageOf)) -> std::result::Result<Reply, Death> {
        // A process that is gone shows where the reply is awaited.
        let _ = request.write(&mut self.requests);
        loop {
            match self.said.recv_timeout(Duration::from_secs(self.bounds.max_wall)) {
                Ok(Said::Page(page)) => on_page(page),
                Ok(Said::Reply(reply)) => return Ok(*reply),
                Err(RecvTimeoutError::Timeout) => {
                    self.end();
                    return Err(Death::Wall(self.bounds.max_wall));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let ended = self.child.wait().ok();
                    return Err(self.death(ended));
                }
            }
        }
    }

    fn death(&mut self, ended: Option<ExitStatus>) -> Death {
        // Without them the death is a crash like any other.
        let said = self.words.recv_timeout(LISTENING).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        if said.contains("memory allocation of") || said.contains("bad_alloc") {
            return Death::Memory(self.bounds.max_memory);
        }
        if said.contains("overflowed its stack") {
            return Death::Stack;
        }
        match ended {
            Some(status) if is_out_of_time(status) => Death::Cpu(self.bounds.max_cpu),
            Some(status) => Death::Crash(status.to_string()),
            None => Death::Crash("?".to_owned()),
        }
    }

    fn end(&mut self) {
        // It may have ended in between; either way it is to be waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// What it says to nobody, up to its end; only the last of it is kept.
fn last_words(mut errors: ChildStderr) -> Vec<u8> {
    let (mut words, mut part) = (Vec::new(), [0; LAST_WORDS]);
    while let Ok(read @ 1..) = errors.read(&mut part) {
        words.extend_from_slice(&part[..read]);
        words.drain(..words.len().saturating_sub(LAST_WORDS));
    }
    words
}

/// Hands on what it says until it is gone.
fn listen(output: ChildStdout, said: &SyncSender<Said>) {
    let mut output = BufReader::new(output);
    while let Ok(Some(next)) = Said::read(&mut output) {
        if said.send(next).is_err() {
            return;
        }
    }
}

/// Ctrl+C is for the run: the file in hand is finished.
#[cfg(unix)]
fn apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn apart(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP);
}

#[cfg(not(any(unix, windows)))]
fn apart(_: &mut Command) {}

#[cfg(unix)]
fn is_out_of_time(status: ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
fn is_out_of_time(_: ExitStatus) -> bool {
    false
}

impl Death {
    /// The code that tells people more.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Wall(_) | Self::Cpu(_) | Self::Memory(_) | Self::Stack => Code::X110,
            Self::Crash(_) => Code::X111,
        }
    }

    /// What to tell people.
    pub(crate) fn message(&self) -> Message {
        match self {
            Self::Wall(s) => Message::new(format!("{s} 秒たっても変換が終わりません"), format!("the conversion took longer than {s} s")),
            Self::Cpu(s) => {
                Message::new(format!("CPU 時間 {s} 秒では変換が終わりません"), format!("the conversion took more than {s} s of CPU time"))
            }
            Self::Memory(mib) => Message::new(
                format!("変換に {mib} MiB を超えるメモリが要ります"),
                format!("the conversion needs more than {mib} MiB of memory"),
            ),
            Self::Stack => Message::new("構造の入れ子が深すぎます", "the file is nested too deeply"),
            Self::Crash(how) => {
                Message::new(format!("変換のプロセスが異常終了しました（{how}）"), format!("the worker process crashed ({how})"))
            }
        }
    }
}
