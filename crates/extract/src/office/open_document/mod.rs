//! OpenDocument files: the parts of one, and which kind it is.

mod fields;
mod inline;
mod lists;
mod margins;
mod ods;
mod odt;
mod styles;
mod tables;

use super::Parts;
use super::xml::{self, Node};
use crate::{Error, Extracted, Format, Limits};
use seisho_model::Reported;

/// Media types of all kinds of them begin so.
pub(super) const MEDIA_TYPES: &str = "application/vnd.oasis.opendocument.";

/// A file: what it says, and the looks that all its pages share. In a flat file the two are one.
struct Source {
    content: Node,
    common: Option<Node>,
    /// Bytes that it may have as text.
    limit: u64,
}

impl Source {
    fn common(&self) -> &Node {
        self.common.as_ref().unwrap_or(&self.content)
    }

    /// The lists of styles that hold in the text.
    fn styles(&self) -> [Option<&Node>; 2] {
        [self.common().first("styles"), self.content.first("automatic-styles")]
    }

    /// The lists of styles that hold in headers and footers.
    fn margin_styles(&self) -> [Option<&Node>; 2] {
        [self.common().first("styles"), self.common().first("automatic-styles")]
    }
}

/// Reads an archive.
pub(super) fn read(parts: &mut Parts<'_>, limits: &Limits) -> Result<Reported<Extracted>, Error> {
    if parts.part("META-INF/manifest.xml")?.is_some_and(|manifest| is_locked(&manifest)) {
        return Err(Error::Unsupported { format: Format::Locked });
    }
    let content = parts.part("content.xml")?.ok_or(Error::Office)?;
    let common = Some(parts.part("styles.xml")?.unwrap_or_default());
    of_source(&Source { content, common, limit: parts.limit }, limits)
}

/// Reads a file that is one part of XML.
pub(super) fn read_flat(bytes: &[u8], limits: &Limits) -> Result<Reported<Extracted>, Error> {
    of_source(&Source { content: xml::parse(bytes)?, common: None, limit: limits.stream }, limits)
}

fn of_source(source: &Source, limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let body = source.content.first("body").ok_or(Error::Office)?;
    match body.nodes().map(|kind| (kind, kind.name.as_str())).next() {
        Some((book, "spreadsheet")) => ods::read(book, source, limits),
        Some((text, "text")) => odt::read(text, source),
        Some((_, "presentation")) => Err(Error::Unsupported { format: Format::Slides }),
        _ => Err(Error::Unsupported { format: Format::Zip }),
    }
}

/// Whether a part, or the archive as a whole, is behind a password.
fn is_locked(manifest: &Node) -> bool {
    let is_whole = |entry: &Node| entry.get("full-path") == Some("encrypted-package");
    manifest.nodes().any(|entry| entry.first("encryption-data").is_some() || is_whole(entry))
}
