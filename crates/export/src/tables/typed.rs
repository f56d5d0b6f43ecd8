//! Fields that a profile adds: the one place that knows how a record holds them.

use crate::value::Value;
use seisho_model::record::{FormEntry, Goal};

/// A field that a profile adds.
pub(super) struct TypedField {
    /// Its id.
    pub(super) id: String,
    /// What the profile says that it is.
    pub(super) kind: String,
    /// As in the source.
    pub(super) raw: String,
    /// What a program reads of it, where that is a number.
    pub(super) number: Value,
    /// What a program reads of it, where that is words or a day.
    pub(super) text: Value,
    /// Its unit.
    pub(super) unit: Option<String>,
}

/// Those of a goal.
pub(super) fn of_goal(_goal: &Goal) -> Vec<TypedField> {
    Vec::new()
}

/// That of a labelled value.
pub(super) fn of_entry(_entry: &FormEntry) -> Option<TypedField> {
    None
}
