//! Values that a document has room for and does not have: a deadline that is null, a goal without a number. They have no
//! evidence, so a person who looks at values would never see them; and what is missing can be entered like any correction.

use crate::values::{Value, text_at, values};
use seisho_model::Pointer;
use seisho_model::geometry::Rect;
use seisho_model::record::{BoxPlace, Document, Finding, Kind, Place, Provision, SheetPlace};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of a goal in their order, and whether they hold a list.
const FIELDS: [(&str, bool); 8] = [
    ("number", false),
    ("item", false),
    ("plan_category", false),
    ("target", true),
    ("methods", true),
    ("deadline", false),
    ("divisions", true),
    ("achievement", false),
];

/// The values that were not read, in the order of the document: of its head where it is a policy or has goals, of the
/// fields that its form has, and wherever a finding says that one is missing. That of an empty list is its first entry.
#[must_use]
pub fn gaps(document: &Document) -> Vec<Pointer> {
    let json = serde_json::to_value(document).unwrap_or_default();
    let held: BTreeSet<&Pointer> = document.evidence.0.iter().map(|(pointer, _)| pointer).collect();
    let is_missing = |pointer: &Pointer| {
        let is_filled_in = document.corrections.get(pointer).is_some_and(|c| c.was.is_empty());
        let has_evidence = held.range::<Pointer, _>(pointer..).next().is_some_and(|at| at.is_within(pointer));
        !has_evidence && (is_filled_in || text_at(&json, pointer).is_none_or(|text| text.is_empty()))
    };
    let mut found = head(document);
    found.extend(goals(document));
    texts(&document.sections, &|index| Pointer::section(index), &mut found);
    let entries = document.form.iter().enumerate().filter(|(_, entry)| entry.text.is_empty());
    found.extend(entries.map(|(index, _)| Pointer::of("form").item(index).field("text").item(0)));
    found.retain(is_missing);
    found
}

/// The values of a document and those that it has room for: first those that were read or entered, then those of `gaps` that
/// nobody has entered.
#[must_use]
pub fn with_gaps<'d>(document: &'d Document, gaps: &'d [Pointer]) -> Vec<Value<'d>> {
    let open = gaps.iter().filter(|gap| !document.corrections.contains_key(gap));
    values(document).into_iter().chain(open.map(Value::missing)).collect()
}

/// The findings that say of a value that it is missing: at it, or at the empty list that it would be the first of.
pub fn findings_of_gap<'d>(document: &'d Document, gap: &Pointer) -> impl Iterator<Item = &'d Finding> {
    let gap = gap.clone();
    document.findings.iter().filter(move |f| f.pointer.as_ref().is_some_and(|about| is_at(about, &gap)))
}

/// Whether a finding at a place is about this gap: not where it is about a whole record, or all of them.
fn is_at(about: &Pointer, gap: &Pointer) -> bool {
    let is_of_records = matches!(&*about.root(), "goals" | "sections" | "form" | "tables");
    gap.is_within(about) && about.steps().count() > if is_of_records { 2 } else { 0 }
}

/// What a head has in a document of this kind, or what a finding misses in it.
fn head(document: &Document) -> Vec<Pointer> {
    let authors = Pointer::of("authors");
    let mut all = vec![Pointer::of("title"), Pointer::of("fiscal_year"), Pointer::of("dates").field("issued").item(0)];
    for index in 0..document.authors.len().max(1) {
        all.extend(["post", "name"].map(|field| authors.clone().item(index).field(field)));
    }
    all.push(Pointer::of("department"));
    let has_head = matches!(document.kind, Kind::GoalTable | Kind::Policy);
    all.retain(|pointer| has_head || findings_of_gap(document, pointer).next().is_some());
    all
}

