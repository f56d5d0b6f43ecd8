//! seisho: Japanese municipal policies and goal tables to JSON. Arguments, progress and words; documents, files and
//! processes are known to the libraries.

mod args;
mod audit;
mod convert;
mod explain;
mod inspect;
mod machine;
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
#[cfg(unix)]
use std::sync::{Arc, atomic::AtomicBool};

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
    files_may_be_limited();
    let lang = cli.lang.unwrap_or_else(Lang::of_the_system);
    let done = match &cli.command {
        Command::Convert(options) => convert::convert(options, lang),
        Command::Explain { what } => explain::explain(what.as_deref(), lang),
        Command::Export(options) => results::export(options, lang),
        Command::Inspect(options) => inspect::inspect(options, lang),
        Command::Worker(options) => convert::worker(options),
        Command::Answer => converted(seisho_batch::answer()),
        Command::FallbackReader => converted(seisho_batch::answer_fallback()),
        Command::Probe { victim } => machine::probe(victim),
        Command::Status { dir } => results::status(dir, lang),
        Command::Merge { shards, out } => results::merge(shards, out, lang),
        Command::Doctor(options) => machine::doctor(options, lang),
        Command::Completions { shell } => machine::completions(*shell),
        Command::Man { dir } => machine::manual(dir),
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

/// Over the limit for files of the shell (`ulimit -f`), a write fails and is said, instead of ending the program without
/// a word.
#[cfg(unix)]
fn files_may_be_limited() {
    // Where it cannot be set, the program ends as any other does.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
}

#[cfg(not(unix))]
fn files_may_be_limited() {}

/// The end of a process that answers another one.
fn converted(done: Result<(), seisho_batch::Error>) -> Result<End, Stop> {
    done?;
    Ok(End::AllConverted)
}
