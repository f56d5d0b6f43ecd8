//! What is computed of a value that a person put right: the last day of a deadline, the days of a fiscal year. Where it
//! cannot be computed of the new text, it is null, never what it was before.

use seisho_japanese::dates::{self, Context, FiscalYear, Precision};
use seisho_japanese::{normalize, numerals};
use seisho_model::Pointer;
use serde_json::{Value, json};

/// Writes a value into a document, with all that is computed of it; false where it cannot be read as what the field holds.
pub(crate) fn write(document: &mut Value, pointer: &Pointer, now: &str) -> bool {
    let year = year_of(document);
    let name = pointer.name().into_owned();
    let root = pointer.root().into_owned();
    if root == "fiscal_year" {
        return write_year(document, now);
    }
    let Some(value) = document.pointer_mut(pointer.as_str()).filter(|value| !value.is_null()) else {
        return enter(document, pointer, now, year.as_ref());
    };
    match value {
        Value::String(text) => now.clone_into(text),
        Value::Number(_) => match number(now) {
            Some(n) => *value = json!(n),
            None => return false,
        },
        Value::Object(fields) if fields.contains_key("raw") => {
            fields.insert("raw".to_owned(), json!(now));
            match (&*root, &*name) {
                ("goals", "deadline") => fields.extend(deadline(now, year.as_ref())),
                ("goals", "achievement") => drop(fields.insert("rate".to_owned(), rate(now))),
                ("dates", _) => fields.extend(date(now)),
                // A field of a profile: its kind reads words only here.
                _ => {
                    let is_text = fields.get("kind").is_some_and(|k| k == "text");
                    fields.insert("value".to_owned(), if is_text { json!(now) } else { Value::Null });
                }
            }
        }
        _ => return false,
    }
    true
}

/// Writes a value where none was read; false where there is no room for one, or it cannot be read as what the field holds.
fn enter(document: &mut Value, pointer: &Pointer, now: &str, year: Option<&FiscalYear>) -> bool {
    let steps: Vec<_> = pointer.steps().map(std::borrow::Cow::into_owned).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    match *steps {
        ["title" | "department"] => document[steps[0]] = json!(now),
        ["dates", "issued", "0"] => {
            let found: serde_json::Map<_, _> = [("raw".to_owned(), json!(now))].into_iter().chain(date(now)).collect();
            document["dates"]["issued"] = json!([found]);
        }
        ["authors", index, field @ ("post" | "name")] => {
            let Some(authors) = document["authors"].as_array_mut() else { return false };
            if authors.is_empty() {
                authors.push(json!({"post": null, "name": null}));
            }
            let Some(author) = index.parse::<usize>().ok().and_then(|i| authors.get_mut(i)) else { return false };
            author[field] = json!(now);
        }
        ["goals", index, "fields", field] => return enter_typed(document, index, field, now),
        ["goals", index, field] => return enter_of_goal(&mut document["goals"], index, field, now, year),
        // The first entry of a list that is empty: all of them, each on a line of its own.
        ["goals", _, _, "0"] | ["form", _, "text", "0"] => {
            let list = pointer.parent().and_then(|list| document.pointer_mut(list.as_str())).and_then(Value::as_array_mut);
            let Some(list) = list.filter(|list| list.is_empty()) else { return false };
            list.extend(now.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| json!(line)));
        }
        _ => return false,
    }
    true
}

fn enter_of_goal(goals: &mut Value, index: &str, field: &str, now: &str, year: Option<&FiscalYear>) -> bool {
    let Some(goal) = index.parse::<usize>().ok().and_then(|i| goals.as_array_mut()?.get_mut(i)) else { return false };
    goal[field] = match field {
        "number" => match number(now) {
            Some(n) => json!(n),
            None => return false,
        },
        "item" | "plan_category" => json!(now),
        "deadline" => [("raw".to_owned(), json!(now))].into_iter().chain(deadline(now, year)).collect::<serde_json::Map<_, _>>().into(),
        "achievement" => json!({"raw": now, "rate": rate(now)}),
        _ => return false,
    };
    true
}

/// A field that a profile adds: of the kind that it has in another goal.
fn enter_typed(document: &mut Value, index: &str, field: &str, now: &str) -> bool {
    let Some(goals) = document["goals"].as_array_mut() else { return false };
    let Some(kind) = goals.iter().find_map(|goal| goal["fields"].get(field)?.get("kind").cloned()) else { return false };
    let Some(goal) = index.parse::<usize>().ok().and_then(|i| goals.get_mut(i)?.as_object_mut()) else { return false };
    let value = if kind == "text" { json!(now) } else { Value::Null };
    let fields = goal.entry("fields").or_insert_with(|| json!({}));
    fields[field] = json!({"raw": now, "kind": kind, "value": value, "unit": null});
    true
}

type Fields = [(String, Value); 2];

fn deadline(raw: &str, year: Option<&FiscalYear>) -> Fields {
    let read = dates::deadline(raw, year);
    [("kind".to_owned(), json!(read.kind.name())), ("until".to_owned(), json!(read.until.map(|d| d.to_string())))]
}

/// A date with the words around it, as a head has it.
fn date(raw: &str) -> Fields {
    let found = dates::find(raw, &Context::default());
    let span = if let [only] = &*found { only.span() } else { None };
    let start = span.and_then(|s| s.start.or(s.end)).map(|d| d.to_string());
    let (precision, length) = match span.map(|s| s.precision) {
        None | Some(Precision::Day) => ("day", 10),
        Some(Precision::Year) => ("year", 4),
        Some(Precision::FiscalYear) => ("fiscal_year", 4),
        Some(_) => ("month", 7),
    };
    let iso = start.and_then(|day| day.get(..length).map(str::to_owned));
    [("iso".to_owned(), json!(iso)), ("precision".to_owned(), json!(precision))]
}

/// The range of percent that a text states.
fn rate(text: &str) -> Value {
    let key = normalize::match_text(text);
    let ends = seisho_forms::rate_pattern().and_then(|pattern| {
        let found = pattern.captures(&key)?;
        Some([found[1].parse::<f64>().ok()?, found[2].parse::<f64>().ok()?])
    });
    let number = |v: f64| if v.fract() == 0.0 { json!(v as u32) } else { json!(v) };
    ends.map_or(Value::Null, |[a, b]| json!({"min": number(a.min(b)), "max": number(a.max(b))}))
}

/// A text that is a number and nothing else.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let (n, length) = numerals::integer(text)?;
    if length == text.len() { n.try_into().ok() } else { None }
}

fn year_of(document: &Value) -> Option<FiscalYear> {
    let year = document.get("fiscal_year")?;
    FiscalYear::starting_in(year["raw"].as_str()?, year["gregorian"].as_i64()?.try_into().ok()?)
}

/// The fiscal year, and the deadlines that are reckoned by it.
fn write_year(document: &mut Value, now: &str) -> bool {
    let Some(year) = crate::year::of_option(now) else { return false };
    document["fiscal_year"] = json!({
        "raw": now,
        "era": year.era.name(),
        "year": year.year,
        "gregorian": year.gregorian,
        "start": year.start.to_string(),
        "end": year.end.to_string(),
    });
    for goal in document["goals"].as_array_mut().into_iter().flatten() {
        if let Some(fields) = goal.get_mut("deadline").and_then(Value::as_object_mut)
            && let Some(raw) = fields.get("raw").and_then(Value::as_str).map(str::to_owned)
        {
            fields.extend(deadline(&raw, Some(&year)));
        }
    }
    true
}
