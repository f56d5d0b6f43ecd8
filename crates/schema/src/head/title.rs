//! The title and the fiscal year that it names.

use super::dates::{HeadDate, suggested_year};
use crate::reader::{Reader, Reading, Spaces};
use crate::recorder::Recorder;
use seisho_japanese::dates::{self, Context, FiscalYear};
use seisho_japanese::normalize::{letter_spacing_changes, match_text};
use seisho_model::{Change, Code, Finding, Run, TextRange};

/// No title is longer, in characters of its match key.
const LONGEST: usize = 50;

/// True for a short line without a sentence in it that has a title's words, which are match keys.
pub(crate) fn is_title(text: &str, titles: &[String]) -> bool {
    let key = match_text(text);
    let is_sentence = key.contains(['。', '、']);
    !is_sentence && key.chars().count() <= LONGEST && titles.iter().any(|t| key.contains(t.as_str()))
}

/// True for a line that says a fiscal year and nothing else.
pub(crate) fn is_year_alone(text: &str) -> bool {
    dates::read(text, &Context::default()).is_some_and(|found| found.fiscal_year().is_some())
}

/// True for a text that names a fiscal year.
pub(crate) fn names_year(text: &str) -> bool {
    find(text).is_some()
}

/// Reads the title: its lines are set apart by a space, letters spaced out are closed up.
pub(crate) fn read(run: &Run, reader: &mut Reader<'_>) -> Reading {
    let raw = reader.raw(run);
    let mut changes = letter_spacing_changes(&raw);
    let lines = raw.match_indices('\n').map(|(at, _)| Change::lossless("join-title-lines", TextRange::new(at, at + 1), " "));
    changes.extend(lines);
    reader.read_with(run, Spaces::Keep, changes)
}

/// The fiscal year: of the title, else of the line or value that names one.
pub(crate) fn fiscal_year(
    title: Option<&Reading>,
    other: Option<&Run>,
    dates: &[HeadDate],
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Option<FiscalYear> {
    if let Some(title) = title
        && let Some((year, range)) = find(title.text())
    {
        let run = title.run.part(title.edited.to_raw(range));
        let reading = super::spaced(&run, reader);
        recorder.derived("/fiscal_year", &reading);
        return Some(year);
    }
    if let Some(run) = other {
        let reading = super::spaced(run, reader);
        if let Some((year, _)) = find(reading.text()) {
            recorder.value("/fiscal_year", &reading);
            return Some(year);
        }
    }
    let mut finding = Finding::new(Code::M007, "年度が見つかりません", "no fiscal year was found").about("/fiscal_year");
    if let Some(year) = suggested_year(dates) {
        finding = finding.suggesting(format!("{}{}年度", year.era.name(), year.year));
    }
    recorder.findings.push(finding);
    None
}

fn find(text: &str) -> Option<(FiscalYear, TextRange)> {
    dates::find(text, &Context::default()).iter().find_map(|found| Some((found.fiscal_year()?, found.range)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_short_and_no_sentence() {
        let titles = ["運営方針".to_owned()];
        assert!(is_title("令和8年度　市民部の運営方針", &titles));
        assert!(!is_title("令和8年度を迎え、運営方針を策定した。", &titles));
        assert!(is_year_alone("令 和 ４ 年 度"));
        assert!(!is_year_alone("令和4年度 方針"));
    }
}
