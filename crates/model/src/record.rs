//! The documents that are written: the output contract as types. Field order is output order.

use crate::codes::finding::{Message, Severity};
use crate::pointer::Pointer;
use crate::reading::Trust;
use crate::units::geometry::Rect;
use schemars::JsonSchema;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

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
    /// Labelled values of a form that no profile knows (since 1.1); left out for other kinds.
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
    /// Labelled values of a form that no profile knows.
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
        let is_later = source.year_from.is_some() || !form.is_empty() || goals.iter().any(Goal::is_later);
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
            findings,
        }
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
    /// Where the fiscal year was found (since 1.1); left out where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_from: Option<YearFrom>,
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
    /// A form with labelled values that no profile knows.
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

/// A fiscal year, April to March.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FiscalYear {
    /// As in the source.
    pub raw: String,
    /// The era, null for a western year.
    pub era: Option<String>,
    /// The year of the era, null for a western year.
    pub year: Option<u16>,
    /// The western year in which it starts.
    pub gregorian: i16,
    /// Its first day, ISO 8601.
    pub start: String,
    /// Its last day, ISO 8601.
    pub end: String,
}

/// Dates in a document's head.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// When it was made or issued.
    pub issued: Vec<Date>,
    /// When it was revised.
    pub revised: Vec<Date>,
}

/// A date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Date {
    /// As in the source, with the words that belong to it.
    pub raw: String,
    /// ISO 8601, as precise as `precision` says; null where the date does not exist.
    pub iso: Option<String>,
    /// How precise it is.
    pub precision: Precision,
}

/// How precise a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A fiscal year.
    FiscalYear,
}

/// A person in a document's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The post; null where only a name was found.
    pub post: Option<String>,
    /// The name; null where only a post was found.
    pub name: Option<String>,
}

/// A goal: one row of a goal table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// 番号; null where the source has none that can be read.
    pub number: Option<u32>,
    /// Page on which the row starts, from 1.
    pub page: u32,
    /// 実施項目.
    pub item: Option<String>,
    /// 計画・方針等の分類.
    pub plan_category: Option<String>,
    /// どの水準まで, one string a bullet.
    pub target: Vec<String>,
    /// どのような方法で, one string a bullet.
    pub methods: Vec<String>,
    /// いつまで.
    pub deadline: Option<Deadline>,
    /// 共通/課名.
    pub divisions: Vec<String>,
    /// 達成状況.
    pub achievement: Option<Achievement>,
    /// Field → number of the goal whose vertically merged cell holds its text.
    pub inherited: Option<BTreeMap<String, u32>>,
    /// Where the source does not say which row a text belongs to: all numbers it could be.
    pub number_candidates: Option<Vec<u32>>,
    /// The number as printed, where it is no plain integer (since 1.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_raw: Option<String>,
    /// Columns of the form that are of no field above, in their order; a cell without text has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<OtherColumn>,
    /// The row over the whole table that the goal stands below (since 1.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
}

impl Goal {
    /// True where it has anything that version 1 of the contract does not know.
    fn is_later(&self) -> bool {
        !self.other.is_empty() || self.band.is_some() || self.number_raw.is_some()
    }
}

/// What a goal has in a column that is of no field (since 1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherColumn {
    /// Its headings from the outer to the inner one, joined by one space.
    pub heading: String,
    /// Its text, one string a bullet.
    pub text: Vec<String>,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// As in the source.
    pub raw: String,
    /// What kind of deadline.
    pub kind: DeadlineKind,
    /// Its last day, ISO 8601; null where the text gives no end.
    pub until: Option<String>,
}

/// What kind of deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A month, with or without its year; also 9月末 and 4月～9月.
    Month,
    /// A day.
    Date,
    /// 年度末, 年度内, and a fiscal year by itself.
    FiscalYearEnd,
    /// 年内, 年末.
    YearEnd,
    /// 随時, 通年, 毎月.
    Ongoing,
    /// 早急, 速やかに.
    Immediate,
    /// Anything else, and more than one deadline.
    Other,
}

impl DeadlineKind {
    /// Its name as written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Date => "date",
            Self::FiscalYearEnd => "fiscal_year_end",
            Self::YearEnd => "year_end",
            Self::Ongoing => "ongoing",
            Self::Immediate => "immediate",
            Self::Other => "other",
        }
    }
}

/// An achievement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Achievement {
    /// As in the source.
    pub raw: String,
    /// The range of percent that the text states, else null.
    pub rate: Option<Rate>,
}

/// A range of percent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The lower end.
    pub min: RateNumber,
    /// The upper end.
    pub max: RateNumber,
}

/// A percentage: a whole number is written without a decimal point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RateNumber {
    /// A whole number.
    Whole(u32),
    /// With decimals.
    Decimal(f64),
}

