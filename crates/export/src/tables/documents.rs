//! Tables of inputs: what became of them, what is doubted of them, where their values came from.

use super::shared::{authors, fiscal_year_raw, issued_raw};
use super::value::Value;
use super::{Column, Kind, Row, Table, TableId};
use seisho_model::Pointer;
use seisho_model::Severity;
use seisho_model::output::{ManifestLine, Status};
use seisho_model::record::{Answer, Document, Evidence, Finding, Place, short_id};

/// An input, and its document where there is one.
pub(crate) struct DocumentLine<'a> {
    pub(crate) manifest: &'a ManifestLine,
    pub(crate) document: Option<&'a Document>,
}

type OfDocument = (Column, fn(&DocumentLine<'_>) -> Value);
/// Number from 1, and the finding.
type OfFinding = (Column, fn(&Document, usize, &Finding) -> Value);
type OfEvidence = (Column, fn(&Document, &Pointer, &Evidence) -> Value);

const SOURCE_PATH: Column = super::shared::SOURCE_PATH;
const PAGE: Column = super::shared::PAGE;
const RECORD_ID: Column = Column::new("record_id", "記録ID", Kind::Code, 24)
    .means("どの記録のことか（文書全体のときは空）", "The record that it is about; empty for the document as a whole");

fn of_documents() -> Vec<OfDocument> {
    fn document(get: fn(&Document) -> Value, line: &DocumentLine<'_>) -> Value {
        line.document.map_or(Value::Null, get)
    }
    fn count(line: &DocumentLine<'_>, get: fn(&seisho_model::output::Counts) -> u64) -> Value {
        Value::integer(line.manifest.counts.as_ref().and_then(|c| i64::try_from(get(c)).ok()))
    }
    vec![
        (SOURCE_PATH, |l| Value::Text(l.document.map_or_else(|| l.manifest.path.clone(), |d| d.source.document()))),
        (
            Column::new("status", "結果", Kind::Choice(&["converted", "failed", "skipped"]), 10)
                .means("変換した・できなかった・対象外", "What became of the input")
                .required(),
            |l| Value::Text(status(l.manifest.status).to_owned()),
        ),
        (
            Column::new("code", "理由のコード", Kind::Code, 8).means("できなかった理由のコード", "Code of the reason for a failure"),
            |l| Value::text(l.manifest.code.clone()),
        ),
        (
            Column::new("reason", "理由", Kind::Text, 28)
                .means("できなかった、または対象外の理由", "Why it failed or was skipped, in Japanese"),
            |l| Value::text(l.manifest.reason.as_ref().map(|r| r.ja.clone())),
        ),
        (
            Column::new("kind", "文書の種類", Kind::Choice(&["goal_table", "policy", "form", "table", "text"]), 12)
                .means("文書の種類", "Kind of the document"),
            |l| Value::text(l.manifest.kind.map(|k| k.name())),
        ),
        (Column::new("title", "題名", Kind::Text, 36).means("文書の題名", "Title of the document").field("title"), |l| {
            document(|d| Value::text(d.title.clone()), l)
        }),
        (
            Column::new("fiscal_year", "年度（西暦）", Kind::Integer(1), 12)
                .means("年度の始まる年（西暦）", "Western year in which the fiscal year starts")
                .field("fiscal_year"),
            |l| document(|d| Value::integer(d.fiscal_year.as_ref().map(|y| y.gregorian)), l),
        ),
        (
            Column::new("fiscal_year_raw", "年度", Kind::Text, 12)
                .means("年度の、原文のままの表記", "The fiscal year as printed")
                .field("fiscal_year"),
            |l| document(fiscal_year_raw, l),
        ),
        (Column::new("department", "部", Kind::Text, 14).means("文書の部", "Department of the document").field("department"), |l| {
            document(|d| Value::text(d.department.clone()), l)
        }),
        (
            Column::new("issued", "作成日", Kind::DatePart, 12)
                .means("最初の作成日（西暦。日まで分からないときは月か年まで）", "First issued date, ISO 8601, as precise as it is known")
                .field("issued"),
            |l| document(|d| Value::text(d.dates.issued.iter().find_map(|d| d.iso.clone())), l),
        ),
        (
            Column::new("issued_raw", "作成日（原文）", Kind::Text, 16)
                .means("作成日の、原文のままの表記", "The issued date as printed")
                .field("issued"),
            |l| document(issued_raw, l),
        ),
        (Column::new("revised", "改定日", Kind::List, 12).means("改定日（西暦）", "Revised dates, ISO 8601"), |l| {
            document(|d| Value::List(d.dates.revised.iter().filter_map(|d| d.iso.clone()).collect()), l)
        }),
        (
            Column::new("authors", "作成者", Kind::Parts(&["post", "name"], " "), 22)
                .means("職名と氏名", "Posts and names")
                .field("authors"),
            |l| document(|d| Value::Parts(authors(d)), l),
        ),
        (Column::new("pages", "頁数", Kind::Integer(0), 6).means("頁の数", "Number of pages"), |l| {
            document(|d| Value::integer(d.source.pages), l)
        }),
        (Column::new("goals", "目標の数", Kind::Integer(0), 8).means("目標の数", "Number of goals"), |l| count(l, |c| c.goals)),
        (Column::new("provisions", "項の数", Kind::Integer(0), 8).means("項の数", "Number of provisions"), |l| {
            count(l, |c| c.provisions)
        }),
        (
            Column::new("tables", "その他の表の数", Kind::Integer(0), 8)
                .means("様式に当てはまらない表の数", "Number of tables that no form fits"),
            |l| count(l, |c| c.tables),
        ),
        (Column::new("findings", "指摘の数", Kind::Integer(0), 8).means("指摘の数", "Number of findings"), |l| {
            count(l, |c| c.findings.values().sum())
        }),
        (Column::new("profile", "様式", Kind::Code, 16).means("当てはまった様式", "The form that was recognised"), |l| {
            document(|d| Value::text(d.profile.as_ref().map(|p| p.id.clone())), l)
        }),
        (
            Column::new("method", "読み方", Kind::Choice(&["text", "pdf-text", "ocr", "mixed"]), 10)
                .means("字の読み方", "How the text was read"),
            |l| document(|d| Value::Text(method(d).to_owned()), l),
        ),
        (
            Column::new("engine", "読み取りエンジン", Kind::Text, 0).means("画像を読んだエンジン", "Engine that read the pictures"),
            |l| Value::text(l.manifest.engine.clone()),
        ),
        (Column::new("media_type", "形式", Kind::Code, 0).means("元のファイルの形式", "Media type of the source"), |l| {
            document(|d| Value::Text(d.source.media_type.clone()), l)
        }),
        (
            Column::new("bytes", "大きさ", Kind::Integer(0), 0).means("元のファイルの大きさ（バイト）", "Size of the source in bytes"),
            |l| document(|d| Value::integer(i64::try_from(d.source.bytes).ok()), l),
        ),
        (
            Column::new("source_sha256", "SHA-256", Kind::Code, 24).means("元のファイルの SHA-256", "SHA-256 of the source, in hex"),
            |l| Value::text(l.manifest.sha256.clone()),
        ),
    ]
}

fn of_findings() -> Vec<OfFinding> {
    vec![
        (
            Column::new("code", "コード", Kind::Code, 8)
                .means("指摘のコード（seisho explain で説明）", "Code; seisho explain tells more")
                .required(),
            |_, _, f| Value::Text(f.code.clone()),
        ),
        (
            Column::new("severity", "重さ", Kind::Choice(&["info", "warning", "error"]), 9)
                .means("指摘の重さ", "How much it matters")
                .required(),
            |_, _, f| Value::Text(severity(f.severity).to_owned()),
        ),
        (
            Column::new("message_ja", "内容", Kind::Text, 60).means("指摘の内容（日本語）", "What was found, in Japanese").required(),
            |_, _, f| Value::Text(f.message.ja.clone()),
        ),
        (
            Column::new("message_en", "内容（英語）", Kind::Text, 0).means("指摘の内容（英語）", "What was found, in English").required(),
            |_, _, f| Value::Text(f.message.en.clone()),
        ),
        (
            Column::new("suggestion", "ほかの候補", Kind::Text, 20).means("ほかの候補", "What the value could be instead"),
            |_, _, f| Value::text(f.suggestion.clone()),
        ),
        (
            Column::new("answered", "人の判断", Kind::Choice(&["corrected", "confirmed"]), 12).means(
                "台帳での人の判断。直した（corrected）、読み取りのとおりでよい（confirmed）、空はまだ",
                "What a person said of the value in the ledger: corrected, confirmed, or nothing yet",
            ),
            |_, _, f| Value::text(f.answered.as_ref().map(|a| answer(a.how).to_owned())),
        ),
        (Column::new("field", "項目", Kind::Code, 14).means("どの項目のことか", "The field that it is about"), |_, _, f| {
            Value::text(f.pointer.as_ref().map(field_of).filter(|f| !f.is_empty()))
        }),
        (
            Column::new("pointer", "文書の中の場所", Kind::Code, 22).means("値の JSON Pointer", "JSON Pointer of the value"),
            |_, _, f| Value::text(f.pointer.as_ref().map(ToString::to_string)),
        ),
        (
            Column::new("place", "元の場所", Kind::Code, 26).means("元のファイルの中の場所", "Where it stands in the source"),
            |_, _, f| places(&f.at),
        ),
        (SOURCE_PATH, |d, _, _| Value::Text(d.source.document())),
        (PAGE, |_, _, f| page(&f.at)),
        (RECORD_ID, |d, _, f| Value::text(f.pointer.as_ref().and_then(|p| record_id(d, p)))),
        (
            Column::new("position", "文書の中の番号", Kind::Integer(1), 8)
                .means("文書の中で何番目の指摘か（1 から）", "Its number in the document, from 1")
                .required(),
            |_, n, _| Value::integer(i64::try_from(n).ok()),
        ),
    ]
}

fn of_evidence() -> Vec<OfEvidence> {
    vec![
        (
            Column::new("pointer", "文書の中の場所", Kind::Code, 0).means("値の JSON Pointer", "JSON Pointer of the value").required(),
            |_, p, _| Value::Text(p.to_string()),
        ),
        (Column::new("raw", "原文", Kind::Text, 0).means("原文のままの字", "As in the source"), |_, _, e| {
            Value::Text(e.raw.clone())
        }),
        (
            Column::new("place", "元の場所", Kind::Code, 0).means("元のファイルの中の場所", "Where it stands in the source"),
            |_, _, e| places(&e.at),
        ),
        (Column::new("edits", "適用した規則", Kind::List, 0).means("適用した規則", "Rules that were applied"), |_, _, e| {
            Value::List(e.edits.iter().map(|edit| edit.rule.clone()).collect())
        }),
        (
            Column::new("confidence", "確かさ", Kind::Number, 0)
                .means("測られた確かさ（0 から 1）", "Measured chance that the value is right"),
            |_, _, e| e.confidence.map_or(Value::Null, Value::Number),
        ),
        (SOURCE_PATH, |d, _, _| Value::Text(d.source.document())),
        (PAGE, |_, _, e| page(&e.at)),
        (RECORD_ID, |d, p, _| Value::text(record_id(d, p))),
    ]
}

pub(super) fn documents() -> Table {
    Table {
        id: TableId::Documents,
        name: "documents",
        sheet: Some("文書"),
        meaning: ("入力と、その結果", "Inputs and what became of them"),
        columns: of_documents().into_iter().map(|(column, _)| column).collect(),
        key: &["source_path"],
        foreign: None,
        of_record: false,
        is_file: true,
    }
}

pub(super) fn findings() -> Table {
    Table {
        id: TableId::Findings,
        name: "findings",
        sheet: Some("指摘"),
        meaning: ("不確かな値、推定、読めないところ", "What is uncertain, wrong or guessed"),
        columns: of_findings().into_iter().map(|(column, _)| column).collect(),
        key: &["source_path", "position"],
        foreign: Some((&["source_path"], TableId::Documents)),
        of_record: false,
        is_file: true,
    }
}

pub(super) fn evidence() -> Table {
    Table {
        id: TableId::Evidence,
        name: "evidence",
        sheet: None,
        meaning: ("値ごとの、元の場所・原文・規則", "Where each value came from"),
        columns: of_evidence().into_iter().map(|(column, _)| column).collect(),
        key: &["source_path", "pointer"],
        foreign: Some((&["source_path"], TableId::Documents)),
        of_record: false,
        is_file: false,
    }
}

/// The row of an input.
pub(super) fn document_row(line: &DocumentLine<'_>) -> Row {
    let findings = line.document.into_iter().flat_map(|document| &document.findings);
    let doubt = |f: &Finding| {
        let field = f.pointer.as_ref()?.field_of_document()?;
        Some([field.to_owned(), f.code.clone(), f.message.ja.clone()])
    };
    let doubts = findings.filter_map(doubt).collect();
    Row { table: TableId::Documents, values: of_documents().iter().map(|(_, value)| value(line)).collect(), doubts }
}

/// The rows of a document's findings.
pub(super) fn finding_rows(document: &Document) -> impl Iterator<Item = Row> {
    let columns = of_findings();
    (1..).zip(&document.findings).map(move |(number, finding)| Row {
        table: TableId::Findings,
        values: columns.iter().map(|(_, value)| value(document, number, finding)).collect(),
        doubts: Vec::new(),
    })
}

/// The rows of a document's evidence.
pub(super) fn evidence_rows(document: &Document) -> impl Iterator<Item = Row> {
    let columns = of_evidence();
    document.evidence.0.iter().map(move |(pointer, evidence)| Row {
        table: TableId::Evidence,
        values: columns.iter().map(|(_, value)| value(document, pointer, evidence)).collect(),
        doubts: Vec::new(),
    })
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Converted => "converted",
        Status::Failed => "failed",
        Status::Skipped => "skipped",
    }
}

fn answer(how: Answer) -> &'static str {
    match how {
        Answer::Corrected => "corrected",
        Answer::Confirmed => "confirmed",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn method(document: &Document) -> &'static str {
    use seisho_model::record::Method;
    match document.source.method {
        Method::Text => "text",
        Method::PdfText => "pdf-text",
        Method::Ocr => "ocr",
        Method::Mixed => "mixed",
    }
}

fn record_id(document: &Document, pointer: &Pointer) -> Option<String> {
    let record = pointer.record()?;
    Some(format!("{}{record}", short_id(&document.source.id())))
}

/// The field of a record that a pointer leads into.
fn field_of(pointer: &Pointer) -> String {
    let depth = pointer.record().map_or(0, |record| record.steps().count());
    pointer.steps().nth(depth).unwrap_or_default().into_owned()
}

fn page(at: &[Place]) -> Value {
    Value::integer(at.iter().find_map(|place| if let Place::Box(place) = place { Some(place.page) } else { None }))
}

/// Places in words, one a line.
fn places(at: &[Place]) -> Value {
    if at.is_empty() {
        return Value::Null;
    }
    let words = |place: &Place| match place {
        Place::Box(place) => {
            let rect = serde_json::to_value(place.rect).map(|v| v.to_string()).unwrap_or_default();
            format!("page {} box {rect}", place.page)
        }
        Place::Line(place) => format!("line {} columns {}-{}", place.line, place.columns[0], place.columns[1]),
        Place::Bytes(place) => format!("bytes {}-{}", place.bytes[0], place.bytes[1]),
        Place::Cell(place) => format!("{}!{}", place.sheet, place.cell),
    };
    Value::Text(at.iter().map(words).collect::<Vec<_>>().join("\n"))
}
