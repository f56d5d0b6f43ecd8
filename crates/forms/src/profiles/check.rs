//! Whether a profile is one: all that is wrong with it, each with its line.

use super::file::Rule;
use super::problem::{Fault, Problem, Type};
use super::value::MONEY;
use crate::profile::HeadField;
use crate::{Field, headings};
use seisho_japanese::normalize::match_text;
use seisho_model::record::ValueKind;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// The keys that can stand in a place, with their types.
type Keys = &'static [(&'static str, Type)];

const PROFILE: Keys = &[
    ("id", Type::Text),
    ("version", Type::Text),
    ("name", Type::Text),
    ("record", Type::Text),
    ("titles", Type::Texts),
    ("marks", Type::Texts),
    ("fields", Type::Tables),
    ("checks", Type::Tables),
    ("head", Type::Table),
    ("bullets", Type::Texts),
    ("unit_suffixes", Type::Texts),
    ("whole_units", Type::Texts),
    ("categories", Type::Texts),
    ("general", Type::Texts),
    ("other", Type::Table),
    ("endings", Type::Table),
];
const FIELD: Keys = &[
    ("id", Type::Text),
    ("headings", Type::Texts),
    ("words", Type::Texts),
    ("kind", Type::Text),
    ("unit", Type::Text),
    ("choices", Type::Texts),
    ("required", Type::Flag),
    ("inherited", Type::Flag),
];
const CHECK: Keys = &[("rule", Type::Text), ("fields", Type::Texts), ("total", Type::Text)];
const OTHER: Keys = &[("words", Type::Texts), ("times", Type::Texts)];
const ENDINGS: Keys =
    &[("states", Type::Texts), ("results", Type::Texts), ("plans", Type::Texts), ("grades", Type::Texts), ("changes", Type::Texts)];

/// All that is wrong with a profile. `is_built_in`: its id may be one of the program's own.
pub(super) fn problems(text: &str, is_built_in: bool) -> Vec<Problem> {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map(|span| line_of(text, span.start));
            return vec![Problem { line, fault: Fault::Syntax(error.message().to_owned()) }];
        }
    };
    let mut checker = Checker { text, problems: Vec::new() };
    checker.profile(table.get_ref(), is_built_in);
    checker.problems.sort_by_key(|p| p.line);
    checker.problems
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
}

struct Checker<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

/// A text with its place.
type Text<'a> = (&'a str, usize);

