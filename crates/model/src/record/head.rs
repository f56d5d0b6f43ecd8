//! What stands in a document's head: its year, its dates, its people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fiscal year, April to March.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FiscalYear {
    /// As in the source.
    pub raw: String,
    /// The era, null for a western year.
    pub era: Option<String>,
    /// The year of the era, null for a western year.
    pub year: Option<u16>,
    /// The western year in which it starts.
    pub gregorian: i16,
    /// Its first day, ISO 8601.
    pub start: String,
    /// Its last day, ISO 8601.
    pub end: String,
}

/// Dates in a document's head.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// When it was made or issued.
    pub issued: Vec<Date>,
    /// When it was revised.
    pub revised: Vec<Date>,
}

/// A date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Date {
    /// As in the source, with the words that belong to it.
    pub raw: String,
    /// ISO 8601, as precise as `precision` says; null where the date does not exist.
    pub iso: Option<String>,
    /// How precise it is.
    pub precision: Precision,
}

/// How precise a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A fiscal year.
    FiscalYear,
}

/// A person in a document's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The post; null where only a name was found.
    pub post: Option<String>,
    /// The name; null where only a post was found.
    pub name: Option<String>,
}
