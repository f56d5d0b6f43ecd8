//! A line of a policy as it reads: entities and tags taken for what they mean. Everything that is decided
//! about a line is decided on this text.

use super::label::{self, Label};
use seisho_model::layout::Line;
use seisho_model::script::{between_blanks, is_amount};
use seisho_model::{Run, TextRange};
use seisho_reading::mend;
use seisho_reading::{Reader, Reading};

/// A line this much narrower than the width at which lines are cut may still be full: hanging indents and
/// characters that may not start a line take up to this many columns. Measured on the corpus' dumps.
pub(super) const FULL_SLACK: u32 = 10;

/// A line of so many texts is a row of cells. Chosen on policies with tables of amounts typed by hand, 2026-11; names have two.
const TEXTS_OF_ROW: usize = 3;

/// A line and what it reads as.
pub(super) struct TextLine<'l> {
    pub(super) line: &'l Line,
    /// Follows a page break.
    pub(super) after_break: bool,
    /// Precedes a page break, or is the last one.
    pub(super) before_break: bool,
    /// Was read from a scan.
    pub(super) is_scanned: bool,
    reading: Reading,
}

/// A label cut off its line.
pub(super) struct Labelled {
    pub(super) label: Label,
    /// The label as printed, with its dot.
    pub(super) printed: Run,
    /// The dot, in the raw text of `printed`.
    pub(super) dot: TextRange,
    /// What stands behind it.
    pub(super) text: Run,
}

impl<'l> TextLine<'l> {
    pub(super) fn new(line: &'l Line, after_break: bool, before_break: bool, reader: &Reader<'_>) -> Self {
        let is_scanned = mend::is_scanned(reader.pages, &line.run);
        Self { line, after_break, before_break, is_scanned, reading: reader.glance(&line.run) }
    }

    /// The text without blanks at its ends.
    pub(super) fn text(&self) -> &str {
        self.reading.text().trim()
    }

    /// The text without any blank.
    pub(super) fn compact(&self) -> String {
        self.text().chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// The label at its start; `tight` allows one without a blank behind it.
    pub(super) fn label(&self, tight: bool) -> Option<Label> {
        let label = label::parse(self.text()).or_else(|| label::parse_tight(self.text()).filter(|_| tight))?;
        let is_of_list = self.reading.edited.edits.first().is_some_and(|e| e.raw.start == 0 && e.rule == "number-item");
        Some(Label { list: if is_of_list { self.line.indent } else { 0 }, ..label })
    }

    /// Cuts a label off.
    pub(super) fn cut(&self, label: Label, reader: &Reader<'_>) -> Labelled {
        let lead = self.reading.text().len() - self.reading.text().trim_start().len();
        let end = |at: usize| self.reading.edited.to_raw(TextRange::new(0, lead + at)).end as usize;
        let (len, dotted) = (end(label.len), end(label.dotted));
        let run = &self.line.run;
        let text = run.part(TextRange::new(dotted, self.reading.edited.raw.len())).trimmed(reader.pages);
        Labelled { label, printed: run.part(TextRange::new(0, dotted)), dot: TextRange::new(len, dotted), text }
    }

    /// Whether blanks part it into three texts or more, or an amount off its name, as they do the cells of a row. Of scans
    /// nobody knows how wide they are.
    pub(super) fn is_row(&self) -> bool {
        let mut texts = between_blanks(self.text()).enumerate();
        !self.is_scanned && texts.any(|(before, text)| before + 1 >= TEXTS_OF_ROW || before > 0 && is_amount(text))
    }

    /// Columns from the left edge of the page to the end of its text.
    pub(super) fn extent(&self) -> u32 {
        self.line.indent + self.line.width
    }
}
