//! HTML: headings, paragraphs, items and tables with rowspan and colspan. A table inside a cell is text of
//! that cell.

use crate::text::inline::{self, Tags};
use crate::text::looks;
use crate::text::numbering::{self, Number};
use crate::text::styles::{self, Styles};
use crate::text::tables::boxed;
use crate::text::tag::{FLOWING, VOID, whole_tag};
use crate::text::unseen::{Ends, UNSEEN, Unseen};
use crate::{span, wrap};
use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use seisho_model::codes::layout::l001;
use seisho_model::codes::source::x007;
use seisho_model::layout::{Apart, Block, Cell, Layout, Line, StandIn, Table, TableForm};
use seisho_model::record::Role;
use seisho_model::{Finding, Page, Pages, Piece, Reported, Run, Trust};
use std::collections::VecDeque;
use std::ops::Range;

/// The standard's limit of colspan.
const MOST_COLUMNS: u32 = 1000;
/// The standard's limit of rowspan; a span never adds rows to the table.
const MOST_ROWS: u32 = 65_534;
/// Places of a table's grid that spans may cover beyond one a cell: a real table has some hundreds. Without an
/// end, a few thousand bytes of `rowspan` and `colspan` would fill the memory.
const MOST_SPANNED: u32 = 1 << 22;
/// Square pixels of a picture that may hold text: a few lines of it.
const LARGE: u64 = 30_000;
/// Elements of a table; what else is hidden inside a cell is of its text.
const HIDEABLE: [&str; 6] = ["table", "thead", "tbody", "tr", "td", "th"];

/// Takes an HTML text apart.
pub(crate) fn lay_out(pages: &Pages) -> Reported<Layout> {
    let mut layout = Layout::default();
    let mut findings = Vec::new();
    for (number, page) in pages.0.iter().enumerate() {
        let styles = Styles::of(&page.text);
        let mut reader = Reader {
            page,
            number,
            from: 0,
            heading: None,
            unseen: None,
            hidden: None,
            numbers: numbering::of(&page.text, &styles).into(),
            images: Vec::new(),
            styles,
            depth: 0,
            as_typed: false,
            table: Builder::default(),
            cell: None,
            struck_row: false,
            layout: &mut layout,
            findings: &mut findings,
        };
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(page.text.as_str(), emitter).flatten() {
            match token {
                Token::StartTag(tag) => reader.start(&tag),
                Token::EndTag(tag) => reader.end(&tag),
                _ => {}
            }
        }
        reader.finish();
        let images = std::mem::take(&mut reader.images);
        if !images.is_empty() {
            reader.findings.push(x007::in_page(images.len()).at(Run(images)));
        }
        let styles = reader.styles.clone();
        looks::note(page, number, &styles, &mut layout);
    }
    Reported { output: layout, findings }
}

/// An open cell: its span, whether it is a heading.
#[derive(Clone, Copy)]
struct OpenCell {
    rows: u32,
    cols: u32,
    header: bool,
    struck: bool,
}

