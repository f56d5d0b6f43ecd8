//! `seisho convert`: a folder of documents to a folder of results, by worker processes, with a journal by which a
//! run that was stopped goes on.

pub(crate) mod answer;
pub(crate) mod convert;
mod jobs;
mod journal;
mod merge;
mod process;
pub(crate) mod program;
mod results;
mod status;
mod unchanged;
pub(crate) mod wire;
pub(crate) mod worker;

pub(crate) use merge::merge;
pub(crate) use status::status;

use crate::args::{Convert, Shard};
use crate::engine;
use crate::files::{RelativePath, Writer};
use crate::inputs::{self, Input};
use crate::lang::{Lang, Stop};
use crate::progress::{self, Log, Progress};
use crate::{End, summary};
use jobs::{Done, Event, Jobs};
use journal::{Entry, Heading, Journal, Start};
use rayon::prelude::*;
use results::Started;
use seisho_model::output::{Options, Status};
use seisho_pipeline::Readers;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wire::{PageOf, Setup};

/// Files whose entries are in memory at a time while it is seen what is still to do.
const LOOKED_AT: usize = 256;

/// The inputs of the run, and who writes to none of them.
fn find(options: &Convert) -> Result<(Vec<Input>, Writer), Stop> {
    let inputs = inputs::find(&options.inputs, &options.out, options.quarantine.as_deref())?;
    if inputs.is_empty() {
        return Err(Stop::new("変換するファイルがありません", "there is nothing to convert"));
    }
    // Those of other shards as well.
    let writer = Writer::sparing(inputs.iter().filter(|i| i.is_file).map(|i| &i.file));
    let inputs = match options.shard {
        Some(shard) => of_shard(inputs, shard),
        None => inputs,
    };
    Ok((inputs, writer))
}

/// Converts everything that is not done yet.
pub(crate) fn convert(options: &Convert, lang: Lang) -> Result<End, Stop> {
    let started = Started::now();
    engine::set_up_threads(options.pool.jobs())?;
    let password = options.pool.password.read()?;
    let (inputs, writer) = find(options)?;
    results::check(&options.out, &writer)?;
    let log = Log::open(options.log.as_deref(), &writer)?;
    let mut journal = Journal::open(&options.out, &writer)?;
    check_shard(&journal, options)?;
    let heading = Heading::new(program::identity(), options.conversion.clone(), options.shard);
    let begins_anew = options.force || journal.kept().heading.as_ref() != Some(&heading);
    let todo =
        if begins_anew { inputs.iter().collect() } else { todo(&inputs, &options.out, &journal, &options.conversion.scans.readers()) };
    let start = Start { inputs: inputs.len() as u64, at: started.at.to_string(), process: std::process::id() };
    journal.begin(heading, start, begins_anew)?;
    let progress = Progress::new(inputs.len() as u64, todo.len() as u64, options.quiet, log, lang);
    let stop = stopped_by_hand(lang)?;
    let mut keeper = Keeper { journal: &mut journal, writer: &writer, progress, quarantine: options.quarantine.as_deref(), lang };
    run(&todo, options, password, &mut keeper, &stop)?;
    let progress = keeper.progress;
    progress.finish();
    if stop.load(Ordering::Relaxed) {
        progress.note(summary::stopped(lang));
        return Ok(End::Stopped);
    }
    let paths: Vec<&RelativePath> = inputs.iter().map(|i| &i.path).collect();
    let run = results::finish(&options.out, &writer, &mut journal, &paths, inputs.len() - todo.len(), started, said(options))?;
    let text = summary::text(&run, &options.out, lang);
    progress.log(&text);
    if !options.quiet {
        progress::print(&text);
    }
    Ok(End::of(&run))
}

fn run(todo: &[&Input], options: &Convert, password: String, keeper: &mut Keeper<'_>, stop: &AtomicBool) -> Result<(), Stop> {
    let threads = options.pool.jobs();
    let jobs = Jobs {
        threads,
        setup: Setup {
            conversion: options.conversion.clone(),
            password,
            // Threads that no file keeps busy read pages.
            page_threads: threads / todo.len().clamp(1, threads),
            fallback: engine::fallback_reader()?,
        },
        worker: engine::worker_process()?,
        in_process: options.in_process,
        out: &options.out,
        writer: keeper.writer,
        asides: (0..threads).map(|n| keeper.journal.aside(n)).collect(),
        stop,
    };
    let (known, unread): (Vec<&Input>, Vec<&Input>) = todo.iter().partition(|i| i.known.is_some());
    known.into_iter().filter_map(Done::known).try_for_each(|done| keeper.keep(done))?;
    jobs.run(&unread, |event| match event {
        Event::Page(input, PageOf { page, of }) => {
            keeper.progress.page(input.path.as_str(), page, of);
            Ok(())
        }
        Event::Done(done) => keeper.keep(*done),
    })
}

