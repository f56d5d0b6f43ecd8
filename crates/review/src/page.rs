//! The page: data, style and script in one file.

use crate::item::Item;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use seisho_audit::ledger::Named;
use serde::Serialize;
use std::collections::BTreeMap;

/// What there is to be looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// What work on it is kept by: the hash of its values and its reader.
    pub id: String,
    /// The lot of the sample, where it is one.
    pub lot: Option<String>,
    /// Who looks, where that is known.
    pub reader: Option<String>,
    /// Whether what was read is hidden.
    pub blind: bool,
    /// The folder of results, for people.
    pub results: String,
    /// The documents.
    pub sheets: Vec<Sheet>,
    /// The values, in the order in which they are looked at.
    pub items: Vec<Item>,
}

/// A document.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// Path of the source.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// By what it is known again.
    pub named: Named,
    /// Why it cannot be shown: `gone`, `changed`, `unreadable`; none where it can.
    pub missing: Option<&'static str>,
    /// Pictures of its pages, by number.
    pub pages: BTreeMap<u32, Picture>,
    /// Lines of a text source, by number.
    pub lines: BTreeMap<u32, String>,
}

/// A picture of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    /// Width in points.
    pub w: f64,
    /// Height in points.
    pub h: f64,
    /// Its file beside the page, or the picture itself.
    pub src: String,
}

impl Picture {
    /// One that stands in the page itself.
    #[must_use]
    pub fn inside((w, h): (f64, f64), media_type: &str, bytes: &[u8]) -> Self {
        Self { w, h, src: format!("data:{media_type};base64,{}", BASE64_STANDARD.encode(bytes)) }
    }
}

/// The page as HTML.
///
/// # Errors
/// When it cannot be written as JSON, which no sound build does.
pub fn html(review: &Review) -> Result<String, serde_json::Error> {
    // What closes an element or opens a comment must not stand in the data.
    let data = serde_json::to_string(review)?.replace('<', "\\u003c");
    let page = include_str!("../assets/review.html");
    let page = page.replace("/*STYLE*/", include_str!("../assets/review.css"));
    let (head, rest) = page.split_once("/*DATA*/").unwrap_or((&page, ""));
    let (middle, tail) = rest.split_once("/*SCRIPT*/").unwrap_or((rest, ""));
    Ok([head, &data, middle, include_str!("../assets/review.js"), tail].concat())
}
