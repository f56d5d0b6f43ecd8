//! What a profile says must hold in every record. Finds; changes nothing.

use seisho_forms::profiles::{CheckEntry, FieldEntry, Profile, Rule};
use seisho_forms::{Field, FieldKind};
use seisho_japanese::dates::FiscalYear;
use seisho_japanese::normalize::match_text;
use seisho_model::codes::goals::{m015, m016, m017};
use seisho_model::record::{FormEntry, Goal, Scalar, TypedValue};
use seisho_model::{Finding, Pointer};
use std::collections::BTreeSet;

/// Checks the goals of a document.
pub(crate) fn goals(profile: &Profile, goals: &[Goal], year: Option<&FiscalYear>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, goal) in goals.iter().enumerate() {
        for (field, entry) in profile.fields.iter().zip(&profile.file.fields) {
            let pointer = place(index, *field, entry);
            let text = text(goal, *field, entry);
            if entry.required && text.is_none() {
                findings.push(m016::missing(&entry.id).about(pointer.clone()));
            }
            // Those of the profile's own fields were read as choices.
            let is_listed = |t: &str| entry.choices.iter().any(|c| match_text(c) == match_text(t));
            if let Some(text) = text.filter(|t| field.is_named() && !entry.choices.is_empty() && !is_listed(t)) {
                findings.push(m015::unreadable(&entry.id, &text, ["選択肢の一つ", "one of the choices"]).about(pointer));
            }
        }
    }
    for check in &profile.file.checks {
        run(check, profile, goals, year, &mut findings);
    }
    findings
}

fn run(check: &CheckEntry, profile: &Profile, goals: &[Goal], year: Option<&FiscalYear>, findings: &mut Vec<Finding>) {
    let entries: Vec<(Field, &FieldEntry)> =
        profile.fields.iter().copied().zip(&profile.file.fields).filter(|(_, e)| check.fields.contains(&e.id)).collect();
    match check.rule {
        Rule::NumbersRun => {
            for (index, goal) in goals.iter().enumerate() {
                let wanted = u32::try_from(index + 1).unwrap_or(u32::MAX);
                if let Some(number) = goal.number.filter(|n| *n != wanted) {
                    findings.push(m017::out_of_row(number, wanted).about(Pointer::goal(index).field("number")));
                }
            }
        }
        Rule::DateInYear => {
            for (index, goal) in goals.iter().enumerate() {
                for (field, entry) in &entries {
                    let doubt = outside(entry, day(goal, *field, entry), year);
                    findings.extend(doubt.map(|d| d.about(place(index, *field, entry))));
                }
            }
        }
        Rule::Sum => {
            let Some(total) = &check.total else { return };
            for (index, goal) in goals.iter().enumerate() {
                let parts = entries.iter().map(|(_, e)| goal.fields.get(&e.id)).collect();
                let doubt = other_sum(total, goal.fields.get(total), parts);
                findings.extend(doubt.map(|d| d.about(Pointer::goal(index).field("fields").field(total))));
            }
        }
        Rule::Unique => {
            for (field, entry) in entries {
                let mut seen = BTreeSet::new();
                for (index, goal) in goals.iter().enumerate() {
                    if let Some(text) = text(goal, field, entry).filter(|t| !seen.insert(match_text(t))) {
                        findings.push(m017::twice(&entry.id, &text).about(place(index, field, entry)));
                    }
                }
            }
        }
    }
}

