//! The tables of what a record holds more than one of: each entry a row, one datum a cell.

use super::shared::{Bound, Line, columns, place};
use super::typed::TypedField;
use super::value::Value;
use super::{Column, Kind, Table, TableId};
use seisho_model::output::{Doubt, RowCell};
use seisho_model::record::{Author, Date};

/// An entry of a list: field, number from 1, text.
pub(super) struct Entry {
    pub(super) field: String,
    pub(super) position: i64,
    pub(super) text: String,
}

/// Something with its number in the record, from 1.
pub(super) struct Numbered<T>(pub(super) i64, pub(super) T);

/// A column of no field: heading and one of its texts.
pub(super) struct Other {
    pub(super) column: i64,
    pub(super) heading: String,
    pub(super) position: i64,
    pub(super) text: Option<String>,
}

const POSITION: Column =
    Column::new("position", "順", Kind::Integer(1), 6).means("記録の中での順（1 から）", "Its number in the record, from 1").required();

fn with_place<T: 'static>(mut own: Vec<Bound<T>>) -> Vec<Bound<T>> {
    own.extend(place());
    own
}

pub(super) fn bound_entries() -> Vec<Bound<Entry>> {
    with_place(vec![
        Bound(
            Column::new("field", "項目", Kind::Code, 0)
                .means(
                    "どの項目の値か（引き継いだ欄は inherited/項目で、内容は番号）",
                    "The field that the text belongs to; inherited/FIELD for a field taken over, with the number that it is of",
                )
                .required(),
            |l| Value::Text(l.of.field.clone()),
        ),
        Bound(POSITION, |l| Value::Integer(l.of.position)),
        Bound(Column::new("text", "内容", Kind::Text, 0).means("内容", "The text"), |l| Value::Text(l.of.text.clone())),
    ])
}

pub(super) fn bound_other_columns() -> Vec<Bound<Other>> {
    with_place(vec![
        Bound(
            Column::new("column_number", "欄", Kind::Integer(1), 0)
                .means("何番目の欄か（1 から）", "Which of these columns, from 1")
                .required(),
            |l: &Line<'_, Other>| Value::Integer(l.of.column),
        ),
        Bound(
            Column::new("heading", "見出し", Kind::Text, 0).means("欄の見出し（外から内へ）", "Headings from the outer to the inner one"),
            |l| Value::Text(l.of.heading.clone()),
        ),
        Bound(POSITION, |l| Value::Integer(l.of.position)),
        Bound(
            Column::new("text", "内容", Kind::Text, 0).means("内容（空のセルでは空）", "The text; empty for an empty cell"),
            |l| Value::text(l.of.text.clone()),
        ),
    ])
}

pub(super) fn bound_fields() -> Vec<Bound<TypedField>> {
    with_place(vec![
        Bound(
            Column::new("field", "項目", Kind::Code, 0).means("様式が加えた項目の名前", "Id of the field that a profile adds").required(),
            |l: &Line<'_, TypedField>| Value::Text(l.of.id.clone()),
        ),
        Bound(POSITION, |l| Value::Integer(l.of.position)),
        Bound(Column::new("kind", "型", Kind::Code, 0).means("値の型", "What the profile says that it is").required(), |l| {
            Value::Text(l.of.kind.clone())
        }),
        Bound(Column::new("raw", "原文", Kind::Text, 0).means("原文のままの値", "The value as printed"), |l| {
            Value::Text(l.of.raw.clone())
        }),
        Bound(Column::new("value_number", "数値", Kind::Number, 0).means("数として読んだ値", "The value as a number"), |l| {
            l.of.number.clone()
        }),
        Bound(
            Column::new("value_text", "語・日付", Kind::Code, 0).means("語か日付として読んだ値", "The value as a word or a day"),
            |l| l.of.text.clone(),
        ),
        Bound(Column::new("unit", "単位", Kind::Text, 0).means("数の単位", "Unit of the number"), |l| Value::text(l.of.unit.clone())),
    ])
}

pub(super) fn bound_table_cells() -> Vec<Bound<RowCell>> {
    with_place(vec![
        Bound(
            Column::new("col", "列", Kind::Integer(1), 0).means("始まる列（1 から）", "First column, from 1").required(),
            |l: &Line<'_, RowCell>| Value::integer(Some(l.of.col[0] + 1)),
        ),
        Bound(
            Column::new("col_end", "終わりの列", Kind::Integer(1), 0).means("終わりの列（1 から）", "Last column, from 1").required(),
            |l| Value::integer(Some(l.of.col[1])),
        ),
        Bound(Column::new("text", "内容", Kind::Text, 0).means("内容", "The text"), |l| Value::Text(l.of.text.clone())),
    ])
}

