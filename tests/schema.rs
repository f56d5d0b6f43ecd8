//! The schemas that other systems rely on: they are those of the types, and everything that is written
//! follows them, as a validator that is not ours sees it.

use crate::support::{convert, files, fixtures, read, seisho, top};
use jsonschema::Validator;
use serde_json::Value;

fn validator(name: &str) -> Validator {
    let schema: Value =
        serde_json::from_slice(&read(&top().join("schemas").join(format!("{name}.schema.json")))).expect("a schema is JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::new(&schema).expect("a schema is valid")
}

fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> = validator.iter_errors(value).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

#[test]
fn the_schemas_are_those_of_the_types() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let target = if std::env::var_os("SEISHO_UPDATE").is_some() { top().join("schemas") } else { folder.path().to_owned() };
    assert_eq!(seisho(&["schema".as_ref(), "--out".as_ref(), target.as_os_str()]).code, 0);
    let made: Vec<_> = files(&target).into_iter().filter(|f| f.to_string_lossy().ends_with(".schema.json")).collect();
    assert_eq!(made.len(), 7);
    for file in made {
        let name = file.file_name().expect("a name");
        let is_same = read(&file) == read(&top().join("schemas").join(name));
        assert!(is_same, "{name:?} is not as the types are: run the tests with SEISHO_UPDATE=1");
    }
}

#[test]
fn everything_that_is_written_follows_the_schemas() {
    let converted = convert(&[fixtures()]);
    let document = validator("document");
    for (path, value) in converted.documents() {
        assert_valid(&document, &value, &path);
    }
    for (name, file) in [("record", "records.jsonl"), ("manifest", "manifest.jsonl")] {
        let validator = validator(name);
        let lines = converted.lines(file);
        assert!(!lines.is_empty());
        for line in lines {
            assert_valid(&validator, &line, file);
        }
    }
    let run: Value = serde_json::from_slice(&read(&converted.folder.path().join("run.json"))).expect("JSON");
    assert_valid(&validator("run"), &run, "run.json");
}

#[test]
fn a_schema_refuses_what_the_contract_does_not_know() {
    let converted = convert(&[fixtures().join("documents/policy-export.txt")]);
    let mut document = converted.documents().into_values().next().expect("a document");
    document["goals"] = serde_json::json!([{ "number": "1" }]);
    assert!(!validator("document").is_valid(&document));
}
