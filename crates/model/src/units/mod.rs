//! What everything is measured and named in: points and boxes, ranges of text, scripts, numbers as lists
//! count, groups of what belongs together.

pub mod counting;
pub mod geometry;
pub mod groups;
pub mod script;
pub mod text;
