//! Inputs divided among machines: shards put together, and a shared folder from which machines take them.

mod lease;
mod merge;
mod queue;

pub use merge::merge;
pub use queue::{Queue, Queued};
