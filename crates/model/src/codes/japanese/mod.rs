//! Findings about the Japanese of a text: dates, joints, lists, names.

pub mod j001;
pub mod j002;
pub mod j003;
pub mod j004;
pub mod j005;
pub mod j006;
