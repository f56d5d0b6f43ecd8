//! Values of fields that a profile adds, as programs read them.

use seisho_forms::profiles::{self, FieldEntry};
use seisho_japanese::dates::{self, FiscalYear};
use seisho_model::Finding;
use seisho_model::codes::goals::m015;
use seisho_model::record::{Scalar, TypedValue, ValueKind};

/// A value and what is doubtful about it.
pub(crate) struct Typed {
    pub(crate) value: TypedValue,
    pub(crate) doubt: Option<Finding>,
}

/// Reads a text as what its field holds. `unit`: that of values that state none.
pub(crate) fn value(raw: &str, entry: &FieldEntry, unit: Option<&str>, year: Option<&FiscalYear>) -> Typed {
    let kind = entry.kind.unwrap_or(ValueKind::Text);
    let unread = || TypedValue { raw: raw.to_owned(), kind, value: None, unit: None };
    let read = profiles::read_value(raw, kind, unit, &entry.choices).ok();
    let read = match read {
        // A day needs the document's year.
        Some(value) if kind == ValueKind::Date && value.value.is_some() => {
            day(raw, year).map(|day| TypedValue { value: Some(day), ..value })
        }
        other => other,
    };
    match read {
        Some(value) => Typed { value, doubt: None },
        None => Typed { value: unread(), doubt: Some(m015::unreadable(&entry.id, raw, wanted(kind))) },
    }
}

/// The last day that a text names, in ISO 8601; none where it names no single one.
fn day(raw: &str, year: Option<&FiscalYear>) -> Option<Scalar> {
    let found = dates::deadline(raw, year);
    found.until.filter(|_| !found.is_undecided()).map(|day| Scalar::Text(day.to_string()))
}

fn wanted(kind: ValueKind) -> [&'static str; 2] {
    match kind {
        ValueKind::Text => ["文字", "text"],
        ValueKind::Number => ["数", "number"],
        ValueKind::Money => ["金額", "sum of money with a unit"],
        ValueKind::Rate => ["率", "percentage"],
        ValueKind::Date => ["日付", "date"],
        ValueKind::Choice => ["選択肢の一つ", "one of the choices"],
    }
}
