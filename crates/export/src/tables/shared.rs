//! Columns that several tables have, and how a column is bound to where its value comes from.

use super::value::Value;
use super::{Column, Kind, Row, TableId};
use seisho_model::output::{RecordHead, Trust};
use seisho_model::record::Document;

/// A column and where its value comes from.
pub(super) struct Bound<T: 'static>(pub(super) Column, pub(super) fn(&Line<'_, T>) -> Value);

/// What a row is made from.
pub(super) struct Line<'a, T> {
    /// The document.
    pub(super) document: &'a Document,
    /// What all records of it say.
    pub(super) head: &'a RecordHead,
    /// The page on which it starts.
    pub(super) page: Option<u32>,
    /// What is known of how sure it is.
    pub(super) trust: &'a Trust,
    /// Its own.
    pub(super) of: &'a T,
}

impl<'a, T> Line<'a, T> {
    /// A row of something that belongs to this.
    pub(super) fn part<P>(&self, of: &'a P) -> Line<'a, P> {
        Line { document: self.document, head: self.head, page: self.page, trust: self.trust, of }
    }

    /// The row of a table.
    pub(super) fn row(&self, table: TableId, columns: &[Bound<T>], doubted: bool) -> Row {
        let doubts = self.trust.doubts.iter().filter(|_| doubted);
        Row {
            table,
            values: columns.iter().map(|Bound(_, value)| value(self)).collect(),
            doubts: doubts.map(|d| [d.field.clone(), d.code.clone(), d.message.ja.clone()]).collect(),
        }
    }
}

pub(super) const RECORD_ID: Column = Column::new("record_id", "記録ID", Kind::Code, 24)
    .means(
        "元のファイルの SHA-256 の先頭 16 桁と、文書の中の場所",
        "First 16 hex digits of the source's SHA-256, and the place in the document",
    )
    .required();
pub(super) const SOURCE_PATH: Column = Column::new("source_path", "元のファイル", Kind::Code, 28)
    .means("入力のフォルダから見たパス", "Path of the source below the input root")
    .required();
pub(super) const PAGE: Column = Column::new("page", "頁", Kind::Integer(1), 6)
    .means("始まる頁（1 から）。頁のない文書では空", "Page on which it starts, from 1; empty where the source has no pages");

const FISCAL_YEAR: Column = Column::new("fiscal_year", "年度（西暦）", Kind::Integer(1), 12)
    .means("年度の始まる年（西暦）", "Western year in which the fiscal year starts")
    .field("fiscal_year")
    .of_document();
const FISCAL_YEAR_RAW: Column = Column::new("fiscal_year_raw", "年度", Kind::Text, 12)
    .means("年度の、原文のままの表記", "The fiscal year as printed")
    .field("fiscal_year")
    .of_document();
const DEPARTMENT: Column =
    Column::new("department", "部", Kind::Text, 14).means("文書の部", "Department of the document").field("department").of_document();
const TITLE: Column =
    Column::new("title", "文書の題名", Kind::Text, 30).means("文書の題名", "Title of the document").field("title").of_document();
const ISSUED: Column = Column::new("issued", "作成日", Kind::DatePart, 12)
    .means("最初の作成日（西暦。日まで分からないときは月か年まで）", "First issued date, ISO 8601, as precise as it is known")
    .field("issued")
    .of_document();
const ISSUED_RAW: Column = Column::new("issued_raw", "作成日（原文）", Kind::Text, 16)
    .means("作成日の、原文のままの表記", "The issued date as printed")
    .field("issued")
    .of_document();
const AUTHORS: Column = Column::new("authors", "作成者", Kind::Parts(&["post", "name"], " "), 20)
    .means("職名と氏名", "Posts and names")
    .field("authors")
    .of_document();
const KIND: Column = Column::new("kind", "文書の種類", Kind::Choice(&["goal_table", "policy", "form", "table", "text"]), 0)
    .means("文書の種類", "Kind of the document")
    .of_document();
const SHA256: Column = Column::new("source_sha256", "SHA-256", Kind::Code, 0)
    .means("元のファイルの SHA-256", "SHA-256 of the source, in hex")
    .required()
    .of_document();
const DOUBTS: Column = Column::new("doubts", "指摘の内容", Kind::Parts(&["field", "code", "message_ja", "message_en"], " "), 0)
    .means("指摘のある項目、コード、内容", "Doubted fields, codes of findings and what they say");
const FINDINGS: Column =
    Column::new("findings", "指摘", Kind::List, 10).means("この行についての指摘のコード", "Codes of the findings about the row").field("");
const CONFIDENCE: Column = Column::new("confidence", "確かさ（最小）", Kind::Number, 8)
    .means("測られた確かさのうち、いちばん小さいもの（0 から 1）", "The least of the measured confidences of its fields, 0 to 1");

/// What rows of records begin with.
pub(super) fn before<T>() -> Vec<Bound<T>> {
    vec![
        Bound(FISCAL_YEAR, |l| Value::integer(l.head.fiscal_year)),
        Bound(FISCAL_YEAR_RAW, |l| fiscal_year_raw(l.document)),
        Bound(DEPARTMENT, |l| Value::text(l.head.department.clone())),
    ]
}

/// What rows of records end with.
pub(super) fn after<T>() -> Vec<Bound<T>> {
    let mut columns = vec![
        Bound(FINDINGS, |l: &Line<'_, T>| Value::List(codes(l.trust))),
        Bound(DOUBTS, |l| Value::Parts(doubts(l.trust))),
        Bound(CONFIDENCE, |l| l.trust.confidence.values().copied().reduce(f64::min).map_or(Value::Null, Value::Number)),
        Bound(TITLE, |l| Value::text(l.head.title.clone())),
        Bound(ISSUED, |l| Value::text(l.head.issued.clone())),
        Bound(ISSUED_RAW, |l| issued_raw(l.document)),
        Bound(AUTHORS, |l| Value::Parts(authors(l.document))),
        Bound(KIND, |l| Value::Text(l.head.kind.name().to_owned())),
        Bound(SHA256, |l| Value::Text(l.head.source_sha256.clone())),
    ];
    columns.extend(place());
    columns
}

/// Where a row is from.
pub(super) fn place<T>() -> Vec<Bound<T>> {
    vec![
        Bound(SOURCE_PATH, |l| Value::Text(l.document.source.document())),
        Bound(PAGE, |l| Value::integer(l.page)),
        Bound(RECORD_ID, |l| Value::Text(l.head.record_id.clone())),
    ]
}

/// Codes of the findings about a record, each once.
fn codes(trust: &Trust) -> Vec<String> {
    let mut codes: Vec<String> = trust.doubts.iter().map(|d| d.code.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn doubts(trust: &Trust) -> Vec<Vec<String>> {
    trust.doubts.iter().map(|d| vec![d.field.clone(), d.code.clone(), d.message.ja.clone(), d.message.en.clone()]).collect()
}

pub(super) fn fiscal_year_raw(document: &Document) -> Value {
    Value::text(document.fiscal_year.as_ref().map(|y| y.raw.clone()))
}

/// The printed text of the date that `issued` says.
pub(super) fn issued_raw(document: &Document) -> Value {
    let dates = &document.dates.issued;
    Value::text(dates.iter().find(|d| d.iso.is_some()).or(dates.first()).map(|d| d.raw.clone()))
}

pub(super) fn authors(document: &Document) -> Vec<Vec<String>> {
    document.authors.iter().map(|a| vec![a.post.clone().unwrap_or_default(), a.name.clone().unwrap_or_default()]).collect()
}

/// The columns alone.
pub(super) fn columns<T>(bound: Vec<Bound<T>>) -> Vec<Column> {
    bound.into_iter().map(|Bound(column, _)| column).collect()
}
