//! `seisho answer`: a worker process. It converts what it is asked for until nothing more comes.

use super::convert::convert;
use super::wire::{self, PageOf, Request, Said, Setup};
use crate::End;
use crate::engine::{self, STACK};
use crate::lang::Stop;
use crate::limits;
use std::io::{BufWriter, Error};
use std::sync::{Arc, Mutex, PoisonError};

/// Answers the requests on standard input.
pub(crate) fn answer() -> Result<End, Stop> {
    engine::hide_panics();
    let serving = std::thread::Builder::new().stack_size(STACK).spawn(serve).map_err(cut_off)?;
    serving.join().unwrap_or_else(|_| Err(Stop::new("変換が止まりました", "the worker stopped")))
}

fn serve() -> Result<End, Stop> {
    let mut input = std::io::stdin().lock();
    let output = Arc::new(Mutex::new(BufWriter::new(std::io::stdout())));
    let say = {
        let output = Arc::clone(&output);
        move |said: &Said| said.write(&mut *output.lock().unwrap_or_else(PoisonError::into_inner))
    };
    let Some(setup) = wire::read_line::<Setup>(&mut input).map_err(cut_off)? else { return Ok(End::AllConverted) };
    let bounds = &setup.conversion.bounds;
    let (most, cpu) = (bounds.max_bytes, bounds.max_cpu * setup.page_threads as u64);
    limits::memory(bounds.max_memory).map_err(cut_off)?;
    let on_page = {
        let say = say.clone();
        move |page: usize, of: usize| {
            // One who is gone needs neither; the limit that is there stays.
            let _ = limits::cpu(cpu);
            let _ = say(&Said::Page(PageOf { page, of }));
        }
    };
    let engine = engine::engine(&setup)?.with_watcher(Arc::new(on_page));
    let mut worker = engine.worker();
    while let Some(request) = Request::read(&mut input).map_err(cut_off)? {
        limits::cpu(cpu).map_err(cut_off)?;
        let reply = convert(&request, most, &engine, &mut worker)?;
        say(&Said::Reply(Box::new(reply))).map_err(cut_off)?;
    }
    Ok(End::AllConverted)
}

/// The other side is gone, or this process may not be limited.
fn cut_off(error: Error) -> Stop {
    Stop::new("変換プロセスの受け渡しに失敗しました", "a worker process was cut off").because(error)
}
