//! What a person sees while files are converted: a bar on a terminal, plain lines elsewhere, a log where one is asked for.

use crate::screen::lang::{Lang, Stop};
use crate::screen::summary;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use seisho_batch::files::{RelativePath, WriteError, Writer};
use seisho_batch::{Error, Reporter};
use seisho_model::output::{ManifestLine, Status};
use std::borrow::Cow;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Plain lines come once in so many files, or after so long.
const PLAIN_EVERY: (u64, Duration) = (100, Duration::from_secs(60));

/// Progress of a run.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    log: Log,
    quiet: bool,
    /// Inputs in all, and those to be done.
    total: u64,
    todo: u64,
    done: u64,
    failed: u64,
    pages: u64,
    started: Instant,
    said: Instant,
    lang: Lang,
}

impl Progress {
    /// Of a run that is to begin.
    pub(crate) fn new(quiet: bool, log: Log, lang: Lang) -> Self {
        let now = Instant::now();
        Self { bar: None, log, quiet, total: 0, todo: 0, done: 0, failed: 0, pages: 0, started: now, said: now, lang }
    }
}

impl Reporter for Progress {
    fn begun(&mut self, total: u64, todo: u64) {
        let lang = self.lang;
        self.bar = (!self.quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(todo);
            let template = lang
                .pick("{bar:30} {pos}/{len} 件  {per_sec}  残り {eta}  {msg}", "{bar:30} {pos}/{len} files  {per_sec}  {eta} left  {msg}");
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        (self.total, self.todo, self.done, self.started) = (total, todo, 0, Instant::now());
        self.said = self.started;
        let unchanged = total - todo;
        self.log(&match lang {
            Lang::Ja => format!("開始: {total} 件（変換済み {unchanged} 件）"),
            Lang::En => format!("start: {total} files ({unchanged} already done)"),
        });
    }

    fn done(&mut self, line: &ManifestLine) {
        let lang = self.lang;
        self.done += 1;
        self.pages += line.counts.as_ref().map_or(0, |c| c.pages);
        match (line.status, &line.reason) {
            (Status::Failed, Some(reason)) => {
                self.failed += 1;
                let text = summary::failure(line, reason, lang);
                self.note(&text);
            }
            _ => self.log(&format!("{} {}", lang.pick("済み", "done"), line.path.escape_debug())),
        }
        match &self.bar {
            Some(bar) => {
                bar.set_message(match lang {
                    Lang::Ja => format!("{} 頁、失敗 {}", self.pages, self.failed),
                    Lang::En => format!("{} pages, {} failed", self.pages, self.failed),
                });
                bar.inc(1);
            }
            None if !self.quiet && (self.done.is_multiple_of(PLAIN_EVERY.0) || self.said.elapsed() >= PLAIN_EVERY.1) => {
                self.said = Instant::now();
                say(&self.line());
            }
            None => {}
        }
    }

    fn page(&mut self, path: &RelativePath, page: usize, of: usize) {
        let text = format!("{} {page}/{of}{}", path.as_str().escape_debug(), self.lang.pick(" 頁", ""));
        match &self.bar {
            Some(bar) => bar.set_message(text),
            None if !self.quiet && self.said.elapsed() >= PLAIN_EVERY.1 => {
                self.said = Instant::now();
                say(&format!("{}  {text}", self.line()));
            }
            None => {}
        }
    }

    fn not_set_aside(&mut self, to: &Path, error: &WriteError) {
        let words = self.lang.pick("--quarantine に写せません", "cannot be copied to --quarantine");
        self.note(&format!("{}: {words} ({})", to.display(), self.lang.of(&error.message())));
    }
}

impl Progress {
    fn line(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = self.done as f64 / seconds.max(0.001);
        let left = (self.todo - self.done.min(self.todo)) as f64 / rate.max(0.001);
        let (done, total, pages, failed) = (self.total - self.todo + self.done, self.total, self.pages, self.failed);
        match self.lang {
            Lang::Ja => format!("{done}/{total} 件、{pages} 頁、{rate:.1} 件/秒、残り {left:.0} 秒、失敗 {failed}"),
            Lang::En => format!("{done}/{total} files, {pages} pages, {rate:.1} files/s, {left:.0} s left, {failed} failed"),
        }
    }

    /// Says something without disturbing the bar.
    pub(crate) fn note(&self, text: &str) {
        self.log(text);
        match &self.bar {
            _ if self.quiet => {}
            Some(bar) => bar.suspend(|| say(text)),
            None => say(text),
        }
    }

    /// Writes something into the log alone.
    pub(crate) fn log(&self, text: &str) {
        self.log.write(text);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A file to which lines are added, each with its time.
#[derive(Debug)]
pub(crate) struct Log(Option<File>);

impl Log {
    /// None where none is asked for.
    pub(crate) fn open(path: Option<&Path>, writer: &Writer) -> Result<Self, Stop> {
        let open = |path: &Path| writer.append(path).map_err(|e| Error::cannot_write(path, e));
        Ok(Self(path.map(open).transpose()?))
    }

    fn write(&self, text: &str) {
        if let Some(mut file) = self.0.as_ref() {
            let now = Timestamp::now();
            // The run is worth more than its log.
            let _ = file.write_all(format!("{now:.0} {}\n", plain(text).replace('\n', "\n  ")).as_bytes());
        }
    }
}

/// A line to the person at the keyboard; where nobody can read it, nothing is lost.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", plain(text));
}

/// A line of the result.
///
/// # Errors
/// When it cannot be written: a result that nobody gets is no success.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    let mut output = std::io::stdout();
    let written = writeln!(output, "{}", plain(text)).and_then(|()| output.flush());
    written.map_err(|e| Stop::new("標準出力に書けません", "standard output cannot be written to").because(e))
}

/// Text as a terminal shows it and does nothing else: names of files and words of documents may hold what moves the cursor,
/// changes the window, or turns the order of letters around.
fn plain(text: &str) -> Cow<'_, str> {
    let acts = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(acts) {
        return text.into();
    }
    let mut shown = String::new();
    for c in text.chars() {
        if acts(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown.into()
}
