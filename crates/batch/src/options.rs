//! How documents are converted.

use seisho_audit::ledger::Correction;
use seisho_extract::Limits;
use seisho_pipeline::{Engines, When};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How documents are converted: all that a result depends on, besides the document and the program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conversion {
    /// Whether tables, rows and paragraphs that are cut where a page ends stay cut.
    pub no_page_joins: bool,
    /// The fiscal year of documents that name none.
    #[serde(default)]
    pub fiscal_year: Option<String>,
    /// Profiles of users, as their files say them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<ProfileText>,
    /// Corrections of the office, laid over what is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// How pages that are pictures are read.
    pub scans: Scans,
    /// Over one of these, a file fails.
    pub bounds: Bounds,
}

/// A profile as its file says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileText {
    /// The file, for messages.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// Over one of these, a file fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Bounds {
    /// Size of a file, in bytes.
    pub max_bytes: u64,
    /// Pages.
    pub max_pages: usize,
    /// Glyphs, lines and pictures drawn on a page.
    pub max_operations: u64,
    /// Pixels of a page.
    pub max_pixels: u64,
    /// Bytes to which a stream of a PDF unpacks.
    pub max_stream: u64,
    /// Memory of a worker process, in MiB.
    pub max_memory: u64,
    /// CPU seconds of a file; of each page, for scans.
    pub max_cpu: u64,
    /// Seconds of a file; of each page, for scans.
    pub max_wall: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        let limits = Limits::default();
        Self {
            max_bytes: limits.bytes,
            max_pages: limits.pages,
            max_operations: limits.operations,
            max_pixels: limits.pixels,
            max_stream: limits.stream,
            max_memory: 2048,
            max_cpu: 120,
            max_wall: 600,
        }
    }
}

/// How pages that are pictures are read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scans {
    /// Which of them.
    pub ocr: Ocr,
    /// Library or program of Tesseract 5; the system's where none is named.
    pub tesseract: Option<PathBuf>,
}

/// Which pages are read as pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ocr {
    /// Those without text that can be read.
    #[default]
    Auto,
    /// None.
    Never,
    /// All that a picture covers, even those with text.
    Always,
}

impl Scans {
    /// The engines that do so.
    pub(crate) fn engines(&self) -> Engines {
        let when = match self.ocr {
            Ocr::Auto => When::Auto,
            Ocr::Never => When::Never,
            Ocr::Always => When::Always,
        };
        Engines::new(when, self.tesseract.clone())
    }
}

/// A part of the inputs, by the hash of their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which part, from 1.
    pub part: u32,
    /// Of how many.
    pub parts: u32,
}

impl std::str::FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match numbers {
            Some((part, parts)) if 1 <= part && part <= parts => Ok(Self { part, parts }),
            _ => Err("1/4 のように / such as 1/4"),
        }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.part, self.parts)
    }
}
