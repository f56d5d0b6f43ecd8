//! Findings about files that could not be converted, or not as a whole.

pub mod x101;
pub mod x102;
pub mod x103;
pub mod x104;
pub mod x105;
pub mod x106;
pub mod x107;
pub mod x108;
pub mod x109;
pub mod x110;
pub mod x111;
pub mod x112;