struct Reader<'a> {
    page: &'a Page,
    number: usize,
    /// First byte that is in no line, cell or markup yet.
    from: usize,
    heading: Option<u8>,
    /// The element that is open and not shown.
    unseen: Option<Unseen>,
    /// An element of a line that is open and not shown: where it begins, its name, how many of its name are open.
    hidden: Option<(usize, String, usize)>,
    /// Items of lists whose numbers are shown, and that have no text yet.
    numbers: VecDeque<Number>,
    /// Pictures that may hold text.
    images: Vec<Piece>,
    styles: Styles,
    /// Tables that are open.
    depth: u32,
    /// Text whose line ends and blanks are shown.
    as_typed: bool,
    table: Builder,
    cell: Option<OpenCell>,
    /// The row, or the table, is struck out as a whole.
    struck_row: bool,
    layout: &'a mut Layout,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        let is_void = tag.self_closing || VOID.contains(&name.as_str());
        if let Some(unseen) = &mut self.unseen {
            if unseen.start(&name, is_void) == Ends::No {
                return;
            }
            self.leave(tag.span.start);
        }
        let at = whole_tag(&self.page.text, tag.span.start..tag.span.end).map_or(tag.span.start, |range| range.start);
        self.hide(&name, tag, at, is_void);
        if self.unseen.is_some() {
            return;
        }
        match name.as_str() {
            "img" => self.image(tag),
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.flush(tag.span.start..tag.span.end);
                }
            }
            "tr" if self.depth == 1 => {
                self.flush(tag.span.start..tag.span.end);
                self.table.next_row();
                self.struck_row = styles::is_struck(tag, at, &self.styles);
            }
            "td" | "th" if self.depth == 1 => {
                self.flush(tag.span.start..tag.span.end);
                let number = |key: &[u8], most: u32| {
                    let value = tag.attributes.get(key).and_then(|v| std::str::from_utf8(v).ok()?.trim().parse::<u32>().ok());
                    value.unwrap_or(1).clamp(1, most)
                };
                let struck = self.struck_row || styles::is_struck(tag, at, &self.styles);
                self.cell = Some(OpenCell {
                    rows: number(b"rowspan", MOST_ROWS),
                    cols: number(b"colspan", MOST_COLUMNS),
                    header: name == "th",
                    struck,
                });
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.depth == 0 => {
                self.flush(tag.span.start..tag.span.end);
                self.heading = Some(name.as_bytes()[1] - b'0');
            }
            "pre" | "xmp" | "listing" if self.depth == 0 => {
                self.flush(tag.span.start..tag.span.end);
                self.as_typed = true;
            }
            _ => {}
        }
    }

    /// Takes note of an element that is not shown.
    fn hide(&mut self, name: &str, tag: &StartTag<usize>, at: usize, is_void: bool) {
        let is_in_cell = self.cell.is_some() || self.depth > 1;
        if let Some((from, hidden, open)) = &mut self.hidden {
            *open += usize::from(hidden == name && !is_void);
            // What looked like a part of a line holds more than one.
            if !is_in_cell && !FLOWING.contains(&name) && name != "br" && !is_void {
                let (from, hidden) = (*from, std::mem::take(hidden));
                self.hidden = None;
                self.flush(from..from);
                let mut unseen = Unseen::new(hidden);
                unseen.start(name, is_void);
                self.unseen = Some(unseen);
            }
            return;
        }
        if !UNSEEN.contains(&name) && (is_void || !styles::is_unshown(tag, at, &self.styles)) {
            return;
        }
        let is_of_table = HIDEABLE.contains(&name) && self.depth < 2 && !(name == "table" && self.cell.is_some());
        if UNSEEN.contains(&name) || is_of_table || !is_in_cell && !FLOWING.contains(&name) {
            self.flush(tag.span.start..tag.span.start);
            self.unseen = Some(Unseen::new(name.to_owned()));
        } else if !is_in_cell {
            self.hidden = Some((tag.span.start, name.to_owned(), 1));
        }
    }

    /// Takes note of a picture that is large enough to hold text, or whose size is not known and that says nothing of itself.
    fn image(&mut self, tag: &StartTag<usize>) {
        let value = |name: &[u8]| tag.attributes.get(name).map(|v| String::from_utf8_lossy(v).into_owned());
        let side = |name: &[u8]| value(name)?.trim().trim_end_matches("px").parse::<u32>().ok();
        let size = side(b"width").zip(side(b"height")).map(|(width, height)| u64::from(width) * u64::from(height));
        let is_decorative = value(b"alt").is_some_and(|alt| alt.trim().is_empty());
        let is_untold = !tag.attributes.contains_key(&b"alt"[..]);
        let is_hidden = self.hidden.is_some() || styles::is_unshown(tag, tag.span.start, &self.styles);
        if !is_hidden && !is_decorative && size.map_or(is_untold, |size| size >= LARGE) {
            let range = whole_tag(&self.page.text, tag.span.start..tag.span.end);
            self.images.extend(range.map(|range| span::piece(self.number, range)));
        }
    }

    /// Puts the numbers of items before their first lines.
    fn numbered(&mut self, line: &mut seisho_model::layout::CellLine, depth: &mut u32) {
        let Some(start) = line.run.0.first().map(|p| p.range.start as usize) else { return };
        let mut own = None;
        while self.numbers.front().is_some_and(|number| number.tag.end <= start) {
            own = self.numbers.pop_front().filter(|number| start < number.end);
        }
        let text = line.run.0.first().map_or("", |p| self.page.slice(p.range));
        let Some(number) = own.filter(|_| !numbering::is_typed(text)) else { return };
        let whole = span::piece(self.number, number.tag.clone());
        if let Some(at) = self.layout.markup.iter().rposition(|piece| *piece == whole) {
            self.layout.markup.remove(at);
        }
        let behind = number.tag.end - 1;
        let mut stand_in = |range: Range<usize>, means: String| {
            self.layout.stand_ins.push(StandIn {
                piece: span::piece(self.number, range),
                means,
                rule: "number-item",
                trust: Trust::Lossless,
            });
        };
        stand_in(number.tag.start..behind, number.shown);
        stand_in(behind..number.tag.end, ". ".to_owned());
        match line.run.0.first_mut().filter(|first| first.range.start == whole.range.end) {
            Some(first) => first.range.start = whole.range.start,
            None => line.run.0.insert(0, whole),
        }
        *depth = number.depth;
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        if let Some(unseen) = &mut self.unseen {
            match unseen.end(&name) {
                Ends::No => return,
                Ends::With => return self.leave(tag.span.end),
                Ends::Before => self.leave(tag.span.start),
            }
        }
        if let Some((_, _, open)) = self.hidden.as_mut().filter(|(_, hidden, _)| *hidden == name) {
            *open -= 1;
            self.hidden.take_if(|(_, _, open)| *open == 0);
        }
        match name.as_str() {
            "table" if self.depth > 0 => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.flush(tag.span.start..tag.span.end);
                    self.finish_table();
                }
            }
            "td" | "th" | "tr" if self.depth == 1 => self.flush(tag.span.start..tag.span.end),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.depth == 0 => {
                self.flush(tag.span.start..tag.span.end);
                self.heading = None;
            }
            "pre" | "xmp" | "listing" if self.as_typed => {
                self.flush(tag.span.start..tag.span.end);
                self.as_typed = false;
            }
            _ => {}
        }
    }

    /// Leaves an element that is not shown. Text that somebody hid is said.
    fn leave(&mut self, end: usize) {
        let whole = span::piece(self.number, self.from..end);
        let is_code = self.unseen.take().is_none_or(|unseen| UNSEEN.contains(&unseen.name()));
        if !is_code {
            self.layout.unshown.extend(inline::unshown(self.page, whole));
        }
        self.layout.markup.push(whole);
        self.from = end;
    }

    /// Puts what stands before a tag where it belongs, and the tag into the markup.
    fn flush(&mut self, tag: Range<usize>) {
        let content = self.from.min(tag.start)..tag.start;
        match self.cell.take() {
            Some(cell) => self.close(cell, content),
            None if self.as_typed => self.typed(content),
            None => {
                self.lines(content, 1, 0);
            }
        }
        if !tag.is_empty() {
            self.layout.markup.push(span::piece(self.number, tag.clone()));
        }
        self.from = tag.end;
    }

    /// Puts a cell into its table.
    fn close(&mut self, cell: OpenCell, content: Range<usize>) {
        let content = span::piece(self.number, content);
        let mut lines = inline::cell(self.page, vec![content], Tags::All(&self.styles), self.layout);
        if cell.struck {
            let struck = lines.drain(..).map(|line| Apart { role: Role::Struck, run: line.run, beside: None });
            self.layout.apart.extend(struck);
        }
        if self.table.push(cell, lines.clone()) {
            let run = Run(lines.iter().flat_map(|l| l.run.0.clone()).collect());
            self.findings.push(l001::overlap(run));
        }
    }

    /// Puts text outside of tables into lines, and says whether there is any.
    fn lines(&mut self, content: Range<usize>, blank_before: u32, indent: u32) -> bool {
        let content = span::piece(self.number, content);
        let lines = inline::split(self.page, content, Tags::All(&self.styles), self.layout);
        let is_some = !lines.is_empty();
        for mut line in lines {
            let mut depth = indent;
            self.numbered(&mut line, &mut depth);
            let width = line.run.0.iter().map(|p| wrap::measure(self.page.slice(p.range))).sum();
            let item = line.list == seisho_model::layout::ListLine::Item;
            self.layout.blocks.push(Block::Line(Line {
                run: line.run,
                heading: self.heading,
                item,
                blank_before,
                indent: depth,
                width,
                running: false,
                beside: false,
            }));
        }
        is_some
    }

    /// Text that is shown as it was typed: each of its lines is one, and rules that are written make tables.
    fn typed(&mut self, content: Range<usize>) {
        let text = &self.page.text;
        let ends = text[content.clone()].match_indices('\n').map(|(at, _)| content.start + at);
        let starts = std::iter::once(content.start).chain(ends.clone().map(|end| end + 1));
        let lines: Vec<Range<usize>> = starts.zip(ends.chain([content.end])).map(|(start, end)| start..end).collect();
        let (mut at, mut blank, mut boxes) = (0, 1, boxed::Boxes::of(&text[content]));
        while let Some(line) = lines.get(at) {
            let boxed = boxes.read((self.page, self.number), &lines, at, Tags::All(&self.styles), self.layout);
            let Some((parts, next)) = boxed else {
                let typed = &text[line.clone()];
                let indent = span::width(&typed[..typed.len() - typed.trim_start().len()]);
                blank = if self.lines(line.clone(), blank, indent) { 0 } else { blank + 1 };
                at += 1;
                continue;
            };
            for part in parts {
                match part {
                    boxed::Part::Table(table) => self.layout.blocks.push(Block::Table(table)),
                    boxed::Part::Line(bytes) => {
                        self.lines(bytes, blank, 0);
                    }
                }
            }
            (at, blank) = (next, 0);
        }
    }

    fn finish_table(&mut self) {
        if let Some(table) = std::mem::take(&mut self.table).finish() {
            self.layout.blocks.push(Block::Table(table));
        }
    }

    fn finish(&mut self) {
        let end = self.page.text.len();
        if self.unseen.is_some() {
            self.leave(end);
        }
        self.flush(end..end);
        self.finish_table();
    }
}

