//! Forms that users describe: reading their profiles, choosing the one that a document fits, and what it adds to the
//! forms that are known.

mod check;
mod choose;
mod file;
mod problem;
#[cfg(test)]
mod tests;
mod value;

pub use choose::{Choice, Fit, choose, fit};
pub use file::{CheckEntry, FieldEntry, ProfileFile, RecordKind, Rule};
pub use problem::{Fault, Problem, Type};
pub use value::{Unreadable, read as read_value, unit_of};

use crate::Field;
use seisho_japanese::normalize::match_text;
use std::collections::{BTreeMap, BTreeSet};

/// The names of the profiles that come with the program.
pub const BUILT_IN: [&str; 2] = ["goal-table", "policy"];

/// A form that a user has described.
#[derive(Clone, Debug)]
pub struct Profile {
    /// As written.
    pub file: ProfileFile,
    /// The field of every entry of `file.fields`.
    pub fields: Vec<Field>,
    /// Match key of a heading or label → place of its entry.
    headings: BTreeMap<String, usize>,
    /// Match keys of the cells of headings that are made of several.
    parts: BTreeSet<String>,
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let problems = check::problems(text, false);
        if !problems.is_empty() {
            return Err(problems);
        }
        let file: ProfileFile = parse(text).map_err(|p| vec![p])?;
        let own = |place: usize| Field::Own(u16::try_from(place).unwrap_or(u16::MAX));
        let fields = file.fields.iter().enumerate().map(|(i, f)| Field::named(&f.id).unwrap_or_else(|| own(i))).collect();
        let of = |(i, f): (usize, &FieldEntry)| f.headings.iter().map(move |h| (match_text(h), i)).collect::<Vec<_>>();
        let headings = file.fields.iter().enumerate().flat_map(of).collect();
        let written = file.fields.iter().flat_map(|f| &f.headings).filter(|h| h.contains(' '));
        let parts = written.flat_map(|h| h.split(' ').map(match_text)).collect();
        Ok(Self { file, fields, headings, parts })
    }

    /// The place of the field that a heading names, word for word: all cells of its path from the outer to the inner one, or
    /// the inner ones.
    #[must_use]
    pub fn entry_of(&self, path: &[String]) -> Option<usize> {
        let keys: Vec<String> = path.iter().map(|part| match_text(part)).collect();
        let base = keys.last().and_then(|inner| inner.split_once('(')).map(|(base, _)| base.to_owned());
        let suffixes = (0..keys.len()).map(|from| keys[from..].concat());
        suffixes.chain(base).find_map(|key| self.headings.get(&key).copied())
    }

    /// Whether a text is a heading, or one of the cells of one.
    #[must_use]
    pub fn is_part(&self, text: &str) -> bool {
        let key = match_text(text);
        self.headings.contains_key(&key) || self.parts.contains(&key)
    }

    /// The place of a field's entry.
    #[must_use]
    pub fn place_of(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|f| *f == field)
    }

    /// The entry of a field.
    #[must_use]
    pub fn entry(&self, field: Field) -> Option<&FieldEntry> {
        self.place_of(field).map(|place| &self.file.fields[place])
    }

    /// Headings by match key, with the fields that they name.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&str, Field)> {
        self.headings.iter().map(|(key, place)| (key.as_str(), self.fields[*place]))
    }
}

/// What headings are compared by: without width, spaces and case.
#[must_use]
pub fn key(heading: &str) -> String {
    match_text(heading)
}

/// A file whose problems were looked for and not found.
pub(crate) fn parse(text: &str) -> Result<ProfileFile, Problem> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| check::line_of(text, span.start));
        Problem { line, fault: Fault::Syntax(error.message().to_owned()) }
    })
}

/// Whether a built-in profile is one; for tests.
#[cfg(test)]
pub(crate) fn problems_of_built_in(text: &str) -> Vec<Problem> {
    check::problems(text, true)
}
