//! What reaches the person at the screen: the language of words, the progress of a run, and what it came to.

pub(crate) mod lang;
pub(crate) mod progress;
pub(crate) mod summary;
