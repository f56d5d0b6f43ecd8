//! The fallback reader of PDFs, pdf-extract, in a process of its own: it panics, aborts and takes all memory on
//! files that the first reader reads. The PDF and its password go to it by standard input, for everybody can see the
//! arguments of a process, and nothing is put on a disk that may be full.

use super::confine::confine;
use super::limits;
use super::program::Program;
use super::wire::{Question, Said, announced, read_line, write_line};
use crate::Error;
use seisho_extract::{FallbackError, FallbackReader};
use seisho_pipeline::Needs;
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, ChildStdin, ChildStdout, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use wait_timeout::ChildExt;

/// Memory that the process may take, in MiB.
const MEMORY: u64 = 2048;
/// CPU seconds that it may take; real files need a fraction of one.
const CPU: u64 = 20;
/// After so many seconds it is given up, whatever it does.
const PATIENCE: u64 = 60;
/// No document of an office has more text, in bytes.
const MOST: u64 = 256 << 20;

/// Asks a program in another process.
#[derive(Debug)]
pub(crate) struct OtherProcess {
    program: Program,
    /// One that was started before it is asked, by a process that may soon start none.
    started: Mutex<Option<Child>>,
}

/// What the process is asked, before the bytes of the PDF.
#[derive(Serialize, Deserialize)]
struct Asked {
    password: String,
    bytes: usize,
}

/// What it answers: the text of every page, or that it cannot read the PDF.
type Answer = Result<Vec<String>, String>;

impl OtherProcess {
    /// Asks this program.
    pub(crate) fn new(program: Program) -> Self {
        Self { program, started: Mutex::new(None) }
    }

    /// Starts the process now. Where that fails, it fails again when it is asked, and is said then.
    pub(crate) fn started(program: Program) -> Self {
        let child = start(&program).ok();
        Self { program, started: Mutex::new(child) }
    }
}

impl Drop for OtherProcess {
    fn drop(&mut self) {
        if let Some(mut child) = self.started.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            // It was never asked, and may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn start(program: &Program) -> std::io::Result<Child> {
    program.command().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

impl FallbackReader for OtherProcess {
    fn pages(&self, pdf: &[u8], password: &str) -> Result<Option<Vec<String>>, FallbackError> {
        let started = self.started.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut child = started.map_or_else(|| start(&self.program), Ok).map_err(FallbackError::NotStarted)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (ended, said) = std::thread::scope(|scope| {
            // One who died does not listen to the end; that shows in how it ended.
            scope.spawn(move || input.map(|input| ask(input, pdf, password)));
            let listening = scope.spawn(move || output.map_or_else(|| Ok(Vec::new()), listen));
            let ended = end(&mut child);
            (ended, listening.join().unwrap_or_else(|_| Err(ErrorKind::Other.into())))
        });
        match ended.map_err(FallbackError::Garbled)? {
            None => Err(FallbackError::TimedOut(PATIENCE)),
            Some(status) if !status.success() => Err(FallbackError::Died(status.to_string())),
            Some(_) => {
                let said = said.map_err(FallbackError::Garbled)?;
                let answer: Answer = serde_json::from_slice(&said).map_err(|e| FallbackError::Garbled(e.into()))?;
                Ok(answer.ok())
            }
        }
    }
}

fn ask(mut input: ChildStdin, pdf: &[u8], password: &str) -> std::io::Result<()> {
    write_line(&mut input, &Asked { password: password.to_owned(), bytes: pdf.len() })?;
    input.write_all(pdf)
}

fn listen(output: ChildStdout) -> std::io::Result<Vec<u8>> {
    let mut said = Vec::new();
    output.take(MOST).read_to_end(&mut said)?;
    Ok(said)
}

/// An answer of a fallback reader as it goes from the run to its worker process.
#[derive(Serialize, Deserialize)]
pub(super) enum Relayed {
    Said(Option<Vec<String>>),
    NotStarted(String),
    TimedOut(u64),
    Died(String),
    Garbled(String),
}

impl Relayed {
    pub(super) fn of(answer: Result<Option<Vec<String>>, FallbackError>) -> Self {
        match answer {
            Ok(said) => Self::Said(said),
            Err(FallbackError::NotStarted(error)) => Self::NotStarted(error.to_string()),
            Err(FallbackError::TimedOut(seconds)) => Self::TimedOut(seconds),
            Err(FallbackError::Died(how)) => Self::Died(how),
            Err(FallbackError::Garbled(error)) => Self::Garbled(error.to_string()),
        }
    }

    fn answer(self) -> Result<Option<Vec<String>>, FallbackError> {
        match self {
            Self::Said(said) => Ok(said),
            Self::NotStarted(error) => Err(FallbackError::NotStarted(std::io::Error::other(error))),
            Self::TimedOut(seconds) => Err(FallbackError::TimedOut(seconds)),
            Self::Died(how) => Err(FallbackError::Died(how)),
            Self::Garbled(error) => Err(FallbackError::Garbled(std::io::Error::other(error))),
        }
    }
}

/// Asks the run, which may start processes, in the place of a worker process that may not.
pub(super) struct ByTheRun<W>(pub(super) W);

impl<W> std::fmt::Debug for ByTheRun<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ByTheRun")
    }
}

