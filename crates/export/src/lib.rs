//! Results of a conversion in the formats that offices use. All formats are made from one model of tables and columns
//! ([`tables()`]), in one pass over the results, which are read as a stream. The same results give the same bytes.

mod check;
mod csv;
mod error;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod results;
mod sink;
mod sqlite;
mod tables;
mod target;
mod xlsx;

pub use check::{Rule, Verdict, check};
pub use error::Error;
pub use options::{Encoding, Format, LineBreaks, Linked, Options};
pub use tables::{Column, Kind, Row, Table, TableId, Value, tables};

use results::Results;
use seisho_model::finding::Message;
use seisho_model::output::{ManifestLine, Record, Status};
use seisho_model::record::Document;
use sink::Sink;
use std::path::Path;
use tables::{DocumentLine, Rows};
use target::Target;
pub use target::{IsInput, check_place, is_below};

/// What was exported.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Rows of each table, by its id.
    pub rows: Vec<u64>,
    /// What a person should know of it.
    pub notices: Vec<Message>,
}

/// Exports a folder of results into another folder. `is_input` says of a file that it is an input of the conversion, which
/// nothing may write to; a file with the bytes of an input is one too.
///
/// # Errors
/// When the results are not whole, or nothing can be written; then nothing is.
pub fn export(results: &Path, to: &Path, options: &Options, is_input: IsInput) -> Result<Report, Error> {
    let source = Results::open(results)?;
    let survey = source.survey()?;
    let mut target = Target::open(to, results, survey.inputs.clone(), is_input)?;
    let tables = tables();
    let name = options.name.clone().unwrap_or_else(|| source.name());
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    let has = |format| options.formats.contains(&format);
    if has(Format::Xlsx) {
        let links = options
            .links
            .iter()
            .filter(|linked| survey.inputs.contains(linked.sha256.split('.').next().unwrap_or_default()))
            .cloned()
            .collect();
        sinks.push(Box::new(xlsx::Book::create(&tables, survey.columns, links, &mut target)?));
    }
    if has(Format::Csv) || has(Format::Datapackage) {
        sinks.push(Box::new(csv::Files::create(&tables, options, &mut target)?));
    }
    if has(Format::Datapackage) {
        csv::package::write(&tables, options, &name, &source, &mut target)?;
    }
    if has(Format::Sqlite) {
        sinks.push(Box::new(sqlite::Database::create(&tables, &name, &survey.digest, &source, &mut target)?));
    }
    if has(Format::Parquet) {
        sinks.push(parquet_files(&tables, &mut target)?);
    }
    let with_evidence = has(Format::Sqlite) || has(Format::Parquet);
    let mut report = Report { rows: vec![0; tables.len()], notices: Vec::new() };
    rows(&source, with_evidence, &mut |row| {
        report.rows[row.table as usize] += 1;
        sinks.iter_mut().try_for_each(|sink| sink.row(&row))
    })?;
    for sink in sinks {
        report.notices.extend(sink.finish()?);
    }
    target.commit()?;
    if survey.failed > 0 {
        let n = survey.failed;
        report.notices.push(Message::new(
            format!("変換できなかった入力が {n} 件あります（表「文書」の「結果」と「理由」）"),
            format!("{n} inputs could not be converted (table documents, columns status and reason)"),
        ));
    }
    Ok(report)
}

/// The rows of an input and of one of its documents that people see: those of tables that are sheets.
#[must_use]
pub fn sheet_rows(input: Option<&ManifestLine>, document: Option<(&Document, &[Record])>) -> Vec<Row> {
    let make = Rows::default();
    let of_input = input.map(|manifest| make.of_document(&DocumentLine { manifest, document: document.map(|(d, _)| d) }, false));
    let of_records = document.map(|(d, records)| records.iter().flat_map(|record| make.of_record(d, record)).collect::<Vec<_>>());
    let tables = tables();
    let is_seen = |row: &Row| tables[row.table as usize].sheet.is_some();
    of_input.into_iter().chain(of_records).flatten().filter(is_seen).collect()
}

/// All rows: each input's, then those of its records.
fn rows(source: &Results, with_evidence: bool, each: &mut dyn FnMut(Row) -> Result<(), Error>) -> Result<(), Error> {
    let make = Rows::default();
    let mut records = source.records()?;
    let mut manifest = source.manifest()?;
    while let Some(line) = manifest.next()? {
        if line.status != Status::Converted {
            make.of_document(&DocumentLine { manifest: &line, document: None }, with_evidence).into_iter().try_for_each(&mut *each)?;
        }
        for name in line.document_names() {
            let document = source.document(&name)?;
            let input = DocumentLine { manifest: &line, document: Some(&document) };
            make.of_document(&input, with_evidence).into_iter().try_for_each(&mut *each)?;
            while let Some(record) = records.next_of(&document.source)? {
                make.of_record(&document, &record).into_iter().try_for_each(&mut *each)?;
            }
        }
    }
    records.end()
}

#[cfg(feature = "parquet")]
fn parquet_files(tables: &[Table], target: &mut Target) -> Result<Box<dyn Sink>, Error> {
    Ok(Box::new(parquet::Files::create(tables, target)?))
}

#[cfg(not(feature = "parquet"))]
fn parquet_files(_: &[Table], _: &mut Target) -> Result<Box<dyn Sink>, Error> {
    Err(Error::NotBuilt("parquet"))
}