/// Checks the labelled values of a form.
pub(crate) fn form(profile: &Profile, entries: &[FormEntry], year: Option<&FiscalYear>) -> Vec<Finding> {
    let all = |id: &str| -> Vec<(usize, &TypedValue)> {
        let of = entries.iter().enumerate().filter(|(_, e)| e.field.as_deref() == Some(id));
        of.filter_map(|(i, e)| Some((i, e.typed.as_ref()?))).collect()
    };
    let place = |index: usize| Pointer::of("form").item(index);
    let mut findings = Vec::new();
    for entry in profile.file.fields.iter().filter(|e| e.required) {
        if all(&entry.id).iter().all(|(_, v)| v.raw.trim().is_empty()) {
            findings.push(m016::missing(&entry.id));
        }
    }
    for check in &profile.file.checks {
        let fields = || profile.file.fields.iter().filter(|e| check.fields.contains(&e.id));
        match check.rule {
            Rule::NumbersRun => {}
            Rule::DateInYear => {
                for (entry, (index, value)) in fields().flat_map(|e| all(&e.id).into_iter().map(move |v| (e, v))) {
                    let day = if let Some(Scalar::Text(day)) = &value.value { Some(day.clone()) } else { None };
                    findings.extend(outside(entry, day, year).map(|d| d.about(place(index))));
                }
            }
            Rule::Sum => {
                let Some(total) = &check.total else { continue };
                let only = |id: &str| all(id).first().filter(|_| all(id).len() == 1).copied();
                let parts = fields().map(|e| only(&e.id).map(|(_, v)| v)).collect();
                let doubt = other_sum(total, only(total).map(|(_, v)| v), parts);
                findings.extend(doubt.zip(only(total)).map(|(d, (index, _))| d.about(place(index))));
            }
            Rule::Unique => {
                for entry in fields() {
                    let mut seen = BTreeSet::new();
                    for (index, value) in all(&entry.id).into_iter().filter(|(_, v)| !seen.insert(match_text(&v.raw))) {
                        findings.push(m017::twice(&entry.id, &value.raw).about(place(index)));
                    }
                }
            }
        }
    }
    findings
}

/// A day outside the document's year.
fn outside(entry: &FieldEntry, day: Option<String>, year: Option<&FiscalYear>) -> Option<Finding> {
    let (day, year) = (day?, year?);
    let is_outside = day < year.start.to_string() || day > year.end.to_string();
    is_outside.then(|| m017::outside_the_year(&entry.id, &day, &year.raw))
}

/// A total that is not the sum of its parts, where all can be read.
fn other_sum(id: &str, total: Option<&TypedValue>, parts: Vec<Option<&TypedValue>>) -> Option<Finding> {
    /// Decimals are printed with three places at most.
    const NEAR: f64 = 0.0005;
    let total = number(total?)?;
    let sum: f64 = parts.into_iter().map(|p| p.and_then(number)).sum::<Option<f64>>()?;
    ((sum - total).abs() > NEAR).then(|| m017::other_sum(id, &total.to_string(), &sum.to_string()))
}

/// Where a field of a goal stands.
fn place(index: usize, field: Field, entry: &FieldEntry) -> Pointer {
    match field {
        Field::Own(_) => Pointer::goal(index).field("fields").field(&entry.id),
        named => Pointer::goal(index).field(named.name()),
    }
}

/// What a field of a goal holds; none for nothing.
fn text(goal: &Goal, field: Field, entry: &FieldEntry) -> Option<String> {
    let joined = |list: &[String]| list.join("\n");
    let text = match (field, field.kind()) {
        (Field::Own(_), _) => goal.fields.get(&entry.id).map(|v| v.raw.clone()),
        (_, FieldKind::Number) => goal.number.map(|n| n.to_string()).or_else(|| goal.number_raw.clone()),
        (_, FieldKind::Text) => goal.item.clone(),
        (_, FieldKind::Choice) => goal.plan_category.clone(),
        (_, FieldKind::Date) => goal.deadline.as_ref().map(|d| d.raw.clone()),
        (_, FieldKind::Names) => Some(joined(&goal.divisions)),
        (_, FieldKind::Rate) => goal.achievement.as_ref().map(|a| a.raw.clone()),
        (field, FieldKind::Items) => Some(joined(if field == Field::Methods { &goal.methods } else { &goal.target })),
        (_, FieldKind::Free) => None,
    };
    text.filter(|t| !t.trim().is_empty())
}

fn day(goal: &Goal, field: Field, entry: &FieldEntry) -> Option<String> {
    match goal.fields.get(&entry.id).map(|v| &v.value) {
        Some(Some(Scalar::Text(day))) => Some(day.clone()),
        _ if field.kind() == FieldKind::Date => goal.deadline.as_ref().and_then(|d| d.until.clone()),
        _ => None,
    }
}

fn number(value: &TypedValue) -> Option<f64> {
    match value.value {
        Some(Scalar::Whole(n)) => Some(n as f64),
        Some(Scalar::Decimal(n)) => Some(n),
        _ => None,
    }
}
