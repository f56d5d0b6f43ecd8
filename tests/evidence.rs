//! Every value can be walked back to its place, and every visible character of the source is somewhere:
//! counted here from the output alone, by other code than the program's own check.

use crate::support::{convert, fixtures};
use serde_json::Value;
use std::collections::BTreeMap;

/// Values made from text that another value holds.
fn is_derived(document: &Value, pointer: &str) -> bool {
    let inherited = || {
        let mut parts = pointer.trim_start_matches("/goals/").split('/');
        let (index, field) = (parts.next()?.parse::<usize>().ok()?, parts.next()?);
        document["goals"][index]["inherited"].get(field)
    };
    pointer == "/department" || (pointer == "/fiscal_year") || inherited().is_some()
}

/// The characters of a text at a place: line, first column, one past the last.
fn at(lines: &[Vec<char>], place: &Value) -> (usize, std::ops::Range<usize>) {
    let number = |v: &Value| v.as_u64().expect("a number") as usize;
    let line = number(&place["line"]) - 1;
    let columns = number(&place["columns"][0]) - 1..number(&place["columns"][1]) - 1;
    assert!(columns.end <= lines[line].len(), "{place}");
    (line, columns)
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The raw text of every value stands where its evidence says, and each character is held at most once.
fn walk_back(path: &str, document: &Value, source: &str) -> BTreeMap<(usize, usize), u32> {
    let lines: Vec<Vec<char>> = source.lines().map(|l| l.chars().collect()).collect();
    let mut held = BTreeMap::new();
    let mut hold = |places: &Value, raw: &Value, counts: bool| {
        let mut text = String::new();
        for place in places.as_array().expect("places") {
            let (line, columns) = at(&lines, place);
            text.extend(&lines[line][columns.clone()]);
            for column in columns.filter(|_| counts) {
                *held.entry((line, column)).or_insert(0) += 1;
            }
        }
        assert_eq!(visible(&text), visible(raw.as_str().expect("raw")), "{path}");
    };
    for (pointer, evidence) in document["evidence"].as_object().expect("evidence") {
        assert!(document.pointer(pointer).is_some_and(|v| !v.is_null()), "{path}: {pointer} has evidence but no value");
        hold(&evidence["at"], &evidence["raw"], !is_derived(document, pointer));
    }
    for rest in document["remainder"].as_array().expect("remainder") {
        hold(&rest["at"], &rest["text"], true);
    }
    held
}

fn texts(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(pointer),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| texts(v, format!("{pointer}/{i}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(k, v)| texts(v, format!("{pointer}/{k}"), found)),
        _ => {}
    }
}

/// UTF-8 fixtures without form feeds, whose lines this test can count by itself.
fn plain_fixtures() -> Vec<(String, String, Value)> {
    let documents = convert(&[fixtures().join("documents")]).documents();
    let named = documents.into_iter().filter_map(|(path, document)| {
        let text = String::from_utf8(crate::support::read(&fixtures().join("documents").join(&path))).ok()?;
        let is_plain = document["source"]["encoding"] == "UTF-8" && !text.contains(['\u{C}', '\r']);
        is_plain.then_some((path, text, document))
    });
    named.collect()
}

#[test]
fn every_raw_text_stands_where_its_evidence_says() {
    let fixtures = plain_fixtures();
    assert!(fixtures.len() >= 8);
    for (path, source, document) in fixtures {
        let held = walk_back(&path, &document, &source);
        assert!(held.values().all(|&n| n == 1), "{path}: held twice: {:?}", held.iter().find(|(_, n)| **n > 1));
        for (line, text) in source.lines().enumerate() {
            let lost: String =
                text.chars().enumerate().filter(|(c, x)| !x.is_whitespace() && !held.contains_key(&(line, *c))).map(|(_, x)| x).collect();
            assert!(is_markup(&lost), "{path}:{}: in no value and not in the remainder: {lost}", line + 1);
        }
    }
}

/// Marks of Markdown and CSV, tags, and what HTML does not show.
fn is_markup(lost: &str) -> bool {
    let tags = lost.contains('<') || lost.ends_with('>') || lost.contains("&nbsp;");
    lost.is_empty() || tags || lost.chars().all(|c| matches!(c, '#' | '-' | '*' | '|' | ':' | '"' | ','))
}

#[test]
fn every_text_value_has_evidence() {
    for (path, _, document) in plain_fixtures() {
        let mut found = Vec::new();
        for field in ["title", "department", "authors", "goals", "preamble", "sections"] {
            texts(&document[field], format!("/{field}"), &mut found);
        }
        for pointer in found {
            // The parts of a deadline, an achievement and a date come from one text.
            let whole = ["/raw", "/kind", "/until"].iter().find_map(|part| pointer.strip_suffix(part)).unwrap_or(&pointer);
            assert!(document["evidence"].get(whole).is_some(), "{path}: no evidence for {pointer}");
        }
    }
}

#[test]
fn edits_lead_from_the_raw_text_to_the_value() {
    let mut edited = 0;
    for (path, _, document) in plain_fixtures() {
        for (pointer, evidence) in document["evidence"].as_object().expect("evidence") {
            let Some(value) = document.pointer(pointer).and_then(Value::as_str) else { continue };
            let raw = evidence["raw"].as_str().expect("raw");
            let mut text = String::new();
            let mut done = 0;
            for edit in evidence["edits"].as_array().expect("edits") {
                let range = |i: usize| edit["raw"][i].as_u64().expect("a byte") as usize;
                assert_eq!(&raw[range(0)..range(1)], edit["before"].as_str().expect("before"));
                text += &raw[done..range(0)];
                text += edit["after"].as_str().expect("after");
                done = range(1);
                edited += 1;
            }
            text += &raw[done..];
            assert_eq!(text, value, "{path}: {pointer}");
        }
    }
    assert!(edited > 20);
}

#[test]
fn every_value_of_a_drawn_page_has_boxes_on_its_page() {
    let documents = convert(&[fixtures().join("documents/goals-ruled.pdf"), fixtures().join("documents/policy-drawn.pdf")]).documents();
    assert_eq!(documents.len(), 2);
    for (path, document) in documents {
        for (pointer, evidence) in document["evidence"].as_object().expect("evidence") {
            let places = evidence["at"].as_array().expect("places");
            assert!(!places.is_empty(), "{path}: {pointer}");
            for place in places {
                let edge = |i: usize| place["box"][i].as_f64().expect("points");
                assert!(
                    place["page"] == 1 && edge(0) < edge(2) && edge(1) < edge(3) && edge(0) > 0.0 && edge(2) < 850.0,
                    "{path}: {pointer} {place}"
                );
            }
        }
        // Values further down the page stand further down in their boxes.
        let top = |pointer: &str| document["evidence"][pointer]["at"][0]["box"][1].as_f64();
        let order: Vec<f64> =
            ["/title", "/goals/0/item", "/goals/1/item", "/sections/0/label", "/sections/1/label"].iter().filter_map(|p| top(p)).collect();
        assert!(order.len() >= 3 && order.windows(2).all(|w| w[0] < w[1]), "{path}: {order:?}");
    }
}

#[test]
fn a_stamp_is_furniture_and_its_date_is_not_the_documents() {
    let text = "受付　令和8年4月3日　総務課\n令和8年4月1日\n令和8年度 市民部の運営方針\n市民部長 玉木 実\n\n1 窓口の改善\n(1) 待ち時間を短くすること。\n";
    let folder = crate::support::folder_of(&[("policy.txt", text.as_bytes())]);
    let document = convert(&[folder.path()]).documents().into_values().next().expect("a document");
    let issued: Vec<&Value> = document["dates"]["issued"].as_array().expect("dates").iter().map(|d| &d["iso"]).collect();
    assert_eq!(issued, ["2026-04-01"]);
    let stamps: Vec<&Value> = document["remainder"].as_array().expect("remainder").iter().filter(|r| r["role"] == "stamp").collect();
    assert!(stamps.len() == 1 && stamps[0]["text"].as_str().is_some_and(|t| t.starts_with("受付")), "{stamps:?}");
}
