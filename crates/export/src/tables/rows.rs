//! Documents and records as rows of the tables.

use super::parts::{
    AuthorLine, DateLine, Entry, Numbered, Other, bound_doubts, bound_entries, bound_fields, bound_other_columns, bound_table_cells,
    of_authors, of_dates,
};
use super::records::{bound_forms, bound_provisions, bound_table_rows, bound_texts};
use super::shared::{Bound, Line};
use super::typed::{self, TypedField};
use super::{DocumentLine, Row, TableId, documents, goals};
use seisho_model::output::{Doubt, FormRecord, GoalRecord, ProvisionRecord, Record, RecordHead, RowCell, TableRowRecord, TextRecord};
use seisho_model::record::Document;

/// Makes rows; knows all columns of records.
pub(crate) struct Rows {
    goals: Vec<Bound<GoalRecord>>,
    provisions: Vec<Bound<ProvisionRecord>>,
    forms: Vec<Bound<FormRecord>>,
    table_rows: Vec<Bound<TableRowRecord>>,
    texts: Vec<Bound<TextRecord>>,
    entries: Vec<Bound<Entry>>,
    other_columns: Vec<Bound<Other>>,
    fields: Vec<Bound<TypedField>>,
    table_cells: Vec<Bound<RowCell>>,
    doubts: Vec<Bound<Numbered<Doubt>>>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            goals: goals::bound(),
            provisions: bound_provisions(),
            forms: bound_forms(),
            table_rows: bound_table_rows(),
            texts: bound_texts(),
            entries: bound_entries(),
            other_columns: bound_other_columns(),
            fields: bound_fields(),
            table_cells: bound_table_cells(),
            doubts: bound_doubts(),
        }
    }
}

impl Rows {
    /// The rows of an input: itself, its authors, dates, findings and, where asked for, evidence.
    pub(crate) fn of_document(&self, line: &DocumentLine<'_>, with_evidence: bool) -> Vec<Row> {
        let mut rows = vec![documents::document_row(line)];
        if let Some(document) = line.document {
            let columns = of_authors();
            for (position, author) in (1..).zip(&document.authors) {
                let line: AuthorLine = (document.source.document(), position, author.clone());
                let values = columns.iter().map(|(_, value)| value(&line)).collect();
                rows.push(Row { table: TableId::Authors, values, doubts: Vec::new() });
            }
            let columns = of_dates();
            let issued = document.dates.issued.iter().map(|date| ("issued", date));
            let dates = issued.chain(document.dates.revised.iter().map(|date| ("revised", date)));
            for (position, (what, date)) in (1..).zip(dates) {
                let line: DateLine = (document.source.document(), position, what, date.clone());
                let values = columns.iter().map(|(_, value)| value(&line)).collect();
                rows.push(Row { table: TableId::Dates, values, doubts: Vec::new() });
            }
            rows.extend(documents::finding_rows(document));
            if with_evidence {
                rows.extend(documents::evidence_rows(document));
            }
        }
        rows
    }

    /// The rows of a record: its own first, then those of its parts.
    pub(crate) fn of_record(&self, document: &Document, record: &Record) -> Vec<Row> {
        let mut rows = Vec::new();
        match record {
            Record::Goal(record) => {
                let page = Some(record.goal.page);
                let line = Line { document, head: &record.head, page, trust: &record.trust, of: &**record };
                rows.push(line.row(TableId::Goals, &self.goals, true));
                let lists = [("target", &record.goal.target), ("methods", &record.goal.methods), ("divisions", &record.goal.divisions)];
                self.lists(&line, &lists, &mut rows);
                let candidates: Vec<String> = record.goal.number_candidates.iter().flatten().map(ToString::to_string).collect();
                self.lists(&line, &[("number_candidates", &candidates)], &mut rows);
                for (field, from) in record.goal.inherited.iter().flatten() {
                    self.lists(&line, &[(&format!("inherited/{field}"), &vec![from.to_string()])], &mut rows);
                }
                self.other(&line, &mut rows);
                for field in typed::of_goal(&record.goal) {
                    rows.push(line.part(&field).row(TableId::Fields, &self.fields, false));
                }
                self.doubts(&line, &mut rows);
            }
            Record::Provision(record) => {
                let line = Line { document, head: &record.head, page: record.page, trust: &record.trust, of: &**record };
                rows.push(line.row(TableId::Provisions, &self.provisions, true));
                self.lists(&line, &[("path", &record.path), ("body", &record.body)], &mut rows);
                self.doubts(&line, &mut rows);
            }
            Record::Form(record) => {
                let line = Line { document, head: &record.head, page: record.page, trust: &record.trust, of: &**record };
                rows.push(line.row(TableId::Forms, &self.forms, true));
                self.lists(&line, &[("label", &record.entry.label), ("text", &record.entry.text)], &mut rows);
                for field in typed::of_entry(&record.entry) {
                    rows.push(line.part(&field).row(TableId::Fields, &self.fields, false));
                }
                self.doubts(&line, &mut rows);
            }
            Record::TableRow(record) => {
                let line = Line { document, head: &record.head, page: record.page, trust: &record.trust, of: &**record };
                rows.push(line.row(TableId::TableRows, &self.table_rows, true));
                for cell in &record.cells {
                    rows.push(line.part(cell).row(TableId::TableCells, &self.table_cells, false));
                }
                self.doubts(&line, &mut rows);
            }
            Record::Text(record) => {
                let line = Line { document, head: &record.head, page: record.page, trust: &record.trust, of: &**record };
                rows.push(line.row(TableId::Texts, &self.texts, true));
                self.doubts(&line, &mut rows);
            }
        }
        rows
    }

    fn lists<T>(&self, line: &Line<'_, T>, lists: &[(&str, &Vec<String>)], rows: &mut Vec<Row>) {
        for (field, texts) in lists {
            for (position, text) in (1..).zip(*texts) {
                let entry = Entry { field: (*field).to_owned(), position, text: text.clone() };
                rows.push(line.part(&entry).row(TableId::Entries, &self.entries, false));
            }
        }
    }

    /// A row a text of each column; one without text for an empty cell, so that no column is lost.
    fn other(&self, line: &Line<'_, GoalRecord>, rows: &mut Vec<Row>) {
        for (column, other) in (1..).zip(&line.of.goal.other) {
            let texts = other.text.iter().cloned().map(Some);
            let texts: Vec<Option<String>> = if other.text.is_empty() { vec![None] } else { texts.collect() };
            for (position, text) in (1..).zip(texts) {
                let other = Other { column, heading: other.heading.clone(), position, text };
                rows.push(line.part(&other).row(TableId::OtherColumns, &self.other_columns, false));
            }
        }
    }

    fn doubts<T>(&self, line: &Line<'_, T>, rows: &mut Vec<Row>) {
        for (position, doubt) in (1..).zip(&line.trust.doubts) {
            rows.push(line.part(&Numbered(position, doubt.clone())).row(TableId::Doubts, &self.doubts, false));
        }
    }
}

/// What all records of the document say, and the page.
pub(crate) fn head(record: &Record) -> &RecordHead {
    match record {
        Record::Goal(record) => &record.head,
        Record::Provision(record) => &record.head,
        Record::Form(record) => &record.head,
        Record::TableRow(record) => &record.head,
        Record::Text(record) => &record.head,
    }
}
