//! `seisho schema`: the JSON Schemas of everything that is written, made from the types.

use crate::End;
use crate::args::Schema as Options;
use crate::screen::lang::Stop;
use crate::screen::progress;
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use seisho_batch::files::Writer;
use seisho_batch::files::profiles::load;
use seisho_batch::{Error, WorkerLine, pretty};
use seisho_model::output::{Failure, ManifestLine, Record, Run};
use seisho_model::record::Document;
use seisho_model::record::ValueKind;
use seisho_pipeline::Field;
use seisho_pipeline::profiles::{FieldEntry, Profile, ProfileFile, RecordKind};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Writes the schemas into a folder, or prints the document's; that of the documents of a profile where one is named.
pub(crate) fn schema(options: &Options) -> Result<End, Stop> {
    let profile = match (&options.profile, &options.profiles) {
        (Some(id), Some(folder)) => Some(profile(id, folder)?),
        _ => None,
    };
    let document = profile.as_ref().map_or_else(of::<Document>, of_profile);
    match options.out.as_deref() {
        None => {
            let text = pretty(&document)?;
            progress::print(String::from_utf8_lossy(&text).trim_end())?;
        }
        Some(folder) => {
            let schemas = [
                ("document", document),
                ("record", of::<Record>()),
                ("manifest", of::<ManifestLine>()),
                ("run", of::<Run>()),
                ("failure", of::<Failure>()),
                ("profile", of_input::<ProfileFile>()),
                ("worker", of::<WorkerLine>()),
            ];
            for (name, schema) in schemas {
                let path = folder.join(format!("{name}.schema.json"));
                Writer::default().whole(&path, &pretty(&schema)?).map_err(|e| Error::cannot_write(&path, e))?;
            }
        }
    }
    Ok(End::AllConverted)
}

/// The profile of a folder with an id.
fn profile(id: &str, folder: &Path) -> Result<Profile, Stop> {
    let texts = load(folder)?;
    let profiles: Vec<Profile> = texts.iter().filter_map(|t| Profile::read(&t.text).ok()).collect();
    let known = profiles.iter().map(|p| p.file.id.as_str()).collect::<Vec<_>>().join(", ");
    profiles.into_iter().find(|p| p.file.id == id).ok_or_else(|| {
        Stop::new(
            format!("プロファイル {id} は {} にありません（あるのは {known}）", folder.display()),
            format!("there is no profile {id} in {} (there are {known})", folder.display()),
        )
    })
}

/// The document's schema with the fields of a profile, each with its type.
fn of_profile(profile: &Profile) -> Schema {
    let mut schema = of::<Document>();
    let own = profile.fields.iter().zip(&profile.file.fields).filter(|(f, _)| matches!(f, Field::Own(_))).map(|(_, e)| e);
    let typed: Map<String, Value> = own.map(|entry| (entry.id.clone(), of_field(entry))).collect();
    let ids: Vec<&String> = profile.file.fields.iter().map(|e| &e.id).collect();
    schema.insert("title".to_owned(), json!(format!("seisho document, profile {} {}", profile.file.id, profile.file.version)));
    if profile.file.record == RecordKind::Form {
        if let Some(entry) = schema.pointer_mut("/$defs/FormEntry/properties").and_then(Value::as_object_mut) {
            entry.insert(
                "field".to_owned(),
                json!({"description": "The field of the profile that it is; left out where no profile names it.", "enum": ids}),
            );
            let kinds: Vec<Value> = typed.values().cloned().collect();
            entry.insert("typed".to_owned(), json!({"description": "What the field's kind makes of it.", "anyOf": kinds}));
        }
    } else if let Some(goal) = schema.pointer_mut("/$defs/Goal/properties").and_then(Value::as_object_mut) {
        let description = "Fields that the profile adds, by their ids.";
        goal.insert(
            "fields".to_owned(),
            json!({"description": description, "type": "object", "properties": typed, "additionalProperties": false}),
        );
    }
    schema
}

/// What a field of a profile can be.
fn of_field(entry: &FieldEntry) -> Value {
    let kind = entry.kind.unwrap_or(ValueKind::Text);
    let value = match kind {
        ValueKind::Text => json!({"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": {"type": "string"}}]}),
        ValueKind::Number | ValueKind::Rate => json!({"type": ["number", "null"]}),
        ValueKind::Money => json!({"type": ["number", "null"], "description": "円"}),
        ValueKind::Date => json!({"type": ["string", "null"], "format": "date"}),
        ValueKind::Choice => {
            let choices: Vec<Value> = entry.choices.iter().map(|c| json!(c)).chain([Value::Null]).collect();
            json!({"enum": choices})
        }
    };
    json!({
        "description": entry.headings.join("、"),
        "type": "object",
        "properties": {"raw": {"type": "string"}, "kind": {"const": kind.name()}, "value": value, "unit": {"type": ["string", "null"]}},
        "required": ["raw", "kind", "value", "unit"],
        "additionalProperties": false,
    })
}

/// The schema of a type as it is written, in the 2020-12 dialect.
fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}

/// The schema of a type as it is read.
fn of_input<T: JsonSchema>() -> Schema {
    SchemaGenerator::new(SchemaSettings::draft2020_12().for_deserialize()).into_root_schema_for::<T>()
}
