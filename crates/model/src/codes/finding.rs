//! Findings: what is uncertain, wrong or guessed, as data. The table of codes is in [`crate::codes`].

use crate::codes::Code;
use crate::page::Run;
use crate::pointer::Pointer;
use crate::units::geometry::Rect;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// A person should look.
    Warning,
    /// Something is lost or wrong.
    Error,
}

/// The same sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Message {
    /// The same sentence in both languages.
    #[must_use]
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }
}

/// Where a finding points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Location {
    /// The document as a whole.
    #[default]
    Document,
    /// Text of the source.
    Text(Run),
    /// Bytes of the file.
    Bytes(Vec<std::ops::Range<u64>>),
    /// Boxes on a page (from 1).
    Boxes(u32, Vec<Rect>),
}

/// One finding of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding.
    pub code: Code,
    /// How much it matters here; the code's default unless the place says otherwise.
    pub severity: Severity,
    /// What was found, with its particulars.
    pub message: Message,
    /// Where.
    pub location: Location,
    /// The value of the record that it concerns.
    pub pointer: Option<Pointer>,
    /// What the value could be instead.
    pub suggestion: Option<String>,
}

impl Finding {
    /// A finding about the document as a whole; refine it with the methods below.
    #[must_use]
    pub fn new(code: Code, ja: impl Into<String>, en: impl Into<String>) -> Self {
        let severity = code.entry().severity;
        Self { code, severity, message: Message::new(ja, en), location: Location::Document, pointer: None, suggestion: None }
    }

    /// Points at text of the source.
    #[must_use]
    pub fn at(mut self, run: Run) -> Self {
        self.location = Location::Text(run);
        self
    }

    /// Points at bytes of the file.
    #[must_use]
    pub fn at_bytes(mut self, bytes: Vec<std::ops::Range<u64>>) -> Self {
        self.location = Location::Bytes(bytes);
        self
    }

    /// Points at boxes on a page, from 1.
    #[must_use]
    pub fn at_boxes(mut self, page: u32, boxes: Vec<Rect>) -> Self {
        self.location = Location::Boxes(page, boxes);
        self
    }

    /// Names the value of the record that it concerns.
    #[must_use]
    pub fn about(mut self, pointer: impl Into<Pointer>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Says what the value could be instead.
    #[must_use]
    pub fn suggesting(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// Another severity than the code's default.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// An output together with what was found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported<T> {
    /// The output.
    pub output: T,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl<T> Reported<T> {
    /// Adds this output's findings to `all` and gives the output.
    pub fn unpack(self, all: &mut Vec<Finding>) -> T {
        all.extend(self.findings);
        self.output
    }
}
