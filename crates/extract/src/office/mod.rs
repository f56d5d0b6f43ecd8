//! Office files of today (xlsx, xls, docx, ods, odt): their text, with the paragraphs and cells that the file itself states.

mod cells;
mod comments;
mod docx;
mod drawing;
mod format;
mod numbers;
mod open_document;
mod sheet;
mod xls;
mod xlsx;
mod xml;

use crate::{Error, Extracted, Format, Limits};
use seisho_model::Reported;
use seisho_model::codes::source::x016;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// More attached files are not named.
const MOST_ATTACHED: usize = 100;

/// An open archive.
struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
    limit: u64,
}

impl Parts<'_> {
    /// A part as XML; none where the archive has none of that name.
    fn part(&mut self, name: &str) -> Result<Option<xml::Node>, Error> {
        self.bytes(name)?.map(|bytes| xml::parse(&bytes)).transpose()
    }

    /// A part as text.
    fn text(&mut self, name: &str) -> Result<Option<String>, Error> {
        Ok(self.bytes(name)?.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Names of the files that were put into the file, in order.
    fn attached(&self) -> Vec<String> {
        let all = self.archive.file_names().flatten();
        let mut names: Vec<String> = all.filter_map(|n| n.split_once("/embeddings/").map(|(_, name)| name.to_owned())).collect();
        names.retain(|name| !name.is_empty());
        names.sort();
        names.truncate(MOST_ATTACHED);
        names
    }

    /// What an archive is that is no office file which is read.
    fn format(&self) -> Format {
        let has = |start: &str| self.archive.file_names().flatten().any(|n| n.starts_with(start));
        if has("ppt/") { Format::Slides } else { Format::Zip }
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Ok(file) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = file.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| Error::Office)? as u64;
        if read > self.left {
            return Err(Error::Unpacked { limit: self.limit });
        }
        self.left -= read;
        Ok(Some(bytes))
    }

    /// What a part is related to in the archive.
    fn relations(&mut self, folder: &str, name: &str) -> Result<Vec<Relation>, Error> {
        let relations = self.part(&format!("{folder}/_rels/{name}.rels"))?;
        let relation = |node: &xml::Node| -> Option<Relation> {
            let target = node.get("Target")?;
            // What lies outside the archive is never looked for.
            let is_inside = node.get("TargetMode") != Some("External");
            let path = target.strip_prefix('/').map_or_else(|| below(folder, target), str::to_owned);
            let kind = node.get("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
            is_inside.then_some(Relation { id: node.get("Id")?.to_owned(), kind, path })
        };
        Ok(relations.iter().flat_map(xml::Node::nodes).filter_map(relation).collect())
    }
}

/// Another part of the archive, as a part speaks of it.
struct Relation {
    id: String,
    /// What it is to the part: `comments`, `header`. Names of parts are free, this is not.
    kind: String,
    /// Its name in the archive.
    path: String,
}

/// A name in the archive as a part in a folder calls it: `../comments1.xml` in `xl/worksheets` is `xl/comments1.xml`.
fn below(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Whether an archive that cannot be opened was an office file: names stand in it as they are.
fn names_parts(bytes: &[u8]) -> bool {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|w| w == name);
    holds(b"[Content_Types].xml")
        || holds(b"xl/workbook.xml")
        || holds(b"word/document.xml")
        || holds(open_document::MEDIA_TYPES.as_bytes())
}

/// Reads a book of Excel's older format.
pub(crate) fn read_xls(bytes: &[u8], limits: &Limits) -> Result<Reported<Extracted>, Error> {
    xls::read(bytes, limits)
}

/// Reads an OpenDocument file that is no archive.
pub(crate) fn read_flat(bytes: &[u8], limits: &Limits) -> Result<Reported<Extracted>, Error> {
    open_document::read_flat(bytes, limits)
}

/// Reads a ZIP archive, if it is an office file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| if names_parts(bytes) { Error::Office } else { Error::Unsupported { format: Format::Zip } })?;
    let mut parts = Parts { archive, left: limits.stream, limit: limits.stream };
    let attached = parts.attached();
    let with_attached = |mut read: Reported<Extracted>| {
        read.findings.extend((!attached.is_empty()).then(|| x016::attached(&attached, false)));
        read
    };
    if let Some(book) = parts.part("xl/workbook.xml")? {
        return xlsx::read(&book, &mut parts, limits).map(with_attached);
    }
    if let Some(document) = parts.part("word/document.xml")? {
        return docx::read(&document, &mut parts).map(with_attached);
    }
    if parts.text("mimetype")?.is_some_and(|t| t.trim().starts_with(open_document::MEDIA_TYPES)) {
        return open_document::read(&mut parts, limits);
    }
    Err(Error::Unsupported { format: parts.format() })
}
