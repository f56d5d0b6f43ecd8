//! The tables and columns of everything that is exported: which there are, in which order, what they are called and
//! where their values come from. Every format is made from this and knows no column by itself.

mod documents;
mod goals;
mod parts;
mod records;
mod rows;
mod shared;
mod typed;
mod value;

pub(crate) use documents::DocumentLine;
pub(crate) use rows::{Rows, head};
pub use value::Value;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableId {
    /// Inputs and what became of them.
    Documents,
    /// Goals.
    Goals,
    /// Provisions of policies.
    Provisions,
    /// Labelled values of forms.
    Forms,
    /// Rows of tables that no form fits.
    TableRows,
    /// Paragraphs, notes, stamps.
    Texts,
    /// Findings.
    Findings,
    /// Entries of the lists of records: targets, methods, divisions, paragraphs.
    Entries,
    /// What goals have in columns of no field.
    OtherColumns,
    /// Fields that a profile adds.
    Fields,
    /// Cells of table rows.
    TableCells,
    /// Findings about a field of a record.
    Doubts,
    /// Posts and names.
    Authors,
    /// Dates in the heads of documents.
    Dates,
    /// Where each value came from.
    Evidence,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text that may look like a number or a date: codes, labels, identifiers.
    Code,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number, not below the least.
    Integer(i64),
    /// A number.
    Number,
    /// A day, ISO 8601.
    Date,
    /// A day, a month or a year, ISO 8601.
    DatePart,
    /// Texts in order. Its entries are rows of another table as well.
    List,
    /// Parts in order, with their names and what joins them in one text. They are rows of another table as well.
    Parts(&'static [&'static str], &'static str),
}

impl Kind {
    /// Whether it holds more than one datum, each of which is a row of another table.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Parts(..))
    }

    /// What joins parts in one text.
    pub(crate) fn glue(self) -> &'static str {
        if let Self::Parts(_, glue) = self { glue } else { "" }
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in files for programs.
    pub name: &'static str,
    /// Its heading for people.
    pub heading: &'static str,
    /// What it means, in Japanese and English.
    pub meaning: (&'static str, &'static str),
    /// What it holds.
    pub kind: Kind,
    /// Never empty.
    pub required: bool,
    /// The field of the record whose doubts concern it; empty for none.
    pub field: &'static str,
    /// Says what the document says, on every row of it.
    pub of_document: bool,
    /// Characters that are shown side by side on a sheet; none for a column that is not on sheets.
    pub width: u16,
}

impl Column {
    /// A column of text, `width` characters wide on a sheet.
    pub(crate) const fn new(name: &'static str, heading: &'static str, kind: Kind, width: u16) -> Self {
        Self { name, heading, meaning: ("", ""), kind, required: false, field: "", of_document: false, width }
    }

    /// With what it means.
    pub(crate) const fn means(mut self, ja: &'static str, en: &'static str) -> Self {
        self.meaning = (ja, en);
        self
    }

    /// Holds a field of the record.
    pub(crate) const fn field(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    /// Is never empty.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says what the document says.
    pub(crate) const fn of_document(mut self) -> Self {
        self.of_document = true;
        self
    }
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Which.
    pub id: TableId,
    /// Its name in files for programs.
    pub name: &'static str,
    /// Its sheet for people, where it has one.
    pub sheet: Option<&'static str>,
    /// What it holds, in Japanese and English.
    pub meaning: (&'static str, &'static str),
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns that name a row.
    pub key: &'static [&'static str],
    /// The columns that name a row of another table.
    pub foreign: Option<(&'static [&'static str], TableId)>,
    /// Whether its rows belong to one record.
    pub of_record: bool,
    /// Whether it is a file of its own among CSV files.
    pub is_file: bool,
}

impl Table {
    /// Where a column stands.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Of which table.
    pub table: TableId,
    /// One a column.
    pub values: Vec<Value>,
    /// What is doubted of it: field, code, message in Japanese.
    pub doubts: Vec<[String; 3]>,
}

/// All tables, in the order of [`TableId`].
#[must_use]
pub fn tables() -> Vec<Table> {
    vec![
        documents::documents(),
        goals::goals(),
        records::provisions(),
        records::forms(),
        records::table_rows(),
        records::texts(),
        documents::findings(),
        parts::entries(),
        parts::other_columns(),
        parts::fields(),
        parts::table_cells(),
        parts::doubts(),
        parts::authors(),
        parts::dates(),
        documents::evidence(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_plain_and_no_two_are_alike() {
        let tables = tables();
        for (index, table) in tables.iter().enumerate() {
            assert_eq!(table.id as usize, index, "{}", table.name);
            let names: BTreeSet<&str> = table.columns.iter().map(|c| c.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            let headings: BTreeSet<&str> = table.columns.iter().map(|c| c.heading).collect();
            assert_eq!(headings.len(), table.columns.len(), "{}", table.name);
            assert!(names.iter().all(|n| n.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')));
            assert!(table.columns.iter().all(|c| !c.meaning.0.is_empty() && !c.meaning.1.is_empty()), "{}", table.name);
            assert!(table.key.iter().all(|k| names.contains(k)), "{}", table.name);
            if let Some((columns, to)) = table.foreign {
                assert!(columns.iter().all(|c| names.contains(c)) && columns.len() == tables[to as usize].key.len(), "{}", table.name);
            }
        }
    }

    #[test]
    fn every_row_of_a_record_says_where_it_is_from() {
        for table in tables().iter().filter(|t| t.of_record) {
            for name in ["record_id", "source_path", "page"] {
                assert!(table.position(name).is_some(), "{}: {name}", table.name);
            }
        }
    }
}
