//! The finished record: bound to its file, findings in their order.

use seisho_extract::Extracted;
use seisho_model::codes::source::{x001, x002};
use seisho_model::finding::Location;
use seisho_model::ink::Origin;
use seisho_model::record::{self, Body, BoxPlace, BytePlace, Document, Method, Part, Place, Source};
use seisho_model::script::is_private_use;
use seisho_model::{Code, Finding, Pages, Pointer};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

/// The last stage: binds what a document says to its file and puts the findings in order. `engine` reads pictures, where
/// there are any.
#[must_use]
pub fn assemble(
    path: &str,
    bytes: &[u8],
    extracted: &Extracted,
    engine: Option<String>,
    body: Body,
    findings: Vec<Finding>,
    part: Option<Part>,
) -> Document {
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
        part,
        year_from: body.year_from,
    };
    let mut findings: Vec<record::Finding> = findings.into_iter().map(|f| finding(&extracted.pages, f)).collect();
    point(&mut findings, &body);
    findings.extend(unreadable(&body));
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
        answered: None,
    }
}

/// Says at every value that it holds characters which stand for bytes that nobody can read, or which only one office knows.
fn unreadable(body: &Body) -> Vec<record::Finding> {
    let mut found = Vec::new();
    for (pointer, evidence) in &body.evidence.0 {
        let count = |is_sign: fn(char) -> bool| Some(evidence.raw.chars().filter(|&c| is_sign(c)).count()).filter(|&n| n > 0);
        // Letters of Japanese begin with other bytes.
        if !evidence.raw.bytes().any(|byte| byte >= 0xEE) {
            continue;
        }
        let unread = count(|c| c == char::REPLACEMENT_CHARACTER).map(x001::in_value);
        for said in unread.into_iter().chain(count(is_private_use).map(x002::in_value)) {
            found.push(record::Finding {
                code: said.code.name().to_owned(),
                severity: said.severity,
                message: said.message,
                at: evidence.at.clone(),
                pointer: Some(pointer.clone()),
                suggestion: None,
                answered: None,
            });
        }
    }
    found
}

/// What was found in a cell or line before anybody knew what it means is about the value that was made of it. The one
/// that stands there, or has most of a line.
fn point(findings: &mut [record::Finding], body: &Body) {
    let mut values: BTreeMap<&Place, &Pointer> = BTreeMap::new();
    for (pointer, evidence) in &body.evidence.0 {
        for place in &evidence.at {
            values.entry(place).or_insert(pointer);
        }
    }
    let early = [Code::X008.name(), Code::X014.name(), Code::X015.name(), Code::L017.name()];
    // A picture on a page lies under values or over them; one in a cell or paragraph is part of it.
    let is_in_text = |f: &record::Finding| f.code == Code::X007.name() && !f.at.iter().any(|at| matches!(at, Place::Box(_)));
    let is_early = |f: &&mut record::Finding| (early.contains(&&*f.code) || is_in_text(f)) && f.pointer.is_none();
    for finding in findings.iter_mut().filter(is_early) {
        let exact = finding.at.iter().find_map(|place| values.get(place));
        let shared = |value: &Place| finding.at.iter().map(|at| shared(at, value)).max().unwrap_or(0);
        let most = || values.iter().map(|(value, pointer)| (shared(value), pointer)).filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n);
        let found = exact.or_else(|| most().map(|(_, pointer)| pointer));
        finding.pointer = found.map(|pointer| (*pointer).clone());
    }
}

/// How many letters two stretches of a line share, or how many square points two boxes.
fn shared(a: &Place, b: &Place) -> u32 {
    match (a, b) {
        (Place::Line(a), Place::Line(b)) if a.line == b.line => {
            a.columns[1].min(b.columns[1]).saturating_sub(a.columns[0].max(b.columns[0]))
        }
        (Place::Box(a), Place::Box(b)) if a.page == b.page => {
            let shared = |from: (i32, i32), to: (i32, i32)| i64::from((to.0.min(to.1) - from.0.max(from.1)).max(0)) / 1000;
            let (a, b) = (a.rect, b.rect);
            let area = shared((a.x0.0, b.x0.0), (a.x1.0, b.x1.0)) * shared((a.y0.0, b.y0.0), (a.y1.0, b.y1.0));
            u32::try_from(area).unwrap_or(u32::MAX)
        }
        _ => 0,
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
