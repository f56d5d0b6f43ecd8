//! A document's JSON as rows: a result, or a truth that was typed. Every field that it has is a text of a row; those of a
//! value of several parts are `deadline` (as printed), `deadline.until` and so on.

use super::rows::{Paper, Read, Row, Stated};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What the program notes about its reading; no part of what stands on paper.
const NOTES: [&str; 10] = [
    "schema_version",
    "source",
    "profile",
    "page_joins",
    "remainder",
    "evidence",
    "corrections",
    "confirmed",
    "findings",
    "program_version",
];

/// Lists of a document that are rows of their own.
const LISTS: [&str; 5] = ["goals", "preamble", "sections", "form", "tables"];

/// The rows of a document's JSON.
#[must_use]
pub fn of_json(document: &Value) -> Read {
    let mut made = Maker::default();
    let empty = Map::new();
    let fields = document.as_object().unwrap_or(&empty);
    made.head(fields);
    for name in LISTS.iter().filter(|name| fields.contains_key(**name)) {
        let kind = kind(name);
        made.stated.insert((kind.to_owned(), String::new()));
        let list = fields[*name].as_array().map_or(&[][..], Vec::as_slice);
        match *name {
            "goals" => list.iter().for_each(|goal| made.goal(goal)),
            "preamble" => made.preamble(list),
            "sections" => list.iter().for_each(|section| made.provisions(section, "")),
            "form" => list.iter().for_each(|entry| made.row(kind, text(&entry["label"]).unwrap_or_default(), entry, &[])),
            _ => made.tables(list),
        }
    }
    // A result says all that it found: what it does not name is not there.
    let is_result = fields.contains_key("schema_version");
    let stated = Stated { whole: is_result.then(BTreeSet::new), fields: made.stated };
    let tables = fields.get("tables").and_then(Value::as_array).into_iter().flatten();
    let tables = tables.filter_map(|table| serde_json::from_value(table.clone()).ok()).collect();
    let notes = NOTES.iter().filter(|name| fields.contains_key(**name)).map(|name| (*name).to_owned()).collect();
    Read { paper: Paper { rows: made.rows, tables }, stated, notes }
}

fn kind(list: &str) -> &'static str {
    match list {
        "goals" => "goal",
        "preamble" => "preamble",
        "sections" => "provision",
        "form" => "form",
        _ => "table_row",
    }
}

#[derive(Default)]
struct Maker {
    rows: Vec<Row>,
    stated: BTreeSet<(String, String)>,
}

impl Maker {
    /// A row of all fields of a value but these.
    fn row(&mut self, kind: &str, key: String, of: &Value, without: &[&str]) {
        let mut fields = Fields::default();
        for (name, value) in of.as_object().into_iter().flatten().filter(|(name, _)| !without.contains(&name.as_str())) {
            fields.add(name, value);
        }
        self.add(kind, key, fields);
    }

    fn add(&mut self, kind: &str, key: String, fields: Fields) {
        self.stated.extend(fields.stated.into_iter().map(|field| (kind.to_owned(), field)));
        self.rows.push(Row { kind: kind.to_owned(), key, id: String::new(), fields: fields.texts });
    }

    fn head(&mut self, document: &Map<String, Value>) {
        let mut fields = Fields::default();
        for (name, value) in document.iter().filter(|(name, _)| !NOTES.contains(&name.as_str()) && !LISTS.contains(&name.as_str())) {
            match (name.as_str(), value) {
                ("dates", Value::Object(dates)) => dates.iter().for_each(|(name, value)| fields.add(name, value)),
                _ => fields.add(name, value),
            }
        }
        self.add("head", "head".to_owned(), fields);
    }

    fn goal(&mut self, goal: &Value) {
        let key = text(&goal["number"]).or_else(|| text(&goal["number_raw"])).unwrap_or_default();
        self.row("goal", key, goal, &[]);
    }

    fn preamble(&mut self, texts: &[Value]) {
        let mut fields = Fields::default();
        fields.add("text", &Value::Array(texts.to_vec()));
        self.add("preamble", "preamble".to_owned(), fields);
    }

    fn provisions(&mut self, section: &Value, above: &str) {
        let label = text(&section["label"]).unwrap_or_default();
        let key = if above.is_empty() { label } else { format!("{above} {label}") };
        self.row("provision", key.clone(), section, &["children"]);
        section["children"].as_array().into_iter().flatten().for_each(|child| self.provisions(child, &key));
    }

