//! Goals: the rows of a goal table, and what their cells say.

use super::typed::TypedValue;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A goal: one row of a goal table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// 番号; null where the source has none that can be read.
    pub number: Option<u32>,
    /// Page on which the row starts, from 1.
    pub page: u32,
    /// 実施項目.
    pub item: Option<String>,
    /// 計画・方針等の分類.
    pub plan_category: Option<String>,
    /// どの水準まで, one string a bullet.
    pub target: Vec<String>,
    /// どのような方法で, one string a bullet.
    pub methods: Vec<String>,
    /// いつまで.
    pub deadline: Option<Deadline>,
    /// 共通/課名.
    pub divisions: Vec<String>,
    /// 達成状況.
    pub achievement: Option<Achievement>,
    /// Field → number of the goal whose vertically merged cell holds its text.
    pub inherited: Option<BTreeMap<String, u32>>,
    /// Where the source does not say which row a text belongs to: all numbers it could be.
    pub number_candidates: Option<Vec<u32>>,
    /// The number as printed, where it is no plain integer (since 1.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_raw: Option<String>,
    /// Columns of the form that are of no field above, in their order; a cell without text has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<OtherColumn>,
    /// Fields that a profile adds, by their ids (since 1.1).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, TypedValue>,
    /// Field → the one of several choices in it that is marked: by a ring, a tick, a box, by its look (since 1.1).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choice: BTreeMap<String, String>,
    /// The row over the whole table that the goal stands below (since 1.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
}

impl Goal {
    /// True where it has anything that version 1 of the contract does not know.
    pub(super) fn is_later(&self) -> bool {
        !self.other.is_empty() || !self.fields.is_empty() || !self.choice.is_empty() || self.band.is_some() || self.number_raw.is_some()
    }
}

/// What a goal has in a column that is of no field (since 1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherColumn {
    /// Its headings from the outer to the inner one, joined by one space.
    pub heading: String,
    /// Its text, one string a bullet.
    pub text: Vec<String>,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// As in the source.
    pub raw: String,
    /// What kind of deadline.
    pub kind: DeadlineKind,
    /// Its last day, ISO 8601; null where the text gives no end.
    pub until: Option<String>,
}

/// What kind of deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A month, with or without its year; also 9月末 and 4月～9月.
    Month,
    /// A day.
    Date,
    /// 年度末, 年度内, and a fiscal year by itself.
    FiscalYearEnd,
    /// 年内, 年末.
    YearEnd,
    /// 随時, 通年, 毎月.
    Ongoing,
    /// 早急, 速やかに.
    Immediate,
    /// Anything else, and more than one deadline.
    Other,
}

impl DeadlineKind {
    /// Its name as written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Date => "date",
            Self::FiscalYearEnd => "fiscal_year_end",
            Self::YearEnd => "year_end",
            Self::Ongoing => "ongoing",
            Self::Immediate => "immediate",
            Self::Other => "other",
        }
    }
}

/// An achievement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Achievement {
    /// As in the source.
    pub raw: String,
    /// The range of percent that the text states, else null.
    pub rate: Option<Rate>,
    /// The one of several choices in it that is marked (since 1.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
}

/// A range of percent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The lower end.
    pub min: RateNumber,
    /// The upper end.
    pub max: RateNumber,
}

/// A percentage: a whole number is written without a decimal point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RateNumber {
    /// A whole number.
    Whole(u32),
    /// With decimals.
    Decimal(f64),
}
