//! Lines that another text nearby would go on with as well as the text they were put to: both texts are in doubt.
//! Knows lines and words, no rows.

use super::habits::Habits;
use super::links::{self, Thread};
use super::segment::Segment;
use seisho_japanese::tokenizer::Worker;

/// A text whose last line stands farther above a line, in segments, is none of its rivals.
const REACH: usize = 2;
/// A line that begins a text goes on with another one if the words say so with so many points.
const STRONG: i32 = 35;

/// For every text whether one of its lines is as well another's, or the other way round.
pub(super) fn find(segments: &[Segment], texts: &[(Thread, usize)], habits: &Habits, worker: &mut Worker) -> Vec<bool> {
    let mut found = vec![false; texts.len()];
    for (own, (thread, _)) in texts.iter().enumerate() {
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
            for (other, (rival, _)) in texts.iter().enumerate().filter(|(other, _)| *other != own) {
                let before = rival.segments.partition_point(|&s| s < next);
                // With its last line before the line, or with one before that, whose own next line would go elsewhere.
                for count in (1..=before).rev().take_while(|&count| next - rival.segments[count - 1] <= REACH) {
                    let needed = if is_next { points + 1 } else { points };
                    let last = rival.segments[count - 1];
                    if !(is_next || last + 1 == next || count < before) {
                        continue;
                    }
                    let cut = up_to(segments, rival, count);
                    let needed = match rival.segments.get(count).filter(|_| count < before) {
                        Some(&own_next) => needed.max(links::by_language(&cut, &segments[own_next], habits, worker)),
                        None => needed,
                    };
                    if links::by_language(&cut, &segments[next], habits, worker) >= needed {
                        (found[own], found[other]) = (true, true);
                    }
                }
            }
        }
    }
    found
}

/// The first lines of a text.
fn up_to(segments: &[Segment], thread: &Thread, count: usize) -> Thread {
    let own = &thread.segments[..count];
    Thread { segments: own.to_vec(), bullet: thread.bullet, text: own.iter().map(|&s| segments[s].text.as_str()).collect() }
}
