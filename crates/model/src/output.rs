//! The lines that are written beside the documents: `records.jsonl`, `manifest.jsonl`, `run.json`.

use crate::codes::Code;
use crate::codes::finding::Message;
use crate::record::{Author, FormEntry, Goal, Kind, Role, SCHEMA_VERSION, document_name};
use crate::units::geometry::Rect;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What every line of `records.jsonl` begins with, so that a reader needs no other file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordHead {
    /// First 16 hex digits of the source's SHA-256 and the JSON Pointer of the record in its document; between them, from the
    /// second document of a file on, a point and its number.
    pub record_id: String,
    /// What kind of record.
    #[serde(rename = "type")]
    pub record_type: RecordType,
    /// Path of the source below the input root.
    pub source_path: String,
    /// SHA-256 of the source, in hex.
    pub source_sha256: String,
    /// Kind of the document.
    pub kind: Kind,
    /// Title of the document.
    pub title: Option<String>,
    /// Western year in which the document's fiscal year starts.
    pub fiscal_year: Option<i16>,
    /// First issued date, ISO 8601.
    pub issued: Option<String>,
    /// Department of the document.
    pub department: Option<String>,
    /// Posts and names of the document.
    pub authors: Vec<Author>,
}

/// What kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordType {
    /// A goal.
    Goal,
    /// A provision of a policy.
    Provision,
    /// A labelled value of a form.
    Form,
    /// A row of a table that no form fits.
    TableRow,
    /// A paragraph, or a line that is in no value: a note, a stamp.
    Text,
}

/// What is known of how sure a line is, and where it stands (since 1.1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trust {
    /// Findings about it, with the field that they doubt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// How sure its fields are, as far as anything measured it: the least of each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub confidence: BTreeMap<String, f64>,
    /// The box around it on the page on which it starts, in points.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<[f64; 4]>")]
    pub area: Option<Rect>,
}

/// A finding about a field of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Doubt {
    /// The field; empty for the line as a whole. `fields.ID` is a field that a profile adds, `cells.N` the cell
    /// whose first column is N; `title`, `fiscal_year`, `issued`, `department` and `authors` are of the document.
    pub field: String,
    /// The finding's code.
    pub code: String,
    /// What it says.
    pub message: Message,
}

/// A line of `records.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(title = "seisho record")]
pub enum Record {
    /// A goal.
    Goal(Box<GoalRecord>),
    /// A provision.
    Provision(Box<ProvisionRecord>),
    /// A labelled value.
    Form(Box<FormRecord>),
    /// A row of a table.
    TableRow(Box<TableRowRecord>),
    /// A paragraph.
    Text(Box<TextRecord>),
}

/// A labelled value of a form as a line (since 1.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FormRecord {
    /// Of which document.
    #[serde(flatten)]
    pub head: RecordHead,
    /// Label and value.
    #[serde(flatten)]
    pub entry: FormEntry,
    /// Page on which it stands, from 1; left out where the source has no pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// How sure it is.
    #[serde(flatten)]
    pub trust: Trust,
    /// Codes of the findings about it, each once.
    pub findings: Vec<String>,
}

/// A row of a table that no form fits, as a line (since 1.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableRowRecord {
    /// Of which document.
    #[serde(flatten)]
    pub head: RecordHead,
    /// Which table of the document, from 0.
    pub table: u32,
    /// Which row of its grid, from 0.
    pub row: u32,
    /// The cells that start in it and hold text.
    pub cells: Vec<RowCell>,
    /// Page on which it stands, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// How sure it is.
    #[serde(flatten)]
    pub trust: Trust,
    /// Codes of the findings about it, each once.
    pub findings: Vec<String>,
}

/// A cell of such a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowCell {
    /// First column and one past the last, from 0.
    pub col: [u32; 2],
    /// Its text.
    pub text: String,
}

/// A paragraph as a line (since 1.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TextRecord {
    /// Of which document.
    #[serde(flatten)]
    pub head: RecordHead,
    /// Its text.
    pub text: String,
    /// What it is where no value holds it: a note, a stamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Page on which it stands, from 1; left out where the source has no pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// How sure it is.
    #[serde(flatten)]
    pub trust: Trust,
    /// Codes of the findings about it, each once.
    pub findings: Vec<String>,
}

