//! Checks of words.

pub(super) mod doubled;
pub(super) mod dropped;
pub(super) mod ending;
pub(super) mod kanji;
pub(super) mod lookalike;
pub(super) mod repeated;
pub(super) mod sound;
