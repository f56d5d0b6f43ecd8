//! The text of a dump before any row is known: stretches between white space, the rows' numbers, heading words, pages and
//! what every page repeats.

pub(crate) mod furniture;
pub(crate) mod headings;
pub(crate) mod numbers;
pub(crate) mod pages;
pub(crate) mod script_spacing;
pub(crate) mod segments;
pub(crate) mod words;
