//! Findings about the head of a document and its kind.

pub mod m001;
pub mod m007;
pub mod m008;
pub mod m011;
pub mod m019;
pub mod m020;
