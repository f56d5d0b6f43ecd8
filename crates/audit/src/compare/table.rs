//! Tables that were exported, and typed over, as rows: a field a column.

use super::rows::{Paper, Row, Stated};
use std::collections::{BTreeMap, BTreeSet};

/// Columns in which the program notes something about its reading or the file; no part of what stands on paper.
pub const NOTES: [&str; 13] = [
    "findings",
    "doubts",
    "confidence",
    "record_id",
    "source_path",
    "source_sha256",
    "engine",
    "method",
    "media_type",
    "bytes",
    "profile",
    "code",
    "reason",
];

/// What of a table is compared: its name, the columns by which its rows are known, and those that say what the document
/// says, on every row.
#[derive(Clone, Debug)]
pub struct Shape<'s> {
    /// Kind of its rows.
    pub kind: &'s str,
    /// Columns of the key; of several that stand for each other, the first that is there.
    pub key: &'s [&'s [&'s str]],
    /// Columns of the document.
    pub of_document: &'s [&'s str],
}

/// The kind of the row that holds what all rows of a document say of it.
pub const DOCUMENT: &str = "document";

/// Rows of tables by document, with what they state.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    papers: BTreeMap<String, (Paper, BTreeMap<String, Vec<String>>)>,
    /// What is stated.
    pub stated: Stated,
    /// Columns of the program's own notes.
    pub notes: BTreeSet<String>,
}

impl Tables {
    /// States the columns of a table.
    pub fn columns<'n>(&mut self, shape: &Shape<'_>, names: impl IntoIterator<Item = &'n str>) {
        self.stated.fields.insert((shape.kind.to_owned(), String::new()));
        for name in names {
            if NOTES.contains(&name) {
                self.notes.insert(name.to_owned());
            } else {
                self.stated.fields.insert((kind_of(shape, name).to_owned(), name.to_owned()));
            }
        }
    }

    /// Adds a row of a table: its document, and texts by column.
    pub fn add(&mut self, shape: &Shape<'_>, document: &str, cells: &BTreeMap<&str, String>) {
        let (paper, head) = self.papers.entry(document.to_owned()).or_default();
        let cell = |name: &str| cells.get(name).filter(|text| !text.is_empty());
        let mut fields = BTreeMap::new();
        for (name, text) in cells.iter().filter(|(name, text)| !NOTES.contains(name) && !text.is_empty()) {
            if kind_of(shape, name) == DOCUMENT {
                let said = head.entry((*name).to_owned()).or_default();
                if !said.contains(text) {
                    said.push(text.clone());
                }
            } else {
                fields.insert((*name).to_owned(), text.clone());
            }
        }
        if shape.kind == DOCUMENT {
            return;
        }
        let key: Vec<&str> = shape.key.iter().filter_map(|names| names.iter().find_map(|name| cell(name))).map(String::as_str).collect();
        let (kind, key, id) = (shape.kind.to_owned(), key.join(" "), cell("record_id").cloned().unwrap_or_default());
        paper.rows.push(Row { kind, key, id, fields });
    }

    /// The documents.
    #[must_use]
    pub fn papers(self) -> BTreeMap<String, Paper> {
        let paper = |(name, (mut paper, head)): (String, (Paper, BTreeMap<String, Vec<String>>))| {
            // What rows say of their document in different ways is one text of several lines.
            let fields = head.into_iter().map(|(field, texts)| (field, texts.join("\n"))).collect();
            paper.rows.insert(0, Row { kind: DOCUMENT.to_owned(), key: DOCUMENT.to_owned(), id: String::new(), fields });
            (name, paper)
        };
        self.papers.into_iter().map(paper).collect()
    }
}

fn kind_of<'s>(shape: &Shape<'s>, name: &str) -> &'s str {
    if shape.of_document.contains(&name) { DOCUMENT } else { shape.kind }
}
