//! The lines of the worker protocol, as their schema has them.

use super::super::program::Programs;
use crate::Error;
use crate::files::json;
use crate::options::{Bounds, Conversion};
use schemars::JsonSchema;
use seisho_model::output::{ManifestLine, Record};
use seisho_model::record::{Document, SCHEMA_VERSION};
use serde::{Deserialize, Serialize};

/// It counts up when a line changes its meaning; fields may be added under the same number.
const PROTOCOL: u32 = 1;

/// A line of the worker protocol. A request without `id`, `out`, `records` and `parts` is answered by the document itself
/// (document.schema.json) or its failure (failure.schema.json).
#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
#[schemars(title = "seisho worker line")]
pub enum Line {
    /// From the caller.
    Request(Asked),
    /// To the caller, the first of all, with `--hello`.
    Hello(Greeting),
    /// To the caller, one a request, in the order of the requests.
    Answer(Box<Answer>),
}

/// A request.
#[derive(Default, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Request")]
pub struct Asked {
    /// The file; either this or `base64`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
    /// What the document says of itself; the name of the file where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// The bytes themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) base64: Option<String>,
    /// Comes back with the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Id>,
    /// The document is written there, whole or not at all, as `seisho convert` writes it, and the answer is short. The
    /// name ends with `.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) out: Option<String>,
    /// Whether the answer has the document's lines of `records.jsonl`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) records: bool,
    /// Whether a file that holds several documents is taken apart, as `seisho convert` does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) parts: bool,
    /// Seconds, from when the request is begun, at most those of `--max-wall` for each file (page of a scan).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub(super) max_wall: Option<u32>,
}

impl Asked {
    /// Whether more than the document is wanted.
    pub(super) fn is_answered(&self) -> bool {
        self.id.is_some() || self.out.is_some() || self.records || self.parts
    }
}

/// What a caller knows a request by.
#[derive(Clone, Debug, Deserialize, JsonSchema, Serialize)]
#[serde(untagged)]
pub(super) enum Id {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// The first line.
#[derive(JsonSchema, Serialize)]
pub struct Greeting {
    hello: Hello,
}

/// Who answers, and how documents are converted. Answers of two workers that say the same but for `jobs` are the same.
#[derive(JsonSchema, Serialize)]
struct Hello {
    /// Version of this protocol.
    protocol: u32,
    /// Version of the program.
    version: String,
    /// The program by its content.
    program: String,
    /// What reads pictures; null where nothing does.
    engine: Option<String>,
    /// Version of the output contract.
    schema_version: String,
    /// SHA-256 of all options that a result depends on, in hex.
    conversion: String,
    /// SHA-256 of the profiles of users, in hex; null where there are none.
    profiles: Option<String>,
    /// Requests at a time.
    jobs: usize,
    /// Over one of these, a request fails.
    limits: Bounds,
    /// Bytes of the longest line that is read.
    max_line: u64,
}

impl Greeting {
    pub(super) fn line(programs: &Programs, conversion: &Conversion, jobs: usize) -> Result<Vec<u8>, Error> {
        let hash = |bytes: Vec<u8>| seisho_pipeline::sha256(&bytes);
        let profiles = &conversion.profiles;
        let hello = Hello {
            protocol: PROTOCOL,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            program: programs.identity(),
            engine: conversion.scans.engines().name(),
            schema_version: SCHEMA_VERSION.to_owned(),
            conversion: hash(json::line(conversion)?),
            profiles: if profiles.is_empty() { None } else { Some(hash(json::line(profiles)?)) },
            jobs,
            limits: conversion.bounds.clone(),
            max_line: longest_line(conversion.bounds.max_bytes),
        };
        json::line(&Self { hello })
    }
}

/// Base64 takes four bytes for three; names and braces take the rest.
pub(super) fn longest_line(max_bytes: u64) -> u64 {
    (max_bytes / 3 * 4).saturating_add(1 << 16)
}

/// What became of a request.
#[derive(JsonSchema, Serialize)]
pub struct Answer {
    /// That of the request; null where it had none.
    id: Option<Id>,
    /// As its line in `manifest.jsonl`: whether it was converted, and why not.
    manifest: ManifestLine,
    /// The files that were written, in the order of the documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    written: Vec<String>,
    /// The documents, where the request has no `out` and was converted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<Document>,
    /// The lines of `records.jsonl`, where the request wants them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<Record>,
}

impl Answer {
    /// The line. Documents and records go into it as they came, byte for byte.
    pub(super) fn line(
        id: Option<Id>,
        manifest: ManifestLine,
        written: Vec<String>,
        documents: &[Vec<u8>],
        records: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let mut line = json::line(&Self { id, manifest, written, documents: Vec::new(), records: Vec::new() })?;
        line.truncate(line.len() - "}\n".len());
        let of_records: Vec<&[u8]> = records.split(|&b| b == b'\n').filter(|line| !line.is_empty()).collect();
        let of_documents: Vec<&[u8]> = documents.iter().map(|d| d.trim_ascii_end()).collect();
        for (name, values) in [("documents", of_documents), ("records", of_records)] {
            if !values.is_empty() {
                line.extend_from_slice(format!(",\"{name}\":[").as_bytes());
                line.extend(values.join(&b','));
                line.push(b']');
            }
        }
        line.extend_from_slice(b"}\n");
        Ok(line)
    }
}
