//! The page: data, style and script in one file.

use crate::item::Item;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use seisho_audit::ledger::Named;
use seisho_model::Pointer;
use seisho_model::record::short_id;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Paths of other sources that are the same byte by byte: what is said of this one is said of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
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

/// What a page that was written shows of a document.
#[derive(Clone, Debug)]
pub struct Showing {
    /// Path of the source.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Files of pictures of its pages, by number, beside the page.
    pub pages: BTreeMap<u32, String>,
    /// Its records that have a value on the page.
    pub records: BTreeSet<String>,
}

/// What a page that was written shows, by documents; none where it is no such page. An address with `#` and the id of a
/// record, or the first 16 digits of a source's hash, shows the first of its values.
#[must_use]
pub fn showing(html: &str) -> Option<Vec<Showing>> {
    #[derive(Deserialize)]
    struct Written {
        sheets: Vec<WrittenSheet>,
        items: Vec<WrittenItem>,
    }
    #[derive(Deserialize)]
    struct WrittenSheet {
        path: String,
        sha256: String,
        pages: BTreeMap<u32, WrittenPicture>,
    }
    #[derive(Deserialize)]
    struct WrittenPicture {
        src: String,
    }
    #[derive(Deserialize)]
    struct WrittenItem {
        sheet: usize,
        pointer: Pointer,
    }
    let data = html.split_once(START)?.1.split_once(END)?.0;
    let written: Written = serde_json::from_str(data).ok()?;
    let mut shown: Vec<Showing> = written
        .sheets
        .into_iter()
        .map(|sheet| Showing {
            path: sheet.path,
            sha256: sheet.sha256,
            pages: sheet.pages.into_iter().filter(|(_, p)| !p.src.starts_with("data:")).map(|(n, p)| (n, p.src)).collect(),
            records: BTreeSet::new(),
        })
        .collect();
    for item in written.items {
        if let (Some(sheet), Some(record)) = (shown.get_mut(item.sheet), item.pointer.record()) {
            let start = short_id(&sheet.sha256);
            sheet.records.insert(format!("{start}{record}"));
        }
    }
    Some(shown)
}

/// What the data of a page stands between.
const START: &str = "id=\"data\">";
const END: &str = "</script>";

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
