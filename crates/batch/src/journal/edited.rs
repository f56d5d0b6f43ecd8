//! Documents that somebody changed by hand since they were written: kept aside before they are written anew.

use super::{Journal, Sum};
use crate::Error;
use crate::files::{self, RelativePath, Writer};
use seisho_model::record::{Document, document_name};
use std::io::Read;
use std::path::Path;

/// The folder for them in the folder of results.
const FOLDER: &str = "edited";

/// Keeps those of these paths aside that are not as they were written and still are documents of the same source; gives
/// their paths. What is damaged is no work of a person.
pub(crate) fn keep<'p>(
    journal: &Journal,
    paths: impl Iterator<Item = &'p RelativePath>,
    out: &Path,
    writer: &Writer,
) -> Result<Vec<String>, Error> {
    let mut kept = Vec::new();
    for path in paths {
        let Some(entry) = journal.entry(path) else { continue };
        for (number, (written, file)) in (1..).zip(entry.documents.iter().zip(entry.places(out, path))) {
            let Some(bytes) = read(&file).filter(|bytes| Sum::of(bytes) != *written) else { continue };
            let path = document_name(path.as_str(), number);
            let is_of_a_person = serde_json::from_slice::<Document>(&bytes).is_ok_and(|d| Some(d.source.sha256) == entry.manifest.sha256);
            if is_of_a_person {
                let to = out.join(FOLDER).join(format!("{path}.{:08x}.json", crc32fast::hash(&bytes)));
                writer.whole(&to, &bytes).map_err(|e| Error::cannot_write(&to, e))?;
                kept.push(path);
            }
        }
    }
    Ok(kept)
}

fn read(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    files::open(file).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
