//! The title and the fiscal year that it names.

use super::dates::{HeadDate, suggested_year};
use crate::recorder::Recorder;
use seisho_japanese::dates::{self, Context, FiscalYear};
use seisho_japanese::normalize::{letter_spacing_changes, match_text};
use seisho_model::codes::head::m007;
use seisho_model::layout::Line;
use seisho_model::record::Role;
use seisho_model::{Change, Finding, Pointer, Run, TextRange};
use seisho_reading::{Reader, Reading, Spaces};

/// No title is longer, in characters of its match key.
const LONGEST: usize = 50;

/// The title as far as it was found.
#[derive(Default)]
pub(super) struct Draft {
    /// Its lines.
    pub(super) runs: Vec<Run>,
    /// It has words that titles of the form have.
    pub(super) is_known: bool,
    /// The last line was of the title: what stands beside it may be too.
    is_open: bool,
    /// It stands on the next page as well.
    is_running: bool,
    /// It names no year.
    lacks_year: bool,
    /// The line that is the title by its looks.
    pub(super) chosen: Option<Run>,
}

impl Draft {
    /// Takes a line, if it is a title or a better one than the one so far.
    pub(super) fn take(
        &mut self,
        line: &Line,
        text: &str,
        titles: &[String],
        year_line: &mut Option<Run>,
        reader: &mut Reader<'_>,
        recorder: &mut Recorder<'_>,
    ) -> bool {
        // （部の組織目標） far to the right of the title is part of it; a stamp there is not.
        let goes_on = line.beside && std::mem::take(&mut self.is_open) && text.starts_with(['（', '(']);
        let is_chosen = self.chosen.as_ref() == Some(&line.run);
        let is_first = self.runs.is_empty() && (is_chosen || is_title(text, titles));
        self.is_open = goes_on || is_first;
        if self.is_open {
            self.runs.extend(year_line.take());
            self.runs.push(line.run.clone());
            (self.is_known, self.is_running) = (!is_chosen, line.running);
            self.lacks_year = !self.runs.iter().any(|run| names_year(super::spaced(run, reader).text()));
            return true;
        }
        let is_better = (self.lacks_year && names_year(text)) || (self.is_running && !line.running);
        if !is_better || !is_title(text, titles) {
            return false;
        }
        // A running head stood above the title: ○○市　組織目標展開整理表.
        for run in std::mem::replace(&mut self.runs, vec![line.run.clone()]) {
            recorder.furniture(&run, Role::Header);
        }
        (self.lacks_year, self.is_running) = (!names_year(text), line.running);
        true
    }
}

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
pub(super) fn names_year(text: &str) -> bool {
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

/// The fiscal year: of the title, else of the line or value that names one; the finding that there is none.
pub(crate) fn fiscal_year(
    title: Option<&Reading>,
    other: Option<&Run>,
    dates: &[HeadDate],
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Result<FiscalYear, Box<Finding>> {
    if let Some(title) = title
        && let Some((year, range)) = find(title.text())
    {
        let run = title.run.part(title.edited.to_raw(range));
        let reading = super::spaced(&run, reader);
        recorder.derived(Pointer::of("fiscal_year"), &reading);
        return Ok(year);
    }
    if let Some(run) = other {
        let reading = super::spaced(run, reader);
        if let Some((year, _)) = find(reading.text()) {
            recorder.value(Pointer::of("fiscal_year"), &reading);
            return Ok(year);
        }
    }
    let mut finding = m007::missing();
    if let Some(year) = suggested_year(dates) {
        finding = finding.suggesting(format!("{}{}年度", year.era.name(), year.year));
    }
    Err(Box::new(finding))
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
