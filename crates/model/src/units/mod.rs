//! What everything is measured and named in: points and boxes, ranges of text, scripts, groups of what belongs together.

pub mod geometry;
pub mod groups;
pub mod script;
pub mod text;
