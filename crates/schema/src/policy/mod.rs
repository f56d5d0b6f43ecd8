//! Policies: a head, a preamble, and provisions in the order and depth of their numbering.

mod label;
mod paragraphs;
mod tree;

use crate::head::{Head, Taken, Written};
use crate::profile::Forms;
use crate::reader::{Reader, Reading, Spaces};
use crate::recorder::Recorder;
use label::Label;
use paragraphs::{Paragraph, Start};
use seisho_model::layout::{Block, Line};
use seisho_model::record::{Provision, Role};
use seisho_model::{Change, Code, Finding, Run, TextRange, Trust, is_visible};

/// A policy as it goes into the record.
pub(crate) struct Policy {
    pub(crate) head: Written,
    pub(crate) preamble: Vec<String>,
    pub(crate) sections: Vec<Provision>,
}

/// Maps lines to a policy. Without provisions all paragraphs are preamble.
pub(crate) fn map(blocks: &[Block], forms: &Forms, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Policy {
    let lines: Vec<&Line> = blocks.iter().filter_map(|b| if let Block::Line(line) = b { Some(line) } else { None }).collect();
    let breaks = page_breaks(blocks);
    let mut head = Head::default();
    let body = take_head(&lines, &mut head, forms, reader, recorder);
    let body = take_furniture(body, &breaks, forms, reader, recorder);
    let head = head.write(&forms.head, reader, recorder);
    let paragraphs = paragraphs::join(&body, &breaks, reader, recorder);
    let (preamble, sections) = build(&paragraphs, reader, recorder);
    Policy { head, preamble, sections }
}

/// Numbers of the lines that follow a page break.
fn page_breaks(blocks: &[Block]) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut line = 0;
    for block in blocks {
        match block {
            Block::Line(_) => line += 1,
            Block::PageBreak => breaks.push(line),
            Block::Table(_) => {}
        }
    }
    breaks
}

/// The head ends at the first provision or, once there is a title, at the first line that is no part of it.
/// Gives the lines of the body, numbered.
fn take_head<'l>(
    lines: &[&'l Line],
    head: &mut Head,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<(usize, &'l Line)> {
    let titles = &forms.policy.titles;
    let has_title = lines.iter().take(HEAD_LINES).any(|l| crate::head::is_title(crate::head::read_line(l, reader).text(), titles));
    let mut body = Vec::new();
    for (number, &line) in lines.iter().enumerate() {
        let is_label = label::parse(&reader.raw(&line.run)).is_some_and(|l| l.value == 1);
        let in_head = body.is_empty() && !is_label && number < HEAD_LINES;
        let is_opening = is_word(line, &forms.head.opening_words, reader);
        let taken = if is_opening && body.iter().all(|(_, l): &(usize, &Line)| label::parse(&reader.raw(&l.run)).is_none()) {
            recorder.furniture(&line.run, Role::Header);
            Taken::Yes
        } else if !in_head {
            Taken::No
        } else if !has_title && !head.has_title() && line.heading.is_some() {
            head.take_title(line)
        } else {
            head.take_line(line, titles, &forms.head, reader, recorder)
        };
        if taken == Taken::No {
            body.push((number, line));
        }
    }
    body
}

/// A head is no longer than this, in lines.
const HEAD_LINES: usize = 20;

fn is_word(line: &Line, words: &[String], reader: &Reader<'_>) -> bool {
    let text: String = reader.raw(&line.run).chars().filter(|&c| is_visible(c)).collect();
    words.contains(&text)
}

/// Sets page numbers and, at the very end, closing words apart.
fn take_furniture<'l>(
    body: Vec<(usize, &'l Line)>,
    breaks: &[usize],
    forms: &Forms,
    reader: &Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<(usize, &'l Line)> {
    let last = body.last().map_or(0, |(n, _)| *n);
    let is_number = |&(number, line): &(usize, &Line)| {
        let at_page_edge = number == last || breaks.iter().any(|&b| b == number || b == number + 1);
        is_page_number(&reader.raw(&line.run), at_page_edge)
    };
    let (numbers, mut body): (Vec<_>, Vec<_>) = body.into_iter().partition(is_number);
    for (_, line) in numbers {
        recorder.furniture(&line.run, Role::PageNumber);
    }
    if let Some((_, line)) = body.pop_if(|(_, line)| is_word(line, &forms.head.closing_words, reader)) {
        recorder.furniture(&line.run, Role::Footer);
    }
    body
}

/// `- 3 -` anywhere, `3` and `3/12` at the edge of a page.
fn is_page_number(text: &str, at_page_edge: bool) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '－' | '–' | '—' | '―' | 'ー' | '‐');
    let key = seisho_japanese::normalize::match_text(text);
    let inner = key.trim_matches(is_dash);
    let is_number = |s: &str| !s.is_empty() && s.len() <= 3 && s.bytes().all(|b| b.is_ascii_digit());
    let is_counted = inner.split_once('/').is_some_and(|(a, b)| is_number(a) && is_number(b));
    (is_number(inner) && (inner.len() < key.len() || at_page_edge)) || (is_counted && at_page_edge)
}

