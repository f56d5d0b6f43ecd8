//! One document, from its request to its reply. Nothing that a document holds gets out of here but as its reply.

use super::wire::{Form, Reply, Request, Source};
use crate::Error;
use crate::files;
use crate::files::json;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{Laid, ManifestLine, Status};
use seisho_model::record::Document;
use seisho_pipeline::{Engine, Worker};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Converts a document; only what concerns the program as a whole is an error.
pub(crate) fn convert(request: &Request, most: u64, engine: &Engine, worker: &mut Worker) -> Result<Reply, Error> {
    let read;
    let bytes = match &request.source {
        Source::Bytes(bytes) => bytes,
        Source::File(file) => match read_file(Path::new(file), most) {
            Ok(bytes) => {
                read = bytes;
                &read
            }
            Err((size, code, reason)) => return Ok(failed(request.path.as_str(), None, size, code, reason)),
        },
    };
    let sha256 = Some(seisho_pipeline::sha256(bytes));
    let size = bytes.len() as u64;
    match shielded(|| engine.trace(request.path.as_str(), bytes, worker)) {
        Ok(Ok(trace)) => converted(&trace.document, trace.laid, size, request.form),
        Ok(Err(error)) => Ok(failed(request.path.as_str(), sha256, size, error.code(), error.message())),
        Err(fault) => {
            *worker = engine.worker(); // its scratch may be half-written
            Ok(failed(request.path.as_str(), sha256, size, Code::I001, fault))
        }
    }
}

/// Reads a regular file, and no more of it than the limit, whatever it says of its size.
///
/// # Errors
/// When it is no regular file, cannot be read or is over the limit: its size as far as that is known, and why.
pub fn read_file(file: &Path, most: u64) -> Result<Vec<u8>, (u64, Code, Message)> {
    let unreadable = |e: files::OpenError| (0, Code::X104, e.message());
    let too_large = |size: u64| {
        let error = seisho_extract::Error::TooLarge { size, limit: most };
        (size, error.code(), error.message())
    };
    let mut source = files::open(file).map_err(unreadable)?;
    let stated = source.metadata().map_err(|e| unreadable(e.into()))?.len();
    if stated > most {
        return Err(too_large(stated));
    }
    let mut bytes = Vec::with_capacity(stated as usize + 1);
    (&mut source).take(most + 1).read_to_end(&mut bytes).map_err(|e| unreadable(e.into()))?;
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

fn converted(document: &Document, laid: Laid, size: u64, form: Form) -> Result<Reply, Error> {
    let mut records = Vec::new();
    for record in seisho_pipeline::records(document) {
        records.extend(json::line(&record)?);
    }
    let manifest = ManifestLine {
        path: document.source.path.clone(),
        sha256: Some(document.source.sha256.clone()),
        status: Status::Converted,
        code: None,
        reason: None,
        kind: Some(document.kind),
        engine: document.source.engine.clone(),
        counts: Some(seisho_pipeline::counts(document)),
        corrections: Some(laid).filter(|laid| !laid.is_empty()),
    };
    let document = match form {
        Form::Pretty => json::pretty(document)?,
        Form::Line => json::line(document)?,
    };
    Ok(Reply { manifest, size, records, document })
}

/// The reply where there is no document.
pub(crate) fn failed(path: &str, sha256: Option<String>, size: u64, code: Code, reason: Message) -> Reply {
    let manifest = ManifestLine::without_document(path, sha256, Status::Failed, Some(code), reason);
    Reply { manifest, size, records: Vec::new(), document: Vec::new() }
}

/// Does some work; a panic in it becomes a message and takes nothing else with it.
fn shielded<T>(work: impl FnOnce() -> T) -> Result<T, Message> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let what = said.unwrap_or("?");
        Message::new(format!("内部の誤りです（{what}）"), format!("internal error ({what})"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_file_becomes_its_message() {
        let numbers: Vec<u32> = Vec::new();
        let fault = shielded(|| numbers[3]).unwrap_err();
        assert!(fault.en.contains("internal error (index out of bounds") && fault.ja.contains("内部の誤り"), "{fault:?}");
        assert_eq!(shielded(|| 3).unwrap(), 3);
    }
}
