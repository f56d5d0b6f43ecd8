//! Values of fields that a profile adds, as programs read them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value of a field that a profile adds (since 1.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypedValue {
    /// As in the source; lines of their own parted by a line end, empty for an empty cell.
    pub raw: String,
    /// What the profile says that it is.
    pub kind: ValueKind,
    /// What a program reads: money in yen, rates in percent, days in ISO 8601; null where that cannot be told.
    pub value: Option<Scalar>,
    /// Its unit: 円 for money, % for rates, the profile's or the source's for numbers, null for others.
    pub unit: Option<String>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// Words.
    Text,
    /// A number, with or without a unit.
    Number,
    /// A sum of money.
    Money,
    /// A part of a whole, in percent.
    Rate,
    /// A day, a month, an end of a year: its last day.
    Date,
    /// One of a list.
    Choice,
}

impl ValueKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Text, Self::Number, Self::Money, Self::Rate, Self::Date, Self::Choice];

    /// Its name as written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Money => "money",
            Self::Rate => "rate",
            Self::Date => "date",
            Self::Choice => "choice",
        }
    }
}

/// A value as JSON has it: a whole number is written without a decimal point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Scalar {
    /// A whole number.
    Whole(i64),
    /// With decimals.
    Decimal(f64),
    /// Words, or a day.
    Text(String),
    /// Words, one string a bullet.
    Texts(Vec<String>),
}
