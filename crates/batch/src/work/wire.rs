//! What a run and its worker processes say to each other: a line of JSON, then the bytes that it announces.

use seisho_model::output::ManifestLine;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{BufRead, Error, ErrorKind, Read, Result, Write};

use super::program::Program;
use crate::files::RelativePath;
use crate::options::Conversion;

/// How documents are converted: the first that a worker process hears.
#[derive(Clone, Serialize, Deserialize)]
pub struct Setup {
    /// All that a result depends on.
    pub conversion: Conversion,
    /// Password of encrypted PDFs.
    pub password: String,
    /// Pages of a scan that are read side by side.
    pub page_threads: usize,
    /// Reads the text of PDFs a second time.
    pub fallback: Program,
    /// Ids of corrections that are laid over no file but their own, because two documents could be meant.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub held: BTreeSet<String>,
}

/// A document to convert.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// What the document says of itself.
    pub(crate) path: RelativePath,
    pub(crate) source: Source,
    pub(crate) form: Form,
}

/// Where its bytes are.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    File(OsString),
    Bytes(Vec<u8>),
}

/// How the document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// For people: many lines.
    Pretty,
    /// One line.
    Line,
}

/// What a worker process says.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    /// It begins a page that takes long.
    Page(PageOf),
    Reply(Box<Reply>),
}

/// A page, from 1, of so many that take long.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct PageOf {
    pub(crate) page: usize,
    pub(crate) of: usize,
}

/// What became of a request.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) manifest: ManifestLine,
    /// Bytes of the source.
    pub(crate) size: u64,
    /// Its lines of `records.jsonl`.
    pub(crate) records: Vec<u8>,
    /// The document; empty where there is none.
    pub(crate) document: Vec<u8>,
}

/// A request as its line.
#[derive(Serialize, Deserialize)]
struct RequestLine {
    path: RelativePath,
    file: Option<OsString>,
    bytes: usize,
    form: Form,
}

/// What is said, as its line.
#[derive(Serialize, Deserialize)]
enum SaidLine {
    Page(PageOf),
    Reply { manifest: Box<ManifestLine>, size: u64, records: usize, document: usize },
}

impl Request {
    pub(crate) fn write(&self, to: &mut impl Write) -> Result<()> {
        let (file, bytes) = match &self.source {
            Source::File(file) => (Some(file.clone()), &[][..]),
            Source::Bytes(bytes) => (None, bytes.as_slice()),
        };
        write_line(to, &RequestLine { path: self.path.clone(), file, bytes: bytes.len(), form: self.form })?;
        to.write_all(bytes)?;
        to.flush()
    }

    /// The next one; none at the end.
    pub(crate) fn read(from: &mut impl BufRead) -> Result<Option<Self>> {
        let Some(RequestLine { path, file, bytes, form }) = read_line(from)? else { return Ok(None) };
        let source = match file {
            Some(file) => Source::File(file),
            None => Source::Bytes(announced(from, bytes)?),
        };
        Ok(Some(Self { path, source, form }))
    }
}

impl Said {
    pub(crate) fn write(&self, to: &mut impl Write) -> Result<()> {
        match self {
            Self::Page(page) => write_line(to, &SaidLine::Page(*page))?,
            Self::Reply(reply) => {
                let Reply { manifest, size, records, document } = &**reply;
                let (manifest, size) = (Box::new(manifest.clone()), *size);
                write_line(to, &SaidLine::Reply { manifest, size, records: records.len(), document: document.len() })?;
                to.write_all(records)?;
                to.write_all(document)?;
            }
        }
        to.flush()
    }

    /// The next; none at the end.
    pub(crate) fn read(from: &mut impl BufRead) -> Result<Option<Self>> {
        Ok(match read_line(from)? {
            None => None,
            Some(SaidLine::Page(page)) => Some(Self::Page(page)),
            Some(SaidLine::Reply { manifest, size, records, document }) => {
                RelativePath::parse(manifest.path.as_str()).map_err(|e| Error::new(ErrorKind::InvalidData, e))?;
                let (records, document) = (announced(from, records)?, announced(from, document)?);
                Some(Self::Reply(Box::new(Reply { manifest: *manifest, size, records, document })))
            }
        })
    }
}

/// Writes a value as a line.
pub(crate) fn write_line(to: &mut impl Write, value: &impl Serialize) -> Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    to.write_all(&line)
}

/// The next line as a value; none at the end.
pub(crate) fn read_line<T: DeserializeOwned>(from: &mut impl BufRead) -> Result<Option<T>> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line)?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(serde_json::from_slice(&line)?)),
        Some(_) => Err(ErrorKind::UnexpectedEof.into()),
    }
}

/// So many bytes, neither more nor less.
pub(crate) fn announced(from: &mut impl Read, bytes: usize) -> Result<Vec<u8>> {
    let mut read = Vec::new();
    from.take(bytes as u64).read_to_end(&mut read)?;
    if read.len() == bytes { Ok(read) } else { Err(Error::from(ErrorKind::UnexpectedEof)) }
}
