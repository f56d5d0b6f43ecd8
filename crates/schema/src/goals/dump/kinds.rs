//! What a text of a wide column is: an item (a title of nouns), a target (a state: されている), a method (an action,
//! or an item of a list that ends in a noun), or a category (a short noun that comes again). Each text by its own
//! words and by its neighbours in the dump, all together. Knows no rows.

use super::segment::Segment;
use super::threads::{Habits, Thread, is_short_noun, place_in_pair};
use crate::profile::Field;
use seisho_japanese::tokenizer::{PartOfSpeech, Particle, Token, Worker};
use std::collections::BTreeMap;

/// The fields that a text can be of.
const KINDS: [Field; 4] = [Field::Item, Field::PlanCategory, Field::Target, Field::Methods];

/// Points by which a field must lead to be clear.
const CLEAR: i32 = 3;
/// Points that rule a field out.
const NEVER: i32 = -100;
/// Points for the side on which a text stands beside another.
const SIDE: i32 = 4;
/// No title is longer, in characters: the longest of the gold has 45 (measured 2026-11).
const LONGEST_ITEM: usize = 60;

/// A short noun of so many letters is rather a category than a title.
const SHORT_CATEGORY: usize = 7;

/// How a text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// …している, …されている, …となっている, …がある.
    State,
    /// …する, …を図る.
    Action,
    /// A noun, after を and the like.
    Clause,
    /// A noun without any of them.
    Noun,
}

/// The field of every thread, and whether its own words leave no doubt about it. `begins_row` says that a row's number stands right before.
pub(super) fn classify(
    segments: &[Segment],
    threads: &[Thread],
    habits: &Habits,
    begins_row: &dyn Fn(usize) -> bool,
    worker: &mut Worker,
) -> Vec<(Field, bool)> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for thread in threads {
        *count.entry(&thread.text).or_insert(0) += 1;
    }
    let recurs = |text: &str| habits.cells.contains(text) || (is_short_noun(text) && count.get(text).is_some_and(|&n| n > 1));
    let own: Vec<[i32; 4]> = threads.iter().map(|t| beside(segments, t, points(t, &recurs, worker))).collect();
    let loose = best_kinds(segments, threads, &own, begins_row, -1);
    // Where blocks of lines hold one cell each, a target ends with its block.
    let turns = |joined: bool| {
        let is_turn = |i: &usize| {
            loose[i - 1] == Field::Target && loose[*i] == Field::Methods && follows(segments, &threads[i - 1], &threads[*i]) == joined
        };
        (1..threads.len()).filter(is_turn).count()
    };
    let fields = if turns(true) * 5 > turns(false) { loose } else { best_kinds(segments, threads, &own, begins_row, -12) };
    fields.iter().zip(&own).map(|(&field, own)| (field, is_clear(field, own))).collect()
}

/// The words alone speak for the field more than for any other.
fn is_clear(field: Field, own: &[i32; 4]) -> bool {
    let points = |of: Field| KINDS.iter().position(|&k| k == of).map_or(NEVER, |k| own[k]);
    KINDS.iter().all(|&other| other == field || points(other) + CLEAR <= points(field))
}

/// The cheapest fields for all threads. `turn`: points for methods right below a target.
fn best_kinds(segments: &[Segment], threads: &[Thread], own: &[[i32; 4]], begins_row: &dyn Fn(usize) -> bool, turn: i32) -> Vec<Field> {
    let mut best: Vec<[(i32, usize); 4]> = Vec::with_capacity(threads.len());
    for (index, thread) in threads.iter().enumerate() {
        let own = own[index];
        let mut here = [(i32::MIN, 0); 4];
        for (kind, slot) in here.iter_mut().enumerate() {
            let row = begins_row(index) && matches!(KINDS[kind], Field::Item);
            let own = own[kind] + if row { 3 } else { 0 };
            *slot = match best.last() {
                None => (own, 0),
                Some(before) => {
                    let joined = follows(segments, &threads[index - 1], thread);
                    let step = |from: usize| before[from].0 + step(KINDS[from], KINDS[kind], joined, turn);
                    // The first of equals: fields in the order of a row.
                    let from = (0..4).max_by_key(|&f| (step(f), std::cmp::Reverse(f))).unwrap_or(0);
                    (own + step(from), from)
                }
            };
        }
        best.push(here);
    }
    trace(&best)
}

