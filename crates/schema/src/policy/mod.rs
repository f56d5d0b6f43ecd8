//! Policies: a head, a preamble, and provisions in the order and depth of their numbering.

mod furniture;
mod indents;
mod label;
mod line;
mod misread;
mod paragraphs;
mod tree;

use crate::Options;
use crate::head::{self, Head, Taken, Written};
use crate::recorder::Recorder;
pub(crate) use misread::mended;
use seisho_forms::Forms;
use seisho_model::codes::policy::{m010, m012};
use seisho_reading::{Reader, Reading, Spaces};

use line::TextLine;
use paragraphs::Paragraph;
use seisho_model::layout::{Block, Layout};
use seisho_model::record::{Cut, JoinEvidence, PageJoin, Provision, Role};
use seisho_model::{Change, Pages, Piece, Pointer, Run, TextRange, Trust};
use std::collections::BTreeSet;

/// A policy as it goes into the record.
pub(crate) struct Policy {
    pub(crate) head: Written,
    pub(crate) preamble: Vec<String>,
    pub(crate) sections: Vec<Provision>,
}

/// A head is no longer than this, in lines.
const HEAD_LINES: usize = 20;

/// A title that no words tell is looked for in so many lines.
const TITLE_LINES: usize = 6;

/// Maps lines to a policy. Without provisions all paragraphs are preamble.
pub(crate) fn map(blocks: &[Block], forms: &Forms, options: &Options, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Policy {
    let lines = without_furniture(text_lines(blocks, reader), forms, reader.layout, reader.pages, recorder);
    let mut head = Head::default();
    let body = take_head(lines, &mut head, forms, reader, recorder);
    let body = without_supplement(body, recorder);
    // A number at the start of a line or two makes no policy of a table or a letter.
    let known = head.is_titled();
    let head = head.write(&forms.head, options.year.as_ref(), reader, recorder);
    let paragraphs = paragraphs::join(&body, known || !has_tables(blocks), options, reader, recorder);
    let (preamble, sections) = build(&paragraphs, reader, recorder);
    Policy { head, preamble, sections }
}

/// Provisions that stand beside tables of goals, in one file with them.
#[derive(Default)]
pub(crate) struct Beside {
    pub(crate) preamble: Vec<String>,
    pub(crate) sections: Vec<Provision>,
    /// The lines that they were made of, by their first piece.
    pub(crate) lines: BTreeSet<Piece>,
}

/// Reads the first lines between tables that hold provisions.
pub(crate) fn beside(blocks: &[Block], forms: &Forms, options: &Options, reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> Beside {
    let groups = blocks.split(|b| matches!(b, Block::Table(_)));
    let holds = |group: &&[Block]| {
        let labels: Vec<u32> = text_lines(group, reader).iter().filter_map(|l| l.label(false)).map(|l| l.value).collect();
        labels.len() >= PROVISIONS && labels.contains(&1) && labels.contains(&2)
    };
    let Some(group) = groups.into_iter().find(holds) else { return Beside::default() };
    let mut lines = without_furniture(text_lines(group, reader), forms, reader.layout, reader.pages, recorder);
    let is_caption = |l: &TextLine<'_>| l.label(false).is_none() && !l.text().contains('。') && l.text().chars().count() <= CAPTION;
    while lines.pop_if(|l| is_caption(l)).is_some() {}
    let first = lines.iter().position(|l| l.label(false).is_some_and(|l| l.value == 1)).unwrap_or(0);
    // The preamble is made of sentences; what stands above them is the head.
    let above = lines[..first].iter().position(|l| l.text().contains(['。', '、'])).unwrap_or(first);
    let is_opening = |l: &TextLine<'_>| forms.head.opening_words.contains(&l.compact());
    let lines: Vec<TextLine<'_>> = lines.into_iter().skip(above).filter(|l| !is_opening(l)).collect();
    let taken = lines.iter().filter_map(|l| l.line.run.0.first().copied()).collect();
    let paragraphs = paragraphs::join(&lines, true, options, reader, recorder);
    let (preamble, sections) = build(&paragraphs, reader, recorder);
    Beside { preamble, sections, lines: taken }
}

/// Fewer lines with labels make no policy beside a table.
const PROVISIONS: usize = 3;
/// A line above a table that says what it is has no more characters.
const CAPTION: usize = 30;

fn has_tables(blocks: &[Block]) -> bool {
    blocks.iter().any(|b| matches!(b, Block::Table(_)))
}

fn text_lines<'l>(blocks: &'l [Block], reader: &Reader<'_>) -> Vec<TextLine<'l>> {
    let mut lines: Vec<TextLine<'l>> = Vec::new();
    let mut after_break = false;
    for block in blocks {
        match block {
            Block::Line(line) => lines.push(TextLine::new(line, std::mem::take(&mut after_break), false, reader)),
            Block::PageBreak => {
                after_break = true;
                lines.last_mut().into_iter().for_each(|l| l.before_break = true);
            }
            Block::Table(_) => {}
        }
    }
    lines.last_mut().into_iter().for_each(|l| l.before_break = true);
    lines
}

/// Sets page numbers and, at the end, closing words apart.
fn without_furniture<'l>(
    lines: Vec<TextLine<'l>>,
    forms: &Forms,
    layout: &Layout,
    pages: &Pages,
    recorder: &mut Recorder<'_>,
) -> Vec<TextLine<'l>> {
    let numbers = furniture::page_numbers(&lines, layout.wrap);
    let raised = layout.apart.iter().filter(|a| a.role == Role::Note && a.beside.is_some());
    let marks: Vec<(u32, String)> = raised
        .filter_map(|a| Some((a.run.0.first()?.page, a.run.0.iter().map(|&p| pages.text(p)).collect::<String>().trim().to_owned())))
        .filter(|(_, mark)| !mark.is_empty())
        .collect();
    let notes = furniture::notes(&lines, &numbers, &marks, pages);
    let mut rest = Vec::with_capacity(lines.len());
    // A page that begins with its number begins with the line behind it.
    let mut after_break = false;
    for ((mut line, is_number), is_note) in lines.into_iter().zip(numbers).zip(notes) {
        line.after_break |= std::mem::take(&mut after_break);
        if is_number || (line.line.running && line.line.run.0[0].page > 0) {
            after_break = true;
            recorder.furniture(&line.line.run, if is_number { Role::PageNumber } else { Role::Header });
        } else if is_note {
            recorder.furniture(&line.line.run, Role::Note);
        } else {
            rest.push(line);
        }
    }
    let closing = furniture::closing(&rest, &forms.head.closing_words);
    if let Some(at) = closing.or_else(|| furniture::contact(&rest, &forms.head.contact_words)) {
        for line in rest.split_off(at) {
            recorder.furniture(&line.line.run, Role::Footer);
        }
    }
    rest
}

