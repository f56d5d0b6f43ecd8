//! The engine as the options want it.

use crate::batch::program::Program;
use crate::batch::wire::Setup;
use crate::fallback::OtherProcess;
use crate::lang::Stop;
use seisho_extract::Limits;
use seisho_pipeline::{Engine, Options};
use std::sync::Arc;

/// Stack of a thread that converts: forms of a PDF that call each other go deep.
pub(crate) const STACK: usize = 64 << 20;

/// What converts in worker processes: this program.
pub(crate) fn worker_process() -> Result<Program, Stop> {
    own(&["answer"])
}

/// The fallback reader of PDFs: this program.
pub(crate) fn fallback_reader() -> Result<Program, Stop> {
    own(&["fallback-reader"])
}

fn own(args: &[&str]) -> Result<Program, Stop> {
    let path = std::env::current_exe();
    let path = path.map_err(|e| Stop::new("プログラムの場所が分かりません", "where the program is cannot be told").because(e))?;
    Ok(Program::new(path, args))
}

/// An engine with these options.
pub(crate) fn engine(setup: &Setup) -> Result<Engine, Stop> {
    let Setup { conversion, password, page_threads, fallback } = setup;
    let bounds = &conversion.bounds;
    let limits = Limits {
        fallback: Some(Arc::new(OtherProcess::new(fallback.clone()))),
        password: password.clone(),
        bytes: bounds.max_bytes,
        pages: bounds.max_pages,
        operations: bounds.max_operations,
        pixels: bounds.max_pixels,
        stream: bounds.max_stream,
        ..Limits::default()
    };
    let engine = Engine::new(limits).map_err(|e| Stop::new("プログラムが壊れています", "the program is damaged").because(e))?;
    Ok(engine
        .with_options(Options { page_joins: !conversion.no_page_joins })
        .with_readers(conversion.scans.readers().with_threads(*page_threads)))
}

/// The threads of this process, for all that is done side by side.
pub(crate) fn set_up_threads(count: usize) -> Result<(), Stop> {
    hide_panics();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).stack_size(STACK).build_global();
    pool.map_err(|e| Stop::new("スレッドを作れません", "no threads").because(e))
}

/// A panic becomes its file's failure, with its message; the standard one would break the bar.
pub(crate) fn hide_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}
