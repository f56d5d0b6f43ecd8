//! Japanese as municipal documents write it.
//!
//! Knows words, spelling, joints, numerals and dates. Refuses to know pages, forms and records: it
//! reads text and says what it found, as ranges of that text.

pub mod dates;
pub mod join;
pub mod normalize;
pub mod numerals;
pub mod tokenizer;
