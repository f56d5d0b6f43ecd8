//! Dates of the head: issued or revised, by the words around them.

use crate::recorder::Recorder;
use seisho_forms::{HeadField, HeadWords};
use seisho_japanese::dates::{self, Context, FiscalYear, FlagKind, Found, InFull, Meaning};
use seisho_japanese::numerals;
use seisho_model::codes::head::m019;
use seisho_model::codes::japanese::{j001, j002, j003};
use seisho_model::record::{Date, Dates, Precision};
use seisho_model::{Edited, Finding, Pointer, Run, TextRange};
use seisho_reading::{Reader, Reading};

/// A date of the head and where it stands.
pub(crate) struct HeadDate {
    /// None where the way it is written settles on no day.
    found: Option<Found>,
    /// The days that it could be.
    open: Vec<String>,
    revised: bool,
    /// The date with the word behind it (見直し).
    reading: Reading,
    /// Its bytes in the text that it was found in.
    range: TextRange,
}

impl HeadDate {
    /// The date with the word behind it.
    pub(crate) fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Whether it says when the document was revised.
    pub(crate) fn is_revised(&self) -> bool {
        self.revised
    }
}

/// The dates in a text. A label says what they are unless a word at the date says otherwise.
pub(crate) fn find(reading: &Reading, label: Option<HeadField>, words: &HeadWords) -> Vec<HeadDate> {
    let text = reading.text();
    let mut found = Vec::new();
    for date in dates::find(text, &Context::default()) {
        let (before, after) = (&text[..date.range.start as usize], &text[date.range.end as usize..]);
        let mark = mark_behind(after, words).or_else(|| mark_before(before, words));
        let is_named = label.is_some() || mark.is_some();
        let (is_dated, is_day) = match date.meaning {
            Meaning::Span(span) => {
                let is_day = matches!(span.precision, dates::Precision::Day | dates::Precision::Month);
                (span.basis == dates::Basis::Text && span.precision != dates::Precision::FiscalYear, is_day)
            }
            Meaning::Impossible(_) => (true, true),
            Meaning::Recurring | Meaning::Urgent => (false, false),
        };
        // 7月25日見直し: the year is that of the date before it, or of the document.
        if !(is_dated || is_named && is_day) {
            continue;
        }
        let reach = |length: usize, is_behind: bool| if mark.as_ref().is_some_and(|m| m.is_behind == is_behind) { length } else { 0 };
        let length = mark.as_ref().map_or(0, |m| m.length);
        // 西暦 before a year is of the date.
        let before = reach(length, false).max(if before.ends_with(WESTERN) { WESTERN.len() } else { 0 });
        let range = TextRange::new(date.range.start as usize - before, date.range.end as usize + reach(length, true));
        let revised = mark.map_or(label == Some(HeadField::Revised), |m| m.is_revised);
        found.push(HeadDate { revised, reading: part(reading, range), range, found: Some(date).filter(|_| is_dated), open: Vec::new() });
    }
    if found.is_empty() { abbreviated(reading, label).into_iter().collect() } else { found }
}

/// The date that a text is and nothing else, to its day.
pub(crate) fn whole(reading: Reading, revised: bool) -> Option<HeadDate> {
    let day = dates::read(reading.text(), &Context::default()).filter(|found| found.day().is_some())?;
    Some(HeadDate { revised, range: day.range, reading, found: Some(day), open: Vec::new() })
}

/// Says that a year is a western one.
const WESTERN: &str = "西暦";

/// A text that is all one date, as offices abbreviate it; below a label any text is one, if only one that cannot be read.
fn abbreviated(reading: &Reading, label: Option<HeadField>) -> Option<HeadDate> {
    let text = reading.text();
    let is_labelled = matches!(label, Some(HeadField::Issued | HeadField::Revised));
    let has_figures = text.chars().any(|c| numerals::digit(c).is_some());
    let (found, open) = match dates::in_full(text) {
        Some(InFull::Sure(full)) => (dates::read(&full, &Context::default()), Vec::new()),
        // A number alone is a date only where a label says so.
        Some(InFull::Guess(open)) if is_labelled || text.contains(['.', '．', '・', '/', '／', '年']) => (None, open),
        _ if is_labelled && has_figures => (None, Vec::new()),
        _ => return None,
    };
    let range = TextRange::new(0, text.len());
    let found = found.map(|found| Found { range, raw: text.to_owned(), ..found });
    Some(HeadDate { revised: label == Some(HeadField::Revised), reading: reading.clone(), range, found, open })
}

