//! Searches that know nothing of tables: cheapest sequences with their runner-up, and assignments.

pub(crate) mod assignment;
pub(crate) mod sequence;
pub(crate) mod two_columns;
