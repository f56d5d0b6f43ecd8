//! Documents that somebody changed by hand since they were written: kept aside before they are written anew.

use super::{Journal, Kept, Sum, entry_at};
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
            let is_other = |bytes: &Vec<u8>| {
                let sum = Sum::of(bytes);
                sum != *written && !journal.has_announced(sum)
            };
            let Some(bytes) = read(&file).filter(is_other) else { continue };
            let path = document_name(path.as_str(), number);
            if is_of_a_person(&bytes, entry.manifest.sha256.as_deref()) {
                let to = out.join(FOLDER).join(format!("{path}.{:08x}.json", crc32fast::hash(&bytes)));
                writer.whole(&to, &bytes).map_err(|e| Error::cannot_write(&to, e))?;
                kept.push(path);
            }
        }
    }
    Ok(kept)
}

/// Names of the documents of a finished run that are not as it wrote them: changed by hand, or damaged. None where there is
/// no journal to tell it.
#[must_use]
pub fn changed(out: &Path) -> Vec<String> {
    let Some((kept, journal)) = Kept::look(out) else { return Vec::new() };
    let mut found = Vec::new();
    for (path, entry) in kept.entries.iter().filter_map(|(path, at)| Some((path, entry_at(&journal, *at)?))) {
        for (number, (written, file)) in (1..).zip(entry.documents.iter().zip(entry.places(out, path))) {
            if read(&file).is_some_and(|bytes| Sum::of(&bytes) != *written) {
                found.push(document_name(path.as_str(), number));
            }
        }
    }
    found
}

/// Whether bytes are a document of this source that somebody wrote: an editor may have put a mark of bytes before it or saved it
/// in another encoding, a person may have left a comma too many. What breaks off in the middle is damage.
fn is_of_a_person(bytes: &[u8], sha256: Option<&str>) -> bool {
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match serde_json::from_slice::<Document>(bare) {
        Ok(document) => sha256 == Some(&document.source.sha256),
        Err(_) => bare.trim_ascii_end().ends_with(b"}") && sha256.is_some_and(|sum| bare.windows(sum.len()).any(|w| w == sum.as_bytes())),
    }
}

fn read(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    files::open(file).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
