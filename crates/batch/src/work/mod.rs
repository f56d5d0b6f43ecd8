//! Who converts: threads with a worker process each, what they say to each other, and the engine inside.

mod answer;
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
pub use convert::read_file;
pub use engine::engine;
pub use fallback::answer_fallback;
pub use limits::CAN_LIMIT;
pub use program::{Program, Programs};
pub use serve::Server;
pub use wire::Setup;

pub(crate) use engine::STACK;
pub(crate) use jobs::{Done, Event, Jobs, place};
pub(crate) use wire::{PageOf, read_line, write_line};
