//! Findings about scans: what was read, what was left out.

pub mod x008;
pub mod x009;
pub mod x010;
pub mod x011;
pub mod x012;
pub mod x017;