/// A table in the making.
#[derive(Default)]
struct Builder {
    rows: u32,
    cells: Vec<Cell>,
    /// For each column, one past the last row that a cell above covers.
    covered: Vec<u32>,
    /// Next column of the current row.
    next: u32,
    /// Places that spans have covered.
    spanned: u32,
}

impl Builder {
    fn next_row(&mut self) {
        self.rows += 1;
        self.next = 0;
    }

    /// Adds a cell at the first free column; true where it overlaps one from above.
    fn push(&mut self, mut open: OpenCell, lines: Vec<seisho_model::layout::CellLine>) -> bool {
        if self.rows == 0 {
            self.next_row();
        }
        self.spanned = self.spanned.saturating_add(open.rows.saturating_mul(open.cols) - 1);
        let is_boundless = self.spanned > MOST_SPANNED;
        if is_boundless {
            (open.rows, open.cols) = (1, 1);
        }
        let row = self.rows - 1;
        let is_covered = |covered: &[u32], col: u32| covered.get(col as usize).is_some_and(|&until| until > row);
        while is_covered(&self.covered, self.next) {
            self.next += 1;
        }
        let start = self.next;
        // A span stops before a column that a cell above covers.
        let end = (start + 1..start + open.cols).find(|&c| is_covered(&self.covered, c)).unwrap_or(start + open.cols);
        self.covered.resize(self.covered.len().max(end as usize), 0);
        self.covered[start as usize..end as usize].fill(row + open.rows);
        self.cells.push(Cell { row: row..row + open.rows, col: start..end, header: open.header, room: None, lines });
        self.next = end;
        is_boundless || end < start + open.cols
    }

