//! A worker process. It converts what it is asked for until nothing more comes.

use super::confine::confine;
use super::convert::convert;
use super::engine::{STACK, engine_with};
use super::fallback::ByTheRun;
use super::limits;
use super::wire::{self, PageOf, Request, Said, Setup};
use crate::Error;
use seisho_pipeline::Engine;
use std::io::BufWriter;
use std::sync::{Arc, Mutex, PoisonError};

/// All that a worker process does, from standard input to standard output: the program of [`Programs::worker`] calls
/// this and nothing else. It limits the memory and time of the whole process.
///
/// [`Programs::worker`]: super::Programs::worker
///
/// # Errors
/// When the other side is gone or the process may not be limited.
pub fn answer() -> Result<(), Error> {
    limits::end_with_parent();
    // A panic becomes its file's failure, with its message.
    std::panic::set_hook(Box::new(|_| {}));
    let output = Arc::new(Mutex::new(BufWriter::new(std::io::stdout())));
    let say = move |said: &Said| said.write(&mut *output.lock().unwrap_or_else(PoisonError::into_inner));
    let Some(setup) = wire::read_line::<Setup>(&mut std::io::stdin().lock()).map_err(Error::CutOff)? else { return Ok(()) };
    limits::memory(setup.conversion.bounds.max_memory).map_err(Error::CutOff)?;
    let engine = engine_with(&setup, Arc::new(ByTheRun(say.clone())))?;
    // Before there is a second thread and a first byte of a document.
    let confinement = confine(&engine.prepare());
    say(&Said::Confined(confinement)).map_err(Error::CutOff)?;
    let serving = std::thread::Builder::new().stack_size(STACK).spawn(move || serve(&setup, engine, say)).map_err(Error::CutOff)?;
    serving.join().unwrap_or(Err(Error::Fault))
}

fn serve(setup: &Setup, engine: Engine, say: impl Fn(&Said) -> std::io::Result<()> + Clone + Send + Sync + 'static) -> Result<(), Error> {
    let cpu = setup.conversion.bounds.max_cpu * setup.page_threads as u64;
    let on_page = {
        let say = say.clone();
        move |page: usize, of: usize| {
            // One who is gone needs neither; the limit that is there stays.
            let _ = limits::cpu(cpu);
            let _ = say(&Said::Page(PageOf { page, of }));
        }
    };
    let engine = engine.with_watcher(Arc::new(on_page));
    let mut worker = engine.worker();
    while let Some(request) = next()? {
        limits::cpu(cpu).map_err(Error::CutOff)?;
        let reply = convert(&request, &engine, &mut worker)?;
        say(&Said::Reply(Box::new(reply))).map_err(Error::CutOff)?;
    }
    Ok(())
}

/// The next request. The lock is given back: an answer about a fallback reader comes by the same way.
fn next() -> Result<Option<Request>, Error> {
    Request::read(&mut std::io::stdin().lock()).map_err(Error::CutOff)
}
