//! `seisho profile new`: a profile as far as samples of a form show it, with remarks for the person who finishes it.

use super::check::{name, one_line, place};
use crate::End;
use crate::args::Record;
use crate::inspect::{As, trace_of};
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_batch::files::Writer;
use seisho_batch::{Conversion, Error};
use seisho_model::record::{Document, Kind, ValueKind};
use seisho_pipeline::profiles::{read_value, unit_of};
use seisho_pipeline::{Field, Trace, year};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A column or labelled value of the samples.
struct Sample {
    /// From the outer to the inner one.
    path: Vec<String>,
    /// What a column of goals was taken for.
    field: Option<Field>,
    by_name: bool,
    /// What it holds, in all samples.
    values: Vec<String>,
    /// Where the first stands.
    place: String,
    /// In how many documents it is.
    documents: usize,
    /// Blank cells took the text of the cell above.
    is_merged: bool,
}

/// What is to be drafted.
pub(super) struct Asked<'a> {
    pub(super) files: &'a [PathBuf],
    pub(super) out: Option<&'a Path>,
    /// What a record is; told by the samples where it is not said.
    pub(super) record: Option<Record>,
}

/// Drafts a profile.
pub(super) fn draft(asked: &Asked<'_>, conversion: &Conversion, password: &str, lang: Lang) -> Result<End, Stop> {
    let Asked { files, out, record } = *asked;
    let trace = |taken: As| -> Result<Vec<Trace>, Stop> {
        files.iter().map(|f| trace_of(f, conversion.clone(), password.to_owned(), taken, lang)).collect()
    };
    let (is_goals, traces) = match record {
        Some(Record::Goal) => (true, trace(As::Goals)?),
        Some(Record::Form) => (false, trace(As::Form)?),
        None => {
            let found = trace(As::Found)?;
            let are = |kind: Kind| found.iter().filter(|t| t.document.kind == kind).count() * 2 > found.len();
            if are(Kind::GoalTable) {
                (true, found)
            } else if are(Kind::Form) {
                (false, found)
            } else {
                // Two rows or more below a heading in every sample: a table of records.
                let rows = trace(As::Goals)?;
                let is_goals = rows.iter().all(|t| t.document.goals.len() > 1);
                (is_goals, if is_goals { rows } else { trace(As::Form)? })
            }
        }
    };
    let samples = if is_goals { columns(&traces, lang) } else { labels(&traces, lang) };
    if samples.is_empty() {
        return Err(Stop::new(
            "見本に表もラベルも見つかりません。罫線のある表か、見出しのある表の文書を指定してください",
            "no tables or labels were found in the samples; name documents with a ruled table or one with headings",
        ));
    }
    let text = write(&samples, &traces, is_goals, lang);
    match out {
        None => print(text.trim_end())?,
        Some(path) => {
            Writer::sparing(files).whole(path, text.as_bytes()).map_err(|e| Error::cannot_write(path, e))?;
            let shown = path.display();
            print(lang.pick(
                &format!("下書き: {shown}（直してから seisho profile check {shown} 見本）"),
                &format!("Draft: {shown} (mend it, then seisho profile check {shown} SAMPLE)"),
            ))?;
        }
    }
    Ok(End::AllConverted)
}

/// The columns of goals.
fn columns(traces: &[Trace], lang: Lang) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    for trace in traces {
        let document = &trace.document;
        for seen in &trace.headings {
            let called = seen.field.map_or_else(|| format!("other: {}", seen.path.join(" ")), |f| f.name().to_owned());
            let (values, place) = values(document, &called, lang);
            let is_merged = document.goals.iter().flat_map(|g| &g.inherited).any(|i| i.contains_key(&called));
            add(
                &mut samples,
                Sample { path: seen.path.clone(), field: seen.field, by_name: seen.by_name, values, place, documents: 1, is_merged },
            );
        }
    }
    samples
}