/// Sets apart what follows the body: 附則, 別表.
fn without_supplement<'l>(mut lines: Vec<TextLine<'l>>, recorder: &mut Recorder<'_>) -> Vec<TextLine<'l>> {
    let first = lines.iter().position(|l| l.label(false).is_some_and(|l| l.value == 1)).unwrap_or(lines.len());
    let at = lines.iter().skip(first).position(|l| furniture::opens_supplement(l.text())).or_else(|| furniture::history(&lines[first..]));
    for line in at.map(|at| lines.split_off(first + at)).into_iter().flatten() {
        recorder.furniture(&line.line.run, Role::Supplement);
    }
    lines
}

/// The head ends at the first provision or, once there is a title, at the first line that is no part of it.
fn take_head<'l>(
    lines: Vec<TextLine<'l>>,
    head: &mut Head,
    forms: &Forms,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Vec<TextLine<'l>> {
    let titles = &forms.policy.titles;
    let title_at = lines.iter().take(HEAD_LINES).position(|l| head::is_title(head::read_line(l.line, reader).text(), titles));
    let first_provision = lines.iter().position(|l| l.label(false).is_some_and(|l| l.value == 1)).unwrap_or(lines.len());
    // A line alone is all that the document says, and no title of anything.
    if title_at.is_none() && lines.len() > 1 && !lines.iter().any(|l| l.line.heading.is_some()) {
        let runs: Vec<Run> = lines.iter().take(first_provision.min(TITLE_LINES)).map(|l| l.line.run.clone()).collect();
        head.look_for_title(&runs, titles, &forms.head, reader);
    }
    let mut body: Vec<TextLine<'l>> = Vec::new();
    let mut has_provision = false;
    for (number, line) in lines.into_iter().enumerate() {
        has_provision |= line.label(false).is_some_and(|l| l.value == 1);
        let is_opening = forms.head.opening_words.contains(&line.compact().trim_matches(['－', '-', '―', '—']).to_owned());
        let taken = if is_opening && (number < HEAD_LINES || !has_provision) {
            recorder.furniture(&line.line.run, Role::Header);
            Taken::Yes
        } else if !body.is_empty() || has_provision || number >= HEAD_LINES {
            Taken::No
        } else if title_at.is_none() && !head.has_title() && line.line.heading.is_some() {
            head.take_title(line.line)
        } else {
            head.take_line(line.line, titles, &forms.head, reader, recorder)
        };
        let title_is_ahead = !has_provision && title_at.is_some_and(|at| number < at);
        if taken == Taken::No && title_is_ahead {
            recorder.furniture(&line.line.run, Role::Header);
        } else if taken == Taken::No {
            body.push(line);
        }
    }
    body
}

