//! The tables of an export that are compared, and how their rows are known.

use seisho_audit::compare::{DOCUMENT, Shape, Tables};
use seisho_export::{Row, Table, tables};
use std::collections::BTreeMap;

/// A table that is compared.
pub(super) struct Known {
    /// Its name in exports.
    pub(super) table: &'static str,
    kind: &'static str,
    key: &'static [&'static [&'static str]],
    /// Columns that no other table has.
    own: &'static [&'static str],
}

/// Columns that say on every row what its document says.
const OF_DOCUMENT: [&str; 8] = ["fiscal_year", "fiscal_year_raw", "department", "title", "issued", "issued_raw", "authors", "kind"];

const ALL: [Known; 6] = [
    Known {
        table: "goals",
        kind: "goal",
        key: &[&["number", "number_raw"]],
        own: &[
            "number",
            "item",
            "plan_category",
            "target",
            "methods",
            "deadline_raw",
            "deadline_until",
            "deadline_kind",
            "divisions",
            "achievement_raw",
        ],
    },
    Known { table: "provisions", kind: "provision", key: &[&["path", "label"]], own: &["path", "depth", "body", "label", "text"] },
    Known { table: "forms", kind: "form", key: &[&["label"]], own: &["label", "text", "field", "value_number", "unit"] },
    Known {
        table: "table_rows",
        kind: "table_row",
        key: &[&["table_number"], &["row_number"]],
        own: &["table_number", "row_number", "cells"],
    },
    Known { table: "texts", kind: "text", key: &[], own: &["text", "role"] },
    Known { table: "documents", kind: DOCUMENT, key: &[], own: &["status", "goals", "provisions", "tables", "revised", "pages"] },
];

/// All of them.
pub(super) fn all() -> &'static [Known] {
    &ALL
}

impl Known {
    pub(super) fn shape(&self) -> Shape<'static> {
        Shape { kind: self.kind, key: self.key, of_document: &OF_DOCUMENT }
    }

    /// Whether a column tells this table.
    pub(super) fn is_own(&self, name: &str) -> bool {
        self.own.contains(&name)
    }
}

/// Rows as they are exported, as the tables that are compared.
pub(super) struct Exported {
    tables: Vec<Table>,
    pub(super) made: Tables,
}

impl Default for Exported {
    fn default() -> Self {
        Self { tables: tables(), made: Tables::default() }
    }
}

impl Exported {
    pub(super) fn add(&mut self, row: &Row) {
        let table = &self.tables[row.table as usize];
        let Some(known) = ALL.iter().find(|known| known.table == table.name) else { return };
        let text =
            |at: usize| row.values[at].flat(if let seisho_export::Kind::Parts(_, glue) = table.columns[at].kind { glue } else { "" });
        let cell = |at: usize| (table.columns[at].name, text(at).trim_end_matches('\n').to_owned());
        let cells: BTreeMap<&str, String> = (0..table.columns.len()).map(cell).collect();
        let document = cells.get("source_path").cloned().unwrap_or_default();
        self.made.add(&known.shape(), &document, &cells);
    }

    /// Kinds of which all is said; without the manifest, less is said of documents.
    pub(super) fn whole(with_documents: bool) -> Vec<&'static str> {
        ALL.iter().map(|known| known.kind).filter(|kind| with_documents || *kind != DOCUMENT).collect()
    }
}

/// Columns of the document that every record has.
pub(super) fn of_document() -> impl Iterator<Item = (String, String)> {
    OF_DOCUMENT.iter().map(|name| (DOCUMENT.to_owned(), (*name).to_owned()))
}
