//! Every number that decides stands in one table, `tests/constants.tsv`: what it is chosen on, and what happened when it
//! was taken away (`tests/ablate`). A name that ends in `()` is a function that can be left out. A number that is in the source alone, or in the table alone, is found here.

use crate::support::{files, top};
use std::collections::{BTreeMap, BTreeSet};

/// The crates whose numbers decide what is read.
const SOLVERS: [&str; 3] = ["recover", "reading", "scan"];
const COLUMNS: [&str; 9] = ["solver", "file", "name", "value", "unit", "chosen on", "neutral", "effect", "date"];

/// Numbers that define something and decide nothing: sizes of formats, bounds of a number's type.
const DEFINITIONS: [(&str, &str); 17] = [
    // A cost that nothing outweighs.
    ("recover/src/solve/sequence.rs", "NEVER"),
    // The form of data/shapes.bin, and how it is compared.
    ("scan/src/line/shapes.rs", "SIDE"),
    ("scan/src/line/shapes.rs", "MARGIN"),
    ("scan/src/line/shapes.rs", "FIELDS"),
    ("scan/src/line/shapes.rs", "DIRECTIONS"),
    ("scan/src/line/shapes.rs", "UNIT"),
    ("scan/src/line/shapes.rs", "CHUNK"),
    ("scan/src/line/shapes.rs", "HEAD"),
    // The form of data/bearings.bin.
    ("scan/src/width/bearings.rs", "FACES"),
    ("scan/src/width/bearings.rs", "HEAD"),
    ("scan/src/width/bearings.rs", "FACE"),
    ("scan/src/width/bearings.rs", "UNIT"),
    ("scan/src/width/bearings.rs", "SHIFT"),
    // White around a picture of ink, points of a circle.
    ("scan/src/line/omissions.rs", "PAD"),
    ("scan/src/page/rings.rs", "DIRECTIONS"),
    // Threads and memory.
    ("scan/src/pages.rs", "LARGE"),
    ("scan/src/pages.rs", "MOST_THREADS"),
];

/// `file:name` and the value of every numeric constant of the source, those of tests left out.
fn in_source() -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for file in SOLVERS.iter().flat_map(|solver| files(&top().join("crates").join(solver).join("src"))) {
        let text = std::fs::read_to_string(&file).expect("a source is text");
        let at = file.strip_prefix(top().join("crates")).expect("below crates").to_string_lossy().into_owned();
        // A file that is of the tests as a whole says so at its top.
        let own = text.split("#[cfg(test)]").next().filter(|own| !own.contains("#![cfg(test)]")).unwrap_or_default();
        found.extend(own.lines().filter_map(number).map(|(name, value)| ((at.clone(), name), value)));
    }
    found
}

/// The name and the value of a constant that is a number.
fn number(line: &str) -> Option<(String, String)> {
    let line = line.trim_start();
    let line =
        line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub(super) ")).or_else(|| line.strip_prefix("pub ")).unwrap_or(line);
    let (name, rest) = line.strip_prefix("const ")?.split_once(": ")?;
    let (_, value) = rest.split_once(" = ")?;
    let value = value.split_once(';')?.0;
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '.'))
        && !digits.contains("..");
    is_number.then(|| (name.to_owned(), value.to_owned()))
}

#[test]
fn every_number_that_decides_is_in_the_table() {
    let table = std::fs::read_to_string(top().join("tests/constants.tsv")).expect("the table");
    let mut lines = table.lines();
    assert_eq!(lines.next().map(|l| l.split('\t').collect::<Vec<_>>()), Some(COLUMNS.to_vec()));
    let mut listed = BTreeMap::new();
    let has_function = |file: &str, name: &str| {
        let source = std::fs::read_to_string(top().join("crates").join(file)).unwrap_or_default();
        [format!("fn {name}("), format!("fn {name}<")].iter().any(|head| source.contains(head.as_str()))
    };
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), COLUMNS.len(), "{line}");
        assert!(cells[..7].iter().all(|c| !c.is_empty()), "only effect and date may be open: {line}");
        if let Some(function) = cells[2].strip_suffix("()") {
            assert!(has_function(cells[1], function), "{} has no function {function}", cells[1]);
            continue;
        }
        let is_new = listed.insert((cells[1].to_owned(), cells[2].to_owned()), cells[3].to_owned()).is_none();
        assert!(is_new, "twice: {line}");
    }
    let mut source = in_source();
    for (file, name) in DEFINITIONS {
        assert!(source.remove(&(file.to_owned(), name.to_owned())).is_some(), "{file}:{name} is in the list and not in the source");
    }
    let names: BTreeSet<_> = source.keys().chain(listed.keys()).collect();
    let differ: Vec<String> = names
        .into_iter()
        .filter(|key| source.get(*key) != listed.get(*key))
        .map(|key| format!("{}:{}: {:?} in the source, {:?} in the table", key.0, key.1, source.get(key), listed.get(key)))
        .collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
