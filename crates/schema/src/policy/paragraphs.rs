//! Which lines make a paragraph: a width at which lines were cut, a page that ended in the middle of a
//! sentence, labels and marks that begin something new.

use super::label::{self, Label};
use super::tree::{self, Outline};
use crate::reader::Reader;
use crate::recorder::Recorder;
use seisho_japanese::join::{Gap, Reason, Verdict, joint};
use seisho_model::layout::{Line, Wrap};
use seisho_model::{Code, Finding, Run};

/// How a paragraph begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With the label of a provision.
    Provision {
        label: Label,
        /// From 0.
        depth: usize,
        /// Its number does not follow the one before.
        jump: bool,
    },
    /// With text.
    Plain,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) start: Start,
    pub(super) run: Run,
    /// Line ends, by byte of the raw text, that were joined on a guess.
    pub(super) guesses: Vec<usize>,
}

/// A line this much narrower than the width at which lines are cut may still be full: hanging indents and
/// characters that may not start a line take up to this many columns. Measured on the corpus' dumps.
const FULL_SLACK: u32 = 10;

/// A line that fills fewer quarters of the width than this was ended by its author.
const SHORT_QUARTERS: u32 = 3;

/// Joins lines to paragraphs.
pub(super) fn join(lines: &[(usize, &Line)], breaks: &[usize], reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Vec<Paragraph> {
    let mut outline = Outline::default();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for &(number, line) in lines {
        let raw = reader.raw(&line.run);
        let start = start(&raw, &mut outline);
        let after_break = breaks.contains(&number);
        let joined = match (paragraphs.last(), before) {
            (Some(last), Some(before)) if start == Start::Plain => {
                let last = Ended { raw: reader.raw(&last.run), line: before, is_label_alone: is_label_alone(last, reader) };
                continues(&last, &raw, line, after_break, reader, recorder)
            }
            _ => Joined::No,
        };
        match paragraphs.last_mut().filter(|_| joined != Joined::No) {
            Some(last) => {
                if joined == Joined::Guess {
                    last.guesses.push(reader.raw(&last.run).len());
                }
                last.run.0.extend(&line.run.0);
            }
            None => paragraphs.push(Paragraph { start, run: line.run.clone(), guesses: Vec::new() }),
        }
        before = Some(line);
    }
    paragraphs
}

fn start(raw: &str, outline: &mut Outline) -> Start {
    let Some(label) = label::parse(raw) else { return Start::Plain };
    match outline.take(label) {
        tree::Role::Next(depth) => Start::Provision { label, depth, jump: false },
        tree::Role::Jump(depth) => Start::Provision { label, depth, jump: true },
        tree::Role::Text => Start::Plain,
    }
}

/// The paragraph so far.
struct Ended<'l> {
    raw: String,
    /// Its last line.
    line: &'l Line,
    is_label_alone: bool,
}

fn is_label_alone(paragraph: &Paragraph, reader: &Reader<'_>) -> bool {
    matches!(paragraph.start, Start::Provision { label, .. } if label.skip >= reader.raw(&paragraph.run).len())
}

/// Whether a line goes on with the paragraph before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    No,
    /// The width, or a word or phrase that lies across the gap, says so.
    Yes,
    /// The words alone make it likely.
    Guess,
}

fn continues(last: &Ended<'_>, raw: &str, line: &Line, after_break: bool, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Joined {
    let begins_anew = line.item || line.heading.is_some() || starts_with_mark(raw);
    // In a text cut at a width too, a sentence's end is a paragraph's end more often than not.
    if last.is_label_alone || begins_anew || last.line.heading.is_some() || ends_sentence(&last.raw) {
        return Joined::No;
    }
    let gap = if line.blank_before > 0 || after_break { Gap::ParagraphBreak } else { Gap::LineBreak };
    if let (Wrap::Width(width), Gap::LineBreak) = (reader.layout.wrap, gap) {
        let filled = last.line.indent + last.line.width;
        if filled + FULL_SLACK >= width {
            return Joined::Yes;
        }
        if filled * 4 < width * SHORT_QUARTERS {
            return Joined::No; // the next word would have fitted: nobody cut the line here
        }
    }
    let joint = joint(reader.worker, &last.raw, raw, gap);
    let is_sure = joint.verdict != Verdict::Unsure && joint.reason != Reason::Cost;
    if !is_sure && !looks_like_heading(&last.raw) {
        report(joint.verdict, line, recorder);
    }
    match joint.verdict {
        Verdict::Join if is_sure => Joined::Yes,
        Verdict::Join => Joined::Guess,
        Verdict::Separate | Verdict::Unsure => Joined::No,
    }
}

fn report(verdict: Verdict, line: &Line, recorder: &mut Recorder<'_>) {
    let (ja, en) = if verdict == Verdict::Join {
        ("前の段落の続きと推定しました", "this was taken to go on with the paragraph before")
    } else {
        ("新しい段落と推定しました", "this was taken for a new paragraph")
    };
    recorder.findings.push(Finding::new(Code::J004, ja, en).at(line.run.clone()));
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['」', '』', '）', ')', ' ', '　']).ends_with(['。', '．', '！', '？'])
}

fn looks_like_heading(text: &str) -> bool {
    !text.contains(['、', '，', '。']) && text.chars().count() <= 40
}

/// A mark that begins an item of its own.
fn starts_with_mark(text: &str) -> bool {
    text.starts_with(['・', '･', '•', '●', '○', '◎', '◇', '◆', '□', '■', '※', '▪'])
}
