//! A worker process as the run sees it. What a document does to its process ends with the process.

use super::fallback::{self, OtherProcess};
use super::limits;
use super::program::Program;
use super::wire::{self, PageOf, Reply, Request, Said, Setup};
use crate::options::Bounds;
use seisho_extract::FallbackReader as _;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::Confinement;
use std::io::{BufReader, BufWriter, Read, Result, Write};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

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
    /// Reads PDFs a second time.
    fallback: OtherProcess,
    /// What it can no longer reach.
    confinement: Option<Confinement>,
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
        bare(&mut command);
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
        let bounds = setup.conversion.bounds.clone();
        // More than it may hold in memory it cannot say.
        let most = bounds.max_memory << 20;
        std::thread::Builder::new().spawn(move || listen(output, most, &sender))?;
        let fallback = OtherProcess::new(setup.fallback.clone());
        Ok(Self { child, requests, said, words, bounds, fallback, confinement: None })
    }

    /// What it can no longer reach; none before its first reply.
    pub(crate) fn confinement(&self) -> Option<Confinement> {
        self.confinement
    }

    /// Its reply, or how it died; after that it is of no use. Every page that it begins has the time of a file; all together
    /// have the time until `until`, which came to so many seconds.
    pub(crate) fn ask(
        &mut self,
        request: &Request,
        until: Option<(Instant, u64)>,
        mut on_page: impl FnMut(PageOf),
    ) -> std::result::Result<Reply, Death> {
        // A process that is gone shows where the reply is awaited.
        let _ = request.write(&mut self.requests);
        let mut pages = 0;
        loop {
            let own = Duration::from_secs(self.bounds.max_wall);
            let left = until.map_or(own, |(until, _)| until.saturating_duration_since(Instant::now()));
            match self.said.recv_timeout(own.min(left)) {
                // Each has the time of a file: no more of them are believed than a document may have.
                Ok(Said::Page(page)) if pages < self.bounds.max_pages => {
                    pages += 1;
                    on_page(page);
                }
                Ok(Said::Confined(confinement)) => self.confinement = Some(confinement),
                Ok(Said::Again(question)) => {
                    let answer = fallback::Relayed::of(self.fallback.pages(&question.pdf, &question.password));
                    let _ = wire::write_line(&mut self.requests, &answer).and_then(|()| self.requests.flush());
                }
                // Of what was asked for and of nothing else, whatever the document has made of the process.
                Ok(Said::Reply(reply)) if reply.is_of(request) => return Ok(*reply),
                Ok(Said::Reply(_) | Said::Page(_)) => {
                    self.end();
                    return Err(Death::Crash("?".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.end();
                    let seconds = until.filter(|_| left < own).map_or(self.bounds.max_wall, |(_, seconds)| seconds);
                    return Err(Death::Wall(seconds));
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

/// Holds this process to the memory and the time of a worker process, for a command that reads one document itself. `over`
/// hears that its time is over.
///
/// # Errors
/// When the process may not be limited.
pub fn hold_to(bounds: &Bounds, over: impl FnOnce(Message) + Send + 'static) -> Result<()> {
    limits::memory(bounds.max_memory)?;
    let most = bounds.max_wall;
    let wait = move || {
        std::thread::sleep(Duration::from_secs(most));
        over(Death::Wall(most).message());
    };
    std::thread::Builder::new().spawn(wait).map(drop)
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
fn listen(output: ChildStdout, most: u64, said: &SyncSender<Said>) {
    let mut output = BufReader::new(output);
    while let Ok(Some(next)) = Said::read(&mut output, most) {
        if said.send(next).is_err() {
            return;
        }
    }
}

/// What a worker process needs to know of the environment: where libraries and language data are. The rest is not for it.
#[cfg(unix)]
fn bare(command: &mut Command) {
    const KEPT: [&str; 4] = ["PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "OMP_THREAD_LIMIT"];
    let kept = KEPT.iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
    command.env_clear().envs(kept).env("RUST_BACKTRACE", "0");
}

/// Programs of Windows do not start without some of it.
#[cfg(not(unix))]
fn bare(command: &mut Command) {
    command.env("RUST_BACKTRACE", "0");
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
            Self::Stack => Message::new(
                "変換のスタックが足りません（構造の入れ子が深すぎるか、1つの要素に属性などが多すぎます）",
                "the conversion ran out of stack (the file is nested too deeply, or one element of it holds too much)",
            ),
            Self::Crash(how) => {
                Message::new(format!("変換のプロセスが異常終了しました（{how}）"), format!("the worker process crashed ({how})"))
            }
        }
    }
}