/// The fields of goals that the form has: those that any goal has, and those that a finding misses.
fn goals(document: &Document) -> Vec<Pointer> {
    let of_goals = |pointer: &Pointer| {
        let mut steps = pointer.steps();
        (steps.next()? == "goals").then(|| steps.nth(1).map(std::borrow::Cow::into_owned))?
    };
    let used: BTreeSet<String> = document.evidence.0.iter().filter_map(|(pointer, _)| of_goals(pointer)).collect();
    let typed: BTreeSet<&String> = document.goals.iter().flat_map(|goal| goal.fields.keys()).collect();
    let missed: Vec<&Pointer> = document.findings.iter().filter_map(|f| f.pointer.as_ref()).filter(|at| at.root() == "goals").collect();
    let mut found = Vec::new();
    for (index, goal) in document.goals.iter().enumerate() {
        let at = Pointer::goal(index);
        for (field, is_list) in FIELDS {
            let pointer = if is_list { at.clone().field(field).item(0) } else { at.clone().field(field) };
            // A number that is printed as no plain one stands in another field.
            let is_of_form = used.contains(field) && !(field == "number" && goal.number_raw.is_some());
            if is_of_form || missed.iter().any(|about| is_at(about, &pointer)) {
                found.push(pointer);
            }
        }
        found.extend(typed.iter().map(|name| at.clone().field("fields").field(name)));
    }
    found
}

/// Provisions without a text.
fn texts(list: &[Provision], named: &dyn Fn(usize) -> Pointer, found: &mut Vec<Pointer>) {
    for (index, provision) in list.iter().enumerate() {
        let at = named(index);
        if provision.text.is_empty() {
            found.push(at.clone().field("text"));
        }
        texts(&provision.children, &|child| at.clone().child(child), found);
    }
}

/// Where a value that was not read would stand, as far as what stands around it tells: the place that a finding names, the
/// row of its goal in the column of its field, the record that it is of, the head.
#[must_use]
pub fn near(document: &Document, gap: &Pointer) -> Vec<Place> {
    if let Some(finding) = findings_of_gap(document, gap).find(|f| !f.at.is_empty()) {
        return finding.at.clone();
    }
    let places = |is: &dyn Fn(&Pointer) -> bool| -> Vec<Place> {
        document.evidence.0.iter().filter(|(pointer, _)| is(pointer)).flat_map(|(_, e)| e.at.iter().cloned()).collect()
    };
    let Some(record) = gap.record() else {
        let head = places(&|pointer| matches!(&*pointer.root(), "title" | "fiscal_year" | "dates" | "authors" | "department"));
        let all = if head.is_empty() { places(&|_| true) } else { head };
        return all.into_iter().take(1).collect();
    };
    let row = places(&|pointer| pointer.is_within(&record));
    let name = gap.name().into_owned();
    let column = places(&|pointer| pointer.root() == gap.root() && pointer.name() == name);
    crossing(&row, &column).map_or(row, |place| vec![place])
}

/// Where a row and a column cross, on a page or a sheet.
fn crossing(row: &[Place], column: &[Place]) -> Option<Place> {
    match row.first()? {
        Place::Box(first) => {
            let on_page = |places: &[Place]| -> Vec<Rect> {
                places.iter().filter_map(|p| if let Place::Box(b) = p { (b.page == first.page).then_some(b.rect) } else { None }).collect()
            };
            let row = around(&on_page(row))?;
            let column = around(&on_page(column)).unwrap_or(row);
            Some(Place::Box(BoxPlace { page: first.page, rect: Rect { x0: column.x0, x1: column.x1, y0: row.y0, y1: row.y1 } }))
        }
        Place::Cell(first) => {
            let digits = |cell: &str| cell.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
            let of_sheet = |p: &Place| if let Place::Cell(c) = p { (c.sheet == first.sheet).then(|| c.cell.clone()) } else { None };
            let mut columns: BTreeMap<String, u32> = BTreeMap::new();
            for cell in column.iter().filter_map(of_sheet) {
                *columns.entry(cell.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()).or_default() += 1;
            }
            let (most, _) = columns.into_iter().max_by_key(|(_, count)| *count)?;
            Some(Place::Cell(SheetPlace { sheet: first.sheet.clone(), cell: format!("{most}{}", digits(&first.cell)) }))
        }
        Place::Line(_) | Place::Bytes(_) => None,
    }
}

fn around(boxes: &[Rect]) -> Option<Rect> {
    boxes.iter().copied().reduce(|a, b| Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) })
}
