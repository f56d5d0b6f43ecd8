//! Which lines make a paragraph: a width at which lines were cut, a page that ended in the middle of a
//! sentence, labels and marks that begin something new.

use super::label::{self, Label};
use super::tree::{self, Outline};
use crate::reader::Reader;
use crate::recorder::Recorder;
use seisho_japanese::join::{Gap, Verdict, joint};
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
        let goes_on = match (paragraphs.last(), before) {
            (Some(last), Some(before)) if start == Start::Plain => {
                let last = Ended { raw: reader.raw(&last.run), line: before, is_label_alone: is_label_alone(last, reader) };
                continues(&last, &raw, line, after_break, reader, recorder)
            }
            _ => false,
        };
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some(last) => last.run.0.extend(&line.run.0),
            None => paragraphs.push(Paragraph { start, run: line.run.clone() }),
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
fn continues(last: &Ended<'_>, raw: &str, line: &Line, after_break: bool, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> bool {
    if last.is_label_alone || line.item || line.heading.is_some() || last.line.heading.is_some() || starts_with_mark(raw) {
        return false;
    }
    let gap = if line.blank_before > 0 || after_break { Gap::ParagraphBreak } else { Gap::LineBreak };
    let ends_sentence = ends_sentence(&last.raw);
    if let Wrap::Width(width) = reader.layout.wrap {
        let is_full = last.line.indent + last.line.width + FULL_SLACK >= width;
        if ends_sentence {
            // A sentence that ends at the edge may be followed by its next one; a new paragraph is the rule.
            return false;
        }
        if is_full && gap == Gap::LineBreak {
            return true;
        }
        if (last.line.indent + last.line.width) * 4 < width * SHORT_QUARTERS && gap == Gap::LineBreak {
            return false; // the next word would have fitted: nobody cut the line here
        }
    } else if ends_sentence {
        return false;
    }
    let joint = joint(reader.worker, &last.raw, raw, gap);
    if joint.verdict == Verdict::Unsure && !looks_like_heading(&last.raw) {
        let ja = "前の段落の続きか新しい段落か、決め手がありません".to_owned();
        let finding = Finding::new(Code::J004, ja, "nothing tells whether this goes on with the paragraph before");
        recorder.findings.push(finding.at(line.run.clone()));
    }
    joint.verdict == Verdict::Join
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
