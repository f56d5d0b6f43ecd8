//! OpenDocument sheets: each a page, its cells with the text that the file says they show. Hidden sheets, rows and columns
//! are not read, and said.

use super::cells::{Look, Text};
use super::drawing::Drawn;
use super::sheet::{Grid, MOST_COLS, MOST_ROWS, Sheets};
use super::xlsx::place;
use super::xml::{Child, Node};
use super::{Parts, comments, drawing};
use crate::{Error, Extracted, Limits};
use seisho_model::Reported;
use std::collections::{BTreeMap, BTreeSet};

/// The media type that such an archive begins with.
pub(super) const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Reads a book.
pub(super) fn read(content: &Node, parts: &mut Parts<'_>, limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let common = parts.part("styles.xml")?;
    let styles = Styles::read([common.as_ref().and_then(|s| s.first("styles")), content.first("automatic-styles")]);
    let book = content.first("body").and_then(|b| b.first("spreadsheet")).ok_or(Error::Office)?;
    let mut sheets = Sheets::default();
    for table in book.all("table") {
        let name = table.get("name").unwrap_or_default();
        if table.get("style-name").is_some_and(|style| styles.hidden.contains(style)) {
            sheets.hidden(name);
            continue;
        }
        let mut reading = Reading { grid: Grid::default(), styles: &styles, row: 0, columns: Vec::new() };
        reading.rows(table, false)?;
        reading.shapes(table);
        sheets.add(name, &reading.grid, limits)?;
    }
    sheets.finish(MEDIA_TYPE)
}

/// What styles say that matters here.
#[derive(Default)]
struct Styles {
    /// Tables that are not shown.
    hidden: BTreeSet<String>,
    /// Whether text is struck out, for those that say so or not.
    struck: BTreeMap<String, bool>,
}

impl Styles {
    fn read(lists: [Option<&Node>; 2]) -> Self {
        let mut styles = Self::default();
        for style in lists.into_iter().flatten().flat_map(|l| l.all("style")) {
            let Some(name) = style.get("name") else { continue };
            let is_hidden = style.first("table-properties").is_some_and(|p| p.get("display") == Some("false"));
            let line =
                |p: &Node| ["text-line-through-style", "text-line-through-type"].into_iter().find_map(|name| Some(p.get(name)? != "none"));
            let of_parent = || style.get("parent-style-name").and_then(|parent| styles.struck.get(parent).copied());
            let is_struck = style.first("text-properties").and_then(line).or_else(of_parent);
            if is_hidden {
                styles.hidden.insert(name.to_owned());
            }
            styles.struck.extend(is_struck.map(|is_struck| (name.to_owned(), is_struck)));
        }
        styles
    }

    fn strike(&self, style: Option<&str>) -> Option<bool> {
        style.and_then(|style| self.struck.get(style).copied())
    }
}

/// Columns that are not shown, or whose cells are struck out where they say nothing else.
struct ColumnStyle {
    until: u32,
    is_hidden: bool,
    is_struck: bool,
}

struct Reading<'s> {
    grid: Grid,
    styles: &'s Styles,
    row: u32,
    columns: Vec<ColumnStyle>,
}

/// Cells with text of a sheet, as many as the XML of other books may have.
const MOST_CELLS: usize = 4_000_000;

