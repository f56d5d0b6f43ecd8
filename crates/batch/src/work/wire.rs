//! What a run and its worker processes say to each other: a line of JSON, then the bytes that it announces.

use seisho_model::output::{Confinement, ManifestLine};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
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
    pub(crate) bytes: Vec<u8>,
    pub(crate) form: Form,
    /// Not taken apart, even where it holds several documents.
    pub(crate) as_one: bool,
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
    /// The first of all: what it can no longer reach.
    Confined(Confinement),
    /// It wants a PDF read a second time, which is not for a process that can start no other.
    Again(Box<Question>),
    /// It begins a page that takes long.
    Page(PageOf),
    Reply(Box<Reply>),
}

/// A PDF to be read a second time.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) password: String,
    pub(crate) pdf: Vec<u8>,
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
    /// Its documents: none where it failed, several where the file holds several.
    pub(crate) documents: Vec<Vec<u8>>,
}

/// A request as its line.
#[derive(Serialize, Deserialize)]
struct RequestLine {
    path: RelativePath,
    bytes: usize,
    form: Form,
    as_one: bool,
}

/// What is said, as its line.
#[derive(Serialize, Deserialize)]
enum SaidLine {
    Confined(Confinement),
    Again { password: String, bytes: usize },
    Page(PageOf),
    Reply { manifest: Box<ManifestLine>, size: u64, records: usize, documents: Vec<usize> },
}

impl Request {
    pub(crate) fn write(&self, to: &mut impl Write) -> Result<()> {
        write_line(to, &RequestLine { path: self.path.clone(), bytes: self.bytes.len(), form: self.form, as_one: self.as_one })?;
        to.write_all(&self.bytes)?;
        to.flush()
    }

    /// The next one; none at the end.
    pub(crate) fn read(from: &mut impl BufRead) -> Result<Option<Self>> {
        let Some(RequestLine { path, bytes, form, as_one }) = read_line(from)? else { return Ok(None) };
        Ok(Some(Self { path, bytes: announced(from, bytes)?, form, as_one }))
    }
}

impl Reply {
    /// Whether it is one to this request, by what the asking side knows itself.
    pub(crate) fn is_of(&self, request: &Request) -> bool {
        self.manifest.path == request.path.as_str()
            && self.size == request.bytes.len() as u64
            && self.manifest.sha256.as_ref().is_none_or(|sha256| *sha256 == seisho_pipeline::sha256(&request.bytes))
    }
}

impl Said {
    pub(crate) fn write(&self, to: &mut impl Write) -> Result<()> {
        match self {
            Self::Confined(confinement) => write_line(to, &SaidLine::Confined(*confinement))?,
            Self::Again(question) => {
                let Question { password, pdf } = &**question;
                write_line(to, &SaidLine::Again { password: password.clone(), bytes: pdf.len() })?;
                to.write_all(pdf)?;
            }
            Self::Page(page) => write_line(to, &SaidLine::Page(*page))?,
            Self::Reply(reply) => {
                let Reply { manifest, size, records, documents } = &**reply;
                let (manifest, size) = (Box::new(manifest.clone()), *size);
                let lengths = documents.iter().map(Vec::len).collect();
                write_line(to, &SaidLine::Reply { manifest, size, records: records.len(), documents: lengths })?;
                to.write_all(records)?;
                documents.iter().try_for_each(|document| to.write_all(document))?;
            }
        }
        to.flush()
    }

    /// The next; none at the end. It comes from a process that may have been taken over: what it announces is not believed
    /// over `most` bytes.
    pub(crate) fn read(from: &mut impl BufRead, most: u64) -> Result<Option<Self>> {
        let announced = |from: &mut _, bytes: usize| if bytes as u64 > most { Err(too_much()) } else { announced(from, bytes) };
        Ok(match read_line(&mut from.take(most))? {
            None => None,
            Some(SaidLine::Confined(confinement)) => Some(Self::Confined(confinement)),
            Some(SaidLine::Again { password, bytes }) => Some(Self::Again(Box::new(Question { password, pdf: announced(from, bytes)? }))),
            Some(SaidLine::Page(page)) => Some(Self::Page(page)),
            Some(SaidLine::Reply { manifest, size, records, documents }) => {
                RelativePath::parse(manifest.path.as_str()).map_err(|e| Error::new(ErrorKind::InvalidData, e))?;
                let records = announced(from, records)?;
                if documents.iter().fold(0, |sum: u64, bytes| sum.saturating_add(*bytes as u64)) > most {
                    return Err(too_much());
                }
                let documents = documents.into_iter().map(|bytes| announced(from, bytes)).collect::<Result<_>>()?;
                Some(Self::Reply(Box::new(Reply { manifest: *manifest, size, records, documents })))
            }
        })
    }
}

fn too_much() -> Error {
    Error::new(ErrorKind::InvalidData, "more is announced than a process may hold")
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
