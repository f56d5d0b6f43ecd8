//! One line: its crop, what an engine says of it, and whether that fits its ink: its room, its characters, their shapes.

pub(crate) mod alignment;
pub(crate) mod crop;
pub(crate) mod drawing;
pub(crate) mod figures;
pub(crate) mod glyphs;
pub(crate) mod misfit;
pub(crate) mod omissions;
pub(crate) mod pitch;
pub(crate) mod reread;
pub(crate) mod shape_check;
pub(crate) mod shapes;