pub(super) fn bound_doubts() -> Vec<Bound<Numbered<Doubt>>> {
    with_place(vec![
        Bound(POSITION, |l: &Line<'_, Numbered<Doubt>>| Value::Integer(l.of.0)),
        Bound(
            Column::new("field", "項目", Kind::Code, 0)
                .means("疑わしい項目（行全体のときは空）", "The doubted field; empty for the record as a whole"),
            |l| Value::Text(l.of.1.field.clone()),
        ),
        Bound(Column::new("code", "コード", Kind::Code, 0).means("指摘のコード", "Code of the finding").required(), |l| {
            Value::Text(l.of.1.code.clone())
        }),
        Bound(
            Column::new("message_ja", "内容", Kind::Text, 0).means("指摘の内容（日本語）", "What was found, in Japanese"),
            |l| Value::Text(l.of.1.message.ja.clone()),
        ),
        Bound(
            Column::new("message_en", "内容（英語）", Kind::Text, 0).means("指摘の内容（英語）", "What was found, in English"),
            |l| Value::Text(l.of.1.message.en.clone()),
        ),
    ])
}

/// A column of a document's parts, and where its value comes from.
pub(super) type OfDocument<T> = (Column, fn(&T) -> Value);

/// Path, number and author.
pub(super) type AuthorLine = (String, i64, Author);

pub(super) fn of_authors() -> Vec<OfDocument<AuthorLine>> {
    vec![
        (POSITION, |l| Value::Integer(l.1)),
        (Column::new("post", "職名", Kind::Text, 0).means("職名", "The post"), |l| Value::text(l.2.post.clone())),
        (Column::new("name", "氏名", Kind::Text, 0).means("氏名", "The name"), |l| Value::text(l.2.name.clone())),
        (super::shared::SOURCE_PATH, |l| Value::Text(l.0.clone())),
    ]
}

/// Path, number, what it is, and date.
pub(super) type DateLine = (String, i64, &'static str, Date);

pub(super) fn of_dates() -> Vec<OfDocument<DateLine>> {
    vec![
        (POSITION, |l| Value::Integer(l.1)),
        (
            Column::new("what", "何の日か", Kind::Choice(&["issued", "revised"]), 0).means("作成・改定", "Issued or revised").required(),
            |l| Value::Text(l.2.to_owned()),
        ),
        (Column::new("raw", "原文", Kind::Text, 0).means("原文のままの表記", "As printed"), |l| Value::Text(l.3.raw.clone())),
        (
            Column::new("iso", "日付", Kind::DatePart, 0).means("西暦の日付（分かるところまで）", "ISO 8601, as precise as it is known"),
            |l| Value::text(l.3.iso.clone()),
        ),
        (super::shared::SOURCE_PATH, |l| Value::Text(l.0.clone())),
    ]
}

const OF_RECORD: &[&str] = &["source_path", "record_id"];

/// A table of parts of any record.
fn table(
    id: TableId,
    name: &'static str,
    meaning: (&'static str, &'static str),
    columns: Vec<Column>,
    key: &'static [&'static str],
) -> Table {
    // Entries, fields and doubts are of records of several tables, whose rows stand in several files.
    let foreign = match id {
        TableId::OtherColumns => Some((OF_RECORD, TableId::Goals)),
        TableId::TableCells => Some((OF_RECORD, TableId::TableRows)),
        _ => Some((&OF_RECORD[..1], TableId::Documents)),
    };
    Table {
        id,
        name,
        sheet: None,
        meaning,
        columns,
        key,
        foreign,
        of_record: !matches!(id, TableId::Authors | TableId::Dates),
        is_file: true,
    }
}

pub(super) fn entries() -> Table {
    let meaning = ("目標・項・票の、箇条書きや課名の1つずつ", "Entries of the lists of goals, provisions and forms");
    table(TableId::Entries, "entries", meaning, columns(bound_entries()), &["source_path", "record_id", "field", "position"])
}

pub(super) fn other_columns() -> Table {
    let meaning = ("どの項目でもない欄の、見出しと内容", "What goals have in columns of no field");
    table(
        TableId::OtherColumns,
        "other_columns",
        meaning,
        columns(bound_other_columns()),
        &["source_path", "record_id", "column_number", "position"],
    )
}

pub(super) fn fields() -> Table {
    let meaning = ("様式が加えた項目と、その値", "Fields that a profile adds, and their values");
    table(TableId::Fields, "fields", meaning, columns(bound_fields()), &["source_path", "record_id", "field", "position"])
}

pub(super) fn table_cells() -> Table {
    let meaning = ("様式に当てはまらない表のセル", "Cells of tables that no form fits");
    table(TableId::TableCells, "table_cells", meaning, columns(bound_table_cells()), &["source_path", "record_id", "col"])
}

pub(super) fn doubts() -> Table {
    let meaning = ("記録の項目ごとの指摘", "Findings about a field of a record");
    table(TableId::Doubts, "doubts", meaning, columns(bound_doubts()), &["source_path", "record_id", "position"])
}

pub(super) fn authors() -> Table {
    let columns = of_authors().into_iter().map(|(column, _)| column).collect();
    table(TableId::Authors, "authors", ("文書の作成者", "Posts and names of documents"), columns, &["source_path", "position"])
}

pub(super) fn dates() -> Table {
    let columns = of_dates().into_iter().map(|(column, _)| column).collect();
    table(TableId::Dates, "dates", ("文書の作成日と改定日", "Dates in the heads of documents"), columns, &["source_path", "position"])
}
