//! Fields that a profile adds: the one place that knows how a record holds them.

use super::value::Value;
use seisho_model::record::{FormEntry, Goal, Scalar, TypedValue};

/// A field that a profile adds.
pub(super) struct TypedField {
    /// Its id.
    pub(super) id: String,
    /// Its number in a value that is a list, from 1.
    pub(super) position: i64,
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

/// Those of a goal: one a field, several where its value is a list.
pub(super) fn of_goal(goal: &Goal) -> Vec<TypedField> {
    goal.fields.iter().flat_map(|(id, value)| fields(id, value)).collect()
}

/// Those of a labelled value: none where no profile says what it is.
pub(super) fn of_entry(entry: &FormEntry) -> Vec<TypedField> {
    let id = entry.field.as_deref().unwrap_or_default();
    entry.typed.iter().flat_map(|value| fields(id, value)).collect()
}

fn fields(id: &str, value: &TypedValue) -> Vec<TypedField> {
    let values = match &value.value {
        None => vec![(Value::Null, Value::Null)],
        Some(Scalar::Whole(number)) => vec![(Value::Number(*number as f64), Value::Null)],
        Some(Scalar::Decimal(number)) => vec![(Value::Number(*number), Value::Null)],
        Some(Scalar::Text(text)) => vec![(Value::Null, Value::Text(text.clone()))],
        Some(Scalar::Texts(texts)) if texts.is_empty() => vec![(Value::Null, Value::Null)],
        Some(Scalar::Texts(texts)) => texts.iter().map(|text| (Value::Null, Value::Text(text.clone()))).collect(),
    };
    let field = |(position, (number, text))| {
        let TypedValue { raw, kind, unit, .. } = value;
        TypedField { id: id.to_owned(), position, kind: kind.name().to_owned(), raw: raw.clone(), number, text, unit: unit.clone() }
    };
    (1..).zip(values).map(field).collect()
}
