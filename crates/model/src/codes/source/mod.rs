//! Findings about files, encodings and PDF text.

pub mod x001;
pub mod x002;
pub mod x003;
pub mod x004;
pub mod x005;
pub mod x006;
pub mod x007;
pub mod x013;
pub mod x014;
pub mod x015;
