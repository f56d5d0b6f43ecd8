//! The name of a value inside its document: a JSON Pointer (RFC 6901), built step by step and asked by its steps, so
//! that no string of it is put together or searched anywhere else.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::{self, Display, Formatter, Write};
use std::str::FromStr;

/// A JSON Pointer to a value of a document: `/goals/3/target/0`. Pointers are ordered as their texts are, because the
/// order of findings rests on it: `/goals/10` before `/goals/2`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

/// A text that is no JSON Pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPointer;

impl Display for NotAPointer {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("not a JSON Pointer: each step begins with / and ~ is followed by 0 or 1")
    }
}

impl std::error::Error for NotAPointer {}

impl Pointer {
    /// The document as a whole; the steps below lead into it.
    #[must_use]
    pub fn document() -> Self {
        Self::default()
    }

    /// A field of the document: `/title`.
    #[must_use]
    pub fn of(field: &str) -> Self {
        Self::document().field(field)
    }

    /// A goal: `/goals/3`.
    #[must_use]
    pub fn goal(index: usize) -> Self {
        Self::of("goals").item(index)
    }

    /// An outermost provision: `/sections/3`.
    #[must_use]
    pub fn section(index: usize) -> Self {
        Self::of("sections").item(index)
    }

    /// A provision below this one: `…/children/3`.
    #[must_use]
    pub fn child(self, index: usize) -> Self {
        self.field("children").item(index)
    }

    /// A field of this value.
    #[must_use]
    pub fn field(mut self, name: &str) -> Self {
        self.0.push('/');
        for c in name.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                _ => self.0.push(c),
            }
        }
        self
    }

    /// An item of this list, from 0.
    #[must_use]
    pub fn item(mut self, index: usize) -> Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "/{index}");
        self
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its steps, outermost first, with `~` and `/` as they are in names.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
        self.0.strip_prefix('/').into_iter().flat_map(|steps| steps.split('/')).map(unescaped)
    }

    /// The value that holds this one, none for the document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Whether it is that value or lies inside it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The field of the document that it leads into: `goals` for `/goals/3/target/0`; empty for the document.
    #[must_use]
    pub fn root(&self) -> Cow<'_, str> {
        self.steps().next().unwrap_or_default()
    }

    /// The innermost field on its way: `target` for `/goals/3/target/0`; empty where there is none.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        self.steps().rfind(|step| !is_index(step)).unwrap_or_default()
    }

    /// What every line of `records.jsonl` says of its document at this place; none for any other place.
    #[must_use]
    pub fn field_of_document(&self) -> Option<&'static str> {
        let mut steps = self.steps();
        let first = steps.next()?;
        let fields = ["title", "fiscal_year", "department", "authors"];
        let mut is_issued = || first == "dates" && steps.next().is_some_and(|second| second == "issued");
        fields.into_iter().find(|field| *field == first).or_else(|| is_issued().then_some("issued"))
    }

    /// The record that the value belongs to: `/goals/3/item` is of `/goals/3`, `/sections/0/children/2/text` of
    /// `/sections/0/children/2`. A provision's children and the cells of a table
    /// are records of their own.
    #[must_use]
    pub fn record(&self) -> Option<Self> {
        let mut steps = self.steps().peekable();
        let list = steps.next().filter(|l| matches!(&**l, "goals" | "sections" | "form" | "preamble" | "remainder" | "tables"))?;
        let mut record = Self::of(&list).field(&steps.next()?);
        if list == "tables" {
            return Some(record.field(&steps.next()?).field(&steps.next()?));
        }
        while steps.next_if(|step| step == "children").is_some() {
            let Some(index) = steps.next() else { break };
            record = record.field("children").field(&index);
        }
        Some(record)
    }
}

fn is_index(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit())
}

fn unescaped(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}

impl From<&Pointer> for Pointer {
    fn from(pointer: &Pointer) -> Self {
        pointer.clone()
    }
}

impl Display for Pointer {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Pointer {
    type Err = NotAPointer;

    fn from_str(text: &str) -> Result<Self, NotAPointer> {
        let is_escaped = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        let is_pointer = (text.is_empty() || text.starts_with('/')) && is_escaped;
        is_pointer.then(|| Self(text.to_owned())).ok_or(NotAPointer)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Pointer {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer(text: &str) -> Pointer {
        text.parse().unwrap()
    }

    #[test]
    fn steps_are_written_so_that_they_read_back() {
        let built = Pointer::goal(3).field("target").item(0);
        assert_eq!((built.to_string().as_str(), &built), ("/goals/3/target/0", &pointer("/goals/3/target/0")));
        let odd = Pointer::of("a/b").field("~1");
        assert_eq!(odd.as_str(), "/a~1b/~01");
        assert_eq!(odd.steps().collect::<Vec<_>>(), ["a/b", "~1"]);
        assert_eq!(["goals", "/a~2", "/a~"].map(str::parse::<Pointer>), [const { Err(NotAPointer) }; 3]);
        assert_eq!(Pointer::document().steps().count(), 0);
    }

    #[test]
    fn a_value_knows_what_it_is_in() {
        let value = Pointer::section(0).child(2).field("body").item(1);
        assert_eq!((&*value.root(), &*value.name()), ("sections", "body"));
        assert_eq!(value.parent(), Some(pointer("/sections/0/children/2/body")));
        assert!(value.is_within(&pointer("/sections/0")) && value.is_within(&value));
        assert!(!pointer("/goals/10").is_within(&pointer("/goals/1")));
        assert_eq!(Pointer::document().parent(), None);
    }

    #[test]
    fn a_value_belongs_to_the_record_that_holds_it() {
        let record = |text: &str| pointer(text).record().map(|r| r.to_string());
        assert_eq!(record("/goals/3").as_deref(), Some("/goals/3"));
        assert_eq!(record("/goals/12/target/0").as_deref(), Some("/goals/12"));
        assert_eq!(record("/sections/0/children/2/text").as_deref(), Some("/sections/0/children/2"));
        assert_eq!(record("/sections/1/body/0").as_deref(), Some("/sections/1"));
        assert_eq!(record("/title"), None);
        assert_eq!(record("/goals"), None);
    }
}
