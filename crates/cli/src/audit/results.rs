//! The documents of a finished batch, one by one, and files of JSON.

use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
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

/// So many documents are named.
const NAMED: usize = 20;

/// Says which documents are not as the conversion wrote them: what follows is about values that it did not give.
pub(crate) fn say_edited(results: &Path, lang: Lang) -> Result<(), Stop> {
    let changed = seisho_batch::changed(results);
    if changed.is_empty() {
        return Ok(());
    }
    let (count, out) = (changed.len(), results.display());
    print(&match lang {
        Lang::Ja => format!(
            "注意: 変換の後で手で変えられた文書が {count} あります。値は変えた後のものです。訂正として残すには、その文書の入力で convert をもう一度実行し、seisho audit corrections --edited {out} --by 名前 --to corrections.jsonl で台帳に入れてください"
        ),
        Lang::En => format!(
            "Note: {count} documents were changed by hand since they were converted, and their values are those of the change. To keep these as corrections, run convert on their inputs again, then seisho audit corrections --edited {out} --by NAME --to corrections.jsonl"
        ),
    })?;
    for name in changed.iter().take(NAMED) {
        print(&format!("  documents/{name}.json"))?;
    }
    if count > NAMED {
        print(&match lang {
            Lang::Ja => format!("  ほか {}", count - NAMED),
            Lang::En => format!("  and {} more", count - NAMED),
        })?;
    }
    Ok(())
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
