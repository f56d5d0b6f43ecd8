//! The finished record: bound to its file, findings in their order.

use seisho_extract::Extracted;
use seisho_model::finding::Location;
use seisho_model::ink::Origin;
use seisho_model::record::{self, Body, BoxPlace, BytePlace, Document, Method, Place, Source};
use seisho_model::{Finding, Pages};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::Read;

/// The last stage: binds what a document says to its file and puts the findings in order. `engine` reads pictures, where
/// there are any.
#[must_use]
pub fn assemble(path: &str, bytes: &[u8], extracted: &Extracted, engine: Option<String>, body: Body, findings: Vec<Finding>) -> Document {
    let method = method(extracted);
    let source = Source {
        path: path.to_owned(),
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        media_type: extracted.media_type.to_owned(),
        encoding: extracted.encoding.map(str::to_owned),
        pages: body.pages,
        method,
        engine: engine.filter(|_| matches!(method, Method::Ocr | Method::Mixed)),
        year_from: body.year_from,
    };
    let findings: Vec<record::Finding> = findings.into_iter().map(|f| finding(&extracted.pages, f)).collect();
    let mut document = Document::new(source, body, findings);
    document.sort_findings();
    document
}

fn method(extracted: &Extracted) -> Method {
    if extracted.encoding.is_some() {
        return Method::Text;
    }
    let pages = &extracted.pages.0;
    if pages.iter().any(|p| p.given.is_some()) {
        return Method::Text;
    }
    let read = pages.iter().filter(|p| p.ink.as_ref().is_some_and(|i| matches!(i.origin, Origin::Scan(_)))).count();
    match read {
        0 => Method::PdfText,
        n if n == pages.len() => Method::Ocr,
        _ => Method::Mixed,
    }
}

fn finding(pages: &Pages, finding: Finding) -> record::Finding {
    let at = match &finding.location {
        Location::Document => Vec::new(),
        Location::Text(run) => seisho_schema::places(pages, run),
        Location::Boxes(page, boxes) => boxes.iter().map(|&rect| Place::Box(BoxPlace { page: *page, rect })).collect(),
        Location::Bytes(ranges) => ranges.iter().map(|r| Place::Bytes(BytePlace { bytes: [r.start, r.end] })).collect(),
    };
    record::Finding {
        code: finding.code.name().to_owned(),
        severity: finding.severity,
        message: finding.message,
        at,
        pointer: finding.pointer,
        suggestion: finding.suggestion,
    }
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 in hex of all that can be read.
///
/// # Errors
/// When it cannot be read to its end.
pub fn sha256_of(mut source: impl Read) -> std::io::Result<String> {
    let (mut hash, mut part) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match source.read(&mut part)? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(&part[..n]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
