//! Everything else that a document says: provisions, tables without a form, what page ends cut, what is left.

use super::evidence::Place;
use super::typed::TypedValue;
use crate::pointer::Pointer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormEntry {
    /// Its labels from the outer to the inner one.
    pub label: Vec<String>,
    /// Its text, one string a line of its own.
    pub text: Vec<String>,
    /// The field of the profile that it is; left out where no profile names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the field's kind makes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<TypedValue>,
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
    /// Struck out, or deleted while changes were tracked.
    Struck,
    /// A comment that somebody put to the text.
    Annotation,
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
            Self::Struck => "struck",
            Self::Annotation => "annotation",
            Self::Unread => "unread",
        }
    }
}
