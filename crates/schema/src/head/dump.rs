//! The head of a dump: title, dates, posts and names, wherever the dump put them. Knows which lines may be of the
//! head; reads them as every other head is read.

use super::dump_names::{self as names, Around};
use crate::head::{self, Head, Taken};
use crate::recorder::Recorder;
use seisho_forms::Forms;
use seisho_model::codes::head::m008;
use seisho_model::layout::Line;
use seisho_model::record::Role;
use seisho_reading::Reader;
use seisho_recover::Outline;
use std::collections::BTreeSet;

/// Lines of the first page that are of the head, by their index, all others left alone: those above the first heading or
/// number, whatever they say, and of those that nothing else has taken the ones that say so.
pub(crate) fn take(
    outline: &Outline<'_>,
    head: &mut Head,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> BTreeSet<usize> {
    let (lines, before, of_nobody) = (outline.lines.as_slice(), outline.first(), outline.free());
    let free = &|line: usize| of_nobody.contains(&line);
    let mut taken = BTreeSet::new();
    let mut later = Vec::new();
    let torn = torn_labels(lines, forms, reader);
    for (index, &line) in lines.iter().enumerate().take_while(|(_, l)| l.run.0[0].page == 0) {
        if free(index) && torn.contains(&index) {
            recorder.furniture(&line.run, Role::Header);
            taken.insert(index);
            continue;
        }
        let text = head::read_line(line, reader).text().to_owned();
        let is_above = index < before;
        let says_so = head::is_of_head(line, &forms.goal_table.titles, &forms.head, reader);
        if !free(index) || !(is_above || says_so) {
            if free(index) && head::is_name_like(&text) && !says_cells(&text, forms) {
                later.push(index);
            }
            continue;
        }
        if !says_so && head::is_name_like(&text) {
            // A name may stand above its post: it waits for all posts.
            later.push(index);
        } else if head.take_line(line, &forms.goal_table.titles, &forms.head, reader, recorder) == Taken::Yes {
            taken.insert(index);
        } else if is_above {
            recorder.furniture(&line.run, Role::Header);
            taken.insert(index);
        }
    }
    let chosen = names(lines, &later, before, head.missing_names(), free, &taken, forms, reader, recorder);
    for index in later {
        let is_name = chosen.contains(&index);
        if is_name && head.take_line(lines[index], &forms.goal_table.titles, &forms.head, reader, recorder) == Taken::Yes {
            taken.insert(index);
        } else if index < before {
            recorder.furniture(&lines[index].run, Role::Header);
            taken.insert(index);
        }
    }
    taken
}

/// Of the lines that may be names, those that most likely are: as many as posts wait for one, and no line that
/// nothing speaks for.
#[expect(clippy::too_many_arguments, reason = "what stands around a name")]
fn names(
    lines: &[&Line],
    candidates: &[usize],
    before: usize,
    missing: usize,
    free: &dyn Fn(usize) -> bool,
    taken: &BTreeSet<usize>,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> BTreeSet<usize> {
    let mut ranked: Vec<(i32, usize, bool)> = Vec::new();
    for &index in candidates {
        let text = reader.raw(&lines[index].run).trim().to_owned();
        // What comes again is a cell's word.
        if lines.iter().filter(|line| reader.raw(&line.run).split_whitespace().any(|word| word.ends_with(&text))).count() > 1 {
            continue;
        }
        let around = Around {
            labelled: is_labelled(lines, index, &|line| free(line) && !taken.contains(&line), forms, reader),
            above_table: index < before,
            near: taken.range(index.saturating_sub(NEAR)..=index + NEAR).next().is_some(),
            alone: lines[index].blank_before > 0 && lines.get(index + 1).is_none_or(|next| next.blank_before > 0),
            below_text: index > 0
                && lines[index].blank_before == 0
                && free(index - 1)
                && !taken.contains(&(index - 1))
                && !candidates.contains(&(index - 1)),
        };
        let points = names::points(&text, around, reader.worker);
        let is_spaced = text.contains([' ', '　']);
        ranked.push((-points, index, around.says_name() || is_spaced));
    }
    ranked.sort_unstable();
    // Names of several posts stand together.
    let chosen: BTreeSet<usize> = ranked.iter().take(missing).filter(|r| r.0 <= -names::ENOUGH).map(|r| r.1).collect();
    for entry in &mut ranked {
        if chosen.contains(&(entry.1 + 1)) || entry.1.checked_sub(1).is_some_and(|above| chosen.contains(&above)) {
            *entry = (entry.0 - names::BESIDE, entry.1, true);
        }
    }
    ranked.sort_unstable();
    ranked.retain(|r| r.0 <= -names::ENOUGH);
    ranked.truncate(missing);
    for (_, index, _) in ranked.iter().filter(|(_, _, says_name)| !says_name) {
        let text = head::read_line(lines[*index], reader).text().to_owned();
        recorder.findings.push(m008::far(&text, lines[*index].run.clone()));
    }
    ranked.into_iter().map(|(_, index, _)| index).collect()
}

/// The label of names stands above a line, in one piece or two, with nothing but headings and names between.
fn is_labelled(lines: &[&Line], index: usize, is_text: &dyn Fn(usize) -> bool, forms: &Forms, reader: &mut Reader<'_>) -> bool {
    let mut text = |line: usize| head::read_line(lines[line], reader).text().to_owned();
    for above in (0..index).rev() {
        let (here, before) = (text(above), above.checked_sub(1).map(&mut text).unwrap_or_default());
        if head::labels_names(&here, &forms.head) || head::labels_names(&format!("{before}{here}"), &forms.head) {
            return true;
        }
        if is_text(above) && !head::is_name_like(&here) {
            return false;
        }
    }
    false
}

/// Lines of one letter that are labels, torn: 氏, 名.
fn torn_labels(lines: &[&Line], forms: &Forms, reader: &mut Reader<'_>) -> BTreeSet<usize> {
    let of_page = lines.iter().take_while(|l| l.run.0[0].page == 0);
    let letters: Vec<Option<char>> = of_page
        .map(|line| {
            let text = head::read_line(line, reader).text().to_owned();
            text.chars().next().filter(|c| text.len() == c.len_utf8())
        })
        .collect();
    let mut torn = BTreeSet::new();
    for label in forms.head.labels.values().flatten() {
        let at = |c: char| letters.iter().enumerate().filter(move |(_, letter)| **letter == Some(c)).map(|(index, _)| index);
        if label.chars().count() > 1 && label.chars().all(|c| at(c).next().is_some()) {
            torn.extend(label.chars().flat_map(at));
        }
    }
    torn
}

/// Lines of the head that follow each other stand no farther apart.
const NEAR: usize = 2;

/// A deadline, a division and a category are letters too.
fn says_cells(text: &str, forms: &Forms) -> bool {
    forms.goal_table.categories.iter().any(|c| c == text)
        || text.split_whitespace().any(|w| seisho_recover::is_deadline(w) || seisho_recover::is_division(w, &forms.goal_table))
}
