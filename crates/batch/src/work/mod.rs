//! Who converts: threads with a worker process each, what they say to each other, and the engine inside.

mod answer;
mod confine;
mod convert;
mod engine;
mod fallback;
mod jobs;
mod limits;
mod process;
mod program;
mod serve;
mod wire;

pub use answer::answer;
pub use confine::probe;
pub use convert::read_file;
pub use engine::{confined_engine, engine};
pub use fallback::answer_fallback;
pub use limits::CAN_LIMIT;
pub use process::hold_to;
pub use program::{Program, Programs};
pub use serve::{Line as WorkerLine, Server};
pub use wire::Setup;

pub(crate) use engine::STACK;
pub(crate) use jobs::{Done, Event, Jobs};
pub(crate) use wire::PageOf;
