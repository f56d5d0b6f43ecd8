//! The text of a page while it is put together, with what the file states of it.

use super::comments::Comment;
use crate::{Error, Extracted};
use seisho_model::codes::source::{x007, x015};
use seisho_model::given::{Given, GivenApart, GivenCell, GivenKind, GivenPart, GivenTable};
use seisho_model::script::is_note_mark;
use seisho_model::{Finding, Page, Pages, Piece, Reported, Run, TextRange};
use std::ops::Range;

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) struck: bool,
    /// Small and raised.
    pub(super) raised: bool,
    /// Bold, coloured, underlined, framed or marked.
    pub(super) emphasis: bool,
}

/// Text that counts, and what stands among it and does not.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) live: String,
    /// What is struck out.
    pub(super) struck: String,
    /// Marks of notes.
    notes: Vec<String>,
    /// Bytes of the live text that are set otherwise.
    emphasis: Vec<Range<usize>>,
}

impl Text {
    /// Text as it is.
    pub(super) fn plain(live: String) -> Self {
        Self { live, ..Self::default() }
    }

    /// Adds a stretch.
    pub(super) fn push(&mut self, text: &str, look: Look) {
        if look.struck {
            self.struck.push_str(text);
        } else if look.raised && !text.trim().is_empty() && is_note_mark(text.trim(), &self.live) {
            self.notes.push(text.trim().to_owned());
        } else {
            let start = self.live.len();
            self.live.push_str(text);
            self.emphasis.extend(Some(start..self.live.len()).filter(|_| look.emphasis));
        }
    }

    /// Adds the mark of a note.
    pub(super) fn push_note(&mut self, mark: &str) {
        self.notes.extend(Some(mark.trim().to_owned()).filter(|mark| !mark.is_empty()));
    }

    /// With text before it, if it has any.
    pub(super) fn behind(mut self, before: &str) -> Self {
        if !self.live.trim().is_empty() {
            self.live.insert_str(0, before);
            self.emphasis.iter_mut().for_each(|range| *range = range.start + before.len()..range.end + before.len());
        }
        self
    }

    /// All of it struck out.
    pub(super) fn into_struck(self) -> Self {
        Self { struck: self.live + &self.struck, notes: self.notes, ..Self::default() }
    }

    /// Whether it has any.
    pub(super) fn is_blank(&self) -> bool {
        self.live.trim().is_empty() && self.struck.trim().is_empty()
    }
}

/// A page in the making.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) text: String,
    pub(super) given: Given,
    /// Lines to which there are comments, by the comment's id.
    pub(super) commented: Vec<(String, Vec<TextRange>)>,
    /// Lines that bear the mark of a note, by the note's name.
    pub(super) noted: Vec<(String, TextRange)>,
    /// Texts of boxes that lie over cells, with the lines of the cell.
    pub(super) boxes: Vec<(String, Vec<TextRange>)>,
    /// Pictures: how many, behind which byte of the text, and the lines of their paragraph.
    pub(super) pictures: Vec<(usize, usize, Vec<TextRange>)>,
    /// Whether a header or footer is being written.
    pub(super) is_margin: bool,
}

impl Writer {
    /// Adds lines of text, and gives their places.
    pub(super) fn lines(&mut self, text: &str) -> Vec<TextRange> {
        let mut lines = Vec::new();
        for line in text.split(['\n', '\r', '\u{b}']).filter(|l| !l.trim().is_empty()) {
            let start = self.text.len();
            self.text.push_str(line.trim_end());
            lines.push(TextRange::new(start, self.text.len()));
            self.text.push('\n');
        }
        lines
    }

    /// Adds text, and behind it what stands among it and is no part of it; gives the places of its lines.
    pub(super) fn text(&mut self, text: &Text) -> Vec<TextRange> {
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.live.split_inclusive(['\n', '\r', '\u{b}']) {
            let start = self.text.len();
            let own = self.lines(line);
            for range in &text.emphasis {
                let (from, to) = (range.start.max(at), range.end.min(at + line.trim_end().len()));
                if from < to && !own.is_empty() {
                    self.given.emphasis.push(TextRange::new(start + from - at, start + to - at));
                }
            }
            at += line.len();
            lines.extend(own);
        }
        let beside = lines.last().copied();
        for note in &text.notes {
            self.apart(GivenKind::Note, note, beside);
        }
        self.apart(GivenKind::Struck, &text.struck, beside);
        lines
    }

