//! What is held against each other: folders of results, documents as JSON, tables that were exported. Where one of them is
//! a table, the others are taken as the tables that would be exported of them.

use super::shapes::{Exported, of_document};
use super::{results, typed};
use crate::screen::lang::Stop;
use seisho_audit::compare::{self, Reading, Stated};
use seisho_model::output::{ManifestLine, Status};
use seisho_model::record::Document;
use seisho_pipeline::records;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The readings of these paths, in one form.
pub(super) fn readings(paths: &[&Path]) -> Result<Vec<Reading>, Stop> {
    let is_typed = |path: &Path| matches!(ending(path).as_str(), "csv" | "xlsx") && !path.is_dir();
    let with_table = paths.iter().any(|path| is_typed(path));
    let read = |path: &&Path| match ending(path).as_str() {
        "csv" if is_typed(path) => typed::csv(path),
        "xlsx" if is_typed(path) => typed::xlsx(path),
        _ if with_table => tables(path),
        _ => documents(path),
    };
    let all: Vec<Reading> = paths.iter().map(read).collect::<Result<_, _>>()?;
    for (path, typed) in paths.iter().zip(&all).filter(|(path, _)| is_typed(path)) {
        all.iter().try_for_each(|other| typed::fits(typed, path, other))?;
    }
    Ok(all)
}

fn ending(path: &Path) -> String {
    path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase()
}

/// Documents by all fields of their JSON.
fn documents(path: &Path) -> Result<Reading, Stop> {
    let mut reading = Reading::default();
    if path.join("manifest.jsonl").is_file() {
        results::each(path, |document| {
            let value = serde_json::to_value(&document).unwrap_or_default();
            reading.add(document.source.document(), compare::of_json(&value));
            Ok(())
        })?;
        return Ok(reading);
    }
    for file in files(path) {
        let value: Value = results::json(&file)?;
        // A document is called as its source is; a typed one that names none, as its file.
        let own = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let called = serde_json::from_value::<Document>(value.clone()).map(|document| document.source.document()).ok();
        let named = value["source"]["path"].as_str().or_else(|| value["source"].as_str()).map(str::to_owned);
        reading.add(called.or(named).unwrap_or(own), compare::of_json(&value));
    }
    Ok(reading)
}

/// Documents as the tables that are exported of them.
fn tables(path: &Path) -> Result<Reading, Stop> {
    let mut exported = Exported::default();
    let is_whole = path.join("manifest.jsonl").is_file();
    let mut add = |line: Option<&ManifestLine>, document: Option<&Document>| {
        let lines = document.map(records).unwrap_or_default();
        seisho_export::sheet_rows(line, document.map(|d| (d, lines.as_slice()))).iter().for_each(|row| exported.add(row));
    };
    if is_whole {
        let lines = results::manifest(path)?;
        lines.iter().filter(|line| line.status != Status::Converted).for_each(|line| add(Some(line), None));
        let mut of_documents = lines.iter().flat_map(|line| line.document_names().map(move |_| line));
        results::each(path, |document| {
            add(of_documents.next(), Some(&document));
            Ok(())
        })?;
    } else {
        for file in files(path) {
            add(None, Some(&results::json(&file).map_err(|e| no_document(&file).because(e))?));
        }
    }
    let whole = Exported::whole(is_whole).into_iter().map(str::to_owned).collect();
    let fields = if is_whole { Default::default() } else { of_document().collect() };
    Ok(Reading { papers: exported.made.papers(), stated: Stated { whole: Some(whole), fields }, ..Reading::default() })
}

/// A file, or the JSON files of a folder.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut files: Vec<_> = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    files
}

fn no_document(file: &Path) -> Stop {
    let name = file.display();
    Stop::new(
        format!("{name} は、変換の結果の文書ではありません。表（CSV・xlsx）と比べられるのは、結果のフォルダか、その文書の JSON です"),
        format!("{name} is no document of a result; a table (CSV, xlsx) is held against a folder of results, or the JSON of its documents"),
    )
}
