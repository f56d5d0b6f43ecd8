//! Thousands of documents to a folder of results: jobs, worker processes, journal, shards, and the protocol by which
//! another program drives workers. A command line, a scheduler or a module of another language calls it; it prints
//! nothing, and starts no program that it was not given.
//!
//! ```no_run
//! use seisho_batch::{Batch, Outcome, Programs};
//! use std::sync::atomic::AtomicBool;
//!
//! # fn main() -> Result<(), seisho_batch::Error> {
//! // The program that converts in processes of its own: one that calls `seisho_batch::answer` and `answer_fallback`.
//! let programs = Programs::of("/usr/bin/seisho");
//! let batch = Batch::new(["policies/"], "results", programs);
//! match batch.plan()?.run(&AtomicBool::new(false), &mut ())? {
//!     Outcome::Finished(run) => assert_eq!(run.totals.failed, 0),
//!     Outcome::Stopped => {} // the same batch goes on from here
//! }
//! # Ok(())
//! # }
//! ```

mod error;
pub mod files;
mod inputs;
mod journal;
mod options;
mod results;
mod run;
mod shards;
mod status;
mod unchanged;
mod work;

pub use error::Error;
pub use files::json::{line, pretty};
pub use journal::edited::changed;
pub use options::{Bounds, Conversion, Ocr, ProfileText, Scans, Shard};
pub use run::{Batch, Outcome, Plan, Reporter};
pub use shards::{Queue, Queued, merge};
pub use status::{Inputs, State, Status, inputs, status};
pub use work::{
    CAN_LIMIT, Program, Programs, Server, Setup, WorkerLine, answer, answer_fallback, confined_engine, engine, hold_to, probe, read_file,
};
