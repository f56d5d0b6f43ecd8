//! The fields that a dump's words are put to: the only place that names them. All other code asks the kind of a field, so
//! that a form with other columns needs no other code.

use seisho_forms::{Field, FieldKind};

/// The two columns of lists, in the order of the form. Both are of one kind; which of them a text is of, its words tell
/// (`cells::kinds`), and that the first stands before the second, in the dump and on a line, is what rows are told by.
pub(crate) const LISTS: [Field; 2] = [first(FieldKind::Items), Field::Methods];

/// The field of a text that is known by what it says, under no heading: the first of its kind in the form.
pub(crate) const fn first(kind: FieldKind) -> Field {
    match kind {
        FieldKind::Number => Field::Number,
        FieldKind::Text => Field::Item,
        FieldKind::Choice => Field::PlanCategory,
        FieldKind::Items => Field::Target,
        FieldKind::Date => Field::Deadline,
        FieldKind::Names => Field::Divisions,
        FieldKind::Rate => Field::Achievement,
        FieldKind::Free => Field::Other(0),
    }
}

/// Which column of lists a field is: 0 or 1. None for another field.
pub(crate) fn list_column(field: Field) -> Option<usize> {
    LISTS.iter().position(|&list| list == field)
}