impl<W: Fn(&Said) -> std::io::Result<()> + Send + Sync> FallbackReader for ByTheRun<W> {
    fn pages(&self, pdf: &[u8], password: &str) -> Result<Option<Vec<String>>, FallbackError> {
        let question = Question { password: password.to_owned(), pdf: pdf.to_owned() };
        (self.0)(&Said::Again(Box::new(question))).map_err(FallbackError::Garbled)?;
        // The run says nothing else before it has a reply.
        let answer: Option<Relayed> = read_line(&mut std::io::stdin().lock()).map_err(FallbackError::Garbled)?;
        answer.ok_or_else(|| FallbackError::Garbled(ErrorKind::UnexpectedEof.into()))?.answer()
    }
}

/// How it ended; none where it had to be ended.
fn end(child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
    let ended = child.wait_timeout(Duration::from_secs(PATIENCE));
    if !matches!(ended, Ok(Some(_))) {
        // It may have ended in between; either way it is to be waited for.
        let _ = child.kill();
        let _ = child.wait();
    }
    ended
}

/// All that the process of a fallback reader does, from standard input to standard output: the program of
/// [`Programs::fallback`] calls this and nothing else. It limits the memory and time of the whole process.
///
/// [`Programs::fallback`]: super::Programs::fallback
///
/// # Errors
/// When the other side is gone or the process may not be limited.
pub fn answer_fallback() -> Result<(), Error> {
    limits::end_with_parent();
    limits::memory(MEMORY).and_then(|()| limits::cpu(CPU)).map_err(Error::CutOff)?;
    confine(&Needs::default());
    let mut input = std::io::stdin().lock();
    let question = read_line(&mut input).map_err(Error::CutOff)?;
    let Asked { password, bytes } = question.ok_or_else(|| Error::CutOff(ErrorKind::UnexpectedEof.into()))?;
    let pdf = announced(&mut input, bytes).map_err(Error::CutOff)?;
    let mut output = std::io::stdout().lock();
    write_line(&mut output, &pages(&pdf, &password)).and_then(|()| output.flush()).map_err(Error::CutOff)
}

/// That it panics is what it has to say of a PDF.
fn pages(pdf: &[u8], password: &str) -> Answer {
    std::panic::set_hook(Box::new(|_| {}));
    let read = || match password {
        "" => pdf_extract::extract_text_from_mem_by_pages(pdf),
        password => pdf_extract::extract_text_from_mem_by_pages_encrypted(pdf, password),
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(pages) => pages.map_err(|error| error.to_string()),
        Err(_) => Err("panic".to_owned()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn asked(program: &str, args: &[&str]) -> Result<Option<Vec<String>>, FallbackError> {
        OtherProcess::new(Program::new(program, args)).pages(b"%PDF", "secret")
    }

    #[test]
    fn a_program_that_does_not_run_to_its_end_is_an_error_and_one_that_cannot_read_is_none() {
        assert!(matches!(asked("/no/such/program", &[]), Err(FallbackError::NotStarted(_))));
        assert!(matches!(asked("/bin/sh", &["-c", "kill -9 $$"]), Err(FallbackError::Died(how)) if how.contains("9")));
        assert!(matches!(asked("/bin/sh", &["-c", "exit 1"]), Err(FallbackError::Died(_))));
        assert!(matches!(asked("/bin/sh", &["-c", "cat > /dev/null"]), Err(FallbackError::Garbled(_))));
        assert!(matches!(asked("/bin/sh", &["-c", r#"echo '{"Err":"no"}'"#]), Ok(None)));
        assert!(matches!(asked("/bin/sh", &["-c", r#"echo '{"Ok":["a"]}'"#]), Ok(Some(pages)) if pages == ["a"]));
    }

    #[test]
    fn the_document_and_its_password_come_by_standard_input() {
        let said = asked(
            "/bin/sh",
            &[
                "-c",
                r#"test "$(cat)" = '{"password":"secret","bytes":4}
%PDF' && echo '{"Ok":["heard"]}'"#,
            ],
        );
        assert!(matches!(said, Ok(Some(pages)) if pages == ["heard"]));
    }
}
