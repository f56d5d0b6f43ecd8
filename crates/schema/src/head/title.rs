//! The title and the fiscal year that it names.

use super::dates::{HeadDate, suggested_year};
use crate::recorder::Recorder;
use seisho_forms::HeadWords;
use seisho_japanese::dates::{self, Context, FiscalYear};
use seisho_japanese::normalize::{letter_spacing_changes, match_text};
use seisho_model::codes::head::m007;
use seisho_model::layout::Line;
use seisho_model::record::{Role, YearFrom};
use seisho_model::script;
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
pub(crate) fn is_title<'t>(text: &str, titles: impl IntoIterator<Item = &'t String>) -> bool {
    // Seen before a key is made: what a key keeps as it is.
    if text.contains(['。', '、']) || text.chars().filter(|&c| script::is_unified_kanji(c) || script::is_hiragana(c)).count() > LONGEST {
        return false;
    }
    let key = match_text(text);
    let is_sentence = key.contains(['。', '、']);
    !is_sentence && key.chars().count() <= LONGEST && titles.into_iter().any(|t| key.contains(t.as_str()))
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
) -> Result<(FiscalYear, YearFrom), Box<Finding>> {
    if let Some(title) = title
        && let Some((year, range)) = find(title.text())
    {
        let run = title.run.part(title.edited.to_raw(range));
        let reading = super::spaced(&run, reader);
        recorder.derived(Pointer::of("fiscal_year"), &reading);
        return Ok((year, YearFrom::Title));
    }
    if let Some(run) = other {
        let reading = super::spaced(run, reader);
        if let Some((year, _)) = find(reading.text()) {
            recorder.value(Pointer::of("fiscal_year"), &reading);
            return Ok((year, YearFrom::Head));
        }
    }
    let mut finding = m007::missing();
    if let Some(year) = suggested_year(dates) {
        finding = finding.suggesting(format!("{}{}年度", year.era.name(), year.year));
    }
    Err(Box::new(finding))
}

/// The department that a title names, where nothing else of the head does: 令和6年度 経営方針【都市整備部】.
pub(super) fn write_department(
    title: Option<&Reading>,
    words: &HeadWords,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Option<String> {
    let title = title?;
    let range = department(title.text(), words)?;
    let reading = super::spaced(&title.run.part(title.edited.to_raw(range)), reader);
    Some(recorder.derived(Pointer::of("department"), &reading))
}

/// A unit's name in brackets or between blanks, else at the start of a word; the year before it is none of it.
pub(crate) fn department_in<'t>(text: &'t str, words: &HeadWords) -> Option<&'t str> {
    department(text, words).map(|range| &text[range.as_usize()])
}

/// Where it stands.
fn department(text: &str, words: &HeadWords) -> Option<TextRange> {
    let units: Vec<&str> =
        words.rank_of_unit.iter().filter_map(|r| r.strip_suffix('長')).filter(|u| words.title_units.iter().any(|t| t == u)).collect();
    let start_of = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let separators = |c: char| c.is_whitespace() || "【】［］[]（）()〔〕〈〉<>「」・：:－―-".contains(c);
    let year_end = find(text).map_or(0, |(_, range)| range.end as usize);
    let parts = text.split(separators).filter(|p| !p.is_empty());
    let bodies: Vec<&str> = parts
        .map(|p| if start_of(p) < year_end && start_of(p) + p.len() > year_end { &text[year_end..start_of(p) + p.len()] } else { p })
        .collect();
    let is_name =
        |name: &str| (3..=LONGEST_UNIT).contains(&name.chars().count()) && name.chars().all(|c| script::is_kanji(c) || script::is_kana(c));
    // 令和6年度における都市整備部の目標: what joins the year to the name is none of it.
    let joined = |b: &'_ str| b.len() - ["における", "の", "は"].iter().find_map(|j| b.strip_prefix(j)).unwrap_or(b).len();
    let bodies: Vec<&str> = bodies.into_iter().map(|b| &b[joined(b)..]).collect();
    let whole = bodies.iter().find(|b| is_name(b) && units.iter().any(|u| b.ends_with(u)));
    let found = whole.copied().or_else(|| {
        let starts = bodies.iter().filter_map(|b| units.iter().filter_map(|u| Some(&b[..b.find(u)? + u.len()])).min_by_key(|n| n.len()));
        starts.into_iter().find(|n| is_name(n))
    })?;
    Some(TextRange::new(start_of(found), start_of(found) + found.len()))
}

/// No unit's name is longer, in characters.
const LONGEST_UNIT: usize = 12;

/// The fiscal year that the user or the file's name gives where the document names none; said by a finding.
pub(super) fn from_hint(hint: Option<&(FiscalYear, YearFrom)>, recorder: &mut Recorder<'_>) -> Option<(FiscalYear, YearFrom)> {
    let (year, from) = hint?;
    recorder.outside(Pointer::of("fiscal_year"), &year.raw);
    recorder.findings.push(match from {
        YearFrom::Option => m007::given(&year.raw),
        _ => m007::of_path(&year.raw),
    });
    Some((year.clone(), *from))
}

fn find(text: &str) -> Option<(FiscalYear, TextRange)> {
    dates::find(text, &Context::default()).iter().find_map(|found| Some((found.fiscal_year()?, found.range)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_name_the_department() {
        let words = seisho_forms::Forms::built_in().unwrap().head;
        let named = |text: &'static str| department(text, &words).map(|r| &text[r.as_usize()]);
        assert_eq!(named("令和6年度 部局経営方針シート【都市整備部】"), Some("都市整備部"));
        assert_eq!(named("福祉部 令和４年度目標管理一覧"), Some("福祉部"));
        assert_eq!(named("令和８年度産業観光部施策推進管理票"), Some("産業観光部"));
        assert_eq!(named("令和６年度における都市整備部の重点目標"), Some("都市整備部"));
        assert_eq!(named("令和6年度 部別取組一覧表"), None);
        assert_eq!(named("令和6年度 組織目標一覧"), None);
    }

    #[test]
    fn a_title_is_short_and_no_sentence() {
        let titles = ["運営方針".to_owned()];
        assert!(is_title("令和8年度　市民部の運営方針", &titles));
        assert!(!is_title("令和8年度を迎え、運営方針を策定した。", &titles));
        assert!(is_year_alone("令 和 ４ 年 度"));
        assert!(!is_year_alone("令和4年度 方針"));
    }
}
