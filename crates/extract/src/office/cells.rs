//! The text of a page while it is put together, with what the file states of it.

use seisho_model::TextRange;
use seisho_model::given::{Given, GivenApart, GivenCell, GivenKind, GivenPart, GivenTable};
use seisho_model::script::is_note_mark;
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
}
