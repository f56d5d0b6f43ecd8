//! Values that a person put right.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value that a person put right (since 1.1); what was read stays in its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// What was read.
    pub was: String,
    /// Who put it right.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub reason: Option<String>,
    /// How the value was found.
    pub matched: Matched,
    /// The line of the ledger.
    pub id: String,
}

/// How the value of a correction was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// In the very file that it was made on, where it stood.
    Source,
    /// By what stands around it, in another file of the same document or elsewhere in the same one.
    Content,
}
