//! Lines that wraps and columns tore apart, threaded into texts again: an item, a bullet, a paragraph. For every
//! segment the open text that it goes on with best, by what the language says at the joint, whether the line above
//! was full, and how near it stands. Knows no fields.

use super::narrow;
use super::segment::Segment;
use seisho_japanese::join::{Gap, Reason, Verdict, joint};
use seisho_japanese::tokenizer::Worker;
use std::collections::{BTreeMap, BTreeSet};

/// A text in the making: segments that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thread {
    pub(super) segments: Vec<usize>,
    /// It begins with a list mark.
    pub(super) bullet: bool,
    pub(super) text: String,
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
const KNOWN_CELL: i32 = -45;
const SHORT_NOUN: i32 = -20;
const TOO_WIDE: i32 = -20;
/// What the words alone make certain holds in a column too narrow to have shown its width.
const CERTAIN: i32 = 50;
const NARROW: i32 = 25;
/// Points for each segment between.
const STEP: i32 = -3;
const FAR_STEP: i32 = -15;
/// From here on a segment goes on with a text.
const ENOUGH: i32 = 25;
/// A text is looked for among so many that were touched last.
const REACH: usize = 8;
/// A full line may be so many columns short of the widest: a character that may not begin a line, or half of one.
const SLACK: u32 = 4;

/// Words that take up the sentence before: no cell begins with them.
const CONNECTIVES: [&str; 9] = ["また", "なお", "さらに", "ただし", "併せて", "あわせて", "合わせて", "加えて", "その際"];

/// What the document shows of itself.
pub(super) struct Habits {
    /// Widths of lines that a word runs beyond: widths of columns.
    full: Vec<u32>,
    /// Short nouns that stand alone again and again: cells of a narrow column.
    pub(super) cells: BTreeSet<String>,
    /// Points for each segment between two lines of a text: many against it where rows follow each other, for then
    /// the lines of a cell do.
    step: i32,
}

impl Habits {
    pub(super) fn new(segments: &[Segment], body: &[usize], words: &[String], rows_follow: bool, worker: &mut Worker) -> Self {
        Self {
            full: full_widths(segments, body, worker),
            cells: recurring(segments, body, words),
            step: if rows_follow { FAR_STEP } else { STEP },
        }
    }

    /// Whether a line was cut by the width of its column; none where the document shows no widths.
    fn is_full(&self, width: u32) -> Option<bool> {
        (!self.full.is_empty()).then(|| self.full.iter().any(|&w| w.abs_diff(width) <= SLACK))
    }
}

/// Widths at which lines are cut inside a word, each seen twice or more, nearly.
fn full_widths(segments: &[Segment], body: &[usize], worker: &mut Worker) -> Vec<u32> {
    let mut widths: Vec<u32> = Vec::new();
    for pair in body.windows(2) {
        let (a, b) = (&segments[pair[0]], &segments[pair[1]]);
        let below = b.is_below(a) && a.of == 1 && b.of == 1;
        if below && cuts_a_word(joint(worker, &a.text, &b.text, Gap::LineBreak).reason) {
            widths.push(a.width());
        }
    }
    widths.sort_unstable();
    let near = |w: u32| widths.iter().filter(|&&o| o.abs_diff(w) <= 2).count();
    let mut kept: Vec<u32> = widths.iter().copied().filter(|&w| near(w) > 1).collect();
    kept.dedup();
    kept
}

fn cuts_a_word(reason: Reason) -> bool {
    matches!(reason, Reason::WordCut | Reason::RightLeans | Reason::Number)
}

/// Short nouns that stand alone twice or more, and those that the form knows.
fn recurring(segments: &[Segment], body: &[usize], words: &[String]) -> BTreeSet<String> {
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    for segment in body.iter().map(|&i| &segments[i]) {
        *count.entry(&segment.text).or_insert(0) += 1;
    }
    let is_cell = |text: &str, n: u32| words.iter().any(|w| w == text) || (n > 1 && is_short_noun(text));
    count.into_iter().filter(|&(text, n)| is_cell(text, n)).map(|(text, _)| text.to_owned()).collect()
}

/// A noun as cells of categories hold: three to twelve letters. Of two are 調整 and 縮減, the last words of a cut
/// sentence.
pub(super) fn is_short_noun(text: &str) -> bool {
    (3..=12).contains(&text.chars().count()) && narrow::is_nominal(text)
}

/// Threads the segments of `body`, in order.
pub(super) fn thread(segments: &[Segment], body: &[usize], marks: &[char], habits: &Habits, worker: &mut Worker) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    // Threads by when they were last touched.
    let mut recent: Vec<usize> = Vec::new();
    for (position, &index) in body.iter().enumerate() {
        let segment = &segments[index];
        let bullet = segment.text.chars().next().is_some_and(|c| marks.contains(&c));
        let best = if bullet { None } else { best(segments, body, position, &threads, &recent, habits, worker) };
        let chosen = match best {
            Some(thread) => {
                threads[thread].segments.push(index);
                threads[thread].text.push_str(&segment.text);
                thread
            }
            None => {
                threads.push(Thread { segments: vec![index], bullet, text: segment.text.clone() });
                threads.len() - 1
            }
        };
        recent.retain(|&t| t != chosen);
        recent.push(chosen);
        if recent.len() > REACH {
            recent.remove(0);
        }
    }
    threads
}