/// Keeps what became of the files, one by one.
struct Keeper<'r> {
    journal: &'r mut Journal,
    writer: &'r Writer,
    progress: Progress,
    quarantine: Option<&'r Path>,
    lang: Lang,
}

impl Keeper<'_> {
    fn keep(&mut self, done: Done<'_>) -> Result<(), Stop> {
        let Done { input, manifest, size, document, records } = done;
        self.progress.step(&manifest);
        if let (Status::Failed, Some(to)) = (manifest.status, self.quarantine) {
            self.set_aside(&input.file, &input.path.below(to));
        }
        self.journal.add(Entry::new(manifest, size, document, &records), &records)
    }

    /// Copies an input that failed. The run goes on where that is not possible.
    fn set_aside(&self, file: &Path, to: &Path) {
        if let Err(error) = self.writer.copy(file, to) {
            let (ja, en) = ("--quarantine に写せません", "cannot be copied to --quarantine");
            self.progress.note(&format!("{}: {} ({})", to.display(), self.lang.pick(ja, en), self.lang.of(&error.message())));
        }
    }
}

/// Inputs that the journal does not have as they are now.
fn todo<'i>(inputs: &'i [Input], out: &Path, journal: &Journal, readers: &Readers) -> Vec<&'i Input> {
    let mut todo = Vec::new();
    for part in inputs.chunks(LOOKED_AT) {
        let entries: Vec<(&Input, Option<Entry>)> = part.iter().map(|i| (i, journal.entry(&i.path))).collect();
        let is_done = |entry: &Entry, input: &Input| unchanged::is_unchanged(entry, input, out, || readers.engine());
        let open = entries.par_iter().filter(|(input, entry)| !entry.as_ref().is_some_and(|e| is_done(e, input)));
        todo.par_extend(open.map(|(input, _)| *input));
    }
    todo
}

/// The inputs of a shard: by their content, so that the same document is always in the same one; by their name
/// where they have none that can be read.
fn of_shard(inputs: Vec<Input>, shard: Shard) -> Vec<Input> {
    let is_of_it = |input: &Input| {
        let content = if input.known.is_none() { unchanged::sha256(&input.file) } else { None };
        let hash = content.unwrap_or_else(|| seisho_pipeline::sha256(input.path.as_str().as_bytes()));
        u64::from_str_radix(&hash[..15], 16).is_ok_and(|n| n % u64::from(shard.parts) == u64::from(shard.part - 1))
    };
    inputs.into_par_iter().filter(is_of_it).collect()
}

/// A folder holds one shard, or all.
fn check_shard(journal: &Journal, options: &Convert) -> Result<(), Stop> {
    let name = |shard: Option<Shard>| shard.map_or_else(|| "1/1".to_owned(), |s| s.to_string());
    match &journal.kept().heading {
        Some(heading) if heading.shard != options.shard && !options.force => {
            let (out, there, here) = (options.out.display(), name(heading.shard), name(options.shard));
            Err(Stop::new(
                format!("{out} には {there} の結果があります。{here} には別の --out を指定してください（--force で捨てて作り直します）"),
                format!("{out} holds the results of shard {there}; name another --out for {here} (--force drops them)"),
            ))
        }
        _ => Ok(()),
    }
}

/// The first Ctrl+C lets the files in hand be finished, the second does not.
fn stopped_by_hand(lang: Lang) -> Result<Arc<AtomicBool>, Stop> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(End::Stopped as u8));
        }
        progress::say(lang.pick("変換中のファイルを終えて止まります", "finishing the files in hand"));
    })
    .map_err(|e| Stop::new("中断を受け付けられません", "interrupts cannot be received").because(e))?;
    Ok(stop)
}

/// The options as `run.json` states them.
fn said(options: &Convert) -> Options {
    Options {
        inputs: options.inputs.iter().map(|p| p.display().to_string()).collect(),
        jobs: options.pool.jobs() as u64,
        max_bytes: options.conversion.bounds.max_bytes,
        page_joins: !options.conversion.no_page_joins,
        shard: options.shard.map(|s| s.to_string()),
    }
}
