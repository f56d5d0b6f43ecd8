//! OpenDocument sheets: each a page, its cells with the text that the file says they show. Hidden sheets, rows and columns
//! are not read, and said.

use super::Source;
use super::inline::{Reader, times};
use super::styles::{Looks, Styles};
use crate::office::cells::Text;
use crate::office::drawing::Drawn;
use crate::office::sheet::{Grid, MOST_COLS, MOST_ROWS, Sheets};
use crate::office::xlsx::place;
use crate::office::xml::Node;
use crate::office::{comments, drawing};
use crate::{Error, Extracted, Limits};
use seisho_model::Reported;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Reads a book.
pub(super) fn read(book: &Node, source: &Source, limits: &Limits) -> Result<Reported<Extracted>, Error> {
    let styles = Styles::read(source.styles()).on_grounds();
    let mut sheets = Sheets::default();
    for table in book.all("table") {
        let name = table.get("name").unwrap_or_default();
        if styles.hides_table(table.get("style-name")) {
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
                    let is_struck = self.styles.strike("table-cell", node.get("default-cell-style-name")).unwrap_or(false);
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
            let text = self.text(cell, style.map_or_else(of_column, |style| self.styles.strike("table-cell", Some(style)) == Some(true)));
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
    fn text(&mut self, cell: &Node, is_struck: bool) -> Text {
        let mut reader = Reader::new(self.styles, None, " ");
        cell.all("p").for_each(|paragraph| reader.paragraph(paragraph, Looks::strike(is_struck)));
        self.grid.blank += usize::from(reader.hidden > 0);
        reader.text
    }
}

fn has_text(row: &Node) -> bool {
    row.nodes().any(|cell| cell.first("p").is_some() || cell.get("number-rows-spanned").is_some())
}
