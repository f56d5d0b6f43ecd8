//! A table of lines: its heading, its foot, and its rows once they are cut. Knows columns and the form's words.

use seisho_forms::headings::{self, Fit};
use seisho_forms::page_numbers::{self, PageNumberStyle};
use seisho_forms::{Field, FieldKind, GoalTableForm};
use seisho_model::layout::{Block, Cell, Line, Table, TableForm};
use seisho_model::{Piece, Run};
use seisho_reading::Reader;
use std::collections::BTreeSet;
use std::ops::Range;

/// A heading has no more lines.
const MOST_HEADING_LINES: usize = 7;
/// Lines of the head that stand between the same corridors.
const MOST_LINES_ABOVE: usize = 12;
/// A caption has no more lines.
const CAPTION_LINES: usize = 2;
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
            let fits: Vec<Option<(Field, Fit)>> =
                (0..self.widest.len()).map(|col| headings::field_of(&self.joined(range.clone(), col), form)).collect();
            let whole = fits.iter().flatten().filter(|f| f.1 == Fit::Whole).count();
            let fields = headings::assign(&fits);
            let score = fields.iter().flatten().count() * 2 + whole;
            if fields.iter().flatten().count() >= ENOUGH_FIELDS && best.as_ref().is_none_or(|b| score > b.1) {
                best = Some((range, score, fields));
            }
        }
        let (Range { start, mut end }, _, fields) = best?;
        let is_open = |end: usize| (0..self.widest.len()).any(|col| has_open_bracket(&self.joined(start..end, col)));
        while end < self.grid.len() && end - start < MOST_HEADING_LINES && (is_open(end) || self.is_remark(end)) {
            end += 1;
        }
        Some((start..end, fields))
    }

    /// Where the text of a column stands on a line, in characters.
    pub(crate) fn place(&self, line: usize, col: usize) -> Option<Range<usize>> {
        self.grid[line][col].map(|cell| self.places[cell].clone())
    }

    /// The texts of a line, from left to right.
    pub(crate) fn texts_of(&self, line: usize) -> impl Iterator<Item = &str> {
        self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str())
    }

    /// A line of the grid as a line of text; none for a blank one.
    pub(crate) fn line(&self, line: usize) -> Option<Line> {
        let pieces: Vec<Piece> = self.grid[line].iter().flatten().flat_map(|&c| self.table.cells[c].run().0).collect();
        let width = self.grid[line].iter().flatten().map(|&c| self.texts[c].chars().count() as u32).sum();
        let plain = Line { run: Run(pieces), heading: None, item: false, blank_before: 0, indent: 0, width, running: false, beside: false };
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
        let is_text = |text: &str| text.contains(['。', '、']) || text.starts_with(['・', '○', '●']);
        let texts = (from..to).flat_map(|line| narrow.iter().map(move |&col| (line, col)));
        !texts.into_iter().any(|(line, col)| is_text(self.text(line, col)))
    }

    /// A line of remarks in brackets under a heading.
    fn is_remark(&self, line: usize) -> bool {
        let mut texts = self.grid[line].iter().flatten().map(|&c| self.texts[c].as_str()).peekable();
        texts.peek().is_some() && texts.all(|t| t.starts_with(['（', '(']) || t.ends_with(['）', ')']))
    }

    pub(crate) fn joined(&self, lines: Range<usize>, col: usize) -> String {
        lines.map(|line| self.text(line, col)).collect()
    }

    /// The tables between headings that come again, and the lines between them.
    pub(crate) fn parts(
        &self,
        heading: Range<usize>,
        fields: &[Option<Field>],
        reader: &mut Reader<'_>,
        out: &mut Vec<Block>,
        open: &mut BTreeSet<Piece>,
    ) {
        let end = self.body_end(heading.end);
        let mut from = heading.clone();
        let again = self.headings_again(&heading, end);
        for next in &again {
            // A caption stands above its table, below a blank line.
            let last = (from.end..next.start).rev().find(|&line| !self.is_blank(line)).map_or(from.end, |line| line + 1);
            let caption = (from.end..last).rev().find(|&line| self.is_blank(line)).map_or(last, |line| line + 1);
            let caption = if last - caption <= CAPTION_LINES { caption } else { next.start };
            out.push(Block::Table(self.rows(from, caption, fields, reader, open)));
            out.extend((caption..next.start).filter_map(|line| self.line(line)).map(Block::Line));
            from = next.clone();
        }
        out.push(Block::Table(self.rows(from, end, fields, reader, open)));
        out.extend((end..self.grid.len()).filter_map(|line| self.line(line)).map(Block::Line));
    }

    /// Where the heading comes again: lines of which every text is one of the heading's.
    fn headings_again(&self, heading: &Range<usize>, end: usize) -> Vec<Range<usize>> {
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

    /// The lines down to `end` put together to rows.
    fn rows(
        &self,
        heading: Range<usize>,
        end: usize,
        fields: &[Option<Field>],
        reader: &mut Reader<'_>,
        open: &mut BTreeSet<Piece>,
    ) -> Table {
        let mut bounds: Vec<Range<usize>> = Vec::new();
        let body = heading.end;
        bounds.extend((!heading.is_empty()).then_some(heading));
        bounds.extend(self.cuts(body, end, fields, reader, open));
        let mut cells = Vec::new();
        for (row, lines) in bounds.iter().enumerate() {
            for col in 0..self.table.cols {
                let own = lines.clone().filter_map(|line| self.grid[line][col as usize]);
                let texts = own.flat_map(|c| self.table.cells[c].lines.iter().cloned()).collect();
                cells.push(Cell { row: row as u32..row as u32 + 1, col: col..col + 1, header: false, lines: texts });
            }
        }
        Table { form: TableForm::Columns, rows: bounds.len() as u32, cols: self.table.cols, cells, edges: None }
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

fn has_open_bracket(text: &str) -> bool {
    text.matches(['（', '(']).count() > text.matches(['）', ')']).count()
}
