//! What came back against what was printed: values, characters, cells.

use seisho_japanese::normalize::match_text;
use seisho_model::geometry::Rect;
use serde_json::Value;
use std::collections::BTreeMap;

/// Counts that add up over pages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) fields: u64,
    pub(crate) right: u64,
    pub(crate) chars: u64,
    pub(crate) errors: u64,
    /// Characters that are nowhere in what came back.
    pub(crate) lost: u64,
}

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, o: Self) {
        self.fields += o.fields;
        self.right += o.right;
        self.chars += o.chars;
        self.errors += o.errors;
        self.lost += o.lost;
    }
}

/// Compares two records.
pub(crate) fn score(want: &Value, got: &Value) -> Score {
    let (want, got) = (values(want), values(got));
    let mut score =
        Score { fields: want.len() as u64, lost: lost(&want, &got.values().map(String::as_str).collect::<String>()), ..Score::default() };
    for (key, text) in &want {
        let other = got.get(key).map_or("", String::as_str);
        score.right += u64::from(text == other);
        score.chars += text.chars().count() as u64;
        score.errors += edits(text, other);
    }
    score
}

/// The characters of a record that a text does not have as often.
pub(crate) fn lost(want: &BTreeMap<String, String>, text: &str) -> u64 {
    let mut counts: BTreeMap<char, i64> = BTreeMap::new();
    want.values().flat_map(|v| v.chars()).for_each(|c| *counts.entry(c).or_default() += 1);
    text.chars().for_each(|c| *counts.entry(c).or_default() -= 1);
    counts.values().filter(|n| **n > 0).sum::<i64>() as u64
}

/// The texts of a record by their place: goals by number and field, provisions by their labels.
pub(crate) fn values(record: &Value) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    out.insert("title".to_owned(), folded(&record["title"]));
    out.insert("preamble".to_owned(), folded(&record["preamble"]));
    for goal in record["goals"].as_array().into_iter().flatten() {
        for field in ["item", "plan_category", "target", "methods", "deadline", "divisions"] {
            out.insert(format!("goal {} {field}", goal["number"]), folded(&goal[field]));
        }
    }
    provisions(&record["sections"], "", &mut out);
    out
}

fn provisions(sections: &Value, path: &str, out: &mut BTreeMap<String, String>) {
    for section in sections.as_array().into_iter().flatten() {
        let path = format!("{path} {}", folded(&section["label"]));
        out.insert(path.clone(), folded(&section["text"]) + &folded(&section["body"]));
        provisions(&section["children"], &path, out);
    }
}

/// The text of a value, width and blanks aside.
pub(crate) fn folded(value: &Value) -> String {
    match value {
        Value::String(text) => match_text(text).chars().filter(|c| !c.is_whitespace()).collect(),
        Value::Array(all) => all.iter().map(folded).collect(),
        Value::Object(map) => map.get("raw").map_or_else(String::new, folded),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Levenshtein distance.
pub(crate) fn edits(a: &str, b: &str) -> u64 {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<u64> = (0..=b.len() as u64).collect();
    for (i, x) in (1..).zip(a.chars()) {
        let mut corner = std::mem::replace(&mut row[0], i);
        for (j, y) in b.iter().enumerate() {
            let changed = corner + u64::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Boxes are the same where what they share is this part of what both cover.
const SAME: f64 = 0.75;

/// How many boxes of one list are in the other, each once.
pub(crate) fn found(want: &[Rect], got: &[Rect]) -> usize {
    let area = |r: &Rect| r.width().points() * r.height().points();
    let is_same = |a: &Rect, b: &Rect| {
        let (x0, x1) = (a.x0.max(b.x0), a.x1.min(b.x1));
        let (y0, y1) = (a.y0.max(b.y0), a.y1.min(b.y1));
        let shared = if x0 < x1 && y0 < y1 { (x1 - x0).points() * (y1 - y0).points() } else { 0.0 };
        shared >= SAME * (area(a) + area(b) - shared)
    };
    let mut free: Vec<&Rect> = got.iter().collect();
    let mut take = |a: &Rect| free.iter().position(|b| is_same(a, b)).map(|i| free.swap_remove(i)).is_some();
    want.iter().filter(|a| take(a)).count()
}