fn trace(best: &[[(i32, usize); 4]]) -> Vec<Field> {
    let mut fields = vec![Field::Item; best.len()];
    let Some(last) = best.last() else { return fields };
    let mut kind = (0..4).max_by_key(|&k| (last[k].0, std::cmp::Reverse(k))).unwrap_or(0);
    for index in (0..best.len()).rev() {
        fields[index] = KINDS[kind];
        kind = best[index][kind].1;
    }
    fields
}

/// The second thread begins on the line below the first one's end.
fn follows(segments: &[Segment], first: &Thread, second: &Thread) -> bool {
    let (Some(&a), Some(&b)) = (first.segments.last(), second.segments.first()) else { return false };
    segments[b].is_below(&segments[a])
}

/// Points for one field after another. In one block of lines the columns come in their order.
fn step(from: Field, to: Field, joined: bool, turn: i32) -> i32 {
    match (from, to) {
        _ if !joined || from == to => 0,
        (Field::Methods, Field::Target) => -3,
        (Field::Target, Field::Methods) => turn,
        (Field::Target | Field::Methods, Field::Item) => -1,
        _ => 0,
    }
}

/// The points of a text that stands beside another one as wide: the left one is a target, the right one a method.
fn beside(segments: &[Segment], thread: &Thread, [item, category, target, methods]: [i32; 4]) -> [i32; 4] {
    match thread.segments.iter().find_map(|&s| place_in_pair(segments, s)) {
        Some(0) => [item, category, target + SIDE, methods - SIDE],
        Some(_) => [item - SIDE, category - SIDE, target - SIDE, methods + SIDE],
        None => [item, category, target, methods],
    }
}

fn points(thread: &Thread, recurs: &dyn Fn(&str) -> bool, worker: &mut Worker) -> [i32; 4] {
    let text = &thread.text;
    let ending = ending(text, worker);
    let is_sentence = text.contains('。');
    let item = match ending {
        _ if thread.bullet || is_sentence || text.chars().count() > LONGEST_ITEM => NEVER,
        Ending::Noun => 4,
        Ending::Clause => 0,
        Ending::State | Ending::Action => -6,
    };
    let category = match () {
        () if thread.bullet || thread.segments.len() > 3 => NEVER,
        () if recurs(text) => 8,
        () if !is_short_noun(text) => NEVER,
        () if text.chars().count() <= SHORT_CATEGORY => 5,
        () => 2,
    };
    let target = match ending {
        Ending::State => 6,
        Ending::Action => -3,
        Ending::Clause | Ending::Noun => -i32::from(!thread.bullet),
    };
    let methods = match ending {
        Ending::State => -3,
        Ending::Action => 5,
        Ending::Clause => 3,
        Ending::Noun => {
            if thread.bullet {
                3
            } else {
                -2
            }
        }
    };
    [item, category, target, methods]
}

fn ending(text: &str, worker: &mut Worker) -> Ending {
    let body = without_remark(text.trim_end_matches(['。', '．', '｡']));
    const STATES: [&str; 8] = ["ている", "でいる", "ていない", "でいない", "である", "となる", "がある", "がない"];
    if STATES.iter().any(|s| body.ends_with(s)) {
        return Ending::State;
    }
    let tokens = worker.segment(body);
    match tokens.last() {
        Some(last) if last.pos.conjugates() && !text.ends_with("り") && !text.ends_with("し") => Ending::Action,
        _ if is_clause(body, &tokens) => Ending::Clause,
        _ => Ending::Noun,
    }
}

/// …を実施, …を分析し、…を検証; not …を活用した業務の効率化, where what takes を stands before another noun.
fn is_clause(body: &str, tokens: &[Token]) -> bool {
    let object = tokens.iter().rposition(|t| t.pos == PartOfSpeech::Particle(Particle::Case) && t.of(body) == "を");
    let Some(object) = object else { return body.contains(['、', '，']) };
    let is_before_noun = |t: &Token| t.pos.conjugates() || t.pos == PartOfSpeech::Particle(Particle::Adnominalizing);
    body[tokens[object].range.as_usize().end..].contains(['、', '，']) || !tokens[object + 1..].iter().any(is_before_noun)
}

/// The text without a remark in brackets at its end.
fn without_remark(text: &str) -> &str {
    match text.rfind(['（', '(']) {
        Some(at) if at > 0 && text.ends_with(['）', ')']) => text[..at].trim_end_matches(['。', '．']),
        _ => text,
    }
}
