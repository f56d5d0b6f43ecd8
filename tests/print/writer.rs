//! A paper as a flat OpenDocument text, for LibreOffice Writer.

use super::paper::{Align, Block, Frame, MARGIN, Paper, Para, Placed, Table, VERTICAL, escaped};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What every flat OpenDocument file begins with.
pub(super) const NAMESPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.3\"";

pub(crate) fn fodt(paper: &Paper) -> String {
    let mut styles = BTreeSet::new();
    let mut body = String::new();
    // A page break is an attribute of the paragraph after it.
    let mut breaks = false;
    for (index, block) in paper.blocks.iter().enumerate() {
        match block {
            Block::PageBreak => breaks = true,
            Block::Text(text) => body += &para(text, std::mem::take(&mut breaks), &mut styles),
            Block::Table(t) => {
                if std::mem::take(&mut breaks) {
                    body += &para(&Para::new(""), true, &mut styles);
                }
                body += &table(t, &format!("T{index}"), paper.size.0, &mut styles);
            }
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document {NAMESPACES} office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:styles>{}</office:styles><office:automatic-styles>{}{}</office:automatic-styles>{MASTER}\
         <office:body><office:text>{body}</office:text></office:body></office:document>",
        default_style(paper, "paragraph"),
        page_layout(paper.size),
        styles.into_iter().collect::<String>()
    )
}

pub(super) const MASTER: &str = "<office:master-styles><style:master-page style:name=\"Standard\" style:page-layout-name=\"page\"><style:header style:display=\"false\"/>\
    <style:footer style:display=\"false\"/></style:master-page></office:master-styles>";

pub(super) fn default_style(paper: &Paper, family: &str) -> String {
    let (font, points) = (paper.font, paper.points);
    format!(
        "<style:default-style style:family=\"{family}\"><style:text-properties fo:font-family=\"'{font}'\" style:font-family-asian=\"'{font}'\" \
         fo:font-size=\"{points}pt\" style:font-size-asian=\"{points}pt\" fo:language=\"en\" fo:country=\"US\" style:language-asian=\"ja\" \
         style:country-asian=\"JP\"/></style:default-style>"
    )
}

pub(super) fn page_layout((width, height): (u32, u32)) -> String {
    format!(
        "<style:page-layout style:name=\"page\"><style:page-layout-properties fo:page-width=\"{width}mm\" fo:page-height=\"{height}mm\" \
         fo:margin=\"{MARGIN}mm\"/><style:header-style/><style:footer-style/></style:page-layout>"
    )
}

pub(super) fn align_name(align: Align) -> &'static str {
    match align {
        Align::Left => "start",
        Align::Center => "center",
        Align::Right => "end",
    }
}

fn para(para: &Para, breaks: bool, styles: &mut BTreeSet<String>) -> String {
    let align = align_name(para.align);
    let (left, hang) = (para.indent + para.hang, para.hang);
    let name = format!("p-{align}-{left}-{hang}-{breaks}");
    let page = if breaks { " fo:break-before=\"page\"" } else { "" };
    styles.insert(format!(
        "<style:style style:name=\"{name}\" style:family=\"paragraph\"><style:paragraph-properties fo:text-align=\"{align}\" \
         fo:margin-left=\"{left}em\" fo:text-indent=\"-{hang}em\"{page}/></style:style>"
    ));
    format!("<text:p text:style-name=\"{name}\">{}</text:p>", escaped(&para.text))
}

fn table(table: &Table, name: &str, page: u32, styles: &mut BTreeSet<String>) -> String {
    let mut columns = String::new();
    for (index, width) in table.widths_mm(page).iter().enumerate() {
        styles.insert(format!(
            "<style:style style:name=\"{name}-{index}\" style:family=\"table-column\"><style:table-column-properties \
             style:column-width=\"{width:.2}mm\"/></style:style>"
        ));
        let _ = write!(columns, "<table:table-column table:style-name=\"{name}-{index}\"/>");
    }
    styles.insert(format!(
        "<style:style style:name=\"row-{0}\" style:family=\"table-row\"><style:table-row-properties fo:keep-together=\"{1}\"/></style:style>",
        table.splits,
        if table.splits { "auto" } else { "always" }
    ));
    styles.insert(format!(
        "<style:style style:name=\"row-vertical\" style:family=\"table-row\"><style:table-row-properties fo:keep-together=\"always\" \
         style:row-height=\"{VERTICAL}mm\"/></style:style>"
    ));
    let rows: Vec<String> = covered(table)
        .iter()
        .map(|row| {
            let cells: String = row.iter().map(|place| cell(place.as_ref(), styles)).collect();
            let is_vertical = row.iter().flatten().any(|placed| placed.cell.vertical);
            let style = if is_vertical { "vertical".to_owned() } else { table.splits.to_string() };
            format!("<table:table-row table:style-name=\"row-{style}\">{cells}</table:table-row>")
        })
        .collect();
    let (head, body) = rows.split_at(table.heads);
    let head = match table.repeats && !head.is_empty() {
        true => format!("<table:table-header-rows>{}</table:table-header-rows>", head.concat()),
        false => head.concat(),
    };
    format!("<table:table table:name=\"{name}\">{columns}{head}{}</table:table>", body.concat())
}

/// Every place of the grid: a cell where it begins, none where one that spans covers it.
pub(super) fn covered(table: &Table) -> Vec<Vec<Option<Placed<'_>>>> {
    let mut rows = Vec::with_capacity(table.rows.len());
    for cells in table.placed() {
        let mut row: Vec<Option<Placed<'_>>> = table.widths.iter().map(|_| None).collect();
        for placed in cells {
            let col = placed.col;
            row[col] = Some(placed);
        }
        rows.push(row);
    }
    rows
}

fn cell(place: Option<&Placed<'_>>, styles: &mut BTreeSet<String>) -> String {
    let Some(placed) = place else { return "<table:covered-table-cell/>".into() };
    let name = cell_style(placed.frame, placed.cell.vertical, styles);
    let paras: String = placed.cell.paras.iter().map(|p| para(p, false, styles)).collect();
    let (rows, cols) = (placed.cell.rows, placed.cell.cols);
    format!(
        "<table:table-cell table:style-name=\"{name}\" table:number-rows-spanned=\"{rows}\" table:number-columns-spanned=\"{cols}\">{paras}</table:table-cell>"
    )
}

/// The style of a cell in this frame.
pub(super) fn cell_style(frame: Frame, vertical: bool, styles: &mut BTreeSet<String>) -> String {
    let drawn = |b: &bool| if *b { '1' } else { '0' };
    let name: String = frame.borders.iter().chain([&frame.airy, &vertical]).map(drawn).collect();
    let mode = if vertical { " style:writing-mode=\"tb-rl\"" } else { "" };
    let (align, bottom) = if frame.airy { ("top", 4) } else { ("middle", 1) };
    let sides = ["left", "right", "top", "bottom"].into_iter().zip(frame.borders);
    let border: String =
        sides.map(|(side, drawn)| format!(" fo:border-{side}=\"{}\"", if drawn { "0.5pt solid #000000" } else { "none" })).collect();
    styles.insert(format!(
        "<style:style style:name=\"c-{name}\" style:family=\"table-cell\"><style:table-cell-properties fo:padding=\"1mm\" \
         fo:padding-bottom=\"{bottom}mm\" style:vertical-align=\"{align}\" fo:wrap-option=\"wrap\"{border}{mode}/></style:style>"
    ));
    format!("c-{name}")
}
