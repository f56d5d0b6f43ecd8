//! What is compared: documents as rows of named texts, and what of them a reading states at all.

use seisho_model::record::Table;
use std::collections::{BTreeMap, BTreeSet};

/// All that was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Documents, by name.
    pub papers: BTreeMap<String, Paper>,
    /// What it states.
    pub stated: Stated,
    /// What it says and nothing is compared with: fields that are the program's own notes.
    pub notes: BTreeSet<String>,
    /// What it says and nobody knows: columns and sheets.
    pub unknown: BTreeSet<String>,
}

/// Kinds of rows and fields that a reading speaks of; what stands empty there is said to be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Everything, as the result of a conversion does, of these kinds; of all where there are none.
    pub whole: Option<BTreeSet<String>>,
    /// Kind and field; a kind with an empty field where only the kind itself is spoken of.
    pub fields: BTreeSet<(String, String)>,
}

impl Stated {
    /// Whether a kind of rows is spoken of.
    #[must_use]
    pub fn has_kind(&self, kind: &str) -> bool {
        self.whole.as_ref().is_some_and(|kinds| kinds.is_empty() || kinds.contains(kind)) || self.fields.iter().any(|(k, _)| k == kind)
    }

    /// Whether a field is spoken of.
    #[must_use]
    pub fn has(&self, kind: &str, field: &str) -> bool {
        let is_whole = self.whole.as_ref().is_some_and(|kinds| kinds.is_empty() || kinds.contains(kind));
        is_whole || self.fields.contains(&(kind.to_owned(), field.to_owned()))
    }

    /// With what another one states.
    pub fn add(&mut self, other: Self) {
        self.fields.extend(other.fields);
        match (&mut self.whole, other.whole) {
            (Some(all), Some(more)) if all.is_empty() || more.is_empty() => all.clear(),
            (Some(all), Some(more)) => all.extend(more),
            (all @ None, more) => *all = more,
            (Some(_), None) => {}
        }
    }
}

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// Its rows, in order.
    pub rows: Vec<Row>,
    /// Tables that no profile fits.
    pub tables: Vec<Table>,
}

/// A row: a goal, a provision, an entry of a form, the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: String,
    /// Its number or label; empty where it has none.
    pub key: String,
    /// By what the program knows it, where that is said.
    pub id: String,
    /// Its texts by field; entries of a list are lines.
    pub fields: BTreeMap<String, String>,
}

impl Reading {
    /// Kinds of rows and fields that are spoken of by name, or have a text anywhere.
    pub(super) fn named(&self) -> BTreeSet<(&str, &str)> {
        let rows = self.papers.values().flat_map(|paper| &paper.rows);
        let of_rows = rows.flat_map(|row| row.fields.keys().map(|field| (row.kind.as_str(), field.as_str())));
        of_rows.chain(self.stated.fields.iter().map(|(kind, field)| (kind.as_str(), field.as_str()))).collect()
    }

    /// Adds a document that was read by itself.
    pub fn add(&mut self, name: String, read: Read) {
        let Read { paper, stated, notes } = read;
        self.papers.insert(name, paper);
        if self.papers.len() == 1 {
            self.stated = stated;
        } else {
            self.stated.add(stated);
        }
        self.notes.extend(notes);
    }
}

/// A document, what it states and what of it is not compared.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// Its rows.
    pub paper: Paper,
    /// What it states.
    pub stated: Stated,
    /// Its fields that are the program's own notes.
    pub notes: BTreeSet<String>,
}
