//! The types that pass between the stages: invariants, no algorithms.
//!
//! `bytes ─extract→ Pages ─layout→ Layout ─japanese, schema→ Document ─audit→ findings`

pub mod codes;
pub mod finding;
pub mod geometry;
pub mod groups;
pub mod ink;
pub mod layout;
pub mod output;
pub mod page;
pub mod pointer;
pub mod reading;
pub mod record;
pub mod scan;
pub mod script;
pub mod text;

pub use codes::Code;
pub use finding::{Finding, Reported, Severity, Spot};
pub use page::{Page, Pages, Piece, Run};
pub use pointer::Pointer;
pub use reading::{Change, Edit, Edited, Trust};
pub use text::{TextRange, is_visible};
