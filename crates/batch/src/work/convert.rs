//! One document, from its request to its reply. Nothing that a document holds gets out of here but as its reply.

use super::wire::{Form, Reply, Request};
use crate::Error;
use crate::files;
use crate::files::json;
use seisho_model::Code;
use seisho_model::finding::Message;
use seisho_model::output::{Counts, Laid, ManifestLine, Status};
use seisho_model::record::Document;
use seisho_pipeline::{Engine, Worker};
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Converts a document; only what concerns the program as a whole is an error.
pub(crate) fn convert(request: &Request, engine: &Engine, worker: &mut Worker) -> Result<Reply, Error> {
    let bytes = &request.bytes;
    let sha256 = Some(seisho_pipeline::sha256(bytes));
    let size = bytes.len() as u64;
    match shielded(|| engine.documents(request.path.as_str(), bytes, request.as_one, worker)) {
        Ok(Ok(documents)) => converted(documents, size, request.form),
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
pub fn read_file(file: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    read_opened(files::open(file), most)
}

/// Why a file was not read: its size as far as that is known, the code, the reason.
pub(crate) type Unread = (u64, Code, Message);

/// Reads a file that was opened, as [`read_file`] does.
pub(crate) fn read_opened(opened: Result<File, files::OpenError>, most: u64) -> Result<Vec<u8>, Unread> {
    let unreadable = |e: files::OpenError| (0, Code::X104, e.message());
    let too_large = |size: u64| {
        let error = seisho_extract::Error::TooLarge { size, limit: most };
        (size, error.code(), error.message())
    };
    let mut source = opened.map_err(unreadable)?;
    let stated = source.metadata().map_err(|e| unreadable(e.into()))?.len();
    if stated > most {
        return Err(too_large(stated));
    }
    let mut bytes = Vec::with_capacity(stated as usize + 1);
    (&mut source).take(most + 1).read_to_end(&mut bytes).map_err(|e| unreadable(e.into()))?;
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

fn converted(parts: Vec<(Document, Laid)>, size: u64, form: Form) -> Result<Reply, Error> {
    let (mut records, mut documents) = (Vec::new(), Vec::new());
    let (mut counts, mut laid) = (Counts::default(), Laid::default());
    for (document, of_it) in &parts {
        for record in seisho_pipeline::records(document) {
            records.extend(json::line(&record)?);
        }
        let own = seisho_pipeline::counts(document);
        // Each says how many pages the file has.
        let pages = own.pages.max(counts.pages);
        counts.add(&own);
        counts.pages = pages;
        laid.extend(of_it.clone());
        documents.push(match form {
            Form::Pretty => json::pretty(document)?,
            Form::Line => json::line(document)?,
        });
    }
    // A file holds one document at least.
    let Some((document, _)) = parts.first() else { return Err(Error::Fault) };
    let manifest = ManifestLine {
        path: document.source.path.clone(),
        sha256: Some(document.source.sha256.clone()),
        status: Status::Converted,
        code: None,
        reason: None,
        kind: Some(document.kind),
        engine: document.source.engine.clone(),
        counts: Some(counts),
        documents: Some(parts.len() as u32).filter(|n| *n > 1),
        corrections: Some(laid).filter(|laid| !laid.is_empty()),
    };
    Ok(Reply { manifest, size, records, documents })
}

/// The reply where there is no document.
pub(crate) fn failed(path: &str, sha256: Option<String>, size: u64, code: Code, reason: Message) -> Reply {
    let manifest = ManifestLine::without_document(path, sha256, Status::Failed, Some(code), reason);
    Reply { manifest, size, records: Vec::new(), documents: Vec::new() }
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