    fn finish(mut self) -> Option<Table> {
        for cell in &mut self.cells {
            cell.row.end = cell.row.end.min(self.rows);
        }
        let cols = self.covered.len() as u32;
        (!self.cells.is_empty()).then_some(Table { form: TableForm::Html, rows: self.rows, cols, cells: self.cells, edges: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Reported<Layout>, Pages) {
        let pages = Pages(vec![Page::new(text.into(), 1, 0)]);
        (lay_out(&pages), pages)
    }

    fn table(text: &str) -> Vec<(String, Range<u32>, Range<u32>)> {
        let (reported, pages) = read(text);
        let Some(Block::Table(table)) = reported.output.blocks.first() else { panic!("a table") };
        table.cells.iter().map(|c| (c.run().raw(&pages), c.row.clone(), c.col.clone())).collect()
    }

    #[test]
    fn spans_push_later_cells_aside() {
        let cells = table("<table>\r\n<tr><td rowspan=2>甲</td><td colspan='2'>乙</td></tr>\r\n<tr><td>丙<td>丁</tr></table>");
        let want = [("甲", 0..2, 0..1), ("乙", 0..1, 1..3), ("丙", 1..2, 1..2), ("丁", 1..2, 2..3)];
        assert_eq!(cells, want.map(|(t, r, c)| (t.to_owned(), r, c)));
    }

    #[test]
    fn a_span_beyond_the_last_row_ends_there() {
        assert_eq!(table("<table><tr><td rowspan=9>甲</td></tr></table>"), [("甲".to_owned(), 0..1, 0..1)]);
    }

    #[test]
    fn spans_stop_counting_where_they_would_fill_the_memory() {
        // 65,534 rows of 1,000 columns are more places than any table has.
        let cells = table("<table><tr><td rowspan=65534 colspan=1000>甲<td colspan=2>乙<tr><td>丙</table>");
        let want = [("甲", 0..1, 0..1), ("乙", 0..1, 1..2), ("丙", 1..2, 0..1)];
        assert_eq!(cells, want.map(|(t, r, c)| (t.to_owned(), r, c)));
    }

    #[test]
    fn a_cell_that_runs_into_one_from_above_is_a_finding() {
        let (reported, _) = read("<table><tr><td>a<td rowspan=2>b</tr><tr><td colspan=2>c</tr></table>");
        assert_eq!(reported.findings.len(), 1);
    }

    #[test]
    fn nothing_unseen_is_read_and_every_visible_byte_is_somewhere() {
        let text = "<html><head><title>題</title></head><body><h2>表題&amp;副題</h2><p>本文<br>二行目</p><!-- 注 --></body></html>";
        let (reported, pages) = read(text);
        let lines: Vec<_> = reported
            .output
            .blocks
            .iter()
            .map(|b| if let Block::Line(l) = b { (l.run.raw(&pages), l.heading) } else { panic!("no table") })
            .collect();
        assert_eq!(lines, [("表題&amp;副題".to_owned(), Some(2)), ("本文".to_owned(), None), ("二行目".to_owned(), None)]);
        let markup: usize = reported.output.markup.iter().map(|p| p.range.len()).sum();
        let shown: usize = lines.iter().map(|l| l.0.len()).sum();
        assert_eq!(markup + shown, text.len());
        assert_eq!(reported.output.stand_ins.len(), 1);
    }
}
