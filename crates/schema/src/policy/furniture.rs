//! What is of the page and not of the policy: page numbers, notes at its foot, closing words, what follows the body.

use super::label::Shape;
use super::line::{FULL_SLACK, TextLine};
use crate::head::size_of;
use seisho_forms::page_numbers::{self, PageNumberStyle};
use seisho_japanese::dates;
use seisho_model::Pages;
use seisho_model::layout::Wrap;
use seisho_reading::ends_sentence;

/// Which lines are page numbers.
pub(super) fn page_numbers(lines: &[TextLine<'_>], wrap: Wrap) -> Vec<bool> {
    let numbers: Vec<Option<(PageNumberStyle, u32)>> = lines.iter().map(|l| page_numbers::parse(l.text())).collect();
    let is_decorated = numbers.iter().flatten().any(|n| n.0 == PageNumberStyle::Decorated);
    let bare: Vec<(usize, u32)> =
        numbers.iter().enumerate().filter_map(|(i, n)| n.filter(|n| n.0 == PageNumberStyle::Bare).map(|n| (i, n.1))).collect();
    let takes_bare = !is_decorated && bare_are_page_numbers(lines, &bare);
    // A number between two halves of a sentence is a page number whatever the others are, and so is the
    // one that counts on from it at the very end.
    let certain: Vec<u32> = bare.iter().filter(|&&(i, _)| cuts_a_sentence(lines, i, wrap)).map(|n| n.1).collect();
    let counts_on = |i: usize, value: u32| i + 1 == lines.len() && certain.last().is_some_and(|&last| value == last + 1);
    let is_number = |(i, n): (usize, Option<(PageNumberStyle, u32)>)| match n {
        Some((PageNumberStyle::Decorated, _)) => true,
        Some((PageNumberStyle::Bare, value)) => takes_bare || (!is_decorated && (cuts_a_sentence(lines, i, wrap) || counts_on(i, value))),
        None => false,
    };
    numbers.into_iter().enumerate().map(is_number).collect()
}

/// The line before is full and ends no sentence.
fn cuts_a_sentence(lines: &[TextLine<'_>], index: usize, wrap: Wrap) -> bool {
    let (Wrap::Width(width), Some(before)) = (wrap, index.checked_sub(1)) else { return false };
    let before = &lines[before];
    before.extent() + FULL_SLACK >= width
        && !ends_sentence(before.text())
        && before.label(false).is_none_or(|l| l.skip < before.text().len())
}

/// Bare numbers count pages where they count up by one, and where the document's own labels are not
/// written alone on their line too.
fn bare_are_page_numbers(lines: &[TextLine<'_>], bare: &[(usize, u32)]) -> bool {
    let counts_up = bare.windows(2).all(|w| w[1].1 == w[0].1 + 1);
    let at_edges = bare.iter().all(|&(i, _)| lines[i].after_break || lines[i].before_break);
    let with_text = |l: &TextLine<'_>| {
        l.label(true).is_some_and(|label| label.shape == Shape::Number && label.value == 1 && label.skip < l.text().len())
    };
    let labels_have_text =
        lines.iter().any(with_text) || !lines.iter().any(|l| l.label(false).is_some_and(|label| label.shape != Shape::Number));
    !bare.is_empty() && counts_up && labels_have_text && (at_edges || (bare.len() > 1 && bare[0].1 == 1))
}

/// Where the closing words (以上) stand, if they are among the last lines: what follows signs off.
pub(super) fn closing(lines: &[TextLine<'_>], words: &[String]) -> Option<usize> {
    let from = lines.len().saturating_sub(SIGN_OFF_LINES);
    (from..lines.len()).rev().find(|&i| words.contains(&lines[i].compact()))
}

/// Where the lines about whom to ask stand, if they are the last ones: a number to call or an address, with the lines above
/// that speak of it or name the unit.
pub(super) fn contact(lines: &[TextLine<'_>], words: &[String]) -> Option<usize> {
    let from = lines.len().saturating_sub(SIGN_OFF_LINES);
    let is_free = |line: &TextLine<'_>| line.label(true).is_none() && !line.text().contains('。');
    let first = (from..lines.len()).rev().take_while(|&i| is_free(&lines[i])).last()?;
    let says = |i: usize| words.iter().any(|word| lines[i].compact().contains(word.as_str()));
    let digits = |i: usize| lines[i].text().chars().filter(|c| c.is_numeric()).count();
    let reaches = |i: usize| is_reached_at(lines[i].text()) || says(i) && (3..=5).contains(&digits(i));
    let at = (first..lines.len()).find(|&i| says(i) || reaches(i))?;
    (at > 0 && (at..lines.len()).any(reaches) && (says(at) || at + 1 == lines.len() || says(at + 1))).then_some(at)
}

/// Whether a line holds a number to call (042-555-0199) or an address with @.
fn is_reached_at(text: &str) -> bool {
    let groups: Vec<usize> = text
        .split(|c: char| !c.is_numeric() && !matches!(c, '-' | '－' | '‐' | '−' | '(' | ')' | '（' | '）'))
        .map(|stretch| stretch.split(|c: char| !c.is_numeric()).filter(|group| !group.is_empty()).count())
        .collect();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    text.contains(['@', '＠']) || groups.iter().any(|&count| count >= 3) && digits >= 9
}

/// A sign-off (担当, 電話 …) is no longer than this, in lines, with its closing word.
const SIGN_OFF_LINES: usize = 6;

/// Notes are set no larger than this, in percent of the usual size.
const NOTE_PERCENT: i32 = 88;

/// Which lines are notes at the foot of a page: the last ones, smaller than the others, the first of which begins with the
/// mark of a note.
pub(super) fn notes(lines: &[TextLine<'_>], is_number: &[bool], marks: &[(u32, String)], pages: &Pages) -> Vec<bool> {
    let sizes: Vec<i32> = lines.iter().map(|line| size_of(&line.line.run, pages)).collect();
    let mut sorted: Vec<i32> = sizes.iter().copied().filter(|&size| size > 0).collect();
    sorted.sort_unstable();
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    let is_small = |at: usize| sizes[at] > 0 && sizes[at] * 100 <= usual * NOTE_PERCENT;
    let mut notes = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let end = (at..lines.len()).find(|&i| lines[i].before_break).map_or(lines.len(), |last| last + 1);
        let foot = (at..end).rev().take_while(|&i| is_number[i] || is_small(i)).last().unwrap_or(end);
        let first = (foot..end).find(|&i| !is_number[i]).filter(|&i| has_note_mark(lines[i].text()));
        for line in first.map_or(end..end, |first| first..end).filter(|&i| !is_number[i]) {
            notes[line] = true;
        }
        // The last lines of a page that begin with a mark which is raised in its text.
        for line in (at..end).rev().filter(|&i| !is_number[i]).take(FOOT_LINES) {
            let page = lines[line].line.run.0.first().map_or(0, |p| p.page);
            let bears = |(number, mark): &&(u32, String)| {
                *number == page
                    && lines[line].text().strip_prefix(mark.as_str()).is_some_and(|rest| rest.starts_with(|c: char| !c.is_numeric()))
            };
            let is_note = notes[line] || marks.iter().any(|mark| bears(&mark));
            if !is_note {
                break;
            }
            notes[line] = true;
        }
        at = end;
    }
    for at in 1..lines.len() {
        let Some(mark) = numbered_mark(lines[at].text()) else { continue };
        notes[at] |= !is_number[at]
            && lines[..at].iter().any(|line| line.text().char_indices().skip(1).any(|(i, _)| line.text()[i..].starts_with(mark)));
    }
    notes
}

/// ※1, 注2, （注）, *3 at the start of a line: a mark that its text bears too.
fn numbered_mark(text: &str) -> Option<&str> {
    let sign = text.chars().find(|c| !matches!(c, '(' | '（' | '［' | '['))?;
    let open = text.find(sign)?;
    let digits = text[open + sign.len_utf8()..].chars().take_while(|c| c.is_numeric()).map(char::len_utf8).sum::<usize>();
    let end = open + sign.len_utf8() + digits;
    let close = text[end..].chars().next().filter(|c| open > 0 && matches!(c, ')' | '）' | '］' | ']')).map_or(0, char::len_utf8);
    (matches!(sign, '※' | '注' | '＊' | '*' | '†') && (digits > 0 || close > 0)).then(|| &text[..end + close])
}

/// A page has no more notes of a line at its foot.
const FOOT_LINES: usize = 6;

/// （注1）, 注, ※2, *, 1 at the start of a line.
fn has_note_mark(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '（', '［', '[']);
    bare.starts_with(['注', '※', '＊', '*', '†']) || bare.starts_with(|c: char| c.is_numeric())
}

/// Whether a line opens what follows the body: 附則, 別表第１, 別表 備蓄品.
pub(super) fn opens_supplement(text: &str) -> bool {
    if !text.starts_with(['附', '付', '別']) {
        return false;
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_count = |c: char| c.is_numeric() || matches!(c, '第' | '抄' | '（' | '）' | '(' | ')' | '関' | '係' | '条');
    let is_name = |text: &str| matches!(text, "附則" | "付則" | "別表");
    // A name of the table stands apart from the word, and is no sentence.
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_titled = first.len() < text.len() && text.chars().count() <= LONGEST_SUPPLEMENT && !text.contains(['。', '、']);
    is_name(compact.trim_end_matches(is_count)) || is_titled && is_name(first.trim_end_matches(is_count))
}

/// Where what became of the document begins (改定履歴): its last lines, each a day and a word or two of what was done then, and
/// the line above that names them.
pub(super) fn history(lines: &[TextLine<'_>]) -> Option<usize> {
    let is_short = |text: &str| text.chars().count() <= LONGEST_EVENT && !text.contains('。');
    let is_event = |line: &&TextLine<'_>| {
        let text = line.text();
        let found = dates::find(text, &dates::Context::default());
        let day = found.first().filter(|day| day.range.start == 0 && day.day().is_some());
        is_short(text) && day.is_some_and(|day| !text[day.range.as_usize().end..].trim().is_empty())
    };
    let events = lines.iter().rev().take_while(is_event).count();
    let first = lines.len() - events;
    let above = lines[..first].last().filter(|line| line.label(true).is_none() && is_short(line.text()) && line.line.blank_before > 0);
    match (events, above) {
        // One alone may be the day and the signature.
        (0 | 1, _) => None,
        (_, Some(_)) => Some(first - 1),
        (_, None) => (lines[first].line.blank_before > 0).then_some(first),
    }
}

/// A day and what was done then are no longer than this.
const LONGEST_EVENT: usize = 32;

/// A line with the word and what it names is no longer than this.
const LONGEST_SUPPLEMENT: usize = 40;
