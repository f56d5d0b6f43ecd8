//! How well a line goes on with a text above it, in points: by what the language says at the joint, by whether the
//! line above was full, and by how near it stands. Knows no fields.

use crate::cells::statistics::{Habits, SLACK, is_short_noun};
use crate::text::segments::Segment;
use seisho_japanese::join::{Gap, Reason, Verdict, joint};
use seisho_japanese::tokenizer::Worker;
use seisho_model::script::{is_circled_number, is_katakana};

/// A text in the making: segments that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thread {
    pub(crate) segments: Vec<usize>,
    /// It begins with a list mark.
    pub(crate) bullet: bool,
    pub(crate) text: String,
}

/// Points for and against going on; their order is what counts. Chosen on seed 004 and on four dumps of each of
/// ten drawn tables, 2026-11: every torn text there finds its rest.
const WORD_CUT: i32 = 80;
const LEANS: i32 = 35;
const JOINED: i32 = 20;
const CUT_KANA: i32 = 30;
/// For a remark in brackets or a word too short for a cell: the rest of something.
const REST: i32 = 25;
const SHORTEST_CELL: usize = 2;
const APART: i32 = -40;
const SENTENCE_ENDED: i32 = -25;
const FULL: i32 = 15;
const NOT_FULL: i32 = -30;
const BELOW: i32 = 25;
const BESIDE: i32 = -60;
const SAME_COLUMN: i32 = 30;
const OTHER_COLUMN: i32 = -60;
/// For one of two texts side by side, on the lines below them, which are of one or the other.
const PAIRED: i32 = 10;
/// Lines below a line of two texts that are of one of them, and the width of both.
const PAIR_REACH: usize = 3;
const PAIR_WIDTH: u32 = 24;
const OLDER: i32 = 8;
const OLDER_BOX: i32 = 45;
const LATEST_BOX: i32 = 30;
const KNOWN_CELL: i32 = -45;
const SHORT_NOUN: i32 = -30;
const TOO_WIDE: i32 = -20;
/// What the words alone make certain holds in a column too narrow to have shown its width.
const CERTAIN: i32 = 50;
const NARROW: i32 = 25;
/// Lines of columns come in turn: no more of others between.
const TURN: usize = 2;
/// A line of a wide column has so many columns of a half-width character: titles are narrower.
const WIDE: u32 = 36;

/// Words that take up the sentence before: no cell begins with them.
const CONNECTIVES: [&str; 9] = ["また", "なお", "さらに", "ただし", "併せて", "あわせて", "合わせて", "加えて", "その際"];

/// The points of a segment that goes on with a thread, by its words.
pub(crate) fn by_language(thread: &Thread, next: &Segment, habits: &Habits, worker: &mut Worker) -> i32 {
    let tail: String = tail(&thread.text);
    let found = joint(worker, &tail, &next.text, Gap::LineBreak);
    let points = match (found.verdict, found.reason) {
        (Verdict::Join, Reason::WordCut | Reason::OpenBracket | Reason::Number) => WORD_CUT,
        (Verdict::Join, Reason::RightLeans) if tail.ends_with('。') => SENTENCE_ENDED,
        (Verdict::Join, Reason::RightLeans | Reason::LeftOpen | Reason::LatinWords) => LEANS,
        (Verdict::Join, _) => JOINED,
        (Verdict::Separate, _) => APART,
        (Verdict::Unsure, Reason::SentenceEnd) if CONNECTIVES.iter().any(|c| next.text.starts_with(c)) => LEANS,
        (Verdict::Unsure, Reason::SentenceEnd) => SENTENCE_ENDED,
        (Verdict::Unsure, _) => 0,
    };
    let points = if needs_more(&tail) || is_rest_of_pair(&next.text) { points.max(WORD_CUT) } else { points };
    let cut_kana = thread.text.chars().next_back().is_some_and(is_katakana) && next.text.chars().next().is_some_and(is_katakana);
    let points = if cut_kana { points + CUT_KANA } else { points };
    let is_open = !tail.ends_with(['。', '．']);
    let is_tail = next.text.chars().count() <= SHORTEST_CELL && !habits.cells.contains(&next.text);
    let points = if is_open && (is_remark(&next.text) || is_tail) && found.verdict != Verdict::Separate { points + REST } else { points };
    let is_strong = points >= LEANS;
    match () {
        () if habits.cells.contains(&next.text) || (habits.cells.contains(&thread.text) && !is_strong) => points + KNOWN_CELL,
        () if !is_strong && (is_short_noun(&next.text) || is_short_noun(&thread.text)) => points + SHORT_NOUN,
        () => points,
    }
}

