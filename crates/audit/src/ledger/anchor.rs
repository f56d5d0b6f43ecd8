//! By what a value is known again in another file: what its document is called, and what stands around it.
//!
//! It is better that a correction is listed than that it is laid over another value. So all of it has to be the same:
//! title, department, fiscal year and dates of the document (or every value of it), number and item of the goal, labels of
//! the provision, the field, and the text before.

use crate::values::{Value, sha256, squeezed};
use seisho_model::Pointer;
use seisho_model::record::{Document, Provision};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// By what a value is known again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Its document.
    pub document: Named,
    /// What it is of its record: `goals/methods`, `sections/text`.
    pub field: String,
    /// The goal's number, as it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The goal's item, or the provision's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Labels of the provision, headings of the cell, from the outer to the inner one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// How many values of the document all of this is true of and that say the same, where it is more than one: in another
    /// file it cannot be told which of them is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namesakes: Option<u32>,
}

/// By what a document is known again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its title, as it was read.
    pub title: Option<String>,
    /// Its department.
    pub department: Option<String>,
    /// The western year in which its fiscal year starts.
    pub fiscal_year: Option<i16>,
    /// Its dates, ISO 8601: a revised edition has one more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<String>,
    /// SHA-256 of all its values without white space.
    pub content: String,
}

impl Named {
    /// What a document is known by.
    #[must_use]
    pub fn of(document: &Document, values: &[Value<'_>]) -> Self {
        // What a person entered where nothing was read is of no reading.
        let is_entered = |pointer: &str| values.iter().any(|v| v.pointer.as_str() == pointer && !v.is_read());
        let read = |pointer: &str, says: &Option<String>| {
            let value = values.iter().find(|v| v.pointer.as_str() == pointer).map(|v| v.read.clone());
            value.or_else(|| says.clone()).filter(|_| !is_entered(pointer))
        };
        let issued = document.dates.issued.iter().filter(|_| !is_entered("/dates/issued/0"));
        let dates = issued.chain(&document.dates.revised);
        let of_reading = values.iter().filter(|v| v.is_read());
        let all: String = of_reading.map(|v| format!("{}\t{}\n", field_of(v.pointer), squeezed(&v.read))).collect();
        Self {
            title: read("/title", &document.title),
            department: read("/department", &document.department),
            fiscal_year: document.fiscal_year.as_ref().filter(|_| !is_entered("/fiscal_year")).map(|y| y.gregorian),
            dates: dates.filter_map(|d| d.iso.clone()).collect(),
            content: sha256(all.as_bytes()),
        }
    }

    /// Whether both are one document. One without a title is known by all its values only.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.as_deref().map(squeezed) == b.as_deref().map(squeezed);
        let is_named = self.title.is_some() && (self.department.is_some() || !self.dates.is_empty());
        // What costs least first: every line of a ledger is held against every document.
        self.content == other.content
            || (is_named
                && self.fiscal_year == other.fiscal_year
                && self.dates == other.dates
                && same(&self.title, &other.title)
                && same(&self.department, &other.department))
    }
}

impl Anchor {
    /// All of it but the document.
    fn key(&self) -> (String, Option<String>, Option<String>, Vec<String>) {
        let of = |text: &Option<String>| text.as_deref().map(squeezed);
        (self.field.clone(), of(&self.number), of(&self.item), self.labels.iter().map(|l| squeezed(l)).collect())
    }

    /// Whether it says of which record the value is; one of the head is of none.
    pub(super) fn names_its_record(&self) -> bool {
        !self.field.starts_with("goals/") || self.number.is_some() || self.item.is_some()
    }

    /// Whether a value that stands where `other` says is the same one, whatever it says now.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.as_deref().map(squeezed) == b.as_deref().map(squeezed);
        let is_number = self.field.ends_with("/number") || self.field.ends_with("/number_raw");
        // A goal that the one reading gives no number is known by its item.
        let one_has_none = (self.number.is_none() || other.number.is_none()) && self.item.is_some();
        let is_labelled =
            self.labels.len() == other.labels.len() && self.labels.iter().zip(&other.labels).all(|(a, b)| squeezed(a) == squeezed(b));
        self.field == other.field
            && (is_number || one_has_none || self.number == other.number)
            && (self.field == "goals/item" || same(&self.item, &other.item))
            && is_labelled
    }
}

/// A value's field: its pointer without places in lists, and without the depth of a provision.
fn field_of(pointer: &Pointer) -> String {
    let names: Vec<_> = pointer.steps().filter(|s| !s.bytes().all(|b| b.is_ascii_digit()) && s != "children").collect();
    names.join("/")
}

