//! The head of a dump: title, dates, posts and names, wherever the dump put them. Knows which lines may be of the
//! head; reads them as every other head is read.

use super::narrow;
use crate::head::{self, Head, Taken};
use crate::profile::Forms;
use crate::reader::Reader;
use crate::recorder::Recorder;
use seisho_model::layout::Line;
use seisho_model::record::Role;
use std::collections::BTreeSet;

/// Lines of the first page that are of the head, by their index, all others left alone.
///
/// `before`: lines above the first heading or number are of the head whatever they say. `free`: lines that nothing
/// else has taken.
pub(super) fn take(
    lines: &[&Line],
    before: usize,
    free: &dyn Fn(usize) -> bool,
    head: &mut Head,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> BTreeSet<usize> {
    let mut taken = BTreeSet::new();
    let mut later = Vec::new();
    for (index, &line) in lines.iter().enumerate().take_while(|(_, l)| l.run.0[0].page == 0) {
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
    // What follows the label of names goes first.
    let is_labelled = |index: usize, reader: &mut Reader<'_>| {
        index.checked_sub(1).is_some_and(|above| head::labels_names(head::read_line(lines[above], reader).text(), &forms.head))
    };
    let mut ordered: Vec<(bool, usize)> = later.into_iter().map(|index| (!is_labelled(index, reader), index)).collect();
    ordered.sort_unstable();
    for (_, index) in ordered {
        let is_above = index < before;
        let is_near = is_above || is_near(index, &taken) || is_spaced(lines[index], reader);
        if head.lacks_names()
            && is_near
            && head.take_line(lines[index], &forms.goal_table.titles, &forms.head, reader, recorder) == Taken::Yes
        {
            taken.insert(index);
        } else if is_above {
            recorder.furniture(&lines[index].run, Role::Header);
            taken.insert(index);
        }
    }
    taken
}

/// Lines of the head that follow each other stand no farther apart.
const NEAR: usize = 2;

fn is_near(index: usize, taken: &BTreeSet<usize>) -> bool {
    taken.range(index.saturating_sub(NEAR)..=index + NEAR).next().is_some()
}

/// 藤原　大: a name with the space between its parts.
fn is_spaced(line: &Line, reader: &Reader<'_>) -> bool {
    reader.raw(&line.run).trim().contains(['　', ' '])
}

/// A deadline and a division are letters too.
fn says_cells(text: &str, forms: &Forms) -> bool {
    text.split_whitespace().any(|w| narrow::is_deadline(w) || narrow::is_division(w, &forms.goal_table))
}