/// A goal as a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GoalRecord {
    /// Of which document.
    #[serde(flatten)]
    pub head: RecordHead,
    /// The goal's own fields.
    #[serde(flatten)]
    pub goal: Goal,
    /// How sure they are.
    #[serde(flatten)]
    pub trust: Trust,
    /// Codes of the findings about it, each once.
    pub findings: Vec<String>,
}

/// A provision as a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProvisionRecord {
    /// Of which document.
    #[serde(flatten)]
    pub head: RecordHead,
    /// Labels from the outermost provision to this one.
    pub path: Vec<String>,
    /// Its first paragraph.
    pub text: String,
    /// Its further paragraphs.
    pub body: Vec<String>,
    /// Page on which it stands, from 1; left out where the source has no pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// How sure it is.
    #[serde(flatten)]
    pub trust: Trust,
    /// Codes of the findings about it, each once.
    pub findings: Vec<String>,
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A document was written.
    Converted,
    /// It could not be converted.
    Failed,
    /// It is no document: a link, a hidden file.
    Skipped,
}

/// A line of `manifest.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "seisho manifest line", deny_unknown_fields)]
pub struct ManifestLine {
    /// Path below the input root, with `/`.
    pub path: String,
    /// SHA-256 of its bytes in hex, null where they could not be read.
    pub sha256: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Code of the reason for a failure; `seisho explain CODE` tells more.
    pub code: Option<String>,
    /// Why it failed or was skipped.
    pub reason: Option<Message>,
    /// Kind of the document.
    pub kind: Option<Kind>,
    /// Engine that read its pictures; null where none did.
    pub engine: Option<String>,
    /// What the document holds.
    pub counts: Option<Counts>,
    /// Documents that the input holds, where it holds several (since 1.1): their files are `PATH.json`, `PATH.2.json`, ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<u32>,
    /// What became of corrections that concern the document (since 1.1); left out where none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrections: Option<Laid>,
}

/// What became of corrections in a document, by the ids of their lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Laid {
    /// Laid over the very file that they were made on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_source: Vec<String>,
    /// Laid over a value that was found by what stands around it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_content: Vec<String>,
    /// Needed no more: the value already says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<String>,
    /// A later line is about the same value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<String>,
    /// Laid over nothing, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<Listed>,
}

/// A correction that was laid over nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its line.
    pub id: String,
    /// Why.
    pub why: Unlaid,
}

/// Why a correction is laid over nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unlaid {
    /// No value of the document is the one that was corrected.
    NoPlace,
    /// The value is there and says something else than before.
    Changed,
    /// Two values of the document could be meant.
    TwoPlaces,
    /// Several values were alike when it was made, and not all of them are there: it cannot be told which is left.
    OneOfSeveral,
    /// Two documents could be meant.
    TwoDocuments,
    /// What it should say cannot be read as what the field holds: a number, a year.
    Unreadable,
    /// No document of the run is the one that was corrected.
    NoDocument,
}

impl Laid {
    /// Adds what became of the corrections in another document of the same file.
    pub fn extend(&mut self, other: Self) {
        self.by_source.extend(other.by_source);
        self.by_content.extend(other.by_content);
        self.settled.extend(other.settled);
        self.superseded.extend(other.superseded);
        self.listed.extend(other.listed);
    }

    /// Whether no correction concerns the document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl ManifestLine {
    /// Of an input without a document.
    #[must_use]
    pub fn without_document(path: &str, sha256: Option<String>, status: Status, code: Option<Code>, reason: Message) -> Self {
        let code = code.map(|c| c.name().to_owned());
        Self {
            path: path.to_owned(),
            sha256,
            status,
            code,
            reason: Some(reason),
            kind: None,
            engine: None,
            counts: None,
            documents: None,
            corrections: None,
        }
    }

    /// Names of the documents that were made of the input, in order.
    pub fn document_names(&self) -> impl Iterator<Item = String> + use<'_> {
        let count = if self.status == Status::Converted { self.documents.unwrap_or(1) } else { 0 };
        (1..=count).map(|number| document_name(&self.path, number))
    }
}