/// Whether a text that holds no date is written as one: blanks to fill in (令和　年　月　日), no year (4月1日), the number
/// of a spreadsheet, another language.
pub(super) fn is_date_like(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let key: String = seisho_japanese::normalize::match_text(text).chars().filter(|c| !c.is_whitespace()).collect();
    let bare = key.rsplit(':').next().unwrap_or(&key);
    let of_date = |c: char| {
        c.is_ascii_digit() || "年月日元令和平成昭西暦一二三四五六七八九十廿〇壱弐参吉旬頃付現在作成策定初末上中下/.・-()".contains(c)
    };
    let is_spelled = bare.contains('月') && (bare.contains('年') || bare.contains('日')) && bare.chars().all(of_date);
    let figures = bare.chars().filter(char::is_ascii_digit).count();
    let is_number = bare.len() == 5 && figures == 5;
    let is_parted = key.contains(':')
        && figures > 2
        && bare.chars().all(|c| c.is_ascii_digit() || "./・-".contains(c))
        && bare.contains(['.', '/', '・', '-']);
    let lower = bare.to_ascii_lowercase();
    let is_western = figures >= 5 && bare.len() < 20 && MONTHS.iter().any(|m| lower.contains(m)) && lower.is_ascii();
    bare.chars().count() <= 20 && (is_spelled || is_number || is_parted || is_western)
}

/// A word at a date that says what it is a date of.
struct Mark {
    is_revised: bool,
    is_behind: bool,
    /// Bytes from the date to the far end of the word.
    length: usize,
}

const BLANKS: [char; 7] = [' ', '\u{3000}', ':', '：', '(', '（', '\n'];

/// 見直し, （一部改定）, 　第１回見直し behind a date.
fn mark_behind(after: &str, words: &HeadWords) -> Option<Mark> {
    let body = without_ordinal(after.trim_start_matches(BLANKS));
    let (word, is_revised) = known_marks(words).filter(|(w, _)| body.starts_with(w.as_str())).max_by_key(|(w, _)| w.len())?;
    let end = after.len() - body.len() + word.len();
    let bracket = after[end..].chars().next().filter(|c| matches!(c, ')' | '）') && after[..end].contains(['(', '（']));
    Some(Mark { is_revised, is_behind: true, length: end + bracket.map_or(0, char::len_utf8) })
}

/// 改定：, 変更年月日, 一部改正 before a date.
fn mark_before(before: &str, words: &HeadWords) -> Option<Mark> {
    let body = before.trim_end_matches(BLANKS).trim_end_matches('日').trim_end_matches("年月");
    let (word, is_revised) = known_marks(words).filter(|(w, _)| body.ends_with(w.as_str())).max_by_key(|(w, _)| w.len())?;
    let rest = &body[..body.len() - word.len()];
    let start = ["一部", "最終"].iter().find_map(|p| rest.strip_suffix(p)).unwrap_or(rest);
    Some(Mark { is_revised, is_behind: false, length: before.len() - start.len() })
}

/// The words of the form, each with whether it says that the document was revised.
fn known_marks(words: &HeadWords) -> impl Iterator<Item = (&String, bool)> {
    words.revised_marks.iter().map(|w| (w, true)).chain(words.issued_marks.iter().map(|w| (w, false)))
}

/// 第１回, 一部 and 最終 before a mark.
fn without_ordinal(text: &str) -> &str {
    let text = ["一部", "最終"].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(text);
    let number = text.strip_prefix('第').unwrap_or(text);
    match seisho_japanese::numerals::integer(number) {
        Some((_, len)) => number[len..].strip_prefix('回').unwrap_or(text),
        None => text,
    }
}

/// A part of a reading as a reading of its own; its edits are read off anew.
fn part(reading: &Reading, range: TextRange) -> Reading {
    let raw = reading.edited.to_raw(range);
    let edits = &reading.edited.edits;
    let within = edits[edits.partition_point(|e| e.raw.start < raw.start)..].iter().take_while(|e| e.raw.end <= raw.end);
    let changes = within.map(|e| {
        let change = e.as_change(reading.text());
        seisho_model::Change { raw: TextRange { start: change.raw.start - raw.start, end: change.raw.end - raw.start }, ..change }
    });
    Reading { run: reading.run.part(raw), edited: Edited::apply(&reading.edited.raw[raw.as_usize()], changes.collect()) }
}

