//! Is the transcription good, and what is to be put right? Checks that do not trust the stages before, samples and what
//! they say of their lot, and the ledger of corrections. Knows records and sources, changes neither: what is corrected is
//! a new document.

pub mod checks;
pub mod compare;
mod coverage;
pub mod gaps;
pub mod ledger;
pub mod report;
pub mod sampling;
pub mod values;
pub mod work;

pub use coverage::{Holdings, coverage};
