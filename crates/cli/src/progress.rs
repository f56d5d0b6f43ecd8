//! What a person sees while files are converted: a bar on a terminal, plain lines elsewhere.

use crate::lang::Lang;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};

/// Plain lines come once in so many files.
const PLAIN_EVERY: u64 = 100;

/// Progress of a run.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    total: u64,
    done: u64,
    failed: u64,
    lang: Lang,
}

impl Progress {
    /// For so many files.
    pub(crate) fn new(total: u64, lang: Lang) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total);
            let template = lang.pick("{bar:30} {pos}/{len} 件  残り {eta}  {msg}", "{bar:30} {pos}/{len} files  {eta} left  {msg}");
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Self { bar, total, done: 0, failed: 0, lang }
    }

    /// One more file is done.
    pub(crate) fn step(&mut self, failed: bool) {
        self.done += 1;
        self.failed += u64::from(failed);
        match &self.bar {
            Some(bar) => {
                bar.set_message(if self.failed == 0 {
                    String::new()
                } else {
                    format!("{} {}", self.lang.pick("失敗", "failed"), self.failed)
                });
                bar.inc(1);
            }
            None if self.done.is_multiple_of(PLAIN_EVERY) => say(&format!("{}/{}", self.done, self.total)),
            None => {}
        }
    }

    /// Says something without disturbing the bar.
    pub(crate) fn note(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| say(text)),
            None => say(text),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A line to the person at the keyboard; where nobody can read it, nothing is lost.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A line of the result.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