/// How often an element stands for several.
fn times(node: &Node, name: &str) -> u32 {
    node.get(name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(node: &Node) -> bool {
    matches!(node.get("visibility"), Some("collapse" | "filter"))
}

impl Reading<'_> {
    fn rows(&mut self, table: &Node, hidden: bool) -> Result<(), Error> {
        for node in table.nodes() {
            match node.name.as_str() {
                "table-header-rows"
                | "table-rows"
                | "table-row-group"
                | "table-header-columns"
                | "table-columns"
                | "table-column-group" => {
                    self.rows(node, hidden || node.get("display") == Some("false"))?;
                }
                "table-column" => {
                    let from = self.columns.last().map_or(0, |c| c.until);
                    let until = from.saturating_add(times(node, "number-columns-repeated"));
                    let is_struck = self.styles.strike(node.get("default-cell-style-name")).unwrap_or(false);
                    self.columns.push(ColumnStyle { until, is_hidden: hidden || is_hidden(node), is_struck });
                }
                "table-row" => {
                    let times = times(node, "number-rows-repeated");
                    // What is repeated without end is blank.
                    for _ in 0..times.min(if has_text(node) { MOST_ROWS } else { 1 }) {
                        if self.row < MOST_ROWS {
                            self.cells(node, hidden || is_hidden(node))?;
                        }
                        self.row += 1;
                    }
                    self.row += times - times.min(if has_text(node) { MOST_ROWS } else { 1 });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What is drawn on the sheet and stands in no cell.
    fn shapes(&mut self, table: &Node) {
        for shape in table.all("shapes").flat_map(Node::nodes) {
            let cell = shape.get("end-cell-address").and_then(|address| place(address.rsplit('.').next()?));
            let mut drawn = Drawn::default();
            drawing::of_open_document(shape, &mut drawn);
            self.grid.drawn.extend((!drawn.is_empty()).then_some((cell.unwrap_or_default(), drawn)));
        }
    }

    fn cells(&mut self, row: &Node, hidden: bool) -> Result<(), Error> {
        let mut col: u32 = 0;
        for cell in row.nodes().filter(|n| matches!(n.name.as_str(), "table-cell" | "covered-table-cell")) {
            let times = times(cell, "number-columns-repeated");
            let style = cell.get("style-name").or_else(|| row.get("default-cell-style-name"));
            let of_column = || self.columns.iter().find(|c| col < c.until).is_some_and(|c| c.is_struck);
            let text = self.text(cell, style.map_or_else(of_column, |style| self.styles.strike(Some(style)) == Some(true)));
            let is_covered = cell.name == "covered-table-cell";
            if !text.is_blank() && !is_covered {
                for place in col..col.saturating_add(times).min(MOST_COLS) {
                    let is_column_hidden = self.columns.iter().find(|c| place < c.until).is_some_and(|c| c.is_hidden);
                    if hidden || is_column_hidden {
                        self.grid.hidden += 1;
                    } else {
                        self.grid.cells.insert((self.row, place), text.clone());
                    }
                }
            }
            if let Some(comment) = comments::of_cell(cell) {
                self.grid.comments.push(((self.row, col), comment));
            }
            let mut drawn = Drawn::default();
            drawing::in_open_document(cell, &mut drawn);
            self.grid.drawn.extend((!drawn.is_empty()).then_some(((self.row, col), drawn)));
            let (rows, cols) = (self::times(cell, "number-rows-spanned"), self::times(cell, "number-columns-spanned"));
            if rows > 1 || cols > 1 {
                let end = (self.row.saturating_add(rows).min(MOST_ROWS), col.saturating_add(cols).min(MOST_COLS));
                self.grid.merged.insert((self.row, col), end);
            }
            // A few words of XML may stand for more cells than there is memory.
            if self.grid.cells.len() > MOST_CELLS {
                return Err(Error::Office);
            }
            col = col.saturating_add(times);
        }
        Ok(())
    }

    /// The text that a cell shows, a paragraph a line.
    fn text(&self, cell: &Node, is_struck: bool) -> Text {
        let mut text = Text::default();
        for paragraph in cell.all("p") {
            for out in [&mut text.live, &mut text.struck] {
                if !out.is_empty() {
                    out.push('\n');
                }
            }
            self.inline(paragraph, is_struck, &mut text);
        }
        text
    }

    fn inline(&self, node: &Node, is_struck: bool, text: &mut Text) {
        let look = Look { struck: is_struck, ..Look::default() };
        for child in &node.children {
            match child {
                Child::Text(t) => text.push(t, look),
                Child::Node(node) => match node.name.as_str() {
                    "s" => text.push(&" ".repeat(times(node, "c").min(1000) as usize), look),
                    "tab" => text.push(" ", look),
                    "line-break" => text.push("\n", look),
                    // Readings and remarks are not in the cell.
                    "ruby-text" | "annotation" | "note" => {}
                    _ => {
                        let own = self.styles.strike(node.get("style-name"));
                        self.inline(node, own.unwrap_or(is_struck), text);
                    }
                },
            }
        }
    }
}

fn has_text(row: &Node) -> bool {
    row.nodes().any(|cell| cell.first("p").is_some() || cell.get("number-rows-spanned").is_some())
}
