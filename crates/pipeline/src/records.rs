//! A document as lines for other systems, and what it holds in numbers.

use seisho_model::geometry::Rect;
use seisho_model::output::{
    Counts, Doubt, FormRecord, GoalRecord, ProvisionRecord, Record, RecordHead, RecordType, RowCell, TableRowRecord, TextRecord, Trust,
};
use seisho_model::record::{Document, Evidence, Finding, Place, Provision, Remainder, Role, Table};
use seisho_model::{Code, Pointer};
use std::collections::{BTreeMap, BTreeSet};

/// One record a goal, provision, labelled value, row of a table or paragraph, in order: all that was read but the
/// furniture of pages. A document of which nothing was read has one line that says so.
#[must_use]
pub fn records(document: &Document) -> Vec<Record> {
    let lines = Lines::new(document);
    let mut records = Vec::with_capacity(document.goals.len() + document.sections.len());
    for (index, goal) in document.goals.iter().enumerate() {
        let pointer = Pointer::goal(index);
        let (head, trust, findings) = (lines.head(&pointer, RecordType::Goal), lines.trust(&pointer), lines.codes(&pointer));
        records.push(Record::Goal(Box::new(GoalRecord { head, goal: goal.clone(), trust, findings })));
    }
    for (index, text) in document.preamble.iter().enumerate() {
        records.push(lines.text(&Pointer::of("preamble").item(index), text, None));
    }
    let mut path = Vec::new();
    lines.provisions(&document.sections, &Pointer::section, &mut path, &mut records);
    for (index, entry) in document.form.iter().enumerate() {
        let pointer = Pointer::of("form").item(index);
        let (head, trust, findings) = (lines.head(&pointer, RecordType::Form), lines.trust(&pointer), lines.codes(&pointer));
        let page = lines.page(&pointer);
        records.push(Record::Form(Box::new(FormRecord { head, entry: entry.clone(), page, trust, findings })));
    }
    for (index, table) in document.tables.iter().enumerate() {
        lines.rows(index, table, &mut records);
    }
    for (index, left) in document.remainder.iter().enumerate().filter(|(_, r)| !is_furniture(r)) {
        records.push(lines.text(&Pointer::of("remainder").item(index), &left.text, Some(left.role)));
    }
    if records.is_empty() {
        records.push(lines.text(&Pointer::document(), "", None));
    }
    records
}

/// What every page of its kind bears, or what the record says in its own words.
fn is_furniture(left: &Remainder) -> bool {
    matches!(left.role, Role::Header | Role::Footer | Role::PageNumber | Role::TableHeader)
}

/// The later goals that a finding about a column is about as well: it is said once, at the first goal below its heading.
/// Those below another heading of the column have a finding of their own, or none.
fn goals_below(finding: &Finding, pointer: &Pointer, document: &Document) -> Vec<Pointer> {
    let of_column = |p: &Pointer| -> Option<(usize, String)> {
        let steps: Vec<_> = p.steps().collect();
        let [list, goal, field] = steps.as_slice() else { return None };
        (list == "goals").then(|| Some((goal.parse().ok()?, field.clone().into_owned())))?
    };
    let Some((first, field)) = of_column(pointer).filter(|_| finding.code == Code::M009.name()) else { return Vec::new() };
    let others = document.findings.iter().filter(|f| f.code == finding.code).filter_map(|f| of_column(f.pointer.as_ref()?));
    let end = others.filter(|(goal, other)| *other == field && *goal > first).map(|(goal, _)| goal).min().unwrap_or(document.goals.len());
    (first + 1..end).map(Pointer::goal).collect()
}

/// What lines of a document have in common.
struct Lines<'d> {
    document: &'d Document,
    /// Findings by the record that they are about.
    doubts: BTreeMap<Pointer, Vec<Doubt>>,
    /// Evidence by the record that it is of.
    evidence: BTreeMap<Pointer, Vec<(&'d Pointer, &'d Evidence)>>,
}

impl<'d> Lines<'d> {
    fn new(document: &'d Document) -> Self {
        let mut doubts: BTreeMap<Pointer, Vec<Doubt>> = BTreeMap::new();
        for finding in &document.findings {
            let Some((pointer, record)) = finding.pointer.as_ref().and_then(|p| Some((p, p.record()?))) else { continue };
            let field = field_of(pointer, &record);
            let doubt = Doubt { field, code: finding.code.clone(), message: finding.message.clone() };
            for below in goals_below(finding, pointer, document) {
                doubts.entry(below).or_default().push(doubt.clone());
            }
            doubts.entry(record).or_default().push(doubt);
        }
        let mut evidence: BTreeMap<Pointer, Vec<(&Pointer, &Evidence)>> = BTreeMap::new();
        for (pointer, found) in &document.evidence.0 {
            if let Some(record) = pointer.record() {
                evidence.entry(record).or_default().push((pointer, found));
            }
        }
        Self { document, doubts, evidence }
    }

    fn head(&self, pointer: &Pointer, record_type: RecordType) -> RecordHead {
        let document = self.document;
        RecordHead {
            record_id: format!("{}{pointer}", &document.source.sha256[..16]),
            record_type,
            source_path: document.source.path.clone(),
            source_sha256: document.source.sha256.clone(),
            kind: document.kind,
            title: document.title.clone(),
            fiscal_year: document.fiscal_year.as_ref().map(|y| y.gregorian),
            issued: document.dates.issued.iter().find_map(|d| d.iso.clone()),
            department: document.department.clone(),
            authors: document.authors.clone(),
        }
    }

