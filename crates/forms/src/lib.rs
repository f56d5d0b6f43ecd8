//! Forms as data: the words by which a form's headings, head and lists are known, and the matching of headings with them.
//! Knows no form itself; refuses to know pages, tables and files.

mod field;
pub mod headings;
pub mod mapping;
pub mod page_numbers;
mod profile;
pub mod profiles;

pub use field::{Field, FieldKind, of_kind};
pub use profile::{Column, Endings, Error, Forms, GoalTableForm, HeadField, HeadWords, OtherColumns, PolicyForm, rate_pattern};
