//! Forms as data: the words by which a form's headings, head and lists are known, and the matching of headings with them.
//! Knows no form itself; refuses to know pages, tables and files.

pub mod headings;
pub mod page_numbers;
mod profile;

pub use profile::{Column, Error, Field, FieldKind, Forms, GoalTableForm, HeadField, HeadWords, PolicyForm, of_kind, rate_pattern};
