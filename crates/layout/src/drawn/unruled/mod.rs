//! Tables whose cells no rules part, or few: told by alignment, by white between texts, by labels.

mod aligned;
mod bands;
mod heads;
mod network;
mod pairs;

pub(super) use aligned::{Around, inner};
pub(super) use network::rows_between;
