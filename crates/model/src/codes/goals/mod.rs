//! Findings about the rows and fields of goal tables.

pub mod m002;
pub mod m003;
pub mod m004;
pub mod m005;
pub mod m006;
pub mod m009;
pub mod m013;
pub mod m014;
pub mod m015;
pub mod m016;
pub mod m017;
pub mod m018;
pub mod m021;