impl Checker<'_> {
    fn add(&mut self, at: usize, fault: Fault) {
        self.problems.push(Problem { line: Some(line_of(self.text, at)), fault });
    }

    fn whole(&mut self, fault: Fault) {
        self.problems.push(Problem { line: None, fault });
    }

    /// Keys that cannot stand there, and values of another type.
    fn keys(&mut self, table: &DeTable<'_>, keys: Keys) {
        for (key, value) in table {
            let (name, at) = (key.get_ref().as_ref(), key.span().start);
            let Some((_, wanted)) = keys.iter().find(|(known, _)| *known == name) else {
                let near = keys.iter().map(|(k, _)| *k).find(|k| is_near(k, name));
                let known = keys.iter().map(|(k, _)| *k).collect::<Vec<_>>().join(", ");
                self.add(at, Fault::UnknownKey { key: name.to_owned(), near, known });
                continue;
            };
            if !is_of(value.get_ref(), *wanted) {
                self.add(at, Fault::WrongType { key: name.to_owned(), wanted: *wanted });
            } else if is_empty(value.get_ref()) {
                self.add(at, Fault::Empty(name.to_owned()));
            }
        }
    }

    fn profile(&mut self, table: &DeTable<'_>, is_built_in: bool) {
        self.keys(table, PROFILE);
        let is_id = |id: &str| {
            id.len() <= 64
                && id.starts_with(|c: char| c.is_ascii_lowercase())
                && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        match text(table, "id") {
            Some((id, at)) if !is_id(id) => self.add(at, Fault::BadId(id.to_owned())),
            Some((id, at)) if !is_built_in && super::BUILT_IN.contains(&id) => self.add(at, Fault::BuiltInId(id.to_owned())),
            Some(_) => {}
            None if !table.contains_key("id") => self.whole(Fault::Missing("id")),
            None => {}
        }
        if !table.contains_key("version") {
            self.whole(Fault::Missing("version"));
        }
        let record = text(table, "record");
        let record = match record {
            None => "goal",
            Some((record @ ("goal" | "form"), _)) => record,
            Some(("policy", _)) if is_built_in => "policy",
            Some((other, at)) => {
                self.add(at, Fault::UnknownRecord(other.to_owned()));
                return;
            }
        };
        for (title, at) in texts(table, "titles") {
            if title.chars().count() < 2 {
                self.add(at, Fault::ShortTitle(title.to_owned()));
            }
        }
        for (place, keys) in [("other", OTHER), ("endings", ENDINGS)] {
            if let Some(inner) = table.get(place).and_then(|v| v.get_ref().as_table()) {
                self.keys(inner, keys);
            }
        }
        self.head(table);
        if record == "policy" {
            return;
        }
        let fields = self.fields(table, record);
        for (mark, at) in texts(table, "marks") {
            let is_heading = |f: &FieldOf<'_>| f.headings.iter().any(|h| *h == match_text(mark));
            if !fields.iter().any(is_heading) {
                self.add(at, Fault::MarkOfNoField(mark.to_owned()));
            }
        }
        for (check, at) in tables(table, "checks") {
            self.check(check, at, &fields);
        }
    }

    fn head(&mut self, table: &DeTable<'_>) {
        let Some(head) = table.get("head").and_then(|v| v.get_ref().as_table()) else { return };
        for (key, value) in head {
            let name = key.get_ref().as_ref();
            if !HeadField::NAMES.iter().any(|(known, _)| *known == name) {
                self.add(key.span().start, Fault::UnknownHead(name.to_owned()));
            } else if !is_of(value.get_ref(), Type::Texts) {
                self.add(key.span().start, Fault::WrongType { key: name.to_owned(), wanted: Type::Texts });
            }
        }
    }

    fn fields<'a>(&mut self, table: &'a DeTable<'_>, record: &str) -> Vec<FieldOf<'a>> {
        let mut fields: Vec<FieldOf<'_>> = Vec::new();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let entries = tables(table, "fields");
        if entries.is_empty() && table.get("fields").is_none_or(|v| v.get_ref().is_array()) {
            self.whole(Fault::NoFields);
            return fields;
        }
        for (entry, at) in entries {
            self.keys(entry, FIELD);
            let Some((id, id_at)) = text(entry, "id") else {
                if !entry.contains_key("id") {
                    self.add(at, Fault::Missing("id"));
                }
                continue;
            };
            let is_id = id.chars().all(|c| c.is_alphanumeric() || c == '_') && !id.starts_with(|c: char| c.is_numeric());
            if !is_id {
                self.add(id_at, Fault::BadFieldId(id.to_owned()));
            }
            if fields.iter().any(|f| f.id == id) {
                self.add(id_at, Fault::SameField(id.to_owned()));
                continue;
            }
            let of_goal = Field::named(id);
            if record == "form" && of_goal.is_some() {
                self.add(id_at, Fault::GoalField(id.to_owned()));
            }
            if !entry.contains_key("headings") {
                self.add(at, Fault::Missing("headings"));
            }
            let headings = self.headings(entry, id, &mut taken);
            let kind = self.kind(entry, at, id, of_goal.is_some());
            fields.push(FieldOf { id, headings, kind, of_goal });
        }
        let says_what = |f: &FieldOf<'_>| f.of_goal.is_some_and(Field::is_wide);
        if record == "goal" && !fields.is_empty() && !fields.iter().any(says_what) {
            self.whole(Fault::NoItem);
        }
        fields
    }

    fn headings(&mut self, entry: &DeTable<'_>, id: &str, taken: &mut BTreeMap<String, String>) -> Vec<String> {
        let mut keys = Vec::new();
        for (heading, at) in texts(entry, "headings") {
            let key = match_text(heading);
            if heading.len() > headings::LONGEST {
                self.add(at, Fault::HeadingTooLong(heading.to_owned()));
            } else if keys.contains(&key) {
                self.add(at, Fault::HeadingTwice(heading.to_owned()));
            } else if let Some(field) = taken.get(&key) {
                self.add(at, Fault::SameHeading { heading: heading.to_owned(), field: field.clone() });
            } else {
                taken.insert(key.clone(), id.to_owned());
                keys.push(key);
            }
        }
        keys
    }

    /// The kind of a field, and whether unit and choices go with it.
    fn kind(&mut self, table: &DeTable<'_>, at: usize, id: &str, of_goal: bool) -> Option<ValueKind> {
        let written = text(table, "kind");
        let kind = match written {
            Some((_, at)) if of_goal => {
                self.add(at, Fault::FixedKind(id.to_owned()));
                return None;
            }
            Some((name, at)) => {
                let kind = ValueKind::ALL.into_iter().find(|k| k.name() == name);
                if kind.is_none() {
                    self.add(at, Fault::UnknownKind(name.to_owned()));
                    return None;
                }
                kind
            }
            None if !of_goal && !table.contains_key("kind") => {
                self.add(at, Fault::NoKind(id.to_owned()));
                return None;
            }
            None => None,
        };
        if let Some((unit, at)) = text(table, "unit") {
            match kind {
                Some(ValueKind::Money) if !MONEY.iter().any(|(name, _)| *name == unit) => {
                    self.add(at, Fault::UnknownMoney(unit.to_owned()))
                }
                Some(ValueKind::Money | ValueKind::Number) => {}
                other => {
                    let kind = other.map_or("text", ValueKind::name).to_owned();
                    self.add(at, Fault::UnitOfKind { field: id.to_owned(), kind });
                }
            }
        }
        let choices = texts(table, "choices");
        // A field of the contract may have choices too: plan_category, achievement.
        if kind == Some(ValueKind::Choice) && !table.contains_key("choices") {
            self.add(at, Fault::NoChoices(id.to_owned()));
        }
        if let Some((_, at)) = choices.first().filter(|_| !of_goal && kind != Some(ValueKind::Choice)) {
            self.add(*at, Fault::ChoicesOfKind(id.to_owned()));
        }
        let mut seen = Vec::new();
        for (choice, at) in choices {
            let key = match_text(choice);
            if seen.contains(&key) {
                self.add(at, Fault::ChoiceTwice(choice.to_owned()));
            }
            seen.push(key);
        }
        kind
    }

    fn check(&mut self, table: &DeTable<'_>, at: usize, fields: &[FieldOf<'_>]) {
        self.keys(table, CHECK);
        let Some((name, rule_at)) = text(table, "rule") else {
            if !table.contains_key("rule") {
                self.add(at, Fault::Missing("rule"));
            }
            return;
        };
        let Some((rule, kind)) = Rule::NAMES.iter().find(|(known, _)| *known == name).copied() else {
            self.add(rule_at, Fault::UnknownRule(name.to_owned()));
            return;
        };
        let named = texts(table, "fields");
        let total = text(table, "total");
        match kind {
            Rule::NumbersRun => {
                if let Some((_, at)) = named.first() {
                    self.add(*at, Fault::NotOfRule { key: "fields", rule });
                }
            }
            _ if !table.contains_key("fields") => self.add(at, Fault::RuleWithoutFields(rule)),
            _ => {}
        }
        match total {
            Some((_, at)) if kind != Rule::Sum => self.add(at, Fault::NotOfRule { key: "total", rule }),
            None if kind == Rule::Sum && !table.contains_key("total") => self.add(at, Fault::Missing("total")),
            Some((total, at)) if named.iter().any(|(f, _)| *f == total) => self.add(at, Fault::SumOfItself(total.to_owned())),
            _ => {}
        }
        for (id, at) in named.into_iter().chain(total) {
            let Some(field) = fields.iter().find(|f| f.id == id) else {
                self.add(at, Fault::NoSuchField(id.to_owned()));
                continue;
            };
            let fits = match kind {
                Rule::DateInYear => field.kind == Some(ValueKind::Date) || field.of_goal == Some(Field::Deadline),
                Rule::Sum => matches!(field.kind, Some(ValueKind::Number | ValueKind::Money)),
                Rule::NumbersRun | Rule::Unique => true,
            };
            if !fits {
                let wanted = if kind == Rule::Sum { "number, money" } else { "date" };
                self.add(at, Fault::RuleOfKind { rule, field: id.to_owned(), wanted });
            }
        }
    }
}

