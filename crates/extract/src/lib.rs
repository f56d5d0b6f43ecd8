//! From bytes to pages of text. Knows formats and encodings; knows nothing of lines, tables or meaning.

mod coded;
mod decode;
mod error;
mod image;
mod office;
mod pdf;
mod pixels;
mod sniff;
mod text;

pub use error::Error;
pub use sniff::{Format, sniff};

use seisho_model::finding::Message;
use seisho_model::scan::Picture;
use seisho_model::{Finding, Pages, Reported};
use std::sync::Arc;

/// Another way to read the text of a PDF, for pages whose glyphs the first reader cannot all name.
pub trait FallbackReader: std::fmt::Debug + Send + Sync {
    /// The text of every page; none where the reader ran and cannot read this PDF.
    ///
    /// # Errors
    /// When the reader did not run to its end: another time it may.
    fn pages(&self, pdf: &[u8], password: &str) -> Result<Option<Vec<String>>, FallbackError>;
}

/// Why a fallback reader did not run to its end. That says nothing about the PDF.
#[derive(Debug, thiserror::Error)]
pub enum FallbackError {
    /// Its process could not be started.
    #[error("it cannot be started ({0})")]
    NotStarted(#[source] std::io::Error),
    /// It took too long and was ended.
    #[error("it was ended after {0} s")]
    TimedOut(u64),
    /// It was killed, by a limit or from outside.
    #[error("it ended before its time ({0})")]
    Died(String),
    /// What it said is no answer.
    #[error("its answer cannot be understood ({0})")]
    Garbled(#[source] std::io::Error),
}

impl FallbackError {
    /// What to tell a person.
    #[must_use]
    pub fn message(&self) -> Message {
        let ja = match self {
            Self::NotStarted(error) => format!("起動できません。{error}"),
            Self::TimedOut(seconds) => format!("{seconds} 秒たっても終わらないので止めました"),
            Self::Died(how) => format!("途中で終わりました。{how}"),
            Self::Garbled(error) => format!("答えが読めません。{error}"),
        };
        Message::new(ja, self.to_string())
    }
}

/// How sources are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What one source may take.
    pub limits: Limits,
    /// Who is asked for glyphs without a character.
    pub fallback: Option<Arc<dyn FallbackReader>>,
    /// Password for encrypted PDFs; the empty one opens those that only restrict printing.
    pub password: String,
    /// Whether a page that a picture covers is taken for one even where the file has text for it.
    pub pictures_first: bool,
}

/// Limits that keep one source from taking the machine.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest file that is read, in bytes.
    pub bytes: u64,
    /// Most pages that a document has.
    pub pages: usize,
    /// Glyphs, lines and images after which a page is given up.
    pub operations: u64,
    /// Most pixels of a page.
    pub pixels: u64,
    /// Bytes to which a stream of a PDF may unpack.
    pub stream: u64,
}

impl Default for Limits {
    fn default() -> Self {
        // A year's documents of a city fit into a few megabytes of text; 256 MiB leaves room for scans.
        Self {
            bytes: 256 << 20,
            // More are no document of an office.
            pages: 5_000,
            // Real pages have some thousands, forms that call each other have no end.
            operations: 2_000_000,
            // A3 at 600 dpi has 70 million, and three bytes each.
            pixels: 150_000_000,
            stream: 512 << 20,
        }
    }
}

/// What a source said, and how it said it.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// Its text, page by page.
    pub pages: Pages,
    /// Media type by content.
    pub media_type: &'static str,
    /// WHATWG name of the encoding of a text source.
    pub encoding: Option<&'static str>,
}

/// Reads a source. Its name does not matter, its content does.
///
/// # Errors
/// When the source is empty, over a limit, or of a format that is not read.
pub fn read(bytes: &[u8], options: &Options) -> Result<Reported<Extracted>, Error> {
    let size = bytes.len() as u64;
    if size > options.limits.bytes {
        return Err(Error::TooLarge { size, limit: options.limits.bytes });
    }
    match sniff(bytes) {
        Format::Text => {
            let decoded = decode::decode(bytes);
            text::require_text(&decoded)?;
            let mut findings: Vec<Finding> = Vec::new();
            text::report(bytes, &decoded, &mut findings);
            let media_type = text::media_type(&decoded.text);
            // A form feed is white space in HTML.
            let pages = if media_type == "text/html" { text::one_page(&decoded.text) } else { text::pages(&decoded.text) };
            let output = Extracted { pages, media_type, encoding: Some(decoded.encoding.name()) };
            Ok(Reported { output, findings })
        }
        Format::Pdf => {
            let Reported { output: pages, findings } = pdf::read(bytes, options)?;
            Ok(Reported { output: Extracted { pages, media_type: "application/pdf", encoding: None }, findings })
        }
        Format::Image => {
            let kind = image::Kind::of(bytes).ok_or(Error::Unsupported { format: Format::Image })?;
            let pages = image::read(bytes, kind, &options.limits)?;
            Ok(Reported { output: Extracted { pages, media_type: kind.media_type(), encoding: None }, findings: Vec::new() })
        }
        Format::Zip => office::read(bytes, &options.limits),
        Format::FlatOffice => office::read_flat(bytes, &options.limits),
        Format::Xls => office::read_xls(bytes, &options.limits),
        Format::Empty => Err(Error::Empty),
        other => Err(Error::Unsupported { format: other }),
    }
}

/// A source whose pages are pictures, as [`read`] says. Opened once; pictures are decoded one at a time, for those of
/// a document of many pages do not fit into memory.
pub struct Pictures<'b>(Source<'b>);

enum Source<'b> {
    Image(&'b [u8], image::Kind, u64),
    Pdf(pdf::Pictures),
}

impl<'b> Pictures<'b> {
    /// Opens a source.
    ///
    /// # Errors
    /// When it cannot be taken apart, or is of a format without pictures.
    pub fn open(bytes: &'b [u8], options: &Options) -> Result<Self, Error> {
        Ok(Self(match (sniff(bytes), image::Kind::of(bytes)) {
            (Format::Image, Some(kind)) => Source::Image(bytes, kind, options.limits.pixels),
            (Format::Pdf, _) => Source::Pdf(pdf::Pictures::open(bytes, options)?),
            _ => return Err(Error::Picture),
        }))
    }

    /// The picture of a page, by index.
    ///
    /// # Errors
    /// When it cannot be decoded, or is over a limit.
    pub fn picture(&self, index: usize) -> Result<Picture, Error> {
        match &self.0 {
            Source::Image(bytes, kind, pixels) => image::picture(bytes, *kind, index, *pixels),
            Source::Pdf(pdf) => pdf.picture(index),
        }
    }
}
