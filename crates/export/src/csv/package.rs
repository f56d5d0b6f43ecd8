//! `datapackage.json`: a Frictionless data package (version 1) around the CSV files, with what a catalogue asks for.

use super::{columns, file_name};
use crate::error::Error;
use crate::options::{Encoding, Options};
use crate::results::Results;
use crate::tables::{Column, Kind, Table};
use crate::target::Target;
use seisho_model::output::Status;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io::Write;

const NAME: &str = "datapackage.json";

/// Writes the description of the files.
pub(crate) fn write(tables: &[Table], options: &Options, name: &str, results: &Results, target: &mut Target) -> Result<(), Error> {
    let about = About::of(results)?;
    let resources: Vec<Value> = tables.iter().filter(|t| t.is_file).map(|t| resource(t, tables, options)).collect();
    let package = json!({
        "profile": "tabular-data-package",
        "name": "seisho-export",
        "title": about.title(name),
        "description": "自治体の運営方針と組織目標表を、清書（seisho）で表にしたもの。どの行にも元のファイル、頁、記録 ID が付く。 / Municipal policies and goal tables as tables, made by seisho; each row names its source, page and record id.",
        "keywords": ["組織目標", "運営方針", "行政評価"],
        "language": ["ja"],
        "temporal": about.temporal(),
        "publisher": about.publishers(),
        "license": null,
        "conformsTo": ["https://specs.frictionlessdata.io/tabular-data-package/"],
        "resources": resources,
    });
    let bytes = serde_json::to_vec_pretty(&package).map_err(|e| Error::cannot_write(NAME, e))?;
    let mut file = target.create(NAME)?;
    file.write_all(&bytes).and_then(|()| file.write_all(b"\n")).map_err(|e| Error::cannot_write(NAME, e))
}

/// What the documents say about themselves as a whole.
#[derive(Default)]
struct About {
    departments: BTreeSet<String>,
    first: Option<String>,
    last: Option<String>,
    years: BTreeSet<i16>,
}

impl About {
    fn of(results: &Results) -> Result<Self, Error> {
        let mut about = Self::default();
        let mut manifest = results.manifest()?;
        while let Some(line) = manifest.next()? {
            if line.status != Status::Converted {
                continue;
            }
            let document = results.document(&line.path)?;
            about.departments.extend(document.department);
            if let Some(year) = document.fiscal_year {
                about.years.insert(year.gregorian);
                about.first = Some(about.first.map_or_else(|| year.start.clone(), |first| first.min(year.start.clone())));
                about.last = Some(about.last.map_or_else(|| year.end.clone(), |last| last.max(year.end.clone())));
            }
        }
        Ok(about)
    }

    fn title(&self, name: &str) -> String {
        match (self.years.first(), self.years.last()) {
            (Some(first), Some(last)) if first == last => format!("{name}（{first}年度）"),
            (Some(first), Some(last)) => format!("{name}（{first}年度から{last}年度）"),
            _ => name.to_owned(),
        }
    }

    fn temporal(&self) -> Value {
        match (&self.first, &self.last) {
            (Some(first), Some(last)) => json!({ "startDate": first, "endDate": last }),
            _ => Value::Null,
        }
    }

    fn publishers(&self) -> Value {
        self.departments.iter().map(|name| json!({ "name": name })).collect()
    }
}

fn resource(table: &Table, tables: &[Table], options: &Options) -> Value {
    let columns: Vec<&Column> = columns(table, options).map(|(_, column)| column).collect();
    let mut schema = Map::new();
    schema.insert("fields".to_owned(), columns.iter().map(|c| field(c)).collect());
    schema.insert("missingValues".to_owned(), json!([""]));
    schema.insert("primaryKey".to_owned(), json!(table.key));
    if let Some((own, to)) = table.foreign {
        let to = &tables[to as usize];
        let reference = json!({ "fields": own, "reference": { "resource": to.name, "fields": to.key } });
        schema.insert("foreignKeys".to_owned(), json!([reference]));
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file_name(table),
        "title": table.sheet.unwrap_or(table.meaning.0),
        "description": format!("{} / {}", table.meaning.0, table.meaning.1),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": match options.encoding { Encoding::Utf8 => "utf-8", Encoding::Cp932 => "cp932" },
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    let kind = match column.kind {
        Kind::Text | Kind::Code | Kind::DatePart | Kind::List | Kind::Parts(..) => "string",
        Kind::Choice(words) => {
            constraints.insert("enum".to_owned(), json!(words));
            "string"
        }
        Kind::Integer(least) => {
            constraints.insert("minimum".to_owned(), json!(least));
            "integer"
        }
        Kind::Number => "number",
        Kind::Date => "date",
    };
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(column.name));
    field.insert("type".to_owned(), json!(kind));
    if column.kind == Kind::Date {
        field.insert("format".to_owned(), json!("%Y-%m-%d"));
    }
    field.insert("title".to_owned(), json!(column.heading));
    field.insert("description".to_owned(), json!(format!("{} / {}", column.meaning.0, column.meaning.1)));
    if !constraints.is_empty() {
        field.insert("constraints".to_owned(), Value::Object(constraints));
    }
    Value::Object(field)
}
