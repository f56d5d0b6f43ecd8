//! A worker process. It converts what it is asked for until nothing more comes.

use super::convert::convert;
use super::engine::{STACK, engine};
use super::limits;
use super::wire::{self, PageOf, Request, Said, Setup};
use crate::Error;
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
    // A panic becomes its file's failure, with its message.
    std::panic::set_hook(Box::new(|_| {}));
    let serving = std::thread::Builder::new().stack_size(STACK).spawn(serve).map_err(Error::CutOff)?;
    serving.join().unwrap_or(Err(Error::Fault))
}

fn serve() -> Result<(), Error> {
    let mut input = std::io::stdin().lock();
    let output = Arc::new(Mutex::new(BufWriter::new(std::io::stdout())));
    let say = {
        let output = Arc::clone(&output);
        move |said: &Said| said.write(&mut *output.lock().unwrap_or_else(PoisonError::into_inner))
    };
    let Some(setup) = wire::read_line::<Setup>(&mut input).map_err(Error::CutOff)? else { return Ok(()) };
    let bounds = &setup.conversion.bounds;
    let (most, cpu) = (bounds.max_bytes, bounds.max_cpu * setup.page_threads as u64);
    limits::memory(bounds.max_memory).map_err(Error::CutOff)?;
    let on_page = {
        let say = say.clone();
        move |page: usize, of: usize| {
            // One who is gone needs neither; the limit that is there stays.
            let _ = limits::cpu(cpu);
            let _ = say(&Said::Page(PageOf { page, of }));
        }
    };
    let engine = engine(&setup)?.with_watcher(Arc::new(on_page));
    let mut worker = engine.worker();
    while let Some(request) = Request::read(&mut input).map_err(Error::CutOff)? {
        limits::cpu(cpu).map_err(Error::CutOff)?;
        let reply = convert(&request, most, &engine, &mut worker)?;
        say(&Said::Reply(Box::new(reply))).map_err(Error::CutOff)?;
    }
    Ok(())
}