/// A provision in the making.
struct Open {
    depth: usize,
    provision: Provision,
    pointer: String,
    /// Whether its text is still to come: the label stood alone.
    awaits_text: bool,
}

fn build(paragraphs: &[Paragraph], reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> (Vec<String>, Vec<Provision>) {
    let mut preamble = Vec::new();
    let mut sections: Vec<Provision> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for paragraph in paragraphs {
        match paragraph.start {
            Start::Provision { label, depth, jump } => {
                close(&mut open, &mut sections, depth);
                let siblings = open.last().map_or(sections.len(), |o| o.provision.children.len());
                let parent = open.last().map_or("/sections".to_owned(), |o| format!("{}/children", o.pointer));
                let pointer = format!("{parent}/{siblings}");
                let provision = start(paragraph, label, jump, &pointer, reader, recorder);
                open.push(Open { depth, awaits_text: provision.text.is_empty(), provision, pointer });
            }
            Start::Plain => {
                let reading = read(&paragraph.run, &paragraph.guesses, 0, reader);
                match open.last_mut() {
                    None => preamble.push(recorder.value(format!("/preamble/{}", preamble.len()), &reading)),
                    Some(o) if o.awaits_text => {
                        o.provision.text = recorder.value(format!("{}/text", o.pointer), &reading);
                        o.awaits_text = false;
                    }
                    Some(o) => {
                        let pointer = format!("{}/body/{}", o.pointer, o.provision.body.len());
                        o.provision.body.push(recorder.value(pointer, &reading));
                    }
                }
            }
        }
    }
    close(&mut open, &mut sections, 0);
    (preamble, sections)
}

/// Closes the provisions that are as deep as `depth` or deeper.
fn close(open: &mut Vec<Open>, sections: &mut Vec<Provision>, depth: usize) {
    while let Some(done) = open.pop_if(|o| o.depth >= depth) {
        match open.last_mut() {
            Some(parent) => parent.provision.children.push(done.provision),
            None => sections.push(done.provision),
        }
    }
}

fn start(
    paragraph: &Paragraph,
    label: Label,
    jump: bool,
    pointer: &str,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Provision {
    let raw = reader.raw(&paragraph.run);
    let mut label_run = paragraph.run.part(TextRange::new(0, label.skip));
    // White space between label and text is neither's.
    if let Some(piece) = label_run.0.first_mut() {
        *piece = piece.part(0..raw[..label.skip].trim_end().len().min(piece.range.len()));
    }
    let printed = reader.raw(&label_run);
    let dot = TextRange::new(label.len, printed.len());
    let changes = if dot.is_empty() { vec![] } else { vec![Change::lossless("drop-label-dot", dot, "")] };
    let reading = reader.read_with(&label_run, Spaces::Keep, changes);
    let label_text = recorder.value(format!("{pointer}/label"), &reading);
    if jump {
        let ja = format!("項番「{label_text}」は前の項番の次ではありません");
        let finding = Finding::new(Code::M010, ja, format!("label {label_text} does not follow the one before"));
        recorder.findings.push(finding.at(label_run).about(format!("{pointer}/label")));
    }
    let text_run = paragraph.run.part(TextRange::new(label.skip.min(raw.len()), raw.len()));
    let text = if text_run.is_empty() {
        String::new()
    } else {
        recorder.value(format!("{pointer}/text"), &read(&text_run, &paragraph.guesses, label.skip, reader))
    };
    Provision { label: label_text, text, body: Vec::new(), children: Vec::new() }
}

/// Reads a paragraph's text, which begins at byte `from` of the paragraph.
fn read(run: &Run, guesses: &[usize], from: usize, reader: &mut Reader<'_>) -> Reading {
    let guess = |&at: &usize| Change {
        rule: "join-wrapped-line",
        raw: TextRange::new(at - from, at - from + 1),
        with: String::new(),
        trust: Trust::Guess,
    };
    reader.read_with(run, Spaces::Close, guesses.iter().map(guess).collect())
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn page_numbers() {
        assert!(is_page_number("- 3 -", false) && is_page_number("－３－", false));
        assert!(is_page_number("3", true) && is_page_number("3 / 12", true));
        assert!(!is_page_number("3", false) && !is_page_number("1/2", false) && !is_page_number("1 方針", true));
    }
}
