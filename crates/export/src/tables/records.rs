//! The tables of the records that are no goals.

use super::shared::{Bound, Line, after, before, columns};
use super::value::Value;
use super::{Column, Kind, Table, TableId, typed};
use seisho_model::output::{FormRecord, ProvisionRecord, TableRowRecord, TextRecord};

pub(super) fn bound_provisions() -> Vec<Bound<ProvisionRecord>> {
    let mut all = before();
    all.extend([
        Bound(
            Column::new("label", "番号", Kind::Code, 8).means("項の番号（原文のまま）", "Label of the provision as printed"),
            |l: &Line<'_, ProvisionRecord>| Value::text(l.of.path.last().cloned()),
        ),
        Bound(
            Column::new("path", "番号（上から）", Kind::Parts(&["label"], " "), 14)
                .means("いちばん上の項からの番号", "Labels from the outermost provision to this one"),
            |l| Value::Parts(l.of.path.iter().map(|label| vec![label.clone()]).collect()),
        ),
        Bound(
            Column::new("depth", "深さ", Kind::Integer(1), 6).means("いちばん上の項が 1", "1 for an outermost provision").required(),
            |l| Value::integer(i64::try_from(l.of.path.len()).ok()),
        ),
        Bound(
            Column::new("text", "項", Kind::Text, 60).means("見出し、または最初の段落", "Heading or first paragraph").field("text"),
            |l| Value::Text(l.of.text.clone()),
        ),
        Bound(
            Column::new("body", "続く段落", Kind::List, 60)
                .means("同じ項の、続く段落", "Further paragraphs of the same provision")
                .field("body"),
            |l| Value::List(l.of.body.clone()),
        ),
    ]);
    all.extend(after());
    all
}

pub(super) fn bound_forms() -> Vec<Bound<FormRecord>> {
    let mut all = before();
    all.extend([
        Bound(
            Column::new("label", "見出し", Kind::List, 30)
                .means("見出し（外から内へ）", "Labels from the outer to the inner one")
                .field("label"),
            |l: &Line<'_, FormRecord>| Value::List(l.of.entry.label.clone()),
        ),
        Bound(Column::new("text", "内容", Kind::List, 60).means("内容", "Text, one a line of its own").field("text"), |l| {
            Value::List(l.of.entry.text.clone())
        }),
        Bound(
            Column::new("field", "項目", Kind::Code, 16).means("様式が名付けた項目", "The field that a profile says it is").field("field"),
            |l| Value::text(l.of.entry.field.clone()),
        ),
        Bound(
            Column::new("value_number", "数値", Kind::Number, 12).means("数として読んだ値", "The value as a number").field("text"),
            |l| typed::of_entry(&l.of.entry).into_iter().next().map_or(Value::Null, |field| field.number),
        ),
        Bound(Column::new("unit", "単位", Kind::Text, 8).means("数の単位", "Unit of the number").field("text"), |l| {
            Value::text(l.of.entry.typed.as_ref().and_then(|value| value.unit.clone()))
        }),
    ]);
    all.extend(after());
    all
}

pub(super) fn bound_table_rows() -> Vec<Bound<TableRowRecord>> {
    let mut all = before();
    all.extend([
        Bound(
            Column::new("table_number", "表", Kind::Integer(1), 6)
                .means("文書の中で何番目の表か（1 から）", "Which table of the document, from 1")
                .required(),
            |l: &Line<'_, TableRowRecord>| Value::integer(Some(l.of.table + 1)),
        ),
        Bound(
            Column::new("row_number", "行", Kind::Integer(1), 6)
                .means("表の中で何番目の行か（1 から）", "Which row of the table, from 1")
                .required(),
            |l| Value::integer(Some(l.of.row + 1)),
        ),
        Bound(
            Column::new("cells", "セル", Kind::List, 20)
                .means(
                    "その行から始まるセルの内容を列の順に。文字のない列は空",
                    "Texts of the cells that start in the row, by column; empty where a column has none",
                )
                .field("cells"),
            |l| Value::List(cells(l.of)),
        ),
    ]);
    all.extend(after());
    all
}

/// Texts by column: a cell over several columns is in the first.
fn cells(row: &TableRowRecord) -> Vec<String> {
    let mut texts = Vec::new();
    for cell in &row.cells {
        let at = cell.col[0] as usize;
        if at >= texts.len() {
            texts.resize(at + 1, String::new());
        }
        texts[at].clone_from(&cell.text);
    }
    texts
}

pub(super) fn bound_texts() -> Vec<Bound<TextRecord>> {
    let mut all = before();
    all.extend([
        Bound(
            Column::new("text", "内容", Kind::Text, 80)
                .means("段落、または項目に入らない文字", "A paragraph, or text that is in no value")
                .field("text"),
            |l: &Line<'_, TextRecord>| Value::Text(l.of.text.clone()),
        ),
        Bound(
            Column::new("role", "何か", Kind::Code, 12).means(
                "注・印など、値でないもの。段落では空",
                "What it is where no value holds it: a note, a stamp; empty for a paragraph",
            ),
            |l| Value::text(l.of.role.map(|r| r.name())),
        ),
    ]);
    all.extend(after());
    all
}

fn table(id: TableId, name: &'static str, sheet: &'static str, meaning: (&'static str, &'static str), columns: Vec<Column>) -> Table {
    let foreign = Some((&["source_path"][..], TableId::Documents));
    Table { id, name, sheet: Some(sheet), meaning, columns, key: &["source_path", "record_id"], foreign, of_record: true, is_file: true }
}

pub(super) fn provisions() -> Table {
    table(TableId::Provisions, "provisions", "方針の項", ("方針の項", "Provisions of policies"), columns(bound_provisions()))
}

pub(super) fn forms() -> Table {
    let meaning = ("様式の知られていない票の、見出しと値", "Labelled values of forms that no profile knows");
    table(TableId::Forms, "forms", "様式", meaning, columns(bound_forms()))
}

pub(super) fn table_rows() -> Table {
    let meaning = ("様式に当てはまらない表の行", "Rows of tables that no form fits");
    table(TableId::TableRows, "table_rows", "その他の表", meaning, columns(bound_table_rows()))
}

pub(super) fn texts() -> Table {
    let meaning = ("段落と、注・印など項目に入らない文字", "Paragraphs, and text that is in no value: notes, stamps");
    table(TableId::Texts, "texts", "段落", meaning, columns(bound_texts()))
}