/// A provision in the making.
struct Open {
    depth: usize,
    provision: Provision,
    pointer: Pointer,
}

fn build(paragraphs: &[Paragraph], reader: &mut Reader<'_>, recorder: &mut Recorder<'_>) -> (Vec<String>, Vec<Provision>) {
    let mut preamble = Vec::new();
    let mut sections: Vec<Provision> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for paragraph in paragraphs {
        if let Some(label) = &paragraph.head {
            close(&mut open, &mut sections, label.depth);
            let siblings = open.last().map_or(sections.len(), |o| o.provision.children.len());
            let pointer = open.last().map_or_else(|| Pointer::section(siblings), |o| o.pointer.clone().child(siblings));
            let provision = start(paragraph, label, &pointer, reader, recorder);
            open.push(Open { depth: label.depth, provision, pointer });
            continue;
        }
        let reading = read(paragraph, reader);
        match open.last_mut() {
            None => {
                let pointer = Pointer::of("preamble").item(preamble.len());
                note_breaks(paragraph, &pointer, recorder);
                preamble.push(recorder.value(pointer, &reading));
            }
            Some(o) => {
                let pointer = o.pointer.clone().field("body").item(o.provision.body.len());
                note_breaks(paragraph, &pointer, recorder);
                let counts = paragraph.counts.map(|_| m010::begins_anew().at(paragraph.text.clone()).about(pointer.clone()));
                recorder.findings.extend(counts);
                o.provision.body.push(recorder.value(pointer, &reading));
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
    head: &paragraphs::Head,
    pointer: &Pointer,
    reader: &mut Reader<'_>,
    recorder: &mut Recorder<'_>,
) -> Provision {
    let changes = if head.dot.is_empty() { vec![] } else { vec![Change::lossless("drop-label-dot", head.dot, "")] };
    let reading = reader.read_with(&head.printed, Spaces::Keep, changes);
    let label = if head.printed.is_empty() {
        recorder.findings.push(m010::unnumbered().at(paragraph.text.clone()).about(pointer.clone().field("label")));
        String::new()
    } else {
        recorder.value(pointer.clone().field("label"), &reading)
    };
    if head.jump {
        recorder.findings.push(m010::jump(&label).at(head.printed.clone()).about(pointer.clone().field("label")));
    }
    note_breaks(paragraph, &pointer.clone().field("text"), recorder);
    let text =
        if paragraph.text.is_empty() { String::new() } else { recorder.value(pointer.clone().field("text"), &read(paragraph, reader)) };
    if text.is_empty() {
        recorder.findings.push(m012::no_text(&label).at(head.printed.clone()).about(pointer.clone().field("text")));
    }
    Provision { label, text, body: Vec::new(), children: Vec::new() }
}

/// Says where a paragraph goes on over the end of a page.
fn note_breaks(paragraph: &Paragraph, pointer: &Pointer, recorder: &mut Recorder<'_>) {
    let join = |&(pages, why): &([u32; 2], JoinEvidence)| PageJoin {
        what: Cut::Paragraph,
        pages,
        pointer: Some(pointer.clone()),
        evidence: vec![why],
    };
    recorder.page_joins.extend(paragraph.breaks.iter().map(join));
}

/// Reads a paragraph's text.
fn read(paragraph: &Paragraph, reader: &mut Reader<'_>) -> Reading {
    let run: &Run = &paragraph.text;
    let guess =
        |&at: &usize| Change { rule: "join-wrapped-line", raw: TextRange::new(at, at + 1), with: String::new(), trust: Trust::Guess };
    reader.read_with(run, Spaces::Close, paragraph.guesses.iter().map(guess).collect())
}