    /// A row a row of each table: the texts of the cells that begin there.
    fn tables(&mut self, tables: &[Value]) {
        for (number, table) in (1..).zip(tables) {
            let mut rows: BTreeMap<u64, Vec<(u64, String)>> = BTreeMap::new();
            for cell in table["cells"].as_array().into_iter().flatten() {
                let first = |name: &str| cell[name][0].as_u64().unwrap_or(0);
                rows.entry(first("row")).or_default().push((first("col"), text(&cell["text"]).unwrap_or_default()));
            }
            for (row, mut cells) in rows {
                cells.sort();
                let texts: Vec<String> = cells.into_iter().map(|(_, text)| text).collect();
                let mut fields = Fields::default();
                fields.add("cells", &texts.into());
                self.add("table_row", format!("{number} {}", row + 1), fields);
            }
        }
    }
}

/// Texts by name, and which names were there.
#[derive(Default)]
struct Fields {
    texts: BTreeMap<String, String>,
    stated: BTreeSet<String>,
}

impl Fields {
    /// A value with all its parts.
    fn add(&mut self, name: &str, value: &Value) {
        self.stated.insert(name.to_owned());
        if let Some(text) = text(value) {
            self.texts.insert(name.to_owned(), text);
        }
        match value {
            Value::Object(fields) if !is_author(fields) => self.parts(name, std::slice::from_ref(fields)),
            Value::Array(items) => {
                let objects: Vec<_> =
                    items.iter().filter_map(Value::as_object).filter(|fields| fields.contains_key("raw")).cloned().collect();
                self.parts(name, &objects);
            }
            _ => {}
        }
    }

    /// The parts of values beside what is printed, each a line a value.
    fn parts(&mut self, name: &str, values: &[Map<String, Value>]) {
        let names: BTreeSet<&String> = values.iter().flat_map(Map::keys).filter(|part| *part != "raw").collect();
        for part in names {
            let all: Vec<Value> = values.iter().map(|fields| fields.get(part).cloned().unwrap_or_default()).collect();
            match &all[..] {
                [one] => self.add(&format!("{name}.{part}"), one),
                _ => self.add(&format!("{name}.{part}"), &Value::Array(all)),
            }
        }
    }
}

fn is_author(fields: &Map<String, Value>) -> bool {
    fields.contains_key("post") || fields.contains_key("name")
}

/// A text, the raw one of a date and the like, or entries as lines; none where it is empty.
fn text(value: &Value) -> Option<String> {
    let lines = |items: &mut dyn Iterator<Item = &Value>, glue: &str| items.filter_map(text).collect::<Vec<_>>().join(glue);
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is) => is.to_string(),
        Value::Array(items) => items.iter().map(entry).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) if is_author(fields) => lines(&mut ["post", "name"].iter().filter_map(|name| fields.get(*name)), " "),
        Value::Object(fields) => text(fields.get("raw")?)?,
        Value::Null => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// An entry of a list: its parts in one line where it is no text by itself.
fn entry(value: &Value) -> String {
    match (text(value), value) {
        (None, Value::Object(fields)) => {
            // Whatever order they were typed in.
            let fields: BTreeMap<&String, &Value> = fields.iter().collect();
            fields.into_values().filter_map(text).collect::<Vec<_>>().join(": ")
        }
        (said, _) => said.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn provisions_are_known_by_their_labels() {
        let read = of_json(&json!({ "sections": [{ "label": "1", "text": "対応", "children": [{ "label": "(1)", "text": "改善" }] }] }));
        assert_eq!(read.paper.rows[2].key, "1 (1)");
    }

    #[test]
    fn every_field_of_a_goal_is_a_text() {
        let goal = json!({ "number": 3, "band": "柱1", "deadline": { "raw": "9月", "until": "2025-09-30" }, "item": null,
            "achievement": { "raw": "80％", "rate": { "min": 80, "max": 80 } }, "other": [{ "heading": "備考", "text": ["あり"] }],
            "fields": { "budget": { "raw": "5千円" } } });
        let read = of_json(&json!({ "goals": [goal], "authors": [{ "post": "部長", "name": "佐藤" }], "findings": [] }));
        let said: Vec<(&str, &str)> = read.paper.rows[1].fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let wanted = [
            ("achievement", "80％"),
            ("achievement.rate.max", "80"),
            ("achievement.rate.min", "80"),
            ("band", "柱1"),
            ("deadline", "9月"),
            ("deadline.until", "2025-09-30"),
            ("fields.budget", "5千円"),
            ("number", "3"),
            ("other", "備考: あり"),
        ];
        assert_eq!(said, wanted);
        assert_eq!(read.paper.rows[0].fields["authors"], "部長 佐藤");
        assert!(read.stated.has("goal", "item") && !read.stated.has("goal", "methods") && read.notes.contains("findings"));
    }
}
