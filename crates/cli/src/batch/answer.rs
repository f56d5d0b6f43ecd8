//! `seisho answer`: a worker process. It converts what it is asked for until nothing more comes.

use super::convert::convert;
use super::wire::{self, Greeting, Request};
use crate::End;
use crate::engine::{self, STACK};
use crate::lang::Stop;
use crate::limits;
use std::io::{BufWriter, Error};

/// Answers the requests on standard input.
pub(crate) fn answer() -> Result<End, Stop> {
    engine::hide_panics();
    let serving = std::thread::Builder::new().stack_size(STACK).spawn(serve).map_err(cut_off)?;
    serving.join().unwrap_or_else(|_| Err(Stop::new("変換が止まりました", "the worker stopped")))
}

fn serve() -> Result<End, Stop> {
    let mut input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    let Some(Greeting { conversion, password }) = wire::read_line(&mut input).map_err(cut_off)? else { return Ok(End::AllConverted) };
    let bounds = &conversion.bounds;
    limits::memory(bounds.max_memory).map_err(cut_off)?;
    let engine = engine::engine(&conversion, &password)?;
    let mut worker = engine.worker();
    while let Some(request) = Request::read(&mut input).map_err(cut_off)? {
        limits::cpu(bounds.max_cpu).map_err(cut_off)?;
        convert(&request, bounds.max_bytes, &engine, &mut worker)?.write(&mut output).map_err(cut_off)?;
    }
    Ok(End::AllConverted)
}

/// The other side is gone, or this process may not be limited.
fn cut_off(error: Error) -> Stop {
    Stop::new("変換プロセスの受け渡しに失敗しました", "a worker process was cut off").because(error)
}
