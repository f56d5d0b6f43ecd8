//! `seisho convert` and `seisho worker`: a batch as the arguments want it, and what a person sees of it.

use crate::End;
use crate::args::{Convert, Worker};
use crate::results::Behind;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::{self, Log, Progress};
use crate::screen::summary;
use seisho_batch::files::Identity;
use seisho_batch::{Batch, Outcome, Programs, Queue, Queued, Server};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Converts everything that is not done yet.
pub(crate) fn convert(options: &Convert, lang: Lang) -> Result<End, Stop> {
    // A panic becomes its file's failure, with its message; the standard one would break the bar.
    std::panic::set_hook(Box::new(|_| {}));
    if let Some(folder) = &options.queue.queue {
        return queue(options, folder, lang);
    }
    let behind = Behind::of(options)?;
    let plan = batch(options)?.plan()?;
    let log = Log::open(options.log.as_deref(), plan.writer())?;
    let mut progress = Progress::new(options.quiet, log, lang);
    let stop = stopped_by_hand(lang)?;
    let outcome = plan.run(&stop, &mut progress)?;
    progress.finish();
    let Outcome::Finished(run) = outcome else {
        progress.note(summary::stopped(lang));
        if behind.is_some() {
            progress.note(summary::not_exported(lang));
        }
        return Ok(End::Stopped);
    };
    let text = summary::text(&run, &options.out, lang);
    progress.log(&text);
    if options.quiet {
        summary::left_out(&run, lang).into_iter().for_each(|note| progress::say(&note));
    } else {
        // The results are written; only their summary is lost.
        progress::print(&text).unwrap_or_else(|stop| progress::say(&stop.message(lang)));
    }
    if let Some(behind) = behind {
        behind.export(options.quiet, lang)?;
    }
    Ok(End::of(&run))
}

/// Converts what this machine gets of a queue.
fn queue(options: &Convert, folder: &Path, lang: Lang) -> Result<End, Stop> {
    let crate::args::Queue { shards, lease, .. } = options.queue;
    let queue = Queue { folder: folder.to_owned(), shards, patience: Duration::from_secs(lease) };
    // What lies in the queue is no input.
    let plan = Batch { out: folder.to_owned(), ..batch(options)? }.plan()?;
    let log = Log::open(options.log.as_deref(), plan.writer())?;
    let mut progress = Progress::new(options.quiet, log, lang);
    let stop = stopped_by_hand(lang)?;
    let Queued { done, of, is_whole } = queue.run(&plan, &options.out, &stop, &mut progress)?;
    progress.finish();
    if !is_whole {
        progress.note(summary::stopped(lang));
        return Ok(End::Stopped);
    }
    let text = summary::queued(done, of, &options.out, lang);
    progress.log(&text);
    if !options.quiet {
        progress::print(&text).unwrap_or_else(|stop| progress::say(&stop.message(lang)));
    }
    Ok(if seisho_batch::status(&options.out)?.failed == 0 { End::AllConverted } else { End::SomeFailed })
}

fn batch(options: &Convert) -> Result<Batch, Stop> {
    Ok(Batch {
        inputs: options.inputs.clone(),
        out: options.out.clone(),
        programs: own_programs()?,
        conversion: options.conversion.read()?,
        password: options.pool.password.read()?,
        jobs: options.pool.jobs(),
        shard: options.shard,
        force: options.force,
        add: options.add,
        in_process: options.in_process,
        quarantine: options.quarantine.clone(),
    })
}

/// This program, in processes of its own.
pub(crate) fn own_programs() -> Result<Programs, Stop> {
    let path = std::env::current_exe();
    let path = path.map_err(|e| Stop::new("プログラムの場所が分かりません", "where the program is cannot be told").because(e))?;
    Ok(Programs::of(path))
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

/// Serves another program by standard input and output.
pub(crate) fn worker(options: &Worker) -> Result<End, Stop> {
    if options.pool.password.is_on_standard_input() {
        return Err(Stop::new(
            "標準入力からは依頼を読むので、--password-file にファイルを指定してください",
            "standard input brings the requests; name a file for --password-file",
        ));
    }
    let server = Server {
        programs: own_programs()?,
        conversion: options.conversion.read()?,
        password: options.pool.password.read()?,
        jobs: options.pool.jobs(),
        answers: Identity::of_standard_output(),
        hello: options.hello,
    };
    let stop = asked_to_stop()?;
    server.serve(std::io::BufReader::new(std::io::stdin()), &mut std::io::stdout(), &stop)?;
    Ok(if stop.load(Ordering::Relaxed) { End::Stopped } else { End::AllConverted })
}

/// Set by Ctrl+C and by who ends processes (SIGTERM): what is begun is answered.
fn asked_to_stop() -> Result<Arc<AtomicBool>, Stop> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    ctrlc::set_handler(move || seen.store(true, Ordering::Relaxed))
        .map_err(|e| Stop::new("中断を受け付けられません", "interrupts cannot be received").because(e))?;
    Ok(stop)
}
