//! The documents that are written: the output contract as types. Field order is output order.

mod corrected;
mod evidence;
mod goals;
mod head;
mod text;
mod typed;

pub use corrected::{Answer, Answered, Corrected, Matched};
pub use evidence::{BoxPlace, BytePlace, EditNote, Evidence, EvidenceMap, LinePlace, Place, SheetPlace};
pub use goals::{Achievement, Deadline, DeadlineKind, Goal, OtherColumn, Rate, RateNumber};
pub use head::{Author, Date, Dates, FiscalYear, Precision};
pub use text::{Cut, FormEntry, JoinEvidence, PageJoin, Provision, Remainder, Role, Table, TableCell};
pub use typed::{Scalar, TypedValue, ValueKind};

use crate::codes::finding::{Message, Severity};
use crate::pointer::Pointer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the output contract.
pub const SCHEMA_VERSION: &str = "1";

/// That of a document with anything that was added later.
pub const SCHEMA_VERSION_1_1: &str = "1.1";

/// One converted document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "seisho document")]
pub struct Document {
    /// Version of the output contract.
    pub schema_version: String,
    /// The file that it was made from.
    pub source: Source,
    /// What kind of document it is.
    pub kind: Kind,
    /// The form that was recognised, null where none fits.
    pub profile: Option<ProfileId>,
    /// The document's title, null where none was found.
    pub title: Option<String>,
    /// The fiscal year that the document is about.
    pub fiscal_year: Option<FiscalYear>,
    /// The dates in its head.
    pub dates: Dates,
    /// Every post and name pair in its head.
    pub authors: Vec<Author>,
    /// The part of the first post before its rank (市民部長 → 市民部).
    pub department: Option<String>,
    /// Goals of a goal table, empty for other kinds.
    pub goals: Vec<Goal>,
    /// Paragraphs between the head and the first provision; in a text without provisions, all of them.
    pub preamble: Vec<String>,
    /// Provisions of a policy, empty for other kinds.
    pub sections: Vec<Provision>,
    /// Labelled values of a form (since 1.1); left out for other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form: Vec<FormEntry>,
    /// Tables that no profile fits.
    pub tables: Vec<Table>,
    /// Where something that a page end cut was put together again, and on what evidence.
    pub page_joins: Vec<PageJoin>,
    /// Every run of visible source text that is in no field above.
    pub remainder: Vec<Remainder>,
    /// JSON Pointer of a value → where it came from.
    pub evidence: EvidenceMap,
    /// Values that a person put right, by JSON Pointer (since 1.1); left out where there are none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub corrections: BTreeMap<Pointer, Corrected>,
    /// Values that a person found right as they were read, by JSON Pointer (since 1.1); left out where there are none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub confirmed: BTreeMap<Pointer, Answered>,
    /// What is uncertain, wrong or guessed; sorted by place and code.
    pub findings: Vec<Finding>,
}

/// What a document says, before it is bound to its file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// What kind of document it is.
    pub kind: Kind,
    /// Pages; none where the source does not show them.
    pub pages: Option<u32>,
    /// Where the fiscal year was found.
    pub year_from: Option<YearFrom>,
    /// The form that was recognised, null where none fits.
    pub profile: Option<ProfileId>,
    /// The document's title, null where none was found.
    pub title: Option<String>,
    /// The fiscal year that the document is about.
    pub fiscal_year: Option<FiscalYear>,
    /// The dates in its head.
    pub dates: Dates,
    /// Every post and name pair in its head.
    pub authors: Vec<Author>,
    /// The part of the first post before its rank (市民部長 → 市民部).
    pub department: Option<String>,
    /// Goals of a goal table, empty for other kinds.
    pub goals: Vec<Goal>,
    /// Paragraphs between the head and the first provision; in a text without provisions, all of them.
    pub preamble: Vec<String>,
    /// Provisions of a policy, empty for other kinds.
    pub sections: Vec<Provision>,
    /// Labelled values of a form.
    pub form: Vec<FormEntry>,
    /// Tables that no profile fits.
    pub tables: Vec<Table>,
    /// Where something that a page end cut was put together again, and on what evidence.
    pub page_joins: Vec<PageJoin>,
    /// Every run of visible source text that is in no field above.
    pub remainder: Vec<Remainder>,
    /// JSON Pointer of a value → where it came from.
    pub evidence: EvidenceMap,
}

