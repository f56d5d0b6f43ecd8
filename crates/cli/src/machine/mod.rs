//! What concerns the machine that the program is on, and its place there: `seisho doctor`, the pages of the manual, the
//! completions of shells.

mod doctor;
mod manual;
mod room;

pub(crate) use doctor::{doctor, probe};
pub(crate) use manual::{completions, manual};
