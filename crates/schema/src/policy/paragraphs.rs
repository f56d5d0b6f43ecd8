//! Which lines make a paragraph: a width at which lines were cut, a page that ended in the middle of a
//! sentence, labels and marks that begin something new.

use super::indents::Indents;
use super::label::{self, Label};
use super::line::{FULL_SLACK, TextLine};
use super::tree::{self, Outline};
use crate::Options;
use crate::recorder::Recorder;
use seisho_japanese::join::{Gap, Reason, Verdict, joint};
use seisho_model::codes::japanese::j004;
use seisho_model::layout::Wrap;
use seisho_model::record::JoinEvidence;
use seisho_model::{Run, TextRange};
use seisho_reading::{Reader, ends_sentence};
use std::collections::{BTreeMap, BTreeSet};

/// A provision's label, cut off its text.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// As printed, with its dot.
    pub(super) printed: Run,
    /// The dot, in the raw text of `printed`.
    pub(super) dot: TextRange,
    /// How deep it stands, from 0.
    pub(super) depth: usize,
    /// Its number does not follow the one before.
    pub(super) jump: bool,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// The label, for the first paragraph of a provision.
    pub(super) head: Option<Head>,
    /// The text behind it; empty for a label that stands alone.
    pub(super) text: Run,
    /// Line ends, by byte of the raw text, that were joined on a guess.
    pub(super) guesses: Vec<usize>,
    /// Ends of pages that it goes over: the pages, from 1, and why it does.
    pub(super) breaks: Vec<([u32; 2], JoinEvidence)>,
    /// It begins with a number that counts like those of provisions, and was taken for text.
    pub(super) counts: Option<u32>,
    /// The text as it reads, line by line.
    seen: String,
    /// Lines so far.
    lines: u32,
    /// Indent of the first one.
    indent: u32,
}

/// A line that fills fewer quarters of the width than this was ended by its author.
const SHORT_QUARTERS: u32 = 3;

