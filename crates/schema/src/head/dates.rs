//! Dates of the head: issued or revised, by the words around them.

use crate::profile::{HeadField, HeadWords};
use crate::reader::Reading;
use crate::recorder::Recorder;
use seisho_japanese::dates::{self, Context, FiscalYear, FlagKind, Found, Meaning};
use seisho_model::record::{Date, Dates, Precision};
use seisho_model::{Code, Edited, Finding, Run, TextRange};

/// A date of the head and where it stands.
pub(crate) struct HeadDate {
    found: Found,
    revised: bool,
    /// The date with the word behind it (見直し).
    reading: Reading,
    /// Its bytes in the text that it was found in.
    range: TextRange,
}

/// The dates in a text. A label says what they are unless a word at the date says otherwise.
pub(crate) fn find(reading: &Reading, label: Option<HeadField>, words: &HeadWords) -> Vec<HeadDate> {
    let text = reading.text();
    let mut found = Vec::new();
    for date in dates::find(text, &Context::default()) {
        let is_dated = match date.meaning {
            Meaning::Span(span) => span.basis == dates::Basis::Text && span.precision != dates::Precision::FiscalYear,
            Meaning::Impossible(_) => true,
            Meaning::Recurring | Meaning::Urgent => false,
        };
        if !is_dated {
            continue;
        }
        let marks = words.revised_marks.iter().chain(&words.issued_marks);
        let after = &text[date.range.end as usize..];
        let mark = marks.filter(|m| after.starts_with(m.as_str())).map(String::len).max().unwrap_or(0);
        let range = TextRange::new(date.range.start as usize, date.range.end as usize + mark);
        let before = &text[..date.range.start as usize];
        let is_revised = words
            .revised_marks
            .iter()
            .any(|m| after.starts_with(m.as_str()) || before.trim_end_matches([' ', ':', '：', '日', '(', '（']).ends_with(m.as_str()));
        found.push(HeadDate {
            revised: is_revised || label == Some(HeadField::Revised),
            reading: part(reading, range),
            range,
            found: date,
        });
    }
    found
}

/// A part of a reading as a reading of its own; its edits are read off anew.
fn part(reading: &Reading, range: TextRange) -> Reading {
    let raw = reading.edited.to_raw(range);
    let changes = reading.edited.edits.iter().filter(|e| e.raw.start >= raw.start && e.raw.end <= raw.end).map(|e| seisho_model::Change {
        rule: e.rule,
        raw: TextRange { start: e.raw.start - raw.start, end: e.raw.end - raw.start },
        with: reading.edited.text[e.text.as_usize()].to_owned(),
        trust: e.trust,
    });
    Reading { run: reading.run.part(raw), edited: Edited::apply(&reading.edited.raw[raw.as_usize()], changes.collect()) }
}

/// True when a text holds nothing but these dates and punctuation.
pub(crate) fn are_all_of(dates: &[HeadDate], reading: &Reading) -> bool {
    let text = reading.text();
    let rest = |c: char| !(c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | '、' | ',' | ':' | '：'));
    let mut at = 0;
    for date in dates {
        if text[at..date.range.start as usize].chars().any(rest) {
            return false;
        }
        at = date.range.end as usize;
    }
    !text[at..].chars().any(rest)
}

/// What is known of the document for reading other dates in it.
pub(crate) fn context(fiscal_year: Option<&FiscalYear>, dates: &[HeadDate]) -> Context {
    let issued = dates.iter().filter(|d| !d.revised).find_map(|d| d.found.day());
    Context { fiscal_year: fiscal_year.cloned(), issued }
}

/// The year that the first issued date falls into, as a suggestion.
pub(crate) fn suggested_year(dates: &[HeadDate]) -> Option<FiscalYear> {
    dates.iter().filter(|d| !d.revised).find_map(|d| d.found.day()).and_then(dates::fiscal_year_of)
}

/// Writes the dates into the record.
pub(crate) fn write(found: &[HeadDate], context: &Context, recorder: &mut Recorder<'_>) -> Dates {
    let mut dates = Dates::default();
    for revised in [false, true] {
        for date in found.iter().filter(|d| d.revised == revised) {
            let (list, name) = if revised { (&mut dates.revised, "revised") } else { (&mut dates.issued, "issued") };
            let pointer = format!("/dates/{name}/{}", list.len());
            // Read again now that the document's own date is known: a plan for 平成32年度 was no slip in 2016.
            let again = dates::find(date.reading.text(), context);
            recorder.findings.extend(again.iter().flat_map(|f| report_flags(f, &date.reading.run, &pointer)));
            let (iso, precision) = iso(&date.found);
            recorder.value(pointer, &date.reading);
            list.push(Date { raw: date.reading.edited.raw.clone(), iso, precision });
        }
    }
    dates
}

/// ISO 8601 as precise as the date is.
fn iso(found: &Found) -> (Option<String>, Precision) {
    let Some(span) = found.span() else { return (None, Precision::Day) };
    let start = span.start.or(span.end);
    let (precision, len) = match span.precision {
        dates::Precision::Day => (Precision::Day, 10),
        dates::Precision::Year => (Precision::Year, 4),
        dates::Precision::FiscalYear => (Precision::FiscalYear, 4),
        _ => (Precision::Month, 7),
    };
    (start.map(|d| d.to_string()[..len].to_owned()), precision)
}

/// Findings for what is odd about a date.
pub(crate) fn report_flags(found: &Found, run: &Run, pointer: &str) -> Vec<Finding> {
    let raw = &found.raw;
    let mut findings = Vec::new();
    if let Meaning::Impossible(_) = found.meaning {
        findings.push(Finding::new(Code::J001, format!("「{raw}」は暦にありません"), format!("there is no day {raw}")));
    }
    for flag in &found.flags {
        let finding = match flag.kind {
            FlagKind::EraOverrun | FlagKind::EraUnderrun | FlagKind::Lunisolar => {
                Finding::new(Code::J002, format!("「{raw}」は元号の期間に合いません"), format!("{raw} lies outside its era"))
            }
            FlagKind::LabelsDisagree | FlagKind::Reversed | FlagKind::WeekdayDisagrees => {
                Finding::new(Code::J003, format!("「{raw}」の中で日付が食い違っています"), format!("{raw} contradicts itself"))
            }
            FlagKind::Ambiguous | FlagKind::Approximate => continue,
        };
        findings.push(finding.with_severity(flag.severity));
    }
    findings.into_iter().map(|f| f.at(run.clone()).about(pointer)).collect()
}
