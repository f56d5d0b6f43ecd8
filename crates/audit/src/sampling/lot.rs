//! A lot: the values of one finished batch, each with the strata that it may be looked at by.

use crate::values::{is_doubted, sha256, values};
use seisho_model::Pointer;
use seisho_model::record::{Document, Method};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// By what values are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The form that the document follows, or its kind where it follows none.
    Form,
    /// How its text was read.
    Method,
    /// Whether anything speaks against the value.
    Doubt,
}

impl FromStr for By {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "form" => Ok(Self::Form),
            "method" => Ok(Self::Method),
            "doubt" => Ok(Self::Doubt),
            _ => Err("form、method、doubt のどれか / one of form, method, doubt"),
        }
    }
}

/// A value of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Path of the source.
    pub path: String,
    /// SHA-256 of the source.
    pub source_sha256: String,
    /// The value in its document.
    pub pointer: Pointer,
    /// SHA-256 of its text, by which it is seen that it is still what it was.
    pub text_sha256: String,
    /// Where it belongs.
    pub stratum: String,
}

/// Adds the values of a document to a lot.
pub fn add(document: &Document, by: &[By], lot: &mut Vec<Unit>) {
    let form = document.profile.as_ref().map_or(document.kind.name(), |p| p.id.as_str());
    let method = match document.source.method {
        Method::Text => "text",
        Method::PdfText => "pdf-text",
        Method::Ocr => "ocr",
        Method::Mixed => "mixed",
    };
    for value in values(document) {
        let named = by.iter().map(|by| match by {
            By::Form => form,
            By::Method => method,
            By::Doubt if is_doubted(document, &value) => "doubted",
            By::Doubt => "plain",
        });
        let stratum = named.collect::<Vec<_>>().join(" / ");
        lot.push(Unit {
            path: document.source.document(),
            source_sha256: document.source.id(),
            pointer: value.pointer.clone(),
            text_sha256: sha256(value.text.as_bytes()),
            stratum,
        });
    }
}

/// What a lot is told by: every value of it, in order.
#[must_use]
pub fn digest(lot: &[Unit]) -> String {
    let lines = lot.iter().map(|u| format!("{}\t{}\t{}\t{}\n", u.path, u.source_sha256, u.pointer, u.text_sha256));
    sha256(lines.collect::<String>().as_bytes())
}