/// ・啓発, behind 周知: too short for an item of a list.
pub(crate) fn is_rest_of_pair(text: &str) -> bool {
    text.starts_with('・') && (2..=3).contains(&text.chars().count())
}

/// In brackets as a whole.
pub(crate) fn is_remark(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
}

/// …、③ or an open bracket: what stands in it is still to come.
fn needs_more(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| is_circled_number(c) || "（(「『《【".contains(c))
}

/// The end of a text, long enough for a joint and its brackets.
fn tail(text: &str) -> String {
    let skip = text.chars().count().saturating_sub(120);
    text.chars().skip(skip).collect()
}

/// The points of a segment that goes on with a thread, by where both stand. `widest`: the width of the thread's widest
/// line; `passed`: segments between them; `latest`: nothing else was touched since.
pub(crate) fn by_place(
    segments: &[Segment],
    thread: &Thread,
    widest: u32,
    next: usize,
    passed: usize,
    latest: bool,
    habits: &Habits,
) -> i32 {
    let last = thread.segments[thread.segments.len() - 1];
    let (a, b) = (&segments[last], &segments[next]);
    let mut points = habits.step * passed as i32;
    let columns = pair_place(segments, thread, b.line).zip(place_in_pair(segments, next));
    if a.line == b.line {
        points += BESIDE;
    } else if let Some((own, here)) = columns {
        points += BELOW + if own == here { SAME_COLUMN } else { OTHER_COLUMN };
    } else if b.of == 1 && a.page() == b.page() && !b.after_blank && pair_place(segments, thread, b.line).is_some() {
        points += BELOW + PAIRED;
    } else if b.is_below(a) {
        points += BELOW;
        if a.of > 1 && b.of > 1 {
            points += if a.place == b.place { SAME_COLUMN } else { OTHER_COLUMN };
        }
    }
    // A line much shorter than one before it in its text ended there.
    let is_short = a.width() + 2 * SLACK < widest;
    points += match habits.is_full(a.width()).map(|full| full && !is_short) {
        Some(true) => FULL,
        Some(false) if !a.text.ends_with(['、', '，', '・', '‧', '（']) => NOT_FULL,
        _ => 0,
    };
    points += if b.width() > a.width() + SLACK { TOO_WIDE } else { 0 };
    let in_turn = passed <= TURN && (thread.bullet || a.width() >= WIDE) && is_box(segments, last) && is_box(segments, next);
    points
        + match (latest, in_turn) {
            (true, true) => LATEST_BOX,
            (true, false) => 0,
            (false, true) => OLDER_BOX,
            (false, false) => OLDER,
        }
}

/// What words alone make certain holds right behind, too.
pub(crate) fn together(by_place: i32, by_language: i32, passed: usize) -> i32 {
    by_place + by_language + if passed == 0 && by_language >= CERTAIN { NARROW } else { 0 }
}

/// A line alone between blank lines, as some dumps leave the lines of two columns, in turn.
fn is_box(segments: &[Segment], index: usize) -> bool {
    let next = segments.get(index + 1);
    segments[index].after_blank && segments[index].of == 1 && next.is_none_or(|n| n.after_blank)
}

/// The place of a text of two that stand side by side on its line, both as wide as texts of wide columns.
pub(crate) fn place_in_pair(segments: &[Segment], index: usize) -> Option<usize> {
    let place = segments[index].place;
    let other = if place == 0 { index + 1 } else { index.checked_sub(1)? };
    let other = segments.get(other).filter(|o| o.line == segments[index].line)?;
    (segments[index].of == 2 && segments[index].width() >= PAIR_WIDTH && other.width() >= PAIR_WIDTH).then_some(place)
}

/// The place that a thread last had on a line of two texts, not far above a line.
fn pair_place(segments: &[Segment], thread: &Thread, line: usize) -> Option<usize> {
    let near = thread.segments.iter().rev().take_while(|&&s| segments[s].line + PAIR_REACH >= line);
    near.filter_map(|&s| place_in_pair(segments, s)).next()
}
