//! What is compared: documents as rows of named texts, from a document's JSON (a result, or a typed truth) or from a table
//! that was exported and typed over.

use seisho_model::record::Table;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Fields that are compared: name in a row, kind of the row, column of the goals or provisions that are exported.
pub const FIELDS: [(&str, &str, &str); 9] = [
    ("item", "goal", "item"),
    ("plan_category", "goal", "plan_category"),
    ("target", "goal", "target"),
    ("methods", "goal", "methods"),
    ("deadline", "goal", "deadline_raw"),
    ("divisions", "goal", "divisions"),
    ("achievement", "goal", "achievement_raw"),
    ("text", "provision", "text"),
    ("body", "provision", "body"),
];

/// All that was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Documents, by name.
    pub papers: BTreeMap<String, Paper>,
}

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// Its rows, in order.
    pub rows: Vec<Row>,
    /// Tables that no profile fits.
    pub tables: Vec<Table>,
}

/// A row: a goal, a provision, an entry of a form, the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: String,
    /// Its number or label; empty where it has none.
    pub key: String,
    /// Its texts by field; entries of a list are lines.
    pub fields: BTreeMap<String, String>,
}

impl Reading {
    /// Kinds of rows and fields that stand anywhere in it.
    pub(super) fn known(&self) -> BTreeSet<(&str, &str)> {
        let rows = self.papers.values().flat_map(|paper| &paper.rows);
        rows.flat_map(|row| row.fields.keys().map(|field| (row.kind.as_str(), field.as_str()))).collect()
    }
}

/// The rows of a document's JSON.
#[must_use]
pub fn of_json(document: &Value) -> Paper {
    let mut rows = vec![head(document)];
    rows.extend(list(&document["goals"]).iter().map(goal));
    if let Some(text) = text(&document["preamble"]) {
        rows.push(Row { kind: "preamble".to_owned(), key: "preamble".to_owned(), fields: [("text".to_owned(), text)].into() });
    }
    list(&document["sections"]).iter().for_each(|section| provisions(section, "", &mut rows));
    rows.extend(list(&document["form"]).iter().map(|entry| Row {
        kind: "form".to_owned(),
        key: text(&entry["label"]).unwrap_or_default(),
        fields: text(&entry["text"]).map(|t| ("text".to_owned(), t)).into_iter().collect(),
    }));
    let tables = list(&document["tables"]).iter().filter_map(|table| serde_json::from_value(table.clone()).ok()).collect();
    Paper { rows, tables }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text, the raw one of a date and the like, or entries as lines; none where it is empty.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().filter_map(text).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) if fields.contains_key("post") => {
            [&fields["post"], fields.get("name").unwrap_or(&Value::Null)].into_iter().filter_map(text).collect::<Vec<_>>().join(" ")
        }
        Value::Object(fields) => text(fields.get("raw")?)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn fields<'n>(of: &Value, names: impl IntoIterator<Item = &'n str>) -> BTreeMap<String, String> {
    names.into_iter().filter_map(|name| Some((name.to_owned(), text(&of[name])?))).collect()
}

fn head(document: &Value) -> Row {
    let mut fields = fields(document, ["title", "fiscal_year", "department", "authors"]);
    for name in ["issued", "revised"] {
        if let Some(text) = text(&document["dates"][name]) {
            fields.insert(name.to_owned(), text);
        }
    }
    Row { kind: "head".to_owned(), key: "head".to_owned(), fields }
}

fn goal(goal: &Value) -> Row {
    let names = FIELDS.iter().filter(|(_, kind, _)| *kind == "goal").map(|(name, _, _)| *name);
    let key = text(&goal["number"]).or_else(|| text(&goal["number_raw"])).unwrap_or_default();
    Row { kind: "goal".to_owned(), key, fields: fields(goal, names) }
}

fn provisions(section: &Value, above: &str, rows: &mut Vec<Row>) {
    let label = text(&section["label"]).unwrap_or_default();
    let key = if above.is_empty() { label } else { format!("{above} {label}") };
    rows.push(Row { kind: "provision".to_owned(), key: key.clone(), fields: fields(section, ["text", "body"]) });
    list(&section["children"]).iter().for_each(|child| provisions(child, &key, rows));
}

/// The rows of a table that was exported, by the document that each names; `names` are those of its columns, as exported.
/// None where it has no number or label, or no column that is compared.
#[must_use]
pub fn of_table(names: &[Option<&str>], cells: &[Vec<String>]) -> Option<Reading> {
    let column = |name: &str| names.iter().position(|n| *n == Some(name));
    let kind = if column("item").is_some() { "goal" } else { "provision" };
    let key = column("number").or_else(|| column("path"))?;
    let here: Vec<(&str, usize)> = FIELDS.iter().filter(|(_, k, _)| *k == kind).filter_map(|(f, _, c)| Some((*f, column(c)?))).collect();
    if here.is_empty() {
        return None;
    }
    let mut reading = Reading::default();
    for row in cells {
        let cell = |place: usize| row.get(place).map(|c| c.replace("\r\n", "\n")).filter(|c| !c.is_empty());
        let name = column("source_path").and_then(cell).unwrap_or_default();
        let fields = here.iter().filter_map(|(field, place)| Some(((*field).to_owned(), cell(*place)?))).collect();
        let row = Row { kind: kind.to_owned(), key: cell(key).unwrap_or_default(), fields };
        reading.papers.entry(name).or_default().rows.push(row);
    }
    Some(reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_document_and_its_exported_table_say_the_same_rows() {
        let of_document =
            of_json(&json!({ "goals": [{ "number": 1, "item": "策定", "methods": ["調査", "公表"], "deadline": { "raw": "9月" } }] }));
        let names = ["number", "item", "methods", "deadline_raw", "source_path"].map(Some);
        let cells = vec![["1", "策定", "調査\r\n公表", "9月", "a.txt"].map(str::to_owned).to_vec()];
        let of_csv = of_table(&names, &cells).expect("goals");
        assert_eq!(of_document.rows[1], of_csv.papers["a.txt"].rows[0]);
        assert!(of_table(&[Some("code")], &[]).is_none());
    }

    #[test]
    fn provisions_are_known_by_their_labels() {
        let paper = of_json(&json!({ "sections": [{ "label": "1", "text": "対応", "children": [{ "label": "(1)", "text": "改善" }] }] }));
        assert_eq!(paper.rows[2].key, "1 (1)");
    }
}