/// What dates at the start or end of a text leave of it.
pub(crate) fn rest_of(dates: &[HeadDate], reading: &Reading, reader: &mut Reader<'_>) -> Reading {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return reading.clone() };
    let before = TextRange::new(0, first.range.start as usize);
    let behind = TextRange::new(last.range.end as usize, reading.text().len());
    let is_blank = |range: TextRange| reading.text()[range.as_usize()].trim().is_empty();
    let rest = if is_blank(before) { behind } else { before };
    super::spaced(&reading.run.part(reading.edited.to_raw(rest)).trimmed(reader.pages), reader)
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
    let issued = dates.iter().filter(|d| !d.revised).find_map(|d| d.found.as_ref()?.day());
    Context { fiscal_year: fiscal_year.cloned(), issued }
}

/// The year that the first issued date falls into, as a suggestion.
pub(crate) fn suggested_year(dates: &[HeadDate]) -> Option<FiscalYear> {
    dates.iter().filter(|d| !d.revised).find_map(|d| d.found.as_ref()?.day()).and_then(dates::fiscal_year_of)
}

/// Writes the dates into the record.
pub(crate) fn write(found: &[HeadDate], context: &Context, recorder: &mut Recorder<'_>) -> Dates {
    let mut dates = Dates::default();
    for revised in [false, true] {
        for date in found.iter().filter(|d| d.revised == revised) {
            let (list, name) = if revised { (&mut dates.revised, "revised") } else { (&mut dates.issued, "issued") };
            let pointer = Pointer::of("dates").field(name).item(list.len());
            // Read again now that the document's own date is known: a plan for 平成32年度 was no slip in 2016.
            let again = dates::find(date.reading.text(), context);
            recorder.findings.extend(again.iter().flat_map(|f| report_flags(f, &date.reading.run, &pointer)));
            let (iso, precision) = date.found.as_ref().map_or((None, Precision::Day), iso);
            if date.found.is_none() {
                let days = days(date, &again, context);
                recorder.findings.push(m019::unsettled(date.reading.text(), &days).at(date.reading.run.clone()).about(&pointer));
            }
            recorder.value(pointer, &date.reading);
            list.push(Date { raw: on_one_line(&date.reading.edited.raw), iso, precision });
        }
    }
    dates
}

/// The days that an open date could be; those that the document's own year suggests first.
fn days(date: &HeadDate, again: &[Found], context: &Context) -> Vec<String> {
    let open = date.open.iter().filter_map(|text| dates::read(text, context));
    let mut days: Vec<(bool, String)> = again
        .iter()
        .cloned()
        .chain(open)
        .filter_map(|found| {
            let day = found.span().and_then(|s| s.start.or(s.end))?;
            let is_near = context.fiscal_year.as_ref().is_some_and(|year| year.contains(day));
            Some((!is_near, iso(&found).0?))
        })
        .collect();
    days.sort();
    days.dedup();
    days.into_iter().map(|(_, day)| day).collect()
}

/// A wrapped date on one line; where its letters are spaced out, a line end stands for a blank.
fn on_one_line(raw: &str) -> String {
    let is_spaced_out = raw.matches([' ', '\u{3000}']).count() > 2;
    raw.replace('\n', if is_spaced_out { " " } else { "" })
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
pub(crate) fn report_flags(found: &Found, run: &Run, pointer: &Pointer) -> Vec<Finding> {
    let raw = &found.raw;
    let mut findings = Vec::new();
    if let Meaning::Impossible(_) = found.meaning {
        findings.push(j001::no_such_day(raw));
    }
    for flag in &found.flags {
        let finding = match flag.kind {
            FlagKind::EraOverrun | FlagKind::EraUnderrun | FlagKind::Lunisolar => j002::outside(raw),
            FlagKind::LabelsDisagree | FlagKind::Reversed | FlagKind::WeekdayDisagrees => j003::contradicts(raw),
            FlagKind::Ambiguous | FlagKind::Approximate => continue,
        };
        findings.push(finding.with_severity(flag.severity));
    }
    findings.into_iter().map(|f| f.at(run.clone()).about(pointer)).collect()
}