/// The labelled values of forms.
fn labels(traces: &[Trace], lang: Lang) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    for trace in traces {
        let document = &trace.document;
        for (index, entry) in document.form.iter().enumerate().filter(|(_, e)| !e.label.is_empty()) {
            let first = document.evidence.0.iter().find(|(p, _)| p.as_str().starts_with(&format!("/form/{index}/")));
            let place = first.map_or_else(String::new, |(_, evidence)| place(evidence, lang));
            let sample = Sample {
                path: entry.label.clone(),
                field: None,
                by_name: true,
                values: vec![entry.text.join("\n")],
                place,
                documents: 1,
                is_merged: false,
            };
            add(&mut samples, sample);
        }
    }
    samples
}

/// Adds to what is known of a heading.
fn add(samples: &mut Vec<Sample>, more: Sample) {
    match samples.iter_mut().find(|s| s.path == more.path && (s.field == more.field || s.field.is_none())) {
        Some(known) => {
            known.values.extend(more.values);
            known.documents += more.documents;
            known.is_merged |= more.is_merged;
        }
        None => samples.push(more),
    }
}

/// What a document has of a field, and where the first stands.
fn values(document: &Document, called: &str, lang: Lang) -> (Vec<String>, String) {
    let of = || document.evidence.0.iter().filter(|(pointer, _)| name(document, pointer) == called);
    (of().map(|(_, e)| e.raw.clone()).collect(), of().next().map_or_else(String::new, |(_, e)| place(e, lang)))
}

fn write(samples: &[Sample], traces: &[Trace], is_goals: bool, lang: Lang) -> String {
    let mut out = String::new();
    let titles: Vec<&str> = traces.iter().filter_map(|t| t.document.title.as_deref()).collect();
    let count = traces.len();
    for line in [
        lang.pick(
            &format!("# {count} 件の見本から作った下書きです。# の行は見本から分かったことで、消してもかまいません。"),
            &format!("# Drafted from {count} samples. Lines with # say what the samples show; they may be deleted."),
        ),
        lang.pick(
            "# 直す所: id、titles、項目の id（英字にもできます）と kind。要らない項目は行ごと消します。",
            "# To mend: id, titles, the ids of fields and their kinds. Delete the lines of fields that you do not want.",
        ),
        lang.pick(
            "# 目標の項目: number item plan_category target methods deadline divisions achievement",
            "# Fields of goals: number item plan_category target methods deadline divisions achievement",
        ),
        lang.pick("# kind: text number money rate date choice", "# Kinds: text number money rate date choice"),
    ] {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "id = \"my-form\"\nversion = \"1\"\nrecord = \"{}\"", if is_goals { "goal" } else { "form" });
    if let Some(title) = common_title(&titles) {
        let _ = writeln!(out, "titles = [{}]  # {}", quoted(&title), one_line(titles.first().unwrap_or(&"")));
    }
    let _ = writeln!(out, "\nfields = [");
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut headings: BTreeSet<String> = BTreeSet::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for sample in samples {
        let heading = sample.path.iter().map(|p| without_spaces(p)).collect::<Vec<_>>().join(" ");
        // Headings that differ in width or spaces only are one.
        if heading.is_empty() || !headings.insert(seisho_pipeline::profiles::key(&heading)) {
            continue;
        }
        let known = sample.field.filter(|_| is_goals).map(|f| f.name().to_owned()).filter(|id| !by_id.contains_key(id));
        let id = known.clone().unwrap_or_else(|| own_id(&sample.path, &mut taken));
        by_id.insert(id.clone(), 1);
        remarks(&mut out, sample, &heading, known.is_some(), count, lang);
        let kind = if known.is_some() { String::new() } else { kind(&sample.values, sample.path.last().map_or("", |p| p)) };
        let _ = writeln!(out, "  {{ id = {}, headings = [{}]{kind} }},", quoted(&id), quoted(&heading));
    }
    let _ = writeln!(out, "]");
    out
}

