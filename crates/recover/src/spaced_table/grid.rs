//! A table of lines: its heading, its foot, and its rows once they are cut. Knows columns and the form's words.

use seisho_forms::headings::{self, Fit};
use seisho_forms::page_numbers::{self, PageNumberStyle};
use seisho_forms::{Field, FieldKind, GoalTableForm};
use seisho_model::layout::{Cell, Line, Table};
use seisho_model::{Piece, Run};
use seisho_reading::Reader;
use std::collections::BTreeSet;
use std::ops::Range;

/// A heading has no more lines.
const MOST_HEADING_LINES: usize = 7;
/// Lines of the head that stand between the same corridors.
const MOST_LINES_ABOVE: usize = 12;
/// Fewer fields than this make no heading.
const ENOUGH_FIELDS: usize = 3;

/// A table of lines with its texts.
pub(crate) struct Lines<'t> {
    pub(crate) table: &'t Table,
    /// For every line the cell of every column, by index.
    pub(crate) grid: Vec<Vec<Option<usize>>>,
    texts: Vec<String>,
    /// Where every cell begins and ends on its line, in characters.
    places: Vec<Range<usize>>,
    /// The widest text of every column, in characters.
    pub(crate) widest: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(table: &'t Table, reader: &Reader<'_>) -> Self {
        let texts: Vec<String> = table.cells.iter().map(|c| reader.glance(&c.run()).text().to_owned()).collect();
        let places = table.cells.iter().map(|c| place(c, reader)).collect();
        let mut grid = table.grid();
        let mut widest = vec![0; table.cols as usize];
        for line in &mut grid {
            line.resize(table.cols as usize, None);
            for (col, cell) in line.iter().enumerate() {
                widest[col] = widest[col].max(cell.map_or(0, |c| texts[c].chars().count()));
            }
        }
        Self { table, grid, texts, places, widest }
    }

    pub(crate) fn text(&self, line: usize, col: usize) -> &str {
        self.grid[line][col].map_or("", |c| &self.texts[c])
    }

    /// The heading's lines and the field of every column: as few lines as name the most fields, and what their
    /// brackets still hold.
    pub(crate) fn heading(&self, form: &GoalTableForm) -> Option<(Range<usize>, Vec<Option<Field>>)> {
        let mut best: Option<(Range<usize>, usize, Vec<Option<Field>>)> = None;
        let ranges = (0..MOST_LINES_ABOVE).flat_map(|start| (1..=MOST_HEADING_LINES).map(move |len| start..start + len));
        for range in ranges.filter(|r| r.end <= self.grid.len()) {
            let fits: Vec<Option<(Field, Fit)>> = (0..self.widest.len()).map(|col| self.fit(range.clone(), col, form)).collect();
            let whole = fits.iter().flatten().filter(|f| f.1 == Fit::Whole).count();
            let fields = headings::assign(&fits);
            let score = fields.iter().flatten().count() * 2 + whole;
            if fields.iter().flatten().count() >= ENOUGH_FIELDS && best.as_ref().is_none_or(|b| score > b.1) {
                best = Some((range, score, fields));
            }
        }
        let (Range { start, mut end }, _, fields) = best?;
        let is_open = |end: usize| (0..self.widest.len()).any(|col| self.has_open_bracket(start..end, col));
        while end < self.grid.len() && end - start < MOST_HEADING_LINES && (is_open(end) || self.is_remark(end)) {
            end += 1;
        }
        Some((start..end, fields))
    }

    /// Where the text of a column stands on a line, in characters.
    pub(crate) fn place(&self, line: usize, col: usize) -> Option<Range<usize>> {
        self.grid[line][col].map(|cell| self.places[cell].clone())
    }

    /// Where the columns begin and end, in characters: most texts of a row begin at the left edge of theirs.
    pub(crate) fn bounds(&self, body: usize) -> Vec<Range<usize>> {
        let places = |col: usize| (body..self.grid.len()).filter_map(move |line| self.place(line, col));
        let start = |col: usize| {
            let mut starts: Vec<usize> = places(col).map(|p| p.start).collect();
            starts.sort_unstable();
            starts.get(starts.len() / 4).copied()
        };
        let starts: Vec<usize> = (0..self.widest.len())
            .scan(0, |last, col| {
                *last = start(col).unwrap_or(*last).max(*last);
                Some(*last)
            })
            .collect();
        let end = (0..self.widest.len()).flat_map(places).map(|p| p.end).max().unwrap_or(0);
        (0..starts.len()).map(|col| starts[col]..starts.get(col + 1).copied().unwrap_or(end).max(starts[col])).collect()
    }

    /// Where the words of a cell begin on its line, in characters, but for the first.
    pub(crate) fn words(&self, line: usize, col: usize, reader: &Reader<'_>) -> Vec<usize> {
        let Some(cell) = self.grid[line][col] else { return Vec::new() };
        let raw = self.table.cells[cell].run().raw(reader.pages);
        let chars: Vec<char> = raw.chars().collect();
        let begins = |&at: &usize| at > 0 && chars[at - 1].is_whitespace() && !chars[at].is_whitespace();
        (0..chars.len()).filter(begins).map(|at| self.places[cell].start + at).collect()
    }

    /// Whether a space stands between a number or a Latin word and other text on a line of a cell.
    pub(crate) fn has_spaced_numbers(&self, line: usize, col: usize, reader: &Reader<'_>) -> bool {
        let Some(cell) = self.grid[line][col] else { return false };
        let chars: Vec<char> = self.table.cells[cell].run().raw(reader.pages).chars().collect();
        chars.windows(3).any(|w| w[1] == ' ' && w[0].is_ascii_alphanumeric() != w[2].is_ascii_alphanumeric())
    }

    /// The last word of a line of a cell, where spaces part it from others.
    pub(crate) fn last_word(&self, line: usize, col: usize, reader: &Reader<'_>) -> Option<String> {
        let raw = self.table.cells[self.grid[line][col]?].run().raw(reader.pages);
        raw.trim().rsplit_once(char::is_whitespace).map(|(_, word)| word.to_owned())
    }

    /// The pieces of a cell.
    pub(crate) fn pieces(&self, line: usize, col: usize) -> Vec<Piece> {
        self.grid[line][col].map_or_else(Vec::new, |cell| self.table.cells[cell].run().0)
    }

    /// The texts of a line, from left to right.
    pub(crate) fn texts_of(&self, line: usize) -> impl Iterator<Item = &str> {
        self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str())
    }

    /// Some lines as a table of a row each; blank ones are none.
    pub(crate) fn rows_as_they_are(&self, lines: Range<usize>) -> Table {
        let mut cells: Vec<Cell> = Vec::new();
        let filled: Vec<usize> = lines.filter(|&line| !self.is_blank(line)).collect();
        for (row, line) in (0..).zip(&filled) {
            let own = self.grid[*line].iter().flatten().map(|&c| &self.table.cells[c]);
            cells.extend(own.map(|cell| Cell { row: row..row + 1, ..cell.clone() }));
        }
        Table { rows: filled.len() as u32, cells, ..self.table.clone() }
    }

    /// A line of the grid as a line of text; none for a blank one.
    pub(crate) fn line(&self, line: usize) -> Option<Line> {
        let pieces = self.grid[line].iter().flatten().flat_map(|&c| self.table.cells[c].run().0);
        // With the blanks between its texts, which are not one word.
        let pieces: Vec<Piece> = pieces.fold(Vec::new(), |mut whole: Vec<Piece>, piece| {
            match whole.last_mut() {
                Some(last) if last.page == piece.page => last.range.end = last.range.end.max(piece.range.end),
                _ => whole.push(piece),
            }
            whole
        });
        let width = self.grid[line].iter().flatten().map(|&c| self.texts[c].chars().count() as u32).sum();
        let plain = Line { width, ..Line::of(Run(pieces)) };
        Some(plain).filter(|l| !l.run.is_empty())
    }

    /// Whether the cells below the heading are what their columns hold: no sentences and lists in narrow ones.
    pub(crate) fn keep_to(&self, fields: &[Option<Field>], from: usize) -> bool {
        let to = self.body_end(from);
        let is_narrow = |field: &Option<Field>| match field.map(Field::kind) {
            Some(FieldKind::Number | FieldKind::Choice | FieldKind::Date | FieldKind::Names) | None => true,
            Some(_) => false,
        };
        let narrow: Vec<usize> = (0..fields.len()).filter(|&col| is_narrow(&fields[col])).collect();
        let is_text = |text: &str| text.contains(['。', '、']) || text.starts_with(seisho_model::script::is_list_mark);
        let texts = (from..to).flat_map(|line| narrow.iter().map(move |&col| (line, col)));
        !texts.into_iter().any(|(line, col)| is_text(self.text(line, col)))
    }

    /// A line of remarks in brackets under a heading.
    fn is_remark(&self, line: usize) -> bool {
        let mut texts = self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str()).peekable();
        texts.peek().is_some() && texts.all(|t| t.starts_with(['（', '(']) || t.ends_with(['）', ')']))
    }

    /// The field that a heading names in a column.
    pub(crate) fn fit(&self, heading: Range<usize>, col: usize, form: &GoalTableForm) -> Option<(Field, Fit)> {
        headings::field_of(&self.joined(heading, col), form)
    }

    /// Whether lines or words of a heading each name a field of their own: they stand over columns that were not parted.
    pub(crate) fn names_two(&self, heading: Range<usize>, col: usize, form: &GoalTableForm) -> bool {
        let named = |line: usize| Some((headings::field_of(self.text(line, col), form)?.0, self.place(line, col)?));
        let named: Vec<(Field, Range<usize>)> = heading.clone().filter_map(named).collect();
        // Lines of one heading are centred on each other.
        let are_two = |(field, at): &(Field, Range<usize>)| named.iter().any(|(f, p)| f != field && !overlap(at, p));
        named.iter().any(are_two) || self.has_two_words(heading, col, form)
    }

    /// Whether words that spaces part in a heading name two fields, each at a place of its own.
    pub(crate) fn has_two_words(&self, heading: Range<usize>, col: usize, form: &GoalTableForm) -> bool {
        let words = heading.flat_map(|line| words_at(self.text(line, col), self.place(line, col).map_or(0, |place| place.start)));
        let named: Vec<(Field, Range<usize>)> =
            words.filter_map(|(word, at)| Some((headings::field_of(&word, form).filter(|(_, fit)| *fit == Fit::Whole)?.0, at))).collect();
        // Words of one heading stand above each other: 目標 over 時期.
        let are_two = |(field, at): &(Field, Range<usize>)| named.iter().any(|(f, p)| f != field && !overlap(at, p));
        named.iter().any(are_two)
    }

    /// Whether the lines of a column open a bracket that they do not close.
    pub(crate) fn has_open_bracket(&self, lines: Range<usize>, col: usize) -> bool {
        has_open_bracket(&self.joined(lines, col))
    }

    fn joined(&self, lines: Range<usize>, col: usize) -> String {
        lines.map(|line| self.text(line, col)).collect()
    }

    /// Where the heading comes again: lines of which every text is one of the heading's.
    pub(crate) fn headings_again(&self, heading: &Range<usize>, end: usize) -> Vec<Range<usize>> {
        let texts = |line: usize| self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str());
        let known: BTreeSet<&str> = heading.clone().flat_map(texts).collect();
        let is_heading = |line: &usize| !self.is_blank(*line) && texts(*line).all(|t| known.contains(t));
        let mut again: Vec<Range<usize>> = Vec::new();
        for line in (heading.end..end).filter(is_heading) {
            match again.last_mut().filter(|last| last.end + 1 >= line) {
                Some(last) => last.end = line + 1,
                None => again.push(line..line + 1),
            }
        }
        again.retain(|range| range.clone().flat_map(texts).count() >= ENOUGH_FIELDS);
        again
    }

    pub(crate) fn is_blank(&self, line: usize) -> bool {
        self.grid[line].iter().all(Option::is_none)
    }

    /// Where the lines at the foot begin that are of no row.
    pub(crate) fn body_end(&self, from: usize) -> usize {
        let mut end = self.grid.len();
        while let Some(line) = (from..end).rev().find(|&line| !self.is_blank(line)).filter(|&line| self.is_foot(line)) {
            end = line;
        }
        end
    }

    /// A page number in its dress, or a note (※).
    fn is_foot(&self, line: usize) -> bool {
        let text: String = self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str()).collect();
        text.starts_with('※') || matches!(page_numbers::parse(&text), Some((PageNumberStyle::Decorated, _)))
    }
}

/// Where a cell stands on its line, in characters.
fn place(cell: &Cell, reader: &Reader<'_>) -> Range<usize> {
    let run = cell.run();
    let (Some(first), Some(last)) = (run.0.first(), run.0.last()) else { return 0..0 };
    let text = &reader.pages.0[first.page as usize].text;
    let start = first.range.start as usize;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let from = text[line..start].chars().count();
    from..from + text[start..last.range.end as usize].chars().count()
}

/// The words of a text that begins at a place on its line, with their places, in characters.
fn words_at(text: &str, from: usize) -> Vec<(String, Range<usize>)> {
    let mut words: Vec<(String, Range<usize>)> = Vec::new();
    for (at, c) in text.chars().enumerate().map(|(at, c)| (from + at, c)).filter(|(_, c)| !c.is_whitespace()) {
        match words.last_mut().filter(|(_, place)| place.end == at) {
            Some((word, place)) => {
                word.push(c);
                place.end = at + 1;
            }
            None => words.push((c.to_string(), at..at + 1)),
        }
    }
    words
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn has_open_bracket(text: &str) -> bool {
    text.matches(['（', '(']).count() > text.matches(['）', ')']).count()
}
