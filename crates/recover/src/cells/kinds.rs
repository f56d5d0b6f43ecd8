//! What a text of a wide column is: an item (a title of nouns), a target (a state: されている), a method (an action,
//! or an item of a list that ends in a noun), or a category (a short noun that comes again). Each text by its own
//! words and by its neighbours in the dump. Knows no rows.

use crate::cells::links::{Thread, place_in_pair};
use crate::cells::statistics::{Habits, is_short_noun};
use crate::fields::{self, LISTS, list_column};
use crate::text::segments::Segment;
use seisho_forms::{Field, FieldKind};
use seisho_japanese::tokenizer::{Conjugation, PartOfSpeech, Particle, Token, Worker};

/// The fields that a text can be of.
pub(crate) const KINDS: [Field; 4] = [fields::first(FieldKind::Text), fields::first(FieldKind::Choice), LISTS[0], LISTS[1]];

/// Points by which a field must lead to be clear.
const CLEAR: i32 = 3;
/// Points of a text that does not end like one.
const OPEN: i32 = -5;
/// Points that rule a field out.
const NEVER: i32 = -100;
/// Points for the side on which a text stands beside another.
const SIDE: i32 = 4;
/// No title is longer, in characters: the longest of the gold has 45 (measured 2026-11).
const LONGEST_ITEM: usize = 60;
/// Few are longer than this: 3 of 391.
const USUAL_ITEM: usize = 30;

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
    /// …を, …し、, …に向けた: no text ends so.
    Open,
}

/// The words alone speak for the field of a thread more than for any other.
pub(crate) fn is_clear(segments: &[Segment], thread: &Thread, kind: usize, habits: &Habits, worker: &mut Worker) -> bool {
    let side = thread.segments.iter().find_map(|&s| place_in_pair(segments, s));
    let own = points(thread, habits, worker);
    let own = |k: usize| own[k] + by_side(side, k);
    (0..KINDS.len()).all(|other| other == kind || own(other) + CLEAR <= own(kind))
}

/// Points for methods right below a target: where cells share blocks of lines, and where each has its own.
pub(crate) const LOOSE_TURN: i32 = -1;
pub(crate) const STRICT_TURN: i32 = -12;

/// Of the columns that hold texts of several lines.
pub(crate) fn is_wide(kind: usize) -> bool {
    KINDS[kind].kind() == FieldKind::Items
}

/// No text ends with such a line.
pub(crate) fn is_open_end(line: &str, worker: &mut Worker) -> bool {
    ending(line, worker) == Ending::Open
}

/// From a target to methods.
pub(crate) fn is_turn(from: usize, to: usize) -> bool {
    KINDS[from] == LISTS[0] && KINDS[to] == LISTS[1]
}

/// Points for a text right behind a row's number.
pub(crate) fn at_row(kind: usize) -> i32 {
    if KINDS[kind].kind() == FieldKind::Text { 3 } else { 0 }
}

/// Points for one text right below another: in one block of lines the columns come in their order. `turn`: for
/// methods below a target.
pub(crate) fn step(from: usize, to: usize, turn: i32) -> i32 {
    match (list_column(KINDS[from]), list_column(KINDS[to])) {
        (Some(1), Some(0)) => -3,
        (Some(0), Some(1)) => turn,
        (Some(_), None) if KINDS[to].kind() == FieldKind::Text => -1,
        _ => 0,
    }
}

/// Points for the side on which a text stands beside one as wide: the left one is a target, the right one a method.
pub(crate) fn by_side(place: Option<usize>, kind: usize) -> i32 {
    match (place, list_column(KINDS[kind])) {
        (Some(0), Some(0)) => SIDE,
        (Some(0), Some(_)) => -SIDE,
        (Some(0), None) | (None, _) => 0,
        (Some(_), Some(1)) => SIDE,
        (Some(_), _) => -SIDE,
    }
}

/// A text's points for each of [`KINDS`].
pub(crate) fn points(thread: &Thread, habits: &Habits, worker: &mut Worker) -> [i32; 4] {
    let text = &thread.text;
    let ending = ending(text, worker);
    let open = if ending == Ending::Open { OPEN } else { 0 };
    let is_sentence = text.contains('。');
    let item = match ending {
        _ if thread.bullet || is_sentence || text.chars().count() > LONGEST_ITEM => NEVER,
        Ending::Noun if text.chars().count() > USUAL_ITEM => 0,
        Ending::Noun => 4,
        Ending::Open => open,
        Ending::Clause => -3,
        Ending::State | Ending::Action => -6,
    };
    let category = match () {
        () if thread.bullet || thread.segments.len() > 3 => NEVER,
        () if habits.recurs(text) => 8,
        () if !is_short_noun(text) => NEVER,
        () if text.chars().count() <= SHORT_CATEGORY => 5,
        () => 2,
    };
    let target = match ending {
        Ending::State => 6,
        Ending::Action => -3,
        Ending::Open => open,
        Ending::Clause | Ending::Noun => -i32::from(!thread.bullet),
    };
    let methods = match ending {
        Ending::State => -3,
        Ending::Action => 5,
        Ending::Open => open,
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
        Some(_) if !text.ends_with(['。', '．', '｡']) && is_open(body, &tokens) => Ending::Open,
        Some(last) if last.pos.conjugates() && !text.ends_with("り") && !text.ends_with("し") => Ending::Action,
        _ if is_clause(body, &tokens) => Ending::Clause,
        _ => Ending::Noun,
    }
}

/// A particle, a form that needs another word, た before a noun, に基づく, による.
fn is_open(body: &str, tokens: &[Token]) -> bool {
    let Some((last, before)) = tokens.split_last() else { return false };
    let ends_open = body.ends_with(['、', '，', '・', '（', '(', '「', '『', '《']);
    let is_form = last.pos.conjugates() && (last.conjugation != Some(Conjugation::Plain) || last.of(body) == "た");
    let modifies = last.pos.conjugates() && before.last().is_some_and(|b| matches!(b.of(body), "に" | "と"));
    ends_open || matches!(last.pos, PartOfSpeech::Particle(_) | PartOfSpeech::Prefix) || is_form || modifies
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