/// The anchors of all values of a document, those included that were not read, in their order.
#[must_use]
pub fn anchors(document: &Document, values: &[Value<'_>]) -> Vec<Anchor> {
    let read = values.iter().filter(|v| v.is_read()).map(|v| (v.pointer, v.read.as_str())).collect();
    let around = Around { document, read, named: Named::of(document, values) };
    let mut found: Vec<Anchor> = values.iter().map(|value| around.anchor(value.pointer)).collect();
    let mut alike: BTreeMap<_, u32> = BTreeMap::new();
    for (anchor, value) in found.iter().zip(values) {
        *alike.entry((anchor.key(), squeezed(&value.read))).or_default() += 1;
    }
    let counts: Vec<u32> =
        found.iter().zip(values).map(|(anchor, value)| alike.get(&(anchor.key(), squeezed(&value.read))).copied().unwrap_or(1)).collect();
    for (anchor, count) in found.iter_mut().zip(counts) {
        anchor.namesakes = (count > 1).then_some(count);
    }
    found
}

struct Around<'d> {
    document: &'d Document,
    /// What was read, by pointer.
    read: BTreeMap<&'d Pointer, &'d str>,
    named: Named,
}

impl Around<'_> {
    fn anchor(&self, pointer: &Pointer) -> Anchor {
        let field = field_of(pointer);
        let record = pointer.record();
        let mut anchor = Anchor { document: self.named.clone(), field, ..Anchor::default() };
        let index = |at: usize| pointer.steps().nth(at).and_then(|s| s.parse::<usize>().ok());
        match &*pointer.root() {
            "goals" => {
                let of = |name: &str| record.as_ref().and_then(|r| self.read(&r.clone().field(name)));
                anchor.number = of("number").or_else(|| of("number_raw"));
                anchor.item = of("item");
                let goal = index(1).and_then(|i| self.document.goals.get(i));
                let other = goal.zip(index(3)).filter(|_| pointer.steps().nth(2).is_some_and(|s| s == "other"));
                anchor.labels.extend(other.and_then(|(g, i)| g.other.get(i)).map(|o| o.heading.clone()));
            }
            "sections" => {
                let record = record.unwrap_or_default();
                anchor.labels = self.labels(&record);
                let text = self.read(&record.field("text"));
                match &*pointer.name() {
                    "text" => {}
                    // A label is known by the text behind it and the labels above.
                    "label" => {
                        anchor.labels.pop();
                        anchor.item = text;
                    }
                    _ => anchor.item = text,
                }
            }
            "form" => anchor.labels = index(1).and_then(|i| self.document.form.get(i)).map(|f| f.label.clone()).unwrap_or_default(),
            "tables" => anchor.labels = self.headings(pointer).unwrap_or_default(),
            _ => {}
        }
        anchor
    }

    /// What was read at a pointer.
    fn read(&self, pointer: &Pointer) -> Option<String> {
        self.read.get(pointer).map(|read| (*read).to_owned())
    }

    /// Labels from the outermost provision to this one.
    fn labels(&self, record: &Pointer) -> Vec<String> {
        let mut labels = Vec::new();
        let mut list: &[Provision] = &self.document.sections;
        let mut at = Pointer::of("sections");
        for step in record.steps().filter_map(|s| s.parse::<usize>().ok()) {
            let Some(provision) = list.get(step) else { break };
            at = at.item(step);
            labels.push(self.read(&at.clone().field("label")).unwrap_or_else(|| provision.label.clone()));
            list = &provision.children;
            at = at.field("children");
        }
        labels
    }

    /// The cells in the first row of its column and the first column of its row.
    fn headings(&self, pointer: &Pointer) -> Option<Vec<String>> {
        let number = |at: usize| pointer.steps().nth(at)?.parse::<usize>().ok();
        let table = self.document.tables.get(number(1)?)?;
        let cell = table.cells.get(number(3)?)?;
        let named = |row: u32, col: u32| {
            let covers = |c: &&seisho_model::record::TableCell| (c.row[0]..c.row[1]).contains(&row) && (c.col[0]..c.col[1]).contains(&col);
            table.cells.iter().filter(|c| !std::ptr::eq(*c, cell)).find(covers).map_or_else(String::new, |c| c.text.clone())
        };
        Some(vec![named(0, cell.col[0]), named(cell.row[0], 0)])
    }
}
