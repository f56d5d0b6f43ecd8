//! Values that a person put right.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value that a person put right (since 1.1); what was read stays in its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// What was read; empty where nothing was, and a person entered the value.
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

/// What a person said of a value that a finding doubts (since 1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// What was said.
    pub how: Answer,
    /// Who said it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// The line of the ledger.
    pub id: String,
}

/// What a person says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It was put right.
    Corrected,
    /// It is right as it was read.
    Confirmed,
}