/// A provision of a policy, with those below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// As printed, without its trailing dot.
    pub label: String,
    /// The heading or first paragraph after the label.
    pub text: String,
    /// Further paragraphs of the same provision.
    pub body: Vec<String>,
    /// The provisions below it.
    pub children: Vec<Provision>,
}

/// A labelled value of a form (since 1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormEntry {
    /// Its labels from the outer to the inner one.
    pub label: Vec<String>,
    /// Its text, one string a line of its own.
    pub text: Vec<String>,
}

/// A table that no profile fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Page on which it starts, from 1.
    pub page: u32,
    /// Rows of its grid.
    pub rows: u32,
    /// Columns of its grid.
    pub cols: u32,
    /// Its cells that hold text, sorted by row, then column.
    pub cells: Vec<TableCell>,
}

/// A cell of such a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableCell {
    /// First row and one past the last, from 0.
    pub row: [u32; 2],
    /// First column and one past the last, from 0.
    pub col: [u32; 2],
    /// Its text.
    pub text: String,
}

/// Something that a page end cut, put together again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageJoin {
    /// What was cut.
    pub what: Cut,
    /// The page on which the first part ends and the one on which the next begins, from 1.
    pub pages: [u32; 2],
    /// The value or goal that it makes, null for a table as a whole.
    pub pointer: Option<Pointer>,
    /// Why the parts belong together.
    pub evidence: Vec<JoinEvidence>,
}

/// What a page end cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// A table, between two rows.
    Table,
    /// A row of a table.
    Row,
    /// A paragraph.
    Paragraph,
}

/// Why two parts belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JoinEvidence {
    /// The next page repeats the heading.
    RepeatedHeader,
    /// The columns are the same.
    SameColumns,
    /// The first row of the page has no number.
    NoNumber,
    /// It has no item.
    NoItem,
    /// The text before the page end is no whole sentence.
    UnfinishedSentence,
    /// The line before the page end is full, and the next one is no new paragraph's.
    FullLine,
}

/// Visible source text that is in no field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remainder {
    /// As in the source.
    pub text: String,
    /// Where it stands.
    pub at: Vec<Place>,
    /// What it is.
    pub role: Role,
}

/// What a text outside the fields is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// At the top of a page, or a word of the document's head (作成日, 記).
    Header,
    /// At the bottom of a page, or closing words (以上).
    Footer,
    /// A page number.
    PageNumber,
    /// The heading rows of a table.
    TableHeader,
    /// A stamp.
    Stamp,
    /// A note or legend.
    Note,
    /// Not understood.
    Unread,
}

impl Role {
    /// Its name as written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Footer => "footer",
            Self::PageNumber => "page_number",
            Self::TableHeader => "table_header",
            Self::Stamp => "stamp",
            Self::Note => "note",
            Self::Unread => "unread",
        }
    }
}

/// A place in the source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Place {
    /// On a page.
    Box(BoxPlace),
    /// In a text source.
    Line(LinePlace),
    /// In the bytes of the file.
    Bytes(BytePlace),
}

/// A place on a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoxPlace {
    /// Page, from 1.
    pub page: u32,
    /// Left, top, right and bottom in points; origin top left of the page as shown, y down.
    #[serde(rename = "box")]
    #[schemars(with = "[f64; 4]")]
    pub rect: Rect,
}

/// A place on one line of a text source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinePlace {
    /// Line, from 1.
    pub line: u32,
    /// First column and one past the last, in characters from 1.
    pub columns: [u32; 2],
}

/// A place in the bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BytePlace {
    /// First byte and one past the last, from 0.
    pub bytes: [u64; 2],
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// As in the source; a line feed where the source broke the line or the cell.
    pub raw: String,
    /// Where it stands.
    pub at: Vec<Place>,
    /// What was done to the raw text.
    pub edits: Vec<EditNote>,
    /// Chance that the value is right, null unless something measured it.
    pub confidence: Option<f64>,
}

/// One change from raw text to value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditNote {
    /// Name of the rule.
    pub rule: String,
    /// Whether it may be wrong.
    pub trust: Trust,
    /// First byte and one past the last in `raw` (UTF-8).
    pub raw: [u32; 2],
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// Evidence by JSON Pointer, in the order of the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvidenceMap(pub Vec<(Pointer, Evidence)>);

impl Serialize for EvidenceMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (pointer, evidence) in &self.0 {
            map.serialize_entry(pointer, evidence)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for EvidenceMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = EvidenceMap;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("evidence by JSON Pointer")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EvidenceMap, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0));
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(EvidenceMap(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

impl JsonSchema for EvidenceMap {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EvidenceMap".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let entry = generator.subschema_for::<Evidence>();
        schemars::json_schema!({ "type": "object", "description": "Evidence by JSON Pointer.", "additionalProperties": entry })
    }
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
}
