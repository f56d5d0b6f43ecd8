//! Tables of goals: their grid, their headings, their rows, sheets of one goal.

pub(crate) mod grid;
pub(crate) mod heading;
pub(crate) mod near;
pub(crate) mod row;
pub(crate) mod sheet;
pub(crate) mod tables;
pub(crate) mod turned;
