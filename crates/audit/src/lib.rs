//! Checks that do not trust the stages before: one file a check. Knows records and sources, changes neither.

mod coverage;

pub use coverage::{Holdings, coverage};
