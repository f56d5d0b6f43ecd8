//! A document as lines for other systems, and what it holds in numbers.

use seisho_model::geometry::Rect;
use seisho_model::output::{
    Counts, Doubt, FormRecord, GoalRecord, ProvisionRecord, Record, RecordHead, RecordType, RowCell, TableRowRecord, TextRecord, Trust,
};
use seisho_model::record::{Document, Evidence, Finding, Place, Provision, Remainder, Role, Table, short_id};
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
        let (head, (trust, findings)) = (lines.head(&pointer, RecordType::Goal), lines.trust(&pointer));
        records.push(Record::Goal(Box::new(GoalRecord { head, goal: goal.clone(), trust, findings })));
    }
    for (index, text) in document.preamble.iter().enumerate() {
        records.push(lines.text(&Pointer::of("preamble").item(index), text));
    }
    let mut path = Vec::new();
    lines.provisions(&document.sections, &Pointer::section, &mut path, &mut records);
    for (index, entry) in document.form.iter().enumerate() {
        let pointer = Pointer::of("form").item(index);
        let (head, (trust, findings)) = (lines.head(&pointer, RecordType::Form), lines.trust(&pointer));
        let page = lines.page(&pointer);
        records.push(Record::Form(Box::new(FormRecord { head, entry: entry.clone(), page, trust, findings })));
    }
    for (index, table) in document.tables.iter().enumerate() {
        lines.rows(index, table, &mut records);
    }
    for (index, left) in document.remainder.iter().enumerate().filter(|(_, r)| !is_furniture(r)) {
        records.push(lines.left(&Pointer::of("remainder").item(index), left));
    }
    if records.is_empty() {
        records.push(lines.text(&Pointer::document(), ""));
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
    /// Findings about what every line says of the document.
    head_doubts: Vec<Doubt>,
    /// How sure that is.
    head_confidence: BTreeMap<String, f64>,
    /// Evidence by the record that it is of.
    evidence: BTreeMap<Pointer, Vec<(&'d Pointer, &'d Evidence)>>,
}

impl<'d> Lines<'d> {
    fn new(document: &'d Document) -> Self {
        let mut doubts: BTreeMap<Pointer, Vec<Doubt>> = BTreeMap::new();
        let mut head_doubts = Vec::new();
        let doubt_of = |field, finding: &Finding| Doubt { field, code: finding.code.clone(), message: finding.message.clone() };
        // What a person has answered is no doubt any more.
        for finding in document.findings.iter().filter(|f| f.answered.is_none()) {
            let Some(pointer) = &finding.pointer else { continue };
            head_doubts.extend(pointer.field_of_document().map(|field| doubt_of(field.to_owned(), finding)));
            let Some(record) = pointer.record() else { continue };
            let doubt = doubt_of(field_of(pointer, &record), finding);
            for below in goals_below(finding, pointer, document) {
                doubts.entry(below).or_default().push(doubt.clone());
            }
            doubts.entry(record).or_default().push(doubt);
        }
        let mut evidence: BTreeMap<Pointer, Vec<(&Pointer, &Evidence)>> = BTreeMap::new();
        let mut head_confidence = BTreeMap::new();
        for (pointer, found) in &document.evidence.0 {
            // A reading's confidence says nothing of what a person wrote instead.
            let is_read = !document.corrections.contains_key(pointer);
            if let (Some(field), Some(value), true) = (pointer.field_of_document(), found.confidence, is_read) {
                lower(&mut head_confidence, field.to_owned(), value);
            }
            if let Some(record) = pointer.record() {
                evidence.entry(record).or_default().push((pointer, found));
            }
        }
        Self { document, doubts, head_doubts, head_confidence, evidence }
    }

