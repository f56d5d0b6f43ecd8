//! One page: put upright and level, stamps, seals, holes and what a pen drew over text taken out, and read.

pub(crate) mod dirt;
pub(crate) mod holes;
pub(crate) mod ovals;
pub(crate) mod page_size;
pub(crate) mod read;
pub(crate) mod rings;
pub(crate) mod seals;
pub(crate) mod skew;
pub(crate) mod stamps;
pub(crate) mod strikes;
pub(crate) mod upright;