/// A field as far as it could be read.
struct FieldOf<'a> {
    id: &'a str,
    /// Match keys.
    headings: Vec<String>,
    kind: Option<ValueKind>,
    of_goal: Option<Field>,
}

fn text<'a>(table: &'a DeTable<'_>, key: &str) -> Option<Text<'a>> {
    let value = table.get(key)?;
    let text = value.get_ref().as_str()?;
    (!text.trim().is_empty()).then_some((text, value.span().start))
}

fn texts<'a>(table: &'a DeTable<'_>, key: &str) -> Vec<Text<'a>> {
    let list = table.get(key).and_then(|v| v.get_ref().as_array());
    list.into_iter().flatten().filter_map(|v| Some((v.get_ref().as_str()?, v.span().start))).collect()
}

fn tables<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Vec<(&'a DeTable<'i>, usize)> {
    let list = table.get(key).and_then(|v| v.get_ref().as_array());
    list.into_iter().flatten().filter_map(|v| Some((v.get_ref().as_table()?, v.span().start))).collect()
}

fn is_of(value: &DeValue<'_>, wanted: Type) -> bool {
    let all = |is: fn(&DeValue<'_>) -> bool| value.as_array().is_some_and(|l| l.iter().all(|v| is(v.get_ref())));
    match wanted {
        Type::Text => value.is_str(),
        Type::Flag => value.is_bool(),
        Type::Texts => all(|v| v.is_str()),
        Type::Tables => all(|v| v.is_table()),
        Type::Table => value.is_table(),
    }
}

/// Nothing in it, or a text of nothing in its list.
fn is_empty(value: &DeValue<'_>) -> bool {
    let is_blank = |v: &DeValue<'_>| v.as_str().is_some_and(|t| t.trim().is_empty());
    is_blank(value) || value.as_array().is_some_and(|l| l.is_empty() || l.iter().any(|v| is_blank(v.get_ref())))
}

/// Two letters differ at most, and not most of them.
fn is_near(known: &str, written: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (known.chars().collect(), written.to_lowercase().chars().collect());
    let edits = headings::edits(&a, &b);
    edits <= 2 && edits * 2 < a.len()
}
