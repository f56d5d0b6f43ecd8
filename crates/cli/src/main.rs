//! seisho: Japanese municipal policies and goal tables to JSON. Files, threads, progress and words; all
//! that is known about documents is in the libraries.

mod args;
mod batch;
mod doctor;
mod engine;
mod explain;
mod fallback;
mod files;
mod inputs;
mod inspect;
mod lang;
mod limits;
mod output;
mod progress;
mod schemas;
mod summary;

use args::{Cli, Command};
use clap::Parser;
use lang::Lang;
use seisho_model::output::Run;
use std::process::ExitCode;

/// How the program ended, as its exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Everything was converted.
    AllConverted = 0,
    /// Some inputs failed.
    SomeFailed = 1,
    /// Nothing could be done.
    CouldNotRun = 2,
    /// Stopped by hand; the same command goes on.
    Stopped = 3,
}

impl End {
    /// Of a run that came to its end.
    pub(crate) fn of(run: &Run) -> Self {
        if run.totals.failed == 0 { Self::AllConverted } else { Self::SomeFailed }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.lang.unwrap_or_else(Lang::of_the_system);
    let done = match &cli.command {
        Command::Convert(options) => batch::convert(options, lang),
        Command::Explain { what } => explain::explain(what.as_deref(), lang),
        Command::Inspect(options) => inspect::inspect(options, lang),
        Command::Worker(options) => batch::worker::worker(options),
        Command::Answer => batch::answer::answer(),
        Command::FallbackReader => fallback::answer(),
        Command::Status { dir } => batch::status(dir, lang),
        Command::Merge { shards, out } => batch::merge(shards, out, lang),
        Command::Doctor(scans) => doctor::doctor(scans, lang),
        Command::Schema { out } => schemas::schema(out.as_deref()),
    };
    let end = done.unwrap_or_else(|error| {
        progress::say(&format!("seisho: {}", error.message(lang)));
        End::CouldNotRun
    });
    ExitCode::from(end as u8)
}
