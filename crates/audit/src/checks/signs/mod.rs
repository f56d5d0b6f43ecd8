//! Checks of signs: brackets, punctuation, characters, ends.

pub(super) mod brackets;
pub(super) mod charset;
pub(super) mod cut;
pub(super) mod doubled;
pub(super) mod punctuation;
