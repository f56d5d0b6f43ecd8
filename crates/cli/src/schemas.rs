//! `seisho schema`: the JSON Schemas of everything that is written, made from the types.

use crate::End;
use crate::lang::Stop;
use crate::progress;
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use seisho_batch::files::Writer;
use seisho_batch::{Error, pretty};
use seisho_model::output::{Failure, ManifestLine, Record, Run};
use seisho_model::record::Document;
use std::path::Path;

/// Writes the schemas into a folder, or prints the document's.
pub(crate) fn schema(out: Option<&Path>) -> Result<End, Stop> {
    match out {
        None => {
            let text = pretty(&of::<Document>())?;
            progress::print(String::from_utf8_lossy(&text).trim_end());
        }
        Some(folder) => {
            let schemas = [
                ("document", of::<Document>()),
                ("record", of::<Record>()),
                ("manifest", of::<ManifestLine>()),
                ("run", of::<Run>()),
                ("failure", of::<Failure>()),
            ];
            for (name, schema) in schemas {
                let path = folder.join(format!("{name}.schema.json"));
                Writer::default().whole(&path, &pretty(&schema)?).map_err(|e| Error::cannot_write(&path, e))?;
            }
        }
    }
    Ok(End::AllConverted)
}

/// The schema of a type as it is written, in the 2020-12 dialect.
fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}
