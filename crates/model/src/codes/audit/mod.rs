//! Findings about what the conversion itself got wrong.

pub mod a001;
pub mod a002;
pub mod a003;
pub mod a004;
pub mod i001;