    fn head(&self, pointer: &Pointer, record_type: RecordType) -> RecordHead {
        let document = self.document;
        RecordHead {
            record_id: format!("{}{pointer}", short_id(&document.source.id())),
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

    /// What is known of how sure a record is, and where it stands, with the codes of the findings, each once.
    fn trust(&self, record: &Pointer) -> (Trust, Vec<String>) {
        self.trust_of(&[(record, None)])
    }

    /// The same of a record in several parts of the document, each with the name of its field where it is one of its own.
    fn trust_of(&self, parts: &[(&Pointer, Option<String>)]) -> (Trust, Vec<String>) {
        let mut confidence = self.head_confidence.clone();
        let mut doubts = self.head_doubts.clone();
        for (part, field) in parts {
            let own = self.doubts.get(part).into_iter().flatten().cloned();
            doubts.extend(own.map(|doubt| Doubt { field: field.clone().unwrap_or(doubt.field), ..doubt }));
            for (pointer, evidence) in self.evidence.get(part).into_iter().flatten() {
                if let Some(value) = evidence.confidence.filter(|_| !self.document.corrections.contains_key(pointer)) {
                    lower(&mut confidence, field.clone().unwrap_or_else(|| field_of(pointer, part)), value);
                }
            }
        }
        let codes: BTreeSet<String> = doubts.iter().map(|d| d.code.clone()).collect();
        (Trust { doubts, confidence, area: self.area(parts.iter().map(|(part, _)| *part)) }, codes.into_iter().collect())
    }

    /// The box around a record on the page on which it starts.
    fn area<'p>(&self, parts: impl Iterator<Item = &'p Pointer>) -> Option<Rect> {
        area(parts.flat_map(|part| self.evidence.get(part)).flatten().flat_map(|(_, e)| &e.at))
    }

    /// The page on which a record starts.
    fn page(&self, record: &Pointer) -> Option<u32> {
        page(self.evidence.get(record).into_iter().flatten().flat_map(|(_, e)| &e.at))
    }

    /// Text that is in no value says itself where it stands.
    fn left(&self, pointer: &Pointer, left: &Remainder) -> Record {
        let (trust, findings) = self.trust(pointer);
        let trust = Trust { area: area(&left.at), ..trust };
        let (head, text, role) = (self.head(pointer, RecordType::Text), left.text.clone(), Some(left.role));
        Record::Text(Box::new(TextRecord { head, text, role, page: page(&left.at), trust, findings }))
    }

    fn text(&self, pointer: &Pointer, text: &str) -> Record {
        let (head, (trust, findings)) = (self.head(pointer, RecordType::Text), self.trust(pointer));
        Record::Text(Box::new(TextRecord { head, text: text.to_owned(), role: None, page: self.page(pointer), trust, findings }))
    }

    /// Records of a list of provisions and of those below them; `named` gives the pointer of the one at an index.
    fn provisions(&self, list: &[Provision], named: &dyn Fn(usize) -> Pointer, path: &mut Vec<String>, records: &mut Vec<Record>) {
        for (index, provision) in list.iter().enumerate() {
            let pointer = named(index);
            path.push(provision.label.clone());
            let (trust, findings) = self.trust(&pointer);
            records.push(Record::Provision(Box::new(ProvisionRecord {
                head: self.head(&pointer, RecordType::Provision),
                path: path.clone(),
                text: provision.text.clone(),
                body: provision.body.clone(),
                page: self.page(&pointer),
                trust,
                findings,
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
            let pointers: Vec<Pointer> = cells.iter().map(|&c| Pointer::of("tables").item(number).field("cells").item(c)).collect();
            let field = |cell: usize| Some(format!("cells.{}", table.cells[cell].col[0]));
            let parts: Vec<_> = pointers.iter().zip(&cells).map(|(pointer, &cell)| (pointer, field(cell))).collect();
            let (trust, findings) = self.trust_of(&parts);
            let page = pointers.iter().find_map(|pointer| self.page(pointer)).or(Some(table.page));
            records.push(Record::TableRow(Box::new(TableRowRecord {
                head: self.head(&pointers[0], RecordType::TableRow),
                table: number as u32,
                row,
                cells: cells.iter().map(|&c| RowCell { col: table.cells[c].col, text: table.cells[c].text.clone() }).collect(),
                page,
                trust,
                findings,
            })));
        }
    }
}

/// The boxes of some places, with their pages.
fn boxes<'p>(places: impl IntoIterator<Item = &'p Place>) -> impl Iterator<Item = (u32, Rect)> {
    places.into_iter().filter_map(|p| if let Place::Box(b) = p { Some((b.page, b.rect)) } else { None })
}

/// The first page of some places.
fn page<'p>(places: impl IntoIterator<Item = &'p Place>) -> Option<u32> {
    boxes(places).map(|(page, _)| page).min()
}

/// The box around those of some places that are on the first page.
fn area<'p>(places: impl IntoIterator<Item = &'p Place>) -> Option<Rect> {
    let boxes: Vec<(u32, Rect)> = boxes(places).collect();
    let first = boxes.iter().map(|(page, _)| *page).min()?;
    boxes.into_iter().filter(|(page, _)| *page == first).map(|(_, rect)| rect).reduce(Rect::union)
}

/// Keeps the least of the values of a field.
fn lower(confidence: &mut BTreeMap<String, f64>, field: String, value: f64) {
    let least = confidence.entry(field).or_insert(value);
    *least = least.min(value);
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
