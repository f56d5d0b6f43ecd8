//! seisho: Japanese municipal policies and goal tables to JSON. Files, threads, progress and words; all
//! that is known about documents is in the libraries.

mod args;
mod batch;
mod doctor;
mod explain;
mod inputs;
mod inspect;
mod lang;
mod output;
mod progress;
mod schemas;
mod second;
mod summary;

use args::{Cli, Command};
use clap::Parser;
use lang::Lang;
use std::process::ExitCode;

/// Everything was converted.
const ALL_CONVERTED: u8 = 0;
/// Some inputs failed.
const SOME_FAILED: u8 = 1;
/// Nothing could be done.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.lang.unwrap_or_else(Lang::of_the_system);
    let done = match &cli.command {
        Command::Convert(options) => batch::convert(options, lang),
        Command::Explain { what } => explain::explain(what.as_deref(), lang),
        Command::Inspect(options) => inspect::inspect(options, lang),
        Command::SecondReader { password } => second::answer(password),
        Command::Doctor(scans) => doctor::doctor(scans, lang),
        Command::Schema { out } => schemas::schema(out.as_deref()),
    };
    match done {
        Ok(true) => ALL_CONVERTED.into(),
        Ok(false) => SOME_FAILED.into(),
        Err(error) => {
            progress::say(&format!("seisho: {}", error.message(lang)));
            COULD_NOT_RUN.into()
        }
    }
}
