//! The documents of a finished batch, one by one, and files of JSON.

use crate::screen::lang::Stop;
use seisho_batch::State;
use seisho_batch::files::{Writer, open};
use seisho_model::output::ManifestLine;
use seisho_model::record::Document;
use serde::de::DeserializeOwned;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Hands on every document of a folder of results, in order; gives how many they are.
pub(crate) fn each(results: &Path, mut hear: impl FnMut(Document) -> Result<(), Stop>) -> Result<u64, Stop> {
    let status = seisho_batch::status(results)?;
    if status.state != State::Finished {
        let name = results.display();
        return Err(Stop::new(
            format!("{name} の変換は終わっていません。同じ convert のコマンドで終わらせてください"),
            format!("the run in {name} is not finished; finish it with the same convert command"),
        ));
    }
    let mut count = 0;
    for name in manifest(results)?.iter().flat_map(ManifestLine::document_names) {
        hear(json(&results.join("documents").join(format!("{name}.json")))?)?;
        count += 1;
    }
    Ok(count)
}

/// The lines of the manifest.
pub(crate) fn manifest(results: &Path) -> Result<Vec<ManifestLine>, Stop> {
    let file = results.join("manifest.jsonl");
    let source = open(&file).map_err(|e| unreadable(&file).because(e))?;
    let mut lines = Vec::new();
    for line in BufReader::new(source).lines() {
        let line = line.map_err(|e| unreadable(&file).because(e))?;
        lines.push(serde_json::from_str(&line).map_err(|e| unreadable(&file).because(e))?);
    }
    Ok(lines)
}

/// Reads a file of JSON.
pub(crate) fn json<T: DeserializeOwned>(file: &Path) -> Result<T, Stop> {
    let mut text = String::new();
    open(file).map_err(|e| unreadable(file).because(e))?.read_to_string(&mut text).map_err(|e| unreadable(file).because(e))?;
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|e| unreadable(file).because(e))
}

/// Writes a file, whole.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), Stop> {
    Ok(Writer::default().whole(file, bytes).map_err(|e| seisho_batch::Error::cannot_write(file, e))?)
}

pub(crate) fn unreadable(file: &Path) -> Stop {
    let name = file.display();
    Stop::new(format!("{name} を読めません"), format!("{name} cannot be read"))
}
