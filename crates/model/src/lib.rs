//! The types that pass between the stages: invariants, no algorithms.
//!
//! `bytes ─extract→ Pages ─scan→ Pages ─layout→ Layout ─recover, schema→ Document ─audit→ findings`

pub mod codes;
pub mod given;
pub mod ink;
pub mod layout;
pub mod output;
pub mod page;
pub mod pointer;
pub mod reading;
pub mod record;
pub mod scan;
pub mod units;

pub use codes::{Code, finding};
pub use finding::{Finding, Location, Reported, Severity};
pub use page::{Keep, Page, Pages, Piece, Run};
pub use pointer::Pointer;
pub use reading::{Change, Edit, Edited, Trust};
pub use units::text::{TextRange, is_visible};
pub use units::{counting, geometry, groups, script, text};