/// The thread that a segment goes on with, if any does well enough; of equals the one touched longest ago, for
/// lines of two columns come in turn.
fn best(
    segments: &[Segment],
    body: &[usize],
    position: usize,
    threads: &[Thread],
    recent: &[usize],
    habits: &Habits,
    worker: &mut Worker,
) -> Option<usize> {
    let mut best: Option<(i32, usize)> = None;
    for (age, &index) in recent.iter().rev().enumerate() {
        let thread = &threads[index];
        let last = *thread.segments.last()?;
        if segments[body[position]].page() > segments[last].page() + 1 {
            continue;
        }
        let passed = body[..position].iter().rev().take_while(|&&i| i != last).count();
        let older = if age == 0 {
            0
        } else if passed <= TURN
            && (thread.bullet || segments[last].width() >= WIDE)
            && is_box(segments, last)
            && is_box(segments, body[position])
        {
            OLDER_BOX
        } else {
            OLDER
        };
        // A line much shorter than one before it in its text ended there.
        let widest = thread.segments.iter().map(|&i| segments[i].width()).max().unwrap_or(0);
        let is_short = segments[last].width() + 2 * SLACK < widest;
        let points = by_place(segments, thread, last, body[position], passed, is_short, habits) + older;
        let by_language = by_language(thread, &segments[body[position]], habits, worker);
        let points = points + by_language + if passed == 0 && by_language >= CERTAIN { NARROW } else { 0 };
        if points >= ENOUGH && best.is_none_or(|(b, _)| points > b) {
            best = Some((points, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Lines of columns come in turn: no more of others between.
const TURN: usize = 2;
/// A line of a wide column has so many columns of a half-width character: titles are narrower.
const WIDE: u32 = 36;

/// A line alone between blank lines, as some dumps leave the lines of two columns, in turn.
fn is_box(segments: &[Segment], index: usize) -> bool {
    let next = segments.get(index + 1);
    segments[index].after_blank && segments[index].of == 1 && next.is_none_or(|n| n.after_blank)
}

/// The place of a text of two that stand side by side on its line, both as wide as texts of wide columns.
pub(super) fn place_in_pair(segments: &[Segment], index: usize) -> Option<usize> {
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

fn by_place(segments: &[Segment], thread: &Thread, last: usize, next: usize, passed: usize, is_short: bool, habits: &Habits) -> i32 {
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
    points += match habits.is_full(a.width()).map(|full| full && !is_short) {
        Some(true) => FULL,
        Some(false) if !a.text.ends_with(['、', '，', '・', '‧', '（']) => NOT_FULL,
        _ => 0,
    };
    if b.width() > a.width() + SLACK { points + TOO_WIDE } else { points }
}

fn by_language(thread: &Thread, next: &Segment, habits: &Habits, worker: &mut Worker) -> i32 {
    let tail: String = tail(&thread.text);
    let found = joint(worker, &tail, &next.text, Gap::LineBreak);
    let points = match (found.verdict, found.reason) {
        (Verdict::Join, Reason::WordCut | Reason::OpenBracket | Reason::Number) => WORD_CUT,
        (Verdict::Join, Reason::RightLeans) if tail.ends_with('。') => SENTENCE_ENDED,
        (Verdict::Join, Reason::RightLeans | Reason::LeftOpen) => LEANS,
        (Verdict::Join, _) => JOINED,
        (Verdict::Separate, _) => APART,
        (Verdict::Unsure, Reason::SentenceEnd) if CONNECTIVES.iter().any(|c| next.text.starts_with(c)) => LEANS,
        (Verdict::Unsure, Reason::SentenceEnd) => SENTENCE_ENDED,
        (Verdict::Unsure, _) => 0,
    };
    let cut_kana = thread.text.chars().next_back().is_some_and(is_katakana) && next.text.chars().next().is_some_and(is_katakana);
    let points = if cut_kana { points + CUT_KANA } else { points };
    let is_open = !tail.ends_with(['。', '．']);
    let is_remark = next.text.starts_with(['（', '(']) && next.text.ends_with(['）', ')']);
    let is_tail = next.text.chars().count() <= SHORTEST_CELL && !habits.cells.contains(&next.text);
    let points = if is_open && (is_remark || is_tail) && found.verdict != Verdict::Separate { points + REST } else { points };
    let is_strong = points >= LEANS;
    match () {
        () if habits.cells.contains(&next.text) || (habits.cells.contains(&thread.text) && !is_strong) => points + KNOWN_CELL,
        () if !is_strong && (is_short_noun(&next.text) || is_short_noun(&thread.text)) => points + SHORT_NOUN,
        () => points,
    }
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

/// The end of a text, long enough for a joint and its brackets.
fn tail(text: &str) -> String {
    let skip = text.chars().count().saturating_sub(120);
    text.chars().skip(skip).collect()
}
