//! seisho: Japanese municipal policies and goal tables to JSON. Arguments, progress and words; documents, files and
//! processes are known to the libraries.

mod args;
mod audit;
mod convert;
mod doctor;
mod explain;
mod inspect;
mod password;
mod profile;
mod results;
mod schemas;
mod screen;

use args::{Cli, Command};
use clap::Parser;
use screen::lang::{Lang, Stop};
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
        Command::Convert(options) => convert::convert(options, lang),
        Command::Explain { what } => explain::explain(what.as_deref(), lang),
        Command::Export(options) => results::export(options, lang),
        Command::Inspect(options) => inspect::inspect(options, lang),
        Command::Worker(options) => convert::worker(options),
        Command::Answer => converted(seisho_batch::answer()),
        Command::FallbackReader => converted(seisho_batch::answer_fallback()),
        Command::Status { dir } => results::status(dir, lang),
        Command::Merge { shards, out } => results::merge(shards, out, lang),
        Command::Doctor(scans) => doctor::doctor(scans, lang),
        Command::Schema(options) => schemas::schema(options),
        Command::Audit { what } => audit::audit(what, lang),
        Command::Review(options) => audit::review(options, lang),
        Command::Profile { what } => profile::profile(what, lang),
    };
    let end = done.unwrap_or_else(|error| {
        screen::progress::say(&format!("seisho: {}", error.message(lang)));
        End::CouldNotRun
    });
    ExitCode::from(end as u8)
}

/// The end of a process that answers another one.
fn converted(done: Result<(), seisho_batch::Error>) -> Result<End, Stop> {
    done?;
    Ok(End::AllConverted)
}