    /// Adds the text of a note, beside the line that bears its mark.
    pub(super) fn note(&mut self, text: &str, beside: Option<TextRange>) {
        self.apart(GivenKind::Note, text, beside);
    }

    fn apart(&mut self, kind: GivenKind, text: &str, beside: Option<TextRange>) {
        let lines = self.lines(text);
        self.given.apart.extend(lines.into_iter().map(|range| GivenApart { kind, range, beside }));
    }

    /// Adds the lines of a comment, and gives their places.
    pub(super) fn comment(&mut self, text: &str) -> Vec<TextRange> {
        let lines = self.lines(text);
        self.given.comments.extend(&lines);
        lines
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: &Text) -> Vec<TextRange> {
        let lines = self.text(text);
        self.given.parts.extend(lines.iter().copied().map(GivenPart::Line));
        lines
    }

    /// Adds a table.
    pub(super) fn table(&mut self, rows: u32, cols: u32, mut cells: Vec<GivenCell>) {
        cells.sort_by_key(|c| (c.row.start, c.col.start));
        self.given.parts.push(GivenPart::Table(GivenTable { rows, cols, cells }));
    }

    /// Writes comments and the texts of boxes behind everything else, and gives the page; each is said at what it is about.
    pub(super) fn finish(
        mut self,
        comments: Vec<(Vec<TextRange>, Comment)>,
        media_type: &'static str,
    ) -> Result<Reported<Extracted>, Error> {
        let mut findings = Vec::new();
        for (about, Comment { author, text }) in comments {
            let own = self.comment(&text);
            findings.push(x015::comment(author.as_deref(), &text).at(run(if about.is_empty() { &own } else { &about })));
        }
        for (text, about) in std::mem::take(&mut self.boxes) {
            let own = self.comment(&text);
            let at = run(if about.is_empty() { &own } else { &about });
            findings.extend((!text.trim().is_empty()).then(|| x015::text_box(&text).at(at)));
        }
        findings.extend(self.said_pictures());
        if self.text.trim().is_empty() {
            return Err(Error::Empty);
        }
        let page = Page::new(self.text, 1, 0).with_given(self.given);
        Ok(Reported { output: Extracted { pages: Pages(vec![page]), media_type, encoding: None }, findings })
    }

    /// Says where pictures are that are not read: beside the text of their paragraph, else behind the text before them.
    fn said_pictures(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        // Pictures in a row are said once.
        for row in self.pictures.chunk_by(|(_, a, _), (_, b, _)| a == b) {
            let [(_, at, lines), ..] = row else { continue };
            let of_row = row.iter().map(|(count, ..)| count).sum();
            let before = self.text[..*at].lines().next_back().unwrap_or_default().trim();
            let quoted: String = before.chars().skip(before.chars().count().saturating_sub(LONGEST_QUOTE)).collect();
            let finding = x007::in_text(&quoted, of_row);
            findings.push(if lines.is_empty() { finding } else { finding.at(run(lines)) });
        }
        findings
    }
}

/// So many characters say where a picture is.
const LONGEST_QUOTE: usize = 15;

fn run(ranges: &[TextRange]) -> Run {
    Run(ranges.iter().map(|&range| Piece { page: 0, range }).collect())
}

/// What a sign of a font of signs looks like, by the font's name in small letters; one that is not known keeps its number.
pub(super) fn sign(font: &str, code: u32) -> Option<char> {
    match (font, code & 0xFF) {
        _ if !(0xF000..0xF100).contains(&code) => char::from_u32(code),
        ("wingdings", 0xFE) | ("wingdings 2", 0x52) => Some('☑'),
        ("wingdings", 0xFD | 0x78) | ("wingdings 2", 0x53 | 0x54) => Some('☒'),
        ("wingdings", 0xA8 | 0x6F | 0x71 | 0x72) | ("wingdings 2", 0xA3) => Some('☐'),
        ("wingdings", 0xFC) | ("wingdings 2", 0x50) => Some('✓'),
        ("wingdings", 0x6E) => Some('■'),
        ("wingdings", 0x6C) => Some('●'),
        ("wingdings", 0xA1) => Some('○'),
        ("wingdings", 0xA4) => Some('◉'),
        ("wingdings", code @ 0x81..=0x8A) => char::from_u32('①' as u32 + code - 0x81),
        ("wingdings", 0xE0) => Some('→'),
        ("symbol", 0xB7) => Some('・'),
        _ => char::from_u32(code),
    }
}