    /// Codes of the findings about a record, each once.
    fn codes(&self, record: &Pointer) -> Vec<String> {
        let codes: BTreeSet<&String> = self.doubts.get(record).into_iter().flatten().map(|d| &d.code).collect();
        codes.into_iter().cloned().collect()
    }

    /// What is known of how sure a record is, and where it stands.
    fn trust(&self, record: &Pointer) -> Trust {
        let mut confidence: BTreeMap<String, f64> = BTreeMap::new();
        for (pointer, evidence) in self.evidence.get(record).into_iter().flatten() {
            if let Some(value) = evidence.confidence {
                let least = confidence.entry(field_of(pointer, record)).or_insert(value);
                *least = least.min(value);
            }
        }
        Trust { doubts: self.doubts.get(record).cloned().unwrap_or_default(), confidence, area: self.area(record) }
    }

    /// The box around a record on the page on which it starts.
    fn area(&self, record: &Pointer) -> Option<Rect> {
        let places = self.evidence.get(record).into_iter().flatten().flat_map(|(_, e)| &e.at);
        let boxes: Vec<(u32, Rect)> = places.filter_map(|p| if let Place::Box(b) = p { Some((b.page, b.rect)) } else { None }).collect();
        let first = boxes.iter().map(|(page, _)| *page).min()?;
        boxes.into_iter().filter(|(page, _)| *page == first).map(|(_, rect)| rect).reduce(Rect::union)
    }

    /// The page on which a record starts.
    fn page(&self, record: &Pointer) -> Option<u32> {
        let places = self.evidence.get(record).into_iter().flatten().flat_map(|(_, e)| &e.at);
        places.filter_map(|p| if let Place::Box(b) = p { Some(b.page) } else { None }).min()
    }

    fn text(&self, pointer: &Pointer, text: &str, role: Option<Role>) -> Record {
        let (head, trust, findings) = (self.head(pointer, RecordType::Text), self.trust(pointer), self.codes(pointer));
        Record::Text(Box::new(TextRecord { head, text: text.to_owned(), role, page: self.page(pointer), trust, findings }))
    }

    /// Records of a list of provisions and of those below them; `named` gives the pointer of the one at an index.
    fn provisions(&self, list: &[Provision], named: &dyn Fn(usize) -> Pointer, path: &mut Vec<String>, records: &mut Vec<Record>) {
        for (index, provision) in list.iter().enumerate() {
            let pointer = named(index);
            path.push(provision.label.clone());
            records.push(Record::Provision(Box::new(ProvisionRecord {
                head: self.head(&pointer, RecordType::Provision),
                path: path.clone(),
                text: provision.text.clone(),
                body: provision.body.clone(),
                page: self.page(&pointer),
                trust: self.trust(&pointer),
                findings: self.codes(&pointer),
            })));
            self.provisions(&provision.children, &|child| pointer.clone().child(child), path, records);
            path.pop();
        }
    }

    /// Records of the rows of a table; a cell over several rows is in the first.
    fn rows(&self, number: usize, table: &Table, records: &mut Vec<Record>) {
        let mut rows: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, cell) in table.cells.iter().enumerate() {
            rows.entry(cell.row[0]).or_default().push(index);
        }
        for (row, cells) in rows {
            let pointer = |cell: usize| Pointer::of("tables").item(number).field("cells").item(cell);
            let codes: BTreeSet<String> = cells.iter().flat_map(|&c| self.codes(&pointer(c))).collect();
            let page = cells.iter().find_map(|&c| self.page(&pointer(c))).or(Some(table.page));
            records.push(Record::TableRow(Box::new(TableRowRecord {
                head: self.head(&pointer(cells[0]), RecordType::TableRow),
                table: number as u32,
                row,
                cells: cells.iter().map(|&c| RowCell { col: table.cells[c].col, text: table.cells[c].text.clone() }).collect(),
                page,
                findings: codes.into_iter().collect(),
            })));
        }
    }
}

/// The field of a record that a pointer leads into: `target` for `/goals/3/target/0`.
fn field_of(pointer: &Pointer, record: &Pointer) -> String {
    let mut steps = pointer.steps().skip(record.steps().count());
    let field = steps.next().unwrap_or_default().into_owned();
    // A field of a profile is called by its own name too.
    steps.next().filter(|_| field == "fields").map_or(field.clone(), |own| format!("{field}.{own}"))
}

/// What a document holds, in numbers.
#[must_use]
pub fn counts(document: &Document) -> Counts {
    let mut counts = Counts {
        pages: document.source.pages.map_or(0, u64::from),
        goals: document.goals.len() as u64,
        provisions: count(&document.sections),
        tables: document.tables.len() as u64,
        ..Counts::default()
    };
    for finding in &document.findings {
        *counts.findings.entry(finding.code.clone()).or_default() += 1;
    }
    counts
}

fn count(provisions: &[Provision]) -> u64 {
    provisions.iter().map(|p| 1 + count(&p.children)).sum()
}
