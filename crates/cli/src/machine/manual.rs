//! What a package of the program brings beside it, made from the same description of the command line that it reads.

use crate::End;
use crate::args::Cli;
use crate::screen::lang::Stop;
use clap::CommandFactory;
use seisho_batch::Error;
use seisho_batch::files::Writer;
use std::path::Path;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<End, Stop> {
    let mut written = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "seisho", &mut written);
    crate::screen::progress::print(String::from_utf8_lossy(&written).trim_end())?;
    Ok(End::AllConverted)
}

/// Writes a page for the program and one for each of its commands.
pub(crate) fn manual(folder: &Path) -> Result<End, Stop> {
    let mut program = Cli::command();
    program.build();
    pages(&program, "seisho", folder)?;
    Ok(End::AllConverted)
}

fn pages(command: &clap::Command, name: &str, folder: &Path) -> Result<(), Stop> {
    let mut page = Vec::new();
    let called: &'static str = Box::leak(name.to_owned().into_boxed_str());
    let command = command.clone().name(called).display_name(called);
    let cannot = |e| Stop::new("マニュアルを作れません", "the manual cannot be made").because(e);
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(cannot)?;
    let file = folder.join(format!("{name}.1"));
    Writer::default().whole(&file, &page).map_err(|e| Error::cannot_write(&file, e))?;
    let parts = command.get_subcommands().filter(|part| !part.is_hide_set() && part.get_name() != "help");
    parts.into_iter().try_for_each(|part| pages(part, &format!("{name}-{}", part.get_name()), folder))
}
