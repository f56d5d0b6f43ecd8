//! Findings about the provisions of a policy.

pub mod m010;
pub mod m012;
