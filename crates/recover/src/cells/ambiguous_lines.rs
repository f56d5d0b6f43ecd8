//! Lines that another text nearby would go on with as well as the text they were put to: both texts are in doubt.
//! Knows lines and words, no rows.

use crate::cells::links::{self, Thread};
use crate::cells::statistics::Habits;
use crate::text::segments::Segment;
use seisho_japanese::tokenizer::Worker;
use std::collections::{BTreeMap, BTreeSet};

/// A text whose last line stands farther above a line, in segments, is none of its rivals.
const REACH: usize = 2;
/// A line that begins a text goes on with another one if the words say so with so many points.
const STRONG: i32 = 35;

/// For every text whether one of its lines is as well another's, or the other way round, or it may be two.
pub(crate) fn find(segments: &[Segment], texts: &[(Thread, usize)], habits: &Habits, worker: &mut Worker) -> Vec<bool> {
    let mut found = vec![false; texts.len()];
    let owners: BTreeMap<usize, usize> =
        texts.iter().enumerate().flat_map(|(text, (thread, _))| thread.segments.iter().map(move |&segment| (segment, text))).collect();
    for (own, (thread, _)) in texts.iter().enumerate() {
        found[own] |= may_be_two(segments, thread, habits, worker);
        for (place, &next) in thread.segments.iter().enumerate() {
            if place == 0 && thread.bullet {
                continue;
            }
            let points = match place {
                0 => STRONG,
                _ => links::by_language(&up_to(segments, thread, place), &segments[next], habits, worker),
            };
            // What stands right above has place on its side; from farther above, or to begin anew, takes better words.
            let is_next = place > 0 && thread.segments[place - 1] + 1 == next;
            let rivals: BTreeSet<usize> = owners.range(next.saturating_sub(REACH)..next).map(|(_, &text)| text).collect();
            for other in rivals.into_iter().filter(|&other| other != own) {
                if claims(segments, &texts[other].0, next, points, is_next, habits, worker) {
                    (found[own], found[other]) = (true, true);
                }
            }
        }
    }
    found
}

/// A text, or its first lines, would go on with a line as well as the text that did, for so many points.
fn claims(segments: &[Segment], rival: &Thread, next: usize, points: i32, is_next: bool, habits: &Habits, worker: &mut Worker) -> bool {
    let before = rival.segments.partition_point(|&s| s < next);
    let near = (1..=before).rev().take_while(|&count| next - rival.segments[count - 1] <= REACH);
    for count in near.filter(|&count| is_next || rival.segments[count - 1] + 1 == next || count < before) {
        let cut = up_to(segments, rival, count);
        let needed = if is_next { points + 1 } else { points };
        // With fewer lines than it has, its own next line would have to go elsewhere.
        let needed = match rival.segments.get(count).filter(|_| count < before) {
            Some(&own_next) => needed.max(links::by_language(&cut, &segments[own_next], habits, worker)),
            None => needed,
        };
        if links::by_language(&cut, &segments[next], habits, worker) >= needed {
            return true;
        }
    }
    false
}

/// A line would go on with the one before the last, and the last does not go on with that: it may be of another text, as
/// where the lines of two columns come in turn.
fn may_be_two(segments: &[Segment], thread: &Thread, habits: &Habits, worker: &mut Worker) -> bool {
    let mut goes_on = |from: usize, next: usize| {
        let text = segments[from].text.clone();
        links::by_language(&Thread { segments: vec![from], bullet: false, text }, &segments[next], habits, worker) >= STRONG
    };
    thread.segments.windows(3).any(|w| goes_on(w[0], w[2]) && !goes_on(w[0], w[1]))
}

/// The first lines of a text.
fn up_to(segments: &[Segment], thread: &Thread, count: usize) -> Thread {
    let own = &thread.segments[..count];
    Thread { segments: own.to_vec(), bullet: thread.bullet, text: own.iter().map(|&s| segments[s].text.as_str()).collect() }
}
