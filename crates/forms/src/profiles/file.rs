//! A profile as it is written: the keys of the TOML file. The built-in profiles are files of the same kind.

use crate::profile::{Endings, HeadField, OtherColumns};
use schemars::JsonSchema;
use seisho_model::record::ValueKind;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A profile of seisho: how documents of one form are known and what their columns or labels hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "seisho profile")]
pub struct ProfileFile {
    /// Its name in `profile.id`: small letters, digits, hyphens.
    #[schemars(regex(pattern = "^[a-z][a-z0-9-]{0,63}$"))]
    pub id: String,
    /// Its version in `profile.version`.
    pub version: String,
    /// What people call the form.
    #[serde(default)]
    pub name: Option<String>,
    /// What a record of it is.
    #[serde(default)]
    pub record: RecordKind,
    /// Words of the document's title, one of which it must bear; empty: any title.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Headings or labels that a document must have to be of this form; empty: half of those of the fields.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Its columns or labelled values.
    #[serde(default)]
    pub fields: Vec<FieldEntry>,
    /// What must hold in every record.
    #[serde(default)]
    pub checks: Vec<CheckEntry>,
    /// Labels of the document's head beyond those that are known.
    #[serde(default)]
    pub head: BTreeMap<HeadField, Vec<String>>,
    /// Marks before the entries of a list.
    #[serde(default)]
    pub bullets: Vec<char>,
    /// Endings of the names of divisions: 課, 室.
    #[serde(default)]
    pub unit_suffixes: Vec<String>,
    /// What stands for a division without such an ending.
    #[serde(default)]
    pub whole_units: Vec<String>,
    /// What cells of the category column hold.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Words that name a column only together with what stands in their brackets.
    #[serde(default)]
    pub general: Vec<String>,
    /// Words of the headings of columns that are of no field.
    #[serde(default)]
    pub other: OtherColumns,
    /// How texts of columns end.
    #[serde(default)]
    pub endings: Endings,
}

/// What a record of a form is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RecordKind {
    /// A row of a table, or a sheet or card of its own: `goals`.
    #[default]
    Goal,
    /// Labels with their values: `form`.
    Form,
    /// Numbered provisions: `sections`.
    Policy,
}

/// A column of a table or a labelled value.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldEntry {
    /// A field of the contract (number, item, plan_category, target, methods, deadline, divisions, achievement) or a name of
    /// your own, which goes to `fields`.
    pub id: String,
    /// Its headings, all spellings; one below another is written with a space between them: 進行状況 第1四半期.
    pub headings: Vec<String>,
    /// Words that other headings of it are made of, weighed together with what stands in the column.
    #[serde(default)]
    pub words: Vec<String>,
    /// What its values are; only for names of your own.
    #[serde(default)]
    pub kind: Option<ValueKind>,
    /// The unit of values that state none: 円, 千円, 万円, 百万円, 億円 for money, any word for numbers.
    #[serde(default)]
    pub unit: Option<String>,
    /// The values that a choice can have, as printed.
    #[serde(default)]
    pub choices: Vec<String>,
    /// A record without it gets a finding.
    #[serde(default)]
    pub required: bool,
    /// Whether a blank cell takes the text of the cell above; left out: where the table shows that they are merged.
    #[serde(default)]
    pub inherited: Option<bool>,
}

/// What must hold in every record.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckEntry {
    /// What is checked.
    pub rule: Rule,
    /// Of which fields.
    #[serde(default)]
    pub fields: Vec<String>,
    /// The field that must be the sum of `fields`, for `sum`.
    #[serde(default)]
    pub total: Option<String>,
}

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The numbers of the goals run from 1 without a gap.
    NumbersRun,
    /// A date lies in the fiscal year of the document.
    DateInYear,
    /// A field is the sum of others.
    Sum,
    /// No two records have the same value.
    Unique,
}

impl Rule {
    /// All of them, by name.
    pub const NAMES: [(&'static str, Self); 4] =
        [("numbers_run", Self::NumbersRun), ("date_in_year", Self::DateInYear), ("sum", Self::Sum), ("unique", Self::Unique)];
}
