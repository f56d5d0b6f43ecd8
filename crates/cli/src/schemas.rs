//! `seisho schema`: the JSON Schemas of everything that is written, made from the types.

use crate::lang::Stop;
use crate::{output, progress};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use seisho_model::output::{ManifestLine, Record, Run};
use seisho_model::record::Document;
use std::path::Path;

/// Writes the schemas into a folder, or prints the document's.
pub(crate) fn schema(out: Option<&Path>) -> Result<bool, Stop> {
    match out {
        None => {
            let text = output::pretty(&of::<Document>())?;
            progress::print(String::from_utf8_lossy(&text).trim_end());
        }
        Some(folder) => {
            for (name, schema) in
                [("document", of::<Document>()), ("record", of::<Record>()), ("manifest", of::<ManifestLine>()), ("run", of::<Run>())]
            {
                output::write_whole(&folder.join(format!("{name}.schema.json")), &output::pretty(&schema)?)?;
            }
        }
    }
    Ok(true)
}

/// The schema of a type as it is written, in the 2020-12 dialect.
fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}