impl Document {
    /// Binds what a document says to its file; `findings` in their order.
    #[must_use]
    pub fn new(source: Source, body: Body, findings: Vec<Finding>) -> Self {
        let Body { kind, pages: _, year_from: _, profile, title, fiscal_year, dates, authors, department, .. } = body;
        let Body { goals, preamble, sections, form, tables, page_joins, remainder, evidence, .. } = body;
        let is_later = source.part.is_some() || source.year_from.is_some() || !form.is_empty() || goals.iter().any(Goal::is_later);
        Self {
            schema_version: if is_later { SCHEMA_VERSION_1_1 } else { SCHEMA_VERSION }.to_owned(),
            source,
            kind,
            profile,
            title,
            fiscal_year,
            dates,
            authors,
            department,
            goals,
            preamble,
            sections,
            form,
            tables,
            page_joins,
            remainder,
            evidence,
            corrections: BTreeMap::new(),
            confirmed: BTreeMap::new(),
            findings,
        }
    }
}

impl Document {
    /// Puts findings in their order: by place, code and what they are about.
    pub fn sort_findings(&mut self) {
        self.findings.sort_by(|a, b| (&a.at, &a.code, &a.pointer, &a.message.en).cmp(&(&b.at, &b.code, &b.pointer, &b.message.en)));
    }
}

/// The file that a document was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Path below the input root, with `/`.
    pub path: String,
    /// SHA-256 of its bytes, in hex.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Media type by content: `text/plain`, `text/html`.
    pub media_type: String,
    /// Character encoding of a text source (its WHATWG name), null for others.
    pub encoding: Option<String>,
    /// Pages; null where the source does not say.
    pub pages: Option<u32>,
    /// How its text was read.
    pub method: Method,
    /// Engine that read its pictures, with its version: `tesseract 5.3.0`; null where none did.
    pub engine: Option<String>,
    /// Which of several documents of the file it is (since 1.1); left out where the file holds one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Where the fiscal year was found (since 1.1); left out where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_from: Option<YearFrom>,
}

/// One of several documents of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Which one, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
    /// Its first and last page, from 1; left out where the source does not show pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<[u32; 2]>,
    /// Its first and last line, from 1, of a text source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<[u32; 2]>,
}

impl Source {
    /// The name of the document among the results: the path of its file, with its number behind it where it is not the
    /// first one of the file.
    #[must_use]
    pub fn document(&self) -> String {
        document_name(&self.path, self.number())
    }

    /// What the document is known by: the SHA-256 of its file, with its number behind it where it is not the first one.
    #[must_use]
    pub fn id(&self) -> String {
        document_name(&self.sha256, self.number())
    }

    fn number(&self) -> u32 {
        self.part.map_or(1, |part| part.number)
    }
}

/// The name of a document of a file: that of the file, and behind it the number of the document from the second on.
#[must_use]
pub fn document_name(file: &str, number: u32) -> String {
    if number > 1 { format!("{file}.{number}") } else { file.to_owned() }
}

/// What a document is known by, as short as in the ids of records: the first 16 digits, and its number.
#[must_use]
pub fn short_id(id: &str) -> String {
    let (sha256, number) = id.split_at(id.find('.').unwrap_or(id.len()));
    format!("{}{number}", sha256.get(..16).unwrap_or(sha256))
}

/// Where a fiscal year was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum YearFrom {
    /// In the document's title.
    Title,
    /// Elsewhere in its head.
    Head,
    /// In the name of the file or of a folder that it lies in.
    Folder,
    /// The user said so.
    Option,
}

/// How a source's text was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// From a text file.
    Text,
    /// From the text of a PDF.
    PdfText,
    /// By optical character recognition.
    Ocr,
    /// Several of these, page by page.
    Mixed,
}

/// What kind of document it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A table of goals.
    GoalTable,
    /// A policy in numbered provisions.
    Policy,
    /// A form with labelled values.
    Form,
    /// Tables that no profile fits.
    Table,
    /// None of these.
    #[default]
    Text,
}

impl Kind {
    /// Its name as written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GoalTable => "goal_table",
            Self::Policy => "policy",
            Self::Form => "form",
            Self::Table => "table",
            Self::Text => "text",
        }
    }
}

/// A form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileId {
    /// Its name.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// A finding as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What kind; `seisho explain CODE` tells more.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was found.
    pub message: Message,
    /// Where; empty for the document as a whole.
    pub at: Vec<Place>,
    /// The value that it concerns.
    pub pointer: Option<Pointer>,
    /// What the value could be instead.
    pub suggestion: Option<String>,
    /// What a person said of the value since: the finding is open no more (since 1.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Answered>,
}