/// Joins lines to paragraphs and gives every label its text; without labels, all are plain.
pub(super) fn join(
    lines: &[TextLine<'_>],
    with_labels: bool,
    options: &Options,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<Paragraph> {
    let tight = counts_tightly(lines);
    let indents = Indents::learn(lines, tight, reader.layout.wrap);
    let names = names(lines);
    let unnumbered = if with_labels { unnumbered(lines, tight) } else { BTreeSet::new() };
    let mut outline = Outline::default();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut waiting = Waiting::default();
    for (index, line) in lines.iter().enumerate() {
        if unnumbered.contains(&index) {
            let head = Paragraph::unnumbered(line, lines.get(index + 1).and_then(|below| below.label(tight)), &mut outline);
            waiting.note(&head);
            paragraphs.push(head);
            continue;
        }
        if let Some(label) = line.label(tight).or_else(|| named(line, &names)).filter(|_| with_labels)
            && let Some(head) = begin(line, lines.get(index + 1), label, &mut outline, &paragraphs, reader)
        {
            waiting.note(&head);
            paragraphs.push(head);
            continue;
        }
        let joined = match paragraphs.last() {
            // Nothing goes on over the end of a page where that is not wanted.
            Some(last) if index > 0 && (options.page_joins || !line.after_break) => {
                continues(last, &lines[index - 1], line, waiting.labels(), &indents, reader, recorder)
            }
            _ => Joined::No,
        };
        match paragraphs.last_mut().filter(|_| joined != Joined::No) {
            Some(last) => last.extend(line, joined == Joined::Guess, reader),
            None => {
                let label = line.label(tight).filter(|label| with_labels && label.skip > label.dotted && label.skip < line.text().len());
                let due = paragraphs.last().and_then(|last| last.counts).unwrap_or(0) + 1;
                let counts = label.map(|label| label.value).filter(|&value| value == 1 || value == due);
                paragraphs.push(Paragraph { counts, ..Paragraph::plain(line) });
                waiting.plain += 1;
            }
        }
    }
    deal_out(paragraphs)
}

/// Whether numbers right before their text (１施政方針) count up from 1, so that they are labels. Of scans nobody knows
/// how wide the blanks are.
fn counts_tightly(lines: &[TextLine<'_>]) -> bool {
    let values: Vec<u32> = lines.iter().filter_map(|l| label::parse_tight(l.text())).map(|l| l.value).collect();
    let counts = values.iter().fold(0, |next, &v| if v == next + 1 { v } else { next });
    counts >= 2 || lines.first().is_some_and(|l| l.is_scanned)
}

/// Headings without a number: below a second one the numbers begin anew that count below the first. Without them all of it would
/// be the text of the last provision.
fn unnumbered(lines: &[TextLine<'_>], tight: bool) -> BTreeSet<usize> {
    let is_heading = |at: usize| {
        let (line, text) = (&lines[at], lines[at].text());
        let is_set_apart = line.line.blank_before > 0 || line.line.heading.is_some();
        let is_below =
            |above: &TextLine<'_>| ends_sentence(above.text()) || above.label(tight).is_some() && looks_like_heading(above.text());
        let is_apart = at == 0 || is_set_apart || is_below(&lines[at - 1]);
        line.label(tight).is_none()
            && is_apart
            && text.chars().nth(LONGEST_HEADING).is_none()
            && looks_like_heading(text)
            && !line.is_row()
            && !line.line.item
            // A post and a name on a page that is there twice.
            && !text.contains(char::is_whitespace)
            && !text.starts_with(['・', '※', '（', '(', '「'])
            && !text.ends_with(['：', ':'])
    };
    let below = |at: usize| lines.get(at + 1)?.label(tight).filter(|label| label.value == 1 && label.list == 0);
    let mut outline = Outline::default();
    let mut begins_anew: BTreeSet<label::Shape> = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(label) = line.label(tight) else { continue };
        let is_text = outline.take(label, false) == tree::Role::Text;
        if is_text && label.value == 1 && at > 0 && is_heading(at - 1) {
            begins_anew.insert(label.shape);
        }
    }
    let is_one = |&at: &usize| is_heading(at) && below(at).is_some_and(|label| begins_anew.contains(&label.shape));
    if begins_anew.is_empty() { BTreeSet::new() } else { (0..lines.len()).filter(is_one).collect() }
}

/// A heading without a number is no longer, in characters.
const LONGEST_HEADING: usize = 30;

/// The words that stand before numbers which count up from 1 (重点１, 重点２), each with its place among them, from 1.
fn names(lines: &[TextLine<'_>]) -> BTreeMap<String, u32> {
    let mut values: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (name, label) in lines.iter().filter_map(|l| label::name(l.text())) {
        values.entry(name).or_default().push(label.value);
    }
    let counts_up = |values: &[u32]| values.len() > 1 && values.iter().zip(1..).all(|(value, place)| *value == place);
    let mut rows: Vec<(&str, usize)> =
        values.iter().filter(|(_, values)| counts_up(values)).map(|(name, values)| (*name, values.len())).collect();
    rows.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
    rows.into_iter().take(NAMES).map(|(name, _)| name.to_owned()).zip(1..).collect()
}

/// Provisions stand below so many names at most: each may be one level deeper than the one before.
const NAMES: usize = 4;

fn named(line: &TextLine<'_>, names: &BTreeMap<String, u32>) -> Option<Label> {
    let (name, label) = label::name(line.text())?;
    Some(Label { series: *names.get(name)?, ..label })
}

/// Begins a provision, if the label is meant as one.
fn begin(
    line: &TextLine<'_>,
    next: Option<&TextLine<'_>>,
    label: Label,
    outline: &mut Outline,
    before: &[Paragraph],
    reader: &Reader<'_>,
) -> Option<Paragraph> {
    let is_tight =
        label.skip == label.len && !line.text()[label.len..].starts_with(char::is_whitespace) && label.shape == label::Shape::Number;
    let goes_on = before.last().is_some_and(|p| !p.text.is_empty() && !ends_sentence(&p.seen) && !looks_like_heading(&p.seen));
    if is_tight && label.skip < line.text().len() && (!outline.expects(label) || goes_on) {
        return None;
    }
    // A heading of its own: the text before it has ended, and it is set apart or a row of labels begins below it.
    let opens_row = next.and_then(|next| next.label(false)).is_some_and(|below| below.value == 1 && below.shape != label.shape);
    let behind = line.text()[label.skip..].trim();
    let is_heading = !is_tight && !goes_on && (opens_row || line.line.blank_before > 0) && !behind.is_empty() && looks_like_heading(behind);
    let (depth, jump) = match outline.take(label, is_heading) {
        tree::Role::Next(depth) => (depth, false),
        tree::Role::Jump(depth) => (depth, true),
        tree::Role::Text => return None,
    };
    let cut = line.cut(label, reader);
    let seen = line.text()[cut.label.skip..].to_owned();
    let head = Some(Head { printed: cut.printed, dot: cut.dot, depth, jump });
    Some(Paragraph {
        head,
        text: cut.text,
        guesses: Vec::new(),
        breaks: Vec::new(),
        counts: None,
        seen,
        lines: 1,
        indent: line.line.indent,
    })
}

impl Paragraph {
    fn plain(line: &TextLine<'_>) -> Self {
        let (text, seen) = (line.line.run.clone(), line.text().to_owned());
        Self { head: None, text, guesses: Vec::new(), breaks: Vec::new(), counts: None, seen, lines: 1, indent: line.line.indent }
    }

    /// A heading without a number.
    fn unnumbered(line: &TextLine<'_>, below: Option<Label>, outline: &mut Outline) -> Self {
        let depth = outline.take_unnumbered(below);
        let head = Head { printed: Run::default(), dot: TextRange::new(0, 0), depth, jump: false };
        Self { head: Some(head), ..Self::plain(line) }
    }

    fn extend(&mut self, line: &TextLine<'_>, guess: bool, reader: &Reader<'_>) {
        if guess {
            self.guesses.push(reader.raw(&self.text).len());
        }
        if let (true, Some(last), Some(next)) = (line.after_break, self.text.0.last(), line.line.run.0.first()) {
            let why = if ends_sentence(&self.seen) { JoinEvidence::FullLine } else { JoinEvidence::UnfinishedSentence };
            self.breaks.push(([last.page + 1, next.page + 1], why));
        }
        self.text.0.extend(&line.line.run.0);
        self.seen.push_str(line.text());
        self.lines += 1;
    }

    fn is_label_alone(&self) -> bool {
        self.head.is_some() && self.text.is_empty()
    }
}

/// The end of the paragraphs so far: labels that stand alone, then paragraphs without labels.
#[derive(Clone, Copy, Debug, Default)]
struct Waiting {
    alone: usize,
    plain: usize,
}

impl Waiting {
    /// Takes note of a paragraph with a label.
    fn note(&mut self, paragraph: &Paragraph) {
        let before = if self.plain == 0 { self.alone } else { 0 };
        *self = Self { alone: if paragraph.is_label_alone() { before + 1 } else { 0 }, plain: 0 };
    }

    /// Labels that have no paragraph behind them yet.
    fn labels(self) -> usize {
        self.alone.saturating_sub(self.plain)
    }
}

/// Dumps print the labels of a page's margin before their texts: each label that stands alone takes the next
/// paragraph behind the group.
fn deal_out(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    let mut waiting: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    for paragraph in paragraphs {
        if paragraph.is_label_alone() {
            waiting.push_back(out.len());
        } else if paragraph.head.is_some() {
            waiting.clear();
        } else if let Some(index) = waiting.pop_front() {
            let label = &mut out[index];
            (label.text, label.guesses, label.breaks, label.seen) = (paragraph.text, paragraph.guesses, paragraph.breaks, paragraph.seen);
            continue;
        }
        out.push(paragraph);
    }
    out
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

fn continues(
    last: &Paragraph,
    before: &TextLine<'_>,
    line: &TextLine<'_>,
    waiting: usize,
    indents: &Indents,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Joined {
    let begins_anew =
        line.line.item || line.line.heading.is_some() || (starts_with_mark(line.text()) && !is_cut_at_dot(last, before, line, reader));
    if last.is_label_alone() || begins_anew || before.line.heading.is_some() || before.is_row() || line.is_row() {
        return Joined::No;
    }
    let is_blank_between = line.line.blank_before > 0 || line.after_break;
    let gap = if is_blank_between { Gap::ParagraphBreak } else { Gap::LineBreak };
    let ended = ends_sentence(&last.seen);
    let mut needs = Evidence::Any;
    if let Wrap::Width(width) = reader.layout.wrap {
        match by_width(before, width, ended, gap) {
            Width::Ended => return at_sentence_end(last, before, line, width, gap, indents, recorder),
            Width::Cut => return Joined::Yes,
            Width::Short => needs = Evidence::Strong,
            Width::Open => {}
        }
    } else if ended {
        return Joined::No;
    }
    if is_below_first(last, before, line, gap, reader) {
        return Joined::Yes;
    }
    if waiting > 0 || names_a_subject(&last.seen) {
        needs = Evidence::Strong;
    }
    by_words(last, line, gap, needs, reader, recorder)
}

/// Whether a line stands where the further lines of a paragraph do: its first line is set in by a letter, as Japanese sets it,
/// this one is not, and the line between is no shorter than a typist's.
fn is_below_first(last: &Paragraph, before: &TextLine<'_>, line: &TextLine<'_>, gap: Gap, reader: &mut Reader<'_>) -> bool {
    let is_set_in = last.head.is_none() && last.lines == 1 && last.indent == line.line.indent + LETTER;
    let is_long = before.line.width >= TYPED && before.line.width >= line.line.width;
    gap == Gap::LineBreak
        && is_set_in
        && is_long
        && !ends_sentence(&last.seen)
        && joint(reader.worker, &last.seen, line.text(), gap).verdict != Verdict::Separate
}

/// A full-width letter, in columns.
const LETTER: u32 = 2;
/// A line that a typist ended for want of room has more columns than this: twenty letters.
const TYPED: u32 = 40;

/// A ・ that a full line put at the start of the next one: ハード | ・ソフト.
fn is_cut_at_dot(last: &Paragraph, before: &TextLine<'_>, line: &TextLine<'_>, reader: &Reader<'_>) -> bool {
    let Wrap::Width(width) = reader.layout.wrap else { return false };
    let is_full = before.extent() + FULL_SLACK >= width;
    is_full && line.text().starts_with('・') && !ends_sentence(&last.seen) && !starts_with_mark(&last.seen)
}

/// What the width at which lines were cut says of a line.
enum Width {
    /// The sentence is over.
    Ended,
    /// The line is full and the sentence goes on.
    Cut,
    /// The next word would have fitted: hardly anybody cut the line here.
    Short,
    /// Nothing.
    Open,
}

fn by_width(before: &TextLine<'_>, width: u32, ended: bool, gap: Gap) -> Width {
    if ended {
        return Width::Ended;
    }
    if before.extent() + FULL_SLACK >= width {
        return Width::Cut; // even over a blank line: some dumps put one behind every line
    }
    if before.extent() * 4 < width * SHORT_QUARTERS && gap == Gap::LineBreak { Width::Short } else { Width::Open }
}

/// Behind a sentence's end at the edge of the page the indent alone tells whether the paragraph goes on.
fn at_sentence_end(
    last: &Paragraph,
    before: &TextLine<'_>,
    line: &TextLine<'_>,
    width: u32,
    gap: Gap,
    indents: &Indents,
    recorder: &mut Recorder<'_>,
) -> Joined {
    if gap != Gap::LineBreak || before.extent() + FULL_SLACK < width {
        return Joined::No;
    }
    match indents.goes_on(last.indent, line.line.indent) {
        Some(true) => Joined::Yes,
        Some(false) => Joined::No,
        None => {
            report(Verdict::Separate, line, recorder);
            Joined::No
        }
    }
}

/// How much the words have to say for two lines to be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    Any,
    /// A word, a bracket or a phrase lies across the gap.
    Strong,
}

/// What the words say.
fn by_words(
    last: &Paragraph,
    line: &TextLine<'_>,
    gap: Gap,
    needs: Evidence,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Joined {
    // 1,300 | 2 橋りょう費: the number may go on, but nothing says so.
    if last.seen.ends_with(char::is_numeric) && line.text().starts_with(char::is_numeric) {
        report(Verdict::Separate, line, recorder);
        return Joined::No;
    }
    let joint = joint(reader.worker, &last.seen, line.text(), gap);
    let is_comma = last.seen.ends_with(['、', '，', '「', '『', '（', '(']);
    let is_strong = matches!(joint.reason, Reason::WordCut | Reason::RightLeans | Reason::OpenBracket) || is_comma;
    if needs == Evidence::Strong {
        return if joint.verdict == Verdict::Join && is_strong { Joined::Yes } else { Joined::No };
    }
    let is_sure = joint.verdict != Verdict::Unsure && joint.reason != Reason::Cost;
    if !is_sure && !looks_like_heading(&last.seen) {
        report(joint.verdict, line, recorder);
    }
    match joint.verdict {
        Verdict::Join if is_sure => Joined::Yes,
        Verdict::Join => Joined::Guess,
        Verdict::Separate | Verdict::Unsure => Joined::No,
    }
}

fn report(verdict: Verdict, line: &TextLine<'_>, recorder: &mut Recorder<'_>) {
    let run = line.line.run.clone();
    recorder.findings.push(if verdict == Verdict::Join { j004::joined(run) } else { j004::parted(run) });
}

fn looks_like_heading(text: &str) -> bool {
    text.chars().nth(40).is_none() && !text.contains(['、', '，', '。'])
}

/// A heading that ends like an unfinished sentence: 令和7年度重点課題について.
fn names_a_subject(text: &str) -> bool {
    looks_like_heading(text) && ["について", "に向けて", "に関して", "にあたって", "に当たって"].iter().any(|end| text.ends_with(end))
}

/// A mark that begins an item of its own.
fn starts_with_mark(text: &str) -> bool {
    text.starts_with(['・', '･', '•', '●', '○', '◎', '◇', '◆', '□', '■', '※', '▪'])
}
