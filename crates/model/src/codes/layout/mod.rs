//! Findings about lines, tables and cells.

pub mod l001;
pub mod l002;
pub mod l003;
pub mod l004;
pub mod l006;
pub mod l007;
pub mod l008;
pub mod l009;
pub mod l010;
pub mod l011;
pub mod l012;
pub mod l013;
pub mod l014;
pub mod l015;
pub mod l016;
pub mod l017;
pub mod l018;
