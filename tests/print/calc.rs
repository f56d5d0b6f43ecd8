//! A paper as a flat OpenDocument spreadsheet, for LibreOffice Calc: one sheet whose columns are those of the widest
//! table; paragraphs span all of them, narrower tables stand on the right.

use super::paper::{Align, Block, Cell, Frame, Paper, Para, Placed, Table, escaped};
use super::writer::{MASTER, NAMESPACES, align_name, cell_style, covered, default_style, page_layout};
use std::collections::BTreeSet;
use std::fmt::Write as _;

pub(crate) fn fods(paper: &Paper) -> String {
    let widest = paper.tables().max_by_key(|t| t.widths.len()).expect("a table");
    let columns = widest.widths.len();
    let mut styles = BTreeSet::from([row_style("row", ""), row_style("row-break", " fo:break-before=\"page\""), SHEET.to_owned()]);
    let mut cols = String::new();
    for (index, width) in widest.widths_mm(paper.size.0).iter().enumerate() {
        styles.insert(format!(
            "<style:style style:name=\"col-{index}\" style:family=\"table-column\"><style:table-column-properties \
             style:column-width=\"{width:.2}mm\"/></style:style>"
        ));
        let _ = write!(cols, "<table:table-column table:style-name=\"col-{index}\"/>");
    }
    let mut rows = String::new();
    let mut breaks = false;
    for block in &paper.blocks {
        match block {
            Block::PageBreak => breaks = true,
            Block::Text(text) => rows += &text_row(text, columns, std::mem::take(&mut breaks), &mut styles),
            Block::Table(t) => rows += &table_rows(t, columns, std::mem::take(&mut breaks), &mut styles),
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document {NAMESPACES} \
         office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:styles>{}</office:styles>\
         <office:automatic-styles>{}{}</office:automatic-styles>{MASTER}<office:body><office:spreadsheet>\
         <table:table table:name=\"1\" table:style-name=\"sheet\">{cols}{rows}</table:table></office:spreadsheet></office:body></office:document>",
        default_style(paper, "table-cell"),
        page_layout(paper.size),
        styles.into_iter().collect::<String>()
    )
}

const SHEET: &str = "<style:style style:name=\"sheet\" style:family=\"table\" style:master-page-name=\"Standard\"/>";

fn row_style(name: &str, attributes: &str) -> String {
    format!(
        "<style:style style:name=\"{name}\" style:family=\"table-row\"><style:table-row-properties \
         style:use-optimal-row-height=\"true\"{attributes}/></style:style>"
    )
}

fn row(cells: &str, breaks: bool) -> String {
    format!("<table:table-row table:style-name=\"row{}\">{cells}</table:table-row>", if breaks { "-break" } else { "" })
}

fn text_row(text: &Para, columns: usize, breaks: bool, styles: &mut BTreeSet<String>) -> String {
    let one = cell(&Cell::new(vec![text.clone()]).spanning(1, columns), Frame { borders: [false; 4], airy: false }, styles);
    row(&(one + &"<table:covered-table-cell/>".repeat(columns - 1)), breaks)
}

fn table_rows(table: &Table, columns: usize, breaks: bool, styles: &mut BTreeSet<String>) -> String {
    let before = "<table:table-cell/>".repeat(columns - table.widths.len());
    let mut rows = Vec::new();
    for (index, line) in covered(table).iter().enumerate() {
        let place = |p: &Option<Placed<'_>>, styles: &mut BTreeSet<String>| match p {
            Some(placed) => cell(placed.cell, placed.frame, styles),
            None => "<table:covered-table-cell/>".into(),
        };
        let cells: String = line.iter().map(|p| place(p, styles)).collect();
        rows.push(row(&format!("{before}{cells}"), breaks && index == 0));
    }
    let (head, body) = rows.split_at(table.heads);
    match table.repeats && !head.is_empty() {
        true => format!("<table:table-header-rows>{}</table:table-header-rows>{}", head.concat(), body.concat()),
        false => rows.concat(),
    }
}

/// A cell of text, aligned as its first paragraph.
fn cell(cell: &Cell, frame: Frame, styles: &mut BTreeSet<String>) -> String {
    let align = align_name(cell.paras.first().map_or(Align::Left, |p| p.align));
    let style = cell_style(frame, false, styles);
    let name = format!("{style}-{align}");
    styles.insert(aligned(&style, align, frame));
    let paras: String = cell.paras.iter().map(|p| format!("<text:p>{}</text:p>", escaped(&p.text))).collect();
    let (rows, cols) = (cell.rows, cell.cols);
    format!(
        "<table:table-cell table:style-name=\"{name}\" office:value-type=\"string\" table:number-rows-spanned=\"{rows}\" \
         table:number-columns-spanned=\"{cols}\">{paras}</table:table-cell>"
    )
}

/// The style of a cell with an alignment; Calc keeps it beside the borders.
fn aligned(style: &str, align: &str, frame: Frame) -> String {
    let mut plain = BTreeSet::new();
    cell_style(frame, false, &mut plain);
    let written = plain.pop_first().unwrap_or_default();
    let with = written.replace(&format!("\"{style}\""), &format!("\"{style}-{align}\""));
    with.replace("</style:style>", &format!("<style:paragraph-properties fo:text-align=\"{align}\"/></style:style>"))
}