/// What `seisho worker` answers where there is no document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "seisho failure")]
pub struct Failure {
    /// Version of the output contract.
    pub schema_version: String,
    /// Which source.
    pub source: FailedSource,
    /// Why it could not be converted.
    pub error: Reason,
}

/// A source that could not be converted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FailedSource {
    /// Its name.
    pub path: String,
    /// SHA-256 of its bytes in hex, null where they could not be read.
    pub sha256: Option<String>,
}

/// Why a source could not be converted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// `seisho explain CODE` tells more.
    pub code: Option<String>,
    /// In words.
    pub message: Option<Message>,
}

impl Failure {
    /// The failure that a line of the manifest tells of.
    #[must_use]
    pub fn of(line: ManifestLine) -> Self {
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            source: FailedSource { path: line.path, sha256: line.sha256 },
            error: Reason { code: line.code, message: line.reason },
        }
    }
}

/// What a document holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Counts {
    /// Pages, where the source has any.
    pub pages: u64,
    /// Goals.
    pub goals: u64,
    /// Provisions, those below others too.
    pub provisions: u64,
    /// Tables that no profile fits.
    pub tables: u64,
    /// Findings by code.
    pub findings: BTreeMap<String, u64>,
}

/// `run.json`: the one file that may differ between two runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "seisho run")]
pub struct Run {
    /// Version of the output contract.
    pub schema_version: String,
    /// Version of the program.
    pub program_version: String,
    /// Options of the command.
    pub options: Options,
    /// When it started, RFC 3339.
    pub started: String,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Inputs that an earlier run had done and that are as they were.
    pub unchanged: u64,
    /// Documents in the folder of results that belong to no input of this run.
    pub strays: u64,
    /// What became of the inputs.
    pub totals: Totals,
    /// What became of the corrections of a ledger (since 1.1); left out where none was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrections: Option<LedgerRun>,
    /// Lines of the ledger that the run before was given, where this one was given none: its corrections are gone from the
    /// results (since 1.1); left out where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrections_left_out: Option<u64>,
    /// Documents that had been changed by hand; each was kept aside in `edited/` before it was written anew (since 1.1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<String>,
    /// What the processes that read the documents could not reach (since 1.1); left out where none was started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confinement: Option<Confinement>,
}

/// What the processes that read the documents could not reach on this machine. Where something is false, the documents
/// were read all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Confinement {
    /// No file: none is written or changed, and only the data of Tesseract can be read.
    pub files: bool,
    /// No network and no other program's socket.
    pub network: bool,
    /// No other process: none is started, looked into or ended.
    pub processes: bool,
}

/// What became of the corrections of a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerRun {
    /// Its lines.
    pub lines: u64,
    /// Laid over the very files that they were made on.
    pub by_source: u64,
    /// Laid over values that were found by what stands around them.
    pub by_content: u64,
    /// Needed no more.
    pub settled: u64,
    /// Replaced by a later line.
    pub superseded: u64,
    /// Laid over nothing.
    pub listed: Vec<ListedLine>,
}

/// A line of a ledger that was laid over nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListedLine {
    /// Its id.
    pub id: String,
    /// The document that could have been meant; null where there is none.
    pub path: Option<String>,
    /// The value as it was named.
    pub pointer: String,
    /// What was read.
    pub was: String,
    /// What it should say.
    pub now: String,
    /// Why.
    pub why: Unlaid,
}

/// Options of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Inputs as given.
    pub inputs: Vec<String>,
    /// Threads.
    pub jobs: u64,
    /// Largest file that is converted, in bytes.
    pub max_bytes: u64,
    /// Whether what a page end cut was put together again.
    pub page_joins: bool,
    /// Which part of the inputs, as 1/4.
    pub shard: Option<String>,
}

/// What became of the inputs of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Inputs converted.
    pub converted: u64,
    /// Inputs that failed.
    pub failed: u64,
    /// Inputs that are no documents.
    pub skipped: u64,
    /// Bytes read.
    pub bytes: u64,
    /// All that the documents hold.
    pub counts: Counts,
}

impl Counts {
    /// Adds another document's.
    pub fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.goals += other.goals;
        self.provisions += other.provisions;
        self.tables += other.tables;
        for (code, n) in &other.findings {
            *self.findings.entry(code.clone()).or_default() += n;
        }
    }
}
