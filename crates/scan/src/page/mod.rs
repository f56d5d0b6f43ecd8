//! One page: put upright and level, stamps, seals and holes taken out, and read.

pub(crate) mod dirt;
pub(crate) mod holes;
pub(crate) mod page_size;
pub(crate) mod read;
pub(crate) mod rings;
pub(crate) mod seals;
pub(crate) mod skew;
pub(crate) mod stamps;
pub(crate) mod upright;
