//! Checks of values: names, years, numbers, choices.

pub(super) mod calendar;
pub(super) mod choices;
pub(super) mod deadlines;
pub(super) mod eras;
pub(super) mod names;
pub(super) mod numbers;
pub(super) mod rates;
pub(super) mod totals;
