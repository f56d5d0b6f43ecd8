//! The text of a page while it is put together, with what the file states of it.

use seisho_model::TextRange;
use seisho_model::given::{Given, GivenCell, GivenPart, GivenTable};

/// A page in the making.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) text: String,
    pub(super) given: Given,
    /// Lines to which there are comments, by the comment's id.
    pub(super) commented: Vec<(String, Vec<TextRange>)>,
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

    /// Adds lines that were struck out.
    pub(super) fn struck(&mut self, text: &str) {
        let lines = self.lines(text);
        self.given.struck.extend(lines);
    }

    /// Adds the lines of a comment, and gives their places.
    pub(super) fn comment(&mut self, text: &str) -> Vec<TextRange> {
        let lines = self.lines(text);
        self.given.comments.extend(&lines);
        lines
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: &str) -> Vec<TextRange> {
        let lines = self.lines(text);
        self.given.parts.extend(lines.iter().copied().map(GivenPart::Line));
        lines
    }

    /// Adds a table.
    pub(super) fn table(&mut self, rows: u32, cols: u32, mut cells: Vec<GivenCell>) {
        cells.sort_by_key(|c| (c.row.start, c.col.start));
        self.given.parts.push(GivenPart::Table(GivenTable { rows, cols, cells }));
    }
}