/// What the samples show of a field.
fn remarks(out: &mut String, sample: &Sample, heading: &str, is_known: bool, count: usize, lang: Lang) {
    let mut remarks: Vec<String> = Vec::new();
    let seen: Vec<String> = sample.values.iter().filter(|v| !v.trim().is_empty()).map(|v| one_line(v)).collect();
    let examples: Vec<String> = seen.iter().take(3).cloned().collect();
    if examples.is_empty() {
        remarks.push(lang.pick("見本では空です", "empty in the samples").to_owned());
    } else {
        remarks.push(format!("{}{}", examples.join(" / "), sample.place));
    }
    if is_known && !sample.by_name {
        remarks.push(lang.pick("語と中身から推定", "by its words and what stands below").to_owned());
    }
    if sample.is_merged {
        remarks.push(lang.pick("縦に結合されたセルがある", "has merged cells").to_owned());
    }
    if sample.documents < count {
        let n = sample.documents;
        remarks.push(lang.pick(&format!("{count} 件のうち {n} 件にある"), &format!("in {n} of {count} samples")).to_owned());
    }
    let _ = writeln!(out, "  # {heading}: {}", remarks.join("、"));
}

/// What most values are, as keys of a profile.
fn kind(values: &[String], heading: &str) -> String {
    let filled: Vec<&str> = values.iter().map(|v| v.trim()).filter(|v| !v.is_empty()).collect();
    let unit = unit_of(heading);
    let all = |kind: ValueKind, unit: Option<&str>| !filled.is_empty() && filled.iter().all(|v| read_value(v, kind, unit, &[]).is_ok());
    let is_money = |unit: &Option<String>| unit.as_deref().is_some_and(|u| u.ends_with('円'));
    if all(ValueKind::Money, unit.as_deref().filter(|u| u.ends_with('円'))) {
        let unit = unit.filter(|_| is_money(&unit_of(heading)));
        return format!(", kind = \"money\"{}", unit.map_or_else(String::new, |u| format!(", unit = {}", quoted(&u))));
    }
    if all(ValueKind::Rate, unit.as_deref()) {
        return ", kind = \"rate\"".to_owned();
    }
    if !filled.is_empty() && filled.iter().all(|v| year::is_day(v)) {
        return ", kind = \"date\"".to_owned();
    }
    if all(ValueKind::Number, unit.as_deref()) {
        return format!(", kind = \"number\"{}", unit.map_or_else(String::new, |u| format!(", unit = {}", quoted(&u))));
    }
    let distinct: BTreeSet<&str> = filled.iter().copied().collect();
    /// More values, or longer ones, are no choices; each must come twice on the average.
    const CHOICES: usize = 6;
    const LETTERS: usize = 8;
    if !distinct.is_empty()
        && distinct.len() <= CHOICES
        && filled.len() >= 2 * distinct.len()
        && distinct.iter().all(|v| v.chars().count() <= LETTERS)
    {
        let list = distinct.into_iter().map(quoted).collect::<Vec<_>>().join(", ");
        return format!(", kind = \"choice\", choices = [{list}]");
    }
    ", kind = \"text\"".to_owned()
}

/// An id made of the inner heading; of the outer ones too, where that is taken.
fn own_id(path: &[String], taken: &mut BTreeSet<String>) -> String {
    let word = |text: &str| -> String {
        let base = text.split(['（', '(']).next().filter(|b| !b.trim().is_empty()).unwrap_or(text);
        base.chars().filter(|c| c.is_alphanumeric()).skip_while(|c| c.is_numeric()).collect()
    };
    let usable = |id: &str| !id.is_empty() && !id.starts_with(char::is_numeric) && Field::named(id).is_none();
    let from_inner =
        (0..path.len()).rev().map(|from| path[from..].iter().map(|p| word(p)).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("_"));
    let numbered = (1..).map(|n| {
        let base = path.last().map(|p| word(p)).filter(|w| usable(w)).unwrap_or_else(|| "field".to_owned());
        format!("{base}_{n}")
    });
    let id = from_inner.chain(numbered).find(|id| usable(id) && !taken.contains(id)).unwrap_or_default();
    taken.insert(id.clone());
    id
}

/// The longest part of a title that all have in common, without years and numbers; the last one of those as long.
fn common_title(titles: &[&str]) -> Option<String> {
    let parts = titles.first()?.split(|c: char| c.is_whitespace() || "（）()【】「」『』〔〕［］・～".contains(c));
    let is_fixed = |w: &&str| w.chars().count() >= 2 && !w.contains(char::is_numeric) && !w.ends_with("年度");
    parts.filter(is_fixed).filter(|w| titles.iter().all(|t| t.contains(w))).max_by_key(|w| w.chars().count()).map(str::to_owned)
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
